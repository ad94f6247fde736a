"""`chancery reextract`: stored articles read again with the rules as they are now."""

from typing import Annotated

import typer

from api.console import FINDINGS, Database, LateReader, Rules, open_reference_store, with_progress

Ids = Annotated[list[str] | None, typer.Argument(help="Ids of articles; all when left out.", metavar="[ID...]")]


def command(ids: Ids = None, database: Database = "chancery.db", rules: Rules = None) -> None:
    """Read stored articles again with the rules as they are now; ids of events and people stay.

    All in one transaction: when it is stopped, nothing has changed, and it can be run again.

    Example: chancery reextract --database chancery.db
    """
    with open_reference_store(database, rules) as store:
        unknown = [article_id for article_id in ids or () if store.article(article_id) is None]
        total = len(set(ids)) - len(unknown) if ids else store.count()
        done = list(with_progress(store.reextract(LateReader(rules), ids or None), "reading again", total))
    for article_id in unknown:
        typer.echo(f"{database}: there is no article {article_id!r}", err=True)
    typer.echo(f"{len(done)} articles read again; {sum(article.events for article in done)} events reported")
    if unknown:
        raise typer.Exit(FINDINGS)
