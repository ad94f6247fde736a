"""`chancery facts`: the rule authors' table."""

from pathlib import Path
from typing import Annotated

import typer

from api.console import fail

Into = Annotated[Path | None, typer.Option("--into", help="Write it into a page that has a place for it.")]


def command(into: Into = None) -> None:
    """Print the facts with their slots and values, as rule authors name them.

    Example: chancery facts --into rules/README.md
    """
    from engine.slots import fact_table, write_table

    if into is None:
        typer.echo(fact_table(), nl=False)
        return
    try:
        write_table(into)
    except (OSError, ValueError) as error:
        fail(str(error))
