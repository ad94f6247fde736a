"""Stores to test with, filled from the gold records instead of the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from engine import facts
from engine.facts import (
    EVENTS,
    Article,
    Event,
    EventStatus,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Person,
    Sentence,
)
from engine.rules import RULES
from engine.store import Store, open_store
from engine.store.reference import read_reference

GOLD = Path(__file__).parents[1] / "gold"
TYPES = {event.TYPE.name: event for event in EVENTS}
ENUMS = {
    name: kind
    for event in EVENTS
    for name, kind in (
        ("act", "StatementAct"),
        ("level", "MeetingLevel"),
        ("mode", "MeetingMode"),
        ("weapon", "WeaponKind"),
    )
}
ACTIONS = {
    "AGREEMENT": "AgreementAction",
    "SANCTION": "SanctionAction",
    "RESOLUTION": "ResolutionAction",
    "RELATIONS": "RelationsAction",
    "APPOINTMENT": "AppointmentAction",
}


def _enum(kind: str, name: str) -> Any:
    return getattr(facts, kind)[name]


def event_of(told: dict[str, Any], evidence: list[Evidence]) -> Event:
    """The event of a record as a fact; "*" slots, which readers disagree about, are left out."""
    kind = TYPES[told["type"]]
    slots: dict[str, Any] = {}
    for name, value in told.items():
        if name in ("type", "evidence", "optional", "status") or value == "*":
            continue
        if name == "action":
            value = _enum(ACTIONS[told["type"]], value)
        elif name in ENUMS:
            value = _enum(ENUMS[name], value)
        elif name in ("speaker", "target") and isinstance(value, str) and told["type"] != "VISIT":
            value = [value]
        slots[name] = value
    status = told.get("status", "OCCURRED")
    return kind(status=EventStatus["OCCURRED" if status == "*" else status], evidence=evidence, **slots)


def extraction_of(record: dict[str, Any]) -> Extraction:
    """A record as the reader would have given it, with one mention for each time a person's name is written."""
    text = record["text"]
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+?(?:[.?!]\"?(?=\s|$)|(?=\n|$))", text)]
    sentences = [Sentence(index, start, end) for index, (start, end) in enumerate(spans)]
    events = []
    read = set()
    for told in record["events"]:
        within = [
            s for s in sentences if any(s.start < end and start < s.end for start, end in told.get("evidence", []))
        ]
        read.update(s.index for s in within)
        rule = f"{told['type'].lower()}.told"
        events.append(event_of(told, [Evidence(s.index, s.start, s.end, rule) for s in within]))
    people = [
        Person(p["name"], p["name"].split()[-1], p.get("country"), p.get("organization"), p.get("post"))
        for p in ({name: value for name, value in told.items() if value != "*"} for told in record["people"])
    ]
    mentions = [
        Mention(MentionKind.PERSON, m.start(), m.end(), p.name)
        for p in people
        for m in re.finditer(re.escape(p.name), text)
    ]
    article = Article(record["id"], text, record.get("published_on"), record.get("dateline"), record.get("agency"))
    return Extraction(article, sentences, mentions, people, events, read)


class GoldReader:
    """Gives for an article what the record with its id says, or what was `told` for it."""

    version = "gold"

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        for file in (
            GOLD / "seed.json",
            *sorted((GOLD / "dev").glob("*.json")),
            *sorted((GOLD / "open").glob("*.json")),
        ):
            found = json.loads(file.read_text(encoding="utf-8"))
            for record in found if isinstance(found, list) else [found]:
                self.records[record["id"]] = record
        self.told: dict[str, tuple[list[Person], list[Event]]] = {}

    def articles(self) -> list[Article]:
        return [extraction_of(record).article for record in self.records.values()]

    def tell(
        self,
        article_id: str,
        *events: Event,
        people: tuple[Person, ...] = (),
        on: str | None = "2016-10-21",
        text: str = "",
    ) -> Article:
        """An article that reports these events in its one sentence."""
        self.told[article_id] = list(people), list(events)
        return Article(article_id, text or f"What {article_id} tells.", on)

    def read(self, article: Article) -> Extraction:
        if article.id not in self.told:
            return replace(extraction_of(self.records[article.id]), article=article)
        people, events = self.told[article.id]
        evidence = [Evidence(0, 0, len(article.text), "test.told")]
        for person in people:
            person.evidence = evidence
        for event in events:
            event.evidence = evidence
        sentence = Sentence(0, 0, len(article.text))
        return Extraction(article, [sentence], [], people, events, {0})


@pytest.fixture
def reader() -> GoldReader:
    return GoldReader()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the lexicon's countries and bodies, and no article."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    with open_store(path) as opened:
        opened.learn(read_reference(RULES))
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    with open_store(copy(empty_store, tmp_path / "store.db")) as opened:
        yield opened


def contents(store: Store) -> list[str]:
    """Everything that the store holds, for telling whether something changed."""
    return list(store.connection.iterdump())


@pytest.fixture
def dump() -> Any:
    return contents
