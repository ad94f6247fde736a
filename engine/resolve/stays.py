"""Stays: the days of a visit or meeting whose length is told ("arrived on Friday for a three-day visit")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.times.view import Timex

ENDING = "ending"
"""The mark of a verb that tells the end of a visit or meeting: its day is the last one."""
LASTING = "lasting"
"""The mark of the word that tells how long a meeting takes: "the two-day summit"."""
UNTIL = "until"
"""The mark of the day until which something goes on."""
STAY = "stay"
"""The mark of a visit that was told before, of which only its length or end is told."""
LENGTH = re.compile(r"P(\d{1,2})([DW])")
DAYS = {"D": 1, "W": 7}
LONGEST = 31
"""Days above which a length is not that of one visit."""


def whole_stay(when: str | None, told: Iterable[Timex], ending: bool) -> str | None:
    """All days of a visit or meeting, both ends included, where one day and the length are told; `ending` says that it
    is the last."""
    if when is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", when):
        return when
    for timex in told:
        length = LENGTH.fullmatch(timex.value)
        days = int(length[1]) * DAYS[length[2]] if length else 0
        if 1 < days <= LONGEST:
            day, rest = date.fromisoformat(when), timedelta(days=days - 1)
            first, last = (day - rest, day) if ending else (day, day + rest)
            return f"{first.isoformat()}/{last.isoformat()}"
    return when


def from_to(first: str | None, last: str | None) -> str | None:
    """The days of one visit from that of arrival to that of leaving; None where these are not two of one visit."""
    days = [one for one in (first, last) if one and re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    if len(days) < len((first, last)):
        return None
    away = (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days
    return "/".join(days) if 0 < away <= LONGEST else None


def until_of(draft: Draft, meant: Callable[[list[Draft]], str | None]) -> str | None:
    """The day until which something goes on that a draft tells; `meant` gives what times mean."""
    told = [inner for mark in draft.drafts("reference") if mark.alias == UNTIL for inner in mark.drafts("of")]
    return meant(told) if told else None


def prolonged(when: str | None, until: str | None) -> str | None:
    """The days of what goes on until a day, where the first is told; else what is told."""
    return (from_to(when, until) if when and until else None) or when


def lengths_of(draft: Draft, lexicon: Lexicon, words: Callable[[int, int], str]) -> list[Timex]:
    """How long a meeting takes that is called by its length."""
    told = [words(mark.begin, mark.end) for mark in draft.drafts("reference") if mark.alias == LASTING]
    rows = [form.row.values for text in told for form in lexicon.look_up(text) if "LENGTH" in form.terminals]
    return [Timex(f"P{row['number']}{row['unit']}", "DURATION") for row in rows]


def closest_told(mine: str, theirs: str, stay: bool) -> str:
    """Of two dates of one event the one that tells more: the shorter stretch, but all days of a `stay` rather than its
    first or last; the first of two that tell the same.
    """
    whole = next((when for when in (mine, theirs) if "/" in when), None)
    if stay and whole is not None and not {*whole.split("/")}.isdisjoint((mine, theirs)):
        return whole
    return min(mine, theirs, key=length_of)


def length_of(when: str) -> int:
    """How many days a date takes: a day, month, year or interval."""
    start, _, end = when.partition("/")
    if end:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return {10: 1, 7: 31}.get(len(when), 366)
