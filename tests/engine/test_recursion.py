"""A grammar may be recursive, as any that Lark's Earley parser accepts: its author meets no error and no other way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.compiling.earley import EarleyReader
from engine.facts import Article, Exercise
from engine.reader import Reader
from engine.rules import RULES, load_rules

NESTED = "South Korea and Japan held a (large (annual (joint))) military exercise on Monday."
SETTLEMENT = "They met in the Japanese port of the town of the city of Osaka."


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of rules/ in which an event's wording and a phrase hold themselves."""
    copy = Path(shutil.copytree(RULES, tmp_path_factory.mktemp("recursive") / "rules"))
    for file, rule, more in (
        ("exercise.lark", "_which: _inner", '_which: "(" _which+ ")" | _inner'),
        ("phrases/place.lark", '_settlement: "city"', '_settlement: ("port" | "town") "of" "the" _settlement | "city"'),
    ):
        text = (copy / file).read_text(encoding="utf-8")
        assert rule in text
        (copy / file).write_text(text.replace(rule, more), encoding="utf-8")
    return copy


@pytest.fixture(scope="module", params=["compiled", "kept"])
def recursive(
    rules: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    """A reader of the recursive rules, as compiled and as taken from the cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHANCERY_CACHE", str(tmp_path_factory.getbasetemp() / "recursion"))
        if request.param == "kept":
            load_rules(rules)
        yield Reader(load_rules(rules))


def test_a_recursive_event_grammar_reads_nested_text(reader: Reader, recursive: Reader) -> None:
    article = Article("nested", NESTED, "2016-10-21")
    assert reader.read(article).events == []
    (event,) = recursive.read(article).events
    assert isinstance(event, Exercise)
    assert event.parties == ["KOR", "JPN"]


def test_a_recursive_phrase_reads_nested_text(reader: Reader, recursive: Reader) -> None:
    def longest_place(one: Reader) -> str:
        passage = one.rules.vocabulary.passage(SETTLEMENT)
        words = one.rules.vocabulary.items(passage, 0, len(passage.words))
        items = one.rules.cascade.stages(words)[one.rules.cascade.stage_of("place")]
        spans = [passage.span(i.begin, i.end) for i in items if any(tree[0] == "place" for _, tree, _ in i.reads)]
        return max((SETTLEMENT[start:end] for start, end in spans), key=len)

    assert longest_place(reader) == "the city of Osaka"
    assert longest_place(recursive) == "the Japanese port of the town of the city of Osaka"


def test_only_recursive_grammars_are_read_by_earley(recursive: Reader) -> None:
    cascade = recursive.rules.cascade
    others = [one for layer in (*cascade.layers, *cascade.events) for one in layer.others]
    assert all(isinstance(one, EarleyReader) for one in others)
    assert {one.program.name for one in others} == {"exercise", "place"}
    read = {name for layer in (*cascade.layers, *cascade.events) for name in layer.names}
    assert read == {program.name for layer in (*cascade.layers, *cascade.events) for program in layer.programs} - {
        "exercise",
        "place",
    }


def test_other_grammars_read_as_before(reader: Reader, recursive: Reader) -> None:
    text = "The foreign ministers of Japan and France met in Tokyo on Monday, the ministry said."
    article = Article("plain", text, "2016-10-21")
    assert recursive.read(article).events == reader.read(article).events
    assert recursive.read(article).mentions == reader.read(article).mentions
