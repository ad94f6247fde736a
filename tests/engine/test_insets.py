"""Headings that a web page sets into a sentence are no part of it, and offsets stay those of the text."""

import pytest

from engine.facts import Article, Meeting
from engine.insets import without_insets
from engine.reader import Reader

PAGE = (
    "Norwegian Prime Minister Erik Lund Erik Per LundFarmers march on Oslo Senate fights over fish. Lund's 3 plans "
    "MORE met Kenyan President Daniel Otieno Daniel OtienoOtieno to sue: report MORE (K-Nairobi) on Monday in Lima."
)


def test_a_sentence_with_insets_is_read_as_without(reader: Reader) -> None:
    found = reader.read(Article("page", PAGE, "2016-10-21"))
    [meeting] = [event for event in found.events if isinstance(event, Meeting)]
    assert (meeting.participants, meeting.place, meeting.when) == (["Erik Lund", "Daniel Otieno"], "Lima", "2016-10-17")
    [sentence] = found.sentences
    assert PAGE[sentence.start : sentence.end] == PAGE


def test_lengths_tell_where_the_tokens_stand() -> None:
    kept, lengths = without_insets(["Erik ", "Lund ", "Erik ", "LundFish ", "falls ", "MORE ", "left"])
    assert (kept, lengths) == (["Erik ", "Lund ", "left"], [5, 30, 4])


def test_a_whole_name_without_headings_is_an_inset() -> None:
    kept, lengths = without_insets(["Erik ", "Lund ", "Erik ", "Per ", "LundMORE ", "left"])
    assert (kept, lengths) == (["Erik ", "Lund ", "left"], [5, 23, 4])


@pytest.mark.parametrize(
    "pieces",
    [
        ["Erik ", "Lund ", "Erik ", "LundFish ", "falls ", "and ", "rises"],
        ["Erik ", "Lund ", "wants ", "MORE ", "fish"],
        ["Lund ", "met ", "McDonald ", "once ", "MORE"],
        ["Erik ", "Lund ", "Erik ", "LundFish ", "falls.\n", "MORE ", "left"],
    ],
)
def test_what_is_no_inset_stays(pieces: list[str]) -> None:
    assert without_insets(pieces) == (pieces, [len(piece) for piece in pieces])
