"""Full-text search over articles, people and bodies: ranked by BM25, with an excerpt that marks what matched."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from api.context import Context
from api.rows.filters import match_all
from api.rows.pages import ConnectionRow, Listing, Page, Term, page
from api.rows.tables import ARTICLE, ORGANIZATION, PERSON, Columns, Table, rows_by_key

# Private-use letters mark the matches until the excerpt's own characters are escaped.
_OPEN, _CLOSE = "\ue000", "\ue001"


def _hits(table: str, kind: str) -> str:
    return (
        f"SELECT '{kind}' AS kind, rowid AS number, bm25({table}) AS score, "
        f"snippet({table}, -1, '{_OPEN}', '{_CLOSE}', '…', 24) AS excerpt FROM {table} WHERE {table} MATCH ?1"
    )


# bm25 is the lower the better; people and bodies come before the articles that merely name them.
_ALL_HITS = " UNION ALL ".join(
    _hits(table, kind)
    for table, kind in (
        ("person_search", "1 Person"),
        ("organization_search", "2 Organization"),
        ("article_search", "3 Article"),
    )
)
HIT = Table(
    "SearchHit",
    f"({_ALL_HITS}) AS hit",
    {
        "key": "hit.kind || ':' || hit.number",
        "kind": "hit.kind",
        "number": "hit.number",
        "score": "hit.score",
        "excerpt": "hit.excerpt",
    },
    ("kind", "number"),
)
_TABLES = {"3 Article": ARTICLE, "1 Person": PERSON, "2 Organization": ORGANIZATION}


def search(context: Context, rows: Sequence[Any], columns: Columns, text: str, **asked: Any) -> list[ConnectionRow]:
    """The hits for a text, best first."""
    listing = Listing(HIT, (Term("kind"), Term("score"), Term("number")), parameters=[match_all(text)])
    return [page(context, listing, columns, Page(**asked))]


def hit_nodes(context: Context, rows: Sequence[Any], columns: Columns) -> list[Any]:
    """What each hit found."""
    known = {
        kind: rows_by_key(context, table, [row.number for row in rows if row.kind == kind], columns)
        for kind, table in _TABLES.items()
    }
    return [known[row.kind][row.number] for row in rows]


def excerpts(context: Context, rows: Sequence[Any], columns: Columns) -> list[str]:
    """The words around the match as HTML: escaped, with <mark> around what matched."""
    return [html.escape(row.excerpt, quote=False).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>") for row in rows]


def relevances(context: Context, rows: Sequence[Any], columns: Columns) -> list[float]:
    """How well each hit fits, the higher the better."""
    return [-row.score for row in rows]
