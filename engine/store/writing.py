"""Writing what one article says: its rows, the events it reports, and which of them the store knew already."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from engine.facts import Extraction, Mention
from engine.record import event_record, in_text_order
from engine.store import rows
from engine.store.identity import folded, stable_id, stable_range
from engine.store.matching import Facts, keys_of, likeness, merged, values
from engine.store.names import Names, everyone, identify
from engine.store.removal import Trace
from engine.store.timespan import span_of

# What makes an event itself within its article; status, topics and level may be read better by better rules.
_IDENTITY = (
    "type",
    "parties",
    "participants",
    "speaker",
    "person",
    "target",
    "act",
    "action",
    "weapon",
    "name",
    "ordinal",
    "when",
    "place",
    "content",
)


class ArticleWriting:
    """Writes one extraction into an open transaction; `trace` is what the article had told before."""

    def __init__(self, names: Names, extraction: Extraction, number: int, trace: Trace, version: int) -> None:
        self.names = names
        self.connection: sqlite3.Connection = names.connection
        self.extraction = extraction
        self.article = extraction.article
        self.number = number
        self.trace = trace
        self.version = version
        self.people: dict[str, int] = {}
        self.facts: list[dict[str, Any]] = []
        self.reports: list[str] = []
        self.keys: list[tuple[list[str], list[str]]] = []
        self.events: list[int] = []
        self.new: list[int] = []
        self.joined: set[int] = set()
        self.unchanged: set[int] = set()

    def write(self) -> None:
        """Write all rows; the article's own row is there already."""
        self._write_people()
        self._read_facts()
        self._identify_events()
        self._write_text()
        self._write_events()
        self._write_reports()
        unite(self.names, self.joined | self.trace.shared)

    def _write_people(self) -> None:
        everybody = everyone(self.extraction)
        found = identify(self.names, everybody, self.article.id, self.trace.people)
        appearances, tenures, evidence = [], [], []
        day = self.article.published_on
        for position, person in enumerate(everybody):
            number, side = found[person.name]
            self.people[person.name] = number
            level = person.level.name if person.level else None
            tenure = None
            if person.post:
                tenure = stable_id("tenure", number, folded(person.post), *side)
                tenures.append((tenure, number, person.post, level, *side, day, day))
                evidence += [(self.number, None, tenure, e.sentence, e.start, e.end, e.rule) for e in person.evidence]
            appearances.append((self.number, position, number, person.name, *side, person.post, level, tenure))
        self.connection.executemany(rows.UPSERT_TENURE, tenures)
        self.connection.executemany(rows.INSERT_APPEARANCE, appearances)
        self.connection.executemany(rows.INSERT_EVIDENCE, evidence)

    def _read_facts(self) -> None:
        words = self._words_of_times()
        for event in self.extraction.events:
            facts = event_record(event, self.extraction.sentences)
            self.reports.append(orjson.dumps(facts).decode())
            if event.when and (span := span_of(event.when)):
                told = words.get((span.start, span.end), ())
                sentences = {e.sentence for e in event.evidence}
                facts["when_text"] = next((text for at, text in told if at in sentences), told[0][1] if told else None)
            self.facts.append(located(facts, self.names))
            self.keys.append(keys_of(facts))

    def _words_of_times(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """Per interval of days, the time expressions for it, each with its sentence."""
        words = defaultdict(list)
        starts = [sentence.start for sentence in self.extraction.sentences]
        for mention in self.extraction.mentions:
            if mention.kind.name == "TIME" and (span := span_of(mention.value)):
                sentence = bisect_right(starts, mention.start) - 1
                words[span.start, span.end].append((sentence, self.article.text[mention.start : mention.end]))
        return words

    def _identify_events(self) -> None:
        """Give each event the id of the happening: one read before, one that others report, or a new one."""
        known: dict[int, int] = {}
        for index, report in enumerate(self.reports):
            if same := self.trace.events.get(report):
                known[index] = same.pop(0)
                self.unchanged.add(known[index])
        rest = [index for index in range(len(self.facts)) if index not in known]
        if rest:
            self._match(rest, known)
        ids = stable_range(self.article.id)
        there = self.connection.execute("SELECT id FROM event WHERE id BETWEEN ? AND ?", (ids[0], ids[-1]))
        taken = {event for (event,) in there} | set(known.values())
        for index, facts in enumerate(self.facts):
            event = known.get(index)
            if event is None:
                event = _new_id(facts, ids, taken)
                taken.add(event)
            self.events.append(event)
            if index not in known or event in self.trace.told_alone:
                self.new.append(index)
            else:
                self.joined.add(event)

    def _match(self, rest: Sequence[int], known: dict[int, int]) -> None:
        """Join reports to events, the likeliest first; no two reports of one article tell of the same event."""
        candidates = self._candidates(rest)
        for event, facts in self.trace.told_alone.items():
            candidates[event] = located(facts, self.names), set(rest)
        pairs = sorted(
            (
                (-score, index, event)
                for event, (facts, indexes) in candidates.items()
                for index in indexes
                if (score := likeness(facts, self.facts[index]))
            ),
        )
        taken = set(known.values())
        for _, index, event in pairs:
            if index not in known and event not in taken:
                known[index] = event
                taken.add(event)

    def _candidates(self, rest: Sequence[int]) -> dict[int, tuple[Facts, set[int]]]:
        """Events that share a key with a report: what they tell, and which reports look for them."""
        looking: dict[str, list[int]] = defaultdict(list)
        for index in rest:
            for key in self.keys[index][1]:
                looking[key].append(index)
        if not looking:
            return {}
        indexes: dict[int, set[int]] = defaultdict(set)
        for key, event in self.connection.execute(
            "SELECT k.key, k.event_id FROM json_each(?) j JOIN event_key k ON k.key = j.value",
            (orjson.dumps(list(looking)).decode(),),
        ):
            indexes[event].update(looking[key])
        told = reports_of(self.names, indexes) if indexes else {}
        return {event: (merged(told[event]), indexes[event]) for event in told}

    def _write_text(self) -> None:
        number, read = self.number, self.extraction.read
        sentences = self.extraction.sentences
        self.connection.executemany(
            rows.INSERT_SENTENCE, [(number, s.index, s.start, s.end, s.truncated, s.index in read) for s in sentences]
        )
        starts = [sentence.start for sentence in sentences]
        self.connection.executemany(
            rows.INSERT_MENTION,
            [
                self._mention_row(position, mention, max(bisect_right(starts, mention.start) - 1, 0))
                for position, mention in enumerate(in_text_order(self.extraction.mentions))
            ],
        )

    def _mention_row(self, position: int, mention: Mention, sentence: int) -> tuple[Any, ...]:
        kind, value = mention.kind._name_, mention.value
        return (
            self.number,
            position,
            sentence,
            kind,
            mention.start,
            mention.end,
            self.article.text[mention.start : mention.end],
            value,
            self.people[value] if kind == "PERSON" else None,
            self.names.country(value) if kind == "COUNTRY" else None,
            self.names.organization(value) if kind == "ORGANIZATION" else None,
        )

    def _write_events(self) -> None:
        day = self.article.published_on
        events: list[tuple[Any, ...]] = []
        actors: list[tuple[Any, ...]] = []
        topics: list[tuple[Any, ...]] = []
        keys: list[tuple[Any, ...]] = []
        for index in self.new:
            facts, event = self.facts[index], self.events[index]
            sidelines = facts.get("sidelines_of")
            place = None if sidelines is None else self.events[sidelines]
            events.append(rows.event_row(event, facts, place, 1, day, day))
            actors += rows.actor_rows(event, facts, self.names, self.people)
            topics += [(event, position, text) for position, text in enumerate(values(facts, "topics"))]
            keys += [(key, event) for key in self.keys[index][0]]
        self.connection.executemany(rows.INSERT_EVENT, events)
        self.connection.executemany(rows.INSERT_ACTOR, actors)
        self.connection.executemany(rows.INSERT_TOPIC, topics)
        self.connection.executemany(rows.INSERT_KEY, keys)

    def _write_reports(self) -> None:
        number = self.number
        told = zip(self.events, self.facts, self.reports, strict=True)
        self.connection.executemany(
            rows.INSERT_REPORT,
            [
                (number, position, event, facts["status"], facts.get("when"), facts.get("when_text"), report)
                for position, (event, facts, report) in enumerate(told)
            ],
        )
        self.connection.executemany(
            rows.INSERT_EVIDENCE,
            [
                (number, number_of_event, None, e.sentence, e.start, e.end, e.rule)
                for number_of_event, event in zip(self.events, self.extraction.events, strict=True)
                for e in event.evidence
            ],
        )
        fresh = [
            (self.version, "EVENT_REPORTED", self.article.id, event)
            for event in self.events
            if event not in self.unchanged
        ]
        self.connection.executemany(rows.INSERT_CHANGE, fresh)


def _new_id(facts: Facts, ids: range, taken: set[int]) -> int:
    """An id of the article's range made from the facts, so that reading the article again gives it again."""
    number = ids[stable_id(*map(facts.get, _IDENTITY)) % len(ids)]
    while number in taken:
        number += 1
    return number


def located(facts: dict[str, Any], names: Names) -> dict[str, Any]:
    """The facts with the country of their place, where the store knows it."""
    if place := facts.get("place"):
        facts["place_country"] = names.places.get(place)
        facts["place_is_country"] = place in names.country_names
    return facts


def reports_of(names: Names, events: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The facts of each event's reports, oldest first; `article` is the number of the article and `day` its date."""
    told: dict[int, list[dict[str, Any]]] = {}
    for event, text, words, day, article in names.connection.execute(
        "SELECT r.event_id, r.facts, r.when_text, a.published_on, a.number FROM json_each(?) j "
        "JOIN report r ON r.event_id = j.value JOIN article a ON a.number = r.article_id "
        "ORDER BY a.published_on, a.number",
        (orjson.dumps(list(events)).decode(),),
    ):
        facts = orjson.loads(text)
        facts |= {"when_text": words, "day": day, "article": article}
        told.setdefault(event, []).append(located(facts, names))
    return told


def unite(names: Names, events: Iterable[int]) -> None:
    """Write anew the rows of events that several articles tell, from all their reports."""
    connection = names.connection
    for event, reports in reports_of(names, events).items():
        facts = merged(reports)
        numbers = orjson.dumps([report["article"] for report in reports]).decode()
        people = dict(
            connection.execute(
                "SELECT p.name, p.person_id FROM json_each(?) j JOIN appearance p ON p.article_id = j.value", (numbers,)
            )
        )
        days = sorted(report["day"] for report in reports if report["day"])
        first, last = (days[0], days[-1]) if days else (None, None)
        row = rows.event_row(event, facts, _on_sidelines_of(connection, reports), len(reports), first, last)
        connection.execute(rows.UPDATE_EVENT, row)
        for table in ("event_actor", "event_topic", "event_key"):
            connection.execute(f"DELETE FROM {table} WHERE event_id = ?", (event,))
        connection.executemany(rows.INSERT_ACTOR, rows.actor_rows(event, facts, names, people))
        topics = [(event, position, text) for position, text in enumerate(values(facts, "topics"))]
        connection.executemany(rows.INSERT_TOPIC, topics)
        connection.executemany(rows.INSERT_KEY, [(key, event) for key in keys_of(facts)[0]])


def _on_sidelines_of(connection: sqlite3.Connection, reports: Sequence[Facts]) -> int | None:
    """The gathering that the newest report to name one means: it counts the events of its own article."""
    for report in reversed(reports):
        if (position := report.get("sidelines_of")) is not None:
            found = connection.execute(
                "SELECT event_id FROM report WHERE article_id = ? AND position = ?", (report["article"], position)
            ).fetchone()
            if found:
                number: int = found[0]
                return number
    return None
