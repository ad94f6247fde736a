"""The calendar: which days a time expression means, and its value as TIMEX3 writes it. Meanings only, no words.

A draft of a time says which kind it is (its alias) and which one (its fields); `value` resolves it against the day of
publication, the day that the article speaks of, and the direction of the governing verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engine.interpret import Draft

Direction = Literal["past", "future"]
DAY = timedelta(days=1)
SPANS = {"TS": "PT{}S", "TM": "PT{}M", "TH": "PT{}H", "D": "P{}D", "W": "P{}W", "FN": "P{}W", "WE": "P{}WE", "M": "P{}M",
         "Q": "P{}Q", "H": "P{}M", "Y": "P{}Y", "DE": "P{}Y", "CE": "P{}Y", "ML": "P{}Y"}
"""How TIMEX3 writes a length in each unit."""
TIMES = {"FN": 2, "H": 6, "DE": 10, "CE": 100, "ML": 1000}
"""Units that are written as so many of a smaller one."""
HALVES = {"M": "15D", "Y": "6M", "TH": "30M", "TM": "30S", "DE": "5Y", "CE": "50Y", "D": "T12H"}
"""Half a unit, in the unit below."""
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of the seasons of the northern half of the earth; winter ends in the next year."""
STEPS = {"last": -1, "previous": -1, "this": 0, "same": 0, "the": 0, "next": 1, "following": 1}
"""How many units on each mark leads."""
FROM_REFERENCE = frozenset({"previous", "same", "following", "the"})
"""Marks that count from the time the article speaks of; the others count from publication."""
FAR, NEAR = 240, 75
"""Days: a date that far off in the verb's direction is not meant where the same date is that near in the other."""
LENGTH_FIELDS = {"hours": "TH", "days": "D", "weeks": "W", "months": "M", "years": "Y"}


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days, `start` and `end` included; `iso` is a day, month, year or start/end as records write it.

    `granularity` is DAY, WEEK, MONTH, QUARTER, YEAR or INTERVAL.
    """

    start: date
    end: date
    granularity: str
    iso: str


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression's TIMEX3 `value` and `kind` (DATE, TIME, DURATION, SET), and its days where it tells them."""

    value: str
    kind: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class View:
    """From where a time is seen: publication, the verb's direction, the time last spoken of."""

    anchor: date | None
    direction: Direction | None
    reference: When | None

    def origin(self, mark: str | None) -> date | None:
        """The day that a mark counts from."""
        if mark in FROM_REFERENCE and self.reference is not None:
            return self.reference.start
        return self.anchor


def day_of(day: date) -> When:
    """A single day."""
    return When(day, day, "DAY", day.isoformat())


def days_between(start: date, end: date, granularity: str = "INTERVAL") -> When:
    """A run of days, both ends included; the later one first is put right."""
    start, end = min(start, end), max(start, end)
    return When(start, end, granularity, f"{start.isoformat()}/{end.isoformat()}")


def week_of(day: date) -> When:
    """Monday to Sunday around a day."""
    monday = day - day.weekday() * DAY
    return days_between(monday, monday + 6 * DAY, "WEEK")


def months_of(year: int, first: int, count: int, granularity: str = "INTERVAL") -> When:
    """A run of whole months; `first` may lie outside 1 to 12."""
    start, after = first_of(year, first), first_of(year, first + count)
    return days_between(start, after - DAY, granularity)


def first_of(year: int, month: int) -> date:
    """The first day of a month counted from January of a year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def month_of(year: int, month: int) -> When:
    """A month; `month` may lie outside 1 to 12."""
    days = months_of(year, month, 1)
    return When(days.start, days.end, "MONTH", days.start.isoformat()[:7])


def quarter_of(year: int, quarter: int) -> When:
    """A quarter; `quarter` may lie outside 1 to 4."""
    return months_of(year, 3 * quarter - 2, 3, "QUARTER")


def year_of(year: int) -> When:
    """A whole year."""
    return When(date(year, 1, 1), date(year, 12, 31), "YEAR", f"{year:04}")


def value(
    draft: Draft, anchor: date | None, direction: Direction | None = None, reference: When | None = None
) -> Timex | None:
    """What a time expression means; None where it is no time of this calendar ("Feb. 30").

    `anchor` is the day of publication; without it nothing relative is guessed. `reference` is the time the article
    last spoke of. `direction` is that of the governing verb; None reads like the past.
    """
    reader = READERS.get(draft.alias or "")
    if reader is None:
        return None
    try:
        return reader(draft, View(anchor, direction, reference))
    except (ValueError, OverflowError):
        return None
