"""Speech: where the actors of a sentence stand to what somebody says in it."""

from __future__ import annotations

from engine.clauses import Clauses

AFTER = ("STOP", "COMMA", "QUOTE", "TIME", "MARK", "ADV", "PREP")
"""What follows the verb that closes a sentence which says what was said."""


def ends_speech(clauses: Clauses, at: int) -> bool:
    """Whether the actors at `at` close a sentence that says what they say ("..., he said on Monday.")."""
    verb = at + 2 if clauses.has(at + 1, "ADV") else at + 1
    if not (clauses.has(at - 1, "COMMA", "QUOTE") and clauses.has(verb, "SAY_ACTIVE", "TELL_ACTIVE")):
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
