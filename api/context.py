"""What one request works with: its view of the store, the engine, and what it has loaded so far."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.engine import Engine, Reload
from api.errors import ClientError, ErrorCode
from api.sandbox import Sandbox
from api.settings import Settings
from api.shown import shown_as
from engine.store.store import Store


@dataclass(slots=True, eq=False)
class Group:
    """Rows that were loaded together, so that their fields are loaded together too, and the store they are from."""

    rows: Sequence[Any]
    context: Context


@dataclass(slots=True, eq=False)
class Context:
    """One request: `statements` counts the SQL statements run, `deadline` is in seconds of the monotonic clock.

    `store` is what mutations write to. `groups` and `loaded` serve graphql-core's executor, which asks row by row.
    `published` is what a subscription delivers, `reload` the look at the rules that gave `engine`. `sandbox` reads with
    rules on trial, `folder` is where edited rules may be saved. `may_write` tells whether mutations are allowed;
    `refusal` says why not.
    """

    connection: sqlite3.Connection
    settings: Settings
    engine: Engine
    store: Store | None = None
    deadline: float = float("inf")
    published: Any = None
    reload: Reload | None = None
    sandbox: Sandbox | None = None
    folder: Path | None = None
    statements: int = 0
    texts: dict[int, str] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    loaded: dict[Any, dict[int, Any]] = field(default_factory=dict)

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a statement as tuples."""
        self.check_time()
        self.statements += 1
        return self.connection.execute(sql, parameters).fetchall()

    def check_time(self) -> None:
        """Raises TIMEOUT once the deadline has passed."""
        if time.monotonic() > self.deadline:
            allowed = self.settings.request_time
            raise ClientError(
                ErrorCode.TIMEOUT,
                f"The request took longer than {allowed:g} s; ask for fewer objects or page through them.",
                status=503,
            )

    def group_of(self, row: Any) -> Group:
        """The group a row was loaded in; the root has one of its own."""
        group = self.groups.get(id(row))
        if group is None:
            group = self.groups[id(row)] = Group([row], getattr(row, "context", self))
        return group

    def remember(self, answers: Iterable[Any], store: Context) -> None:
        """Makes a group for each type of row among a loader's answers: rows, lists of rows, or plain values."""
        by_type: dict[tuple[str, Any], dict[int, Any]] = {}
        for answer in answers:
            for row in answer if isinstance(answer, list) else (answer,):
                if name := shown_as(row):
                    by_type.setdefault((name, getattr(row, "type", None)), {})[id(row)] = row
        for rows in by_type.values():
            group = Group(list(rows.values()), store)
            self.groups |= dict.fromkeys(rows, group)
