"""Reads the benchmark's texts with the engine that PYTHONPATH names: a line of articles in, then a line for each round.

Each round answers with the CPU seconds of a new reader, those of its second reading, and a hash of the records.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time

from engine.facts import Article
from engine.reader import Reader
from engine.record import record, to_json_line


def read(reader: Reader, articles: list[Article]) -> tuple[float, list[bytes]]:
    """The CPU seconds that reading takes, and the records."""
    begun = time.process_time()
    records = [record(reader.read(article)) for article in articles]
    return time.process_time() - begun, list(map(to_json_line, records))


def main() -> None:
    """Answer line by line."""
    articles = [Article(**told) for told in json.loads(sys.stdin.readline())]
    print(json.dumps(len(articles)), flush=True)
    for _ in sys.stdin:
        reader = Reader.load()
        cold, records = read(reader, articles)
        warm, again = read(reader, articles)
        digest = hashlib.sha256(b"".join(records + again)).hexdigest()
        print(json.dumps([cold, warm, digest]), flush=True)


if __name__ == "__main__":
    main()
