"""The extraction record: what one article reports, as one JSON object ("The record" in README.md describes it).

Enums are written by name and missing slots are left out. `evidence` holds the spans of the sentences that carry the
event. Two slots go beyond what gold files hold: a statement's `content`, and a meeting's `sidelines_of` (index in
`events`). `sentences` lists only those that were too long to be read whole, and is left out where there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any

import orjson

from engine.facts import EVENTS, Event, Extraction, Mention, Person, Sentence

_ARTICLE_FIELDS = ("id", "published_on", "dateline", "agency", "title", "url", "text")
# Written as one string where one, as a list where several.
_ONE_OR_MANY = frozenset({"speaker", "target"})
_NAMES = {kind: tuple(f.name for f in fields(kind) if f.name != "evidence") for kind in EVENTS}
_SLOTS = {kind: (names, attrgetter(*names)) for kind, names in _NAMES.items()}


def record(extraction: Extraction) -> dict[str, Any]:
    """The extraction as a record: a dict of what JSON can hold, keys in a fixed order."""
    sentences = extraction.sentences
    text = extraction.article.text
    return assembled(
        {name: getattr(extraction.article, name) for name in _ARTICLE_FIELDS},
        [person_record(person) for person in extraction.people],
        [event_record(event, sentences) for event in extraction.events],
        [mention_record(mention, text) for mention in in_text_order(extraction.mentions)],
        [{"index": s.index, "start": s.start, "end": s.end, "truncated": True} for s in sentences if s.truncated],
    )


def assembled(
    article: dict[str, Any],
    people: list[dict[str, Any]],
    events: list[dict[str, Any]],
    mentions: list[dict[str, Any]],
    truncated: list[dict[str, Any]],
) -> dict[str, Any]:
    """A record of its parts; the article's fields that are None are left out."""
    whole = {name: article[name] for name in _ARTICLE_FIELDS if article.get(name) is not None}
    whole |= {"people": people, "events": events, "mentions": mentions}
    if truncated:
        whole["sentences"] = truncated
    return whole


def event_record(event: Event, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """One event of a record, with the spans of its sentences, sorted and merged where they overlap, as evidence."""
    facts: dict[str, Any] = {"type": event.TYPE.name}
    names, slots = _SLOTS[type(event)]
    for name, value in zip(names, slots(event), strict=True):
        if value is None or value is False or value == []:
            continue
        if isinstance(value, Enum):
            # `_name_` is what `name` gives, without the cost of a property; storing articles spends its time here.
            facts[name] = value._name_
        elif name in _ONE_OR_MANY and len(value) == 1 and isinstance(value, list):
            facts[name] = value[0]
        else:
            facts[name] = value
    if event.evidence:
        facts["evidence"] = _spans(sentences[e.sentence] for e in event.evidence)
    return facts


def person_record(person: Person) -> dict[str, Any]:
    """One person of a record: name, country or organization, post."""
    told = {"name": person.name, "country": person.country, "organization": person.organization, "post": person.post}
    return {name: value for name, value in told.items() if value is not None}


def mention_record(mention: Mention, text: str) -> dict[str, Any]:
    """One mention of a record, with the words of the text that it spans."""
    return {
        "kind": mention.kind.name,
        "start": mention.start,
        "end": mention.end,
        "text": text[mention.start : mention.end],
        "value": mention.value,
    }


def in_text_order(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in text order, the longest first where nested."""
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end))


def to_json_line(whole: dict[str, Any]) -> bytes:
    """The record as one line of UTF-8 JSON with its newline; keys stand in the order of `record`."""
    return orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)


def _spans(sentences: Iterable[Sentence]) -> list[list[int]]:
    spans: list[list[int]] = []
    for start, end in sorted({(s.start, s.end) for s in sentences}):
        if spans and start < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    return spans
