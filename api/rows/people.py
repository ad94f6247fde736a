"""Loaders of what belongs to people, countries and bodies: posts, counterparts, events, and their states."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.context import Context
from api.rows.filters import events_where
from api.rows.pages import ConnectionRow, Listing, Page, Term, pages
from api.rows.tables import COUNTRY, ORGANIZATION, PERSON, TENURE, Columns, children, linked, rows_by_key
from api.schema.fields import Loader

if TYPE_CHECKING:
    from api.schema.inputs import EventFilter

BY_NAME = (Term("folded"), Term("key"))


def countries(attribute: str) -> Loader:
    """The loader of the country whose code a column has."""

    def load(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
        return linked(context, COUNTRY, [getattr(row, attribute) for row in rows], columns)

    return load


def organizations(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
    """The body that each row names by its key."""
    return linked(context, ORGANIZATION, [row.organization for row in rows], columns)


def tenures(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The posts of each person, the latest first."""
    keys = [row.key for row in rows]
    order = "tenure.person_id, tenure.last_reported_on DESC, tenure.id"
    return children(context, TENURE, "tenure.person_id", keys, columns, order=order)


COUNTERPART_LIMIT = 100
_COUNTERPARTS = """
WITH met AS (
  SELECT own.person_id AS asked, other.person_id AS person, count(DISTINCT event.id) AS times
  FROM json_each(?) AS wanted CROSS JOIN event_actor AS own ON own.person_id = wanted.value AND own.role = 'PARTICIPANT'
  CROSS JOIN event ON event.id = own.event_id AND event.type = 'MEETING'
  CROSS JOIN event_actor AS other ON other.event_id = event.id AND other.role = 'PARTICIPANT'
  WHERE other.person_id <> own.person_id GROUP BY own.person_id, other.person_id
), ranked AS (
  SELECT asked, person, row_number() OVER (PARTITION BY asked ORDER BY times DESC, person) AS rank FROM met
)
SELECT asked, person FROM ranked WHERE rank <= ? ORDER BY asked, rank
"""


def counterparts(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """Those whom each person met or is to meet, the most frequent first."""
    grouped: dict[int, list[int]] = {row.key: [] for row in rows}
    for asked, person in context.all(_COUNTERPARTS, (json.dumps(list(grouped)), COUNTERPART_LIMIT)):
        grouped[asked].append(person)
    known = rows_by_key(context, PERSON, (person for people in grouped.values() for person in people), columns)
    return [[known[person] for person in grouped[row.key]] for row in rows]


def events_by(column: str) -> Loader:
    """The loader of the events that a person, country or body is in, whatever the role."""
    links = (
        f"SELECT DISTINCT wanted.value, actor.event_id FROM json_each(?) AS wanted CROSS JOIN event_actor AS actor "
        f"ON actor.{column} = wanted.value"
    )

    def load(
        context: Context,
        rows: Sequence[Any],
        columns: Columns,
        filter: EventFilter | None = None,
        **asked: Any,
    ) -> list[ConnectionRow]:
        listing = replace(events_where(filter), links=links)
        return pages(context, listing, [row.key for row in rows], columns, Page(**asked))

    return load


def people_of(context: Context, rows: Sequence[Any], columns: Columns, **asked: Any) -> list[ConnectionRow]:
    """The people of each country by name."""
    links = (
        "SELECT wanted.value, sided.id FROM json_each(?) AS wanted "
        "CROSS JOIN person AS sided ON sided.country_id = wanted.value"
    )
    listing = Listing(PERSON, BY_NAME, links=links)
    return pages(context, listing, [row.key for row in rows], columns, Page(**asked))
