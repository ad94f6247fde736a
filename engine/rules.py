"""The rules as loaded: lexicon, vocabulary, and the cascade that reads with them."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.alphabet import Alphabet
from engine.automaton import Rows
from engine.cache import keep, kept
from engine.cascade import Cascade, Event, Phrases, Reads
from engine.lexicon import Lexicon
from engine.program import Program
from engine.sources import Sources, sources_of
from engine.table import Table
from engine.words import Vocabulary

if TYPE_CHECKING:
    from engine.grammar import Grammars

ENGINE = Path(__file__).resolve().parent
INSTALLED = ENGINE / "installed_rules"
RULES = INSTALLED if INSTALLED.is_dir() else ENGINE.parent / "rules"
"""The project's own rules: those that a wheel brought with it, else those of the checkout."""
NEW_OBJECTS = 50_000
"""Objects made and not freed after which garbage is looked for; Python's own 700 suits smaller heaps."""


@dataclass(slots=True)
class Rules:
    """All that rules/ says, ready to read with; `version` is a hash of every file's content."""

    sources: Sources
    version: str
    lexicon: Lexicon
    cascade: Cascade
    vocabulary: Vocabulary

    def forget(self) -> None:
        """Drop all that was remembered of the articles read."""
        self.cascade.forget()
        self.vocabulary.forget()

    def grammars(self) -> Grammars:
        """The grammars as written, read anew from the same texts."""
        from engine.grammar import Grammars

        return Grammars(self.sources, frozenset(listed[0] for listed in self.cascade.alphabet.listed))


@lru_cache(maxsize=1)
def engine_version() -> str:
    """A hash of the engine's own files, on which the compiled form depends."""
    digest = hashlib.sha256()
    for file in sorted(ENGINE.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def load_rules(path: Path | Sources = RULES, *, cached: bool = True) -> Rules:
    """Read and check rules/, or take what was kept from an earlier reading of the same files by the same engine.

    Raises RulesError with every finding.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    rules = rules_of(sources_of(path), cached)
    # Rules live as long as the process: frozen, their many objects cost no later collection anything.
    gc.freeze()
    # What is remembered of texts grows by such objects; searching it again and again for garbage would cost more.
    gc.set_threshold(max(NEW_OBJECTS, gc.get_threshold()[0]), *gc.get_threshold()[1:])
    return rules


def rules_of(sources: Sources, cached: bool) -> Rules:
    """Rules from their files, without a collection while their many objects are made; raises RulesError."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return loaded(sources, cached)
    finally:
        if collecting:
            gc.enable()


def loaded(sources: Sources, cached: bool) -> Rules:
    """Rules from the cache, or compiled and kept there."""
    version = sources.version
    key = f"{version}-{engine_version()}"
    data = kept(key) if cached else None
    if data is None:
        from engine.compile import compiled

        data = compiled(sources)
        if cached:
            keep(key, data)
    return assembled(sources, version, data)


def assembled(sources: Sources, version: str, data: dict[str, Any]) -> Rules:
    """Rules from their compiled form."""
    alphabet = Alphabet()
    for name in data["names"]:
        alphabet.bit(name)
    for listed in data["shapes"]:
        alphabet.add_shape(*listed)
    alphabet.tested()
    lexicon = Lexicon(data["listed"], data["readings"], data["rows"], data["longer"], data["main"])
    cascade = cascade_of(data, alphabet, lambda programs: recursive_readers(sources, programs, alphabet, lexicon))
    return Rules(sources, version, lexicon, cascade, Vocabulary(lexicon, alphabet))


def cascade_of(data: dict[str, Any], alphabet: Alphabet, recursive: Callable[[list[Program]], list[Reads]]) -> Cascade:
    """The layers of phrases and the event grammars; `recursive` gives the readers of programs that have no table."""
    classes = {alphabet.number(name): name for name in data["classes"]}
    numbers = {name: number for number, name in enumerate(alphabet.names)}
    phrases: dict[int, Phrases] = {}
    events = []
    for programs, table, needed in data["groups"]:
        told = [Program(*program) for program in programs]
        layer, rows = told[0].layer, Rows(Table.unpacked(table), numbers)
        if layer:
            phrases[layer] = Phrases(alphabet, rows, told, recursive(told), classes)
        else:
            events.append(Event(alphabet, rows, told, recursive(told), sum(map(alphabet.bit, needed))))
    return Cascade(alphabet, [phrases[number] for number in sorted(phrases)], events)


def recursive_readers(sources: Sources, programs: list[Program], alphabet: Alphabet, lexicon: Lexicon) -> list[Reads]:
    """Readers of those grammars that no automaton can read, made from their files."""
    recursive = [program for program in programs if program.recursive]
    if not recursive:
        return []
    from engine.earley import EarleyReader
    from engine.grammar import Grammars

    grammars = Grammars(sources, frozenset(listed[0] for listed in alphabet.listed))
    return [EarleyReader(grammars[p.name], alphabet, lexicon.listed, p.layer) for p in recursive]
