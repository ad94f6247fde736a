"""The rules as loaded: lexicon, vocabulary, and the cascade that reads with them."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.alphabet import Alphabet
from engine.automaton import Automaton
from engine.cache import keep, kept
from engine.cascade import Cascade, Layer, Reads
from engine.lexicon import Lexicon
from engine.program import Program
from engine.sources import Sources, sources_of
from engine.words import Vocabulary

if TYPE_CHECKING:
    from engine.grammar import Grammar

RULES = Path(__file__).resolve().parent.parent / "rules"
"""The project's own rules."""
ENGINE = Path(__file__).resolve().parent


@dataclass(slots=True)
class Rules:
    """All that rules/ says, ready to read with; `version` is a hash of every file's content."""

    sources: Sources
    version: str
    lexicon: Lexicon
    cascade: Cascade
    vocabulary: Vocabulary

    def grammars(self) -> dict[str, Grammar]:
        """The grammars as written, read anew from the same texts."""
        from engine.compile import read_grammars

        return read_grammars(self.sources, frozenset(listed[0] for listed in self.cascade.alphabet.listed))[0]


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
    sources = sources_of(path)
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    collecting = gc.isenabled()
    gc.disable()
    try:
        return loaded(sources, cached)
    finally:
        # Rules live as long as the process: frozen, their many objects cost no later collection anything.
        gc.freeze()
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
    lexicon = Lexicon(data["listed"], data["readings"], data["rows"], data["longer"], data["main"])
    programs = [
        Program(name, file, roots, data["codes"][code], start, layer)
        for name, file, roots, start, layer, code in data["programs"]
    ]
    recursive = recursive_readers(sources, [program for program in programs if not program.code], alphabet, lexicon)
    readers = [
        Automaton(program, alphabet.bits, alphabet.masks) if program.code else recursive[program.name]
        for program in programs
    ]
    classes = {name: alphabet.bit(name) for name in data["classes"]}
    numbers = sorted({program.layer for program in programs if program.layer})
    layers = [Layer(alphabet, [r for r in readers if r.program.layer == number], classes) for number in numbers]
    events = [reader for reader in readers if not reader.program.layer]
    cuts = data["needed"]
    needed = [sum(map(alphabet.bits.__getitem__, cuts.get(event.program.name, alphabet.bits))) for event in events]
    cascade = Cascade(alphabet, layers, events, needed)
    return Rules(sources, version, lexicon, cascade, Vocabulary(lexicon, alphabet))


def recursive_readers(
    sources: Sources, programs: list[Program], alphabet: Alphabet, lexicon: Lexicon
) -> dict[str, Reads]:
    """Readers of the grammars that have no program, by name, made from their files."""
    if not programs:
        return {}
    from engine.compile import read_grammars
    from engine.earley import EarleyReader

    grammars, _ = read_grammars(sources, frozenset(listed[0] for listed in alphabet.listed))
    return {p.name: EarleyReader(grammars[p.name], alphabet, lexicon.listed, p.layer) for p in programs}
