"""The files of rules/ as they were at one moment, so that what is checked, compiled and shown is the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from engine.errors import Finding, RulesError
from engine.headers import PACKAGE

SUFFIXES = frozenset({".lark", ".csv", ".corpus"})
"""What the files of rules/ end with; others are not looked at, but for the description of the tables."""
SHAPES = "shapes.csv"
"""The table of word shapes, which no rules can do without."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Contents by their path within rules/ ("phrases/time.lark")."""

    files: Mapping[str, bytes]

    def __hash__(self) -> int:
        return hash(frozenset(self.files))

    @classmethod
    def read(cls, folder: Path) -> Sources:
        """All files of a folder of rules."""
        found = sorted(path for path in folder.rglob("*") if takes(path))
        return cls({path.relative_to(folder).as_posix(): path.read_bytes() for path in found})

    def edited(self, edits: Mapping[str, str]) -> Sources:
        """The same files but for some with other texts."""
        return Sources(dict(self.files) | {name: text.encode() for name, text in edits.items()})

    @property
    def version(self) -> str:
        """A hash of the names and contents of all grammars and tables; examples do not change what is read."""
        return self._hash(name for name in self.files if not name.endswith(".corpus"))

    @property
    def content(self) -> str:
        """A hash of the names and contents of all files."""
        return self._hash(self.files)

    def _hash(self, names: Iterable[str]) -> str:
        digest = hashlib.sha256()
        for name in sorted(names):
            digest.update(name.encode() + b"\0" + self.files[name] + b"\0")
        return digest.hexdigest()[:24]

    def text(self, name: str) -> str:
        """A file's text; raises RulesError where it is not UTF-8, KeyError where there is no such file."""
        try:
            return self.files[name].decode()
        except UnicodeDecodeError as error:
            finding = Finding(f"rules/{name}", 1, f"not UTF-8 at byte {error.start}", do="save it as UTF-8")
            raise RulesError([finding]) from error

    def names(self, *patterns: str) -> list[str]:
        """The files that each pattern fits, a pattern's together; a "*" stands for a name without folders."""
        return [
            name
            for pattern in patterns
            for name in sorted(self.files)
            if fnmatchcase(name, pattern) and name.count("/") == pattern.count("/")
        ]


def takes(path: Path) -> bool:
    """Whether a path is a file of the rules."""
    return (path.suffix in SUFFIXES or path.name == PACKAGE) and path.is_file()


def sources_of(rules: Path | Sources) -> Sources:
    """The files of a folder, or those that were read before; raises RulesError for a folder that holds no rules."""
    if isinstance(rules, Sources):
        return rules
    found = Sources.read(rules)
    if SHAPES not in found.files:
        raise RulesError(
            [Finding(str(rules / SHAPES), 1, "no such file", do="name a folder like the project's rules/")]
        )
    return found
