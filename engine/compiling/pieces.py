"""Pieces: what parts of rules/ compile to, each known by all that it depends on, so that an edit compiles only what it
changes.

Pieces are what JSON can hold. They are remembered, found where an earlier run kept them, and kept where that is wanted.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.compiling.cache import keep, kept, renewed

ENGINE = Path(__file__).resolve().parents[1]
MOST_REMEMBERED = 64
"""Pieces of one kind that are remembered."""


@lru_cache(maxsize=1)
def engine_version() -> str:
    """A hash of Python's version and the engine's own files, on which the compiled form depends."""
    made = hashlib.sha256(sys.version.encode())
    for file in sorted(ENGINE.rglob("*.py")):
        made.update(file.relative_to(ENGINE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return made.hexdigest()[:24]


def key_of(kind: str, depends: Iterable[str | bytes]) -> str:
    """The key of a piece of a kind that depends on these texts, in their order."""
    made = hashlib.sha256(engine_version().encode())
    for text in depends:
        part = text.encode() if isinstance(text, str) else text
        made.update(b"%d:" % len(part) + part)
    return f"{kind}-{made.hexdigest()[:32]}"


class Pieces:
    """The pieces made or used so far: of each kind by their key, those used longest ago first."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, Any]] = {}

    def has(self, kind: str, key: str) -> bool:
        """Whether the piece of a key is remembered or kept."""
        return key in self.known.get(kind, ()) or renewed(key)

    def piece(self, kind: str, key: str, make: Callable[[], Any], *, keeping: bool, most: int = MOST_REMEMBERED) -> Any:
        """The piece of a key, made where it is neither remembered nor kept; `keeping` tells to keep what is made."""
        known = self.known.setdefault(kind, {})
        remembered = known.pop(key, None)
        found = kept(key) if remembered is None else remembered
        if found is None:
            found = make()
        elif keeping and renewed(key):
            keeping = False
        if keeping:
            keep(key, found)
        known[key] = found
        while len(known) > most:
            known.pop(next(iter(known)), None)
        return found


PIECES = Pieces()
"""Those of this process."""
