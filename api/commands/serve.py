"""`chancery serve`: the GraphQL server."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.console import Database, LateReader, Refusals, Rules, count_articles, fail, open_reference_store, with_progress

if TYPE_CHECKING:
    from socket import socket

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)]
Workers = Annotated[int, typer.Option(help="How many processes serve; one a core serves most.", min=1, max=64)]
Watch = Annotated[bool, typer.Option("--watch", help="Take up each change of the rules while serving.")]


def command(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    database: Database = "chancery.db",
    rules: Rules = None,
    watch: Watch = False,
) -> None:
    """Serve the store as GraphQL, with pages for browsers; a checkout's seed articles are read in first.

    Example: chancery serve --port 8000 --workers 2 --database chancery.db --watch
    """
    with _listen(host, port) as listening:
        _ingest_seeds(database, rules)
        from api.serving import serve

        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Chancery serves http://{shown}:{listening.getsockname()[1]}")
        serve(database, listening, workers, rules, watch)


def _listen(host: str, port: int) -> "socket":
    """The port is taken before anything else is done, so that a second server says so at once."""
    import errno
    import socket

    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            fail(f"--port {port}: another program listens there; stop it or name another port, as in --port {port + 1}")
        fail(f"--host {host} --port {port}: cannot listen there: {error.strerror}; name another address or port")


def _ingest_seeds(database: str, rules: Path | None) -> None:
    from engine.ingest import read_articles
    from engine.rules import RULES

    # They lie beside the rules in a checkout; a wheel brings none.
    seeds = [str(folder) for folder in [RULES.parent / "seeds"] if folder.is_dir()]
    with open_reference_store(database, rules) as store:
        stored = store.ingest_many(read_articles(seeds, Refusals()), LateReader(rules))
        for _ in with_progress(stored, "reading seeds", count_articles(seeds)):
            pass
