"""Taking an article's facts out again, so that nothing stays that no article tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from engine.store.identity import folded
from engine.store.names import Names


@dataclass(slots=True)
class Trace:
    """What an article had told before its facts were taken out.

    `events` are ids by the JSON of the report, in the order of the reports that say the same; `told_alone` the facts of
    events that it alone told (their rows are gone, their ids are to be used again); `shared` ids of events that others
    tell too; `people` ids by folded name.
    """

    events: dict[str, list[int]] = field(default_factory=dict)
    told_alone: dict[int, dict[str, Any]] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)
    tenures: set[int] = field(default_factory=set)
    organizations: set[int] = field(default_factory=set)


def take_out(connection: sqlite3.Connection, article: int) -> Trace:
    """Remove what was read from the article with this number, but not its own row; `clear_away` sees to its people."""
    trace = Trace()
    reports = connection.execute(
        "SELECT event_id, facts, EXISTS (SELECT 1 FROM report o WHERE o.event_id = r.event_id AND o.article_id != ?1) "
        "FROM report r WHERE article_id = ?1 ORDER BY position",
        (article,),
    ).fetchall()
    for event, facts, shared in reports:
        trace.events.setdefault(facts, []).append(event)
        if shared:
            trace.shared.add(event)
        else:
            trace.told_alone[event] = orjson.loads(facts)
    for person, key, tenure in connection.execute(
        "SELECT p.id, p.folded, a.tenure_id FROM appearance a JOIN person p ON p.id = a.person_id "
        "WHERE a.article_id = ?",
        (article,),
    ):
        trace.people[key] = person
        if tenure is not None:
            trace.tenures.add(tenure)
    trace.organizations = {
        number
        for (number,) in connection.execute(
            "SELECT organization_id FROM mention WHERE article_id = ?1 AND organization_id IS NOT NULL "
            "UNION SELECT organization_id FROM appearance WHERE article_id = ?1 AND organization_id IS NOT NULL "
            "UNION SELECT e.organization_id FROM report r JOIN event_actor e USING (event_id) "
            "WHERE r.article_id = ?1 AND e.organization_id IS NOT NULL",
            (article,),
        )
    }
    connection.executemany("DELETE FROM event WHERE id = ?", [(event,) for event in trace.told_alone])
    for table in ("report", "evidence", "mention", "sentence", "appearance"):
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (article,))
    return trace


def clear_away(names: Names, trace: Trace) -> None:
    """Remove the traced people, tenures and bodies that no article tells any more; correct what others still tell."""
    connection = names.connection
    tenures, people = _each(trace.tenures), _each(trace.people.values())
    connection.executemany(
        "DELETE FROM tenure WHERE id = ? AND NOT EXISTS (SELECT 1 FROM appearance WHERE tenure_id = tenure.id)", tenures
    )
    connection.executemany(
        "UPDATE tenure SET (first_reported_on, last_reported_on) = (SELECT min(a.published_on), max(a.published_on) "
        "FROM appearance p JOIN article a ON a.number = p.article_id WHERE p.tenure_id = tenure.id) WHERE id = ?",
        tenures,
    )
    connection.executemany(
        "DELETE FROM person WHERE id = ? AND NOT EXISTS (SELECT 1 FROM appearance WHERE person_id = person.id)", people
    )
    for column in ("country_id", "organization_id"):
        connection.executemany(
            f"UPDATE person SET {column} = (SELECT {column} FROM appearance WHERE person_id = person.id "
            f"AND {column} IS NOT NULL LIMIT 1) WHERE id = ?",
            people,
        )
    for number in trace.organizations:
        gone = connection.execute(
            "DELETE FROM organization WHERE id = ? AND NOT in_lexicon "
            "AND NOT EXISTS (SELECT 1 FROM event_actor WHERE organization_id = organization.id) "
            "AND NOT EXISTS (SELECT 1 FROM mention WHERE organization_id = organization.id) "
            "AND NOT EXISTS (SELECT 1 FROM person WHERE organization_id = organization.id) "
            "AND NOT EXISTS (SELECT 1 FROM appearance WHERE organization_id = organization.id) "
            "AND NOT EXISTS (SELECT 1 FROM tenure WHERE organization_id = organization.id) RETURNING name",
            (number,),
        ).fetchall()
        for (name,) in gone:
            names.organizations.pop(folded(name), None)


def _each(ids: Iterable[int]) -> list[tuple[int]]:
    return [(number,) for number in ids]
