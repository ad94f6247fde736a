"""Values: whether what two reports tell in a slot can be of one happening."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from engine.lexicon import Lexicon

NEWS = 60
"""Days before or after publication within which a gathering told of no day is rather held."""


def agree(a: Any, b: Any) -> bool:
    """Whether two values of a slot can be the same one's: equal, or one not told."""
    return a in (None, [], "") or b in (None, [], "") or a == b


def within(a: str | None, b: str | None) -> bool:
    """Whether two dates can be one: not told, equal, or one part of the other."""
    if not a or not b or a == b or a.startswith(b) or b.startswith(a):
        return True
    (a0, _, a1), (b0, _, b1) = a.partition("/"), b.partition("/")
    return bool(a1 and a0 <= b0 and (b1 or b0) <= a1) or bool(b1 and b0 <= a0 and (a1 or a0) <= b1)


def subset(a: list[str], b: list[str]) -> bool:
    """Whether one list holds the other, or one is empty."""
    return not a or not b or set(a) <= set(b) or set(b) <= set(a)


def bygone(when: str | None, anchor: date | None) -> bool:
    """Whether a date lies in a year before that before publication."""
    return bool(when and anchor and when[:4].isdigit() and int(when[:4]) < anchor.year - 1)


def far(when: str | None, anchor: date | None) -> bool:
    """Whether a date lies long before or after publication."""
    if not when or anchor is None:
        return False
    first, _, last = when.partition("/")
    near = [(anchor + timedelta(days=days)).isoformat() for days in (-NEWS, NEWS)]
    return (last or first) < near[0][: len(first)] or first > near[1][: len(first)]


def number_told(text: str, lexicon: Lexicon) -> int | None:
    """The number of an ordinal or number word."""
    digits = "".join(c for c in text if c.isdigit())
    if digits:
        return int(digits)
    numbers = (form.row.values["number"] for form in lexicon.look_up(text) if "number" in form.row.values)
    return next(map(int, numbers), None)
