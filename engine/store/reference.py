"""What the store knows before the first article: countries with capitals, bodies, and the country of named places.

The rows come from the lexicon's tables (rules/lexicon/country.csv, body.csv, city.csv), read by column name; a cell may
hold several words parted by "|", the first of which is the name shown.
"""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from engine.sources import Sources, sources_of
from engine.store.identity import folded, stable_id

TABLES = ("lexicon/country.csv", "lexicon/body.csv", "lexicon/city.csv")
"""The tables that the reference rows come from."""


@dataclass(slots=True)
class Reference:
    """Rows for the store.

    `countries` are (code, name, capital), `organizations` (name, acronym, country code), `places` (name, country code).
    """

    countries: list[tuple[str, str, str | None]] = field(default_factory=list)
    organizations: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)


def read_reference(rules: Path | Sources) -> Reference:
    """The reference rows of a folder of rules; tables that are not there give none."""
    reference, sources = Reference(), sources_of(rules)
    for row in _rows(sources, "country"):
        names, capitals = _words(row, "COUNTRY"), _words(row, "CAPITAL")
        if not names:
            continue
        code = row["country"]
        reference.countries.append((code, names[0], capitals[0] if capitals else None))
        reference.places += [(place, code) for place in dict.fromkeys(names + capitals)]
    for row in _rows(sources, "body"):
        name = row.get("organization")
        if name:
            acronym = next((word for word in [name, *_words(row, "BODY")] if _is_acronym(word)), None)
            reference.organizations.append((name, acronym, row.get("country") or None))
    for row in _rows(sources, "city"):
        if row.get("country"):
            reference.places += [(place, row["country"]) for place in _words(row, "CITY")]
    return reference


def store_reference(connection: sqlite3.Connection, reference: Reference) -> None:
    """Add and update the reference rows; rows that the lexicon no longer has stay, because facts may point to them."""
    connection.executemany(
        "INSERT INTO country (code, name, capital) VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE "
        "SET name = excluded.name, capital = excluded.capital "
        "WHERE name IS NOT excluded.name OR capital IS NOT excluded.capital",
        reference.countries,
    )
    known = {code for (code,) in connection.execute("SELECT code FROM country")}
    connection.executemany(
        "INSERT INTO organization (id, name, acronym, country_id, in_lexicon) VALUES (?, ?, ?, ?, 1) ON CONFLICT (id) "
        "DO UPDATE SET acronym = excluded.acronym, country_id = excluded.country_id, in_lexicon = 1 "
        "WHERE acronym IS NOT excluded.acronym OR country_id IS NOT excluded.country_id OR NOT in_lexicon",
        # Of two bodies whose names differ only in case and accents the first one counts.
        {
            (number := organization_id(name)): (number, name, acronym, country if country in known else None)
            for name, acronym, country in reversed(reference.organizations)
        }.values(),
    )
    connection.executemany(
        "INSERT INTO place (name, country_id) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        [(name, country) for name, country in reference.places if country in known],
    )


def organization_id(name: str) -> int:
    """The id of the body with this name."""
    return stable_id("organization", folded(name))


def _rows(sources: Sources, table: str) -> list[dict[str, str]]:
    name = f"lexicon/{table}.csv"
    return list(csv.DictReader(StringIO(sources.text(name), newline=""))) if name in sources.files else []


def _words(row: dict[str, str], column: str) -> list[str]:
    return [word for word in (row.get(column) or "").split("|") if word]


def _is_acronym(word: str) -> bool:
    return word.isalnum() and len(word) > 1 and word.isupper()
