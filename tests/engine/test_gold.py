"""The annotated articles: the seed exactly, the others at no less than the floor reached."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from tests.score import score

GOLD = Path(__file__).parent.parent / "gold"
FIELDS = ("published_on", "dateline", "agency")
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


def table(reader: Reader, files: list[Path]) -> dict[str, Any]:
    golds = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    read = {g["id"]: record(reader.read(Article(g["id"], g["text"], *map(g.get, FIELDS)))) for g in golds}
    scores, _ = score({g["id"]: g for g in golds}, read)
    return scores


def test_the_seed_is_read_whole_and_nothing_is_made_up(reader: Reader) -> None:
    scores = table(reader, [GOLD / "seed.json"])
    wrong = {
        name: row for name, row in scores.items() if (row["fp"] or row["fn"]) and row["tp"] + row["fp"] + row["fn"]
    }
    assert not wrong


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_no_score_falls(reader: Reader, folder: str) -> None:
    scores = table(reader, sorted((GOLD / folder).glob("*.json")))
    fallen = {name: (scores[name]["f1"], floor) for name, floor in FLOORS[folder].items() if scores[name]["f1"] < floor}
    assert not fallen
