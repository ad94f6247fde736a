"""The calendar: what a time expression means, as days and as TIMEX3 writes it. Meanings only, no words.

A draft of a time says which kind it is (its alias) and which one (its fields); `value` resolves it against the day of
publication, the time that the article last spoke of, and the direction of the governing verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from engine.interpret import Draft
from engine.times.days import (
    DAY,
    When,
    day_of,
    days_between,
    first_of,
    month_of,
    week_of,
    year_of,
)
from engine.times.lengths import read_distance, read_duration, read_reference, read_set
from engine.times.periods import (
    read_century,
    read_decade,
    read_half,
    read_holiday,
    read_quarter,
    read_season,
    read_weekend,
)
from engine.times.view import (
    STEPS,
    Direction,
    Timex,
    View,
    closest,
    code_of,
    dated,
    iso_week,
    mark_of,
    nearest,
    number_of,
    numbers_of,
    texts_of,
    year_in,
    yearly,
)

UNKNOWN = Timex("XXXX")
"""A time that the calendar does not have."""


@dataclass(frozen=True, slots=True)
class Named:
    """A time expression between two tokens, `end` exclusive."""

    begin: int
    end: int
    timex: Timex


def value(
    draft: Draft,
    anchor: date | None,
    direction: Direction | None = None,
    reference: When | None = None,
    sure: bool = False,
) -> Timex:
    """What a time expression means; its value is XXXX where the calendar has no such time ("Feb. 30").

    Without `anchor`, the day of publication, nothing relative is guessed and its value has an X for each unknown digit.
    `reference` is the time that the article last spoke of. A `direction` of None reads like the past; a
    `sure` one is followed however far it leads.
    """
    reader = READERS.get(draft.alias or "")
    if reader is None:
        raise ValueError(f"a time phrase with the alias {draft.alias!r}; allowed: {', '.join(sorted(READERS))}")
    try:
        return reader(draft, View(anchor, direction, reference, sure))
    except (ValueError, OverflowError):
        return UNKNOWN


def named_times(
    draft: Draft, anchor: date | None, direction: Direction | None = None, reference: When | None = None
) -> list[Named]:
    """The expressions that TIMEX3 tells apart: the two ends of an interval, else the phrase itself."""
    found = value(draft, anchor, direction, reference)
    if found is UNKNOWN:
        return []
    if not draft.drafts("since"):
        return [Named(draft.begin, draft.end, found)]
    view = View(anchor, direction, reference)
    marks = (*draft.drafts("since"), *draft.drafts("until"))
    return [Named(mark.begin, mark.end, one) for mark, one in zip(marks, ends(draft, view), strict=True)]


def month_in(draft: Draft, view: View) -> tuple[int | None, int | None]:
    """The year and month that a phrase names: (None, 10) for "October", (2016, 9) for "last month"."""
    mark = mark_of(draft, "month")
    if mark is None:
        return year_in(draft, view), number_of(draft, "month")
    origin = view.origin(mark)
    if origin is None:
        return None, None
    first = first_of(origin.year, origin.month + STEPS[mark])
    return first.year, first.month


def time_spoken_of(draft: Draft, timex: Timex, before: When | None) -> When | None:
    """The time that an article speaks of after an expression; a comparison with a time gone by does not move it."""
    compares = mark_of(draft, "distance") in ("ago", "earlier") or "distance_word" in draft.fields
    return before if timex.when is None or compares else timex.when


def read_day(draft: Draft, view: View) -> Timex:
    """A day: a date, a weekday, or so many days from another."""
    if draft.fields.get("date"):
        return dated(day_of(written_date(texts_of(draft, "date")[0])), "")
    if "offset" in draft.fields:
        offset = int(code_of(draft, "offset") or 0)
        return dated(None if view.anchor is None else day_of(view.anchor + offset * DAY), "XXXX-XX-XX")
    mark = mark_of(draft, "day")
    if mark is not None:
        origin = view.day_spoken_of(mark)
        return dated(None if origin is None else day_of(origin + STEPS[mark] * DAY), "XXXX-XX-XX")
    return read_month_day(draft, view) if "day" in draft.fields else read_weekday(draft, view)


def written_date(text: str) -> date:
    """A date in digits: 2016-10-27, or month/day/year."""
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    if "-" in text:
        return date(*numbers)
    month, day, year = numbers
    return date(year if year > 99 else year + (2000 if year < 50 else 1900), month, day)


def read_month_day(draft: Draft, view: View) -> Timex:
    """A day of a month; a weekday beside it tells which year where none is given."""
    year, month = month_in(draft, view)
    day = number_of(draft, "day") or 0
    if month is None:
        return Timex(f"XXXX-XX-{day:02}")
    if year is not None:
        return dated(day_of(date(year, month, day)), "")
    found = None
    if view.anchor is not None:
        days = yearly(view.anchor.year, lambda one: date(one, month, day))
        weekday = number_of(draft, "weekday")
        fitting = [one for one in days if one.isoweekday() == weekday]
        found = closest(fitting, view.anchor) if fitting else nearest(days, view)
    return dated(day_of(found) if found else None, f"XXXX-{month:02}-{day:02}")


def read_weekday(draft: Draft, view: View) -> Timex:
    """A weekday: of a week that is told, after a mark, or the nearest in the verb's direction."""
    weekday, shift, week = number_of(draft, "weekday") or 1, mark_of(draft, "shift"), mark_of(draft, "week")
    origin = view.origin(week or shift)
    unknown = f"XXXX-WXX-{weekday}"
    if origin is None:
        return Timex(unknown)
    if week is not None:
        return dated(day_of(week_of(origin + 7 * STEPS[week] * DAY).start + (weekday - 1) * DAY), unknown)
    after = (weekday - origin.isoweekday()) % 7
    coming = origin + (after or 7) * DAY
    latest = coming - 7 * DAY
    if shift in ("last", "previous"):
        day = latest if latest < origin else latest - 7 * DAY
    elif shift == "next":
        day = coming + (7 * DAY if week_of(coming) == week_of(origin) else 0 * DAY)
    elif shift == "this":
        day = latest if view.direction == "past" and week_of(latest) == week_of(origin) else coming
    elif shift is None and view.direction == "future":
        # News that comes out on a Monday and tells of what will be "on Monday" means the same day.
        day = origin + after * DAY
    else:
        day = coming if shift == "following" else latest
    return dated(day_of(day), unknown)


