"""Where sentences end."""

from __future__ import annotations

import pytest

from engine.facts import Article
from engine.reader import Reader

SPLITS = {
    "an acronym at the end": ["He told TASS.", "On Monday, talks began."],
    "an initial within": ["He met John F. Kennedy.", "They spoke."],
    "a title within": ["He met Mr. Lee and Gen. Park.", "They spoke."],
    "an initialism at the end": ["He flew to the U.S.", "The talks began."],
}


@pytest.mark.parametrize("sentences", SPLITS.values(), ids=SPLITS.keys())
def test_sentences_end_where_they_should(reader: Reader, sentences: list[str]) -> None:
    text = " ".join(sentences)
    found = reader.read(Article("split", text)).sentences
    assert [text[sentence.start : sentence.end] for sentence in found] == sentences
