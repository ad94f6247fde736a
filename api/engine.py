"""What the API asks of the engine, by name, so that each side can be tested without the other.

`engine.reader.Reader` is a Reader; `engine.rulebook` implements Rulebook.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from peewee import SqliteDatabase

from engine.errors import Finding
from engine.facts import Article, Extraction
from engine.sources import Sources
from engine.store.database import raw
from engine.store.reference import Reference
from engine.store.store import Store, open_store


class Reader(Protocol):
    """Reads an article with the rules of `version`; not safe for two threads at once."""

    @property
    def version(self) -> str:
        """Names the rules; changes when a rule or word does."""

    def read(self, article: Article) -> Extraction:
        """All facts of the article."""


class ExampleText(Protocol):
    """An example of a rule: its text, its line in the .corpus file, and whether the rules read it as expected."""

    @property
    def text(self) -> str:
        """The example sentence."""

    @property
    def line(self) -> int:
        """Where it stands, from 1."""

    @property
    def passes(self) -> bool:
        """Whether the rules give the facts expected."""


class RuleText(Protocol):
    """A rule by its full name ("meeting.held_by_both"), with the lines that define it."""

    @property
    def name(self) -> str:
        """Grammar and phrasing."""

    @property
    def line(self) -> int:
        """Where it stands in the grammar's file, from 1."""

    @property
    def source(self) -> str:
        """Its definition."""


class GrammarText(Protocol):
    """A grammar file; `file` is its path from the project's root ("rules/meeting.lark")."""

    @property
    def name(self) -> str:
        """The stem of the file."""

    @property
    def file(self) -> str:
        """The path from the root."""

    @property
    def source(self) -> str:
        """The whole text."""

    @property
    def description(self) -> str:
        """What it reads, in a sentence."""

    @property
    def rules(self) -> Sequence[RuleText]:
        """Its rules, in the order of the file."""


class Stretch(Protocol):
    """A stretch of the explained text."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def start(self) -> int:
        """Character offset."""

    @property
    def end(self) -> int:
        """Character offset after it."""


class TokenText(Stretch, Protocol):
    """A token of the explained text, and the terminals that it can be."""

    @property
    def terminals(self) -> Sequence[str]:
        """Names of terminals."""


class SlotText(Stretch, Protocol):
    """A slot that a rule filled, with the words that it took."""

    @property
    def name(self) -> str:
        """The slot."""

    @property
    def mark(self) -> str | None:
        """What the rule says of it with an arrow."""


class ReadingText(Protocol):
    """A rule that read a stretch of the text; `tree` is the parse tree as indented text."""

    @property
    def rule(self) -> str:
        """The rule's full name."""

    @property
    def file(self) -> str:
        """The grammar's file, from the root."""

    @property
    def line(self) -> int:
        """The rule's line, from 1."""

    @property
    def start(self) -> int:
        """Character offset."""

    @property
    def end(self) -> int:
        """Character offset after it."""

    @property
    def tree(self) -> str:
        """The parse tree."""

    @property
    def slots(self) -> Sequence[SlotText]:
        """The slots that it filled."""


class NearMissText(Protocol):
    """A rule that began and did not finish: where it stopped, and what it wanted next."""

    @property
    def rule(self) -> str:
        """The rule's full name."""

    @property
    def start(self) -> int:
        """Character offset where it began."""

    @property
    def stopped_at(self) -> int:
        """Character offset of the first word that did not fit."""

    @property
    def file(self) -> str:
        """The grammar's file, from the root."""

    @property
    def line(self) -> int:
        """The rule's line, from 1."""

    @property
    def stood(self) -> str:
        """The word that did not fit; empty at the end."""

    @property
    def expected(self) -> Sequence[str]:
        """What would have fitted there, as grammars name it."""

    @property
    def words(self) -> Sequence[str]:
        """The words among it."""

    @property
    def phrases(self) -> Sequence[str]:
        """The phrases among it."""

    @property
    def classes(self) -> Sequence[str]:
        """The classes and shapes of words among it, each with some of its words."""


class ProposalText(Protocol):
    """An edit of rules/ that would make a text give a fact: `text` to paste below `line`, or in its place."""

    @property
    def file(self) -> str:
        """The path from the root."""

    @property
    def line(self) -> int:
        """The line below which the text goes, from 1; the line that it replaces, where it does."""

    @property
    def kind(self) -> str:
        """LEXICON_ROW or ALTERNATIVE."""

    @property
    def text(self) -> str:
        """What to paste."""

    @property
    def replaces(self) -> bool:
        """Whether it goes in the place of the line."""

    @property
    def why(self) -> str:
        """What it does."""

    @property
    def reads(self) -> str:
        """The facts that the text then gives, one a line."""


class UnreadText(Protocol):
    """A verb or phrase of sentences that no rule read."""

    @property
    def phrase(self) -> str:
        """The verb, and what stands behind it."""

    @property
    def count(self) -> int:
        """How many sentences have it."""

    @property
    def examples(self) -> Sequence[str]:
        """Some of them."""


class ExplanationText(Protocol):
    """Why a text gave these facts, and why it gave no others."""

    @property
    def tokens(self) -> Sequence[TokenText]:
        """All words."""

    @property
    def readings(self) -> Sequence[ReadingText]:
        """What was read."""

    @property
    def untouched(self) -> Sequence[Stretch]:
        """What no rule read."""

    @property
    def near_misses(self) -> Sequence[NearMissText]:
        """What nearly was."""


class Rulebook(Protocol):
    """The rules as texts; None where a name is unknown."""

    def grammars(self) -> Sequence[GrammarText]:
        """All grammars, event types first."""

    def explain(self, text: str, grammar: str | None = None) -> ExplanationText:
        """What the rules made of a text; with `grammar`, only the rules of that one."""

    def examples_of(self, rule: str) -> Sequence[ExampleText]:
        """The examples that a rule reads, by its full name."""

    def propose(self, text: str, grammar: str | None = None) -> Sequence[ProposalText]:
        """Edits that would make a text give more, best first; with `grammar`, facts of that one."""

    def harvest(self, sentences: Iterable[str], first: int) -> Sequence[UnreadText]:
        """The most frequent verbs and phrases of sentences that no rule reads."""


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

    def explain(self, text: str, grammar: str | None) -> ExplanationText:
        """What the rules made of a text, as soon as the reader is free."""
        with self.lock:
            return self.rulebook.explain(text, grammar)

    def propose(self, text: str, grammar: str | None) -> Sequence[ProposalText]:
        """Edits that would make a text give more, as soon as the reader is free."""
        with self.lock:
            return self.rulebook.propose(text, grammar)

    def harvest(self, sentences: Iterable[str], first: int) -> Sequence[UnreadText]:
        """The most frequent verbs and phrases of unread sentences, as soon as the reader is free."""
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
        """The examples that a rule reads; the first call reads those of all rules, which takes seconds."""
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
