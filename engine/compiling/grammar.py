"""Grammars: what the .lark files of rules/ say.

Lark itself is only loaded where a file must be read, because most runs find all that they need compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from engine.contract import slot_and_value
from engine.errors import Finding, RulesError
from engine.lexicon import tokens_of
from engine.sources import Sources

IMPORT = re.compile(r"^\s*%import\s+shared\.(\w+)", re.MULTILINE)
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*"i?|/(?:\\.|[^/\\\n])+/[imslux]*)|[ \t]*//[^\n]*')
"""A literal, which is kept, or a comment, which is not."""
SHAPE = re.compile(r"^(_?[A-Z][A-Z0-9_]*(?:\.\d+)?\s*:)[^\n]*(?:\n[ \t]*\|[^\n]*)*", re.MULTILINE)
"""A terminal's definition: its name, and what words it is."""


@dataclass(slots=True, eq=False)
class Grammar:
    """One .lark file as read: its rules (name -> parameters and EBNF tree), own terminals and where each rule stands.

    `lines` maps "rule" and "rule.alias" to a line; `source` is the file's text; `roots` are the rules that no other
    rule of the file uses, in their order.
    """

    name: str
    file: str
    source: str
    rules: dict[str, tuple[tuple[str, ...], Any]]
    terminals: dict[str, str]
    lines: Mapping[str, int]
    used: Set[str]
    roots: list[str] = field(init=False)

    def __post_init__(self) -> None:
        referred = set().union(*(references(tree) for _, tree in self.rules.values())) if self.rules else set()
        self.roots = [name for name in self.rules if name not in referred and not name.startswith("_")]

    def told_by(self, rule: str) -> tuple[str, str | None]:
        """The slot that a rule fills, and the value that its name tells (law 3); a root is called as it is."""
        return (rule, None) if rule in self.roots else slot_and_value(rule)

    def key_of(self, terminal: str) -> str:
        """What the alphabet calls a terminal that the file names: those that it defines are its own."""
        return f"{self.file}:{terminal}" if terminal in self.terminals else terminal


def references(tree: Any) -> set[str]:
    """The names of the rules that a rule's tree refers to."""
    return {leaf.name for leaf in tree.scan_values(lambda leaf: type(leaf).__name__ == "NonTerminal")}


class Grammars(Mapping[str, Grammar]):
    """Every .lark file by stem, phrases first, each read when it is first asked for; a folder `shared` holds only what
    others import. `declared` are shapes; those that grammars define for themselves have no plain names, and do not
    count, so that a file is read once, before they are known as after."""

    def __init__(self, sources: Sources, declared: Iterable[str]) -> None:
        self.sources = sources
        self.declared = frozenset(filter(str.isidentifier, declared))
        self.paths = {PurePosixPath(name).stem: name for name in sources.names("phrases/*.lark", "*.lark")}
        self.known: dict[str, Grammar] = {}

    def __getitem__(self, name: str) -> Grammar:
        return self.read(self.paths[name])

    def read(self, path: str, opened: tuple[str, ...] = ()) -> Grammar:
        """The grammar of one file, which the `opened` ones import; raises RulesError."""
        if path not in self.known:
            self.known[path] = self.written(path, self.sources.text(path), opened)
        return self.known[path]

    def written(self, path: str, source: str, opened: tuple[str, ...] = (), *, remembered: bool = True) -> Grammar:
        """The grammar that a file with this text would be; raises RulesError."""
        from engine.compiling.grammar_file import grammar_of

        if path in opened:
            circle = " -> ".join((*opened[opened.index(path) :], path))
            what, do = f"shared files that import each other: {circle}", "let one go without the other"
            raise RulesError([Finding(f"rules/{path}", 1, what, "imports that go one way", do)])
        below = (*opened, path)
        imported = {name: self.read(name, below) for name in imports(source) if name in self.sources.files}
        return grammar_of(path, source, imported, self.declared, remembered=remembered)

    def texts(self, name: str) -> dict[str, str]:
        """What a grammar is read from, by path: its own text first, then those of all that it imports; RulesError."""
        found = {self.paths[name]: self.sources.text(self.paths[name])}
        stack = imports(found[self.paths[name]])
        while stack:
            path = stack.pop()
            if path not in found and path in self.sources.files:
                found[path] = self.sources.text(path)
                stack += imports(found[path])
        return found

    def structures(self, name: str) -> dict[str, str]:
        """The same texts with all that a table of the grammar depends on, without the words that terminals are."""
        return {path: structure_of(text) for path, text in self.texts(name).items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


@lru_cache(maxsize=1)
def grammars_of(sources: Sources, declared: frozenset[str]) -> Grammars:
    """The grammars of these sources; those asked for last are remembered, as who compiles them looks at them
    next."""
    return Grammars(sources, declared)


@lru_cache(maxsize=100)
def structure_of(source: str) -> str:
    """A text without comments and without what its terminals are defined as."""
    return SHAPE.sub(r"\1", COMMENT.sub(r"\1", source).rstrip())


def imports(source: str) -> list[str]:
    """The paths of the shared files that a text imports from."""
    return [f"shared/{name}.lark" for name in IMPORT.findall(source)]


@lru_cache(maxsize=10_000)
def words_of(quoted: str) -> tuple[str, ...]:
    """The words that a quoted wording stands for, in small letters."""
    return tuple(word.lower() for word in tokens_of(quoted.rstrip("i")[1:-1]))
