"""The header rows of the tables in rules/: which columns there are and what their cells may hold.

rules/datapackage.json describes them as a Frictionless Data Package, so that other tools can check the tables too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.errors import Finding, RulesError

PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, and what its cells may be: one of `allowed`, or what `pattern` fits whole."""

    name: str
    description: str
    allowed: frozenset[str]
    pattern: re.Pattern[str] | None
    required: bool

    def problem(self, cell: str) -> str | None:
        """What is allowed, where a cell is something else."""
        if not cell:
            return f"{self.name} is never empty" if self.required else None
        if self.allowed and cell not in self.allowed:
            return f"{self.name} is one of {', '.join(sorted(self.allowed))}"
        if self.pattern is not None and not self.pattern.fullmatch(cell):
            return f"{self.name} fits {self.pattern.pattern}: {self.description}"
        return None


@dataclass(frozen=True, slots=True)
class Header:
    """The header row that a table must have; `checked` are the columns with anything to check, by their place.

    In a table of `namesakes` a word may stand in several rows: each is another bearer of it.
    """

    columns: tuple[Column, ...]
    checked: tuple[tuple[int, Column], ...]
    namesakes: bool = False

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    def misfit(self, file: str, cells: list[str]) -> Iterator[Finding]:
        """What is wrong with a header row."""
        names = self.names
        if cells == names:
            return
        unknown = [cell for cell in cells if cell not in names]
        lacking = [name for name in names if name not in cells]
        what = (
            f"unknown column {unknown[0]!r}" if unknown else f"no column {lacking[0]!r}" if lacking else "other order"
        )
        do = f"mend the header row; a new column is described in rules/{PACKAGE} first"
        yield Finding(file, 1, what, ",".join(names), do)

    def misfits(self, file: str, line: int, cells: list[str]) -> Iterator[Finding]:
        """What is wrong with the cells of a row."""
        for place, column in self.checked:
            allowed = column.problem(cells[place])
            if allowed is not None:
                yield Finding(file, line, f"{cells[place]!r} as {column.name}", allowed, "mend the cell")


@lru_cache(maxsize=4)
def headers(package: str) -> dict[str, Header]:
    """The header rows by the table's path within rules/, from the text of the package's description; RulesError."""
    try:
        return {table["path"]: header_of(table) for table in json.loads(package)["resources"]}
    except (ValueError, LookupError, TypeError, re.error) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        allowed = "a Frictionless Data Package, as frictionlessdata.io describes it"
        raise RulesError(
            [Finding(f"rules/{PACKAGE}", line, f"cannot be read: {error!r}", allowed, "mend it")]
        ) from error


def header_of(table: dict[str, Any]) -> Header:
    """The header row of a table that is described."""
    columns = tuple(map(column, table["schema"]["fields"]))
    checked = tuple(
        (place, one)
        for place, one in enumerate(columns)
        if one.allowed or one.required or (one.pattern is not None and not one.name.isupper())
    )
    return Header(columns, checked, bool(table.get("namesakes")))


def column(field: dict[str, object]) -> Column:
    """A column as the package describes it."""
    constraints = field.get("constraints", {})
    assert isinstance(constraints, dict)
    pattern = constraints.get("pattern")
    return Column(
        str(field["name"]),
        str(field.get("description", "")),
        frozenset(constraints.get("enum", ())),
        re.compile(pattern) if pattern else None,
        bool(constraints.get("required")),
    )
