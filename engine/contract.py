"""What rules may name: the facts with their fields, and the value phrases with theirs.

A value phrase stands in a field as a record of its own (a person, a party, a place, a time). Every other phrase is mere
wording and may fill fields of facts only.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache

from engine.facts import EVENTS

VALUES: dict[str, dict[str, str]] = {
    "person": {
        "name": "The name as written there.",
        "post": "The post as written there.",
        "country": "The state whose post it is.",
        "organization": "The body served.",
        "unit": "What of the state or body the post is of, as written there.",
        "rank": "The rank that stands before the state whose post it is.",
        "level": "The rank of the post, from the lexicon.",
        "possessor": "Whose counterpart, spokesman or envoy.",
        "gender": "Mr. or Mrs., or of whom the given name or post is, from the lexicon.",
        "bearer": "The name of whose counterpart, spokesman or envoy it is.",
    },
    "party": {
        "country": "A state, by code.",
        "organization": "A body, by its short name.",
        "body": "A body, by its short name, from the lexicon.",
        "kind": "The kind of body, from the lexicon.",
        "possessor": "Whose organ or official.",
        "count": "How many, as in 'the three countries'.",
        "post": "The post of an unnamed official.",
        "bearer": "The name of whose government it is.",
        "organ": "What of its state it is, as written there.",
        "level": "The rank of the post, from the lexicon.",
        "described": "The words of a speaker who is only described.",
    },
    "place": {"city": "A city or place, by name.", "country": "Its state, by code.", "name": "The words."},
    "dateline": {"city": "Where the article is written.", "agency": "For which agency, outlet or body."},
    "time": {
        "weekday": "A day of the week, 1 for Monday.",
        "day": "The day of the month, or which day: same, previous, following.",
        "month": "A month by number, or which one: last, this, next ...",
        "year": "A year in digits, or which one.",
        "date": "A date in digits, as in 2016-10-27.",
        "offset": "Days from publication, as in 'yesterday'.",
        "holiday": "A day by name: month and day, a rule such as EASTER-2, or nothing where it moves.",
        "part": "The part of the day (MO, AF, EV, NI, DT), or which night or morning.",
        "am": "A clock time before noon.",
        "pm": "A clock time after noon.",
        "clock": "A clock time of 24 hours.",
        "week": "Which week.",
        "weekend": "Which weekend.",
        "quarter": "A quarter by number, or which one.",
        "half": "Which half of the year.",
        "season": "A season: SP, SU, FA, WI.",
        "decade": "A decade in digits, or which one.",
        "century": "A century by number, or which one.",
        "shift": "Which one: last, this, next, same, previous, following.",
        "article": "'the' before a unit: the one spoken of.",
        "relation": "The one before or after.",
        "boundary": "The end of the year.",
        "distance": "Which way: ago, hence, earlier, later.",
        "distance_word": "A year before, told in one word.",
        "count": "How many units.",
        "unit": "The unit, by its code in TIMEX3: D, W, M, Y, TH ...",
        "number": "A number, from the lexicon.",
        "value": "A value, from the lexicon.",
        "edge": "Which end of the time: later.",
        "share": "Half a unit.",
        "fraction": "Half a unit more.",
        "hours": "A length in hours, as in '48-hour'.",
        "days": "A length in days.",
        "weeks": "A length in weeks.",
        "months": "A length in months.",
        "years": "A length in years.",
        "reference": "PRESENT_REF, PAST_REF or FUTURE_REF, or the mark past or future.",
        "since": "Where an interval begins.",
        "until": "Where an interval ends.",
        "point": "One end of an interval.",
    },
}
"""Value phrases and their fields, each with the sentence that describes it."""

MARKS = frozenset({"member", "head", "control", "reference", "aside"})
"""Names that any rule may use: a list's members, the words whose classes a phrase takes
over (its head, and the verb that governs the head), and how a fact points
back: `definite` (one told before), `separately` (one with each); an `aside` tells of something else."""


def contract() -> dict[str, frozenset[str]]:
    """The fields of each fact and value phrase, by rule name."""
    facts = {event.TYPE.name.lower(): frozenset(f.name for f in fields(event)) for event in EVENTS}
    return facts | {name: frozenset(described) for name, described in VALUES.items()}


def field_names() -> frozenset[str]:
    """Every name that a rule may have without being a fact, a phrase or `_wording`."""
    return frozenset().union(*contract().values()) | MARKS


@lru_cache(maxsize=1000)
def slot_and_value(rule: str) -> tuple[str, str | None]:
    """The slot that a rule fills, and the value or mark that its name tells: `status_planned` fills `status` as
    `-> planned` does. A fact, a phrase and a slot's own name tell none."""
    names = {*field_names(), *VALUES}
    if rule[0] != "_" and rule not in names and rule not in contract():
        for at in range(len(rule) - 1, 0, -1):
            if rule[at] == "_" and rule[:at] in names and rule[at + 1 :]:
                return rule[:at], rule[at + 1 :]
    return rule, None
