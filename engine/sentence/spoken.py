"""Spoken: which wordings of speech tell that something was said, and how real that is."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.marks import UNREAL
from engine.sentence.setting import Setting

VOWS = ("PROMISE_CONTROL", "AGREE_CONTROL", "WARN_CONTROL")
"""Verbs that say what somebody is to do."""


THING = "it"
"""The mark of a side told as "it"."""


def vowed(setting: Setting, match: Match) -> bool:
    """Whether the verb that governs a match's own is what was said: "vowed to respond"."""
    return any(setting.clauses.has(at, *VOWS) for at in range(match.begin, match.end))


def bodes(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether "it" which is to do something is no state or body: "the storm came, it threatens to flood them"."""
    things = [mark for mark in draft.drafts("speaker") if mark.alias == THING]
    return bool(things) and vowed(setting, match) and not any(map(setting.discourse.meant, things))


def keep_own(setting: Setting, draft: Draft, match: Match) -> None:
    """Leave a statement the status of its own verb, not that of a meeting of which it tells."""
    verb = setting.clauses.verb_of(match)
    told = draft.fields.pop("status", [])
    end = setting.items[match.end - 1 if verb is None else verb].end
    own = [one for one in told if isinstance(one, str) or one.begin < end or one.alias in UNREAL]
    draft.fields |= {"status": own} if own else {}


def hypothetical(setting: Setting, match: Match) -> bool:
    """Whether a match tells what somebody would say, where nobody in its sentence said so."""
    verb = verb_with_would(setting, match)
    return verb is not None and not any(
        setting.clauses.has(at, "SAY_ACTIVE", "TELL_ACTIVE") for at in setting.clauses.finites if at != verb
    )


def would_be(setting: Setting, match: Match) -> bool:
    """Whether a match tells what somebody would do, where no clause before it leads up to that, or on a condition:
    "under the plan, Seoul would suspend the drills", "said that it would if the North agreed"."""
    verb = verb_with_would(setting, match)
    if verb is None:
        return False
    clauses = setting.clauses
    if any(clauses.has(at, "if", "unless") for at in range(match.end, len(setting.items))):
        return True
    return all(is_with_would(setting, at) for at in clauses.finites if at < verb)


def verb_with_would(setting: Setting, match: Match) -> int | None:
    """The verb of a match where it is told with "would", else None."""
    verb = setting.clauses.verb_of(match)
    return verb if verb is not None and is_with_would(setting, verb) else None


def is_with_would(setting: Setting, verb: int) -> bool:
    """Whether a verb group holds "would"."""
    group = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    would = setting.clauses.bits_of(("would",))
    return group is not None and any(setting.clauses.alphabet.masks[part.signature] & would for part in group[1])


def invites(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether a match tells whom somebody receives where: "will welcome the president to the White House"."""
    clauses = setting.clauses
    return draft.text("act") == "PRAISE" and clauses.has(match.end, "to")
