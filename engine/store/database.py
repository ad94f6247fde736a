"""Opening the SQLite file of a store: where it is, whether it is one, and which version of the tables it has."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from peewee import DatabaseError, SqliteDatabase

from engine.store.errors import StoreError
from engine.store.models import MODELS
from engine.store.search import search_schema

SCHEMA_VERSION = 2
DEFAULT_DATABASE = "chancery.db"
BUSY_SECONDS = 5.0
# Marks the file as a store ("CHNC"), so that another program's database is not written to.
APPLICATION_ID = 0x43484E43
_MAGIC = b"SQLite format 3\x00"

# What brings a file of the version to the next one.
MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE report ADD COLUMN when_text TEXT",
        "UPDATE report SET when_text = (SELECT when_text FROM event WHERE event.id = report.event_id)",
        "CREATE INDEX IF NOT EXISTS article_text_hash ON article (text_hash)",
    ),
}


def path_of(database: str | Path) -> str:
    """The file that a path or Peewee URL names (sqlite:///name.db, sqlite:////folder/name.db); others: StoreError."""
    text = str(database)
    scheme, separator, rest = text.partition("://")
    if not separator:
        return text
    if scheme != "sqlite":
        raise StoreError(
            f"{scheme} databases are not supported", text, "name a path or a URL that begins with sqlite:///"
        )
    path = unquote(rest.partition("?")[0])
    if not path.startswith("/") or len(path) < 2:
        raise StoreError("the URL names no file", text, "write sqlite:///name.db, or sqlite:////folder/name.db")
    return path[1:]


def open_database(database: str | Path, read_only: bool = False) -> SqliteDatabase:
    """A connected database with a store's tables, made or migrated where needed; StoreError says what prevents it."""
    path = path_of(database)
    new = _check_file(path, read_only)
    pragmas = {
        "foreign_keys": 1,
        "busy_timeout": int(BUSY_SECONDS * 1000),
        "cache_size": -32_000,
        "temp_store": "memory",
    }
    if not read_only:
        pragmas |= {"synchronous": "normal", "wal_autocheckpoint": 4000}
    where = f"file:{_quoted(path)}?mode=ro" if read_only else path
    opened = SqliteDatabase(where, pragmas=pragmas, timeout=BUSY_SECONDS, uri=read_only)
    try:
        with translated(path):
            opened.connect()
            _bring_up_to_date(opened, path, new, read_only)
    except StoreError:
        opened.close()
        raise
    opened.bind(MODELS)
    return opened


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _check_file(path: str, read_only: bool) -> bool:
    """Whether the file is still to be made; StoreError where it cannot be a store."""
    if path == ":memory:":
        return True
    file = Path(path)
    if file.is_dir():
        raise StoreError("a folder is no database", path, f"name a file in it, such as {file / DEFAULT_DATABASE}")
    if not file.parent.is_dir():
        raise StoreError(f"the folder {file.parent} does not exist", path, "make it first, or name another file")
    if not file.exists():
        if read_only:
            raise StoreError("there is no such database", path, "make it with `chancery ingest` or `chancery serve`")
        if not os.access(file.parent, os.W_OK):
            raise StoreError(f"the folder {file.parent} is read-only", path, "make it writable, or name another file")
        return True
    if not os.access(file, os.R_OK):
        raise StoreError("the database may not be read", path, "change its permissions")
    with file.open("rb") as opened:
        start = opened.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise StoreError("the file is not an SQLite database", path, "name another file; this one was left as it was")
    # A file without any write permission is meant to stay, even where root could write to it.
    writable = os.access(file, os.W_OK) and file.stat().st_mode & 0o222 and os.access(file.parent, os.W_OK)
    if not read_only and not writable:
        raise StoreError(
            "the database is read-only", path, "make the file and its folder writable, or name another file"
        )
    return not start


def _bring_up_to_date(opened: SqliteDatabase, path: str, new: bool, read_only: bool) -> None:
    version, mark = opened.pragma("user_version"), opened.pragma("application_id")
    if not new and mark != APPLICATION_ID and opened.get_tables():
        raise StoreError(
            "the database belongs to another program", path, "name another file; this one was left as it was"
        )
    if version > SCHEMA_VERSION:
        what = f"the store has version {version}, and this program knows versions up to {SCHEMA_VERSION}"
        raise StoreError(what, path, "use a newer Chancery, or name another file")
    if version == SCHEMA_VERSION:
        return
    if read_only:
        raise StoreError(
            f"the store has the older version {version}", path, "open it once for writing, as `serve` does"
        )
    connection = raw(opened)
    # Kept in the file: readers and the writer do not wait for each other from now on.
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited for the lock.
        version = opened.pragma("user_version")
        if version == 0:
            _create(opened)
        for step in range(max(version, 1), SCHEMA_VERSION) if version else ():
            for statement in MIGRATIONS[step]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _create(opened: SqliteDatabase) -> None:
    with opened.bind_ctx(MODELS):
        for model in MODELS:
            model.create_table(safe=False)
    last = (f"PRAGMA application_id = {APPLICATION_ID}", "INSERT INTO store_state (id, version) VALUES (1, 0)")
    for statement in (*search_schema(), *last):
        raw(opened).execute(statement)


def raw(opened: SqliteDatabase) -> sqlite3.Connection:
    """The calling thread's own connection, in autocommit mode."""
    connection: sqlite3.Connection = opened.connection()  # type: ignore[no-untyped-call]
    return connection


_CAUSES = (
    ("readonly", "the database is read-only", "make the file and its folder writable, or name another file"),
    ("locked", "the database is locked by another program", f"waited {BUSY_SECONDS:g} s; try again when it is done"),
    ("not a database", "the file is not an SQLite database", "name another file"),
    ("malformed", "the database is damaged", "restore it from a copy, or ingest the articles into a new file"),
    ("unable to open", "the database cannot be opened", "check the path and its permissions"),
    ("full", "the disk is full", "make room and try again"),
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what SQLite raises about the file into a StoreError that says what to do; other errors pass."""
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError) as error:
        for sign, what, do in _CAUSES:
            if sign in str(error):
                raise StoreError(what, where, do) from error
        raise
