"""The texts that benchmarks read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from engine.facts import Article
from engine.ingest import read_articles

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("id", "text", "published_on", "dateline", "agency")


def articles_of(paths: Iterable[str] = ()) -> list[Article]:
    """All gold and seed texts, and those of further files and folders."""
    gold = sorted(path for path in (ROOT / "tests" / "gold").rglob("*.json") if path.name != "floors.json")
    read = (json.loads(path.read_text(encoding="utf-8")) for path in gold)
    articles = [Article(*map(fields.get, FIELDS)) for fields in read]
    return [*articles, *read_articles([ROOT / "seeds", *paths])]
