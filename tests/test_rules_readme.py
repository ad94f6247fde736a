"""rules/README.md: its example is read by its alternatives, its table is the contract's, its messages are given."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.checks import check
from engine.errors import RulesError
from engine.facts import Article, Meeting, MeetingMode
from engine.reader import Reader
from engine.rules import RULES, load_rules
from engine.slots import fact_table, write_table

README = (RULES / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.*?) \| `(.*?)` \| (.*?) \|$", re.MULTILINE)
MISTAKES = ROW.findall(README)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def add(rules: Path, file: str, text: str) -> None:
    with (rules / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def insert_below(path: Path, rule: str, line: str) -> None:
    """Put an alternative below a rule's first."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, text in enumerate(lines) if re.match(rf"{rule}(\{{\w+\}})?:", text))
    path.write_text("".join([*lines[: at + 1], line, *lines[at + 1 :]]), encoding="utf-8")


def test_the_example_is_read_with_its_alternatives_by_the_four_laws(rules: Path) -> None:
    (example,) = blocks("corpus")
    add(rules, "meeting.corpus", "\n" + example)
    before, _ = check(rules, "meeting")
    assert any("is not read" in finding.what for finding in before)
    phrasing, value = blocks("lark")
    insert_below(rules / "meeting.lark", "meeting", phrasing)
    insert_below(rules / "meeting.lark", "mode", value)
    after, _ = check(rules, "meeting")
    assert after == []
    sentence = next(line for line in example.splitlines() if line.endswith("."))
    (event,) = Reader(load_rules(rules, cached=False)).read(Article("example", sentence, "2016-10-21")).events
    assert isinstance(event, Meeting)
    assert event.parties == ["NOR", "KEN"]
    assert event.mode is MeetingMode.PHONE
    assert [evidence.rule for evidence in event.evidence] == ["meeting.raised"]


def test_the_table_is_that_of_the_contract(rules: Path) -> None:
    assert fact_table() in README, "run `make facts`"
    page = rules / "README.md"
    assert not write_table(page)
    page.write_text(README.replace("| `aid` |", "| `aids` |"), encoding="utf-8")
    assert write_table(page)
    assert page.read_text(encoding="utf-8") == README
    page.write_text("No place.", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the table"):
        write_table(page)


def row_of(rules: Path, table: str, **cells: str) -> str:
    header = (rules / table).read_text(encoding="utf-8").partition("\n")[0]
    return ",".join(cells.get(column, "") for column in header.split(",")) + "\n"


AID = "Norway pledged 70 million dollars in food aid to Kenya."
PROVOKED: dict[int, Callable[[Path], None]] = {
    1: lambda rules: add(rules, "aid.lark", "_more: partys\npartys: ACTORS\n"),
    2: lambda rules: add(rules, "aid.lark", "_more: _nowhere\n"),
    3: lambda rules: add(rules, "aid.lark", "amounts: NUMBER\n"),
    4: lambda rules: add(rules, "aid.lark", "_more: GIVES_ACTIVE\n"),
    5: lambda rules: add(rules, "aid.lark", '_more: ("more" | "less"\n_less: "less"\n'),
    6: lambda rules: add(rules, "lexicon/verb.csv", "speak,SAY,,palaver,palavers,palavered,palavered\n"),
    7: lambda rules: add(rules, "lexicon/surname.csv", "korean,KOR|PRK,KOR,first,Lim\n"),
    8: lambda rules: add(rules, "lexicon/post.csv", row_of(rules, "lexicon/post.csv", level="MINISTER", POST="vizier")),
    9: lambda rules: add(rules, "aid.corpus", f"\n=== other\n{AID}\n---\nAID parties=NOR target=MLI\n"),
    10: lambda rules: add(rules, "aid.corpus", f"\n=== none\n{AID}\n---\nno AID\n"),
}


def messages(rules: Path) -> list[str]:
    try:
        findings, _ = check(rules, "aid")
    except RulesError as error:
        findings = error.findings
    return list(map(str, findings))


def test_there_are_ten_mistakes() -> None:
    assert [int(number) for number, *_ in MISTAKES] == list(PROVOKED) == list(range(1, 11))
    assert all(mistake and cure for _, mistake, _, cure in MISTAKES)


@pytest.mark.parametrize(("number", "mistake", "message", "cure"), MISTAKES)
def test_a_mistake_gets_its_message(rules: Path, number: str, mistake: str, message: str, cure: str) -> None:
    PROVOKED[int(number)](rules)
    pattern = ".*".join(map(re.escape, message.split("…")))
    assert any(re.match(pattern, told, flags=re.DOTALL) for told in messages(rules)), messages(rules)
