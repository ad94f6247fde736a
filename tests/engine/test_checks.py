"""The check says in one line each what the examples show about the rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.authoring.classes import ASKED_BY_NAME, classes_of
from engine.checks import check, check_rules
from engine.compiling.parts import Part, in_parts
from engine.errors import Finding, RulesError
from engine.rules import RULES, load_rules
from engine.sources import Sources

EXERCISE = "rules/exercise"
Checked = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources.read(RULES)


@pytest.fixture(scope="module")
def checked(sources: Sources) -> Checked:
    """The findings in the rules of exercises with other texts: pairs of file and what to do to its text."""

    before = {finding.what for finding in check(sources, "exercise", gaps=True)[0]}

    def findings(**changes: Callable[[str], str]) -> list[Finding]:
        edits = {f"exercise.{end}": change(sources.text(f"exercise.{end}")) for end, change in changes.items()}
        found = check(sources.edited(edits), "exercise", gaps=True)[0]
        return [finding for finding in found if finding.what not in before]

    return findings


def added(text: str) -> Callable[[str], str]:
    return lambda before: f"{before.rstrip()}\n\n{text}"


def test_the_rules_are_fine(sources: Sources) -> None:
    findings, count = check(sources, None)
    assert [str(finding) for finding in findings] == []
    assert count > 500


def test_a_wrong_example_is_told_with_what_is_read(checked: Checked) -> None:
    _, finding = checked(
        corpus=added("=== wrong\nIndia and Nepal held a military exercise.\n---\nEXERCISE parties=IND,BTN\n")
    )
    assert "EXERCISE parties=IND,BTN is not read" in finding.what
    assert "parties=IND,NPL" in finding.allowed


def test_a_near_miss_that_is_read_is_told(checked: Checked) -> None:
    (finding,) = checked(corpus=added("=== none\nIndia and Nepal held a military exercise.\n---\nnothing\n"))
    assert "made up: EXERCISE" in finding.what


def test_another_grammar_that_reads_the_same_words_is_told(checked: Checked) -> None:
    def visiting(grammar: str) -> str:
        return grammar.replace("exercise: ", "exercise: parties{ACTORS} PRAISE_ACTIVE target -> oddly\n        | ", 1)

    text = "=== odd\nRussia thanked Nepal.\n---\nEXERCISE parties=RUS\n"
    found = [f for f in checked(lark=visiting, corpus=added(text)) if "reads these words too" in f.what]
    assert ["statement.judged reads these words too: STATEMENT" in finding.what for finding in found] == [True]
    assert "rules/statement.lark:" in found[0].do


def test_two_alternatives_with_different_facts_are_told(checked: Checked) -> None:
    def twice(grammar: str) -> str:
        wording = '"rattled" "sabres"'
        ways = f"parties{{ACTORS}} {wording} -> one_way\n        | target {wording} -> other_way\n"
        return grammar.replace("exercise: ", f"exercise: {ways}        | ", 1)

    text = "=== two ways\nIndia rattled sabres.\n---\nEXERCISE status=OCCURRED\n"
    found = [finding for finding in checked(lark=twice, corpus=added(text)) if "one_way and" in finding.what]
    assert ["and exercise.other_way with other " in finding.what for finding in found] == [True]


def test_an_alternative_without_example_is_told(checked: Checked) -> None:
    def widened(grammar: str) -> str:
        return grammar.replace("exercise: ", 'exercise: parties{ACTORS} "rattled" "sabres" -> rattled\n         | ', 1)

    (finding,) = checked(lark=widened)
    assert 'no example is read by exercise.rattled, parties{ACTORS} "rattled" "sabres"' in finding.what
    assert finding.file == f"{EXERCISE}.lark"


def test_an_unused_rule_is_told(checked: Checked) -> None:
    (finding,) = checked(lark=lambda grammar: f'{grammar}\n_sabres: "sabres"\n')
    assert finding.what == "_sabres is used nowhere"


def test_a_class_that_nothing_asks_for_is_told(sources: Sources) -> None:
    table = sources.text("lexicon/verb.csv").replace("\nmeet,", "\nmete,", 1)
    (finding,) = check(sources.edited({"lexicon/verb.csv": table}), "exercise", gaps=True)[0]
    assert finding.file == "rules/lexicon/verb.csv"
    assert table.splitlines()[finding.line - 1].startswith("mete,")
    assert finding.what == "nothing asks for the class mete"
    assert "meet" in finding.allowed


def test_quoted_words_that_the_lexicon_has_as_one_are_told(checked: Checked) -> None:
    def widened(grammar: str) -> str:
        rule = '_sabres: "rattled" "in" "the" "presence" "of" ACTORS'
        return f"{grammar.replace('exercise: ', 'exercise: _sabres -> rattled | ', 1)}\n{rule}\n"

    (finding,) = (found for found in checked(lark=widened) if "one word" in found.what)
    assert finding.what.startswith('"in" "the" "presence" "of" stand for one word of the lexicon, rules/lexicon/')
    assert finding.do == 'write "in the presence of"'


def test_classes_asked_for_by_name_are_used(sources: Sources) -> None:
    rules = load_rules(sources)
    files = [file for file in Path("engine").rglob("*.py") if file.name != "classes.py"]
    code = " ".join(file.read_text() for file in files).upper()
    assert {name for name in ASKED_BY_NAME if f'"{name}"' in code} == ASKED_BY_NAME
    assert {name.upper() for name in classes_of(rules)} >= ASKED_BY_NAME


def test_a_grammar_without_near_miss_is_told(checked: Checked) -> None:
    def only_positive(corpus: str) -> str:
        blocks = corpus.split("=== ")
        return "=== ".join(block for block in blocks if "\nnothing" not in block and "\nno " not in block)

    assert "no near-miss" in [finding.what for finding in checked(corpus=only_positive)]


def test_a_rule_that_would_replace_an_imported_one_is_refused(checked: Checked) -> None:
    with pytest.raises(RulesError, match=r"rules/exercise\.lark:\d+: _any is also the name of a rule"):
        checked(lark=lambda grammar: f"{grammar}\n_any: ANY\n")


def test_processes_find_what_one_finds(sources: Sources) -> None:
    odd = 'exercise: parties{ACTORS} "rattled" "sabres" -> odd\n | '
    grammar = sources.text("exercise.lark").replace("exercise: ", odd, 1)
    wrong = "=== wrong\nIndia and Nepal held a military exercise.\n---\nnothing\n"
    edits = {"exercise.lark": grammar, "exercise.corpus": f"{wrong}\n{sources.text('exercise.corpus')}\n{wrong}"}
    rules = load_rules(sources.edited(edits))
    alone, together = (check_rules(rules, "exercise", gaps=True, processes=count) for count in (1, 3))
    assert together == alone
    assert ["made up" in finding.what or "no example is read" in finding.what for finding in alone[0]] == [True] * 3


def test_what_fails_in_a_copy_is_told_here() -> None:
    def work(part: Part) -> int:
        if part.number:
            raise ValueError(f"part {part.number} is broken")
        return 1

    with pytest.raises(ValueError, match="part 1 is broken"):
        in_parts(work, 2)
    assert in_parts(lambda part: part.of("abcde"), 2) == [["a", "c", "e"], ["b", "d"]]
