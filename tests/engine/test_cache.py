"""What is kept of the compiled rules only saves time: without it, or with a stranger's file, all is read alike."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.compiling import cache as keeping
from engine.compiling import compile as compiling
from engine.compiling import programs
from engine.compiling.grammar import Grammars
from engine.compiling.parts import Part, T, in_parts
from engine.compiling.pieces import PIECES
from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from engine.rules import RULES, load_rules
from engine.sources import sources_of

ARTICLE = Article(
    "kept",
    "South Korea's Vice Foreign Minister Lim Sung-nam will meet his Japanese counterpart in Tokyo on Thursday.",
    "2016-10-21",
)


class Bomb:
    """Leaves a file behind where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that one loading filled."""
    folder = tmp_path_factory.mktemp("kept") / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHANCERY_CACHE", str(folder))
        patch.setattr(PIECES, "known", {})
        Reader.load()
    return folder


@pytest.fixture
def cache(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is kept, of which nothing is remembered."""
    copy = Path(shutil.copytree(filled, tmp_path / "cache"))
    monkeypatch.setenv("CHANCERY_CACHE", str(copy))
    monkeypatch.setattr(PIECES, "known", {})
    return copy


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled: "all" each time that something of the rules is missing, and the grammars whose tables are."""
    made: list[str] = []
    compiled, compiled_alone = compiling.compiled, programs.compiled_alone

    def counted(*arguments: Any, **told: Any) -> dict[str, Any]:
        made.append("all")
        return compiled(*arguments, **told)

    def counted_alone(grammars: Grammars, one: programs.Making) -> list[Any]:
        made.append(one.name)
        return compiled_alone(grammars, one)

    monkeypatch.setattr(compiling, "compiled", counted)
    monkeypatch.setattr(programs, "compiled_alone", counted_alone)
    # What copies of this process make is not counted here.
    monkeypatch.setattr(programs, "cores", lambda: 1)
    return made


def test_what_is_kept_is_used_and_reads_alike(cache: Path, reader: Reader, compilations: list[str]) -> None:
    assert record(Reader.load().read(ARTICLE)) == record(reader.read(ARTICLE))
    assert not compilations


SPOILS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-100]),
    "changed": lambda file: file.write_bytes(file.read_bytes().replace(b"e", b"a")),
    "another's": lambda file: file.write_bytes(next(file.parent.glob("words-*")).read_bytes()),
    "pickle": lambda file: file.write_bytes(pickle.dumps(Bomb(file.parent / "exploded"))),
    "open to others": lambda file: file.chmod(0o666),
}


# All pieces are read alike; to make all tables anew takes longest.
@pytest.mark.parametrize(
    ("kind", "spoil"),
    [*((kind, spoil) for kind in ("rules", "lexicon") for spoil in SPOILS), ("table", "deleted"), ("table", "changed")],
)
def test_a_file_that_is_not_whole_or_safe_is_passed_over(
    cache: Path, reader: Reader, compilations: list[str], spoil: str, kind: str
) -> None:
    for file in cache.glob(f"{kind}-*.json"):
        SPOILS[spoil](file)
    assert record(Reader.load().read(ARTICLE)) == record(reader.read(ARTICLE))
    assert compilations[0] == "all"
    assert (len(compilations) > 1) is (kind == "table")
    assert not (cache / "exploded").exists()


def test_another_users_files_are_passed_over(
    cache: Path, reader: Reader, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    before = {file: file.stat().st_mtime_ns for file in cache.iterdir()}
    assert record(Reader.load().read(ARTICLE)) == record(reader.read(ARTICLE))
    assert {"all", "meeting", "person", "visit"} <= set(compilations)
    assert {file: file.stat().st_mtime_ns for file in cache.iterdir()} == before


@pytest.mark.parametrize(
    ("file", "added", "compiled"),
    [
        ("meeting.lark", '_more: "to" "come"\n', ["all", "meeting"]),
        ("meeting.lark", "// More to come.\n", ["all"]),
        ("phrases/actors.lark", '_more: "to" "come"\n', ["all", "actors"]),
        ("shared/institution.lark", '_more: "to" "come"\n', ["all", "party", "person"]),
        ("shared/institution.lark", "  | /Kanzlei/\n", ["all"]),
        ("lexicon/surname.csv", "korean,KOR|PRK,KOR,first,Sungnamsan\n", ["all"]),
    ],
)
def test_an_edit_compiles_only_what_it_changes(
    cache: Path, compilations: list[str], file: str, added: str, compiled: list[str]
) -> None:
    sources = sources_of(RULES)
    load_rules(sources.edited({file: sources.text(file) + added}))
    assert sorted(compilations) == sorted(compiled)


@pytest.mark.usefixtures("cache")
def test_several_processes_compile_the_same(compilations: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sources = sources_of(RULES)
    files = ("exercise.lark", "resolution.lark", "phrases/person.lark", "phrases/party.lark")
    edited = sources.edited({file: sources.text(file) + '_more: "to" "come"\n' for file in files})
    alone = compiling.compiled(edited)
    assert {"exercise", "resolution", "person", "party"} <= set(compilations)
    compilations.clear()
    monkeypatch.setattr(PIECES, "known", {})
    counts: list[int] = []

    def counted(work: Callable[[Part], T], count: int) -> list[T]:
        counts.append(count)
        return in_parts(work, count)

    monkeypatch.setattr(programs, "cores", lambda: 3)
    monkeypatch.setattr(programs, "in_parts", counted)
    assert compiling.compiled(edited) == alone
    assert counts == [3]


def test_what_was_used_longest_ago_goes_where_all_is_too_much(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = set(cache.iterdir())
    for file in kept:
        os.utime(file, (0, 0))
    monkeypatch.setattr(keeping, "MOST_KEPT", sum(file.stat().st_size for file in kept))
    sources = sources_of(RULES)
    load_rules(sources.edited({"meeting.lark": sources.text("meeting.lark") + '_more: "to" "come"\n'}))
    left = set(cache.iterdir())
    assert sum(file.stat().st_size for file in left) <= keeping.MOST_KEPT
    assert not kept <= left
    assert left - kept
