"""Loaders of what is read without being stored: a store in memory holds the text, and all other loaders read that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from api.context import Context
from api.errors import ClientError, ErrorCode, bad_input
from api.rows.tables import EVENT, SENTENCE, Columns, children, rows_by_key
from engine.articles import ArticleError, validate_article
from engine.authoring.explanation import Explanation, ReadingText
from engine.authoring.proposals import Proposal
from engine.facts import Article

if TYPE_CHECKING:
    from api.schema.inputs import ArticleInput


@dataclass(slots=True, eq=False)
class ExtractionRow:
    """What was read from a text; `key` is the article's number in the store of `context`."""

    key: int
    context: Context
    graphql_type = "Extraction"


@dataclass(slots=True, eq=False)
class ExplanationRow:
    """Why a text gave these facts; `text` and `grammar` are what was asked."""

    context: Context
    text: str
    grammar: str | None
    explanation: Explanation
    graphql_type = "Explanation"


def article_of(input: ArticleInput, where: str) -> Article:
    """The article that an input describes; raises BAD_ARTICLE that says what is wrong with it."""
    fields = {
        "text": input.text,
        "published_on": input.published_on,
        "title": input.title,
        "url": input.url,
        "agency": input.agency,
        "dateline": input.dateline,
    }
    try:
        return validate_article({name: value or None for name, value in fields.items()}, where)
    except ArticleError as error:
        raise ClientError(ErrorCode.BAD_ARTICLE, str(error)) from error


def text_article(text: str) -> Article:
    """The article that is a text alone; raises BAD_ARTICLE that says what is wrong with it."""
    try:
        return validate_article({"text": text}, "text")
    except ArticleError as error:
        raise ClientError(ErrorCode.BAD_ARTICLE, str(error)) from error


def _apart(context: Context, article: Article) -> Context:
    store = context.engine.store_of(article)
    return replace(context, connection=store.connection, store=store, texts={}, groups={}, loaded={})


def extract(context: Context, rows: Sequence[Any], columns: Columns, input: ArticleInput) -> list[ExtractionRow]:
    """What the rules read in an article that is not stored."""
    return [apart(context, article_of(input, "input"))]


def apart(context: Context, article: Article) -> ExtractionRow:
    """What the rules of a context read in an article."""
    inside = _apart(context, article)
    return ExtractionRow(inside.all("SELECT number FROM article")[0][0], inside)


def explain(
    context: Context, rows: Sequence[Any], columns: Columns, text: str, grammar: str | None = None
) -> list[ExplanationRow]:
    """What the rules made of a text, and what they nearly made of it."""
    article = text_article(text)
    if grammar and grammar not in context.engine.grammars():
        known = ", ".join(context.engine.grammars())
        raise bad_input(f"there is no grammar {grammar!r}; give one of {known}, or leave it out")
    found = context.engine.explain(text, grammar or None)
    return [ExplanationRow(_apart(context, article), text, grammar or None, found)]


def proposals(context: Context, rows: Sequence[ExplanationRow], columns: Columns) -> list[list[Proposal]]:
    """The edits that would make each text give more."""
    return [list(context.engine.propose(row.text, row.grammar)) for row in rows]


def unread(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[Any]]:
    """The sentences of each text that no rule touched."""
    keys = [row.key for row in rows]
    order = "sentence.article_id, sentence.position"
    where = "sentence.was_read = 0"
    return children(context, SENTENCE, "sentence.article_id", keys, columns, where=where, order=order)


def reading_events(context: Context, rows: Sequence[ReadingText], columns: Columns) -> list[Any]:
    """The event that each reading gave, or gave a part of; None where it gave none."""
    statement = 'SELECT rule, start, "end", event_id FROM evidence WHERE event_id IS NOT NULL ORDER BY start, id'
    evidence = context.all(statement)
    keys = [
        next((event for rule, start, end, event in evidence if _covers(row, rule, start, end)), None) for row in rows
    ]
    known = rows_by_key(context, EVENT, keys, columns)
    return [known.get(key) for key in keys]


def _covers(row: ReadingText, rule: str, start: int, end: int) -> bool:
    return row.rule == rule and start < row.end and row.start < end
