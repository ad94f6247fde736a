"""Prospects: what words before a noun leave open: "fears of Oslo's withdrawal", "demanded its expulsion of them"."""

from __future__ import annotations

from engine.sentence.modality import AHEAD, is_past, is_perfect, reality
from engine.sentence.setting import Setting

BETWEEN = ("of", "for", "to", "on", "about", "against", "the", "a", "an", "ADV", "LY")
"""What may stand between such words and the noun."""
MOST_BETWEEN = 3
VERBS = ("VERB_ACTIVE", "VERB_TO", "VERB_ING", "VERB_BASE", "VERB_PASSIVE")
HINGES = ("HINGE_ACTIVE", "HINGE_TO", "HINGE_ING", "HINGE_BASE", "DREAD_ACTIVE", "DREAD_BASE")
"""Verbs whose object need not come about: "requires", "to prevent"."""
ASKED = "URGE"
"""The act of verbs and nouns by which somebody asks for what they take."""
NOUN_OF = ("of", "for")
WITHOUT = ("without", "until", "till", "pending", "instead of", "ahead of")
BEFORE = "before"


def is_open(setting: Setting, begin: int, end: int) -> bool:
    """Whether the words before the items from `begin` to `end` (exclusive) leave open whether what these tell comes
    about."""
    has, at = setting.clauses.has, begin - 1
    while at >= begin - MOST_BETWEEN and has(at, *BETWEEN) and not has(at, *WITHOUT):
        at -= 1
    if has(at, *WITHOUT) or (has(at, BEFORE) and not comes_about(setting, at)):
        return True
    if has(at, *VERBS):
        # "He hoped the closure of the port would help": what he hoped is another clause.
        return not setting.clauses.finite(end) and leaves_open(setting, at)
    return has(at + 1, *NOUN_OF) and (has(at, "PROSPECT") or asks(setting, at))


def comes_about(setting: Setting, at: int) -> bool:
    """Whether what is before something is told in the past."""
    verbs = [one for one in sorted(setting.clauses.finites) if one != at]
    return bool(verbs) and any(is_past(setting, one) or is_perfect(setting, one) for one in verbs)


def leaves_open(setting: Setting, verb: int) -> bool:
    """Whether a verb does not say that its object comes about: by what it means, or as it lies ahead itself."""
    if setting.clauses.has(verb, "CALL_ACTIVE") and setting.clauses.has(verb + 1, "for"):
        return True
    if setting.clauses.has(verb, *HINGES):
        return True
    group = setting.interpreter.phrase("VERB", setting.items[verb])
    told = group.defaults if group is not None else {}
    return bool(told.get("status")) or told.get("act") == ASKED or not AHEAD.isdisjoint(reality(setting, verb))


def asks(setting: Setting, at: int) -> bool:
    """Whether a noun tells that somebody asks for something."""
    if setting.clauses.has(at, "CALL") and setting.clauses.has(at + 1, "for"):
        return True
    return any(form.row.values.get("act") == ASKED for form in setting.items[at].forms)
