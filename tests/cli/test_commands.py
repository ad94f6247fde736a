"""The program from outside: what its commands print, store and end with."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from engine.facts import Article, Evidence, Extraction, Meeting, Mention, MentionKind, Person, Sentence
from engine.reader import Reader
from engine.rules import RULES
from engine.store import open_store

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
TEXT = "Lim Sung-nam met officials of Japan in Tokyo."


class TokyoReader:
    """Reads a meeting in Tokyo out of every article."""

    version = "tokyo"

    def read(self, article: Article) -> Extraction:
        end = len(article.text)
        evidence = [Evidence(0, 0, end, "meeting.met")]
        meeting = Meeting(parties=["JPN", "KOR"], participants=["Lim Sung-nam"], place="Tokyo", evidence=evidence)
        people = [Person("Lim Sung-nam", "Lim", "KOR", post="Vice Foreign Minister", evidence=evidence)]
        mentions = [Mention(MentionKind.PERSON, 0, min(12, end), "Lim Sung-nam")]
        return Extraction(article, [Sentence(0, 0, end)], mentions, people, [meeting], {0})


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHANCERY_DATABASE", raising=False)
    monkeypatch.setattr(Reader, "load", classmethod(lambda cls, rules=None: TokyoReader()))


def run(*arguments: str | Path, code: int = 0, **options: Any) -> Result:
    result = CliRunner().invoke(app, [str(a) for a in arguments], **options)
    assert result.exit_code == code, result.output
    return result


def news(name: str = "news.txt", text: str | bytes = TEXT) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def contents(database: str = "chancery.db") -> list[str]:
    with open_store(database, read_only=True) as store:
        return list(store.connection.iterdump())


def test_every_command_has_help_with_an_example() -> None:
    assert "Example: chancery" in run("--help").stdout
    names = sorted(file.stem for file in (ROOT / "api" / "commands").glob("[a-z]*.py"))
    assert {"export", "extract", "ingest", "reextract", "schema", "serve"} <= set(names)
    for name in names:
        assert f"Example: chancery {name}" in run(name, "--help").stdout


def test_extract_prints_records_and_stores_nothing(tmp_path: Path) -> None:
    lines = run("extract", news(), SEEDS).stdout_bytes.splitlines()
    records = [orjson.loads(line) for line in lines]
    assert [r["id"] for r in records] == ["news", "000_af30fc7277ce6754"]
    assert records[0]["text"] == TEXT
    assert records[0]["events"][0]["place"] == "Tokyo"
    assert [p.name for p in tmp_path.iterdir()] == ["news.txt"]


def test_extract_reads_standard_input() -> None:
    whole = orjson.loads(run("extract", "-", input=f"---\nid: piped\n---\n{TEXT}").stdout_bytes)
    assert (whole["id"], whole["text"]) == ("piped", TEXT)
    lines = "".join(json.dumps({"id": i, "text": TEXT}) + "\n" for i in "ab")
    assert len(run("extract", "-", input=lines).stdout_bytes.splitlines()) == 2


def test_ingest_says_what_it_did_and_does_nothing_twice() -> None:
    assert run("ingest", news(), SEEDS).stdout.startswith("2 ingested, 0 replaced, 0 unchanged")
    before = contents()
    assert run("ingest", "news.txt", SEEDS).stdout.startswith("0 ingested, 0 replaced, 2 unchanged")
    assert contents() == before
    news(text=TEXT + " They left.")
    assert run("ingest", "news.txt").stdout.startswith("0 ingested, 1 replaced, 0 unchanged")


def test_ingesting_what_is_there_loads_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", news())

    def load(*_: object) -> None:
        raise AssertionError("rules were loaded")

    monkeypatch.setattr(Reader, "load", load)
    run("ingest", "news.txt")


def test_the_database_is_named_by_option_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", news(), "--database", "one.db")
    run("ingest", "news.txt", "--database", "sqlite:///two.db")
    monkeypatch.setenv("CHANCERY_DATABASE", "three.db")
    run("ingest", "news.txt")
    assert sorted(p.name for p in Path().glob("*.db")) == ["one.db", "three.db", "two.db"]


BAD = {
    "empty.txt": ("", "the text is empty"),
    "latin.txt": (b"Bogot\xe1 talks", "not UTF-8: byte 0xE1 at offset 5"),
    "long.txt": ("x" * 1_000_001, "1 MB"),
    "control.txt": ("They\x00met.", "U+0000"),
    "page.txt": ("<html><body>They met.", "the text is HTML"),
    "malformed.txt": ("---\npublished_on: yesterday\n---\nThey met.", "published_on is 'yesterday'"),
    "impossible.txt": ("---\npublished_on: 2016-02-30\n---\nThey met.", "a day that no calendar has"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_article_is_told_and_leaves_the_store_as_it_was(name: str) -> None:
    run("ingest", news())
    before = contents()
    text, message = BAD[name]
    bad = news(name, text)
    for command in ("ingest", "extract"):
        result = run(command, bad, code=2)
        assert name in result.stderr
        assert message in result.stderr
        assert result.stdout == ""
    assert contents() == before


def test_a_folder_without_articles_is_misuse() -> None:
    Path("empty").mkdir()
    assert "empty: the folder holds no articles" in run("ingest", "empty", code=2).stderr
    assert "nowhere: there is no such file" in run("extract", "nowhere", code=2).stderr


def test_one_bad_article_does_not_lose_the_others() -> None:
    folder = news("many/a.txt").parent
    news("many/b.txt", "")
    news("many/c.txt", TEXT + " They left.")
    result = run("ingest", folder, code=1)
    assert "b.txt:1: the text is empty" in result.stderr
    assert result.stdout.startswith("2 ingested")
    assert len(run("extract", folder, code=1).stdout_bytes.splitlines()) == 2


def test_a_database_that_cannot_be_used_is_misuse() -> None:
    article = news()
    notes = news("notes.db", "not a database at all")
    assert "notes.db: the file is not an SQLite database" in run("ingest", article, "--database", notes, code=2).stderr
    assert notes.read_text() == "not a database at all"
    run("ingest", article)
    before = contents()
    Path("chancery.db").chmod(0o444)
    other = news("other.txt", TEXT + " They left.")
    assert "chancery.db: the database is read-only" in run("ingest", other, code=2).stderr
    assert contents() == before
    assert "postgresql" in run("ingest", article, "--database", "postgresql://x/y", code=2).stderr
    assert "does not exist" in run("ingest", article, "--database", "no/where.db", code=2).stderr


def test_reextract_reads_again_and_names_unknown_articles() -> None:
    run("ingest", news(), SEEDS)
    before = [line for line in contents() if "store_state" not in line and '"evidence"' not in line]
    assert run("reextract").stdout.startswith("2 articles read again")
    after = [line for line in contents() if "store_state" not in line and '"evidence"' not in line]
    assert [line for line in after if "_search" not in line] == [line for line in before if "_search" not in line]
    result = run("reextract", "news", "nowhere", code=1)
    assert result.stdout.startswith("1 articles read again")
    assert "there is no article 'nowhere'" in result.stderr


def test_export_writes_every_format() -> None:
    run("ingest", news())
    assert orjson.loads(run("export").stdout_bytes) == orjson.loads(run("extract", "news.txt").stdout_bytes)
    assert run("export", "--format", "csv").stdout.splitlines()[1].count("Lim Sung-nam") == 1
    run("export", "--format", "graphml", "--output", "met.graphml")
    assert Path("met.graphml").read_text().startswith("<?xml")
    assert "is not one of" in run("export", "--format", "xlsx", code=2).stderr


def test_an_export_that_fails_leaves_the_older_file(monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", news())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    older = news("events.parquet", "older")
    assert "chancery[parquet]" in run("export", "--format", "parquet", "-o", older, code=2).stderr
    assert older.read_text() == "older"
    assert "no such database" in run("export", "--database", "nowhere.db", code=2).stderr
    assert "cannot be written" in run("export", "-o", "no/where.csv", code=2).stderr
    assert not list(Path().glob("*.part"))


def test_serve_reads_the_seeds_once_and_says_where_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    fake = ModuleType("api.serving")
    fake.serve = lambda database, at, *how: served.extend([database, at.getsockname()[0], *how])  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "api.serving", fake)
    assert run("serve", "--port", "0", "--workers", "2").stdout.startswith("Chancery serves http://127.0.0.1:")
    assert served == ["chancery.db", "127.0.0.1", 2, None, False]
    before = contents()
    assert any("000_af30fc7277ce6754" in line for line in before)
    monkeypatch.setattr(Reader, "load", None)
    run("serve", "--port", "0")
    assert contents() == before


def test_a_port_in_use_is_told_before_anything_is_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port), code=2)
    assert f"--port {port}: another program listens there" in result.stderr
    assert not Path("chancery.db").exists()


def test_an_impossible_address_is_told() -> None:
    assert "--host" in run("serve", "--host", "no.such.host.invalid", "--port", "0", code=2).stderr


def test_the_program_starts_without_web_and_store() -> None:
    heavy = "{'strawberry', 'starlette', 'peewee', 'rich', 'uvicorn', 'lark'}"
    code = f"import sys, api.cli; print(sorted({heavy} & sys.modules.keys()))"
    assert _python("-c", code).stdout == b"[]\n"


def test_extract_needs_neither_web_nor_store() -> None:
    code = (
        f"import sys; from api.cli import app; app(['extract', {str(SEEDS)!r}], standalone_mode=False); "
        "print(sorted({'strawberry', 'starlette', 'peewee', 'uvicorn'} & sys.modules.keys()), file=sys.stderr)"
    )
    result = _python("-c", code)
    assert result.stderr.splitlines()[-1] == b"[]"
    assert orjson.loads(result.stdout)["id"] == "000_af30fc7277ce6754"


def _python(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *arguments], capture_output=True, check=True, env=environment)


def test_progress_shows_on_standard_error_when_work_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("extract", news()).stderr == ""
    monkeypatch.setattr("api.console._PATIENCE_SECONDS", -1.0)
    result = run("extract", "news.txt")
    assert "reading" in result.stderr
    assert "1/1" in result.stderr
    assert orjson.loads(result.stdout_bytes)["id"] == "news"


def test_check_watches_until_it_is_interrupted(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "watched"))
    command = [Path(sys.executable).with_name("chancery"), "check", "aid", "--watch", "--rules", str(rules)]
    with (tmp_path / "log.txt").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            # What runs in the background of a shell would not hear it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    try:
        told = until(tmp_path / "log.txt", "Ctrl-C ends", 1)
        assert "examples are read as they say" in told
        good = (rules / "aid.lark").read_text("utf-8")
        (rules / "aid.lark").write_text(good + "_more: nowhere\n", "utf-8")
        told = until(tmp_path / "log.txt", "Ctrl-C ends", 2)
        assert "rules/aid.lark:" in told
        assert "Rule 'nowhere' used but not defined" in told
        (rules / "aid.lark").write_text(good, "utf-8")
        assert until(tmp_path / "log.txt", "Ctrl-C ends", 3).count("examples are read as they say") == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def until(log: Path, words: str, times: int) -> str:
    """A log once it has some words so many times."""
    end = time.monotonic() + 60
    while (text := log.read_text("utf-8")).count(words) < times:
        assert time.monotonic() < end, text
        time.sleep(0.05)
    return text
