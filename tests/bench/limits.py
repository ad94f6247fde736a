"""Prints what the limits are held by: cost a word by length of article, start-up, memory; part of `make bench`.

Alone: python -m tests.bench.limits [ARTICLES], where ARTICLES (2,000 by default) are read in a row for the memory.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from engine.words import sentences_of
from tests.bench.texts import ROOT, articles_of

SENTENCES = 10_000
LENGTHS = (10, 100, 1_000, 10_000)
FIRST_ARTICLES = 1_000
SENTENCES_AN_ARTICLE = 10
SHORT = "The foreign ministers of Japan and France met in Tokyo on Monday, the ministry said."
SYLLABLES = "ba ke lo mi nu ra se to vi ze da fo gu ha ji".split()
FULL_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")


def sentences(reader: Reader) -> list[str]:
    """The sentences of all gold and seed texts."""
    found = []
    for article in articles_of():
        passage = reader.rules.vocabulary.passage(article.text)
        found += [article.text[slice(*passage.span(begin, end))] for begin, end in sentences_of(passage)]
    return found


def print_growth() -> None:
    """Cost a word of the same sentences in articles of different lengths."""
    reader = Reader.load()
    told = list(islice(cycle(sentences(reader)), SENTENCES))
    words = sum(len(text.split()) for text in told)
    costs = {}
    for length in (LENGTHS[0], *LENGTHS):  # the first round fills the memory
        begun = time.process_time()
        for begin in range(0, SENTENCES, length):
            record(reader.read(Article("long", " ".join(told[begin : begin + length]), "2016-10-21")))
        costs[length] = 1e6 * (time.process_time() - begun) / words
    for length, cost in costs.items():
        print(f"article of {length:6,} sentences{cost:31.1f} microseconds a word{cost / costs[LENGTHS[0]]:8.2f} times")


def print_start() -> None:
    """CPU seconds of `chancery extract` on one short article, without and with kept rules."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "short.txt")
        file.write_text(SHORT, encoding="utf-8")
        environment = {**os.environ, "CHANCERY_CACHE": str(Path(folder, "cache"))}
        for name in ("compiled anew", "kept"):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-c", "from api.cli import app; app()", "extract", str(file)]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"chancery extract, rules {name:23}{seconds:12.2f} s of CPU")


def made_up(told: list[str], count: int) -> Iterator[Article]:
    """Articles of sentences drawn from others, with names of their own."""
    chance = random.Random(7)

    def name(_: re.Match[str]) -> str:
        return " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))

    for number in range(count):
        drawn = chance.choices(told, k=SENTENCES_AN_ARTICLE)
        yield Article(f"made-{number}", " ".join(FULL_NAME.sub(name, text) for text in drawn), "2016-10-21")


def resident() -> float:
    """Megabytes that this process holds; where the system does not tell, the most that it ever held."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def read_on(count: int, done: Any) -> None:
    """Read so many articles in a row, telling what is held after the first, and now and then."""
    reader = Reader.load()
    told = sentences(reader)
    for number, article in enumerate(made_up(told, count), 1):
        record(reader.read(article))
        if number == FIRST_ARTICLES or number % max(1, count // 5) == 0:
            done.put((number, resident()))
    done.put(None)


def print_memory(count: int) -> None:
    """Megabytes held by a process that reads articles in a row."""
    context = get_context("spawn")
    done = context.Queue()
    process = context.Process(target=read_on, args=(count, done))
    process.start()
    while (told := done.get()) is not None:
        print(f"after {told[0]:9,} articles{told[1]:31.0f} MB")
    process.join()


def main(count: int) -> None:
    """Print the tables."""
    print_growth()
    print()
    print_start()
    print()
    print_memory(count)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
