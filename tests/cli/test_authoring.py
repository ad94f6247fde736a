"""The rule author's commands from outside: explain, impact and coverage, on copies of the rules."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from engine.rules import RULES

MET = "South Korea's Foreign Minister Yun Byung-se met Japan's Foreign Minister Fumio Kishida in Tokyo."
PALAVERED = "Lim Sung-nam palavered with North Korea's Kim Kye-gwan in Geneva."


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def test_explain_tells_the_rule_where_it_stands_and_what_each_slot_took() -> None:
    told = run("explain", MET, "--grammar", "meeting").stdout
    line = next(
        n
        for n, row in enumerate((RULES / "meeting.lark").read_text("utf-8").splitlines(), 1)
        if "-> met\n" in row + "\n"
    )
    assert f"Read by meeting.met, rules/meeting.lark:{line}" in told
    assert "MEETING status=OCCURRED place=Tokyo parties=KOR,JPN" in told
    assert 'parties: "South Korea\'s Foreign Minister Yun Byung-se"' in told
    assert "place: 'Tokyo'" in told
    assert "MEET_ACTIVE 'met'" in told


def test_explain_tells_what_no_rule_touched_and_how_far_the_others_got() -> None:
    told = run("explain", "Lim Sung-nam met privately alongside Kim Kye-gwan in Geneva.", "--misses", "1").stdout
    assert "No rule touched\n  'alongside Kim Kye-gwan in Geneva.'" in told
    assert "Nearly meeting.met" in told
    assert "it read 'Lim Sung-nam met privately' and stopped at 'alongside'" in told
    assert 'words that it would have taken: ","' in told
    assert "ADV (lexicon/function.csv: abroad," in told


def test_explain_takes_a_proposal(rules: Path) -> None:
    assert "Proposal 1: rules/lexicon/verb.csv" in run("explain", PALAVERED, "--rules", rules, "--take", "1").stdout
    assert ",palaver,palavers,palavered,palavered,palavering\n" in (rules / "lexicon" / "verb.csv").read_text("utf-8")
    assert "MEETING status=OCCURRED place=Geneva" in run("explain", PALAVERED, "--rules", rules).stdout
    assert "nothing is proposed" in run("explain", MET, "--rules", rules, "--take", "1", code=2).stderr


def test_explain_refuses_an_unknown_grammar() -> None:
    assert "no grammar 'meetings'; allowed: actors" in run("explain", MET, "--grammar", "meetings", code=2).stderr


def news(folder: Path) -> Path:
    folder.mkdir()
    (folder / "one.txt").write_text(f"---\nagency: Yonhap\n---\n{MET} {PALAVERED}", "utf-8")
    (folder / "two.txt").write_text(f"{PALAVERED} The rain fell on Geneva.", "utf-8")
    return folder


def test_impact_shows_what_appears_disappears_and_changes(rules: Path, tmp_path: Path) -> None:
    articles = news(tmp_path / "news")
    arguments = ("impact", articles, "--before", RULES, "--rules", rules)
    assert "2 articles with 1 facts: 0 would appear, 0 would disappear, 0 would change" in run(*arguments).stdout
    run("explain", PALAVERED, "--rules", rules, "--take", "1")
    told = run(*arguments, code=1).stdout
    assert ": 2 changes\n" in told
    assert told.startswith("meeting.")
    assert f"appears in two: {PALAVERED.removesuffix('.')!r}" in told
    assert "+ MEETING status=OCCURRED place=Geneva" in told
    assert "2 would appear, 0 would disappear, 0 would change" in told
    back = run("impact", articles, "--before", rules, "--rules", RULES, code=1).stdout
    assert "0 would appear, 2 would disappear, 0 would change" in back


def test_impact_says_what_may_be_compared_with(tmp_path: Path) -> None:
    told = run("impact", news(tmp_path / "news"), "--before", "no-such-revision", code=2).stderr
    assert "no folder and no revision of git" in told


def test_coverage_counts_sentences_and_harvests_what_is_unread(tmp_path: Path) -> None:
    articles = news(tmp_path / "news")
    told = run("coverage", articles, "--never", "9999").stdout
    assert told.startswith("2 articles, 1 of 4 sentences read (25.0%)")
    assert "meeting            1  25.0%" in told
    assert "Yonhap                   1 of 2 sentences read (50.0%)" in told
    assert ": meeting.exchanged_views" in told.split("Rules that never match")[1]
    few = run("coverage", articles, "--never", "2").stdout
    assert re.search(r"\n  and \d+ more: --never \d+\n", few)
    harvest = told.split("Unread between two parties")[1]
    assert f"2 palavered with\n        {PALAVERED}" in harvest


def test_coverage_and_impact_read_the_store(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    run("ingest", news(tmp_path / "news"), "--database", database)
    assert "2 articles, 1 of 4 sentences read" in run("coverage", "--database", database).stdout
    assert "2 articles with 1 facts" in run("impact", "--before", RULES, "--database", database).stdout
