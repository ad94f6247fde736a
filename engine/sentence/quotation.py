"""Direct and relayed speech: the runs of a text between quotation marks, and the statements that they belong to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from engine.cascade import Match
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.actors import state_of, unique
from engine.sentence.clauses import Clauses
from engine.sentence.setting import Setting
from engine.times.tense import forms_in
from engine.words import Passage

QUOTES = frozenset({'"', "“", "”", "``", "''", "‘‘", "’’"})
SHORTEST_QUOTATION = 6
"""Tokens, marks included, above which a quotation is taken for a clause where it is written as a sentence, or has a
verb; one of fewer tokens must do both."""
NEAR_QUOTATION = 4
"""Tokens that may stand between direct speech and its attribution in another sentence."""
FAR_QUOTATION = 30
"""Tokens that may stand between them in one sentence."""

ADDING = "adding"
"""The phrasing by which a speaker goes on with what he said in the same sentence ("..., adding that ...")."""
TO_PRESS = "told_the_press"
"""The phrasing of what somebody tells reporters."""
GOING_ON, SAID = "going_on", "SAY"
"""The phrasing by which he does something else besides, which is the same where it only says so: "said it, expressing
hope"."""
RELAYED = "relayed"
"""The phrasing by which an outlet tells something ("according to the Times")."""
CITED = "cited"
"""The phrasing by which somebody names a source ("..., TASS reported, citing a minister"), who speaks to outlets."""
OWNING = ("'s", "’s")
"""What follows an owner."""
DEED, DISMISSED = "appointment", "dismiss"
"""The fact, and its action, that a verb of denial may tell, too."""
PRONOUNS = frozenset({"pronoun", "she", "it", "they"})
"""The marks of speakers told by a pronoun."""
ATTITUDES = frozenset({"SAY", "PRAISE", "CONDEMN", "DENY", "CONCERN"})
"""The acts that may be no more than what a speaker thinks of something."""
ACCORDING = "according_to"
"""The phrasing by which a document or somebody is told as a source."""
PAPERS = frozenset({"issuer", "author"})
"""The marks of speakers that are documents told before: "the statement"."""
STATE = "state"
"""The mark of a speaker that is a state by its name."""
OWN = PRONOUNS | {STATE}
"""The marks of speakers that may be whoever speaks, or for whom he does."""
PRESS = "press"
"""The mark of a speaker that is the media of a state."""
MEDIA = "MEDIA"
"""The class of words for outlets, some of which stand for their state ("state television")."""
PREDICATE = ("VERB_ACTIVE", "VERB_PASSIVE", "VERB_BASE", "VERB_ING", "VERB_TO")
"""With these a quotation begins that has its subject outside: no clause."""

LEADING = ("the", "a", "an", "its", "his", "her", "their", "of", "if")
"""After these a quotation is only a part of a clause."""
SPEAKING = ("FIRST_SINGULAR", "FIRST_PLURAL")
"""Before these a verb is finite that looks like an infinitive: "I agree"."""
WHICH = ("that", "which", "PERSON_RELATIVE")
"""After these a verb tells of the noun before."""

CLAUSE = ("VERB_ACTIVE", "VERB_PASSIVE", "VERB_ING", "PREP")
"""What follows the subject of what is said."""

Quotation = tuple[int, int]
"""The tokens of a quotation with its marks."""
Spoken = tuple[Draft, int]
"""A statement, and the token where its speaker or its verb stands first."""


def quotations(passage: Passage) -> list[Quotation]:
    """The runs of tokens between quotation marks; one that is not closed ends with its paragraph."""
    found, begin = [], None
    for index, word in enumerate(passage.words):
        if word.text in QUOTES:
            apart = index == 0 or passage.pieces[index - 1][-1:].isspace() or passage.words[index - 1].text in "-(—–"
            if begin is not None:
                found.append((begin, index + 1))
            begin = index if apart and (begin is None or not passage.pieces[index][-1:].isspace()) else None
        if word.breaks and begin is not None:
            found.append((begin, index + 1))
            begin = None
    return found


def touching(marked: list[Quotation], sentence: tuple[int, int]) -> list[Quotation]:
    """Those of an article's quotations, which stand in order, that share tokens with a sentence."""
    first = bisect_right(marked, sentence[0], key=itemgetter(1))
    return marked[first : bisect_left(marked, sentence[1], lo=first, key=itemgetter(0))]


def encloses(marked: list[Quotation], sentence: tuple[int, int]) -> bool:
    """Whether a sentence stands in quotation marks as a whole."""
    return any(begin <= sentence[0] and sentence[1] <= end for begin, end in touching(marked, sentence))


