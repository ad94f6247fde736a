"""The lexicon: what each word can be, read from rules/lexicon/*.csv.

An UPPERCASE column holds words (a cell holds forms separated by "|"); its name is the terminal they read as. A
lowercase column holds a value that the row's words carry. Column `class` names further terminals. A word reads as its
column, as each of its classes, and as CLASS_COLUMN ("MEET_VBD").
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from typing import Any

from engine.errors import Finding, RulesError
from engine.headers import PACKAGE, Header, headers
from engine.sources import Sources

TOKEN = re.compile(
    r"(?:"
    r"(?:[Ee]x|[Tt]hen)-(?=[A-Z])"  # ex-Ukrainian
    r"|"
    r"(?:[A-Za-z]\.){2,}(?:-[a-z]+)*"  # U.S., a.m., U.S.-led; "U.S.-Japan" is three
    r"|(?i:Mr|Mrs|Ms|Dr|St|Jr|Sr|Lt|Col|Gen|Maj|Capt|Cmdr|Adm|Sgt|Sens?|Reps?|Govs?|Prof|Rev|Hon|Amb|Sec|No|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Co|Corp|Inc|Ltd|vs|etc)\.(?=[^\w]|$)"
    r"|[A-Z]{2,5}(?=-[A-Z][a-z])"  # "US-Japan" is three
    r"|[A-Z]\.(?=\s*[A-Z])"  # initials: George W. Bush
    r"|(?:US|A|C|HK|NT|S|R|Can)?[$€£¥]"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|km|am|pm|m|bn|%)?(?:-[A-Za-z0-9]\w*(?:\.\w+)*)*"
    r"|(?:n[’']t)(?![A-Za-z])"
    r"|['’](?:s|re|ve|ll|d|m)(?![A-Za-z])"
    r"|[^\W\d_]+?(?=n[’']t(?![A-Za-z]))"
    r"|[^\W_](?:[\w&]|[’'](?!(?:s|re|ve|ll|d|m|t)(?![A-Za-z]))(?=[^\W\d_])|-(?!(?:[A-Z]\.){2})(?=\w)|\+(?=\d))*"
    r"|--+|\.\.\.|.|\n)\s*",
    re.DOTALL,
)
"""One token with the white space after it; every character of a text belongs to one."""


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
    words, "" marking an end; `main` is the first form of a row by the row's country and the column.
    """

    listed: dict[str, list[list[Any]]] = field(default_factory=dict)
    readings: list[list[str]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    longer: dict[str, Any] = field(default_factory=dict)
    main: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[Form]] = field(default_factory=dict)

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
        return [form for form in self.forms(lower) if form.fits(text)] if lower in self.listed else []

    def first(self, country: str, column: str) -> str | None:
        """The main word of a country in a column: its name, its capital."""
        return self.main.get(f"{country} {column}")

    def add(self, text: str, reading: int, row: int) -> None:
        """Add a form, and its path in the trie where it has several words."""
        pieces = tokens_of(text)
        key = " ".join(pieces).lower()
        self.listed.setdefault(key, []).append([" ".join(pieces), reading, row])
        self.main.setdefault(f"{self.rows[row][2].get('country', '')} {self.readings[reading][0]}", text)
        if len(pieces) == 1:
            return
        node = self.longer
        for piece in key.split(" "):
            node = node.setdefault(piece, {})
        node[""] = {}


def tokens_of(text: str) -> list[str]:
    """The tokens of a short text, without white space."""
    return [piece.strip() for piece in TOKEN.findall(text) if piece.strip()]


def headers_of(sources: Sources) -> dict[str, Header]:
    """The header rows that the tables must have, by path; none where they are not described."""
    return headers(sources.text(PACKAGE)) if PACKAGE in sources.files else {}


def load_lexicon(sources: Sources) -> Lexicon:
    """Read every file of rules/lexicon; raises RulesError with all findings."""
    described = PACKAGE, sources.files.get(PACKAGE, b'{"resources": []}')
    return lexicon_of((described, *((name, sources.files[name]) for name in sources.names("lexicon/*.csv"))))


@lru_cache(maxsize=2)
def lexicon_of(tables: tuple[tuple[str, bytes], ...]) -> Lexicon:
    """The lexicon of these tables; remembered, because most changes of rules leave the words as they are."""
    sources = Sources(dict(tables))
    known = headers_of(sources)
    lexicon = Lexicon()
    findings: list[Finding] = []
    for name in sources.names("lexicon/*.csv"):
        try:
            read_words(lexicon, f"rules/{name}", sources.text(name), findings, known.get(name))
        except RulesError as error:
            findings += error.findings
    if findings:
        raise RulesError(findings)
    return lexicon


def read_words(lexicon: Lexicon, file: str, table: str, findings: list[Finding], told: Header | None = None) -> None:
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
    seen: dict[tuple[str, str], int] = {}
    for cells in reader:
        if len(cells) == len(header):
            if told is not None:
                findings += told.misfits(file, reader.line_num, cells)
            read_row(lexicon, file, reader.line_num, dict(zip(header, cells, strict=True)), seen, findings)
            continue
        allowed = f"the header has {len(header)}: {','.join(header)}"
        do = "quote cells that hold a comma and leave empty cells empty"
        findings.append(Finding(file, reader.line_num, f"{len(cells)} columns", allowed, do))


def read_row(
    lexicon: Lexicon,
    file: str,
    line: int,
    cells: dict[str, str],
    seen: dict[tuple[str, str], int],
    findings: list[Finding],
) -> None:
    """Add the words of one row; a word that its column already holds is a finding."""
    row = len(lexicon.rows)
    lexicon.rows.append([file, line, {name: cell for name, cell in cells.items() if cell and not name.isupper()}])
    classes = [name.upper() for name in cells.get("class", "").split("|") if name]
    for column, cell in cells.items():
        if not column.isupper() or not cell:
            continue
        lexicon.readings.append([column, *classes, *(f"{name}_{column}" for name in classes)])
        for text in cell.split("|"):
            first = seen.setdefault((column, text), line)
            if first != line:
                what = f"{text!r} stands in {column} twice"
                allowed = f"each word once (first in line {first})"
                findings.append(Finding(file, line, what, allowed, "keep one of the two rows"))
                continue
            lexicon.add(text, len(lexicon.readings) - 1, row)
