"""Periods of the calendar: weekends, quarters and halves of a year, seasons, holidays, decades, centuries."""

from __future__ import annotations

from datetime import date

from engine.interpret import Draft
from engine.times.days import (
    DAY,
    day_of,
    days_between,
    feast_of,
    first_of,
    months_of,
    quarter_of,
    season_of,
    week_of,
    years_between,
)
from engine.times.view import (
    FROM_REFERENCE,
    STEPS,
    Timex,
    View,
    closest,
    code_of,
    dated,
    iso_week,
    mark_of,
    nearest,
    number_of,
    quarter_timex,
    year_in,
    yearly,
)

THURSDAY = 4
"""The weekday from which on "this weekend" is the one at hand, whatever the verb."""


def read_weekend(draft: Draft, view: View) -> Timex:
    """A weekend: that of the week that is told; "this" and "the" go with the verb's direction, "this" late in a week
    is the one at hand."""
    mark = mark_of(draft, "weekend") or "the"
    origin = view.origin(mark)
    if origin is None:
        return Timex("XXXX-WXX-WE")
    back = mark in ("this", "the") and view.direction != "future" and origin.isoweekday() < 6
    back = back and not (mark == "this" and origin.isoweekday() >= THURSDAY)
    monday = week_of(origin).start + (-7 if back else 7 * STEPS[mark]) * DAY
    return dated(days_between(monday + 5 * DAY, monday + 6 * DAY), "", f"{iso_week(monday)}-WE")


def read_quarter(draft: Draft, view: View) -> Timex:
    """A quarter of a year, or the last, this, next one."""
    year, quarter, mark = year_in(draft, view), number_of(draft, "quarter"), mark_of(draft, "quarter")
    reference = view.reference
    spoken_of = reference if reference is not None and reference.granularity == "QUARTER" else None
    if (mark in FROM_REFERENCE or mark == "the") and spoken_of is not None:
        origin: date | None = spoken_of.start
    else:
        origin = view.anchor
    if mark is not None and origin is not None:
        step = -1 if mark == "the" and spoken_of is None else STEPS[mark]
        quarter = (origin.month + 2) // 3 + step
        year = origin.year if year is None else year
    if quarter is None:
        return Timex("XXXX-QX")
    if year is None and view.anchor is not None:
        # News speaks of the quarter nearby in any tense: "expects to report third-quarter earnings".
        year = closest(yearly(view.anchor.year, lambda one: first_of(one, 3 * quarter - 1)), view.anchor).year
    return Timex(f"XXXX-Q{quarter}") if year is None else quarter_timex(quarter_of(year, quarter))


def read_half(draft: Draft, view: View) -> Timex:
    """The first or second half of a year."""
    year, half = year_in(draft, view), 2 if mark_of(draft, "half") else number_of(draft, "half") or 1
    if half > 2:
        raise ValueError(f"half {half} of a year")
    when = None if year is None else months_of(year, 6 * half - 5, 6)
    return dated(when, f"XXXX-H{half}", f"{year}-H{half}")


def read_season(draft: Draft, view: View) -> Timex:
    """A season of a year, or the nearest in the verb's direction; the last one is over."""
    code, year, shift = code_of(draft, "season") or "", year_in(draft, view), mark_of(draft, "shift")
    anchor = view.anchor
    if year is None and anchor is not None:
        days = yearly(anchor.year, lambda one: season_of(one, code).start)
        if shift == "last":
            year = max(day.year for day in days if season_of(day.year, code).end < anchor)
        else:
            found = nearest(days, view, shift)
            year = anchor.year if shift == "this" or found is None else found.year
    return dated(None if year is None else season_of(year, code), f"XXXX-{code}", f"{year}-{code}")


def read_holiday(draft: Draft, view: View) -> Timex:
    """A holiday of a year or the nearest one; those that no rule gives have no day."""
    year, rule, shift = number_of(draft, "year"), code_of(draft, "holiday"), mark_of(draft, "shift")
    if rule is None:
        return Timex("XXXX" if year is None else f"{year}")
    found = feast_of(year, rule) if year is not None else None
    if year is None and view.anchor is not None:
        found = nearest(yearly(view.anchor.year, lambda one: feast_of(one, rule)), view, shift)
    return dated(None if found is None else day_of(found), "XXXX-XX-XX")


def read_decade(draft: Draft, view: View) -> Timex:
    """A decade: the 1990s, the '80s, the last decade."""
    digits, mark = number_of(draft, "decade"), mark_of(draft, "decade")
    if mark is not None:
        origin = view.origin(mark)
        if origin is None:
            return Timex("XXXX")
        decade = origin.year // 10 + STEPS[mark]
    else:
        # In digits a year or its last two (1990, 90), from the lexicon the decade itself (199).
        decade = digits or 0 if 100 <= (digits or 0) <= 999 else (digits or 0) // 10
        decade = decade if decade > 99 else decade + (190 if decade > 2 else 200)
    return dated(years_between(10 * decade, 10 * decade + 9), "", f"{decade}X")


def read_century(draft: Draft, view: View) -> Timex:
    """A century by number, or the last, this, next one."""
    number, mark = number_of(draft, "century"), mark_of(draft, "century")
    if mark is not None and view.anchor is not None:
        number = view.anchor.year // 100 + 1 + STEPS[mark]
    if number is None:
        return Timex("XXXX")
    return dated(years_between(100 * number - 100 or 1, 100 * number - 1), "", f"{number - 1:02}XX")
