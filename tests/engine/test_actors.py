"""Which parties are countries."""

from engine.reader import Reader
from engine.resolve.actors import COUNTRIES, is_country


def test_the_countries_are_those_of_the_lexicon(reader: Reader) -> None:
    rows = reader.rules.lexicon.rows
    assert {values["country"] for file, _, values in rows if file.endswith("country.csv")} == COUNTRIES


def test_letters_of_a_body_are_no_country() -> None:
    assert is_country("NOR")
    assert not is_country("NDP")
