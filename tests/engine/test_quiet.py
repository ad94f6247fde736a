"""Texts that look diplomatic and are not: they give no event but statements."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.facts import Article
from engine.reader import Reader

QUIET = sorted((Path(__file__).parent.parent / "quiet").glob("*.txt"))


@pytest.mark.parametrize("file", QUIET, ids=lambda file: file.stem)
def test_quiet_texts_give_no_event(reader: Reader, file: Path) -> None:
    found = reader.read(Article(file.stem, file.read_text(encoding="utf-8"), "2019-05-14")).events
    assert [event for event in found if event.TYPE.name != "STATEMENT"] == []
