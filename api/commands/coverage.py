"""`chancery coverage`: how much the rules read, and what to write next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from api.console import Database, Refusals, Rules, count_articles, with_progress

if TYPE_CHECKING:
    from engine.authoring.coverage import Share, Survey
    from engine.facts import Article

Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Files and folders of articles; the stored articles when left out.", metavar="[PATH...]"),
]
Shown = Annotated[int, typer.Option("--harvest", help="How many unread verbs and phrases to show.", min=0)]
Never = Annotated[int, typer.Option("--never", help="How many of the rules that never match to show.", min=0)]


def command(
    paths: Paths = None,
    harvest: Shown = 20,
    never: Never = 20,
    rules: Rules = None,
    database: Database = "chancery.db",
) -> None:
    """Show the share of sentences read, by grammar and agency, rules that never match, and what is unread.

    Example: chancery coverage news --harvest 30
    """
    from engine.authoring.coverage import Survey
    from engine.reader import Reader

    reader, refused = Reader.load(rules), Refusals()
    survey = Survey(reader.rules)
    total = count_articles(paths) if paths else None
    for article in with_progress(_articles(paths, database, refused), "reading", total):
        survey.add(reader.read(article))
    _tell(survey, harvest, never)
    refused.end(survey.articles)


def _articles(paths: list[str] | None, database: str, refused: Refusals) -> "Iterator[Article]":
    if paths:
        from engine.ingest import read_articles

        yield from read_articles(paths, refused)
        return
    from engine.store import open_store

    with open_store(database, read_only=True) as store:
        yield from store.articles()


def _tell(survey: "Survey", harvest: int, shown: int) -> None:
    typer.echo(f"{survey.articles} articles, {_share(survey.all)}")
    _head("By grammar: sentences that it reads")
    for grammar, count in survey.grammars.most_common():
        typer.echo(f"  {grammar:12} {count:7} {count / max(survey.all.sentences, 1):6.1%}")
    _head("By agency")
    for agency, share in sorted(survey.agencies.items(), key=lambda one: -one[1].sentences):
        typer.echo(f"  {agency:24} {_share(share)}")
    never = survey.never()
    _head(f"Rules that never match: {len(never)}")
    for rule in never[:shown]:
        typer.echo(f"  {rule}")
    if len(never) > shown:
        typer.echo(f"  and {len(never) - shown} more: --never {len(never)}")
    _head("Unread between two parties: verbs, and what stands behind them, the most telling first")
    for one in survey.harvest.most(harvest):
        typer.echo(f"  {one.count:5} {typer.style(one.phrase, bold=True)}")
        for example in one.examples:
            typer.echo(f"        {example}")


def _head(text: str) -> None:
    typer.echo(f"\n{typer.style(text, fg='cyan', bold=True)}")


def _share(share: "Share") -> str:
    return f"{share.read} of {share.sentences} sentences read ({share.read / max(share.sentences, 1):.1%})"
