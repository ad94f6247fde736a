"""Days and runs of days: weeks, months, quarters, years, seasons and feasts of the Gregorian calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of the three that make a season of the northern half of the earth."""
WEEKDAYS = {"MON": 0, "TUE": 1, "WED": 2, "THU": 3, "FRI": 4, "SAT": 5, "SUN": 6}
"""Weekdays as the lexicon of holidays writes them."""
FEAST = re.compile(r"(\d\d)-(?:(\d\d)|(\d)([A-Z]{3}))|EASTER([+-]\d+)?")
"""A holiday's rule: a month and day, a month with the number of a weekday in it, or days from Easter Sunday."""


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days, `start` and `end` included; `iso` is a day, month, year or start/end as records write it.

    `granularity` is DAY, WEEK, MONTH, QUARTER, YEAR or INTERVAL.
    """

    start: date
    end: date
    granularity: str
    iso: str


def day_of(day: date) -> When:
    """A single day."""
    return When(day, day, "DAY", day.isoformat())


def days_between(start: date, end: date, granularity: str = "INTERVAL") -> When:
    """A run of days, both ends included; raises ValueError where it would end before it begins."""
    if end < start:
        raise ValueError(f"a run of days from {start} back to {end}: the end must not lie before the start")
    return When(start, end, granularity, f"{start.isoformat()}/{end.isoformat()}")


def week_of(day: date) -> When:
    """Monday to Sunday around a day."""
    monday = day - day.weekday() * DAY
    return days_between(monday, monday + 6 * DAY, "WEEK")


def first_of(year: int, month: int) -> date:
    """The first day of a month, counted from January of a year; `month` may lie outside 1 to 12."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def months_of(year: int, first: int, count: int, granularity: str = "INTERVAL") -> When:
    """A run of whole months; `first` may lie outside 1 to 12."""
    return days_between(first_of(year, first), first_of(year, first + count) - DAY, granularity)


def month_of(year: int, month: int) -> When:
    """A month; `month` may lie outside 1 to 12."""
    start, after = first_of(year, month), first_of(year, month + 1)
    return When(start, after - DAY, "MONTH", start.isoformat()[:7])


def quarter_of(year: int, quarter: int) -> When:
    """A quarter; `quarter` may lie outside 1 to 4."""
    return months_of(year, 3 * quarter - 2, 3, "QUARTER")


def year_of(year: int) -> When:
    """A whole year."""
    return When(date(year, 1, 1), date(year, 12, 31), "YEAR", f"{year:04}")


def years_between(first: int, last: int) -> When:
    """A run of whole years."""
    return days_between(date(first, 1, 1), date(last, 12, 31))


def season_of(year: int, season: str) -> When:
    """A season by TIMEX3's code, in the year in which it begins."""
    return months_of(year, SEASONS[season], 3)


def feast_of(year: int, rule: str) -> date:
    """The day of a holiday in a year, by its rule: 12-25, 11-4THU (fourth Thursday of November) or EASTER-2."""
    found = FEAST.fullmatch(rule)
    if found is None:
        raise ValueError(f"{rule!r} is no holiday's rule: write 12-25, 11-4THU or EASTER-2 in the lexicon")
    month, day, nth, weekday, offset = found.groups()
    if month is None:
        return easter_of(year) + int(offset or 0) * DAY
    if day is not None:
        return date(year, int(month), int(day))
    first = date(year, int(month), 1)
    return first + ((WEEKDAYS[weekday] - first.weekday()) % 7 + 7 * (int(nth) - 1)) * DAY


def easter_of(year: int) -> date:
    """Easter Sunday of the western churches, by the anonymous Gregorian computus."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
