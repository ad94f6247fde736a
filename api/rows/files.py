"""The files of the rules, and how an edited one is saved: checked first, then whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.context import Context
from api.errors import ClientError, ErrorCode, bad_input
from api.rows.rulebook import few
from api.rows.tables import Columns
from engine.errors import Finding, RulesError


@dataclass(slots=True, eq=False)
class RuleFileRow:
    """A file of the rules in force, by its path from the project's root."""

    file: str
    context: Context
    graphql_type = "RuleFile"


@dataclass(slots=True, eq=False)
class SavedRow:
    """Whether a file was saved, or what keeps it from being saved."""

    saved: bool
    errors: list[Finding]
    graphql_type = "SaveRulePayload"


def rule_files(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[RuleFileRow]]:
    """The files of the rules, grammars first."""
    order = {".lark": 0, ".corpus": 1, ".csv": 2}
    names = sorted(context.engine.sources.files, key=lambda name: (order.get(Path(name).suffix, 3), name))
    return [[RuleFileRow(f"rules/{name}", context) for name in names]]


def rule_file(context: Context, rows: Sequence[Any], columns: Columns, file: str) -> list[RuleFileRow | None]:
    """The file of a path."""
    known = file.startswith("rules/") and file.removeprefix("rules/") in context.engine.sources.files
    return [RuleFileRow(file, context) if known else None]


def texts(context: Context, rows: Sequence[RuleFileRow], columns: Columns) -> list[str]:
    """The text of each file."""
    return [row.context.engine.sources.text(row.file.removeprefix("rules/")) for row in rows]


def saves(context: Context, rows: Sequence[Any], columns: Columns) -> list[bool]:
    """Whether rules can be saved here."""
    return [context.folder is not None]


def save(
    context: Context, rows: Sequence[Any], columns: Columns, file: str, text: str, replaces: str
) -> list[SavedRow]:
    """Save a file once all rules with it can be used; the server then takes it up as any other change."""
    if context.folder is None:
        message = "rules cannot be saved here: start the server with --watch and a CHANCERY_TOKEN"
        raise ClientError(ErrorCode.RULES_READ_ONLY, message, status=403)
    name = file.removeprefix("rules/")
    if name not in context.engine.sources.files:
        raise bad_input(f"file {file!r} is no file of the rules; `ruleFiles` lists them")
    path = context.folder / name
    if path.read_text("utf-8") != replaces:
        raise bad_input(f"{file} has changed on the disk since you loaded it; load it again and repeat your edit")
    assert context.sandbox is not None
    try:
        context.sandbox.ask(context.engine.sources.edited({name: text}), "version")
    except RulesError as error:
        return [SavedRow(False, few(error.findings))]
    write_whole(path, text)
    return [SavedRow(True, [])]


def write_whole(path: Path, text: str) -> None:
    """Put a text in the place of a file, so that nobody ever sees a part of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        beside = Path(stream.name)
        try:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
            beside.chmod(path.stat().st_mode)
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
