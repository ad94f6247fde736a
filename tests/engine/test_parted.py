"""A word that a line's end parted at its hyphen is one word, and offsets stay those of the text."""

import pytest

from engine.facts import Article, Visit
from engine.parted import own_pieces
from engine.reader import Reader

LINE = "Norwegian Prime Minister Erik Lund began a three- day visit to Kenya on Monday."


def test_a_sentence_with_a_parted_word_is_read_as_without(reader: Reader) -> None:
    found = reader.read(Article("line", LINE, "2016-10-21"))
    [visit] = [event for event in found.events if isinstance(event, Visit)]
    assert (visit.participants, visit.target, visit.when) == (["Erik Lund"], "KEN", "2016-10-17/2016-10-19")
    [sentence] = found.sentences
    assert LINE[sentence.start : sentence.end] == LINE


def test_lengths_tell_where_the_tokens_stand(reader: Reader) -> None:
    pieces = ["a ", "face-to", "- ", "face ", "talk"]
    assert own_pieces("".join(pieces), pieces, reader.rules.lexicon) == (["a ", "face-to-face ", "talk"], [2, 14, 4])


@pytest.mark.parametrize(
    "pieces",
    [
        ["two", "- ", "and ", "three-day ", "talks"],
        ["the ", "talks", "- ", "Oslo ", "hosts"],
        ["talks ", "- ", "he ", "said"],
        ["the ", "talks", "- ", "nobody ", "knew"],
        ["in ", "1990", "- ", "then ", "as ", "now- ", "here"],
    ],
)
def test_what_is_no_parted_word_stays(reader: Reader, pieces: list[str]) -> None:
    assert own_pieces("".join(pieces), pieces, reader.rules.lexicon) == (pieces, [len(piece) for piece in pieces])
