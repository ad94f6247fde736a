"""The statements that write rows, and the tuples that they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.store.matching import Facts, values
from engine.store.names import Names
from engine.store.timespan import span_of

# Columns of `event` that hold a slot of the record as it is.
_SLOTS = ("level", "mode", "name", "ordinal", "act", "quoted", "content", "action", "weapon", "post", "amount")
_ROLES = (
    ("PARTY", "parties"),
    ("PARTICIPANT", "participants"),
    ("SPEAKER", "speaker"),
    ("TARGET", "target"),
    ("PERSON", "person"),
)
_PEOPLE_ONLY = ("PARTICIPANT", "PERSON")

_EVENT_COLUMNS = (
    "id, type, status, when_iso, when_text, starts_on, ends_on, granularity, place, place_country_id, article_count, "
    "first_reported_on, last_reported_on, sidelines_of_id, " + ", ".join(_SLOTS)
)


def _insert(table: str, columns: str) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"


INSERT_EVENT = _insert("event", _EVENT_COLUMNS)
UPDATE_EVENT = (
    f"UPDATE event SET ({_EVENT_COLUMNS}) = ({', '.join(f'?{n}' for n in range(1, 15 + len(_SLOTS)))}) WHERE id = ?1"
)
INSERT_ACTOR = _insert("event_actor", "event_id, role, position, country_id, organization_id, person_id")
INSERT_TOPIC = _insert("event_topic", "event_id, position, text")
INSERT_KEY = "INSERT OR IGNORE INTO event_key (key, event_id) VALUES (?, ?)"
INSERT_REPORT = _insert("report", "article_id, position, event_id, status, when_iso, when_text, facts")
INSERT_EVIDENCE = _insert("evidence", 'article_id, event_id, tenure_id, sentence, start, "end", rule')
INSERT_SENTENCE = _insert("sentence", 'article_id, position, start, "end", truncated, was_read')
INSERT_MENTION = _insert(
    "mention",
    'article_id, position, sentence, kind, start, "end", text, value, person_id, country_id, organization_id',
)
INSERT_APPEARANCE = _insert(
    "appearance", "article_id, position, person_id, name, country_id, organization_id, post, level, tenure_id"
)
UPSERT_TENURE = (
    _insert("tenure", "id, person_id, title, level, country_id, organization_id, first_reported_on, last_reported_on")
    + " ON CONFLICT (id) DO UPDATE SET level = coalesce(excluded.level, level), "
    "first_reported_on = coalesce(min(first_reported_on, excluded.first_reported_on), first_reported_on, "
    "excluded.first_reported_on), last_reported_on = coalesce(max(last_reported_on, excluded.last_reported_on), "
    "last_reported_on, excluded.last_reported_on)"
)
INSERT_CHANGE = _insert("change", "version, kind, article, event")


def event_row(
    number: int,
    facts: Facts,
    sidelines_of: int | None,
    count: int = 1,
    first: str | None = None,
    last: str | None = None,
) -> tuple[Any, ...]:
    """The row of an event for INSERT_EVENT and UPDATE_EVENT: what is told, by how many articles, from when to when."""
    get = facts.get
    when = get("when")
    span = span_of(when) if when else None
    return (
        number,
        facts["type"],
        facts["status"],
        when,
        (get("when_text") or when) if when else None,
        *(span or (None, None, None)),
        get("place"),
        get("place_country"),
        count,
        first,
        last,
        sidelines_of,
        *map(get, _SLOTS[:5]),
        bool(get("quoted")) if facts["type"] == "STATEMENT" else None,
        *map(get, _SLOTS[6:]),
    )


def actor_rows(number: int, facts: Facts, names: Names, people: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    """The rows of an event's actors for INSERT_ACTOR; `people` are ids by the name used in the facts."""
    for role, slot in _ROLES:
        if slot not in facts:
            continue
        for position, value in enumerate(values(facts, slot)):
            if role not in _PEOPLE_ONLY:
                yield number, role, position, *names.actor(value, people)
            elif (person := people.get(value)) is not None:
                yield number, role, position, None, None, person
