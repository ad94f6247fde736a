"""The lexicon: what each word can be, read from rules/lexicon/*.csv.

An UPPERCASE column holds words (a cell holds forms separated by "|"); its name is the terminal they read as. A
lowercase column holds a value that the row's words carry. Column `class` names further terminals. A word reads as its
column, as each of its classes, and as CLASS_COLUMN ("MEET_VBD").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import Finding, RulesError, shown

TOKEN = re.compile(
    r"(?:"
    r"(?:[A-Za-z]\.){2,}(?:-[A-Za-z]+)*"  # U.S., a.m., U.S.-led
    r"|(?i:Mr|Mrs|Ms|Dr|St|Jr|Sr|Lt|Col|Gen|Maj|Capt|Cmdr|Adm|Sgt|Sen|Rep|Gov|Prof|Rev|Hon|Amb|Sec|No|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Co|Corp|Inc|Ltd|vs|etc)\.(?=[^\w]|$)"
    r"|[A-Z]\.(?=\s*[A-Z])"  # initials: George W. Bush
    r"|(?:US|A|C|HK|NT|S|R|Can)?[$€£¥]"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|km|am|pm|m|bn|%)?(?:-[A-Za-z0-9][\w.]*)*"
    r"|(?:n[’']t)(?![A-Za-z])"
    r"|['’](?:s|re|ve|ll|d|m)(?![A-Za-z])"
    r"|[^\W\d_]+?(?=n[’']t(?![A-Za-z]))"
    r"|[^\W_](?:[\w&]|[’'](?!(?:s|re|ve|ll|d|m|t)(?![A-Za-z]))(?=[^\W\d_])|-(?=\w)|\+(?=\d))*"
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


@dataclass(slots=True)
class Lexicon:
    """All forms by their lower-case text; `longer` is the trie of forms of several words, "" marking an end.

    `main` gives the first form of a row by the row's country and the column.
    """

    forms: dict[str, list[Form]] = field(default_factory=dict)
    longer: dict[str, dict] = field(default_factory=dict)  # type: ignore[type-arg]
    terminals: set[str] = field(default_factory=set)
    main: dict[tuple[str, str], str] = field(default_factory=dict)

    def look_up(self, text: str) -> list[Form]:
        """The forms that a word or a run of words (joined by one space) can be."""
        return [form for form in self.forms.get(text.lower(), ()) if form.fits(text)]

    def add(self, form: Form) -> None:
        """Add a form, and its path in the trie where it has several words."""
        self.terminals.update(form.terminals)
        self.main.setdefault((form.row.values.get("country", ""), form.terminals[0]), form.text)
        pieces = tokens_of(form.text)
        key = " ".join(pieces).lower()
        self.forms.setdefault(key, []).append(form)
        if len(pieces) == 1:
            return
        node = self.longer
        for piece in key.split(" "):
            node = node.setdefault(piece, {})
        node[""] = {}


def tokens_of(text: str) -> list[str]:
    """The tokens of a short text, without white space."""
    return [piece.strip() for piece in TOKEN.findall(text) if piece.strip()]


def load_lexicon(rules: Path) -> Lexicon:
    """Read every file of rules/lexicon; raises RulesError with all findings."""
    lexicon = Lexicon()
    findings: list[Finding] = []
    for path in sorted((rules / "lexicon").glob("*.csv")):
        try:
            for form in read_forms(path, rules, findings):
                lexicon.add(form)
        except UnicodeDecodeError as error:
            findings.append(Finding(shown(path, rules), 1, f"not UTF-8 at byte {error.start}", do="save it as UTF-8"))
    if findings:
        raise RulesError(findings)
    return lexicon


def read_forms(path: Path, rules: Path, findings: list[Finding]) -> Iterator[Form]:
    """The forms of one file; what is wrong goes to `findings`."""
    file = shown(path, rules)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        if not any(column.isupper() for column in header):
            allowed = "one column at least in capitals holds words"
            findings.append(Finding(file, 1, "no column of words", allowed, "name the terminal in the header row"))
            return
        seen: dict[tuple[str, str], int] = {}
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(header):
                what = f"{len(cells)} columns"
                do = "quote cells that hold a comma and leave empty cells empty"
                findings.append(Finding(file, line, what, f"the header has {len(header)}: {','.join(header)}", do))
                continue
            yield from forms_of_row(file, line, header, cells, seen, findings)


def forms_of_row(
    file: str, line: int, header: list[str], cells: list[str], seen: dict[tuple[str, str], int], findings: list[Finding]
) -> Iterable[Form]:
    """The forms of one row; a word that its column already holds is a finding."""
    values = {name: cell for name, cell in zip(header, cells, strict=True) if cell and not name.isupper()}
    row = Row(file, line, values)
    classes = [name.upper() for name in values.get("class", "").split("|") if name]
    for column, cell in zip(header, cells, strict=True):
        if not column.isupper() or not cell:
            continue
        terminals = (column, *classes, *(f"{name}_{column}" for name in classes))
        for text in cell.split("|"):
            first = seen.setdefault((column, text), line)
            if first != line:
                what = f"{text!r} stands in {column} twice"
                allowed = f"each word once (first in line {first})"
                findings.append(Finding(file, line, what, allowed, "keep one of the two rows"))
                continue
            yield Form(text, terminals, row)
