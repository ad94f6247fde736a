"""Relay connections: what every paged list has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import strawberry

from api.context import Context
from api.rows.pages import ConnectionRow, EdgeRow, total_counts
from api.rows.tables import Columns
from api.schema.fields import Argument, column, loaded

NodeType = TypeVar("NodeType")

PAGE = (
    Argument("first", int | None, "How many to return at most."),
    Argument("after", str | None, "Return those behind this cursor."),
    Argument("last", int | None, "How many to return at most, from the end."),
    Argument("before", str | None, "Return those before this cursor."),
)


def _itself(context: Context, rows: Sequence[Any], columns: Columns) -> Sequence[Any]:
    return rows


def _nodes(context: Context, rows: Sequence[ConnectionRow], columns: Columns) -> list[list[Any]]:
    return [row.rows for row in rows]


def _edges(context: Context, rows: Sequence[ConnectionRow], columns: Columns) -> list[list[EdgeRow]]:
    return [[EdgeRow(node, row) for node in row.rows] for row in rows]


def _edge_nodes(context: Context, rows: Sequence[EdgeRow], columns: Columns) -> list[Any]:
    return [row.node for row in rows]


def _edge_cursors(context: Context, rows: Sequence[EdgeRow], columns: Columns) -> list[str]:
    return [row.connection.cursor(row.node) for row in rows]


def _start_cursors(context: Context, rows: Sequence[ConnectionRow], columns: Columns) -> list[str | None]:
    return [row.cursor(row.rows[0]) if row.rows else None for row in rows]


def _end_cursors(context: Context, rows: Sequence[ConnectionRow], columns: Columns) -> list[str | None]:
    return [row.cursor(row.rows[-1]) if row.rows else None for row in rows]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = column("Whether more follow; give `endCursor` as `after` for them.", "has_next")
    has_previous_page: bool = column(
        "Whether some come before; give `startCursor` as `before` for them.", "has_previous"
    )
    start_cursor: str | None = loaded("The cursor of the first on the page; null when it is empty.", _start_cursors)
    end_cursor: str | None = loaded("The cursor of the last on the page; null when it is empty.", _end_cursors)


@strawberry.type(description="One entry of a page with its cursor.")
class Edge(Generic[NodeType]):
    """One entry of a page."""

    cursor: str = loaded(
        "Names the place of this entry in the list; it stays valid when entries come or go.", _edge_cursors, needs=()
    )
    node: NodeType = loaded("The entry.", _edge_nodes, needs=(), through=True)


@strawberry.type(description="A page of a list, as Relay's cursor connections specify it.")
class Connection(Generic[NodeType]):
    """A page of a list."""

    edges: list[Edge[NodeType]] = loaded("The entries of the page with their cursors.", _edges, needs=(), through=True)
    nodes: list[NodeType] = loaded("The entries of the page.", _nodes, needs=(), through=True)
    page_info: PageInfo = loaded("Where the page stands in the list.", _itself, needs=())
    total_count: int = loaded(
        "How many entries the whole list has; counted only when asked for.", total_counts, needs=(), weight=10
    )
