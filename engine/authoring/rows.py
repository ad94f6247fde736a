"""Rows of the lexicon that would make a sentence read: each word tried as every kind of word that the files hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.authoring.tables import Table, Tables, Template
from engine.authoring.trial import bits_of
from engine.cascade import Item
from engine.lexicon import Form, Row
from engine.rules import Rules

MOST_TRIALS = 500
"""Words read as a kind of word that one sentence is tried with: bounds the cost of any text."""
LONGEST_NAME = 5
"""Words that a name not in the lexicon may have."""
WITHIN_NAMES = frozenset({"of", "the", "for", "and"})
FEW_KINDS = 30
"""Kinds of rows that a file has at most whose words are written in capitals within a sentence, as titles are."""
LETTERS = re.compile(r"[^\W\d_][\w'’.-]*\Z")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word, or several that are a name, that a row may say more of: its text, its readings now, and `known`: 0 for a
    word in no file, 1 for one of no class, 2 for one that has classes; where it stands among the sentence's words."""

    text: str
    forms: tuple[Form, ...]
    known: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row for a word: a new one, or in the place of the row in `line`."""

    table: Table
    template: Template
    word: str
    line: int
    text: str
    replaces: bool
    forms: tuple[Form, ...]
    unknown: Unknown

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the word as written stands in."""
        return tuple(dict.fromkeys(form.terminals[0] for form in self.forms if form.row.file == self.table.file))

    @property
    def place(self) -> int:
        """The line that the row replaces, or below which it goes."""
        own = self.text.split(",")[self.table.header.index(self.template.columns[0])]
        return self.line or self.table.place_of(own, self.template.model)


def unknowns(items: list[Item], texts: list[str]) -> list[Unknown]:
    """The words of a sentence that a row may say more of, those least known first; `texts` are its words as written."""
    found = []
    for index, (item, text) in enumerate(zip(items, texts, strict=True)):
        terminals = {terminal for form in item.forms for terminal in form.terminals}
        if "WORD" in terminals or not LETTERS.match(text):
            continue
        known = 2 if any("_" in terminal for terminal in terminals) else min(1, len(terminals))
        found.append(Unknown(text, tuple(item.forms), known, index, index + 1))
    return sorted([*found, *names(items, texts)], key=lambda unknown: (unknown.known, unknown.text[0].isupper()))


def names(items: list[Item], texts: list[str]) -> Iterator[Unknown]:
    """Runs of words in capitals that no file holds together, some of them in none."""
    begin = 0
    while begin < len(items):
        end = begin
        while end < min(begin + LONGEST_NAME, len(items)) and (
            in_name(items, texts, end) or (end > begin and texts[end] in WITHIN_NAMES)
        ):
            end += 1
        while end > begin and texts[end - 1] in WITHIN_NAMES:
            end -= 1
        if end > begin + 1 and not all(item.forms for item in items[begin:end]):
            yield Unknown(" ".join(texts[begin:end]), (), 0, begin, end)
        begin = max(end, begin + 1)


def in_name(items: list[Item], texts: list[str], at: int) -> bool:
    """Whether a word may begin or end a name: it has a capital and is no function word."""
    function = any("WORD" in form.terminals for form in items[at].forms)
    return texts[at][0].isupper() and not function and LETTERS.match(texts[at]) is not None


def row_edits(rules: Rules, tables: Tables, unknown: Unknown) -> Iterator[RowEdit]:
    """The rows that would make a word another kind of word: one for each set of terminals that it may get."""
    alphabet = rules.cascade.alphabet
    for table in fitting(tables, unknown):
        tried: set[tuple[int, ...]] = set()
        for template in tables.templates[table.file]:
            edit = edit_of(table, template, unknown)
            if edit is None:
                continue
            masks = tuple(bits_of(form.terminals, alphabet) for form in edit.forms)
            if masks not in tried:
                tried.add(masks)
                yield edit


def fitting(tables: Tables, unknown: Unknown) -> list[Table]:
    """The files that a word may stand in: those whose words are written like it first."""
    small = unknown.text.islower()
    several = " " in unknown.text
    found = [table for table in tables.all if tables.templates[table.file]]
    if small:
        return [table for table in found if table.lowercase]
    if several:
        return [table for table in found if not table.lowercase]
    titles = [table for table in found if len(tables.templates[table.file]) <= FEW_KINDS]
    return sorted(found if unknown.begin == 0 else titles, key=lambda table: table.lowercase)


def edit_of(table: Table, template: Template, unknown: Unknown) -> RowEdit | None:
    """The row that a template makes of a word: a new one, or the word's own row with one more class."""
    word = unknown.text.lower() if table.lowercase else unknown.text
    own = next((form.row for form in unknown.forms if form.row.file == table.file), None)
    if own is not None:
        return widened(table, template, unknown, own)
    forms = inflection(table, template, word)
    columns = [column for column, form in forms.items() if form == word]
    if not columns:
        return None
    cells = template.cells(forms)
    row = Row(table.file, 0, {name: value for name, value in cells.items() if value and not name.isupper()})
    made = [Form(word, template.terminals(column), row) for column in columns]
    kept = tuple(unknown.forms)
    return RowEdit(table, template, word, 0, table.line_of(cells), False, (*made, *kept), unknown)


def widened(table: Table, template: Template, unknown: Unknown, own: Row) -> RowEdit | None:
    """The row that a word has, with the classes and values of a template added."""
    row = next((row for row in table.rows if row.line == own.line), None)
    has = own.values.get("class", "").split("|") if own.values.get("class") else []
    added = [name for name in template.classes if name not in has]
    if row is None or not added:
        return None
    values = {name: own.values.get(name) or value for name, value in template.values if name != "class"}
    values["class"] = "|".join([*has, *added])
    told = Row(own.file, own.line, {name: value for name, value in values.items() if value})
    forms = tuple(
        replace(form, terminals=(*form.terminals, *more_terminals(added, form)), row=told) if form.row == own else form
        for form in unknown.forms
    )
    text = table.line_of({**row.cells, **values})
    return RowEdit(table, template, unknown.text.lower(), row.line, text, True, forms, unknown)


def more_terminals(classes: list[str], form: Form) -> list[str]:
    """What a form reads as beside what it did, by classes added to its row."""
    return [name for one in classes for name in (one.upper(), f"{one.upper()}_{form.terminals[0]}")]


def inflection(table: Table, template: Template, word: str) -> dict[str, str]:
    """The forms of a word for a template's row."""
    if len(template.columns) == 1:
        return {template.columns[0]: word}
    return table.inflected(word, template.columns)