def read_part(draft: Draft, view: View) -> Timex:
    """A part of a day: of a day that is told, or last night, this morning, the night before."""
    code, mark = code_of(draft, "part") or draft.text("value") or "", mark_of(draft, "part")
    if any(name in draft.fields for name in ("weekday", "day", "offset", "date", "month")):
        day = read_day(draft, view)
        return replace(day, value=f"{day.value}T{code}", kind="TIME")
    origin = view.day_spoken_of(mark)
    if origin is None:
        return Timex(f"XXXX-XX-XXT{code}", "TIME")
    day_meant = origin + STEPS[mark or "this"] * DAY
    return Timex(f"{day_meant.isoformat()}T{code}", "TIME", day_of(day_meant))


def read_clock(draft: Draft, view: View) -> Timex:
    """A clock time, with its day where that is told; alone it tells no day of an event."""
    name = next(one for one in ("am", "pm", "clock") if one in draft.fields)
    text = texts_of(draft, name)[0]
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) == 4:
        digits = [digits[0][:2], digits[0][2:]]
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    if name != "clock":
        hour = hour % 12 + (12 if name == "pm" else 0)
    if hour > 24 or minute > 59:
        raise ValueError(f"the clock time {text!r}")
    time = f"T{hour:02}:{minute:02}"
    if any(one in draft.fields for one in ("weekday", "day", "offset", "date")):
        day = read_day(draft, view)
        return replace(day, value=day.value + time, kind="TIME")
    spoken_of = view.reference
    near = spoken_of.start if spoken_of is not None and spoken_of.granularity == "DAY" else view.anchor
    return Timex((near.isoformat() if near else "") + time, "TIME")


