"""Rows of the lexicon that would make a sentence read: each word tried as every kind of word that the files hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.authoring.kinds import BEFORE_NOUNS, kinds
from engine.authoring.tables import Table, Tables, Template
from engine.authoring.thesaurus import Likeness, Thesaurus
from engine.authoring.trial import bits_of
from engine.authoring.unknowns import VERB_FORMS, Unknown, is_of_class
from engine.compiling.alphabet import Alphabet
from engine.layers import Item
from engine.lexicon import Form, Row
from engine.rules import Rules

MOST_TRIALS = 1500
"""Words read as a kind of word that one sentence is tried with."""
MOST_TRIED = 45_000
"""Words that are read in all trials of one sentence: bounds the cost of any text."""
FEW_KINDS = 30
"""Kinds of rows that a file has at most whose words are written in capitals within a sentence, as titles are."""
FINITE = frozenset({"VBD", "VBZ", "MODAL"})
NO_SUBJECT = BEFORE_NOUNS | {"PREP", "DEMONYM"}
"""Classes of words that no finite verb follows."""
BEFORE_BASE = frozenset({"MODAL", "INF", "NEG", "NOUNS", "POSTS", "COUNTRY"})
"""Classes and columns of words that the base form of a verb follows."""


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row for a word: a new one, or in the place of the row in `line`; `base` is its first form."""

    table: Table
    template: Template
    word: str
    base: str
    line: int
    cells: dict[str, str]
    replaces: bool
    forms: tuple[Form, ...]
    unknown: Unknown

    @property
    def text(self) -> str:
        """The row as it is written in the file."""
        return self.table.line_of(self.cells)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the word as written stands in."""
        return tuple(dict.fromkeys(form.terminals[0] for form in self.forms if form.row.file == self.table.file))

    @property
    def place(self) -> int:
        """The line that the row replaces, or below which it goes."""
        return self.line or self.table.place_of(self.base, self.template.model)

    def likeness(self, thesaurus: Thesaurus) -> Likeness:
        """How much its word is like those of its kind."""
        acts = ["", *(f" {value}" for value in self.template.guesses)]
        kinds = {f"{name}{act}" for name in self.template.classes for act in acts}
        return max(thesaurus.likeness(self.table.file, word, kinds) for word in self.meant)

    @property
    def meant(self) -> list[str]:
        """What the thesaurus is asked for: its first form, and the idiom that it is with words apart from it."""
        return [self.base, *([f"{self.base} {self.unknown.apart}"] if self.unknown.apart else [])]

    def further(self, thesaurus: Thesaurus) -> int:
        """How many classes it gets beside those that its word is like."""
        return min(thesaurus.further(self.table.file, word, self.template.classes) for word in self.meant)


def stands_like(edit: RowEdit, items: list[Item], alphabet: Alphabet) -> bool:
    """Whether a word in small letters stands where words of an edit's columns do: a finite verb follows no article,
    preposition or adjective; a noun follows no modal verb and stands before no adjective
    or other noun that tells something."""
    begin, end = edit.unknown.begin, edit.unknown.end
    if not edit.table.lowercase or not begin:
        return True
    before, after = kinds(items[begin - 1]), kinds(items[end]) if end < len(items) else set()
    if not any(column.startswith("VB") for column in edit.columns):
        # The head of a noun phrase stands last.
        heads = is_of_class(after) or "WEAPON" in after or (end < len(items) and is_adjective(items[end], alphabet))
        return "MODAL" not in before and not heads and not is_only_verb(edit.unknown, items)
    if edit.columns == ("VB",) and not before & BEFORE_BASE:
        return False
    return not is_adjective(items[begin - 1], alphabet) and (not before & NO_SUBJECT or "INF" in before)


def is_only_verb(unknown: Unknown, items: list[Item]) -> bool:
    """Whether a word ends as verbs of the past do and no other word of the sentence may be its finite verb."""
    others = (kinds(item) for at, item in enumerate(items) if not unknown.begin <= at < unknown.end)
    return unknown.text.endswith("ed") and not any(found & FINITE for found in others)


def is_adjective(item: Item, alphabet: Alphabet) -> bool:
    """Whether a word in small letters is in no file and no adverb, as adjectives are."""
    mask = alphabet.masks[item.signature]
    return not item.forms and bool(mask & alphabet.bits["PLAIN"]) and not mask & alphabet.bits["LY"]


def row_edits(rules: Rules, tables: Tables, unknown: Unknown) -> list[RowEdit]:
    """The rows that would make a word another kind of word: one for each set of terminals that it may get, those that
    the thesaurus tells of first."""
    found = []
    for table in fitting(tables, unknown):
        tried: set[tuple[tuple[int, ...], frozenset[str]]] = set()
        edits = [edit for each in tables.templates[table.file] for edit in edits_of(table, each, unknown)]
        edits.sort(key=lambda edit: -edit.likeness(tables.thesaurus))
        for edit in edits:
            masks = tuple(bits_of(form.terminals, rules.cascade.alphabet) for form in edit.forms)
            # Only of kinds that the thesaurus tells of is each tried with the values that its rows hold.
            same = edit.likeness(tables.thesaurus) is Likeness.SAME
            key = masks, edit.template.guesses if same else frozenset()
            if key not in tried:
                tried.add(key)
                found.append(edit)
    return sorted(found, key=lambda edit: edit.likeness(tables.thesaurus) is not Likeness.SAME)


def fitting(tables: Tables, unknown: Unknown) -> list[Table]:
    """The files that a word may stand in: those whose words are written like it first."""
    if unknown.particle:
        return [table for table in tables.all if len(table.word_columns) >= VERB_FORMS]
    small = unknown.text.islower()
    several = " " in unknown.text
    found = [table for table in tables.all if tables.templates[table.file]]
    if small:
        return [table for table in found if table.lowercase]
    if several:
        return [table for table in found if not table.lowercase]
    titles = [table for table in found if len(tables.templates[table.file]) <= FEW_KINDS]
    return sorted(found if unknown.begin == 0 else titles, key=lambda table: table.lowercase)


def edits_of(table: Table, template: Template, unknown: Unknown) -> Iterator[RowEdit]:
    """The rows that a template makes of a word: new ones, or the word's own row with one more class."""
    word = unknown.text.lower() if table.lowercase else unknown.text
    own = next((form.row for form in unknown.forms if form.row.file == table.file), None)
    if own is not None:
        edit = widened(table, template, unknown, own)
        if edit is not None:
            yield edit
        return
    for bare in inflections(table, template, unknown, word):
        forms = {column: f"{form} {unknown.particle}".strip() for column, form in bare.items()}
        cells = template.cells(forms)
        row = Row(table.file, 0, {name: value for name, value in cells.items() if value and not name.isupper()})
        made = [Form(word, template.terminals(column), row) for column, form in bare.items() if form == word]
        made = [replace(form, text=f"{word} {unknown.particle}".strip()) for form in made]
        base = forms[template.columns[0]]
        yield RowEdit(table, template, made[0].text, base, 0, cells, False, (*made, *unknown.forms), unknown)


def inflections(table: Table, template: Template, unknown: Unknown, word: str) -> list[dict[str, str]]:
    """The forms of a word, by column: those of its row where it is a verb with a particle, else as others inflect."""
    own = unknown.row
    row = next((row for row in table.rows if own is not None and (table.file, row.line) == (own.file, own.line)), None)
    if row is None:
        return table.inflected(word, template.columns)
    listed = {column: row.words(column) for column in template.columns}
    if not all(listed.values()):
        return []
    forms = {column: word if word in words else words[0] for column, words in listed.items()}
    return [forms] if word in forms.values() else []


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
    base = next((word for column in table.word_columns for word in row.words(column)), "")
    return RowEdit(table, template, unknown.text.lower(), base, row.line, {**row.cells, **values}, True, forms, unknown)


def more_terminals(classes: list[str], form: Form) -> list[str]:
    """What a form reads as beside what it did, by classes added to its row."""
    return [name for one in classes for name in (one.upper(), f"{one.upper()}_{form.terminals[0]}")]
