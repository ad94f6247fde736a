"""What others do as well: of whom an article says no more than that they did the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.facts import Agreement, AgreementAction, Aid, Event, EventStatus, Relations, Sanction, Statement, WeaponTest
from engine.interpret import Draft
from engine.resolve.meetings import FUTURE, OFF

LIKEWISE = "likewise"
"""The mark of a side that does what others did last: "followed suit"."""
ENDS = frozenset({".", ",", ";", "and"})
"""What comes after a clause that says no more."""
BY_ONE = frozenset({AgreementAction.RATIFY, AgreementAction.WITHDRAW, AgreementAction.SUSPEND})
"""What others may do to the same agreement by themselves."""


def as_well(event: Event, draft: Draft, told: Sequence[Event], after: str) -> list[Event] | None:
    """The events of those who do what was just told of others, where a draft tells that; None where it tells something
    of its own. `after` is the word after it."""
    if any(one.alias == LIKEWISE for one in draft.drafts("parties")):
        return likewise(event, told)
    if isinstance(event, Aid) and after in ENDS:
        given_as_well(event, told)
    return None


def likewise(event: Event, told: Sequence[Event]) -> list[Event]:
    """Those who do likewise, one by one, where the last happening told is one of this type that others can repeat, and
    in the sentences between the two somebody only says something.
    """
    last = next((one for one in reversed(told) if not isinstance(one, Statement)), None)
    if last is None or type(last) is not type(event) or not repeatable(last) or event.status in OFF:
        return []
    before, now = last.evidence[-1].sentence, event.evidence[-1].sentence
    spoken = {one.evidence[-1].sentence for one in told if isinstance(one, Statement)}
    target = [*getattr(last, "target", [])]
    if not spoken.issuperset(range(before + 1, now)) or not {*event.parties}.isdisjoint((*last.parties, *target)):
        return []
    # Who does as others only promised or plan to do has promised or plans to do so.
    status = last.status if event.status is EventStatus.OCCURRED and last.status in FUTURE else event.status
    found = replace(last, status=status, when=event.when, place=event.place, evidence=event.evidence)
    if isinstance(found, Aid):
        found.amount = None
    if isinstance(found, WeaponTest):
        found.name = found.ordinal = None
    return [replace(found, parties=[party], evidence=[*event.evidence]) for party in event.parties]


def given_as_well(aid: Aid, told: Sequence[Event]) -> None:
    """Give aid of which only the sum is told to whom another was just told to give some: "Oslo pledged $5 million to
    Chad, and Lima $2 million"."""
    last = next((one for one in reversed(told) if not isinstance(one, Statement)), None)
    if not isinstance(last, Aid) or aid.target or not (aid.amount and aid.parties and last.parties):
        return
    if aid.evidence[-1].sentence - last.evidence[-1].sentence <= 1 and {*aid.parties}.isdisjoint(
        (*last.parties, *last.target)
    ):
        aid.target = [*last.target]


def repeatable(event: Event) -> bool:
    """Whether others can do the same: to the same target or treaty, or a test of their own."""
    if isinstance(event, Agreement):
        return event.action in BY_ONE
    if isinstance(event, WeaponTest):
        return True
    return isinstance(event, (Aid, Relations, Sanction)) and bool(event.target)