def read_month(draft: Draft, view: View) -> Timex:
    """A month: of a year, after a mark, or the nearest in the verb's direction."""
    year, month = month_in(draft, view)
    if month is None:
        return Timex("XXXX-XX")
    if year is None and view.anchor is not None:
        this_month = first_of(view.anchor.year, view.anchor.month)
        shift = mark_of(draft, "shift")
        days = yearly(view.anchor.year, lambda one: date(one, month, 1))
        if shift == "this" or (shift is None and view.direction == "future" and this_month in days):
            year = view.anchor.year
        else:
            # In March, "last February" is not last month.
            seen_from = first_of(this_month.year, this_month.month - 1) if shift == "last" else this_month
            found = nearest(days, replace(view, anchor=seen_from), shift)
            year = found.year if found else None
    return dated(None if year is None else month_of(year, month), f"XXXX-{month:02}")


def read_year(draft: Draft, view: View) -> Timex:
    """A year, or a run of years in digits."""
    year = year_in(draft, view)
    return dated(None if year is None else year_of(year), "XXXX")


def read_week(draft: Draft, view: View) -> Timex:
    """A week, by its mark or by a day in it."""
    mark = mark_of(draft, "week")
    if mark is None:
        day = read_month_day(draft, view).when
        week = None if day is None else week_of(day.start)
    else:
        origin = view.origin(mark)
        week = None if origin is None else week_of(origin + 7 * STEPS[mark] * DAY)
    return dated(week, "XXXX-WXX", None if week is None else iso_week(week.start))


def read_point(draft: Draft, view: View) -> Timex:
    """One end of an interval."""
    if any(name in draft.fields for name in ("day", "weekday", "offset")):
        return read_day(draft, view)
    return read_month(draft, view) if "month" in draft.fields else read_year(draft, view)


def ends(draft: Draft, view: View) -> list[Timex]:
    """Both ends of an interval; the month and year of one may stand for both, and the second follows the first."""
    points = [mark.drafts("of")[0] for name in ("since", "until") for mark in draft.drafts(name)]
    since, until = (dict(point.fields) for point in points)
    for name in ("month", "year"):
        if "day" in since and name in until:
            since.setdefault(name, until[name])
        if "day" in until and name in since:
            until.setdefault(name, since[name])
    first, last = (replace(point, fields=fields) for point, fields in zip(points, (since, until), strict=True))
    begin, end = read_point(first, view), read_point(last, view)
    if begin.when is not None and end.when is not None and end.when.start < begin.when.start:
        end = read_point(last, View(begin.when.end, "future", begin.when))
    return [begin, end]


def read_interval(draft: Draft, view: View) -> Timex:
    """From one time to another, both included."""
    if "since" in draft.fields:
        first, last = ends(draft, view)
    else:
        name = "day" if "day" in draft.fields else "year"
        low, high = numbers_of(draft, name)
        high = high if name == "day" or high > 99 else low // 100 * 100 + high
        one, other = (replace(draft, fields=draft.fields | {name: [str(number)]}) for number in (low, high))
        first, last = read_point(one, view), read_point(other, view)
    if first.when is None or last.when is None:
        return Timex(f"{first.value}/{last.value}")
    return dated(days_between(first.when.start, last.when.end), "")


READERS: dict[str, Callable[[Draft, View], Timex]] = {
    "day": read_day,
    "part": read_part,
    "clock": read_clock,
    "month": read_month,
    "year": read_year,
    "week": read_week,
    "weekend": read_weekend,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "holiday": read_holiday,
    "decade": read_decade,
    "century": read_century,
    "distance": read_distance,
    "duration": read_duration,
    "set": read_set,
    "reference": read_reference,
    "interval": read_interval,
}
"""What each alias of the time phrase means."""
