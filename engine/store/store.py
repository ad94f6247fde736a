"""The store itself: articles go in with all that was read from them, or out with all that only they told."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from peewee import SqliteDatabase

from engine.articles import id_of_text, text_hash
from engine.facts import Article, Extraction
from engine.store import rows
from engine.store.database import DEFAULT_DATABASE, open_database, path_of, raw, translated
from engine.store.names import Names
from engine.store.reference import Reference, store_reference
from engine.store.removal import Trace, clear_away, take_out
from engine.store.writing import ArticleWriting, unite

# One transaction an article: a write that fails takes no other article with it.
_BATCH = 1
_BATCH_SECONDS = 0.1
_TOLD = ("published_on", "dateline", "agency", "title", "url")


class Reader(Protocol):
    """What reads an article; `version` names the rules it reads with."""

    @property
    def version(self) -> str:
        """A name for the rules that changes when they do."""

    def read(self, article: Article) -> Extraction:
        """All that the article says."""


class Outcome(Enum):
    """What became of an article."""

    INGESTED = "It is new and was stored."
    REPLACED = "It replaced the older text under its id or URL, with the facts of that."
    UNCHANGED = "The same text was there already; nothing was changed."


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article's outcome, the id under which the store has it, and how many events it reports."""

    outcome: Outcome
    article_id: str
    events: int


class Standing(NamedTuple):
    """What the store has of an article: `same` the id of the one with this text, else the numbers it replaces."""

    same: str | None
    replaced: list[int]
    id: str


