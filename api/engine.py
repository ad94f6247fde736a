"""What the API asks of the engine, by name, so that it can be tested without rules.

`engine.reader.Reader` is a Reader; `engine.rulebook` implements Rulebook.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from peewee import SqliteDatabase

from engine.errors import Finding
from engine.facts import Article, Extraction
from engine.sources import Sources
from engine.store.database import raw
from engine.store.reference import Reference
from engine.store.store import Store, open_store

if TYPE_CHECKING:
    from engine.authoring.coverage import Unread
    from engine.authoring.explanation import Explanation
    from engine.authoring.proposals import Proposal
    from engine.rulebook import ExampleText, GrammarText, RuleText, SentenceRead


class Reader(Protocol):
    """Reads an article with the rules of `version`; not safe for two threads at once."""

    @property
    def version(self) -> str:
        """Names the rules; changes when a rule or word does."""

    def read(self, article: Article) -> Extraction:
        """All facts of the article."""


class Rulebook(Protocol):
    """The rules as texts; None where a name is unknown."""

    def grammars(self) -> Sequence[GrammarText]:
        """All grammars, event types first."""

    def explain(self, text: str, grammar: str | None = None) -> Explanation:
        """What the rules made of a text; with `grammar`, only the rules of that one."""

    def examples_of(self, rule: str) -> Sequence[ExampleText]:
        """The examples that a rule reads, by its full name."""

    def propose(self, text: str, grammar: str | None = None) -> Sequence[Proposal]:
        """Edits that would make a text give more, best first; with `grammar`, facts of that one."""

    def harvest(self, sentences: Iterable[SentenceRead], first: int) -> Sequence[Unread]:
        """The most telling verbs and phrases that no rule reads."""


@dataclass(slots=True, eq=False)
class Engine:
    """The reader and the rules of one version, with the lock that keeps the reader to one thread at a time.

    Other rules are another Engine. `template` is an empty store with the lexicon's countries, bodies and places, as
    SQLite serializes it, `sources` the files that the rules were made from.
    """

    reader: Reader
    rulebook: Rulebook
    template: bytes = b""
    sources: Sources = field(default_factory=lambda: Sources({}))
    lock: threading.RLock = field(default_factory=threading.RLock)
    _grammars: dict[str, GrammarText] | None = None
    _rules: dict[str, RuleText] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version of the rules."""
        return self.reader.version

    def read(self, article: Article) -> Extraction:
        """All facts of the article, as soon as the reader is free."""
        with self.lock:
            return self.reader.read(article)

    def explain(self, text: str, grammar: str | None) -> Explanation:
        """What the rules made of a text, as soon as the reader is free."""
        with self.lock:
            return self.rulebook.explain(text, grammar)

    def propose(self, text: str, grammar: str | None) -> Sequence[Proposal]:
        """Edits that would make a text give more, as soon as the reader is free."""
        with self.lock:
            return self.rulebook.propose(text, grammar)

    def harvest(self, sentences: Iterable[SentenceRead], first: int) -> Sequence[Unread]:
        """The most telling verbs and phrases that no rule reads, as soon as the reader is free."""
        with self.lock:
            return self.rulebook.harvest(sentences, first)

    def grammars(self) -> dict[str, GrammarText]:
        """All grammars by name, event types first."""
        with self.lock:
            if self._grammars is None:
                self._grammars = {grammar.name: grammar for grammar in self.rulebook.grammars()}
                self._rules = {rule.name: rule for grammar in self._grammars.values() for rule in grammar.rules}
            return self._grammars

    def rule(self, name: str) -> RuleText | None:
        """The rule of a full name."""
        self.grammars()
        return self._rules.get(name)

    def examples(self, name: str) -> Sequence[ExampleText]:
        """The examples that a rule reads; the first call reads all of its grammar."""
        with self.lock:
            return self.rulebook.examples_of(name)

    def store_of(self, article: Article) -> Store:
        """A store in memory that holds this article alone; it belongs to the calling thread."""
        database = SqliteDatabase(":memory:")
        database.connect()
        connection = raw(database)
        connection.deserialize(self.template)
        store = Store(database, "the text given")
        store.ingest(article, self)
        return store


def empty_store(reference: Reference) -> bytes:
    """The template: a store without articles. Call it before opening another store, for Peewee binds to the last."""
    with open_store(":memory:") as store:
        store.learn(reference)
        return store.connection.serialize()


def taught(template: bytes, reference: Reference) -> bytes:
    """A template that knows a newer lexicon's countries, bodies and places too."""
    database = SqliteDatabase(":memory:")
    database.connect()
    raw(database).deserialize(template)
    with Store(database, "the template") as store:
        store.learn(reference)
        return store.connection.serialize()


@dataclass(slots=True, eq=False)
class Reload:
    """The latest look at the rules: those in force, and what is wrong with newer ones, for which these stay in force.

    `at` is when that was, UTC, ISO 8601. All that a request reads comes from one of these, so it never sees two.
    """

    engine: Engine
    findings: tuple[Finding, ...] = ()
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    version: str = field(init=False)
    """Names the rules, their examples and the findings: answers of one version are alike."""

    def __post_init__(self) -> None:
        told = "\n".join([self.engine.sources.content, *map(str, self.findings)])
        self.version = f"{self.engine.version}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
