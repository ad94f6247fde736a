"""Time values as intervals of days, so that events can be filtered, ordered and compared by time."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class TimeSpan(NamedTuple):
    """First and last day (ISO 8601, both included) and DAY, WEEK, MONTH, QUARTER, YEAR or INTERVAL."""

    start: str
    end: str
    granularity: str

    def days(self) -> int:
        """How many days it covers."""
        return (date.fromisoformat(self.end) - date.fromisoformat(self.start)).days + 1

    def holds(self, other: TimeSpan) -> bool:
        """Whether every day of the other is one of its own."""
        return self.start <= other.start and other.end <= self.end


_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-WE)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"(\d{3})X")


@lru_cache(maxsize=8192)
def span_of(value: str) -> TimeSpan | None:
    """The days that a record's `when` or a TIME mention's value stands for; None where it names no days ("P3D")."""
    try:
        if "/" in value:
            first, last = (_point(part) for part in value.split("/", 1))
            return _named(first.start, last.end) if first and last and first.start <= last.end else None
        return _point(value)
    except ValueError:
        return None


def _point(value: str) -> TimeSpan | None:
    if match := _DAY.fullmatch(value):
        day = date.fromisoformat(match[1]).isoformat()
        return TimeSpan(day, day, "DAY")
    if match := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return TimeSpan(monday.isoformat(), (monday + timedelta(6)).isoformat(), "WEEK")
    if match := _QUARTER.fullmatch(value):
        return _months(int(match[1]), int(match[2]) * 3 - 2, 3, "QUARTER")
    if match := _MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), 1, "MONTH")
    if _YEAR.fullmatch(value):
        return TimeSpan(f"{value}-01-01", f"{value}-12-31", "YEAR")
    if match := _DECADE.fullmatch(value):
        return TimeSpan(f"{match[1]}0-01-01", f"{match[1]}9-12-31", "INTERVAL")
    return None


def _months(year: int, month: int, count: int, granularity: str) -> TimeSpan:
    last = month + count - 1
    end = date(year, last, monthrange(year, last)[1])
    return TimeSpan(date(year, month, 1).isoformat(), end.isoformat(), granularity)


def _named(start: str, end: str) -> TimeSpan:
    """The interval under the calendar's name for it: Monday to Sunday is a week, three whole months a quarter."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return TimeSpan(start, end, "DAY")
    if first.weekday() == 0 and (last - first).days == 6:
        return TimeSpan(start, end, "WEEK")
    for count, granularity in ((1, "MONTH"), (3, "QUARTER"), (12, "YEAR")):
        if (first.month - 1) % count == 0 and _months(first.year, first.month, count, granularity)[:2] == (start, end):
            return TimeSpan(start, end, granularity)
    return TimeSpan(start, end, "INTERVAL")