class Store:
    """One store; usable from several threads and beside other processes, where writers wait for each other."""

    def __init__(self, database: SqliteDatabase, path: str) -> None:
        self.database = database
        self.path = path
        self._names: tuple[int, Names] | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        return raw(self.database)

    def close(self) -> None:
        """Close the calling thread's connection."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def version(self) -> int:
        """A number that grows with every write, by whichever process."""
        version: int = self.connection.execute("SELECT version FROM store_state").fetchone()[0]
        return version

    def learn(self, reference: Reference) -> None:
        """Take in the lexicon's countries, bodies and places; unchanged ones cost nothing but a look."""
        with self._transaction():
            store_reference(self.connection, reference)

    def ingest(self, article: Article, reader: Reader) -> Ingested:
        """Read and store one article, in one transaction."""
        return next(iter(self.ingest_many([article], reader)))

    def ingest_many(self, articles: Iterable[Article], reader: Reader) -> Iterator[Ingested]:
        """Read and store articles, in order; each is stored whole or not at all.

        Each is a transaction of its own, so that readers elsewhere see it at once.
        """
        batch: list[tuple[Article, Extraction | None]] = []
        started = time.monotonic()
        for article in articles:
            same = self._standing(article).same
            batch.append((article, None if same is not None else reader.read(article)))
            if len(batch) == _BATCH or time.monotonic() - started > _BATCH_SECONDS:
                yield from self._write(batch, reader)
                batch, started = [], time.monotonic()
        if batch:
            yield from self._write(batch, reader)

    def delete_article(self, article_id: str) -> bool:
        """Remove an article and what only it told; False where the store has no such article."""
        with self._transaction() as version:
            row = self.connection.execute("SELECT number FROM article WHERE id = ?", (article_id,)).fetchone()
            if row is None:
                return False
            self._delete(row[0], version)
            self.connection.execute(rows.INSERT_CHANGE, (version, "ARTICLE_DELETED", article_id, None))
            return True

    def reextract(self, reader: Reader, article_ids: Iterable[str] | None = None) -> Iterator[Ingested]:
        """Read articles again, all when no ids are given, in the order they came in; unknown ids are left out.

        One transaction: where it is not gone through to its end, the store stays as it was, and it can begin anew.
        """
        wanted = None if article_ids is None else set(article_ids)
        with self._transaction() as version:
            for article in self.articles():
                if wanted is None or article.id in wanted:
                    yield self._write_one(article, reader.read(article), reader, version, again=True)

    def articles(self) -> Iterator[Article]:
        """All articles as they came in, in the order in which they came."""
        known = [row[0] for row in self.connection.execute("SELECT id FROM article ORDER BY number")]
        yield from (article for article_id in known if (article := self.article(article_id)) is not None)

    def count(self) -> int:
        """How many articles there are."""
        count: int = self.connection.execute("SELECT count(*) FROM article").fetchone()[0]
        return count

    def article(self, article_id: str) -> Article | None:
        """The article as it came in."""
        row = self.connection.execute(
            "SELECT id, text, published_on, dateline, agency, title, url FROM article WHERE id = ?", (article_id,)
        ).fetchone()
        return Article(*row) if row else None

    @contextmanager
    def _transaction(self) -> Iterator[int]:
        """A write transaction; gives the version that the store will have after it."""
        with translated(self.path):
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                # Events of one article refer to each other in any order.
                connection.execute("PRAGMA defer_foreign_keys = ON")
                version = self.version() + 1
                if self._names is not None and self._names[0] != version - 1:
                    self._names = None
                before = connection.total_changes
                yield version
                if connection.total_changes != before:
                    connection.execute("UPDATE store_state SET version = ?", (version,))
                connection.execute("COMMIT")
            except BaseException:
                self._names = None
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            if self._names is not None:
                self._names = self.version(), self._names[1]

    def _known_names(self, version: int) -> Names:
        if self._names is None or self._names[1].connection is not self.connection:
            self._names = version, Names(self.connection)
        return self._names[1]

    def _write(self, batch: list[tuple[Article, Extraction | None]], reader: Reader) -> list[Ingested]:
        with self._transaction() as version:
            return [self._write_one(article, extraction, reader, version, False) for article, extraction in batch]

    def _write_one(
        self, article: Article, extraction: Extraction | None, reader: Reader, version: int, again: bool
    ) -> Ingested:
        standing = self._standing(article, again)
        if standing.same is not None:
            count = self.connection.execute(
                "SELECT count(*) FROM report r JOIN article a ON a.number = r.article_id WHERE a.id = ?",
                (standing.same,),
            ).fetchone()[0]
            return Ingested(Outcome.UNCHANGED, standing.same, count)
        if extraction is None:
            # Another process removed the same text in the meantime.
            extraction = reader.read(article)
        article.id = standing.id
        trace = Trace()
        for number in standing.replaced[1:]:
            self._delete(number, version)
        if standing.replaced:
            trace = take_out(self.connection, standing.replaced[0])
        number = self._write_article(article, reader.version, standing.replaced[:1], again)
        ArticleWriting(self._known_names(version), extraction, number, trace, version).write()
        if standing.replaced:
            clear_away(self._known_names(version), trace)
        if not again:
            self.connection.execute(rows.INSERT_CHANGE, (version, "ARTICLE_INGESTED", article.id, None))
        outcome = Outcome.REPLACED if standing.replaced else Outcome.INGESTED
        return Ingested(outcome, article.id, len(extraction.events))

    def _standing(self, article: Article, again: bool = False) -> Standing:
        digest = text_hash(article.text)
        found = self.connection.execute(
            "SELECT number, id, text_hash, url, published_on, dateline, agency, title, url FROM article "
            "WHERE id = ?1 OR url = ?2 OR text_hash = ?3 ORDER BY id = ?1 DESC",
            (article.id, article.url, digest),
        ).fetchall()
        told = tuple(getattr(article, name) for name in _TOLD)
        ours = [row for row in found if row[1] == article.id or (article.url and row[3] == article.url)]
        if not again:
            for row in ours or found:
                if row[2] == digest and all(new is None or new == old for new, old in zip(told, row[4:], strict=True)):
                    return Standing(row[1], [], row[1])
        # An id made from the text is no name that anybody gave: the older one stays.
        named = bool(ours) and article.id == id_of_text(article.text)
        return Standing(None, [row[0] for row in ours], ours[0][1] if named else article.id)

    def _write_article(self, article: Article, rules_version: str, replaced: list[int], again: bool) -> int:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        values: dict[str, Any] = {
            "id": article.id,
            "text": article.text,
            "text_hash": text_hash(article.text),
            **{name: getattr(article, name) for name in _TOLD},
            "rules_version": rules_version,
        }
        if not again:
            values["ingested_at"] = now
        if replaced:
            columns = ", ".join(f"{name} = ?" for name in values)
            self.connection.execute(f"UPDATE article SET {columns} WHERE number = ?", (*values.values(), replaced[0]))
            return replaced[0]
        places = ", ".join("?" * len(values))
        statement = f"INSERT INTO article ({', '.join(values)}) VALUES ({places})"
        number = self.connection.execute(statement, tuple(values.values())).lastrowid
        assert number is not None
        return number

    def _delete(self, number: int, version: int) -> None:
        trace = take_out(self.connection, number)
        self.connection.execute("DELETE FROM article WHERE number = ?", (number,))
        names = self._known_names(version)
        unite(names, trace.shared)
        clear_away(names, trace)


def open_store(database: str | Path = DEFAULT_DATABASE, read_only: bool = False) -> Store:
    """Open the store in a file, named by its path or Peewee URL, making or migrating it; raises StoreError.

    The models are bound to the store opened last.
    """
    return Store(open_database(database, read_only), path_of(database))
