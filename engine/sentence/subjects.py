"""Subjects: who does what a verb tells, or is asked, praised or blamed for it, wherever that stands in the clause."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.landmarks import PLURALS
from engine.sentence.clauses import Subject
from engine.sentence.setting import Setting

ASKING = ("URGE_ACTIVE", "ASK_ACTIVE", "CALL_ACTIVE")
"""Verbs by which others are to do something."""
BESIDE = ("in", "at", "during")
"""Words before what somebody does while he does something else."""
DESCRIBED = ("NOUNS", "PLAIN", "POSTS", "ACTORS")
"""Words that may describe several people without telling whose."""
PEOPLE = ("PERSON_NOUN", "POSTS", "ANALYST", "PRESS_PERSON", "OFFICIAL")
"""Words that describe several people, in the plural."""
MULTITUDE = ("PERSON_NOUN", "REBEL_NOUNS", "TROOPS_NOUNS", "HOSTAGE", "POSTS")
"""Words that describe many people."""
NEARBY = 30
"""Items back to which those are sought whom "they" means."""
UNKNOWN = frozenset({"official", "outlet", "it", "organ"})
"""The readings of who is only described, if he is of no state."""
CALLED = frozenset({"named", "bare", "short", "toponym"})
"""The readings of a name that has neither post nor title."""
TELLING = frozenset({"country", "name", "organization", "of"})
TIES = "relations"
"""The fact that two sides may do together."""
BOTH = frozenset({"sides", "group"})
"""The readings of a party as two told before: "the two countries"."""


def subject_of(setting: Setting, verb: int | None) -> Subject | None:
    """The subject of a verb group, which may stand after it: "..., said Rosal after meeting ..."."""
    if verb is None:
        return None
    clauses = setting.clauses
    if clauses.has(verb, "SAY_ACTIVE") and clauses.has(verb - 1, "QUOTE", "COMMA") and clauses.has(verb + 1, "ACTORS"):
        return Subject(verb + 1)
    return setting.found.get(verb) or clauses.subject(verb)


def settle_nobody(setting: Setting) -> None:
    """Settle which actors are nobody: "they" where those who say something of themselves are only described ("aides
    said they pulled out"), and a ship's name ("the destroyer Paul Jones")."""
    clauses = setting.clauses
    for at in clauses.actors:
        described = clauses.has(at - 1, "SAY_ACTIVE") and clauses.has(at - 2, *DESCRIBED)
        theirs = {"they"} if (described and clauses.subject(at - 1) is None) or of_many(setting, at) else set()
        nobodies = theirs | (CALLED if clauses.has(at - 1, "VESSEL_NOUN") else set())
        for one in setting.members(setting.items[at]) if nobodies else ():
            if one.alias in nobodies:
                setting.discourse.settled[one.rule, one.alias, one.begin, one.end] = []


def of_many(setting: Setting, at: int) -> bool:
    """Whether one word that stands for several stands after many people whom nobody tells by name, with no others
    between: "rebels freed two hostages and thanked them"."""
    clauses = setting.clauses
    if clauses.long(at):
        return False
    for back in range(at - 1, max(at - NEARBY, -1), -1):
        several = clauses.has(back, "ACTORS") and clauses.many(back)
        if several or clauses.has(back, "STOP", *MULTITUDE):
            return clauses.has(back, *MULTITUDE) and clauses.has(back, *PLURALS)
    return False


def note_crowd(setting: Setting) -> None:
    """Keep whether a sentence is about several people whom it only describes: "they" are these in the next one."""
    clauses = setting.clauses
    verb = min(clauses.finites, default=0)
    at = next((at for at in range(verb) if clauses.has(at, "ACTORS", *PEOPLE)), verb)
    last = next((at for at in range(verb - 1, -1, -1) if clauses.has(at, "ACTORS")), at)
    if at < verb and last <= at and clauses.has(at, *PEOPLE):
        known = last == at and any(map(setting.discourse.meant, setting.members(setting.items[at])))
        setting.discourse.scene.crowd = not known


def agent_of(setting: Setting, verb: int, match: Match) -> Subject | None:
    """By whom is done what a passive before a match tells: "was made by X in his talks with Y"."""
    clauses = setting.clauses
    # "Principles set by X as a basis for talks" are of others, "talks led by X in his visit" his.
    apart = clauses.has(verb, "PARTICIPLE") and not clauses.has(match.begin - 1, *BESIDE)
    if apart or not clauses.has(verb, "VERB_PASSIVE"):
        return None
    told = (at for at in range(verb + 2, match.begin) if clauses.has(at - 1, "by") and clauses.has(at, "ACTORS"))
    return next(map(Subject, told), None)


def told_whole(draft: Draft, mark: Draft) -> bool:
    """Whether the words tell both sides of ties, beside the one that a mark leaves to the clause."""
    if draft.rule != TIES:
        return False
    told = [one for one in draft.drafts("parties") if one is not mark]
    return len(told) > 1 or any(one.alias in BOTH for one in told)


def is_personal(setting: Setting, subject: Subject) -> bool:
    """Whether a subject is a person or unnamed officials, no state as such."""
    return any(one.rule == "person" or one.alias == "official" for one in setting.members(setting.items[subject.at]))


def whom_asked(setting: Setting, verb: int | None, match: Match) -> Subject | None:
    """Who is asked to do one thing and another: "urged Mali to sign the treaty and ratify it"."""
    clauses = setting.clauses
    if verb is None or not (clauses.has(match.begin, "and", "or") and clauses.has(verb, *ASKING)):
        return None
    told = range(verb + 1, match.begin)
    return next((Subject(at) for at in told if clauses.has(at, "ACTORS") and clauses.has(at + 1, "VERB_TO")), None)


def is_fronted(setting: Setting, match: Match) -> bool:
    """Whether a match is in what opens its sentence before anybody is named: "In a text issued after talks in Riga"."""
    return setting.clauses.has(0, "PREP") and not any(at < match.begin for at in setting.clauses.actors)


def is_reported(setting: Setting, verb: int | None, subject: Subject | None, match: Match) -> bool:
    """Whether a match stands in a clause of which somebody without a state or name tells: "officials said that after
    talks with Mali, Chad ...", "it was announced that"."""
    clauses = setting.clauses
    if verb is None or not any(clauses.has(at, "that") for at in range(verb + 1, match.begin)):
        return False
    told = setting.members(setting.items[subject.at]) if subject is not None else []
    return all(one.alias in UNKNOWN and TELLING.isdisjoint(one.fields) for one in told)


def sent(setting: Setting, verb: int | None) -> Subject | None:
    """Who does something where somebody else sends him to do it: "sent Mr. Salo to Riga to meet"."""
    clauses = setting.clauses
    if verb is None or not (clauses.has(verb, "SEND_ACTIVE") and clauses.has(verb + 1, "ACTORS")):
        return None
    return Subject(verb + 1) if clauses.has(verb + 2, "to", "VERB_TO") else None


def accused(setting: Setting, verb: int | None, match: Match) -> Subject | None:
    """Who does what somebody blames him for: "accused Mali of sending troops in breach of the pact"."""
    clauses = setting.clauses
    if verb is None or not clauses.has(verb, "ACCUSE_ACTIVE") or not clauses.has(verb + 1, "ACTORS"):
        return None
    return Subject(verb + 1) if any(clauses.has(at, "VERB_ING") for at in range(verb + 2, match.begin)) else None


def whose(setting: Setting, verb: int | None, match: Match) -> Subject | None:
    """Whoever is praised or blamed by the clause of a match for what it tells as his: "criticized X for his talks"."""
    clauses = setting.clauses
    if verb is None or not clauses.has(match.begin - 1, "for"):
        return None
    told = (at for at in range(match.begin - 2, verb, -1) if clauses.has(at, "ACTORS"))
    return next((Subject(at) for at in told if is_personal(setting, Subject(at))), None)


def send_out(setting: Setting, draft: Draft, match: Match) -> None:
    """Let those act who are sent somewhere, and not where they are sent: "a Kenyan mission to Togo met"."""
    to, begin = match.begin - 1, match.begin
    subject = setting.subject_of(match) if setting.clauses.has(to, "to") else None
    if subject is None or subject.at != to - 1 or not setting.clauses.has(begin, "ACTORS"):
        return
    there = {(one.begin, one.end) for one in setting.members(setting.items[begin])}
    told = draft.drafts("parties")
    others = [one for one in told if (one.begin, one.end) not in there]
    if len(others) < len(told):
        draft.fields["parties"] = [*setting.members(setting.items[subject.at]), *others]