def within(draft: Draft, marked: list[Quotation]) -> bool:
    """Whether a statement stands inside quotation marks: what is said there is no statement of its own."""
    return any(begin < draft.begin and draft.end <= end for begin, end in marked)


def relays(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether only an outlet tells what others have said ("..., TASS news agency reported", "state radio said")."""
    marks = draft.drafts("speaker")
    if draft.alias == RELAYED or any(mark.alias == PRESS for mark in marks):
        return True
    if draft.alias == ACCORDING and marks and all(mark.alias in PAPERS for mark in marks):
        return True
    speakers = [one for mark in marks for one in (mark.drafts("of") or [mark])]
    return bool(speakers) and all(
        one.alias == "outlet" or lexicon.reads_as(one.text("organ"), MEDIA) for one in speakers
    )


def firsthand(spoken: list[Spoken], clauses: Clauses, lexicon: Lexicon) -> list[Spoken]:
    """The statements of a sentence without those by which outlets only relay the others; whom somebody else than an
    outlet cites says nothing there."""
    relayed = [draft for draft, _ in spoken if relays(draft, lexicon)]
    own = [one for one in spoken if one[0].alias != CITED or is_cited_by(relayed, one[0], clauses)]
    sources = [one for one in own if not relays(one[0], lexicon)]
    # "Xinhua reported that those who had urged calm were gone": what somebody said before is no source of it.
    besides = all(is_besides(clauses, draft) for draft, _ in sources)
    return own if besides and not any(draft.alias == ACCORDING for draft, _ in own) else sources or own


def is_besides(clauses: Clauses, draft: Draft) -> bool:
    """Whether a statement only tells more of somebody: "those who had urged calm"."""
    at = next((at for at, item in enumerate(clauses.items) if item.end > draft.begin), 0)
    return clauses.has(at, "PERSON_RELATIVE") or clauses.has(at - 1, "PERSON_RELATIVE")


def is_cited_by(outlets: list[Draft], draft: Draft, clauses: Clauses) -> bool:
    """Whether it is one of the outlets of a sentence that cites a source, and nothing of his: whoever stands right
    before does so."""
    at = next(at for at, item in enumerate(clauses.items) if item.end > draft.begin)
    if any(item.begin == draft.end and clauses.has(after, *OWNING) for after, item in enumerate(clauses.items)):
        return False
    if not (clauses.has(at - 1, "COMMA") and clauses.has(at - 2, "ACTORS")):
        return bool(outlets)
    citing = clauses.items[at - 2]
    speakers = [one for outlet in outlets for mark in outlet.drafts("speaker") for one in (mark.drafts("of") or [mark])]
    return any(citing.begin <= one.begin < citing.end for one in speakers)


def attribute(
    spoken: list[Spoken], marked: list[Quotation], sentence: tuple[int, int], clauses: Clauses, passage: Passage
) -> None:
    """Note on each statement of a sentence whether it gives direct speech: each quotation is of the nearest one.

    `marked` are the quotations that touch it; `sentence` are the first and last token (exclusive) of the sentence that
    `clauses` reads.
    """
    for quotation in marked:
        told = stands_alone(quotation, sentence, passage), is_clause(quotation, sentence, clauses)
        if not (any(told) if quotation[1] - quotation[0] > SHORTEST_QUOTATION else all(told)):
            continue
        inside = sentence[0] <= quotation[0] and quotation[1] <= sentence[1]
        limit = FAR_QUOTATION if inside else NEAR_QUOTATION
        near = [(distance(one, quotation), index) for index, one in enumerate(spoken)]
        found = min(near, default=(limit, 0))
        if found[0] < limit:
            spoken[found[1]][0].fields["quoted"] = ["true"]


def goes_on(draft: Draft, spoken: list[Spoken]) -> bool:
    """Whether a draft only goes on with the first statement of its sentence, which is direct speech if either is."""
    if draft.alias == TO_PRESS and any(tells_first(draft, one) for one, _ in spoken):
        return True
    first = spoken[0][0] if spoken else draft
    plainly = draft.alias == GOING_ON and not draft.fields.get("act")
    plainly = plainly and draft.defaults.get("act") == SAID == first.defaults.get("act", SAID)
    if first is draft or not (draft.alias == ADDING or plainly):
        return False
    first.fields.setdefault("quoted", []).extend(draft.fields.get("quoted", ()))
    return True


def tells_first(draft: Draft, other: Draft) -> bool:
    """Whether another statement right before one is by the same words of its speaker: "said an official who briefed
    reporters" is one."""
    speakers = [
        [one.begin for mark in each.drafts("speaker") for one in mark.drafts("of") or [mark]] for each in (draft, other)
    ]
    return other is not draft and other.end == draft.begin and speakers[0] == speakers[1]


def is_deed(draft: Draft, found: list[Draft]) -> bool:
    """Whether the verb of a statement tells what somebody did to whoever held an office: "dismissed the minister"."""
    if draft.rule != "statement" or draft.defaults.get("act") != "DENY":
        return False
    deeds = [one for one in found if one.rule == DEED and any(mark.alias == DISMISSED for mark in one.drafts("action"))]
    return any(one.begin < draft.end and draft.begin < one.end for one in deeds)


def echoes(draft: Draft, spoken: list[Spoken], setting: Setting) -> bool:
    """Whether a statement is what its own speaker was just told to say, of himself or for his state: "Peters said he
    supported the plan", "said China supports it"."""
    speakers = [one for mark in draft.drafts("speaker") for one in (mark.drafts("of") or [mark])]
    if draft.rule != "statement" or len(speakers) != 1 or speakers[0].alias not in OWN:
        return False
    if draft.defaults.get("act") not in ATTITUDES or "act" in draft.fields or draft.drafts("target"):
        return False
    begin = speakers[0].begin
    outer = next((one for one, _ in spoken if one is not draft and one.begin < begin <= one.end + 1), None)
    at = next((at for at, item in enumerate(setting.items) if item.begin == begin), 0)
    if outer is None or setting.clauses.has(at - 1, "COMMA", "QUOTE", "DASH", "and", "but"):
        return False
    tellers = setting.discourse.actors(outer.drafts("speaker"))
    if speakers[0].alias == STATE:
        verb = next((item for item in setting.items if item.begin >= max(draft.begin, speakers[0].end)), None)
        now = verb is not None and any("VBZ" in told for told in forms_in(verb)[:1])
        tellers = unique([*map(state_of, tellers)]) if now else []
    return bool(tellers) and tellers == setting.discourse.actors(speakers)


def turn(setting: Setting, draft: Draft, match: Match) -> None:
    """Give a statement to the subject that an aside parts from its verb ("X, who came on Monday, said France would"),
    where a wording took what follows for whoever says so."""
    clauses = setting.clauses
    verb = next((at for at in range(match.begin, match.end) if clauses.has(at, "SAY_ACTIVE")), None)
    speakers = draft.drafts("speaker")
    if verb is None or not speakers or not clauses.has(verb - 1, "COMMA"):
        return
    after = speakers[0].begin > setting.items[verb].begin
    subject = setting.found.get(verb) or clauses.subject(verb)
    if not after or subject is None or subject.at > verb or not clauses.has(verb + 2, *CLAUSE):
        return
    within = (at for at in range(subject.at + 1, verb) if clauses.finite(at))
    told = (at for at in within if (one := clauses.subject(at)) and one.at == subject.at and not one.state)
    if all(clauses.dependent(at) for at in told):
        draft.fields["speaker"] = list(setting.members(setting.items[subject.at]))


def distance(spoken: Spoken, quotation: Quotation) -> int:
    """Tokens between a statement's speaker and verb and a quotation before or after them."""
    draft, speaks = spoken
    begin, end = quotation
    if speaks - end >= -2:
        return max(speaks - end, 0)
    if begin - draft.end >= -2:
        return max(begin - draft.end, 0)
    return FAR_QUOTATION


def stands_alone(quotation: Quotation, sentence: tuple[int, int], passage: Passage) -> bool:
    """Whether a quotation is written as a sentence: a capital, a mark at its end, and a mark or nothing before it."""
    begin, end = quotation
    words = passage.words
    opens = words[begin + 1].text[:1].isupper() and words[end - 2].text in (",", ".", "?", "!", "...")
    return opens and (begin == sentence[0] or words[begin - 1].text in (",", ":", ".", ")"))


def is_clause(quotation: Quotation, sentence: tuple[int, int], clauses: Clauses) -> bool:
    """Whether a quotation is a clause: it goes on over a sentence's end, or a verb stands in it, but not first, nor one
    that only tells of a noun; what goes before it leaves it whole."""
    begin, end = quotation
    if begin < sentence[0] or end > sentence[1]:
        return True
    inside = [at for at, item in enumerate(clauses.items) if begin < item.begin < end]
    if any(clauses.has(at, *PREDICATE) or clauses.has(at - 2, *LEADING) for at in inside[:1]):
        return False
    if any(clauses.has(at, "VERB_BASE") and clauses.has(at - 1, *SPEAKING) for at in inside[1:]):
        return True
    # "Who will pay?" asks by what elsewhere tells of a noun.
    asking = inside[0] if inside and clauses.has(inside[0], *WHICH) else -1
    verbs = [at for at in inside[1:] if clauses.finite(at)]
    return any(at - 1 == asking or not clauses.has(at - 1, "DET", "PREP", *WHICH) for at in verbs)
