"""Spoken: which wordings of speech tell that something was said, and how real that is."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.marks import UNREAL
from engine.setting import Setting

VOWS = ("PROMISE_CONTROL", "AGREE_CONTROL", "WARN_CONTROL")
"""Verbs that say what somebody is to do."""


def vowed(setting: Setting, match: Match) -> bool:
    """Whether the verb that governs a match's own is what was said: "vowed to respond"."""
    return any(setting.clauses.has(at, *VOWS) for at in range(match.begin, match.end))


def keep_own(setting: Setting, draft: Draft, match: Match) -> None:
    """Leave a statement the status of its own verb, not that of a meeting of which it tells."""
    verb = setting.clauses.verb_of(match)
    told = draft.fields.pop("status", [])
    end = setting.items[match.end - 1 if verb is None else verb].end
    own = [one for one in told if isinstance(one, str) or one.begin < end or one.alias in UNREAL]
    draft.fields |= {"status": own} if own else {}


def hypothetical(setting: Setting, match: Match) -> bool:
    """Whether a match tells what somebody would say, where nobody in its sentence said so."""
    clauses = setting.clauses
    verb = clauses.verb_of(match)
    group = setting.items[verb].read_as(clauses.alphabet.bits["VERB"]) if verb is not None else None
    would = clauses.bits_of(("would",))
    if group is None or not any(clauses.alphabet.masks[part.signature] & would for part in group[1]):
        return False
    return not any(clauses.has(at, "SAY_ACTIVE", "TELL_ACTIVE") for at in clauses.finites if at != verb)


def invites(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether a match tells whom somebody receives where: "will welcome the president to the White House"."""
    clauses = setting.clauses
    return draft.text("act") == "PRAISE" and clauses.has(match.end, "to")
