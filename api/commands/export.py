"""`chancery export`: what the store holds, for a notebook."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.console import Database


class Format(StrEnum):
    """The formats that can be exported."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    GRAPHML = "graphml"


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        help="jsonl: records; csv, parquet: one event a row; graphml: people and countries joined by their meetings.",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; standard output by default.")]


def command(form: FormatOption = Format.JSONL, database: Database = "chancery.db", output: Output = None) -> None:
    """Write what the store holds.

    Example: chancery export --format csv --output events.csv
    """
    from engine.export import FORMATS
    from engine.store import StoreError, open_store

    write = FORMATS[form]
    with open_store(database, read_only=True) as store:
        if output is None:
            write(store, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        # An export that fails leaves an older one as it was.
        part = output.with_name(f"{output.name}.part")
        try:
            with part.open("wb") as out:
                count = write(store, out)
            part.replace(output)
        except OSError as error:
            raise StoreError(f"cannot be written: {error.strerror}", str(output), "name another file") from None
        finally:
            part.unlink(missing_ok=True)
    typer.echo(f"{count} rows written to {output}", err=True)
