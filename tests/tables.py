"""Prints how well the annotated articles are read: `python -m tests.tables [--misses]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from tests.score import score

GOLD = Path(__file__).parent / "gold"
FIELDS = ("published_on", "dateline", "agency")
SETS = {
    "the seed": "seed.json",
    "eight hard articles, given": "dev",
    "twelve articles, open": "open",
    "twelve articles, blind (only ever scored)": "blind",
}


def golds(name: str) -> dict[str, Any]:
    """The annotated records of a file or folder of tests/gold, by id."""
    place = GOLD / name
    files = sorted(place.glob("*.json")) if place.is_dir() else [place]
    return {gold["id"]: gold for gold in (json.loads(file.read_text(encoding="utf-8")) for file in files)}


def scores(reader: Reader, name: str) -> tuple[dict[str, Any], list[Any]]:
    """Precision, recall and F1 of a file or folder of tests/gold, and what was missed or made up."""
    gold = golds(name)
    read = {key: record(reader.read(Article(key, g["text"], *map(g.get, FIELDS)))) for key, g in gold.items()}
    table, misses = score(gold, read)
    return table, misses


def main() -> None:
    """Print one table a set."""
    reader = Reader.load()
    for title, name in SETS.items():
        table, misses = scores(reader, name)
        print(f"\n{title}\n{'':24}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'extra':>7}{'missed':>7}")
        for key, row in table.items():
            if row["tp"] + row["fp"] + row["fn"]:
                figures = "".join(f"{row[part]:7.3f}" for part in ("p", "r", "f1"))
                print(f"{key:24}{figures}{row['tp']:7}{row['fp']:7}{row['fn']:7}")
        if "--misses" in sys.argv and name != "blind":
            for miss in misses:
                print("\t".join(map(str, miss)))


if __name__ == "__main__":
    main()
