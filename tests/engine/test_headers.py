"""The tables of rules/ are as rules/datapackage.json describes them, and mistakes in a table are told."""

from __future__ import annotations

import csv
import json
import shutil
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RulesError
from engine.facts import EventStatus, MeetingLevel, MeetingMode, StatementAct, WeaponKind
from engine.rules import RULES, load_rules

PACKAGE: dict[str, Any] = json.loads((RULES / "datapackage.json").read_text("utf-8"))
VALUES: dict[str, type[Enum]] = {
    "status": EventStatus,
    "level": MeetingLevel,
    "mode": MeetingMode,
    "act": StatementAct,
    "weapon": WeaponKind,
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def message(rules: Path, file: str, old: str, new: str) -> str:
    """What is said of a table in which a text was replaced once."""
    path = rules / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulesError) as error:
        load_rules(rules, cached=False)
    return str(error.value)


def test_every_table_is_described_and_every_description_has_a_table() -> None:
    described = {resource["path"] for resource in PACKAGE["resources"]}
    assert described == {path.relative_to(RULES).as_posix() for path in RULES.rglob("*.csv")}


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_the_columns_are_those_of_the_table_each_with_a_sentence(resource: dict[str, Any]) -> None:
    with (RULES / resource["path"]).open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == header
    assert all(field["description"].endswith(".") or "(" in field["description"] for field in fields)


def test_the_values_are_those_of_the_facts() -> None:
    for resource in PACKAGE["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] in VALUES and "enum" in field.get("constraints", {}):
                assert set(field["constraints"]["enum"]) <= set(VALUES[field["name"]].__members__), field


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lexicon/verb.csv", "class,act", "clas,act", "rules/lexicon/verb.csv:1: unknown column 'clas'; class,act,"),
        ("lexicon/given.csv", "GIVEN\n", "", "rules/lexicon/given.csv:1: "),
        (
            "lexicon/surname.csv",
            "origin,states,mainland,stands,SURNAME",
            "SURNAME,states,mainland,stands,origin",
            "rules/lexicon/surname.csv:1: other order",
        ),
        ("lexicon/surname.csv", "korean,", "corean,", "'corean' as origin; origin is one of chinese, japanese, korean"),
        ("lexicon/country.csv", "\nAFG,", "\nAfg,", "'Afg' as country; country fits [A-Z]{3}: Its ISO 3166-1"),
        ("lexicon/country.csv", "\nAFG,", "\n,", "'' as country; country is never empty; mend the cell"),
        ("shapes.csv", "terminal,pattern", "terminal,patern", "rules/shapes.csv:1: unknown column 'patern'"),
        ("shapes.csv", "\nLY,[a-z]+ly", "\nLY,[a-z+ly", "LY: unterminated character set at position 0; a regular"),
    ],
)
def test_a_mistake_in_a_table_is_told(rules: Path, file: str, old: str, new: str, said: str) -> None:
    assert said in message(rules, file, old, new)


def test_a_description_that_cannot_be_read_is_told(rules: Path) -> None:
    said = message(rules, "datapackage.json", '"resources": [', '"resources": [,')
    assert said.startswith("rules/datapackage.json:5: cannot be read")


def test_tables_without_a_description_are_taken_as_they_are(rules: Path) -> None:
    (rules / "datapackage.json").unlink()
    path = rules / "lexicon" / "surname.csv"
    path.write_text(path.read_text("utf-8").replace("korean,", "corean,", 1), "utf-8")
    load_rules(rules, cached=False)
