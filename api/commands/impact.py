"""`chancery impact`: what edited rules would change, before anything is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.console import FINDINGS, Database, Refusals, Rules, count_articles, counted, fail, with_progress

if TYPE_CHECKING:
    from engine.authoring.impact import FactChange
    from engine.facts import Article
    from engine.sources import Sources

# Changes of one rule that a person reads; what there is more is counted.
_SHOWN = 5

Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Files and folders of articles; the stored articles when left out.", metavar="[PATH...]"),
]
Before = Annotated[
    str,
    typer.Option(
        help="The rules to compare with: a folder, or a revision of git; those of the last commit by default."
    ),
]
Shown = Annotated[int, typer.Option("--shown", help="Changes to show of each rule.", min=0)]


def command(
    paths: Paths = None,
    before: Before = "HEAD",
    rules: Rules = None,
    database: Database = "chancery.db",
    shown: Shown = _SHOWN,
) -> None:
    """Show the facts that would appear, disappear or change by the rules as they are now, grouped by rule.

    Nothing is stored; `chancery reextract` does that. Ends with 1 where something would change.

    Example: chancery impact news --before HEAD
    """
    from engine.authoring.impact import impacts
    from engine.reader import Reader
    from engine.rules import RULES, load_rules

    folder = rules or RULES
    old, new = Reader(load_rules(_sources(before, folder))), Reader(load_rules(folder))
    refused = Refusals()
    changes: list[FactChange] = []
    articles = facts = 0
    with _articles(paths, database, refused) as (found, total):
        for each in with_progress(impacts(old, new, found), "comparing", total):
            articles, facts = articles + 1, facts + each.facts
            changes += each.changes
    _tell(changes, shown)
    counts = Counter(change.kind.name.lower() for change in changes)
    told = ", ".join(f"{counts[kind]} {what}" for kind, what in _KINDS.items())
    typer.echo(f"{articles} articles with {facts} facts: {told}")
    refused.end(articles)
    if changes:
        raise typer.Exit(FINDINGS)


@contextmanager
def _articles(
    paths: list[str] | None, database: str, refused: Refusals
) -> "Iterator[tuple[Iterable[Article], int | None]]":
    """The articles of the paths, or else those stored, and how many they are."""
    if paths:
        from engine.ingest import read_articles

        yield read_articles(paths, refused), count_articles(paths)
    else:
        from engine.store import open_store

        with open_store(database, read_only=True) as store:
            yield store.articles(), store.count()


_KINDS = {"appears": "would appear", "disappears": "would disappear", "changes": "would change"}
_COLOURS = {"APPEARS": "green", "DISAPPEARS": "red", "CHANGES": "yellow"}


def _sources(before: str, folder: Path) -> "Sources":
    from engine.authoring.revisions import committed
    from engine.sources import Sources

    if Path(before).is_dir():
        return Sources.read(Path(before))
    try:
        return committed(folder, before)
    except LookupError as error:
        fail(f"--before {before!r} is no folder and no revision of git: {error}; name one of them")


def _tell(changes: "Iterable[FactChange]", shown: int) -> None:
    from engine.authoring.impact import by_rule

    for rule, group in by_rule(changes).items():
        typer.echo(f"{typer.style(rule, bold=True)}: {counted(len(group), 'change')}")
        for change in group[:shown]:
            name = typer.style(change.kind.name.lower(), fg=_COLOURS[change.kind.name])
            typer.echo(f"  {name} in {change.article}: {change.sentence!r}")
            for mark, fact in (("-", change.before), ("+", change.after)):
                if fact:
                    typer.echo(f"    {mark} {fact}")
        if len(group) > shown:
            typer.echo(f"  and {len(group) - shown} more")
