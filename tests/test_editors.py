"""The TextMate grammar of .corpus files gives each word of all examples the scope that the engine reads it as."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from engine.corpus import HEADERS, read_corpus
from engine.rules import RULES
from engine.sources import Sources

EDITOR = RULES / "editors" / "vscode"
GRAMMAR: dict[str, Any] = json.loads((EDITOR / "corpus.tmLanguage.json").read_text("utf-8"))
SOURCES = Sources.read(RULES)
Scopes = Counter[tuple[str, str]]


def rules_of(patterns: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [GRAMMAR["repository"][pattern["include"].removeprefix("#")] for pattern in patterns]


def captured(found: re.Match[str], names: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    for number, named in names.items():
        if found.group(int(number)):
            yield named["name"].rpartition(".chancery-corpus")[0], found.group(int(number))


def scopes(text: str) -> Scopes:
    """The scopes of a text's words, line by line as editors find them: rules within rules, the earliest match first."""
    given: Scopes = Counter()
    inside: dict[str, Any] | None = None
    for line in text.splitlines():
        at = 0
        while at <= len(line):
            if inside and (found := re.compile(inside["end"]).search(line, at)):
                inside = None
                continue
            patterns = rules_of(inside["patterns"] if inside else GRAMMAR["patterns"])
            tried = [(re.compile(rule.get("match") or rule["begin"]).search(line, at), rule) for rule in patterns]
            matched = [(found.start(), order, found, rule) for order, (found, rule) in enumerate(tried) if found]
            if not matched:
                break
            _, _, found, rule = min(matched, key=lambda one: one[:2])
            if "begin" in rule:
                inside = rule
            names = rule.get("captures") or rule.get("beginCaptures") or {"0": {"name": rule.get("name", "")}}
            given.update(captured(found, names))
            at = max(found.end(), at + 1)
    return given


@pytest.mark.parametrize("name", SOURCES.names("*.corpus", "phrases/*.corpus"))
def test_every_word_has_the_scope_that_it_is_read_as(name: str) -> None:
    told = scopes(SOURCES.text(name))
    wanted: Scopes = Counter()
    for example in read_corpus(name, SOURCES.text(name)):
        wanted["entity.name.section", example.name] += bool(example.name)
        for header, value in example.headers.items():
            wanted["keyword.other.header", header] += 1
            wanted["string.unquoted.header", value] += 1
        for fact in example.facts:
            wanted["entity.name.type.fact", fact.kind] += 1
            for slot in fact.slots:
                wanted["variable.parameter.slot", slot] += 1
    kinds = {"entity.name.section", "keyword.other.header", "string.unquoted.header", "variable.parameter.slot"}
    found = Counter({key: count for key, count in told.items() if key[0] in kinds})
    assert found == Counter({key: count for key, count in wanted.items() if key[0] in kinds and count})
    facts = Counter({key: count for key, count in told.items() if key[0] == "entity.name.type.fact"})
    facts -= Counter({("entity.name.type.fact", word): n for word, n in nevers(SOURCES.text(name)).items()})
    assert facts == Counter({key: count for key, count in wanted.items() if key[0] == "entity.name.type.fact"})


def nevers(text: str) -> Counter[str]:
    return Counter(re.findall(r"^no ([A-Z_]+)[ \t]*$", text, re.MULTILINE))


def test_text_is_no_fact() -> None:
    example = '=== a name\nUN: "NATO" met MEETING place=Oslo\n---\nMEETING place=Oslo\n// why\nno AID\n'
    assert scopes(example) == Counter(
        [
            ("punctuation.definition.heading", "==="),
            ("entity.name.section", "a name"),
            ("punctuation.separator.facts", "---"),
            ("entity.name.type.fact", "MEETING"),
            ("variable.parameter.slot", "place"),
            ("keyword.operator.assignment", "="),
            ("string.unquoted.value", "Oslo"),
            ("comment.line.double-slash", "// why"),
            ("keyword.control.never", "no"),
            ("entity.name.type.fact", "AID"),
        ]
    )


def test_the_headers_are_those_that_the_engine_knows() -> None:
    listed = re.match(r"\^\(([a-z|]+)\)", GRAMMAR["repository"]["header"]["match"])
    assert listed is not None
    assert set(listed.group(1).split("|")) == HEADERS


def test_the_package_names_files_that_are_there() -> None:
    package = json.loads((EDITOR / "package.json").read_text("utf-8"))["contributes"]
    (language,), (grammar,) = package["languages"], package["grammars"]
    assert language["extensions"] == [".corpus"]
    assert grammar["language"] == language["id"]
    assert grammar["scopeName"] == GRAMMAR["scopeName"]
    for path in (language["configuration"], grammar["path"]):
        assert json.loads((EDITOR / path).read_text("utf-8"))
