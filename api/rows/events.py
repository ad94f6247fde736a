"""Loaders of what belongs to an event: who is in it, when, where, its topics, its evidence and its series."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.context import Context
from api.rows.tables import (
    COUNTRY,
    EVENT,
    EVIDENCE,
    ORGANIZATION,
    PERSON,
    Columns,
    children,
    linked,
    row_class,
    rows_by_key,
)
from api.schema.fields import Loader
from engine.codes import Codes, codes_of


@dataclass(slots=True, eq=False)
class TimeRow:
    """A time: ISO 8601 days, both included, and the words of the article."""

    text: str
    start: str
    end: str
    granularity: str
    graphql_type = "TimeSpan"


@dataclass(slots=True, eq=False)
class PlaceRow:
    """A place by name; `country` is a code."""

    name: str
    country: str | None
    graphql_type = "Place"


TIME = ("starts_on", "ends_on", "when_text", "when_iso", "granularity")
CODED = ("type", "status", "act", "mode", "action")


def times(context: Context, rows: Sequence[Any], columns: Columns) -> list[TimeRow | None]:
    """When each event happens; None where no day is known."""
    return [
        TimeRow(
            row.when_text or row.when_iso or "", row.starts_on, row.ends_on or row.starts_on, row.granularity or "DAY"
        )
        if row.starts_on
        else None
        for row in rows
    ]


def places(context: Context, rows: Sequence[Any], columns: Columns) -> list[PlaceRow | None]:
    """Where each event happens."""
    return [PlaceRow(row.place, row.place_country) if row.place else None for row in rows]


def codes(context: Context, rows: Sequence[Any], columns: Columns) -> list[Codes]:
    """The standard codes of each event."""
    return [codes_of(row.type, row.status, row.act or row.mode or row.action) for row in rows]


def plover_types(context: Context, rows: Sequence[Any], columns: Columns) -> list[str | None]:
    """The PLOVER type of each event."""
    return [found.plover for found in codes(context, rows, columns)]


def cameo_codes(context: Context, rows: Sequence[Any], columns: Columns) -> list[str | None]:
    """The CAMEO code of each event."""
    return [found.cameo for found in codes(context, rows, columns)]


_ACTORS = (
    "SELECT actor.event_id, actor.country_id, actor.organization_id, actor.person_id FROM json_each(?) AS wanted "
    "CROSS JOIN event_actor AS actor ON actor.event_id = wanted.value AND actor.role = ?"
)


def actors(role: str) -> Loader:
    """The loader of those who are in an event in one role, in the article's order."""

    def load(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
        # The table is clustered on (event, role, position), so that a seek gives each event's actors in their order.
        found = context.all(_ACTORS, (json.dumps([row.key for row in rows]), role))
        countries = rows_by_key(context, COUNTRY, (actor[1] for actor in found), columns)
        organizations = rows_by_key(context, ORGANIZATION, (actor[2] for actor in found), columns)
        people = rows_by_key(context, PERSON, (actor[3] for actor in found), columns)
        grouped: dict[int, list[Any]] = {row.key: [] for row in rows}
        for event, country, organization, person in found:
            actor = people.get(person) or organizations.get(organization) or countries.get(country)
            if actor is not None:
                grouped[event].append(actor)
        return [grouped[row.key] for row in rows]

    return load


_PEOPLE = (
    "SELECT actor.event_id, actor.person_id FROM json_each(?) AS wanted CROSS JOIN event_actor AS actor "
    "ON actor.event_id = wanted.value AND actor.role = ? WHERE actor.person_id IS NOT NULL"
)


def people(role: str) -> Loader:
    """The loader of the people who are in an event in one role, in the article's order."""

    def load(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
        found = context.all(_PEOPLE, (json.dumps([row.key for row in rows]), role))
        known = rows_by_key(context, PERSON, {person for _, person in found}, columns)
        grouped: dict[int, list[Any]] = {row.key: [] for row in rows}
        for event, person in found:
            grouped[event].append(known[person])
        return [grouped[row.key] for row in rows]

    return load


def only(load: Loader, graphql_type: str) -> Loader:
    """The loader of the first of a list that has a type; None where there is none."""

    def first(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
        lists = load(context, rows, columns)
        return [next((found for found in each if found.graphql_type == graphql_type), None) for each in lists]

    return first


def topics(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[str]]:
    """What each event is about, in the article's order."""
    grouped: dict[int, list[str]] = {row.key: [] for row in rows}
    statement = (
        "SELECT event_id, text FROM json_each(?) AS wanted CROSS JOIN event_topic ON event_id = wanted.value "
        "ORDER BY event_id, position"
    )
    for event, text in context.all(statement, (json.dumps(list(grouped)),)):
        grouped[event].append(text)
    return [grouped[row.key] for row in rows]


def evidence(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The words that each event was read from, oldest article first."""
    keys = [row.key for row in rows]
    return children(context, EVIDENCE, "evidence.event_id", keys, columns, order=_IN_TEXT)


_IN_TEXT = "evidence.article_id, evidence.start, evidence.id"


def tenure_evidence(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The words that told each post."""
    keys = [row.key for row in rows]
    return children(context, EVIDENCE, "evidence.tenure_id", keys, columns, order=_IN_TEXT)


def main_events(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
    """The event on whose sidelines each is held."""
    return linked(context, EVENT, [row.sidelines_of for row in rows], columns)


SERIES_LIMIT = 100
_SERIES = """
WITH kin AS (
  SELECT wanted.value AS asked, event.id AS member, event.starts_on AS day, event.ordinal AS place
  FROM json_each(?) AS wanted CROSS JOIN event AS own ON own.id = wanted.value
  CROSS JOIN event ON event.type = 'MEETING' AND event.name IS own.name AND event.level IS own.level
    AND (event.ordinal IS NOT NULL OR event.name IS NOT NULL)
  WHERE own.ordinal IS NOT NULL OR own.name IS NOT NULL
), sides AS (
  SELECT event_id, group_concat(side, ' ') AS all_sides FROM (
    SELECT event_id, coalesce(country_id, organization_id) AS side FROM event_actor
    WHERE role = 'PARTY' AND event_id IN (SELECT member FROM kin UNION SELECT asked FROM kin) ORDER BY event_id, side
  ) GROUP BY event_id
), ranked AS (
  SELECT kin.asked, kin.member,
    row_number() OVER (PARTITION BY kin.asked ORDER BY kin.day, kin.place, kin.member) AS rank
  FROM kin JOIN sides AS own ON own.event_id = kin.asked JOIN sides AS other ON other.event_id = kin.member
  WHERE own.all_sides = other.all_sides
)
SELECT asked, member FROM ranked WHERE rank <= ? ORDER BY asked, rank
"""


def series(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The meetings of each one's kind, itself among them: same sides, name and level, and a name or a number."""
    grouped: dict[int, list[int]] = {row.key: [] for row in rows}
    for asked, member in context.all(_SERIES, (json.dumps(list(grouped)), SERIES_LIMIT)):
        grouped[asked].append(member)
    known = rows_by_key(context, EVENT, (member for members in grouped.values() for member in members), columns)
    return [[known[member] for member in grouped[row.key]] for row in rows]


def sentence_events(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The events whose evidence stands in each sentence, in the order of the words."""
    sql, row_type = row_class(EVENT, columns)
    statement = (
        f"SELECT evidence.article_id, evidence.sentence, {sql} FROM json_each(?) AS wanted CROSS JOIN evidence "
        "ON evidence.article_id = wanted.value CROSS JOIN event ON event.id = evidence.event_id "
        "ORDER BY evidence.article_id, evidence.start, evidence.id"
    )
    articles = list(dict.fromkeys(row.article for row in rows))
    grouped: dict[tuple[int, int], dict[int, Any]] = {(row.article, row.position): {} for row in rows}
    for article, sentence, *found in context.all(statement, (json.dumps(articles),)):
        if (article, sentence) in grouped:
            grouped[article, sentence].setdefault(found[0], row_type.make(found))
    return [list(grouped[row.article, row.position].values()) for row in rows]
