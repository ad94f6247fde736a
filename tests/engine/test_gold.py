"""The annotated articles: the seed exactly, the others at no less than the floor reached."""

from __future__ import annotations

import json

import pytest

from engine.reader import Reader
from tests.tables import GOLD, scores

FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


def test_the_seed_is_read_whole_and_nothing_is_made_up(reader: Reader) -> None:
    table, _ = scores(reader, "seed.json")
    assert {name: row for name, row in table.items() if row["fp"] or row["fn"]} == {}


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_no_score_falls(reader: Reader, folder: str) -> None:
    table, _ = scores(reader, folder)
    fallen = {name: (table[name]["f1"], floor) for name, floor in FLOORS[folder].items() if table[name]["f1"] < floor}
    assert fallen == {}
