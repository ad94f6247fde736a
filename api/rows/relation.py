"""Loaders of a relation: what two states did with each other, and how many acts of each tone month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.context import Context
from api.errors import bad_input
from api.rows.filters import events_where
from api.rows.pages import ConnectionRow, Page, page
from api.rows.tables import COUNTRY, Columns, rows_by_key
from engine.codes import codes_of

if TYPE_CHECKING:
    from api.schema.inputs import EventFilter
    from api.schema.scalars import Date


@dataclass(slots=True, eq=False)
class RelationRow:
    """Two states by code, in the order asked."""

    codes: tuple[str, str]
    graphql_type = "Relation"


@dataclass(slots=True, eq=False)
class MonthRow:
    """A month as "2016-10" and its number of events of each tone."""

    month: str
    cooperative: int
    conflictual: int
    neutral: int
    graphql_type = "MonthCount"


# A state is in an event as a side, as speaker or target, or through a person who acts for it.
_INVOLVED = (
    "event.id IN (SELECT event_id FROM event_actor WHERE country_id = ? UNION ALL SELECT event_id FROM event_actor "
    "JOIN person ON person.id = event_actor.person_id WHERE person.country_id = ?)"
)


def relation(context: Context, rows: Sequence[Any], columns: Columns, between: list[str]) -> list[RelationRow | None]:
    """The relation of two states; None where a code is unknown."""
    codes = list(dict.fromkeys(between))
    if len(codes) != 2:
        raise bad_input(f'`between` has {len(codes)} different codes; give two, such as ["KOR", "JPN"]')
    known = rows_by_key(context, COUNTRY, codes, frozenset())
    return [RelationRow((codes[0], codes[1])) if len(known) == 2 else None]


def relation_countries(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The two states."""
    known = rows_by_key(context, COUNTRY, (code for row in rows for code in row.codes), columns)
    return [[known[code] for code in row.codes] for row in rows]


def relation_events(
    context: Context, rows: Sequence[Any], columns: Columns, filter: EventFilter | None = None, **asked: Any
) -> list[ConnectionRow]:
    """The events that both states are in. A document asks for few relations, each with a statement of its own."""
    answers = []
    for row in rows:
        listing = events_where(filter)
        for code in row.codes:
            listing.where.append(_INVOLVED)
            listing.parameters += (code, code)
        answers.append(page(context, listing, columns, Page(**asked)))
    return answers


def by_month(
    context: Context, rows: Sequence[Any], columns: Columns, from_: Date | None = None, to: Date | None = None
) -> list[list[MonthRow]]:
    """The months that have dated events of both states, with their number by tone."""
    from api.schema.inputs import EventFilter

    answers = []
    for row in rows:
        listing = events_where(EventFilter(from_=from_, to=to))
        parameters = [*listing.parameters, *(code for code in row.codes for _ in range(2))]
        where = " AND ".join([*listing.where, _INVOLVED, _INVOLVED, "event.starts_on IS NOT NULL"])
        statement = (
            "SELECT substr(event.starts_on, 1, 7) AS month, event.type, event.status, "
            f"coalesce(event.act, event.mode, event.action) AS act, count(*) FROM event WHERE {where} "
            "GROUP BY month, event.type, event.status, act ORDER BY month"
        )
        months: dict[str, Counter[str]] = {}
        for month, type, status, act, count in context.all(statement, parameters):
            months.setdefault(month, Counter())[codes_of(type, status, act).tone.name] += count
        answers.append(
            [MonthRow(month, c["COOPERATIVE"], c["CONFLICTUAL"], c["NEUTRAL"]) for month, c in months.items()]
        )
    return answers
