"""Time expressions: the examples of rules/phrases/time.corpus, and the calendar's own arithmetic.

The examples are read with the grammars of times, places and verbs only, so that no other rule decides what a time is.
Every TIME of a text must be listed, in order, with its text and its TIMEX3 value; `no TIME` says that there is none.
"""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from engine.contract import contract
from engine.corpus import Example, read_corpus
from engine.interpret import Draft, Interpreter
from engine.rules import RULES, Rules, load_rules
from engine.sources import Sources
from engine.times import calendar, days
from engine.times.chronology import Chronology
from engine.times.days import When
from engine.times.view import Timex
from engine.words import sentences_of

EXAMPLES = read_corpus("phrases/time.corpus", Sources.read(RULES).text("phrases/time.corpus"))
FRIDAY = date(2016, 10, 21)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    folder = tmp_path_factory.mktemp("rules")
    shutil.copytree(RULES / "lexicon", folder / "lexicon")
    (folder / "phrases").mkdir()
    for name in ("shapes.csv", "phrases/place.lark", "phrases/time.lark", "phrases/verb.lark"):
        shutil.copy(RULES / name, folder / name)
    return load_rules(folder)


def read(rules: Rules, text: str, published: date | None) -> list[tuple[str, Timex]]:
    """The times of a text, with what each means."""
    passage = rules.vocabulary.passage(text)
    interpreter = Interpreter(rules.cascade.alphabet, contract(), passage.pieces)
    layer = rules.cascade.layers[rules.cascade.stage_of("time") - 1].only("time")
    chronology, found = Chronology(published), []
    for begin, end in sentences_of(passage):
        times = layer.read(rules.vocabulary.items(passage, begin, end))
        for named in chronology.read(times, rules.cascade.phrases(times), interpreter):
            start, stop = passage.span(named.begin, named.end)
            found.append((text[start:stop], named.timex))
    return found


def when_of(rules: Rules, text: str, published: date | None = FRIDAY) -> When | None:
    """The days of the last phrase of a text, intervals whole."""
    passage = rules.vocabulary.passage(text)
    items = rules.cascade.phrases(rules.vocabulary.items(passage, 0, len(passage.words)))
    interpreter = Interpreter(rules.cascade.alphabet, contract(), passage.pieces)
    chronology = Chronology(published)
    chronology.read(items, items, interpreter)
    return list(chronology.resolved.values())[-1].when


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example, rules: Rules) -> None:
    published = example.headers.get("published")
    found = read(rules, example.text, date.fromisoformat(published) if published else None)
    have = [f"{text} | {timex.value}" for text, timex in found]
    assert have == [f"{fact.slots['text']} | {fact.slots['value']}" for fact in example.facts]


@pytest.mark.parametrize(
    ("text", "iso", "granularity"),
    [
        ("met on Thursday", "2016-10-20", "DAY"),
        ("met last night", "2016-10-20", "DAY"),
        ("will meet next week", "2016-10-24/2016-10-30", "WEEK"),
        ("met in April last year", "2015-04", "MONTH"),
        ("met in late September", "2016-09", "MONTH"),
        ("fell in the third quarter", "2016-07-01/2016-09-30", "QUARTER"),
        ("met in 2011", "2011", "YEAR"),
        ("will meet on Nov. 30 to Dec. 2", "2016-11-30/2016-12-02", "INTERVAL"),
        ("met from Oct. 12 to 14", "2016-10-12/2016-10-14", "INTERVAL"),
        ("met in the 1990s", "1990-01-01/1999-12-31", "INTERVAL"),
        ("met last winter", "2015-12-01/2016-02-29", "INTERVAL"),
        ("will meet over the weekend", "2016-10-22/2016-10-23", "INTERVAL"),
    ],
)
def test_days_of_a_time(rules: Rules, text: str, iso: str, granularity: str) -> None:
    when = when_of(rules, text)
    assert when is not None
    assert (when.iso, when.granularity) == (iso, granularity)


@pytest.mark.parametrize("text", ["met recently", "will meet soon", "for three days", "every year", "at 10 a.m."])
def test_no_days_told(rules: Rules, text: str) -> None:
    assert when_of(rules, text) is None


@pytest.mark.parametrize("text", ["met on Feb. 30", "met on Feb. 30, 2015", "met on June 31"])
def test_a_day_that_does_not_exist(rules: Rules, text: str) -> None:
    assert read(rules, text, FRIDAY) == []


def test_a_far_time_has_no_days(rules: Rules) -> None:
    assert read(rules, "Signed 90000 years ago, it holds.", FRIDAY) == []


def test_leap_day_in_the_nearest_leap_year(rules: Rules) -> None:
    assert read(rules, "They met on Feb. 29.", date(2015, 3, 1)) == [
        ("Feb. 29", Timex("2012-02-29", "DATE", days.day_of(date(2012, 2, 29))))
    ]


def test_weekday_tells_the_year(rules: Rules) -> None:
    (found,) = read(rules, "The pact was signed on Thursday, Oct. 22.", FRIDAY)
    assert found[1].value == "2015-10-22"


@pytest.mark.parametrize(
    ("year", "rule", "day"),
    [
        (2016, "EASTER", date(2016, 3, 27)),
        (2000, "EASTER", date(2000, 4, 23)),
        (2024, "EASTER-2", date(2024, 3, 29)),
        (2016, "11-4THU", date(2016, 11, 24)),
        (2016, "09-1MON", date(2016, 9, 5)),
        (2016, "12-25", date(2016, 12, 25)),
    ],
)
def test_feasts(year: int, rule: str, day: date) -> None:
    assert days.feast_of(year, rule) == day


def test_feast_with_a_wrong_rule() -> None:
    with pytest.raises(ValueError, match="write 12-25, 11-4THU or EASTER-2 in the lexicon"):
        days.feast_of(2016, "full moon")


def test_run_of_days_backwards() -> None:
    with pytest.raises(ValueError, match="the end must not lie before the start"):
        days.days_between(FRIDAY, date(2016, 10, 20))


def test_unknown_alias() -> None:
    with pytest.raises(ValueError, match="allowed: century, clock, day"):
        calendar.value(Draft("time", "eon", 0, 1), FRIDAY)
