"""The days that a TIMEX3 value covers."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTER_MONTHS = 3
_WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day as ISO 8601, both included; `granularity` as in the GraphQL schema."""

    start: str
    end: str
    granularity: str


def span_of(value: str) -> Span | None:
    """The span of a value as the extraction record writes it; None where it names no day ("P3D", "PRESENT_REF", "201X").

    A part of a day ("2016-10-20TNI") is its day; an interval has both ends ("2016-10-12/2016-10-14").
    """
    if "/" in value:
        first, last = (span_of(part) for part in value.split("/", 1))
        return Span(first.start, last.end, "INTERVAL") if first and last else None
    try:
        return _single(value)
    except ValueError:
        # The form fits but the day does not exist, as in "2016-02-30".
        return None


def _single(value: str) -> Span | None:
    if found := re.match(r"(\d{4}-\d\d-\d\d)(?:T.*)?\Z", value):
        day = date.fromisoformat(found[1]).isoformat()
        return Span(day, day, "DAY")
    if found := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Span(monday.isoformat(), (monday + timedelta(_WEEKDAYS - 1)).isoformat(), "WEEK")
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        last = int(found[2]) * _QUARTER_MONTHS
        return _months(int(found[1]), last - _QUARTER_MONTHS + 1, last, "QUARTER")
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(found[1]), int(found[2]), int(found[2]), "MONTH")
    if re.fullmatch(r"\d{4}", value):
        return _months(int(value), 1, 12, "YEAR")
    return None


def _months(year: int, first: int, last: int, granularity: str) -> Span:
    end = date(year, last, monthrange(year, last)[1])
    return Span(date(year, first, 1).isoformat(), end.isoformat(), granularity)
