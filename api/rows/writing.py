"""What mutations do, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from strawberry import UNSET

from api.context import Context
from api.errors import ClientError, ErrorCode, bad_input
from api.rows.extraction import article_of
from api.rows.ids import global_id, read_id
from api.rows.root import articles_by_record
from api.rows.tables import Columns
from engine.store.errors import StoreError
from engine.store.store import Ingested, Store

if TYPE_CHECKING:
    from api.schema.inputs import ArticleInput


@dataclass(slots=True, eq=False)
class IngestedRow:
    """What became of an article; `record` is its id outside."""

    outcome: str
    record: str
    event_count: int
    graphql_type = "IngestedArticle"


@dataclass(slots=True, eq=False)
class IngestRow:
    """What became of each article of an ingest or reextract."""

    results: list[IngestedRow]
    graphql_type = "IngestPayload"


@dataclass(slots=True, eq=False)
class DeleteRow:
    """Whether an article was deleted, and its global id."""

    deleted: bool
    deleted_id: str | None
    graphql_type = "DeletePayload"


def _store(context: Context) -> Store:
    assert context.store is not None
    return context.store


def _rows(outcomes: Sequence[Ingested]) -> list[IngestedRow]:
    return [IngestedRow(found.outcome.name, found.article_id, found.events) for found in outcomes]


def ingest(context: Context, rows: Sequence[Any], columns: Columns, input: list[ArticleInput]) -> list[IngestRow]:
    """Read and store articles; none is stored when one of them cannot be."""
    store = _store(context)
    articles = [article_of(each, f"input[{index}]") for index, each in enumerate(input)]
    if not articles:
        raise bad_input("`input` is empty; give at least one article")
    try:
        return [IngestRow(_rows(list(store.ingest_many(articles, context.engine))))]
    except StoreError as error:
        raise ClientError(ErrorCode.STORE_UNWRITABLE, f"{error.what}; {error.do}", status=503) from error


def _record(id: str) -> str:
    found = read_id(id)
    return found[1] if found is not None and found[0] == "Article" else id


def delete(context: Context, rows: Sequence[Any], columns: Columns, id: str) -> list[DeleteRow]:
    """Delete an article with all that only it told."""
    store, record = _store(context), _record(id)
    try:
        deleted = store.delete_article(record)
    except StoreError as error:
        raise ClientError(ErrorCode.STORE_UNWRITABLE, f"{error.what}; {error.do}", status=503) from error
    return [DeleteRow(deleted, global_id("Article", record) if deleted else None)]


def reextract(
    context: Context, rows: Sequence[Any], columns: Columns, article_ids: list[str] | None = None
) -> list[IngestRow]:
    """Read stored articles again with the rules as they are now."""
    store = _store(context)
    chosen = None if article_ids is None or article_ids is UNSET else [_record(id) for id in article_ids]
    try:
        return [IngestRow(_rows(list(store.reextract(context.engine, chosen))))]
    except StoreError as error:
        raise ClientError(ErrorCode.STORE_UNWRITABLE, f"{error.what}; {error.do}", status=503) from error


def stored_articles(context: Context, rows: Sequence[IngestedRow], columns: Columns) -> list[Any]:
    """The article of each outcome."""
    found = articles_by_record(context, [row.record for row in rows], columns)
    return [found[row.record] for row in rows]


def article_counts(context: Context, rows: Sequence[IngestRow], columns: Columns) -> list[int]:
    """How many articles were read."""
    return [len(row.results) for row in rows]


def event_counts(context: Context, rows: Sequence[IngestRow], columns: Columns) -> list[int]:
    """How many events the articles report, each counted with every article that does."""
    return [sum(result.event_count for result in row.results) for row in rows]
