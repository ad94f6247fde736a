"""The lexicons of places: countries, cities, bodies and agencies are complete, consistent and free of doubles."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pycountry
import pytest

LEXICON = Path(__file__).parent.parent / "rules" / "lexicon"

HEADERS = {
    "country": ["country", "lacks", "hosts", "COUNTRY", "DEMONYM", "CAPITAL", "NICKNAME"],
    "city": ["country", "CITY"],
    "body": ["organization", "country", "kind", "BODY"],
    "agency": ["agency", "country", "city", "domestic", "kind", "AGENCY"],
}
FEWEST_ROWS = {"country": 256, "city": 2000, "body": 400, "agency": 60}
BEYOND_ISO = {"XKX", "SUN", "YUG", "SCG", "CSK", "DDR", "YMD"}
KINDS = {"international", "bloc", "armed_group", "state_organ", "party", "ngo", "company"}

UNPEOPLED = {"ATA", "ATF", "BVT", "HMD", "SGS", "SJM", "UMI"}
# Their word belongs to a larger neighbour (Congolese, Dominican), or there is none.
WITHOUT_DEMONYM = UNPEOPLED | {"COG", "DMA", "SCG", "VAT"}
# Places that are their own capital or have none, vanished states whose capital is another's now (Moscow, Prague), and
# small capitals that are surnames far more often in the news (Hamilton, Douglas, Victoria).
WITHOUT_CAPITAL = (UNPEOPLED - {"SJM"}) | {"AIA", "CCK", "CXR", "HKG", "IOT", "MAC", "TKL"}
WITHOUT_CAPITAL |= {"SUN", "YUG", "SCG", "CSK", "YMD"} | {"BMU", "IMN", "NFK", "SHN", "SYC"}


def table(name: str) -> list[list[str]]:
    """All rows of a lexicon file, its header first."""
    with (LEXICON / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def records(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon file by column name."""
    header, *rows = table(name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def forms(name: str, column: str) -> list[str]:
    """Every form of a column, in file order."""
    return [form for row in records(name) if row[column] for form in row[column].split("|")]


COUNTRIES = {row["country"]: row for row in records("country")}


@pytest.mark.parametrize("name", HEADERS)
def test_header_and_width(name: str) -> None:
    header, *rows = table(name)
    assert header == HEADERS[name]
    assert [row for row in rows if len(row) != len(header)] == []
    assert len(rows) >= FEWEST_ROWS[name]


@pytest.mark.parametrize("name", HEADERS)
def test_lines_end_with_line_feed(name: str) -> None:
    text = (LEXICON / f"{name}.csv").read_bytes()
    assert b"\r" not in text
    assert text.endswith(b"\n")


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name, header in HEADERS.items() for column in header if column.isupper()]
)
def test_forms_stand_once_and_are_clean(name: str, column: str) -> None:
    found = forms(name, column)
    assert [form for form, count in Counter(found).items() if count > 1] == []
    assert [form for form in found if not form or form != " ".join(form.split()) or "’" in form] == []
    assert [form for form in found if form.lower().startswith("the ") and form.lower() != "the hague"] == []


@pytest.mark.parametrize("name", ["city", "body", "agency"])
def test_every_row_has_words(name: str) -> None:
    column = HEADERS[name][-1]
    assert [row for row in records(name) if not row[column]] == []


@pytest.mark.parametrize(
    ("name", "value", "column"), [("body", "organization", "BODY"), ("agency", "agency", "AGENCY")]
)
def test_the_value_is_the_main_form(name: str, value: str, column: str) -> None:
    assert [row for row in records(name) if row[column].split("|")[0] != row[value]] == []


def test_countries_are_the_iso_list_and_the_extras() -> None:
    codes = [row["country"] for row in records("country")]
    assert len(codes) == len(set(codes))
    assert set(codes) == {country.alpha_3 for country in pycountry.countries} | BEYOND_ISO


def test_every_country_has_a_name() -> None:
    assert [code for code, row in COUNTRIES.items() if not row["COUNTRY"]] == []


def test_every_country_with_people_has_a_demonym_and_a_capital() -> None:
    assert {code for code, row in COUNTRIES.items() if not row["DEMONYM"]} == WITHOUT_DEMONYM
    assert {code for code, row in COUNTRIES.items() if not row["CAPITAL"]} == WITHOUT_CAPITAL


@pytest.mark.parametrize("name", ["city", "body", "agency"])
def test_country_codes_are_known(name: str) -> None:
    assert {row["country"] for row in records(name)} - set(COUNTRIES) <= {""}


def test_capitals_are_cities_of_their_country() -> None:
    where = {form: row["country"] for row in records("city") for form in row["CITY"].split("|")}
    wrong = [
        (code, capital)
        for code, row in COUNTRIES.items()
        for capital in filter(None, row["CAPITAL"].split("|"))
        if where.get(capital) != code
    ]
    assert wrong == []


def test_cities_of_agencies_are_known() -> None:
    known = set(forms("city", "CITY"))
    assert [row for row in records("agency") if row["city"] and row["city"] not in known] == []


def test_bodies_are_of_known_kinds_and_state_organs_have_a_state() -> None:
    bodies = records("body")
    assert {row["kind"] for row in bodies} == KINDS
    assert [row for row in bodies if row["kind"] == "state_organ" and not row["country"]] == []
    assert [row for row in bodies if row["kind"] in ("bloc", "international") and row["country"]] == []


@pytest.mark.parametrize(
    ("form", "column", "code"),
    [
        ("Republic of Korea", "COUNTRY", "KOR"),
        ("DPRK", "COUNTRY", "PRK"),
        ("U.S.", "COUNTRY", "USA"),
        ("U.S.", "DEMONYM", "USA"),
        ("Burma", "COUNTRY", "MMR"),
        ("Zaire", "COUNTRY", "COD"),
        ("Serbs", "DEMONYM", "SRB"),
        ("Yugoslav", "DEMONYM", "YUG"),
        ("Soviet", "DEMONYM", "SUN"),
        ("Palestinians", "DEMONYM", "PSE"),
        ("Kiev", "CAPITAL", "UKR"),
        ("Ramallah", "CAPITAL", "PSE"),
        ("Jerusalem", "CAPITAL", "ISR"),
        ("North", "NICKNAME", "PRK"),
    ],
)
def test_names_of_countries(form: str, column: str, code: str) -> None:
    assert [row["country"] for row in records("country") if form in row[column].split("|")] == [code]


@pytest.mark.parametrize(
    ("form", "body", "country"),
    [
        ("United Nations", "UN", ""),
        ("Security Council", "UN Security Council", ""),
        ("Group of Eight", "G8", ""),
        ("al-Qaeda", "al-Qaida", ""),
        ("Cheong Wa Dae", "Blue House", "KOR"),
        ("Capitol Hill", "US Congress", "USA"),
        ("Revolutionary Guards", "Revolutionary Guards", "IRN"),
    ],
)
def test_names_of_bodies(form: str, body: str, country: str) -> None:
    found = [(row["organization"], row["country"]) for row in records("body") if form in row["BODY"].split("|")]
    assert found == [(body, country)]


@pytest.mark.parametrize("form", ["Korean", "Korea", "Arab", "European"])
def test_words_of_several_countries_are_left_out(form: str) -> None:
    assert form not in forms("country", "COUNTRY") + forms("country", "DEMONYM")


@pytest.mark.parametrize(
    "form", ["Reading", "Mobile", "Of", "Same", "Split", "Bath", "March", "Man", "Most", "Normal", "Hope"]
)
def test_plain_words_are_no_cities(form: str) -> None:
    assert form not in forms("city", "CITY")
