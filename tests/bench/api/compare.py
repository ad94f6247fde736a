"""Compares Chancery with PostGraphile and datasette-graphql on the same rows: `make bench-api`.

All servers run at once and wrk asks them in turn, each for a few seconds a round, pinned to the same two cores; the
figures are the medians of the rounds. Only `answer cache` keeps answers; the others execute every request. CPU is the
processor time of a request in all processes of a server, its database included.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.api.cpu import seconds as seconds_used
from tests.bench.api.generate import main as generate
from tests.bench.api.postgres import postgres
from tests.bench.api.servers import CONNECTIONS, HERE, QUESTIONS, Server, chancery, datasette, free_port, postgraphile

CORES = 2
WARMING_SECONDS = 5


@dataclass
class Figure:
    """Requests a second, the median and 99th percentile of the answer times, and the processor time of one, in ms."""

    rate: float
    p50: float
    p99: float
    cpu: float
    errors: int


def measure(server: Server, question: str, seconds: int, folder: Path) -> Figure:
    """What wrk says of one question asked over and over."""
    body = folder / "body.json"
    body.write_text(json.dumps({"query": server.questions[question]}))
    command = [
        "wrk",
        "-t1",
        f"-c{server.connections}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        HERE / "post.lua",
        server.url,
    ]
    before = seconds_used(server.processes())
    said = subprocess.run(
        list(map(str, command)), env=os.environ | {"BODY": str(body)}, text=True, capture_output=True, check=True
    ).stdout
    rate, p50, p99, count, errors = said.rpartition("RESULT ")[2].split()
    # What it still works on would slow down the next one.
    server.ask("a")
    used = seconds_used(server.processes()) - before
    cpu = used * 1000 / max(1, int(count))
    return Figure(float(rate), float(p50), float(p99), cpu, int(errors))


def middle(figures: Sequence[Figure]) -> Figure:
    """The median of each figure."""
    return Figure(
        statistics.median(figure.rate for figure in figures),
        statistics.median(figure.p50 for figure in figures),
        statistics.median(figure.p99 for figure in figures),
        statistics.median(figure.cpu for figure in figures),
        sum(figure.errors for figure in figures),
    )


@contextmanager
def contenders(folder: Path, program: Path) -> Iterator[list[Server]]:
    """All servers, over the same rows."""
    store = folder / "bench.db"
    print("making the store", flush=True)
    generate(str(store))
    with ExitStack() as stack:
        url, database = stack.enter_context(postgres(folder, free_port(), store))
        made: list[Server] = []
        for make in (
            lambda: postgraphile(folder, url, database),
            lambda: datasette(folder, store, program),
            lambda: chancery(folder, store, 1),
            lambda: chancery(folder, store, CORES),
            lambda: chancery(folder, store, CORES, answers=True),
        ):
            server = make()
            stack.callback(server.stop)
            made.append(server)
        yield made


def names_in(answer: Any) -> list[str]:
    """All names in an answer, sorted."""
    if isinstance(answer, dict):
        found = [answer["name"]] if isinstance(answer.get("name"), str) else []
        return sorted(found + [name for value in answer.values() for name in names_in(value)])
    return sorted(name for value in answer for name in names_in(value)) if isinstance(answer, list) else []


def check_same(servers: Sequence[Server]) -> None:
    """All must answer with the same people and countries, or speed means nothing."""
    for question in ("b", "c"):
        first, *others = [names_in(server.ask(question)) for server in servers if "datasette" not in server.name]
        assert first, question
        assert all(other == first for other in others), f"the answers to ({question}) differ"


def table(servers: Sequence[Server], found: dict[tuple[str, str], Figure]) -> Iterator[str]:
    """The figures as text, each rate also as a multiple of PostGraphile's."""
    yardstick = servers[0].name
    heads = ("requests/s", "p50 ms", "p99 ms", "CPU ms", "x PostGraphile")
    for question, what in QUESTIONS.items():
        yield f"\n({question}) {what:<38}" + "".join(f"{head:>{len(head) + 4}}" for head in heads)
        for server in servers:
            figure = found.get((server.name, question))
            if figure is None:
                yield f"    {server.name:<38}" + "".join(f"{'-':>{len(head) + 4}}" for head in heads)
                continue
            times = figure.rate / found[yardstick, question].rate
            failed = f"   {figure.errors} failed" if figure.errors else ""
            shown = (f"{figure.rate:,.1f}", *(f"{each:.2f}" for each in (figure.p50, figure.p99, figure.cpu, times)))
            cells = "".join(f"{each:>{len(head) + 4}}" for each, head in zip(shown, heads, strict=True))
            yield f"    {server.name:<38}{cells}{failed}"


def main() -> None:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument("--datasette", type=Path, required=True, help="the program, with datasette-graphql installed")
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("the benchmark needs wrk; on Debian: apt-get install wrk")
    cores = sorted(os.sched_getaffinity(0))[:CORES]
    # Servers, database and wrk inherit it.
    os.sched_setaffinity(0, cores)
    with tempfile.TemporaryDirectory(prefix="chancery-") as name:
        folder = Path(name)
        with contenders(folder, asked.datasette.absolute()) as servers:
            check_same(servers)
            for server in servers:
                for question in server.questions:
                    measure(server, question, WARMING_SECONDS, folder)
            taken: dict[tuple[str, str], list[Figure]] = {}
            for number in range(asked.rounds):
                print(f"round {number + 1} of {asked.rounds}", flush=True)
                for question in QUESTIONS:
                    for server in (each for each in servers if question in each.questions):
                        figure = measure(server, question, asked.seconds, folder)
                        taken.setdefault((server.name, question), []).append(figure)
            print(f"{CONNECTIONS} connections, {len(cores)} cores for servers, database and wrk together")
            for line in table(servers, {key: middle(figures) for key, figures in taken.items()}):
                print(line)


if __name__ == "__main__":
    main()
