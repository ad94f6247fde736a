"""Loaders of the query's own fields: by id, and the lists of the whole store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from strawberry import UNSET

from api.context import Context
from api.rows.filters import Conditions, events_where, like, match_all
from api.rows.ids import key_of, read_id
from api.rows.pages import ConnectionRow, Listing, Page, Term, page
from api.rows.people import BY_NAME
from api.rows.tables import ARTICLE, COUNTRY, EVENT, ORGANIZATION, PERSON, Columns, rows_by_key
from api.schema.fields import Loader
from engine.facts import EventType
from engine.store.identity import folded

if TYPE_CHECKING:
    from api.schema.inputs import (
        ArticleFilter,
        ArticleOrder,
        CountryFilter,
        EventFilter,
        EventOrder,
        OrganizationFilter,
        PersonFilter,
    )

_TABLES = {"Country": COUNTRY, "Event": EVENT, "Organization": ORGANIZATION, "Person": PERSON}
_INTEGER_KEYS = {"Event", "Organization", "Person"}


def nodes(context: Context, rows: Sequence[Any], columns: Columns, ids: list[str]) -> list[list[Any]]:
    """What each global id names; None where nothing has it."""
    named = [read_id(text) for text in ids]
    keys: dict[str, list[str]] = {}
    for name in named:
        if name is not None:
            keys.setdefault(name[0], []).append(name[1])
    found: dict[tuple[str, str], Any] = {}
    for type, wanted in keys.items():
        if type == "Article":
            rows_found = articles_by_record(context, wanted, columns)
        else:
            parsed = map(int, wanted) if type in _INTEGER_KEYS else wanted
            rows_found = rows_by_key(context, _TABLES[type], parsed, columns)
        found |= {(type, str(key)): row for key, row in rows_found.items()}
    return [[found.get(name) if name is not None else None for name in named]]


def node(context: Context, rows: Sequence[Any], columns: Columns, id: str) -> list[Any]:
    """What a global id names; None where nothing has it."""
    return [nodes(context, rows, columns, [id])[0][0]]


def articles_by_record(context: Context, records: Sequence[str], columns: Columns) -> dict[str, Any]:
    """The articles of the ids that they came with, by these."""
    columns = None if columns is None else columns | {"record"}
    statement = "SELECT number FROM json_each(?) AS wanted CROSS JOIN article ON article.id = wanted.value"
    numbers = context.all(statement, (json.dumps(list(records)),)) if records else []
    found = rows_by_key(context, ARTICLE, [number for (number,) in numbers], columns)
    return {row.record: row for row in found.values()}


def article(context: Context, rows: Sequence[Any], columns: Columns, id: str) -> list[Any]:
    """The article of a global id, or of the id that it came with."""
    found = read_id(id)
    record = found[1] if found is not None and found[0] == "Article" else id
    return [articles_by_record(context, [record], columns).get(record)]


def person(context: Context, rows: Sequence[Any], columns: Columns, id: str) -> list[Any]:
    """The person of a global id."""
    key = int(key_of(id, "Person"))
    return [rows_by_key(context, PERSON, [key], columns).get(key)]


def country(context: Context, rows: Sequence[Any], columns: Columns, code: str) -> list[Any]:
    """The country of a code, in capitals or not."""
    return [rows_by_key(context, COUNTRY, [code.upper()], columns).get(code.upper())]


def events(type: EventType | None = None) -> Loader:
    """The loader of the events of one type, or of all types."""

    def load(
        context: Context,
        rows: Sequence[Any],
        columns: Columns,
        filter: EventFilter | None = None,
        order_by: EventOrder | None = None,
        **asked: Any,
    ) -> list[ConnectionRow]:
        listing = events_where(filter, order_by)
        if type is not None:
            listing.where.insert(0, f"event.type = '{type.name}'")
        return [page(context, listing, columns, Page(**asked))]

    return load


def articles(
    context: Context,
    rows: Sequence[Any],
    columns: Columns,
    filter: ArticleFilter | None = None,
    order_by: ArticleOrder | None = None,
    **asked: Any,
) -> list[ConnectionRow]:
    """The articles that a filter leaves, the latest published first."""
    conditions = Conditions()
    if filter is not None and filter is not UNSET:
        _add_article_conditions(conditions, filter)
    order = (Term("published_on", descending=True), Term("key", descending=True))
    if order_by is not None and order_by is not UNSET:
        descending = order_by.direction.name == "DESCENDING"
        order = (Term(order_by.field.value, descending), Term("key", descending))
    listing = Listing(ARTICLE, order, conditions.where, conditions.parameters)
    return [page(context, listing, columns, Page(**asked))]


def _add_article_conditions(conditions: Conditions, filter: ArticleFilter) -> None:
    for column, value in (("agency", filter.agency), ("dateline", filter.dateline)):
        if value:
            conditions.add(f"article.{column} = ? COLLATE NOCASE", value)
    if filter.from_:
        conditions.add("article.published_on >= ?", filter.from_)
    if filter.to:
        conditions.add("article.published_on <= ?", filter.to)
    if filter.text:
        matched = "SELECT rowid FROM article_search WHERE article_search MATCH ?"
        conditions.add(f"article.number IN ({matched})", match_all(filter.text, prefix=False))
    if filter.country:
        mentioned = "SELECT 1 FROM mention WHERE mention.article_id = article.number AND mention.country_id = ?"
        conditions.add(f"EXISTS ({mentioned})", filter.country)
    if filter.person:
        named = "SELECT article_id FROM appearance WHERE person_id = ?"
        conditions.add(f"article.number IN ({named})", int(key_of(filter.person, "Person")))
    if filter.event_type:
        told = "SELECT article_id FROM report JOIN event ON event.id = report.event_id WHERE event.type = ?"
        conditions.add(f"article.number IN ({told})", filter.event_type.name)


def people(
    context: Context, rows: Sequence[Any], columns: Columns, filter: PersonFilter | None = None, **asked: Any
) -> list[ConnectionRow]:
    """The people that a filter leaves, by name."""
    conditions = Conditions()
    if filter is not None and filter is not UNSET:
        if filter.name:
            conditions.add("person.folded LIKE ? ESCAPE '!'", like(folded(filter.name)))
        if filter.country:
            conditions.add("person.country_id = ?", filter.country)
        if filter.organization:
            conditions.add(
                "person.organization_id IN (SELECT id FROM organization WHERE name = ? OR acronym = ?)",
                filter.organization,
                filter.organization,
            )
        if filter.post:
            held = "SELECT person_id FROM tenure WHERE title LIKE ? ESCAPE '!'"
            conditions.add(f"person.id IN ({held})", like(filter.post))
    listing = Listing(PERSON, BY_NAME, conditions.where, conditions.parameters)
    return [page(context, listing, columns, Page(**asked))]


def countries(
    context: Context, rows: Sequence[Any], columns: Columns, filter: CountryFilter | None = None, **asked: Any
) -> list[ConnectionRow]:
    """The countries that a filter leaves, by code."""
    conditions = Conditions()
    if filter is not None and filter is not UNSET:
        if filter.codes:
            conditions.one_of("country.code", [code.upper() for code in filter.codes])
        if filter.name:
            conditions.add("country.name LIKE ? ESCAPE '!'", like(filter.name))
        if isinstance(filter.in_events, bool):
            involved = "SELECT 1 FROM event_actor WHERE event_actor.country_id = country.code"
            conditions.add(f"{'' if filter.in_events else 'NOT '}EXISTS ({involved})")
    listing = Listing(COUNTRY, (Term("key"),), conditions.where, conditions.parameters)
    return [page(context, listing, columns, Page(**asked))]


def organizations(
    context: Context, rows: Sequence[Any], columns: Columns, filter: OrganizationFilter | None = None, **asked: Any
) -> list[ConnectionRow]:
    """The bodies that a filter leaves, by name."""
    conditions = Conditions()
    if filter is not None and filter is not UNSET:
        if filter.name:
            pattern = like(filter.name)
            matched = "organization.name LIKE ? ESCAPE '!' OR organization.acronym LIKE ? ESCAPE '!'"
            conditions.add(f"({matched})", pattern, pattern)
        if filter.country:
            conditions.add("organization.country_id = ?", filter.country)
    listing = Listing(ORGANIZATION, (Term("name"), Term("key")), conditions.where, conditions.parameters)
    return [page(context, listing, columns, Page(**asked))]
