"""What the commands share: their options, messages, progress, and the reader that is loaded when it is needed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from engine.articles import ArticleError
    from engine.errors import Finding
    from engine.facts import Article, Extraction
    from engine.reader import Reader
    from engine.store import Store

FINDINGS = 1
MISUSE = 2
# Work that is over sooner needs no progress bar.
_PATIENCE_SECONDS = 1.0

Item = TypeVar("Item")

Database = Annotated[
    str,
    typer.Option(
        envvar="CHANCERY_DATABASE", help="The SQLite file, as a path or a Peewee URL (sqlite:///chancery.db)."
    ),
]
Rules = Annotated[Path | None, typer.Option(help="The folder of rules to read with; the project's own by default.")]
Paths = Annotated[
    list[str],
    typer.Argument(help="Files (.txt, .md, .json, .jsonl) and folders; - is standard input.", metavar="PATH..."),
]


def fail(message: str, code: int = MISUSE) -> NoReturn:
    """Say what is wrong on standard error and end the program."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def counted(count: int, what: str) -> str:
    """A number of things: "1 change", "2 changes"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def print_findings(findings: Sequence[Finding], form: str) -> None:
    """Print findings on standard output: as lines (in colour on a terminal), a JSON list, or GitHub's annotations."""
    if form == "json":
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        if form == "github":
            told = "; ".join(part for part in (finding.what, finding.allowed, finding.do) if part)
            told = told.replace("%", "%25").replace("\n", "%0A")
            level = "warning" if finding.gap else "error"
            typer.echo(f"::{level} file={finding.file},line={finding.line}::{told}")
            continue
        where = typer.style(f"{finding.file}:{finding.line}", fg="yellow" if finding.gap else "red")
        parts = (typer.style(finding.what, bold=True), finding.allowed, typer.style(finding.do, fg="green"))
        typer.echo(f"{where}: {'; '.join(part for part in parts if part)}")


def is_misuse(error: Exception) -> bool:
    """Whether an error is the user's to mend, and its message says how."""
    from engine.articles import ArticleError
    from engine.errors import RulesError

    # The store's errors are looked for only where the store was used: Peewee is slow to import.
    store = sys.modules.get("engine.store.errors")
    return isinstance(error, ArticleError | RulesError) or (store is not None and isinstance(error, store.StoreError))


class LateReader:
    """A reader that loads its rules when it first reads, so that nothing is loaded where nothing is new."""

    def __init__(self, rules: Path | None) -> None:
        self._rules = rules
        self._reader: Reader | None = None

    @property
    def loaded(self) -> Reader:
        """The reader, loaded now if it was not before."""
        if self._reader is None:
            from engine.reader import Reader

            self._reader = Reader.load(self._rules)
        return self._reader

    @property
    def version(self) -> str:
        """The version of the rules."""
        return self.loaded.version

    def read(self, article: Article) -> Extraction:
        """All that an article says."""
        return self.loaded.read(article)


class Refusals:
    """Says each article that is not accepted, and knows how the program is to end."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: ArticleError) -> None:
        """Say what is wrong with one article."""
        self.count += 1
        typer.echo(str(error), err=True)

    def end(self, accepted: int) -> None:
        """End with 1 where some articles were refused, with 2 where none was accepted."""
        if self.count:
            raise typer.Exit(FINDINGS if accepted else MISUSE)


def open_reference_store(database: str, rules: Path | None) -> Store:
    """The store, with the countries, bodies and places of the lexicon."""
    from engine.rules import RULES
    from engine.store import open_store
    from engine.store.reference import read_reference

    store = open_store(database)
    store.learn(read_reference(rules or RULES))
    return store


def with_progress(items: Iterable[Item], doing: str, total: int | None = None) -> Iterator[Item]:
    """The items; a bar on standard error counts them once they take longer than a second."""
    started = time.monotonic()
    bar: Progress | None = None
    try:
        for count, item in enumerate(items, 1):
            if bar is None and time.monotonic() - started > _PATIENCE_SECONDS:
                bar = _bar()
                bar.add_task(doing, total=total)
                bar.start()
            if bar is not None:
                bar.update(bar.task_ids[0], completed=count)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def count_articles(paths: Iterable[str]) -> int | None:
    """How many articles the paths hold, or None where that cannot be told without reading them."""
    from engine.articles import ArticleError
    from engine.ingest import article_files

    try:
        files = [file for path in paths for file in ([Path("-")] if path == "-" else article_files(Path(path)))]
    except ArticleError:
        return None
    return len(files) if all(file.suffix in (".txt", ".md") for file in files) else None
