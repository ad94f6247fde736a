"""The store's tables as the API reads them: plain rows with only the columns that the query needs."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from api.context import Context
from api.shown import shown_as

Columns = frozenset[str] | None
"""The columns wanted, by their name in the row; None wants all."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table or join; `columns` maps the name in the row to its SQL. Every row has `key` and the columns of `always`.

    `graphql_type` names the type that rows have, unless they tell it themselves (events do, by their `type`).
    """

    graphql_type: str
    source: str
    columns: dict[str, str]
    always: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The SQL of the key."""
        return self.columns["key"]


def _plain(graphql_type: str, name: str, key: str, *columns: str) -> Table:
    return Table(graphql_type, name, {"key": f"{name}.{key}"} | {column: f"{name}.{column}" for column in columns})


COUNTRY = _plain("Country", "country", "code", "name", "capital")
ORGANIZATION = _plain("Organization", "organization", "id", "name", "acronym", "country")
ORGANIZATION.columns["country"] = "organization.country_id"
PERSON = _plain("Person", "person", "id", "name", "family_name", "folded")
PERSON.columns.update(country="person.country_id", organization="person.organization_id")
ARTICLE = _plain(
    "Article",
    "article",
    "number",
    "text",
    "published_on",
    "dateline",
    "agency",
    "title",
    "url",
    "ingested_at",
    "rules_version",
)
ARTICLE.columns["record"] = "article.id"
SENTENCE = Table(
    "Sentence",
    "sentence",
    {
        "key": "sentence.article_id",
        "article": "sentence.article_id",
        "position": "sentence.position",
        "start": "sentence.start",
        "end": 'sentence."end"',
    },
    ("article", "position"),
)
MENTION = Table(
    "Mention",
    "mention",
    {"key": "mention.article_id", "start": "mention.start", "end": 'mention."end"'}
    | {name: f"mention.{name}" for name in ("kind", "text", "value")}
    | {name: f"mention.{name}_id" for name in ("person", "country", "organization")},
)
TENURE = Table(
    "Tenure",
    "tenure",
    {"key": "tenure.id"}
    | {name: f"tenure.{name}" for name in ("title", "level", "first_reported_on", "last_reported_on")}
    | {name: f"tenure.{name}_id" for name in ("person", "country", "organization")},
)
EVIDENCE = Table(
    "Evidence",
    "evidence",
    {"key": "evidence.id", "start": "evidence.start", "end": 'evidence."end"', "rule": "evidence.rule"}
    | {"sentence": "evidence.sentence", "article": "evidence.article_id"},
)
EVENT = Table(
    "Event",
    "event",
    {"key": "event.id"}
    | {
        name: f"event.{name}"
        for name in (
            *("type", "status", "when_iso", "when_text", "starts_on", "ends_on", "granularity", "place"),
            *("article_count", "first_reported_on", "last_reported_on", "level", "mode", "name", "ordinal"),
            *("act", "quoted", "content", "action", "weapon", "post", "amount"),
        )
    }
    | {"place_country": "event.place_country_id", "sidelines_of": "event.sidelines_of_id"},
    ("type",),
)

EVENT_TYPES = {
    "MEETING": "Meeting",
    "VISIT": "Visit",
    "STATEMENT": "Statement",
    "AGREEMENT": "Agreement",
    "SANCTION": "Sanction",
    "WEAPON_TEST": "WeaponTest",
    "RESOLUTION": "Resolution",
    "RELATIONS": "RelationsAct",
    "APPOINTMENT": "Appointment",
    "AID": "Aid",
    "EXERCISE": "Exercise",
}
"""The GraphQL type of each type of event."""


@lru_cache(maxsize=2_000)
def row_class(table: Table, columns: Columns, extra: tuple[str, ...] = ()) -> tuple[str, Any]:
    """The SQL of the columns wanted and the class of their rows, a named tuple; `extra` columns come first.

    Few combinations occur, as they follow from the documents; the cache is bounded all the same.
    """
    wanted = set(table.columns) if columns is None else set(columns) & set(table.columns)
    names = ["key", *sorted((wanted | set(table.always)) - {"key"})]
    sql = ", ".join(table.columns[name] for name in names)
    base = namedtuple(f"{table.graphql_type}Row", [*extra, *names])  # type: ignore[misc]
    row = type(base.__name__, (base,), {"__slots__": (), "graphql_type": table.graphql_type})
    # Half the time of a named tuple's own `_make`, as no Python code runs for a row.
    row.make = staticmethod(partial(tuple.__new__, row))  # type: ignore[attr-defined]
    return sql, row


def type_name(row: Any) -> str:
    """The GraphQL type of a row."""
    name = shown_as(row)
    assert name is not None
    return EVENT_TYPES[row.type] if name == "Event" else name


def rows_by_key(context: Context, table: Table, keys: Iterable[Any], columns: Columns) -> dict[Any, Any]:
    """The rows of these keys, in one statement; keys that the table lacks are left out."""
    wanted = [key for key in dict.fromkeys(keys) if key is not None]
    if not wanted:
        return {}
    sql, row = row_class(table, columns)
    # CROSS JOIN makes SQLite seek once a key, whatever it believes of json_each.
    statement = f"SELECT {sql} FROM json_each(?) AS wanted CROSS JOIN {table.source} ON {table.key} = wanted.value"
    return {found[0]: row.make(found) for found in context.all(statement, (json.dumps(wanted),))}


def linked(context: Context, table: Table, keys: Sequence[Any], columns: Columns) -> list[Any]:
    """The row of each key in their order; None for None and for a key that the table lacks."""
    found = rows_by_key(context, table, keys, columns)
    return [found.get(key) for key in keys]


def children(
    context: Context,
    table: Table,
    parent: str,
    keys: Sequence[Any],
    columns: Columns,
    *,
    where: str = "",
    order: str = "",
) -> list[list[Any]]:
    """For each key the rows whose column `parent` has it, in one statement; `parent`, `where` and `order` are SQL."""
    sql, row = row_class(table, columns, ("parent",))
    statement = (
        f"SELECT wanted.value, {sql} FROM json_each(?) AS wanted CROSS JOIN {table.source} ON {parent} = wanted.value"
        + (f" WHERE {where}" if where else "")
        + (f" ORDER BY {order}" if order else "")
    )
    grouped: dict[Any, list[Any]] = {key: [] for key in keys}
    for found in context.all(statement, (json.dumps(list(grouped)),)):
        grouped[found[0]].append(row.make(found))
    return [grouped[key] for key in keys]
