"""`chancery extract`: what articles say, as JSON lines."""

import sys

from api.console import LateReader, Paths, Refusals, Rules, count_articles, with_progress


def command(paths: Paths, rules: Rules = None) -> None:
    """Print the extraction record of each article as a line of JSON; nothing is stored.

    Example: chancery extract seeds > records.jsonl
    """
    from engine.ingest import read_articles
    from engine.record import record, to_json_line

    refused, reader, accepted = Refusals(), LateReader(rules), 0
    for article in with_progress(read_articles(paths, refused), "reading", count_articles(paths)):
        sys.stdout.buffer.write(to_json_line(record(reader.read(article))))
        accepted += 1
    sys.stdout.buffer.flush()
    refused.end(accepted)
