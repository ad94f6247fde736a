"""What a time expression is made of: its TIMEX3 value, the view it is seen from, and the fields of its draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.interpret import Draft
from engine.times.days import When

Direction = Literal["past", "future"]

STEPS = {"last": -1, "previous": -1, "this": 0, "same": 0, "the": 0, "next": 1, "following": 1}
"""How many units on each mark leads."""
OF_A_DAY = frozenset({"previous", "same", "following", "next", "the"})
"""The marks of days that count from the day spoken of."""
FROM_REFERENCE = frozenset({"previous", "same", "following", "earlier", "later"})
"""Marks that count from the time the article speaks of; the others count from publication."""
RECENT = 7
"""Days from publication within which a day belongs to the news itself."""
FAR, NEAR = 240, 100
"""Days: a date that far off in the verb's direction is not meant where the other one is that near."""


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression's TIMEX3 `value` and `kind` (DATE, TIME, DURATION, SET), and its days where it tells them."""

    value: str
    kind: str = "DATE"
    when: When | None = None


@dataclass(frozen=True, slots=True)
class View:
    """From where a time is seen: the day of publication, the verb's direction, the time last spoken of."""

    anchor: date | None
    direction: Direction | None = None
    reference: When | None = None
    sure: bool = False

    def origin(self, mark: str | None) -> date | None:
        """The day that a mark counts from."""
        if mark in FROM_REFERENCE and self.reference is not None:
            return self.reference.start
        return self.anchor

    def day_spoken_of(self, mark: str | None) -> date | None:
        """The day that "the following day" or "later in the day" counts from; "the next day" never from publication."""
        reference = self.reference
        if reference is None or reference.granularity != "DAY" or mark not in OF_A_DAY:
            unknown = mark == "next" or (mark == "following" and self.direction == "future")
            return None if unknown else self.anchor
        # "Later in the day" goes on with the news, not with a day long gone that was told beside it.
        aside = mark == "the" and self.anchor is not None and abs((self.anchor - reference.start).days) > RECENT
        return self.anchor if aside else reference.start


def mark_of(draft: Draft, name: str) -> str | None:
    """Which one a field says: last, this, next, previous, same, following, the."""
    return next((found.alias for found in draft.drafts(name) if found.alias), None)


def texts_of(draft: Draft, name: str) -> list[str]:
    """The texts of a field: as written, or the lexicon's."""
    given = draft.fields.get(name, [])
    return [text for one in given if (text := one if isinstance(one, str) else one.text("value") or one.text("number"))]


def code_of(draft: Draft, name: str) -> str | None:
    """The lexicon's code in a field."""
    return next(iter(texts_of(draft, name)), None)


def numbers_of(draft: Draft, name: str) -> list[int]:
    """The whole numbers of a field."""
    return [int(digits) for text in texts_of(draft, name) for digits in re.findall(r"\d+", text.replace(",", ""))]


def number_of(draft: Draft, name: str) -> int | None:
    """The number of a field; two are one: two hundred, nineteen ninety-six."""
    numbers = numbers_of(draft, name)
    if len(numbers) == 2:
        first, second = numbers
        if second >= 100:
            return first * second
        return first + second if first >= 1000 else 100 * first + second
    return numbers[0] if numbers else None


def dated(when: When | None, unknown: str, value: str | None = None) -> Timex:
    """A DATE by its days, or with an X for every unknown digit."""
    return Timex(unknown) if when is None else Timex(value or when.iso, "DATE", when)


def chosen(earlier: date, later: date, anchor: date, direction: Direction | None, sure: bool = False) -> date:
    """Which of the nearest two dates is meant: the one in the verb's direction, unless it is far and the other near;
    a `sure` direction, told by what has happened or is planned, has no exception."""
    if sure:
        return later if direction == "future" else earlier
    before, after = (anchor - earlier).days, (later - anchor).days
    if direction == "future":
        return earlier if after > FAR and before < NEAR else later
    return later if before > FAR and after < NEAR else earlier


def nearest(days: list[date], view: View, shift: str | None = None) -> date | None:
    """The one of a yearly date's days that is meant; the day of publication itself counts as past."""
    anchor = view.anchor
    if anchor is None:
        return None
    if shift == "next":
        return min(day for day in days if day > anchor)
    if shift == "last":
        return max(day for day in days if day < anchor)
    earlier = max(day for day in days if day <= anchor)
    later = min(day for day in days if day > anchor)
    return chosen(earlier, later, anchor, view.direction, view.sure)


def yearly(year: int, day_in: Callable[[int], date]) -> list[date]:
    """A yearly day in the years around one, leap days where they exist."""
    days = []
    for one in range(year - 4, year + 5):
        try:
            days.append(day_in(one))
        except ValueError:
            continue
    if not days:
        raise ValueError("a day that no year has")
    return days


def closest(days: list[date], anchor: date) -> date:
    """The day nearest to another, before or after it."""
    return min(days, key=lambda day: abs((day - anchor).days))


def iso_week(day: date) -> str:
    """The week of a day as TIMEX3 writes it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def quarter_timex(quarter: When) -> Timex:
    """A quarter as TIMEX3 writes it."""
    return Timex(f"{quarter.start.year}-Q{(quarter.start.month + 2) // 3}", "DATE", quarter)


def year_in(draft: Draft, view: View) -> int | None:
    """The year that a phrase names, or says the mark of."""
    number = number_of(draft, "year")
    if number is not None:
        return number
    mark = mark_of(draft, "year")
    origin = view.origin(mark) if mark else None
    return None if origin is None or mark is None else origin.year + STEPS[mark]
