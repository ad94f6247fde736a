"""Fills a store for the benchmark: python -m tests.bench.api.generate DATABASE [SEED].

5,000 articles of four sentences, 20,000 mentions, 2,000 people, 10,000 meetings with three participants, two or three
sides and one piece of evidence each. The same seed gives the same rows.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from datetime import date, timedelta

from engine.articles import text_hash
from engine.rules import RULES
from engine.store import open_store
from engine.store.reference import read_reference

ARTICLES, MENTIONS_EACH, PEOPLE, MEETINGS = 5_000, 4, 2_000, 10_000
CITIES = ("Geneva", "Vienna", "Tokyo", "Seoul", "Cairo", "Lima", "Oslo", "Accra")
SYLLABLES = ("ka", "ro", "min", "tan", "el", "so", "vi", "dor", "ha", "lu", "be", "sen")


def name(chance: random.Random) -> str:
    """A name that is nobody's."""
    return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize() for _ in range(2))


def fill(connection: sqlite3.Connection, seed: int) -> None:
    """All rows, in one transaction."""
    chance = random.Random(seed)
    codes = [code for (code,) in connection.execute("SELECT code FROM country ORDER BY code")]
    people = [(number, name(chance), chance.choice(codes)) for number in range(1, PEOPLE + 1)]
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO person (id, name, family_name, folded, country_id) VALUES (?, ?, ?, ?, ?)",
        [(number, full, full.split()[1], full.lower(), code) for number, full, code in people],
    )
    for number in range(1, ARTICLES + 1):
        add_article(connection, chance, number, people)
    for number in range(1, MEETINGS + 1):
        add_meeting(connection, chance, number, people)
    connection.execute("UPDATE store_state SET version = version + 1")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


def add_article(
    connection: sqlite3.Connection, chance: random.Random, number: int, people: list[tuple[int, str, str]]
) -> None:
    """An article with its sentences, and one person mentioned in each."""
    day = date(2010, 1, 1) + timedelta(days=chance.randrange(4_000))
    named = chance.sample(people, MENTIONS_EACH)
    sentences = [f"{full} held talks in {chance.choice(CITIES)} about point {number}." for _, full, _ in named]
    text = " ".join(sentences)
    connection.execute(
        "INSERT INTO article (number, id, text, text_hash, published_on, agency, title, ingested_at, rules_version) "
        "VALUES (?, ?, ?, ?, ?, 'Bench', ?, '2024-01-01T00:00:00+00:00', 'bench')",
        (number, f"bench-{number}", text, text_hash(text), day.isoformat(), f"Report {number}"),
    )
    start = 0
    for position, (sentence, (person, full, _)) in enumerate(zip(sentences, named, strict=True)):
        connection.execute(
            'INSERT INTO sentence (article_id, position, start, "end", truncated, was_read) VALUES (?, ?, ?, ?, 0, 1)',
            (number, position, start, start + len(sentence)),
        )
        connection.execute(
            'INSERT INTO mention (article_id, position, sentence, kind, start, "end", text, value, person_id) '
            "VALUES (?, ?, ?, 'PERSON', ?, ?, ?, ?, ?)",
            (number, position, position, start, start + len(full), full, full, person),
        )
        start += len(sentence) + 1


def add_meeting(
    connection: sqlite3.Connection, chance: random.Random, number: int, people: list[tuple[int, str, str]]
) -> None:
    """A meeting, told by one sentence of one article."""
    day = (date(2010, 1, 1) + timedelta(days=chance.randrange(4_000))).isoformat()
    connection.execute(
        "INSERT INTO event (id, type, status, when_iso, starts_on, ends_on, granularity, place, article_count, "
        "first_reported_on, last_reported_on) VALUES (?, 'MEETING', 'OCCURRED', ?, ?, ?, 'DAY', ?, 1, ?, ?)",
        (number, day, day, day, chance.choice(CITIES), day, day),
    )
    actors = chance.sample(people, 3)
    connection.executemany(
        "INSERT INTO event_actor (event_id, role, position, person_id) VALUES (?, 'PARTICIPANT', ?, ?)",
        [(number, position, person) for position, (person, _, _) in enumerate(actors)],
    )
    sides = list(dict.fromkeys(code for _, _, code in actors))
    connection.executemany(
        "INSERT INTO event_actor (event_id, role, position, country_id) VALUES (?, 'PARTY', ?, ?)",
        [(number, position, code) for position, code in enumerate(sides)],
    )
    article, position = chance.randint(1, ARTICLES), chance.randrange(MENTIONS_EACH)
    start, end = connection.execute(
        'SELECT start, "end" FROM sentence WHERE article_id = ? AND position = ?', (article, position)
    ).fetchone()
    connection.execute(
        'INSERT INTO evidence (article_id, event_id, sentence, start, "end", rule) VALUES (?, ?, ?, ?, ?, ?)',
        (article, number, position, start, end, "meeting.met"),
    )
    told = connection.execute("SELECT count(*) FROM report WHERE article_id = ?", (article,)).fetchone()[0]
    connection.execute(
        "INSERT INTO report (article_id, position, event_id, status, when_iso, facts) VALUES (?, ?, ?, 'OCCURRED', ?, "
        "'{}')",
        (article, told, number, day),
    )


def main(path: str, seed: int = 1) -> None:
    """Make the store at a path."""
    with open_store(path) as store:
        store.learn(read_reference(RULES))
        fill(store.connection, seed)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
