"""The rules as loaded: lexicon, vocabulary, and the cascade that reads with them."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.alphabet import Alphabet
from engine.automaton import Automaton
from engine.cache import keep, kept
from engine.cascade import Cascade, Layer, Reads
from engine.lexicon import Lexicon
from engine.program import Program
from engine.words import Vocabulary

if TYPE_CHECKING:
    from engine.grammar import Grammar

RULES = Path(__file__).resolve().parent.parent / "rules"
"""The project's own rules."""
ENGINE = Path(__file__).resolve().parent


@dataclass(slots=True)
class Rules:
    """All that rules/ says, ready to read with; `version` is a hash of every file's content."""

    path: Path
    version: str
    lexicon: Lexicon
    cascade: Cascade
    vocabulary: Vocabulary

    def grammars(self) -> dict[str, Grammar]:
        """The grammars as written, read anew from their files."""
        from engine.compile import read_grammars

        return read_grammars(self.path, frozenset(listed[0] for listed in self.cascade.alphabet.listed))[0]


def content_hash(files: list[Path], root: Path) -> str:
    """A hash of the names and contents of files."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def load_rules(path: Path = RULES, *, cached: bool = True) -> Rules:
    """Read and check rules/, or take what was kept from an earlier reading of the same files by the same engine.

    Raises RulesError with every finding.
    """
    version = content_hash([*path.rglob("*.lark"), *path.rglob("*.csv")], path)
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    collecting = gc.isenabled()
    gc.disable()
    try:
        return loaded(path, version, cached)
    finally:
        # Rules live as long as the process: frozen, their many objects cost no later collection anything.
        gc.freeze()
        if collecting:
            gc.enable()


def loaded(path: Path, version: str, cached: bool) -> Rules:
    """Rules from the cache, or compiled and kept there."""
    key = f"{version}-{content_hash(list(ENGINE.glob('*.py')), ENGINE)}"
    data = kept(key) if cached else None
    if data is None:
        from engine.compile import compiled

        data = compiled(path)
        if cached:
            keep(key, data)
    return assembled(path, version, data)


def assembled(path: Path, version: str, data: dict[str, Any]) -> Rules:
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
    recursive = recursive_readers(path, [program for program in programs if not program.code], alphabet, lexicon)
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
    return Rules(path, version, lexicon, cascade, Vocabulary(lexicon, alphabet))


def recursive_readers(path: Path, programs: list[Program], alphabet: Alphabet, lexicon: Lexicon) -> dict[str, Reads]:
    """Readers of the grammars that have no program, by name, made from their files."""
    if not programs:
        return {}
    from engine.compile import read_grammars
    from engine.earley import EarleyReader

    grammars, _ = read_grammars(path, frozenset(listed[0] for listed in alphabet.listed))
    return {p.name: EarleyReader(grammars[p.name], alphabet, lexicon.listed, p.layer) for p in programs}
