"""The README's worked example does what it says."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from pathlib import Path
from typing import Any

import httpx

from api.app import Chancery, create_app
from engine.checks import check
from engine.ingest import read_articles
from engine.reader import Reader
from engine.rules import RULES
from engine.store.store import open_store

SEEDS = Path(__file__).parent.parent / "seeds"
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block(language: str, containing: str) -> str:
    """The README's code block of a language that holds a text."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    return next(text for text in blocks if containing in text)


def test_the_new_phrasing_is_read_with_the_alternative_and_not_before(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    corpus = rules / "meeting.corpus"
    had = corpus.read_text(encoding="utf-8") if corpus.exists() else ""
    corpus.write_text(had + "\n" + block("corpus", "=== put their heads together"), encoding="utf-8")
    before, _ = check(rules, "meeting")
    assert [finding.what for finding in before if "is not read" in finding.what]
    grammar = rules / "meeting.lark"
    text = grammar.read_text(encoding="utf-8")
    alternative = block("lark", "put_heads_together")
    lines = text.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith("       | "))
    grammar.write_text("".join([*lines[:first], alternative, *lines[first:]]), encoding="utf-8")
    after, count = check(rules, "meeting")
    assert after == []
    assert count > 0


def test_the_first_query_has_the_answer_that_the_readme_shows(tmp_path: Path) -> None:
    database = tmp_path / "chancery.db"
    with open_store(database) as store:
        outcomes = list(store.ingest_many(read_articles([str(SEEDS)], refuse), Reader.load()))
    assert len(outcomes) == 1
    answer = asyncio.run(ask(create_app(database), block("graphql", "meetings(")))
    assert answer == json.loads(block("json", '"data"'))


async def ask(app: Chancery, query: str) -> Any:
    """What the application answers to a query."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        return (await client.post("/graphql", json={"query": query})).json()


def refuse(error: Exception) -> None:
    """No seed may be refused."""
    raise error
