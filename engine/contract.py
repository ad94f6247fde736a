"""What rules may name: the facts with their fields, and the value phrases with theirs.

A value phrase stands in a field as a record of its own (a person, a party, a place, a time). Every other phrase is mere
wording and may fill fields of facts only.
"""

from __future__ import annotations

from dataclasses import fields

from engine.facts import EVENTS

VALUES: dict[str, dict[str, str]] = {
    "person": {
        "name": "The name as written there.",
        "post": "The post as written there.",
        "country": "The state whose post it is.",
        "organization": "The body served.",
        "level": "The rank of the post, from the lexicon.",
        "possessor": "Whose counterpart, spokesman or envoy.",
    },
    "party": {
        "country": "A state, by code.",
        "organization": "A body, by its short name.",
        "body": "A body, by its short name, from the lexicon.",
        "kind": "The kind of body, from the lexicon.",
        "possessor": "Whose organ or official.",
        "count": "How many, as in 'the three countries'.",
        "post": "The post of an unnamed official.",
        "level": "The rank of the post, from the lexicon.",
        "described": "The words of a speaker who is only described.",
    },
    "place": {"city": "A city or place, by name.", "country": "Its state, by code.", "name": "The words."},
    "time": {
        "unit": "day, week, month, quarter, year, weekday, part, season, holiday ...",
        "value": "The lexicon's value: number of the month or weekday, code of the unit.",
        "weekday": "A day of the week.",
        "month": "A month.",
        "day": "The day of the month.",
        "year": "The year.",
        "decade": "The decade.",
        "shift": "last, this, next, ago, hence, earlier, later.",
        "count": "How many units.",
        "part": "The part of the day.",
        "modifier": "early, mid, late.",
        "reference": "now, past or future without a date.",
        "until": "The end of an interval.",
        "number": "A number, from the lexicon.",
    },
}
"""Value phrases and their fields, each with the sentence that describes it."""

MARKS = frozenset({"member", "head", "of"})
"""Names that any phrase may use: a list's members, and the word whose classes the phrase takes over."""


def contract() -> dict[str, frozenset[str]]:
    """The fields of each fact and value phrase, by rule name."""
    facts = {event.TYPE.name.lower(): frozenset(f.name for f in fields(event)) for event in EVENTS}
    return facts | {name: frozenset(described) for name, described in VALUES.items()}


def field_names() -> frozenset[str]:
    """Every name that a rule may have without being a fact, a phrase or `_wording`."""
    return frozenset().union(*contract().values()) | MARKS
