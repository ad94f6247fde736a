"""Conditions: which verbs stand in a clause that only supposes what it tells."""

from __future__ import annotations

from engine.sentence.clauses import Clauses
from engine.times.tense import PASTS, forms_in


def supposed(clauses: Clauses, verb: int, *opening: str) -> bool:
    """Whether a verb stands in a clause that "if" or one of the words `opening` opens, or "should" or "had" before its
    subject."""
    at = verb - 1
    while at >= 0 and not clauses.has(at, "COMMA", "STOP", "QUOTE", "that"):
        opens = at == 0 or clauses.has(at - 1, "COMMA", "that", "but") or clauses.has(at + 1, "ACTORS")
        turned = clauses.has(at, "should") and opens
        had = clauses.has(at, "had") and clauses.has(at + 1, "ACTORS")
        turned = turned or (had and (at == 0 or at + 2 == verb))
        if turned or clauses.has(at, "if", "even if", "unless", "in the event", "in case", *opening):
            return True
        at -= 1
    return False


def awaited(clauses: Clauses, verb: int) -> bool:
    """Whether "until" opens the clause of a verb that is yet to come: it is no past, or the verb before it no bare one
    ("will not sign until Oslo agrees", "would stay until Oslo agreed")."""
    at = verb - 1
    while at >= 0 and not clauses.has(at, "until"):
        if clauses.has(at, "COMMA", "STOP", "QUOTE", "that") or clauses.finite(at):
            return False
        at -= 1
    before = next((one for one in range(at - 1, -1, -1) if clauses.finite(one)), None)
    return at >= 0 and (before is None or not (is_bare_past(clauses, verb) and is_bare_past(clauses, before)))


def is_bare_past(clauses: Clauses, verb: int) -> bool:
    """Whether a verb group begins with a verb in the past: "agreed to", not "has agreed"."""
    told = forms_in(clauses.items[verb])
    return bool(told) and not told[0].isdisjoint(PASTS) and "VB" not in told[0]
