"""Which parties are countries, and which names people's."""

from engine.facts import Article
from engine.reader import Reader
from engine.resolve.actors import COUNTRIES, is_country


def test_the_countries_are_those_of_the_lexicon(reader: Reader) -> None:
    rows = reader.rules.lexicon.rows
    assert {values["country"] for file, _, values in rows if file.endswith("country.csv")} == COUNTRIES


def test_letters_of_a_body_are_no_country() -> None:
    assert is_country("NOR")
    assert not is_country("NDP")


def test_what_has_a_number_in_its_name_is_no_person(reader: Reader) -> None:
    told = reader.read(Article("a", "Malta said a US Air Force F-15 Eagle chased a plane. Pope John Paul II left."))
    assert [person.name for person in told.people] == ["John Paul II"]
