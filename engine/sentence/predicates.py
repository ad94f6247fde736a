"""Predicates: what is told of a happening that a noun names, so that it is still to come, off, possible, or nothing.

"The drills between X and Y are expected next week", "X's aid to Y is unlikely": the noun has no verb of its own.
"""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.landmarks import PLURALS
from engine.sentence.modality import reality
from engine.sentence.setting import Setting
from engine.times.tense import FORMS

NAMED = frozenset({"exercise", "sanction", "aid", "weapon_test"})
"""Facts whose grammars leave that to be found here."""
BETWEEN = ("TIME", "PLACE", "ADV", "LY", "in", "at", "on")
"""What may stand between a noun and what is told of it."""
UNTIMELY = frozenset({"PLANNED", "CANCELLED", "POSTPONED"})
"""Statuses of verbs in the lexicon that say more of a happening than that it is."""
NEAR = 3
"""Items after the verb in which the day that it tells stands."""
EXCLUDED, IMPROBABLE, PROBABLE = "EXCLUDE_PASSIVE", "IMPROBABLE", "PROBABLE"


def is_predicated(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether something is told that can be, and is not told to be unlikely; its status is then what is told of it."""
    clauses = setting.clauses
    verbs = (at for at in range(match.begin, match.end) if clauses.finite(at) and not clauses.has(at, *PLURALS))
    if draft.rule not in NAMED or next(verbs, None) is not None:
        return True
    at = match.end
    while clauses.has(at, *BETWEEN):
        at += 1
    if not clauses.finite(at) or clauses.has(at + 1, "VERB_TO"):
        return True
    status = predicate(setting, at)
    denied = "negated" in reality(setting, at)
    if status is None or (denied and status in ("cancelled", "postponed")):
        return True
    if denied or status == "negated":
        return False
    draft.fields["status"] = [Draft("status", status, draft.begin, draft.begin)]
    if (time := next(filter(None, map(setting.circumstances.time_at, range(at + 1, at + 1 + NEAR))), None)) is not None:
        draft.fields.setdefault("when", [time])
    return True


def predicate(setting: Setting, verb: int) -> str | None:
    """The status that a verb group, with the word after it, tells of its subject; None where it tells none."""
    clauses = setting.clauses
    if clauses.has(verb, "BE_ACTIVE"):
        if clauses.has(verb + 1, IMPROBABLE):
            return "negated"
        return "proposed" if clauses.has(verb + 1, PROBABLE) else None
    if clauses.has(verb, EXCLUDED):
        return "cancelled"
    group = setting.items[verb].read_as(clauses.alphabet.bits["VERB"]) if clauses.has(verb, "VERB_PASSIVE") else None
    told = {
        form.row.values.get("status", "")
        for item in (group[1] if group else ())
        for form in item.forms
        if not FORMS.isdisjoint(form.terminals)
    }
    return next((status.lower() for status in told & UNTIMELY), None) if len(told & UNTIMELY) == 1 else None
