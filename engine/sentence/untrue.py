"""Untrue: clauses told to be wrong or open: "it is untrue that", "reports that ... are false", "no proof that"."""

from __future__ import annotations

from engine.cascade import Match
from engine.sentence.modality import lies_ahead, reality
from engine.sentence.setting import Setting

OPEN = ("IMPROBABLE", "PROBABLE", "early")
"""Words that leave open what may be so, be it "too early to say"."""
NEAR = 3
"""Items back from a word of truth to the verb that may deny it."""


def is_untrue(setting: Setting, match: Match) -> bool:
    """Whether what a match tells stands in a clause, opened by "that", of which a word tells that it is not so, or that
    it may not be so."""
    clauses = setting.clauses
    subject = setting.subject_of(match)
    begin = min(match.begin, subject.at) if subject is not None else match.begin
    if not clauses.has(begin - 1, "that"):
        return False
    at = begin - 2
    if clauses.has(at, "VERB_TO"):
        # "Wrong to say that".
        at -= 1
    if clauses.has(at, "UNTRUE") or (clauses.has(at, *OPEN) and not lies_ahead(setting, clauses.verb_of(match))):
        return True
    if clauses.has(at, "TRUTH") and is_negated(setting, at):
        return True
    return is_thing(setting, at) and (is_contrary(setting, at) or proves_wrong(setting, match.end))


def is_thing(setting: Setting, at: int) -> bool:
    """Whether an item is no verb, or one that stands where only a noun can: "rejected claims that"."""
    clauses = setting.clauses
    return at >= 0 and (not clauses.finite(at) or at == 0 or clauses.has(at - 1, "to", "DET") or clauses.finite(at - 1))


def is_negated(setting: Setting, at: int) -> bool:
    """Whether what stands before a word negates it: "not true", "no evidence"."""
    clauses = setting.clauses
    for back in range(at - 1, max(at - 1 - NEAR, -1), -1):
        if clauses.has(back, "NEG", "no"):
            return True
        if clauses.finite(back):
            return "negated" in reality(setting, back)
    return False


def is_contrary(setting: Setting, at: int) -> bool:
    """Whether the claims at an item are told to be contrary to what is so."""
    clauses = setting.clauses
    before = at - 1
    while clauses.has(before, "PLAIN", "DET"):
        before -= 1
    return clauses.has(before, "to") and clauses.has(before - 1, "contrary")


def proves_wrong(setting: Setting, at: int) -> bool:
    """Whether the next verb tells that claims are wrong: "reports that they met in Oslo are false"."""
    clauses = setting.clauses
    verb = next((one for one in range(at, len(clauses.items)) if clauses.finite(one)), None)
    return verb is not None and clauses.has(verb + 1, "UNTRUE")
