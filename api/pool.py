"""Connections for reading: each sees the store as it was when its request began, and never waits for a writer."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

_STATEMENTS = 512
# How many steps of SQLite's machine pass between two looks at the clock; about a millisecond.
_STEPS = 50_000


class Reading:
    """One connection, with the deadline that a running statement is stopped at."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, cached_statements=_STATEMENTS
        )
        self.deadline = float("inf")
        for pragma in ("query_only = 1", "busy_timeout = 5000", "cache_size = -32000", "mmap_size = 268435456"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.set_progress_handler(self._is_late, _STEPS)

    def _is_late(self) -> bool:
        return time.monotonic() > self.deadline

    def version(self) -> int:
        """The store's version as this connection sees it now."""
        version: int = self.connection.execute("SELECT version FROM store_state").fetchone()[0]
        return version

    def commits(self) -> int:
        """A number that changes when anyone else commits; much cheaper than `version`."""
        number: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return number


class Pool:
    """The connections to one file that are not in use, made when needed."""

    def __init__(self, path: str) -> None:
        self.path = path
        # Taking from a list and adding to it are safe between threads, and need no lock.
        self.free: list[Reading] = []
        self.made: list[Reading] = []
        self.watch = self._make()
        self.seen = -1
        self.current = 0

    def _make(self) -> Reading:
        reading = Reading(self.path)
        self.made.append(reading)
        return reading

    def version(self) -> int:
        """The store's version; for the thread that serves requests only."""
        commits = self.watch.commits()
        if commits != self.seen:
            self.current = self.watch.version()
            self.seen = commits
        return self.current

    @contextmanager
    def reading(self, deadline: float, *, snapshot: bool = True) -> Iterator[Reading]:
        """A connection until the deadline; with `snapshot` it sees one state of the store throughout."""
        try:
            reading = self.free.pop()
        except IndexError:
            reading = self._make()
        reading.deadline = deadline
        try:
            if snapshot:
                reading.connection.execute("BEGIN")
            yield reading
        finally:
            reading.deadline = float("inf")
            if reading.connection.in_transaction:
                reading.connection.execute("COMMIT")
            self.free.append(reading)

    def close(self) -> None:
        """Close every connection."""
        for reading in self.made:
            reading.connection.close()
