"""From the names in an article's facts to the rows of the store: countries, bodies and people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from engine.facts import Extraction, Person
from engine.store.identity import folded, stable_id
from engine.store.matching import choose_person
from engine.store.reference import organization_id

Side = tuple[str | None, int | None]


class Actor(NamedTuple):
    """Who acts: one of country code, organization id and person id."""

    country: str | None
    organization: int | None
    person: int | None


class Names:
    """The countries, bodies and places that the store knows, held in memory while nobody else writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.countries = {code for (code,) in connection.execute("SELECT code FROM country")}
        self.country_names = {name for (name,) in connection.execute("SELECT name FROM country")}
        self.organizations: dict[str, int] = {
            folded(name): number for number, name in connection.execute("SELECT id, name FROM organization")
        }
        self.places: dict[str, str] = dict(connection.execute("SELECT name, country_id FROM place"))

    def country(self, code: str) -> str:
        """The code, with a row for it: a lexicon of one's own may name states that ours does not."""
        if code not in self.countries:
            self.connection.execute("INSERT INTO country (code, name) VALUES (?, ?)", (code, code))
            self.countries.add(code)
        return code

    def organization(self, name: str) -> int:
        """The id of the body, with a row for it."""
        key = folded(name)
        number = self.organizations.get(key)
        if number is None:
            number = self.organizations[key] = organization_id(name)
            acronym = name if name.isupper() and name.isalnum() else None
            self.connection.execute(
                "INSERT INTO organization (id, name, acronym, in_lexicon) VALUES (?, ?, ?, 0)", (number, name, acronym)
            )
        return number

    def side(self, person: Person) -> Side:
        """The country and the organization that the person stands for."""
        return (
            self.country(person.country) if person.country else None,
            self.organization(person.organization) if person.organization else None,
        )

    def actor(self, value: str, people: Mapping[str, int]) -> Actor:
        """The person of that name in the article, else the country of that code, else the body."""
        if (person := people.get(value)) is not None:
            return Actor(None, None, person)
        if value in self.countries:
            return Actor(value, None, None)
        return Actor(None, self.organization(value), None)


def everyone(extraction: Extraction) -> list[Person]:
    """The article's people, and those whom only an event or a mention names."""
    people = {person.name: person for person in extraction.people}
    named: list[str] = []
    for event in extraction.events:
        named += getattr(event, "participants", ())
        if (person := getattr(event, "person", None)) is not None:
            named.append(person)
    named += [mention.value for mention in extraction.mentions if mention.kind.name == "PERSON"]
    for name in named:
        if name not in people:
            people[name] = Person(name, name.rpartition(" ")[2])
    return list(people.values())


def identify(
    names: Names, people: Iterable[Person], article: str, before: Mapping[str, int]
) -> dict[str, tuple[int, Side]]:
    """The id and side of each person by name, with new rows where nobody known is meant.

    `before` holds, by folded name, whom an earlier reading of the same article meant: they stay who they were.
    """
    told = [(person, folded(person.name), names.side(person)) for person in people]
    known: dict[str, dict[int, Side]] = {}
    for number, key, country, organization in names.connection.execute(
        "SELECT p.id, p.folded, p.country_id, p.organization_id FROM json_each(?) j "
        "JOIN person p ON p.folded = j.value",
        (orjson.dumps([key for _, key, _ in told]).decode(),),
    ):
        known.setdefault(key, {})[number] = (country, organization)
    found: dict[str, tuple[int, Side]] = {}
    for person, key, side in told:
        candidates = known.setdefault(key, {})
        number = _same_as_before(before.get(key), candidates, side) or choose_person(candidates, person.name, side)
        if number is None:
            number = _introduce(names.connection, person, key, side, candidates, article)
        elif (wider := _united(candidates[number], side)) != candidates[number]:
            names.connection.execute(
                "UPDATE person SET country_id = ?, organization_id = ? WHERE id = ?", (*wider, number)
            )
        candidates[number] = _united(candidates.get(number, side), side)
        found[person.name] = number, side
    return found


def _same_as_before(number: int | None, candidates: Mapping[int, Side], side: Side) -> int | None:
    if number is None or number not in candidates:
        return None
    return number if choose_person({number: candidates[number]}, "full name", side) else None


def _introduce(
    connection: sqlite3.Connection, person: Person, key: str, side: Side, candidates: Mapping[int, Side], article: str
) -> int:
    """A new row; namesakes already there make the article part of the id, so that order of arrival does not matter."""
    parts: tuple[Any, ...] = ("person", key, *side, article) if candidates else ("person", key, *side)
    number = stable_id(*parts, taken=candidates)
    connection.execute(
        "INSERT INTO person (id, name, family_name, folded, country_id, organization_id) VALUES (?, ?, ?, ?, ?, ?)",
        (number, person.name, person.family_name, key, *side),
    )
    return number


def _united(one: Side, other: Side) -> Side:
    return one[0] or other[0], one[1] or other[1]
