"""The README's worked example does what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from engine.checks import check
from engine.rules import RULES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block(language: str, containing: str) -> str:
    """The README's code block of a language that holds a text."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    return next(text for text in blocks if containing in text)


def test_the_new_phrasing_is_read_with_the_alternative_and_not_before(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    corpus = rules / "meeting.corpus"
    had = corpus.read_text(encoding="utf-8") if corpus.exists() else ""
    corpus.write_text(had + "\n" + block("corpus", "=== compared notes"), encoding="utf-8")
    before, _ = check(rules, "meeting")
    assert [finding.what for finding in before if "is not read" in finding.what]
    grammar = rules / "meeting.lark"
    text = grammar.read_text(encoding="utf-8")
    alternative = block("lark", "compared_notes")
    lines = text.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith("       | "))
    grammar.write_text("".join([*lines[:first], alternative, *lines[first:]]), encoding="utf-8")
    after, count = check(rules, "meeting")
    assert after == []
    assert count > 0
