"""Loaders of what belongs to an article: its sentences, mentions, people and events, and the words of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from typing import Any

from strawberry import UNSET

from api.context import Context
from api.rows.events import PlaceRow, TimeRow
from api.rows.ids import global_id
from api.rows.tables import (
    ARTICLE,
    COUNTRY,
    EVENT,
    MENTION,
    ORGANIZATION,
    PERSON,
    SENTENCE,
    Columns,
    children,
    linked,
    row_class,
    rows_by_key,
)
from engine.store.timespan import span_of


def article_ids(context: Context, rows: Sequence[Any], columns: Columns) -> list[str]:
    """The global id of each article."""
    return [global_id("Article", row.record) for row in rows]


def texts(context: Context, rows: Sequence[Any], columns: Columns) -> list[str]:
    """The words of each stretch of text (a sentence, an evidence)."""
    missing = {row.article for row in rows} - context.texts.keys()
    if missing:
        statement = "SELECT number, text FROM json_each(?) AS wanted CROSS JOIN article ON number = wanted.value"
        context.texts.update(context.all(statement, (json.dumps(list(missing)),)))
    return [context.texts[row.article][row.start : row.end] for row in rows]


def sentences(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The sentences of each article."""
    keys = [row.key for row in rows]
    return children(
        context, SENTENCE, "sentence.article_id", keys, columns, order="sentence.article_id, sentence.position"
    )


def articles_of(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
    """The article that each evidence is from."""
    return linked(context, ARTICLE, [row.article for row in rows], columns)


def sentences_of(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
    """The sentence that each evidence stands in."""
    sql, row_type = row_class(SENTENCE, columns)
    statement = (
        f"SELECT {sql} FROM json_each(?) AS wanted CROSS JOIN sentence ON sentence.article_id = wanted.value ->> 0 "
        "AND sentence.position = wanted.value ->> 1"
    )
    wanted = list({(row.article, row.sentence): None for row in rows})
    found = map(row_type.make, context.all(statement, (json.dumps(wanted),)))
    known = {(row.article, row.position): row for row in found}
    return [known[row.article, row.sentence] for row in rows]


def mentions(context: Context, rows: Sequence[Any], columns: Columns, kind: Enum | None = None) -> list[list[Any]]:
    """The mentions of each article in text order; only those of one kind where given."""
    where = f"mention.kind = '{kind.name}'" if kind is not None and kind is not UNSET else ""
    keys = [row.key for row in rows]
    order = "mention.article_id, mention.position"
    return children(context, MENTION, "mention.article_id", keys, columns, where=where, order=order)


ENTITY = ("kind", "value", "person", "country", "organization")


def entities(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
    """Whom or what each mention names; None for times."""
    people = rows_by_key(context, PERSON, (row.person for row in rows), columns)
    countries = rows_by_key(context, COUNTRY, (row.country for row in rows), columns)
    organizations = rows_by_key(context, ORGANIZATION, (row.organization for row in rows), columns)
    names = {row.value for row in rows if row.kind == "PLACE"}
    statement = "SELECT name, country_id FROM json_each(?) AS wanted CROSS JOIN place ON name = wanted.value"
    states = dict(context.all(statement, (json.dumps(list(names)),))) if names else {}
    places = {name: PlaceRow(name, states.get(name)) for name in names}
    return [
        people.get(row.person)
        or organizations.get(row.organization)
        or countries.get(row.country)
        or (places[row.value] if row.kind == "PLACE" else None)
        for row in rows
    ]


def mention_times(context: Context, rows: Sequence[Any], columns: Columns) -> list[TimeRow | None]:
    """When each mention of a time is; None for other kinds and for times without a day ("now", "three days")."""
    spans = (span_of(row.value) if row.kind == "TIME" else None for row in rows)
    return [
        TimeRow(row.text, span.start, span.end, span.granularity) if span else None
        for row, span in zip(rows, spans, strict=True)
    ]


def article_events(
    context: Context, rows: Sequence[Any], columns: Columns, type: Enum | None = None
) -> list[list[Any]]:
    """The events that each article tells of, in its order; only those of one type where given."""
    sql, row_type = row_class(EVENT, columns)
    only = type.name if type is not None and type is not UNSET else None
    statement = (
        f"SELECT report.article_id, {sql} FROM json_each(?) AS wanted CROSS JOIN report "
        "ON report.article_id = wanted.value CROSS JOIN event ON event.id = report.event_id "
        "WHERE ?2 IS NULL OR event.type = ?2 ORDER BY report.article_id, report.position"
    )
    grouped: dict[int, dict[int, Any]] = {row.key: {} for row in rows}
    for article, *found in context.all(statement, (json.dumps(list(grouped)), only)):
        grouped[article].setdefault(found[0], row_type.make(found))
    return [list(grouped[row.key].values()) for row in rows]


def article_people(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The people whom each article names, in its order."""
    statement = (
        "SELECT article_id, person_id FROM json_each(?) AS wanted CROSS JOIN appearance "
        "ON article_id = wanted.value ORDER BY article_id, position"
    )
    grouped: dict[int, dict[int, None]] = {row.key: {} for row in rows}
    for article, person in context.all(statement, (json.dumps(list(grouped)),)):
        grouped[article][person] = None
    known = rows_by_key(context, PERSON, (person for people in grouped.values() for person in people), columns)
    return [[known[person] for person in grouped[row.key]] for row in rows]
