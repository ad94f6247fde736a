"""Asserted: whether a verb that could tell a statement makes one."""

from __future__ import annotations

from engine.cascade import Match
from engine.landmarks import ARTICLES
from engine.sentence.clauses import Clauses, Subject
from engine.sentence.conditions import awaited, supposed

NOUNS = ("NOUN", "NOUNS")
ENDS = ("PREP", "STOP")
"""With these nothing follows that a verb says."""

TELLERS = tuple(
    "ACTORS OFFICIAL POSTS ANALYST INSTITUTION PERSON_NOUN PRESS_PERSON PERSON_RELATIVE DOCUMENT STATEMENT SUB"
    " and but".split()
)
"""What stands before the verb of somebody who says what a thing could only show."""
NEAR = 8
"""Items of which a subject may be."""
OPENERS = ("SUB", "PERSON_RELATIVE", "which")
"""What opens another clause than that of a verb after it."""
BOUNDS = ("COMMA", "STOP", "QUOTE", "that")
"""What parts a subject from what opens another clause."""


def asserts(clauses: Clauses, match: Match, subject: Subject | None) -> bool:
    """Whether the verb of a match makes a statement: not in "what he called", "if he said" or "anyone who
    says", nor asked ("whether he said"), nor told to its subject, nor where it is a noun ("claims of", "loans and
    credits to")."""
    verb = clauses.verb_of(match)
    if verb is not None and (supposed(clauses, verb) or awaited(clauses, verb)):
        return False
    if verb is not None and (is_noun(clauses, verb) or is_anybodys(clauses, verb) or is_of_nobody(clauses, verb)):
        return False
    if (
        clauses.has(match.begin, "NOUNS")
        and clauses.has(match.begin - 1, "DET", "VERB_BASE")
        and not clauses.finite(match.begin)
    ):
        # "The questions lawmakers raised", "or deny reports that": a noun, whatever verb comes after.
        return False
    if verb is None and (is_demanded(clauses, match) or is_bare_noun(clauses, match)):
        return False
    if is_a_question(clauses, match, subject):
        return False
    if is_named_apart(clauses, subject, verb):
        return False
    if subject is None or verb is None:
        return verb is None or not (is_shown(clauses, verb) or is_name(clauses, verb))
    shows = clauses.has(verb, "BETOKEN_ACTIVE") and not clauses.has(clauses.back(verb - 1), "PERSON_RELATIVE")
    if is_asked(clauses, subject) or (shows and shows_by_itself(clauses, subject.at)):
        return False
    return not is_done_to(clauses, match, subject, verb)


def is_named_apart(clauses: Clauses, subject: Subject | None, verb: int | None) -> bool:
    """Whether what may be a noun stands apart from what would be its subject: "clashed with him, disputes that"."""
    if verb is None or not clauses.has(verb, *NOUNS):
        return False
    if clauses.has(verb + 1, "of", "about"):
        # "US reports about it have changed".
        return True
    if subject and subject.at >= verb - 1:
        return False
    dashes = sum(clauses.has(at, "DASH") for at in range(subject.at + 1 if subject else verb, verb - 1))
    return clauses.has(verb - 1, "PREP") or (clauses.has(verb - 1, "DASH") and not dashes)


def is_bare_noun(clauses: Clauses, match: Match) -> bool:
    """Whether what may be a verb's base is a noun after its adjectives: "the warm welcome it gave"."""
    bare = next((at for at in range(match.begin, match.end) if clauses.has(at, "VERB_BASE")), match.begin)
    at = bare - 1
    while at > 0 and clauses.has(at, "PLAIN") and not clauses.has(at, *NOUNS):
        at -= 1
    return at < bare - 1 and clauses.has(at, "DET") and clauses.has(bare, "VERB_BASE")


def is_demanded(clauses: Clauses, match: Match) -> bool:
    """Whether others only are to say something: "demanded that the council condemn it"."""
    bare = next((at for at in range(match.begin, match.end) if clauses.has(at, "VERB_BASE")), match.begin)
    that = next((at for at in range(bare - 1, -1, -1) if clauses.has(at, *BOUNDS)), 0)
    return clauses.has(that, "that") and clauses.has(that - 1, "URGE_ACTIVE", "ASK_ACTIVE")


def is_a_question(clauses: Clauses, match: Match, subject: Subject | None) -> bool:
    """Whether a sentence asks whether somebody says something: "did he tell them?", not why he does."""
    bare = next((at for at in range(match.begin, match.end) if clauses.has(at, "VERB_BASE")), match.begin)
    at = min(subject.at, match.begin) - 1 if subject is not None else bare - 2 if clauses.has(bare - 1, "you") else -1
    opens = at == 0 or clauses.has(at - 1, "COMMA", "QUOTE", "MARK", "and", "but")
    turned = at >= 0 and opens and clauses.has(at, "did", "do", "does", "has", "have")
    return turned and any(clauses.has(one, "?") for one in range(match.end, len(clauses.masks)))


