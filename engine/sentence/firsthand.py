"""First hand: for whom "I" and "we" stand in what somebody tells of own doings ("I met him on Monday," she said)."""

from __future__ import annotations

from engine.cascade import Match
from engine.facts import Person
from engine.interpret import Draft
from engine.resolve.actors import state_of
from engine.resolve.posts import by_name, known_leader
from engine.resolve.service import is_private
from engine.sentence.quotation import Quotation
from engine.sentence.setting import SUBJECT, Setting

MEETING = "meeting"
JOINT = frozenset({MEETING, "agreement", "sanction", "relations", "weapon_test", "exercise", "aid"})
"""Facts of states that those who act for one tell as theirs: "we signed it"."""
APPOINTMENT = "appointment"
DOINGS = JOINT | {"visit", APPOINTMENT}
"""Facts that those who do something tell of themselves."""
I_WORD, WE_WORD = "FIRST_SINGULAR", "FIRST_PLURAL"
"""The classes of the words for who speaks, alone and for others too."""
TELLS = ("SAY_ACTIVE", "TELL_ACTIVE")
SPEAKER = "issuer"
"""The mark of whoever spoke last."""
STATEMENT, WE = "statement", "we"
"""The fact and the mark of a statement whose speaker is "we"."""
NEGATED = "negated"
OWN_STATE = "state"
"""The mark of the states for which the actors of a field act; also of a party that is one."""


def tell_first_hand(setting: Setting, draft: Draft, match: Match, marked: list[Quotation]) -> None:
    """Put whoever speaks where a wording's own verb has "I" as its subject, and for whom the speaker acts where it has
    "we"; `marked` are the quotations that touch the sentence."""
    if draft.rule == STATEMENT:
        tell_for_state(setting, draft)
        return
    verb = own_verb(setting, match)
    own = draft.rule == APPOINTMENT
    marks = [mark for mark in draft.drafts("person" if own else "parties") if mark.alias == SUBJECT]
    if draft.rule not in DOINGS or verb is None or not marks or setting.subject_of(match) is not None:
        return
    at = setting.clauses.back(verb - 1)
    token = setting.items[at].begin if at >= 0 else 0
    # "Just spoke to the king": who writes so leaves himself out.
    opens = setting.clauses.has(at, "QUOTE") and (at == 0 or setting.clauses.has(at - 1, "COMMA", "MARK"))
    left_out = opens and setting.items[verb].end - setting.items[verb].begin > 1
    inside = [one for one in marked if one[0] <= token - (not left_out) and token < one[1] - 1]
    if not inside or not (left_out or setting.clauses.has(at, I_WORD, WE_WORD)):
        return
    speakers = voice(setting, at, inside[0])
    joint = setting.clauses.has(at, WE_WORD)
    if not speakers or (joint and not (draft.rule in JOINT and all(acts_for_others(setting, one) for one in speakers))):
        return
    for mark in marks:
        mark.fields["of"] = [*speakers]
        mark.alias = OWN_STATE if joint else None


def own_verb(setting: Setting, match: Match) -> int | None:
    """The verb of a wording, in the present also right after "I" or "we": "I look forward to meeting him"."""
    clauses = setting.clauses
    bare = (at for at in range(match.begin, match.end) if clauses.has(at, "VERB_BASE"))
    present = next((at for at in bare if clauses.has(at - 1, I_WORD, WE_WORD)), None)
    return clauses.verb_of(match) if present is None else present


def tell_for_state(setting: Setting, draft: Draft) -> None:
    """Put the state whose press release it is where "we" says something; other writers' "we" makes no fact."""
    discourse = setting.discourse
    for mark in draft.drafts("speaker"):
        if mark.alias == WE and discourse.official and discourse.home:
            mark.fields["of"] = [Draft("party", OWN_STATE, mark.begin, mark.end, {"country": [discourse.home]})]
            mark.alias = None
        elif mark.alias == WE:
            draft.fields["status"] = [Draft("status", NEGATED, mark.begin, mark.end)]


def voice(setting: Setting, at: int, quotation: Quotation) -> list[Draft]:
    """Who says what stands at an item, in a quotation: told after or before it in the sentence, else who spoke in the
    sentence before, where the quotation goes on from there or is the whole sentence."""
    items, clauses = setting.items, setting.clauses
    after = [one for one in clauses.actors if items[one].begin >= quotation[1] - 1]
    for one in after:
        if clauses.has(one + 1, *TELLS) or clauses.has(one - 1, *TELLS):
            return setting.members(items[one])
    before = [verb for verb in setting.found if items[verb].end <= quotation[0] and clauses.has(verb, *TELLS)]
    if before and (subject := setting.found[max(before)]):
        return setting.members(items[subject.at])
    discourse, whole = setting.discourse, setting.quoted and quotation[1] <= items[-1].end
    spoke = discourse.subject_in == discourse.sentence - 1 and discourse.subject is discourse.speakers
    if after or not spoke or not (whole or quotation[0] < setting.opening):
        return []
    return [Draft("parties", SPEAKER, items[at].begin, items[at].begin)]


def acts_for_others(setting: Setting, speaker: Draft) -> bool:
    """Whether a speaker is a state or body, or a person with an office in one, be it told or known ("Trump")."""
    discourse = setting.discourse
    actors = discourse.meant(speaker)
    return bool(actors) and all(
        not isinstance(one, Person)
        or (one.post and state_of(one) and not is_private(discourse.lexicon, one.post))
        or (not one.post and known_leader(discourse, by_name(one.name)) is not None)
        for one in actors
    )
