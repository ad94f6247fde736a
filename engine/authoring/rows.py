"""Rows of the lexicon that would make a sentence read: each word tried as every kind of word that the files hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.alphabet import Alphabet
from engine.authoring.kinds import BEFORE_NOUNS, CLAUSES, kinds
from engine.authoring.tables import Table, Tables, Template
from engine.authoring.trial import bits_of
from engine.cascade import Item
from engine.lexicon import Form, Row
from engine.rules import Rules

MOST_TRIALS = 1500
"""Words read as a kind of word that one sentence is tried with."""
MOST_TRIED = 45_000
"""Words that are read in all trials of one sentence: bounds the cost of any text."""
LONGEST_NAME = 5
"""Words that a name not in the lexicon may have."""
PARTICLES = frozenset({"PREP", "ADV"})
"""What a word after a verb may be that is a part of it ("waved through")."""
MOST_WITHIN = 2
"""Words that stand between a verb and its particle at most."""
WITHIN_NAMES = frozenset({"of", "the", "for", "and"})
FEW_KINDS = 30
"""Kinds of rows that a file has at most whose words are written in capitals within a sentence, as titles are."""
VERB_FORMS = 5
"""Columns of words in the file of those that take a particle."""
NO_PART = CLAUSES | {"INF"}
"""Classes of words that are no part of a verb before them."""
VERBS, NOUNS = frozenset({"VB", "VBZ", "VBD"}), frozenset({"NOUN", "NOUNS"})
FINITE = frozenset({"VBD", "VBZ", "MODAL"})
NO_SUBJECT = BEFORE_NOUNS | {"PREP", "DEMONYM"}
"""Classes of words that no finite verb follows."""
BEFORE_BASE = frozenset({"MODAL", "INF", "NEG", "NOUNS", "POSTS", "COUNTRY"})
"""Classes and columns of words that the base form of a verb follows."""
LETTERS = re.compile(r"[^\W\d_][\w'’.-]*\Z")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word, or several that are a name, that a row may say more of.

    `forms` are its readings now, `known` is 0 for a word in no file, 1 for one of no class, 2 for one that has classes;
    `begin` and `end` say where it stands among the words; `particle` are the words after it ("through") where they are
    taken as one verb, and `row` is that of the verb alone.
    """

    text: str
    forms: tuple[Form, ...]
    known: int
    begin: int
    end: int
    particle: str = ""
    row: Row | None = None


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


def is_of_class(found: set[str]) -> bool:
    """Whether a word is a noun of some class."""
    return any(name.endswith(("_NOUN", "_NOUNS")) for name in found)


def is_adjective(item: Item, alphabet: Alphabet) -> bool:
    """Whether a word in small letters is in no file and no adverb, as adjectives are."""
    mask = alphabet.masks[item.signature]
    return not item.forms and bool(mask & alphabet.bits["PLAIN"]) and not mask & alphabet.bits["LY"]


def unknowns(items: list[Item], texts: list[str]) -> list[Unknown]:
    """The words of a sentence that a row may say more of, those least known first; `texts` are its words as written."""
    found = []
    for index, (item, text) in enumerate(zip(items, texts, strict=True)):
        terminals = kinds(item)
        if "WORD" in terminals or not LETTERS.match(text):
            continue
        known = 2 if any("_" in terminal for terminal in terminals) else min(1, len(terminals))
        found.append(Unknown(text, tuple(item.forms), known, index, index + 1))
        if index and text.islower():
            found += with_particle(items, texts, index, known)
    return sorted([*found, *names(items, texts)], key=lambda unknown: (unknown.known, unknown.text[0].isupper()))


def with_particle(items: list[Item], texts: list[str], index: int, known: int) -> Iterator[Unknown]:
    """A word with what may be a part of it as a verb: the particle behind it ("waved through"), or for a verb a few
    words that end with one ("pointed the finger at")."""
    row = next((form.row for form in items[index].forms if form.terminals[0].startswith("VB")), None)
    for end in range(index + 2, min(index + 2 + MOST_WITHIN * (row is not None), len(items)) + 1):
        last = kinds(items[end - 1])
        if not texts[end - 1].islower() or last & NO_PART:
            return
        if last & PARTICLES:
            particle = " ".join(texts[index + 1 : end])
            yield Unknown(texts[index], (), min(known, 1), index, end, particle, row)
        # Within a verb stand nouns that say nothing by themselves ("the finger").
        if "ADV" in last or is_of_class(last) or (last & VERBS and not last & NOUNS):
            return


def names(items: list[Item], texts: list[str]) -> Iterator[Unknown]:
    """Runs of words in capitals, none of which is a name that some file holds."""
    begin = 0
    while begin < len(items):
        end = begin
        while end < min(begin + LONGEST_NAME, len(items)) and (
            in_name(items, texts, end) or (end > begin and texts[end] in WITHIN_NAMES)
        ):
            end += 1
        while end > begin and texts[end - 1] in WITHIN_NAMES:
            end -= 1
        named = any(form.text[0].isupper() for item in items[begin:end] for form in item.forms)
        if end > begin + 1 and not named:
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
            for edit in edits_of(table, template, unknown):
                masks = tuple(bits_of(form.terminals, alphabet) for form in edit.forms)
                if masks not in tried:
                    tried.add(masks)
                    yield edit


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
        forms_now = (*made, *unknown.forms)
        yield RowEdit(table, template, made[0].text, 0, table.line_of(cells), False, forms_now, unknown)


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
    text = table.line_of({**row.cells, **values})
    return RowEdit(table, template, unknown.text.lower(), row.line, text, True, forms, unknown)


def more_terminals(classes: list[str], form: Form) -> list[str]:
    """What a form reads as beside what it did, by classes added to its row."""
    return [name for one in classes for name in (one.upper(), f"{one.upper()}_{form.terminals[0]}")]
