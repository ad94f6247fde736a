"""Connections: a page of a list by keyset, so that a cursor stays where it is when rows come in before it.

A cursor holds the values that the list is ordered by, for its row; the next page starts behind them, whether or not
that row still exists. SQLite orders null before everything, and so does the comparison here.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from api.context import Context
from api.errors import ClientError, ErrorCode, bad_input
from api.rows.tables import Columns, Table, row_class

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Term:
    """What a list is ordered by: a column of the table, and the direction."""

    column: str
    descending: bool = False


@dataclass(slots=True)
class Listing:
    """A list to page through. The last term of `order` must be unique; `where` conditions are SQL with `parameters`.

    `links`, where the list belongs to parents, is a SELECT of (parent, child) pairs with one parameter, the parents as
    JSON.
    """

    table: Table
    order: tuple[Term, ...]
    where: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)
    links: str = ""

    @property
    def name(self) -> str:
        """What a cursor must agree with: the type and the order."""
        return self.table.graphql_type + "".join(f"{'-' if t.descending else '+'}{t.column}" for t in self.order)


@dataclass(slots=True, eq=False)
class Page:
    """What a client asked of a connection."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(slots=True, eq=False)
class EdgeRow:
    """An edge: the row and the connection it is in."""

    node: Any
    connection: ConnectionRow
    graphql_type = "Edge"


@dataclass(slots=True, eq=False)
class ConnectionRow:
    """A page. `parent` is None for lists of the whole store."""

    rows: list[Any]
    listing: Listing
    parent: Any
    has_next: bool
    has_previous: bool
    graphql_type = "Connection"

    def cursor(self, row: Any) -> str:
        """The cursor of one of its rows."""
        values = [getattr(row, term.column) for term in self.listing.order]
        return urlsafe_b64encode(json.dumps([self.listing.name, *values]).encode()).decode().rstrip("=")


def read_cursor(text: str, listing: Listing) -> list[Value]:
    """The values a cursor holds; raises BAD_CURSOR when it is none of this list in this order."""
    try:
        found = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        found = None
    plain = isinstance(found, list) and all(value is None or isinstance(value, (str, int, float)) for value in found)
    if not plain or len(found) != len(listing.order) + 1 or found[0] != listing.name or _too_large(found):
        raise ClientError(
            ErrorCode.BAD_CURSOR,
            f"{text[:80]!r} is no cursor of this list in this order; use a `cursor` or `endCursor` of the same query",
        )
    return list(found[1:])


def _too_large(values: Sequence[Value]) -> bool:
    return any(isinstance(value, int) and abs(value) >= 2**63 for value in values)


def beyond(listing: Listing, values: Sequence[Value], *, backwards: bool) -> tuple[str, list[Any]]:
    """SQL and parameters that hold for the rows behind (or before) those values."""
    alternatives, parameters = [], []
    for index, term in enumerate(listing.order):
        parts = []
        for earlier, value in zip(listing.order[:index], values, strict=False):
            parts.append(f"{listing.table.columns[earlier.column]} IS ?")
            parameters.append(value)
        sql, value = listing.table.columns[term.column], values[index]
        if term.descending == backwards:
            parts.append(f"{sql} > ?" if value is not None else f"{sql} IS NOT NULL")
        else:
            parts.append(f"({sql} < ? OR {sql} IS NULL)" if value is not None else "0")
        if value is not None:
            parameters.append(value)
        alternatives.append("(" + " AND ".join(parts) + ")")
    return "(" + " OR ".join(alternatives) + ")", parameters


def page(context: Context, listing: Listing, columns: Columns, asked: Page) -> ConnectionRow:
    """One page of a list of the whole store."""
    return pages(context, listing, [None], columns, asked)[0]


def pages(
    context: Context, listing: Listing, parents: Sequence[Any], columns: Columns, asked: Page
) -> list[ConnectionRow]:
    """The page of each parent, all in one statement."""
    backwards = asked.last is not None
    size = _size(context, asked)
    where, parameters = list(listing.where), list(listing.parameters)
    for cursor, back in ((asked.after, False), (asked.before, True)):
        if cursor is not None:
            sql, values = beyond(listing, read_cursor(cursor, listing), backwards=back)
            where.append(sql)
            parameters += values
    columns = None if columns is None else columns | {term.column for term in listing.order}
    found = (_linked if listing.links else _whole)(
        context, listing, list(dict.fromkeys(parents)), columns, where, parameters, size + 1, backwards
    )
    answer = []
    for parent in parents:
        rows = found.get(parent, [])
        more = len(rows) > size
        rows = rows[:size]
        has_next = asked.before is not None if backwards else more
        has_previous = more if backwards else asked.after is not None
        answer.append(ConnectionRow(rows[::-1] if backwards else rows, listing, parent, has_next, has_previous))
    return answer


