import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.facts import Meeting
from engine.store import Outcome, Store, StoreError, database, open_store
from engine.store.models import Event as EventRow
from engine.store.models import Report

Dump = Callable[[Store], list[str]]


def test_a_store_opens_by_path_and_by_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (tmp_path / "a.db", "b.db", "sqlite:///c.db", f"sqlite:///{tmp_path}/d.db", "sqlite:///e%20f.db"):
        open_store(name).close()
    assert sorted(p.name for p in tmp_path.glob("*.db")) == ["a.db", "b.db", "c.db", "d.db", "e f.db"]


def test_the_file_is_ready_for_readers_beside_a_writer(store: Store) -> None:
    def pragma(name: str) -> Any:
        return store.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("foreign_keys"), pragma("synchronous")) == ("wal", 1, 1)
    assert pragma("busy_timeout") == 5000
    assert pragma("user_version") == database.SCHEMA_VERSION


@pytest.mark.parametrize("url", ["postgresql://localhost/news", "mysql://x/y", "sqlite://", "sqlite:///"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///"):
        open_store(url)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("These are my notes, not a database.")
    with pytest.raises(StoreError, match=r"notes\.db: the file is not an SQLite database"):
        open_store(file)
    assert file.read_text() == "These are my notes, not a database."


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "damaged.db"
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(StoreError, match=r"damaged\.db: the (file is not an SQLite database|database is damaged)"):
        open_store(file)


def test_the_database_of_another_program_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "bookmarks.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        open_store(file)
    assert file.read_bytes() == before


def test_a_read_only_database_is_refused_for_writing_and_read(tmp_path: Path, reader: Any, dump: Dump) -> None:
    file = tmp_path / "store.db"
    with open_store(file) as store:
        store.ingest(reader.tell("a", Meeting(parties=["KOR", "USA"])), reader)
        before = dump(store)
    file.chmod(0o444)
    with pytest.raises(StoreError, match="read-only"):
        open_store(file)
    with open_store(file, read_only=True) as store:
        assert dump(store) == before
        with pytest.raises(StoreError, match="read-only"):
            store.ingest(reader.tell("b", Meeting(parties=["KOR", "USA"])), reader)
        assert dump(store) == before


def test_a_missing_folder_and_a_folder_instead_of_a_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "nowhere" / "store.db")
    with pytest.raises(StoreError, match="a folder is no database"):
        open_store(tmp_path)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        open_store(tmp_path / "store.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_told(store: Store, reader: Any, monkeypatch: pytest.MonkeyPatch, dump: Dump) -> None:
    before = dump(store)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(StoreError, match="locked by another program"):
        store.ingest(reader.tell("a", Meeting(parties=["KOR", "USA"])), reader)
    other.execute("ROLLBACK")
    other.close()
    assert dump(store) == before
    assert store.ingest(reader.tell("a", Meeting(parties=["KOR", "USA"])), reader).outcome is Outcome.INGESTED


def test_a_newer_store_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with open_store(file) as store:
        store.connection.execute("PRAGMA user_version = 99")
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"version 99.*use a newer Chancery"):
            open_store(file, read_only)
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


@pytest.fixture
def older(tmp_path: Path, reader: Any) -> Path:
    """A store with one event as version 1 wrote it: without the words of reported times."""
    file = tmp_path / "older.db"
    with open_store(file) as store:
        store.ingest(reader.tell("a", Meeting(parties=["KOR", "USA"], when="2016-10-27")), reader)
        store.connection.execute("UPDATE event SET when_text = 'Thursday'")
        store.connection.execute("ALTER TABLE report DROP COLUMN when_text")
        store.connection.execute("DROP INDEX article_text_hash")
        store.connection.execute("PRAGMA user_version = 1")
    return file


def test_an_older_store_is_migrated_with_its_facts(older: Path, reader: Any) -> None:
    with pytest.raises(StoreError, match="older version 1"):
        open_store(older, read_only=True)
    with open_store(older) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone() == (database.SCHEMA_VERSION,)
        assert Report.get().when_text == EventRow.get().when_text == "Thursday"
        later = reader.tell("b", Meeting(parties=["KOR", "USA"], when="2016-10"), on="2016-10-28")
        store.ingest(later, reader)
        assert (EventRow.get().when_text, EventRow.get().article_count) == ("Thursday", 2)


def test_a_migrated_store_has_the_tables_of_a_new_one(older: Path, tmp_path: Path) -> None:
    def tables(file: Path) -> dict[str, set[str]]:
        with open_store(file) as store:
            names = [r[0] for r in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {n: {c[1] for c in store.connection.execute(f"PRAGMA table_info({n})")} for n in names}

    assert tables(older) == tables(tmp_path / "new.db")


def test_a_migration_that_fails_leaves_the_older_store(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (*database.MIGRATIONS[1], "SELECT no_such_function()")
    monkeypatch.setitem(database.MIGRATIONS, 1, broken)
    with pytest.raises(sqlite3.OperationalError):
        open_store(older)
    connection = sqlite3.connect(older)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert "when_text" not in {row[1] for row in connection.execute("PRAGMA table_info(report)")}
    connection.close()


def test_another_process_sees_what_was_written(store: Store, reader: Any) -> None:
    other = sqlite3.connect(store.path)
    before = other.execute("SELECT max(id) FROM change").fetchone()[0] or 0
    store.ingest(reader.tell("a", Meeting(parties=["KOR", "USA"])), reader)
    changes = other.execute("SELECT kind, article FROM change WHERE id > ?", (before,)).fetchall()
    other.close()
    assert changes == [("EVENT_REPORTED", "a"), ("ARTICLE_INGESTED", "a")]


def test_two_writers_take_turns(store: Store, reader: Any) -> None:
    with open_store(store.path) as other:
        for number in range(5):
            store.ingest(reader.tell(f"a{number}", Meeting(parties=["KOR", f"Body {number}"])), reader)
            other.ingest(reader.tell(f"b{number}", Meeting(parties=["USA", f"Body {number}"])), reader)
    assert store.connection.execute("SELECT count(*) FROM article").fetchone() == (10,)
    assert store.connection.execute("SELECT count(*) FROM organization WHERE name LIKE 'Body %'").fetchone() == (5,)
