"""`chancery ingest`: articles into the store."""

from collections import Counter

import typer

from api.console import (
    Database,
    LateReader,
    Paths,
    Refusals,
    Rules,
    count_articles,
    open_reference_store,
    with_progress,
)


def command(paths: Paths, database: Database = "chancery.db", rules: Rules = None) -> None:
    """Read articles and store what they say; the same text again changes nothing.

    Example: chancery ingest seeds news.jsonl --database chancery.db
    """
    from engine.ingest import read_articles
    from engine.store import Outcome

    refused = Refusals()
    outcomes: Counter[Outcome] = Counter()
    events = 0
    with open_reference_store(database, rules) as store:
        stored = store.ingest_many(read_articles(paths, refused), LateReader(rules))
        for ingested in with_progress(stored, "ingesting", count_articles(paths)):
            outcomes[ingested.outcome] += 1
            events += ingested.events if ingested.outcome is not Outcome.UNCHANGED else 0
    if outcomes:
        typer.echo(
            f"{outcomes[Outcome.INGESTED]} ingested, {outcomes[Outcome.REPLACED]} replaced, "
            f"{outcomes[Outcome.UNCHANGED]} unchanged (the same text was there already); {events} events reported"
        )
    refused.end(sum(outcomes.values()))
