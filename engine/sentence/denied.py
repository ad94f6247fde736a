"""Denied: what words tell and nobody did: somebody denies it, neither of two did it, or something is only called so."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.sentence.modality import is_unreal, reality
from engine.sentence.setting import Setting
from engine.sentence.untrue import is_thing

AIMED_AT = frozenset({"agreement"})
"""Facts that the words before them may tell as only aimed at: "a push for a deal"."""
KNOWN = ("the", "its", "their", "his", "'s", "’s", "despite")
"""What stands before that which is known to be."""
NEAR = 8
"""Items between a verb that denies and what it denies."""
VERDICTS = ("QUOTE", "PLAIN", "LY", "ADV", "a", "an")
"""What follows whatever is called so."""


def is_denied(setting: Setting, match: Match) -> bool:
    """Whether somebody denies what a match tells by a verb, or acts without it: "denied (reports) that he met them",
    "denied testing a missile", "denied being in breach of the pact", "left without naming a minister"."""
    clauses = setting.clauses
    at = match.begin if clauses.has(match.begin, "VERB_ING") else match.begin - 1
    if clauses.has(at, "VERB_ING") and clauses.has(at - 1, "PREP") and clauses.has(at - 1, "NEG"):
        return True
    if clauses.has(at, "VERB_ING") and clauses.has(at - 1, "DENY_ACTIVE") and clauses.finite(at - 1):
        return "negated" not in reality(setting, at - 1)
    subject = setting.subject_of(match)
    begin = min(match.begin, subject.at) if subject is not None else match.begin
    told = subject is not None and clauses.verb_of(match) is not None
    after = clauses.has(begin - 1, "that")
    denying = range(begin - 2, max(begin - 2 - NEAR, -1), -1) if after else (begin - 1,)
    verbs = (at for at in denying if clauses.finite(at) or clauses.has(at, "COMMA", "QUOTE"))
    verb = next((at for at in verbs if clauses.has(at, "COMMA", "QUOTE") or not is_thing(setting, at)), None)
    denied = verb is not None and clauses.has(verb, "DENY_ACTIVE") and clauses.finite(verb)
    return told and denied and verb is not None and "negated" not in reality(setting, verb)


def is_nobodys(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether nobody did what a match tells: "neither Oslo nor Riga signed it", "was close to severing ties"."""
    at, clauses, subject = match.begin, setting.clauses, setting.subject_of(match)
    if draft.rule not in AIMED_AT and clauses.has(at, "VERB_ING") and clauses.has(at - 1, "VERGE"):
        return True
    if any(clauses.has(one, "by") and clauses.has(one + 1, "VERB_ING") for one in (at - 1, at)):
        # "Will not answer by leaving the pact".
        verb = clauses.governor(at)
        return verb is not None and is_unreal(setting, verb)
    return subject is not None and clauses.has(subject.at - 1, "neither", "nor")


def is_judged(setting: Setting, match: Match) -> bool:
    """Whether a match tells what somebody calls a meeting, not that he calls one: "called the talks constructive"."""
    clauses = setting.clauses
    verb = clauses.verb_of(match)
    if verb is None or not clauses.has(verb, "CALL_ACTIVE"):
        return False
    known = clauses.has(verb + 1, *KNOWN)
    return known or (clauses.has(verb + 1, "GATHERING") and clauses.has(match.end, *VERDICTS))


def calls_for(setting: Setting, match: Match) -> bool:
    """Whether a call that a match takes for one by telephone only asks for something: "a UN call for a truce"."""
    clauses = setting.clauses
    for at in range(match.begin, match.end):
        if clauses.has(at, "GATHERING") and clauses.has(at + 1, "for") and not clauses.has(at + 2, "TIME"):
            talks = setting.interpreter.phrase("GATHERING", setting.items[at])
            if talks is not None and talks.text("mode") == "PHONE":
                return True
    return False
