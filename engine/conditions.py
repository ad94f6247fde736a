"""Conditions: which verbs stand in a clause that only supposes what it tells."""

from __future__ import annotations

from engine.clauses import Clauses


def supposed(clauses: Clauses, verb: int, *opening: str) -> bool:
    """Whether a verb stands in a clause that "if" or one of the words `opening` opens, or "should" or "had" before its
    subject."""
    at = verb - 1
    while at >= 0 and not clauses.has(at, "COMMA", "STOP", "QUOTE", "that"):
        turned = clauses.has(at, "should") and (at == 0 or clauses.has(at + 1, "ACTORS"))
        turned = turned or (at == 0 and clauses.has(at, "had") and clauses.has(at + 1, "ACTORS"))
        if turned or clauses.has(at, "if", "even if", "unless", *opening):
            return True
        at -= 1
    return False
