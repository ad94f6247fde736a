"""Unknown words: words of a sentence, names of several and idioms that a row of the lexicon may say more of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.authoring.kinds import BEFORE_NOUNS, CLAUSES, kinds
from engine.authoring.tables import Table, Tables
from engine.layers import Item
from engine.lexicon import Form, Row

LONGEST_NAME = 5
"""Words that a name not in the lexicon may have."""
LONGEST_IDIOM = 7
"""Words that an idiom of the thesaurus may have in a sentence."""
MOST_APART = 4
"""Words that stand together in such an idiom behind what is done something to."""
PARTICLES = frozenset({"PREP", "ADV"})
"""What a word after a verb may be that is a part of it ("waved through")."""
MOST_WITHIN = 2
"""Words that stand between a verb and its particle at most."""
WITHIN_NAMES = frozenset({"of", "the", "for", "and"})
VERB_FORMS = 5
"""Columns of words in the file of those that take a particle."""
NO_PART = CLAUSES | {"INF"}
"""Classes of words that are no part of a verb before them."""
VERBS, NOUNS = frozenset({"VB", "VBZ", "VBD"}), frozenset({"NOUN", "NOUNS"})
LETTERS = re.compile(r"[^\W\d_][\w'’.-]*\Z")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word, or several that are a name, that a row may say more of.

    `forms` are its readings now, `known` is 0 for a word in no file, 1 for one of no class, 2 for one that has classes;
    `begin` and `end` say where it stands among the words; `particle` are the words after it ("through") where they are
    taken as one verb, and `row` is that of the verb alone; `apart` are words further on with which it is an idiom ("on
    the back" of "patted Peru on the back").
    """

    text: str
    forms: tuple[Form, ...]
    known: int
    begin: int
    end: int
    particle: str = ""
    row: Row | None = None
    apart: str = ""


def is_of_class(found: set[str]) -> bool:
    """Whether a word is a noun of some class."""
    return any(name.endswith(("_NOUN", "_NOUNS")) for name in found)


def unknowns(items: list[Item], texts: list[str], tables: Tables) -> list[Unknown]:
    """The words of a sentence that a row may say more of, those least known first; `texts` are its words as written."""
    found: list[Unknown] = []
    for index, (item, text) in enumerate(zip(items, texts, strict=True)):
        terminals = kinds(item)
        if not LETTERS.match(text.replace(" ", "")):
            continue
        known = 2 if any("_" in terminal for terminal in terminals) else min(1, len(terminals))
        several = index and text.islower()
        if several:
            found += idioms(items, texts, index, tables)
        if "WORD" in terminals:
            continue
        apart = idiom_apart(items, texts, index, tables) if several and known < 2 else ""
        found.append(Unknown(text, tuple(item.forms), known, index, index + 1, apart=apart))
        if several:
            found += with_particle(items, texts, index, known)
    return sorted([*found, *names(items, texts)], key=lambda unknown: (unknown.known, unknown.text[0].isupper()))


def verb_row(item: Item) -> Row | None:
    """The row of a word that is a verb."""
    return next((form.row for form in item.forms if form.terminals[0].startswith("VB")), None)


def idioms(items: list[Item], texts: list[str], index: int, tables: Tables) -> Iterator[Unknown]:
    """The idioms that begin with a word and that the thesaurus has: "threw in the towel", "put pen to paper on"."""
    row = verb_row(items[index])
    thesaurus = tables.thesaurus
    for table in (table for table in tables.all if len(table.word_columns) >= VERB_FORMS):
        bases = first_forms(table, texts[index].lower(), row) & thesaurus.begun
        for end in range(index + 2, min(index + LONGEST_IDIOM, len(items)) + 1) if bases else ():
            if not texts[end - 1].islower():
                return
            particle = " ".join(texts[index + 1 : end])
            told = any(thesaurus.classes(table.file, f"{base} {particle}") for base in bases)
            if told and thesaurus.ends(texts[end - 1]):
                yield Unknown(texts[index], (), 0, index, end, particle, row)


def idiom_apart(items: list[Item], texts: list[str], index: int, tables: Tables) -> str:
    """The words behind a verb and what it is done to with which the thesaurus has it as an idiom; empty if none."""
    row = verb_row(items[index])
    for table in (table for table in tables.all if len(table.word_columns) >= VERB_FORMS):
        bases = first_forms(table, texts[index].lower(), row) & tables.thesaurus.begun
        for begin in range(index + 2, min(index + LONGEST_IDIOM, len(items))) if bases else ():
            for end in range(begin + 1, min(begin + MOST_APART, len(items)) + 1):
                apart = " ".join(texts[begin:end])
                if any(tables.thesaurus.classes(table.file, f"{base} {apart}") for base in bases):
                    return apart if tables.thesaurus.ends(texts[end - 1]) else ""
    return ""


def first_forms(table: Table, word: str, row: Row | None) -> set[str]:
    """What a verb may be in the first column of its file."""
    if row is not None:
        return {form for each in table.rows if each.line == row.line for form in each.words(table.word_columns[0])}
    return {forms[table.word_columns[0]] for forms in table.inflected(word, tuple(table.word_columns))}


def with_particle(items: list[Item], texts: list[str], index: int, known: int) -> Iterator[Unknown]:
    """A word with what may be a part of it as a verb: the particle behind it ("waved through"), or for a verb a few
    words that end with one ("pointed the finger at", "gave a nod to")."""
    row = verb_row(items[index])
    for end in range(index + 2, min(index + 2 + MOST_WITHIN * (row is not None), len(items)) + 1):
        last, noun = kinds(items[end - 1]), bool(kinds(items[end - 2]) & BEFORE_NOUNS)
        base = end < len(items) and "VB" in kinds(items[end])
        to = end > index + 2 and "PREP" in last and not base
        if not texts[end - 1].islower() or (last & NO_PART and not to):
            return
        if last & PARTICLES:
            particle = " ".join(texts[index + 1 : end])
            yield Unknown(texts[index], (), min(known, 1), index, end, particle, row)
        # Within a verb stand nouns that say nothing by themselves ("the finger").
        if "ADV" in last or is_of_class(last) or (last & VERBS and not last & NOUNS and not noun):
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
