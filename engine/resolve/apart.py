"""Apart: which reports cannot be of one happening, as the one was long before the other."""

from __future__ import annotations

from datetime import date, timedelta

from engine import facts
from engine.facts import Event, EventStatus
from engine.resolve.report import Report
from engine.resolve.values import bygone, far

LATELY = timedelta(days=30)
"""How long before publication what is told as news can have happened."""


def years_apart(old: Report, new: Report, anchor: date | None) -> bool:
    """Whether "the meeting" is none told before: one of the two was years ago, and of the other no day is told but in
    the next sentence; "the Iran deal" is what it is at all times."""
    a, b = old.event.when, new.event.when
    if isinstance(new.event, facts.Agreement) and isinstance(old.event, facts.Agreement) and not new.finite:
        # "To replace the 1994 Lima Treaty": none of the deals just told of, which have no such name.
        generic, proper = old.event.name or "", new.event.name or ""
        return generic == generic.lower() and proper != proper.lower() and not a and bygone(b, anchor)
    apart = not a or new.sentence - old.sentence > 1
    # "A memorandum signed in 2001" is none of those that are news.
    another = isinstance(new.event, facts.Agreement) and new.finite and old.finite and not a
    return (new.definite or another) and bool(a) != bool(b) and apart and bygone(a or b, anchor)


def long_before(a: Event, b: Event, anchor: date | None) -> bool:
    """Whether a visit, meeting or exercise was made long before publication, and the other is not over and of no day:
    "is in Peru; he last went there in May"."""
    told = isinstance(a, (facts.Exercise, facts.Meeting, facts.Visit)) and anchor is not None
    if not told or a.when or not b.when or a.status is EventStatus.OCCURRED or b.status is not EventStatus.OCCURRED:
        return False
    last = b.when.partition("/")[2] or b.when
    return anchor is not None and last < (anchor - LATELY).isoformat()[: len(last)]


def another_trip(a: Event, b: Event, anchor: date | None) -> bool:
    """Whether a visit that somebody named made long before publication, or will, is none of those unnamed whose day is
    not told: "sent a team to Peru; the president went there last year"."""
    if not (isinstance(a, facts.Visit) and isinstance(b, facts.Visit)) or bool(a.participants) == bool(b.participants):
        return False
    unnamed, named = (b, a) if a.participants else (a, b)
    return not unnamed.when and far(named.when, anchor)
