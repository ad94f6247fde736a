"""The lexicon: what each word can be, read from rules/lexicon/*.csv.

An UPPERCASE column holds words (a cell holds forms separated by "|"); its name is the terminal they read as. A
lowercase column holds a value that the row's words carry. Column `class` names further terminals. A word reads as its
column, as each of its classes, and as CLASS_COLUMN ("MEET_VBD").
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from typing import Any

from engine.compiling.pieces import PIECES, key_of
from engine.errors import Finding, RulesError
from engine.headers import PACKAGE, Header, headers
from engine.sources import Sources

TOKEN = re.compile(
    r"(?:"
    r"(?:[Ee]x|[Tt]hen)-(?=[A-Za-z])"  # ex-Ukrainian, ex-premier
    r"|"
    r"(?:[A-Za-z]\.){2,}(?:-[a-z]+)*"  # U.S., a.m., U.S.-led; "U.S.-Japan" is three
    r"|(?i:Mr|Mrs|Ms|Dr|St|Jr|Sr|Lt|Col|Gen|Maj|Capt|Cmdr|Adm|Sgt|Sens?|Reps?|Govs?|Prof|Rev|Hon|Amb|Sec|No|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Co|Corp|Inc|Ltd|vs|etc)\.(?:-elect)?(?=[^\w]|$)"
    r"|[A-Z]{2,5}(?=-[A-Z][a-z])"  # "US-Japan" is three
    r"|[A-Z]\.(?=\s*(?:[A-Z]|[\"“][A-Z][a-z]+[\"”]\s[A-Z]))"  # initials: George W. Bush, John A. "Jack" Lund
    r"|(?:US|A|C|HK|NT|S|R|Can)?[$€£¥]"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|km|am|pm|m|bn|%)?(?:-[A-Za-z0-9]\w*(?:\.\w+)*)*"
    r"|(?:n[’']t)(?![A-Za-z])"
    r"|['’](?:s|re|ve|ll|d|m)(?![A-Za-z])"
    r"|[^\W\d_]+?(?=n[’']t(?![A-Za-z]))"
    r"|[^\W_](?:[\w&]|[’'](?!(?:s|re|ve|ll|d|m|t)(?![A-Za-z]))(?=[^\W\d_])|-(?!(?:[A-Z]\.){2})(?=\w)|\+(?=\d))*"
    r"|--+|\.\.\.|''|``|‘‘|’’|.|\n)\s*",
    re.DOTALL,
)
"""One token with the white space after it; every character of a text belongs to one."""
MOST_LEXICONS = 2
"""Lexicons that are remembered."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a lexicon file: the values that its words carry, by column, and where it stands."""

    file: str
    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a row: the text as written there, the terminals it reads as, and the row."""

    text: str
    terminals: tuple[str, ...]
    row: Row

    def fits(self, text: str) -> bool:
        """Whether a stretch of text is this form: lower-case forms in any capitalisation, others as written."""
        return self.text == text or self.text.islower() or (len(text) > 2 and text == self.text.upper())


@dataclass(slots=True, eq=False)
class Lexicon:
    """All forms by their lower-case text, in plain lists that are made Forms when first looked up.

    `listed` maps a text to (form, index of its terminals, index of its row); `longer` is the trie of forms of several
    words, "" marking an end; `main` is the first form of a row by the row's country and the column; `called` are the
    forms of each row by where it stands, once asked for.
    """

    listed: dict[str, list[list[Any]]] = field(default_factory=dict)
    readings: list[list[str]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    longer: dict[str, Any] = field(default_factory=dict)
    main: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[Form]] = field(default_factory=dict)
    called: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    @property
    def terminals(self) -> set[str]:
        """Every terminal that some word reads as."""
        return {terminal for reading in self.readings for terminal in reading}

    def forms(self, text: str) -> list[Form]:
        """The forms of a text in small letters."""
        forms = self.found.get(text)
        if forms is None:
            listed = self.listed.get(text, ())
            forms = [Form(form, tuple(self.readings[r]), Row(*self.rows[row])) for form, r, row in listed]
            self.found[text] = forms
        return forms

    def look_up(self, text: str) -> list[Form]:
        """The forms that a word or a run of words (joined by one space) can be."""
        lower = text.lower()
        found = [form for form in self.forms(lower) if form.fits(text)] if lower in self.listed else []
        if len(found) > 1 and any(form.text == text for form in found):
            # "SANA" is the agency that is written so, and no woman named Sana.
            found = [form for form in found if form.text == text or form.text.islower()]
        return found

    def reads_as(self, text: str | None, terminal: str) -> bool:
        """Whether a word or a run of words can be one of a terminal."""
        return any(terminal in form.terminals for form in self.look_up(text or ""))

    def names(self, row: Row) -> list[str]:
        """All forms of a row; the first call for any row walks the whole lexicon."""
        if not self.called:
            texts = [self.called.setdefault((file, line), []) for file, line, _ in self.rows]
            for forms in self.listed.values():
                for text, _, at in forms:
                    texts[at].append(text)
        return self.called.get((row.file, row.line), [])

    def first(self, country: str, column: str) -> str | None:
        """The main word of a country in a column: its name, its capital."""
        return self.main.get(f"{country} {column}")

    def take(self, table: list[Any]) -> None:
        """Add the words of a table, as `words_of` gives them, and their paths in the trie where they are several."""
        rows, readings, forms = table
        first_row, first_reading = len(self.rows), len(self.readings)
        self.rows += rows
        self.readings += readings
        countries = [values.get("country", "") for _, _, values in rows]
        for key, form, text, reading, row in forms:
            self.listed.setdefault(key, []).append([form, first_reading + reading, first_row + row])
            self.main.setdefault(f"{countries[row]} {readings[reading][0]}", text)
            if " " in key:
                node = self.longer
                for piece in key.split(" "):
                    node = node.setdefault(piece, {})
                node[""] = {}

    def packed(self) -> dict[str, Any]:
        """The lexicon as JSON can hold it, with what is told of all its words."""
        used = Counter(reading for forms in self.listed.values() for _, reading, _ in forms)
        counts: Counter[str] = Counter()
        for reading, times in used.items():
            for terminal in self.readings[reading]:
                counts[terminal] += times
        return {
            "listed": self.listed,
            "readings": self.readings,
            "rows": self.rows,
            "longer": self.longer,
            "main": self.main,
            "counts": counts,
        }


@dataclass(slots=True)
class Words:
    """The words of one table: rows and readings as a lexicon has them, and each form as its key, itself, the text as it
    stands in its cell, and the indices of its reading and row."""

    rows: list[list[Any]] = field(default_factory=list)
    readings: dict[tuple[str, ...], int] = field(default_factory=dict)
    forms: list[list[Any]] = field(default_factory=list)


def tokens_of(text: str) -> list[str]:
    """The tokens of a short text, without white space."""
    return [piece.strip() for piece in TOKEN.findall(text) if piece.strip()]


def headers_of(sources: Sources) -> dict[str, Header]:
    """The header rows that the tables must have, by path; none where they are not described."""
    return headers(sources.text(PACKAGE)) if PACKAGE in sources.files else {}


def load_lexicon(sources: Sources, *, keeping: bool = False) -> tuple[str, dict[str, Any]]:
    """All words of rules/lexicon as a piece that Lexicon is made of, with its key; raises RulesError with all findings.

    Each table is a piece of its own: a row more, and the others are not read again. `counts` tells how many forms read
    as each terminal.
    """
    package = sources.files.get(PACKAGE, b"")
    tables = {name: key_of("words", (name, sources.files[name], package)) for name in sources.names("lexicon/*.csv")}
    findings: list[Finding] = []

    def lexicon() -> dict[str, Any]:
        """The words of all tables together."""
        made = Lexicon()
        for name, key in tables.items():
            try:
                made.take(PIECES.piece("words", key, partial(words_of, name, sources), keeping=keeping))
            except RulesError as error:
                findings.extend(error.findings)
        if findings:
            raise RulesError(findings)
        return made.packed()

    key = key_of("lexicon", tables.values())
    return key, PIECES.piece("lexicon", key, lexicon, keeping=keeping, most=MOST_LEXICONS)


def words_of(name: str, sources: Sources) -> list[Any]:
    """The words of one table: its rows, its readings, and each form with its key and the indices of its reading and
    row; raises RulesError with all findings."""
    table, findings = Words(), list[Finding]()
    read_words(table, f"rules/{name}", sources.text(name), findings, headers_of(sources).get(name))
    if findings:
        raise RulesError(findings)
    return [table.rows, [*map(list, table.readings)], table.forms]


def read_words(words: Words, file: str, table: str, findings: list[Finding], told: Header | None = None) -> None:
    """Add the words of one file; what is wrong goes to `findings`, also what is not as its description told."""
    reader = csv.reader(StringIO(table, newline=""))
    header = next(reader, [])
    if not any(column.isupper() for column in header):
        allowed = "one column at least in capitals holds words"
        findings.append(Finding(file, 1, "no column of words", allowed, "name the terminal in the header row"))
        return
    if told is not None and (wrong := [*told.misfit(file, header)]):
        findings += wrong
        return
    # Without a description nothing tells whether a word may have several bearers.
    seen: dict[tuple[str, str], int] | None = None if told is None or told.namesakes else {}
    for cells in reader:
        if len(cells) == len(header):
            if told is not None:
                findings += told.misfits(file, reader.line_num, cells)
            read_row(words, file, reader.line_num, dict(zip(header, cells, strict=True)), seen, findings)
            continue
        allowed = f"the header has {len(header)}: {','.join(header)}"
        do = "quote cells that hold a comma and leave empty cells empty"
        findings.append(Finding(file, reader.line_num, f"{len(cells)} columns", allowed, do))


def read_row(
    words: Words,
    file: str,
    line: int,
    cells: dict[str, str],
    seen: dict[tuple[str, str], int] | None,
    findings: list[Finding],
) -> None:
    """Add the words of one row; a word that its column already holds is a finding, where that is looked at."""
    row = len(words.rows)
    words.rows.append([file, line, {name: cell for name, cell in cells.items() if cell and not name.isupper()}])
    classes = [name.upper() for name in cells.get("class", "").split("|") if name]
    for column, cell in cells.items():
        if not column.isupper() or not cell:
            continue
        terminals = (column, *classes, *(f"{name}_{column}" for name in classes))
        reading = words.readings.setdefault(terminals, len(words.readings))
        for text in cell.split("|"):
            first = line if seen is None else seen.setdefault((column, text), line)
            if first != line:
                what = f"{text!r} stands in {column} twice"
                allowed = f"each word once (first in line {first})"
                findings.append(Finding(file, line, what, allowed, "keep one of the two rows"))
                continue
            pieces = [text] if text.isalpha() else tokens_of(text)
            words.forms.append([" ".join(pieces).lower(), " ".join(pieces), text, reading, row])
