"""Speech: where the actors of a sentence stand to what somebody says in it."""

from __future__ import annotations

from bisect import bisect_left

from engine.cascade import Match
from engine.interpret import Draft
from engine.resolve.scene import Scene
from engine.sentence.clauses import Clauses, Subject

VOWED = ("PROMISE_CONTROL", "AGREE_CONTROL", "WARN_CONTROL")
"""The verbs by which somebody says what he will do."""
AFTER = ("STOP", "COMMA", "QUOTE", "TIME", "MARK", "ADV", "PREP")
"""What follows the verb that closes a sentence which says what was said."""

SAYS = ("SAY_ACTIVE", "TELL_ACTIVE", "ATTEST_ACTIVE")
"""The verbs that close such a sentence."""
OWNING = ("'s", "’s")
"""What follows an owner."""
OPENING = ("FRAME", "DATELINE", "TIME", "COMMA", "ADV", "LY", "PREP", "and", "but", "then")
"""What may stand before whom a sentence names first."""
OPENS = ("after", "before", "when", "as")
"""What opens the clause with which a sentence begins."""
NEAR = 4
"""Items after a verb in the passive within which stands by whom it is done."""
CLOSE = 2
"""Items within which that clause tells its subject."""
PARTED = ("COMMA", "QUOTE", "DASH", "MARK", "and", "PERSON_RELATIVE")
"""What parts an owner from what he owns, or from the verb that tells of it."""


def ends_speech(clauses: Clauses, at: int) -> bool:
    """Whether the actors at `at` close a sentence that says what they say ("..., he said on Monday.")."""
    verb = at + 2 if clauses.has(at + 1, "ADV") else at + 1
    if not (clauses.has(at - 1, "COMMA", "QUOTE") and clauses.has(verb, *SAYS)):
        return False
    ends = verb + 1 >= len(clauses.items) or clauses.has(verb + 1, *AFTER) or clauses.has(at - 1, "QUOTE")
    return ends and (clauses.has(at - 1, "QUOTE") or any(map(clauses.finite, range(at))))


def tells_quotation(clauses: Clauses, at: int) -> bool:
    """Whether the actors at `at` say what stands in quotation marks before them: of the sentence they are the subject,
    whoever else it speaks of."""
    if clauses.has(at - 1, "SAY_ACTIVE") and clauses.has(at - 2, "QUOTE"):
        return True
    return clauses.has(at - 1, "QUOTE") and ends_speech(clauses, at)


def goes_on(clauses: Clauses, at: int) -> bool:
    """Whether the verb of the actors at `at` is added to the sentence's main one ("..., and he predicts")."""
    return clauses.has(at - 1, "and", "but") and clauses.has(at - 2, "COMMA", "QUOTE")


def leads(clauses: Clauses, subject: Subject | None, main: int | None, begin: int) -> bool:
    """Whether what a sentence opens with tells of what begins at `begin`, of its main subject or with no verb before:
    not where it only closes with who says so ("On Friday two men died, police said")."""
    if subject is None:
        return not any(map(clauses.finite, range(begin)))
    return subject.at == main and not ends_speech(clauses, subject.at)


def vows(clauses: Clauses, draft: Draft, match: Match) -> bool:
    """Whether a match ends with what somebody says he will do, of which a time or place after it tells: "agreed to meet
    in Oslo in December"."""
    last = match.end - 1
    return draft.rule == "statement" and clauses.has(last, "VERB_TO", *VOWED)


def vowed_then(clauses: Clauses, subject: Subject | None, verb: int | None) -> bool:
    """Whether a time before a verb is that of saying what will be done: "on Tuesday threatened to quit the pact"."""
    if verb is None or not clauses.has(verb, *VOWED):
        return False
    start = subject.at if subject else verb
    return any(clauses.has(at, "TIME") for at in (*range(start + 1, verb), *range(min(start, 2))))


def opens_apart(clauses: Clauses, end: int) -> bool:
    """Whether a comma parts what opens a sentence, up to an item, from its verb: else a gerund is its subject."""
    after = range(end - 1, len(clauses.masks))
    verbs = (at for at in after if clauses.finite(at) and not clauses.has(at, "NOUN", "NOUNS"))
    return any(clauses.has(at, "COMMA") for at in range(end - 1, next(verbs, len(clauses.masks))))


def by_others(clauses: Clauses, subjects: dict[int, Subject | None], at: int) -> bool:
    """Whether a verb whose subject is only described stands before the actors at `at`: "critics accused him"."""
    return clauses.finite(at - 1) and subjects.get(at - 1) is None


def in_order(clauses: Clauses) -> list[int]:
    """The actors of a sentence, first who is named after a clause that opens it and tells of that one by a pronoun:
    "When he came, Kerry said"; not where that one does something to him."""
    actors, pronouns = clauses.actors, ("PERSON_PRONOUN", "PERSON_SHE")
    first = actors[0] if actors else 0
    if not (first <= CLOSE and clauses.has(first, *pronouns) and clauses.has(first - 1, "SUB", *OPENS)):
        return actors
    after = (
        at for at in actors if clauses.has(at - 1, "COMMA") and clauses.has(at, "PERSON") and clauses.finite(at + 1)
    )
    named = next((at for at in after if not clauses.has(at, *pronouns) and not clauses.has(at + 2, *pronouns)), first)
    return [named, *(at for at in actors if at != named)]


def is_inside(clauses: Clauses, at: int) -> bool:
    """Whether the actors at `at` stand in a quotation that their sentence closes, whichever opened it."""
    before = bisect_left(clauses.quotes, at)
    after = len(clauses.quotes) - before
    return after > 0 and (before % 2 == 1 if before else after % 2 == 1)


def owns(clauses: Clauses, subjects: dict[int, Subject | None], at: int) -> bool:
    """Whether the actors at `at` own what is the subject of the first verb ("some of Kerry's plans were")."""
    verb = min((one for one in clauses.finites if one > at), default=0)
    if not verb or subjects.get(verb) is not None or not clauses.has(at + 1, *OWNING):
        return False
    done_by = clauses.has(verb, "VERB_PASSIVE") and any(clauses.has(one, "by") for one in range(verb, verb + NEAR))
    first = not (done_by or any(clauses.finite(one) or clauses.has(one, "ACTORS", *PARTED) for one in range(at)))
    within = (one for one in range(at + 2, verb) if clauses.has(one, "ACTORS", "PREP", "of", *PARTED))
    return first and next(within, None) is None


def opens_alone(clauses: Clauses, subjects: dict[int, Subject | None], at: int) -> bool:
    """Whether the actors at `at` are the first of a sentence that tells nobody's doings by a known verb: "Then Kerry
    balked at it"."""
    opens = all(clauses.has(one, *OPENING) and not clauses.has(one, "ACTORS") for one in range(at))
    return opens and not any(subjects.values()) and not clauses.has(at + 1, *OWNING, "COMMA")


def stand(scene: Scene, clauses: Clauses, subjects: dict[int, Subject | None], at: int) -> None:
    """Keep in a scene how the actors at `at` stand to what is said, and to the verbs beside them."""
    scene.ends_speech, scene.goes_on = ends_speech(clauses, at), goes_on(clauses, at)
    scene.adds, scene.by_others = clauses.has(at + 1, "ADD_ACTIVE"), by_others(clauses, subjects, at)
    scene.inside = is_inside(clauses, at)
    scene.owning = owns(clauses, subjects, at) or opens_alone(clauses, subjects, at)
    scene.subordinate = clauses.has(at - 1, "SUB", "after", "before", "when")