def is_what_was_said(clauses: Clauses, match: Match) -> bool:
    """Whether "what" opens the clause of a match's verb: "goes beyond what the report said"."""
    verb = clauses.verb_of(match)
    at = -1 if verb is None else verb - 1
    while at >= 0 and not (clauses.finite(at) or clauses.has(at, *BOUNDS)):
        if clauses.has(at, "what"):
            return True
        at -= 1
    return False


def is_asked(clauses: Clauses, subject: Subject) -> bool:
    """Whether a question opens the clause of a subject: "unclear whether Chinese officials had agreed to it", "asked
    which of them he admires"."""
    at = subject.at - 1
    if clauses.has(at, "how") or (clauses.has(at, "NOUNS", "POSTS", "PLAIN") and clauses.has(at - 1, "which")):
        return True
    while at >= 0 and not (clauses.finite(at) or clauses.has(at, *BOUNDS)):
        if clauses.has(at, "whether"):
            return True
        at -= 1
    return False


def is_shown(clauses: Clauses, verb: int) -> bool:
    """Whether a thing shows what is told, and nobody says so: "the images suggest", "a move that raised concerns"."""
    at = clauses.back(verb - 1)
    shows = clauses.has(at, "which") or not clauses.has(at, *TELLERS) or shows_by_itself(clauses, at)
    return clauses.has(verb, "BETOKEN_ACTIVE") and shows


def shows_by_itself(clauses: Clauses, at: int) -> bool:
    """Whether actors before a verb only tell of the thing that shows something: "the capture of the ship indicates",
    not "a report by the group reveals"."""
    led = at - 1
    while (
        led >= max(at - NEAR, 0)
        and clauses.has(led, "DET", *ARTICLES, *NOUNS, "PLAIN")
        and not clauses.has(led, "PREP")
    ):
        led -= 1
    if not (clauses.has(at, "ACTORS") and clauses.has(led, "PREP", "of", "by")):
        return False
    near = range(led - 1, max(led - 1 - NEAR, -1), -1)
    ends = next((one for one in near if clauses.has(one, *BOUNDS)), -1)
    return led > 0 and not any(clauses.has(one, *TELLERS, "POSTS", "members") for one in near if one > ends)


def is_name(clauses: Clauses, verb: int) -> bool:
    """Whether "called" only tells the name of what stands before it in a clause: "led a group called X"."""
    at = verb - 1
    while at > 0 and not (clauses.finite(at) or clauses.has(at, *BOUNDS, *OPENERS)):
        at -= 1
    return clauses.has(verb, "CALL_ACTIVE") and clauses.finite(at) and not clauses.has(at - 1, *OPENERS)


def is_anybodys(clauses: Clauses, verb: int) -> bool:
    """Whether a verb tells of whom something is told, and nothing else ("anyone who questions the deal")."""
    return clauses.has(verb - 1, "PERSON_RELATIVE") and clauses.has(verb - 2, "ANYBODY")


def is_of_nobody(clauses: Clauses, verb: int) -> bool:
    """Whether nobody does what a verb tells: "no group claimed responsibility", "neither side confirmed it"."""
    at = verb - 1
    while at >= max(0, verb - NEAR) and not (clauses.finite(at) or clauses.has(at, *BOUNDS, *OPENERS)):
        if clauses.has(at, "NOBODY") and not (clauses.has(at - 1, "PREP") or clauses.finite(at - 1)):
            return True
        at -= 1
    return False


def is_noun(clauses: Clauses, verb: int) -> bool:
    """Whether what may be a verb is a noun: before "of", added to another noun, or the object of a verb before it
    ("asks the hard questions that"), or told by a name ("the Kerry remarks")."""
    told_of = clauses.has(verb - 2, "DET") and clauses.has(verb - 1, "PLAIN") and not clauses.has(verb - 1, *NOUNS)
    governs = clauses.finite(verb - 3) and not clauses.has(verb - 3, "SAY_ACTIVE", "TELL_ACTIVE")
    if clauses.has(verb, "NOUNS") and told_of and governs:
        return True
    added = clauses.has(verb - 1, "and") and clauses.has(verb - 2, *NOUNS)
    named = clauses.has(verb - 1, "PERSON") and clauses.has(verb - 2, *ARTICLES)
    return clauses.has(verb, *NOUNS) and (added or named or clauses.has(verb + 1, "of"))


def is_done_to(clauses: Clauses, match: Match, subject: Subject, verb: int) -> bool:
    """Whether "and" adds a verb without an object to one in the passive, then passive too: "was arrested and charged
    with treason", "was warned and told to leave"."""
    alone = verb == match.end - 1 and clauses.has(match.end, *ENDS) and not clauses.has(verb, "SAY_ACTIVE")
    if not (alone or clauses.has(verb, "TELL_ACTIVE")) or not clauses.has(verb - 1, "and"):
        return False
    before = [at for at in range(subject.at, verb) if clauses.finite(at)]
    return bool(before) and clauses.has(before[-1], "VERB_PASSIVE")
