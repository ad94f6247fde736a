"""Times told by a length or a bare direction: durations, sets, "three days ago", "recently"."""

from __future__ import annotations

import re
from datetime import date

from engine.interpret import Draft
from engine.times.days import DAY, day_of, month_of, quarter_of, week_of, year_of
from engine.times.view import Timex, View, code_of, dated, iso_week, mark_of, number_of, quarter_timex, texts_of

LENGTHS = {
    "TS": "PT{}S",
    "TM": "PT{}M",
    "TH": "PT{}H",
    "D": "P{}D",
    "W": "P{}W",
    "WE": "P{}WE",
    "M": "P{}M",
    "Q": "P{}Q",
    "Y": "P{}Y",
}
"""How TIMEX3 writes a length in each unit."""
MULTIPLES = {"FN": (2, "W"), "H": (6, "M"), "DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y")}
"""Units that are written as so many of a smaller one."""
HALVES = {"TM": "PT30S", "TH": "PT30M", "D": "PT12H", "M": "P15D", "Y": "P6M"}
"""How half a unit is written."""
AND_A_HALF = {"TM": "PT{}M30S", "TH": "PT{}H30M", "D": "P{}DT12H", "M": "P{}M15D", "Y": "P{}Y6M"}
"""How a length and half a unit more is written."""
LENGTH_FIELDS = {"hours": "TH", "days": "D", "weeks": "W", "months": "M", "years": "Y"}
"""Fields that hold a length, with its unit."""
REFERENCES = {
    "past": "PAST_REF",
    "future": "FUTURE_REF",
    "ago": "PAST_REF",
    "earlier": "PAST_REF",
    "later": "FUTURE_REF",
    "hence": "FUTURE_REF",
}
"""What TIMEX3 calls a time that only has a direction."""


def length_of(draft: Draft) -> tuple[str, str]:
    """How many (digits, or X where nobody says) and of which unit; years for all that is longer."""
    for name, code in LENGTH_FIELDS.items():
        if name in draft.fields:
            digits = re.match(r"\d+", texts_of(draft, name)[0])
            return digits.group() if digits else "1", code
    unit, count = code_of(draft, "unit") or draft.defaults.get("unit", "D"), count_of(draft)
    factor, unit = MULTIPLES.get(unit, (1, unit))
    return count if count == "X" or factor == 1 else f"{float(count) * factor:g}", unit


def count_of(draft: Draft) -> str:
    """The number of units: of the phrase, of the word ("three-day"), X for some, 1 for a single one."""
    if "share" in draft.fields:
        return "0.5"
    if "count" in draft.fields:
        texts = texts_of(draft, "count")
        if len(texts) == 1 and re.fullmatch(r"\d+\.\d+", texts[0]):
            return texts[0]
        number = number_of(draft, "count")
        return "X" if number is None else str(number)
    classes = [one.defaults.get("class", "") for one in draft.drafts("unit")]
    return draft.defaults.get("number") or ("X" if "units" in classes else "1")


def written(count: str, unit: str, and_a_half: bool = False) -> str:
    """A length as TIMEX3 writes it; a half in the next smaller unit."""
    if count == "0.5" and unit in HALVES:
        return HALVES[unit]
    pattern = AND_A_HALF.get(unit, LENGTHS[unit]) if and_a_half else LENGTHS[unit]
    return pattern.format(count)


def read_duration(draft: Draft, view: View) -> Timex:
    """A length of time; tells no day."""
    count, unit = length_of(draft)
    return Timex(written(count, unit, "fraction" in draft.fields), "DURATION")


def read_set(draft: Draft, view: View) -> Timex:
    """A time that comes again: a weekday, month or season of every year, or every so often."""
    part = code_of(draft, "part")
    tail = f"T{part}" if part else ""
    if "weekday" in draft.fields:
        return Timex(f"XXXX-WXX-{number_of(draft, 'weekday')}{tail}", "SET")
    if "month" in draft.fields:
        return Timex(f"XXXX-{number_of(draft, 'month'):02}", "SET")
    if "season" in draft.fields:
        return Timex(f"XXXX-{code_of(draft, 'season')}", "SET")
    return Timex(f"XXXX-XX-XX{tail}" if part else written(*length_of(draft)), "SET")


def read_reference(draft: Draft, view: View) -> Timex:
    """The present, the past or the future without a date."""
    mark = mark_of(draft, "reference")
    return Timex(REFERENCES[mark] if mark else code_of(draft, "reference") or "PRESENT_REF")


def read_distance(draft: Draft, view: View) -> Timex:
    """So long before or after publication ("ago") or the time last spoken of ("later")."""
    way = mark_of(draft, "distance") or "ago"
    count, unit = ("1", "Y") if "distance_word" in draft.fields else length_of(draft)
    if unit in ("TS", "TM", "TH"):
        return Timex(written(count, unit, "fraction" in draft.fields), "DURATION")
    if unit == "Y" and ("." in count or "fraction" in draft.fields):
        count, unit = f"{float(count) * 12 + (6 if 'fraction' in draft.fields else 0):.0f}", "M"
    if not count.isdigit():
        return Timex(REFERENCES[way]) if way in ("ago", "hence") else Timex(written(count, unit), "DURATION")
    reference, steps = view.reference, int(count) * (1 if way in ("later", "hence") else -1)
    if unit == "Y" and reference is not None and reference.granularity == "QUARTER":
        return quarter_timex(quarter_of(reference.start.year + steps, (reference.start.month + 2) // 3))
    origin = view.origin(way)
    return Timex(REFERENCES[way]) if origin is None else moved(origin, steps, unit)


def moved(origin: date, steps: int, unit: str) -> Timex:
    """The day, week, month, quarter or year so many units from a day."""
    if unit == "D":
        return dated(day_of(origin + steps * DAY), "")
    if unit in ("W", "WE"):
        week = week_of(origin + 7 * steps * DAY)
        return dated(week, "", iso_week(week.start))
    if unit == "M":
        return dated(month_of(origin.year, origin.month + steps), "")
    if unit == "Q":
        return quarter_timex(quarter_of(origin.year, (origin.month + 2) // 3 + steps))
    return dated(year_of(origin.year + steps), "")
