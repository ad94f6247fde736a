"""The filters and orders of events as SQL conditions; all conditions given must hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from strawberry import UNSET

from api.errors import bad_input
from api.rows.ids import key_of, read_id
from api.rows.pages import Listing, Term
from api.rows.tables import EVENT
from engine.store.identity import folded

if TYPE_CHECKING:
    from api.schema.inputs import EventFilter, EventOrder

NEWEST_FIRST = (Term("starts_on", descending=True), Term("key", descending=True))


def like(text: str) -> str:
    """A LIKE pattern (ESCAPE '!') for texts that contain this one."""
    return "%" + re.sub(r"([!%_])", r"!\1", text) + "%"


def match_all(text: str, *, prefix: bool = True) -> str:
    """The FTS5 expression for words that must all occur: those in quotation marks together, the last by its start."""
    parts = [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\w+)', text)]
    terms = [f'"{part.strip()}"' for part in parts if re.search(r"\w", part)]
    if not terms:
        raise bad_input("the text to search for has no word; give at least one letter or figure")
    if prefix and re.search(r"\w\w\Z", text):
        terms[-1] += "*"
    return " ".join(terms)


class Conditions:
    """SQL conditions on events with their parameters, gathered one by one."""

    def __init__(self) -> None:
        self.where: list[str] = []
        self.parameters: list[Any] = []

    def add(self, sql: str, *parameters: Any) -> None:
        """One more condition that must hold."""
        self.where.append(sql)
        self.parameters += parameters

    def one_of(self, column: str, values: Sequence[Any]) -> None:
        """The column has one of the values."""
        self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)


def event_conditions(filter: EventFilter | None) -> Conditions:
    """What an EventFilter asks for; a field left out or null asks for nothing."""
    conditions = Conditions()
    if filter is None or filter is UNSET:
        return conditions
    if filter.types:
        conditions.one_of("event.type", [type.name for type in filter.types])
    if filter.status:
        conditions.one_of("event.status", [status.name for status in filter.status])
    for party in filter.parties or ():
        conditions.add(_PARTY, party, party, party)
    if filter.any_party:
        alternatives = " OR ".join([_PARTY] * len(filter.any_party))
        conditions.add(f"({alternatives})", *(party for party in filter.any_party for _ in range(3)))
    if filter.participant:
        _add_participant(conditions, filter.participant)
    if filter.place:
        conditions.add("event.place = ? COLLATE NOCASE", filter.place)
    _add_days(conditions, filter.from_ or None, filter.to or None)
    _add_texts(conditions, filter)
    return conditions


_PARTY = (
    "event.id IN (SELECT event_id FROM event_actor WHERE role = 'PARTY' AND country_id = ? UNION ALL "
    "SELECT event_id FROM event_actor WHERE role = 'PARTY' AND organization_id IN "
    "(SELECT id FROM organization WHERE name = ? OR acronym = ?))"
)


def _add_participant(conditions: Conditions, participant: str) -> None:
    found = read_id(participant)
    if found is not None and found[0] == "Person":
        people, parameter = "?", found[1]
    else:
        people, parameter = "SELECT id FROM person WHERE folded = ?", folded(participant)
    conditions.add(
        f"event.id IN (SELECT event_id FROM event_actor WHERE person_id IN ({people}) AND role <> 'TARGET')", parameter
    )


def _add_days(conditions: Conditions, first: str | None, last: str | None) -> None:
    if first and last and first > last:
        raise bad_input(f"`from` is {first} and `to` is {last}; `from` must not be after `to`")
    if first:
        conditions.add("event.ends_on >= ?", first)
    if last:
        conditions.add("event.starts_on <= ?", last)


def _add_texts(conditions: Conditions, filter: EventFilter) -> None:
    if filter.text:
        # The index finds the articles; the words must then stand in the very words that the event was read from.
        words = re.findall(r"\w+", filter.text)
        inside = " AND ".join(["substr(a.text, e.start + 1, e.\"end\" - e.start) LIKE ? ESCAPE '!'"] * len(words))
        conditions.add(
            "event.id IN (SELECT e.event_id FROM article_search AS f JOIN article AS a ON a.number = f.rowid "
            f"JOIN evidence AS e ON e.article_id = a.number WHERE f.article_search MATCH ? AND {inside})",
            match_all(" ".join(words)),
            *map(like, words),
        )
    if filter.topic:
        conditions.add(
            "event.id IN (SELECT event_id FROM event_topic WHERE text LIKE ? ESCAPE '!')", like(filter.topic)
        )
    if filter.article:
        conditions.add(
            "event.id IN (SELECT event_id FROM report JOIN article ON article.number = report.article_id "
            "WHERE article.id = ?)",
            key_of(filter.article, "Article"),
        )
    if filter.rule:
        conditions.add(
            "event.id IN (SELECT event_id FROM evidence WHERE rule = ? OR substr(rule, 1, ?) = ?)",
            filter.rule,
            len(filter.rule) + 1,
            f"{filter.rule}.",
        )


def event_order(order: EventOrder | None) -> tuple[Term, ...]:
    """The terms of an EventOrder, with the key last; the newest happening first when left out."""
    if order is None or order is UNSET:
        return NEWEST_FIRST
    terms: dict[str, Term] = {}
    while order is not None and order is not UNSET:
        column, descending = order.field.value, order.direction.name == "DESCENDING"
        terms.setdefault(column, Term(column, descending))
        order = order.then
    ordered = list(terms.values())
    return (*ordered, Term("key", ordered[-1].descending))


def events_where(filter: EventFilter | None, order: EventOrder | None = None) -> Listing:
    """The list of events that a filter leaves, in an order."""
    conditions = event_conditions(filter)
    return Listing(EVENT, event_order(order), conditions.where, conditions.parameters)
