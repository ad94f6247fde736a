"""Whatever the text, reading it costs a bounded number of steps, and a sentence that was cut says so in the record."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import cascade as cascades
from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from engine.words import LONGEST_SENTENCE, LONGEST_WORD
from tests.tables import golds

CALLS_A_TOKEN = 1_500
"""Calls of the engine's functions that a token may cost; ordinary news costs about 120."""
CALLS_A_TEXT = 20_000
NESTED = "the minister, and the president, who met the envoy, "
WORDS = (
    'met will said and but , ; " “ ” ( ) -- of in on Monday Lim Sung-nam Japan Seoul the minister who which that to '
    "talks U.N. 2016 visited signed sanctions agreement president"
).split()


def cost(reader: Reader, text: str) -> tuple[int, dict[str, Any]]:
    """How many functions are called while a text is read, and its record."""
    calls = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        extraction = reader.read(Article("bounded", text, "2016-10-21"))
    finally:
        sys.setprofile(None)
    return calls, record(extraction)


def is_bounded(reader: Reader, text: str) -> dict[str, Any]:
    tokens = len(reader.rules.vocabulary.passage(text).pieces)
    calls, read = cost(reader, text)
    assert calls <= CALLS_A_TEXT + CALLS_A_TOKEN * tokens
    return read


@pytest.mark.parametrize(
    "text",
    [
        "minister " * 5_000 + "met.",
        NESTED * 500 + "met in Seoul.",
        ", ".join(["the president of Japan"] * 500) + " and" * 500,
        " ".join(f"Lim Sung-nam{index}" for index in range(300)) + " met in Seoul.",
        ", ".join(["Lim Sung-nam"] * 300) + " met in Seoul.",
        'He said "' * 300 + "“hello" * 300,
        "(" * 5_000 + "he met Lim",
    ],
    ids=["words", "nested", "and", "names", "listed names", "quotes", "brackets"],
)
def test_a_long_sentence_is_cut_and_says_so(reader: Reader, text: str) -> None:
    read = is_bounded(reader, text)
    assert read["sentences"]
    assert all(sentence["truncated"] is True for sentence in read["sentences"])


@pytest.mark.parametrize("letter", ["a", "A", "1", "é", "a-", "a'", "1,"])
def test_a_word_of_a_million_letters_is_cut_and_says_so(reader: Reader, letter: str) -> None:
    word = (letter * 1_000_000)[:999_999] + "a"
    read = is_bounded(reader, f"He met {word} in Seoul. He left.")
    (cut,) = read["sentences"]
    assert cut == {"index": 0, "start": 0, "end": len(word) + len("He met  in Seoul."), "truncated": True}


def test_what_fits_is_not_cut(reader: Reader) -> None:
    text = "He met " + "a" * (LONGEST_WORD - 1) + " in Seoul. It" + " was" * (LONGEST_SENTENCE - 2) + "."
    assert "sentences" not in is_bounded(reader, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=40),
    times=st.integers(1, 40),
    filling=st.text(max_size=30),
)
def test_any_repetition_is_bounded(reader: Reader, words: list[str], times: int, filling: str) -> None:
    read = is_bounded(reader, filling + " " + " ".join(words * times))
    cut = {sentence["index"] for sentence in read.get("sentences", ())}
    sentences = reader.read(Article("again", filling + " " + " ".join(words * times))).sentences
    assert cut == {sentence.index for sentence in sentences if sentence.truncated}


def test_a_word_costs_the_same_in_a_long_article(reader: Reader) -> None:
    def article(sentences: int) -> str:
        return " ".join(told(index) for index in range(sentences))

    is_bounded(reader, article(100))
    short, _ = cost(reader, article(50))
    long, _ = cost(reader, article(500))
    assert long <= 1.3 * 10 * short


COUNTRIES = "Japan France Germany Russia China Brazil India Egypt Iran Spain Italy".split()


def told(index: int) -> str:
    """A sentence about people and a meeting of its own."""
    name = "".join(chr(ord("a") + digit) for digit in divmod(index, 26)).title()
    one, other = COUNTRIES[index % 11], COUNTRIES[(index * 7 + 3) % 11]
    people = f"Foreign Minister {name}o {name}moto of {one} met President {name}an {name}ville of {other}"
    return f"{people} on May {index % 28 + 1}."


def test_what_is_remembered_is_bounded(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    cascade = reader.rules.cascade
    article = Article("again", told(3) + " They signed an accord in Geneva, the ministry said.", "2016-10-21")
    before = record(reader.read(article))
    with monkeypatch.context() as patch:
        patch.setattr(cascades, "MOST_SIGNATURES", 1)
        assert cascade.full
        assert record(reader.read(article)) == before
        assert len(cascade.alphabet.masks) < 200
    assert record(reader.read(article)) == before


def test_what_is_dropped_from_memory_is_learnt_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascades, "MOST_HELD_TOGETHER", 20_000)
    monkeypatch.setattr(cascades, "KEPT_TOGETHER", 10_000)
    forgetful, held = Reader.load(), []
    joints = [layer.joint for layer in (*forgetful.rules.cascade.layers, *forgetful.rules.cascade.events)]
    for _ in range(2):
        for key, gold in golds("dev").items():
            article = Article(key, gold["text"], gold["published_on"])
            assert record(forgetful.read(article)) == record(reader.read(article))
            held.append(sum(joint.held for joint in joints))
            forgetful.rules.cascade.shed()
            assert sum(joint.held for joint in joints) <= cascades.MOST_HELD_TOGETHER
    assert max(held) > cascades.MOST_HELD_TOGETHER
