"""Attributes: whom sanctions hit where a country's name stands before them ("the Russia sanctions").

Its adjective, or a name that is also one ("Russian", "U.S."), tells whose they are.
"""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.layers import Item
from engine.resolve.sanctions import UNREAD
from engine.sentence.clauses import Clauses
from engine.sentence.setting import Setting

AIMED = frozenset({"sanction"})
REACH = 9
"""Items after "on" in which whom sanctions hit is named."""
NEAR = 4
"""Items after a match among which the verb stands that tells whom sanctions harm."""
OTHER = ("VERB", "COMMA", "STOP", "SUB", "REL", "TIME", "over", "for", "SANCTION_NOUN", "SANCTION_NOUNS")
"""Terminals and words after which something else is told."""
SIDES = frozenset({"country", "organization"})
"""Fields of records that name a state or body."""
NAMED = ("SANCTION_NOUN", "SANCTION_NOUNS")


def aim_at(setting: Setting, draft: Draft, match: Match) -> None:
    """Make the side that is named right before its sanctions their target, where no other is told; mark where whom they
    hit is told in words that nothing reads."""
    if draft.rule not in AIMED or "target" in draft.fields:
        return
    clauses = setting.clauses
    upon = before_target(clauses, match)
    if upon is not None and not clauses.has(upon + 1, "TIME"):
        draft.fields["target"] = said_after(setting, upon) or [Draft("target", UNREAD, draft.begin, draft.begin)]
        return
    for at in range(match.begin, match.end - 1):
        item = setting.items[at]
        held = [one for one in draft.drafts("parties") if item.begin <= one.begin < item.end]
        if held and clauses.has(at + 1, *NAMED) and is_name(item):
            draft.fields["target"] = [*held]
            draft.fields["parties"] = [one for one in draft.fields["parties"] if one not in held]
            return


def before_target(clauses: Clauses, match: Match) -> int | None:
    """The word after sanctions before whomever they hit: "on", or the verb in "those over the war have hurt Mali"."""
    if clauses.has(match.end, "on", "against"):
        return match.end
    verb = next(filter(clauses.finite, range(match.end, match.end + NEAR)), match.end)
    if clauses.has(verb, "IMPOSE_ACTIVE") and clauses.has(verb + 1, "on", "against"):
        return verb + 1
    return verb if clauses.has(verb, "HARM_ACTIVE") else None


def said_after(setting: Setting, upon: int) -> list[Draft]:
    """The side named first among the words that tell whom sanctions hit: "on two dozen Russian officials"."""
    for at in range(upon + 1, upon + REACH):
        if setting.clauses.has(at, "ACTORS"):
            return [one for one in setting.members(setting.items[at]) if not SIDES.isdisjoint(one.fields)]
        if setting.clauses.has(at, *OTHER):
            return []
    return []


def is_name(item: Item) -> bool:
    """Whether an item ends with a country's name that is no adjective too."""
    while item.reads:
        item = item.reads[0][2][-1]
    told = {terminal for form in item.forms for terminal in form.terminals}
    return "COUNTRY" in told and "DEMONYM" not in told