def _size(context: Context, asked: Page) -> int:
    if asked.first is not None and asked.last is not None:
        raise bad_input("`first` and `last` were both given; give one of them")
    size = asked.last if asked.last is not None else asked.first
    if size is None:
        return context.settings.default_list
    if not 0 <= size <= context.settings.max_list:
        raise bad_input(
            f"`first` or `last` is {size}; allowed is 0 to {context.settings.max_list}; page through the rest"
        )
    return size


def _order(listing: Listing, backwards: bool) -> str:
    return ", ".join(
        listing.table.columns[term.column] + (" DESC" if term.descending != backwards else "") for term in listing.order
    )


def _condition(where: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(where)}" if where else ""


def _whole(
    context: Context,
    listing: Listing,
    parents: Sequence[Any],
    columns: Columns,
    where: Sequence[str],
    parameters: Sequence[Any],
    limit: int,
    backwards: bool,
) -> dict[Any, list[Any]]:
    sql, row = row_class(listing.table, columns)
    statement = (
        f"SELECT {sql} FROM {listing.table.source}{_condition(where)} ORDER BY {_order(listing, backwards)} LIMIT ?"
    )
    return {None: list(map(row.make, context.all(statement, (*parameters, limit))))}


def _linked(
    context: Context,
    listing: Listing,
    parents: Sequence[Any],
    columns: Columns,
    where: Sequence[str],
    parameters: Sequence[Any],
    limit: int,
    backwards: bool,
) -> dict[Any, list[Any]]:
    sql, row = row_class(listing.table, columns, ("parent",))
    names = ", ".join(f'{part} AS "{name}"' for part, name in zip(sql.split(", "), row._fields[1:], strict=True))
    listed = ", ".join(f'"{name}"' for name in row._fields[1:])
    statement = (
        f"WITH links(parent, child) AS ({listing.links}), ranked AS (SELECT links.parent, {names}, row_number() OVER "
        f"(PARTITION BY links.parent ORDER BY {_order(listing, backwards)}) AS rank FROM links CROSS JOIN "
        f"{listing.table.source} ON {listing.table.key} = links.child{_condition(where)}) "
        f"SELECT parent, {listed} FROM ranked WHERE rank <= ? ORDER BY parent, rank"
    )
    grouped: dict[Any, list[Any]] = {parent: [] for parent in parents}
    for found in context.all(statement, (json.dumps(list(parents)), *parameters, limit)):
        grouped[found[0]].append(row.make(found))
    return grouped


def total_counts(context: Context, connections: Sequence[ConnectionRow], columns: Columns) -> list[int]:
    """How many rows each list has in all, in one statement for lists that differ only in their parent."""
    groups: dict[int, list[ConnectionRow]] = {}
    for connection in connections:
        groups.setdefault(id(connection.listing), []).append(connection)
    totals: dict[int, int] = {}
    for group in groups.values():
        counts = _counts(context, group[0].listing, [connection.parent for connection in group])
        totals |= {id(connection): counts.get(connection.parent, 0) for connection in group}
    return [totals[id(connection)] for connection in connections]


def _counts(context: Context, listing: Listing, parents: Sequence[Any]) -> dict[Any, int]:
    condition = _condition(listing.where)
    if not listing.links:
        found = context.all(f"SELECT count(*) FROM {listing.table.source}{condition}", listing.parameters)
        return {None: found[0][0]}
    statement = (
        f"WITH links(parent, child) AS ({listing.links}) SELECT links.parent, count(*) FROM links CROSS JOIN "
        f"{listing.table.source} ON {listing.table.key} = links.child{condition} GROUP BY links.parent"
    )
    return dict(context.all(statement, (json.dumps(list(dict.fromkeys(parents))), *listing.parameters)))
