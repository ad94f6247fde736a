"""What is told again: more about a happening that the sentences before told, and no other one."""

from __future__ import annotations

from datetime import date, timedelta

from engine.facts import Aid, Event, EventStatus
from engine.resolve.measures import alike, same_course
from engine.resolve.meetings import FUTURE, OFF
from engine.resolve.report import Report
from engine.resolve.values import agree, subset, within

RETOLD = "retold"
"""The mark of what is only told again: "the launch took place on Monday", "the package is worth $5 million"."""
NEAR = 2
"""Sentences back to what is told again, where nothing tells that it is known."""
LATELY = timedelta(days=60)
"""How long before publication a day can be that is told of what is news."""
SAME = ("place", "amount", "name", "ordinal")
"""Slots in which both must agree, where both tell them."""


def told_again(new: Report, recent: list[Report], anchor: date | None) -> Report | None:
    """The last report of a happening of this type that can be told again: what is only told to be known may stand
    further back, with others after it."""
    told = [one for one in reversed(recent) if type(one.event) is type(new.event)]
    near = told if new.definite else [one for one in told[:1] if new.sentence - one.sentence <= NEAR]
    return next((old for old in near if one_happening(old.event, new.event) and can_be(old, new, anchor)), None)


def one_happening(a: Event, b: Event) -> bool:
    """Whether what is told again agrees with what was told."""
    deed = agree(getattr(a, "action", None), getattr(b, "action", None)) or same_course(a, b, known=False)
    slots = deed and alike(a, b, definite=True)
    slots = slots and all(agree(getattr(a, name, None), getattr(b, name, None)) for name in SAME)
    sides = subset(a.parties, b.parties) and agree(getattr(a, "target", None), getattr(b, "target", None))
    return slots and sides and (b.status in OFF or within(a.when, b.when))


def can_be(old: Report, new: Report, anchor: date | None) -> bool:
    """Whether status and day of what is told again can be of what was told: only what was ahead is off, and nothing
    that is news was long ago."""
    a, b = old.event, new.event
    gone = b.when.partition("/")[2] or b.when if b.when else None
    if gone and anchor and not a.when and gone < (anchor - LATELY).isoformat()[: len(gone)]:
        return False
    if b.status in OFF:
        return a.status in FUTURE
    return a.status not in OFF and (b.status not in FUTURE or a.status in FUTURE or a.status is EventStatus.ONGOING)


def retell(old: Report, new: Report) -> None:
    """Give a happening the status that is told of it now, where it is off or aid was given, and leave out the day on
    which it was called off, which is not its own."""
    a, b = old.event, new.event
    if b.status in OFF:
        a.status, b.when = b.status, None
    elif isinstance(a, Aid) and b.when and b.status is EventStatus.OCCURRED:
        a.status = b.status
