"""`chancery check` from outside, on a copy of the rules."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from engine.rules import RULES

WRONG = "\n=== wrong\nIndia and Nepal held a military exercise.\n---\nEXERCISE status=PLANNED parties=IND,NPL\n"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(RULES, tmp_path_factory.mktemp("check") / "rules"))


@pytest.fixture
def wrong(rules: Path) -> Path:
    """The rules with an example that is not read so."""
    corpus = rules / "exercise.corpus"
    corpus.write_text((RULES / "exercise.corpus").read_text("utf-8") + WRONG, "utf-8")
    return rules


def check(rules: Path, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["check", "--rules", str(rules), *arguments])
    assert result.exit_code == code, result.output
    return result


def test_a_finding_is_one_line(wrong: Path) -> None:
    told = check(wrong, "exercise", code=1).stdout.splitlines()
    assert all(line.startswith("rules/exercise.") for line in told)
    assert [line for line in told if "EXERCISE status=PLANNED parties=IND,NPL is not read; read is: " in line]


def test_findings_as_json(wrong: Path) -> None:
    found = json.loads(check(wrong, "exercise", "--format", "json", code=1).stdout)
    assert all(finding.keys() == {"file", "line", "what", "allowed", "do", "gap"} for finding in found)
    assert [finding["file"] for finding in found if "is not read" in finding["what"]] == ["rules/exercise.corpus"]


def test_findings_as_annotations(wrong: Path) -> None:
    told = check(wrong, "exercise", "--format", "github", code=1).stdout
    assert "::error file=rules/exercise.corpus,line=" in told


def test_update_writes_what_is_read_and_nothing_else(wrong: Path) -> None:
    before = (wrong / "exercise.corpus").read_text("utf-8")
    assert "review" in check(wrong, "exercise", "--update").stdout
    after = (wrong / "exercise.corpus").read_text("utf-8")
    assert after == before.replace(
        "EXERCISE status=PLANNED parties=IND,NPL", "EXERCISE status=OCCURRED parties=IND,NPL"
    )
    check(wrong, "exercise")
    assert "nothing was written" in check(wrong, "exercise", "--update").stdout


def test_new_adds_the_sentence_to_the_corpus_of_what_it_is(rules: Path) -> None:
    shutil.copy(RULES / "exercise.corpus", rules)
    check(rules, "--new", "Peru and Chile staged naval drills off Callao.")
    corpus = (rules / "exercise.corpus").read_text("utf-8")
    assert corpus.endswith(
        "\n\n=== held: Peru and Chile staged\nPeru and Chile staged naval drills off Callao.\n---\n"
        "EXERCISE status=OCCURRED place=Callao parties=PER,CHL\n"
    )
    assert "near miss" not in check(rules, "--new", "Peru and Chile staged naval drills off Arica.").stdout
    assert "\n=== held: Peru and Chile staged naval\n" in (rules / "exercise.corpus").read_text("utf-8")
    check(rules, "exercise")


def test_new_without_a_fact_asks_for_the_grammar(rules: Path) -> None:
    text = "The band toured Chile."
    assert "name the grammar" in check(rules, "--new", text, code=2).stderr
    told = check(rules, "visit", "--new", text, "--title", "a band").stdout
    assert "nothing is read in it, so it is a near miss now" in told
    assert "\n=== a band\n" in (rules / "visit.corpus").read_text("utf-8")
    assert (rules / "visit.corpus").read_text("utf-8").endswith(f"\n{text}\n---\nnothing\n")


def test_a_missing_example_is_no_fault_unless_asked_strictly(rules: Path) -> None:
    shutil.copy(RULES / "exercise.corpus", rules)
    grammar = rules / "exercise.lark"
    before = grammar.read_text("utf-8")
    grammar.write_text(
        before.replace("exercise: ", 'exercise: target "rattled" "sabres" -> rattled\n        | ', 1), "utf-8"
    )
    assert "1 finding to look at" in check(rules, "exercise").stdout
    assert "no example is read by exercise.rattled" in check(rules, "exercise", "--strict", code=1).stdout
    assert "::warning file=rules/exercise.lark" in check(rules, "exercise", "--format", "github").stdout
    grammar.write_text(before, "utf-8")


def test_an_unknown_grammar_is_misuse(rules: Path) -> None:
    assert "no grammar 'meetings'; allowed: actors" in check(rules, "meetings", code=2).stderr
