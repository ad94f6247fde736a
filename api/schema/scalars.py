"""Days and moments as ISO 8601 texts, as the store keeps them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)


def parse_day(value: object) -> str:
    """The day a client gave; raises ValueError that says what is allowed."""
    try:
        if isinstance(value, str) and len(value) == len("2016-10-27"):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError(f'{value!r} is no day; give one that exists as ISO 8601, such as "2016-10-27"')


def parse_moment(value: object) -> str:
    """The moment a client gave; raises ValueError that says what is allowed."""
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError(f'{value!r} is no moment; give one as ISO 8601, such as "2016-10-27T09:00:00+00:00"')


SCALARS: dict[object, ScalarDefinition] = {
    Date: strawberry.scalar(
        name="Date", description='A day, ISO 8601: "2016-10-27".', serialize=str, parse_value=parse_day
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description='A moment, ISO 8601 with its offset from UTC: "2016-10-27T09:00:00+00:00".',
        serialize=str,
        parse_value=parse_moment,
    ),
}
