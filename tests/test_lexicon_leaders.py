"""Who led or spoke for which state: rules/lexicon/leader.csv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from engine.lexicon import tokens_of
from engine.rules import RULES, load_rules

LEXICON = Path(__file__).parents[1] / "rules" / "lexicon"


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of the lexicon."""
    with (LEXICON / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


LEADERS = rows_of("leader.csv")


def test_rows_stand_by_country_and_name() -> None:
    countries = [row["country"] for row in LEADERS]
    assert countries == sorted(countries)


def test_every_state_is_one_of_the_lexicon() -> None:
    assert {row["country"] for row in LEADERS} - {row["country"] for row in rows_of("country.csv")} == set()


def test_years_in_office_are_in_order_and_of_times_of_which_news_still_tells() -> None:
    odd = [row for row in LEADERS if row["until"] and not row["since"] <= row["until"]]
    assert (odd, [row for row in LEADERS if not "1900" < row["since"] < "2025"]) == ([], [])


def test_every_name_is_one_word() -> None:
    """A form of several words would be read as one word where it stands in a text."""
    assert [form for row in LEADERS for form in row["LEADER"].split("|") if len(tokens_of(form)) != 1] == []


def test_nobody_stands_twice() -> None:
    seen: set[tuple[str, str, str]] = set()
    for row in LEADERS:
        people = {
            (row["country"], given, name) for given in row["given"].split("|") for name in row["LEADER"].split("|")
        }
        assert not people & seen, row
        seen |= people


@pytest.mark.parametrize(
    ("name", "year", "states"),
    [("Obama", "2012", {"USA"}), ("Powell", "2003", {"USA"}), ("Albright", "2003", set())],
)
def test_who_is_in_office_when(name: str, year: str, states: set[str]) -> None:
    known = (row for row in LEADERS if name in row["LEADER"].split("|"))
    assert {row["country"] for row in known if row["since"] <= year <= (row["until"] or year)} == states


@pytest.mark.parametrize("word", ["Lake", "Summers"])
def test_a_plain_word_at_the_start_of_a_sentence_is_no_name_because_somebody_bears_it(word: str) -> None:
    assert word in {row["LEADER"] for row in LEADERS}
    vocabulary = load_rules(RULES).vocabulary
    signature = vocabulary.initial(vocabulary.meet(f"{word} "))
    assert not vocabulary.alphabet.masks[signature] & vocabulary.alphabet.bits["NAME"]
