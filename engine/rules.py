"""The rules as loaded: lexicon, vocabulary, and the cascade that reads with them."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.automaton import Rows
from engine.cascade import Cascade, Event
from engine.compiling.alphabet import Alphabet
from engine.compiling.cache import keep, kept, prune
from engine.compiling.pieces import key_of
from engine.compiling.program import Program, Reads
from engine.compiling.table import Table
from engine.layers import Phrases
from engine.lexicon import Lexicon
from engine.sources import Sources, sources_of
from engine.words import Vocabulary

if TYPE_CHECKING:
    from engine.compiling.grammar import Grammars

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
        self.lexicon.found.clear()

    def grammars(self) -> Grammars:
        """The grammars as written, from the same texts."""
        from engine.compiling.grammar import grammars_of

        return grammars_of(self.sources, frozenset(filter(str.isidentifier, self.cascade.alphabet.listed)))


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


def rules_of(sources: Sources, cached: bool, form: dict[str, Any] | None = None) -> Rules:
    """Rules from their files, or from their compiled form where that is known already; raises RulesError."""
    with uncollected():
        return assembled(sources, form_of(sources, cached) if form is None else form)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No collection of garbage while many objects are made that stay."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def form_of(sources: Sources, cached: bool) -> dict[str, Any]:
    """The compiled form of rules: from the cache, or made and kept there; raises RulesError."""
    key = key_of("rules", (sources.version,))
    data = filled(kept(key)) if cached else None
    if data is None:
        from engine.compiling.compile import compiled

        data = compiled(sources, keeping=cached)
        if cached:
            keep(key, emptied(data))
            prune()
    return data


def emptied(data: dict[str, Any]) -> dict[str, Any]:
    """Compiled rules without their pieces, which are kept by their own keys."""
    groups = [[key, None, needed] for key, _, needed in data["groups"]]
    return {**data, "lexicon": [data["lexicon"][0], None], "groups": groups}


def filled(data: dict[str, Any] | None) -> dict[str, Any] | None:
    """Compiled rules with their pieces, as long as all are kept."""
    if data is None:
        return None
    for listed in (data["lexicon"], *data["groups"]):
        listed[1] = kept(listed[0])
        if listed[1] is None:
            return None
    return data


def assembled(sources: Sources, data: dict[str, Any]) -> Rules:
    """Rules from their compiled form."""
    alphabet = Alphabet()
    for name in data["names"]:
        alphabet.bit(name)
    for listed in data["shapes"]:
        alphabet.take_shape(*listed)
    alphabet.tested()
    words = data["lexicon"][1]
    lexicon = Lexicon(words["listed"], words["readings"], words["rows"], words["longer"], words["main"])
    cascade = cascade_of(data, alphabet, lambda programs: recursive_readers(sources, programs, alphabet, lexicon))
    return Rules(sources, sources.version, lexicon, cascade, Vocabulary(lexicon, alphabet))


def cascade_of(data: dict[str, Any], alphabet: Alphabet, recursive: Callable[[list[Program]], list[Reads]]) -> Cascade:
    """The layers of phrases and the event grammars; `recursive` gives the readers of programs that have no table."""
    classes = {alphabet.number(name): name for name in data["classes"]}
    numbers = {name: number for number, name in enumerate(alphabet.names)}
    phrases: dict[int, Phrases] = {}
    events: list[Event] = []
    for _, (programs, table, *_), needed in data["groups"]:
        told = [Program(*program) for program in programs]
        layer, rows = told[0].layer, Rows(Table.unpacked(table), numbers)
        if layer:
            phrases[layer] = Phrases(alphabet, rows, told, recursive(told), classes)
        else:
            events.append(Event(alphabet, rows, told, recursive(told), sum(map(alphabet.bit, needed)), len(events)))
    return Cascade(alphabet, [phrases[number] for number in sorted(phrases)], events)


def recursive_readers(sources: Sources, programs: list[Program], alphabet: Alphabet, lexicon: Lexicon) -> list[Reads]:
    """Readers of those grammars that no automaton can read, made from their files."""
    recursive = [program for program in programs if program.recursive]
    if not recursive:
        return []
    from engine.compiling.earley import EarleyReader
    from engine.compiling.grammar import Grammars

    grammars = Grammars(sources, alphabet.listed)
    return [EarleyReader(grammars[p.name], alphabet, lexicon.listed, p.layer) for p in recursive]
