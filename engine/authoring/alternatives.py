"""Alternatives that would make a sentence read: changes of a grammar's own alternatives, compiled and tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine.authoring.lacking import Lacking
from engine.authoring.notation import Alternative
from engine.authoring.spare import SpareVocabulary
from engine.authoring.trial import Steady
from engine.authoring.wordings import Change, Wordings
from engine.automaton import Rows
from engine.cascade import Event
from engine.compiling.alphabet import Alphabet
from engine.compiling.compiler import Compiler
from engine.compiling.grammar import Grammar, Grammars
from engine.compiling.program import Instruction, Program
from engine.compiling.table import tabled
from engine.layers import Item, Phrases
from engine.lexicon import Form
from engine.reader import Reader
from engine.rules import Rules

MOST_TRIED = 5
"""Changed alternatives of events that are compiled for one sentence, the most promising first."""
MOST_PHRASES_TRIED = 3
"""Changed alternatives of phrases, likewise."""
FEW_GRAMMARS = 2
"""Grammars that name a class of words at most where a word of it tells what a sentence is about."""
SPARE = tuple(f"_SPARE_{number}" for number in range(8))
"""Terminals that stand for words that no grammar quotes yet, while an alternative that quotes them is tried."""


@dataclass(frozen=True, slots=True)
class AlternativeEdit:
    """An alternative to add below `line` of a grammar's file."""

    base: Alternative
    grammar: str
    file: str
    line: int
    text: str
    change: Change


class Alternatives:
    """Seeks and tries alternatives for the sentences that rules do not read."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.forms = frozenset(form for form in rules.lexicon.listed if " " in form)
        self.anchors: dict[str, int] = {}
        for name in SPARE:
            rules.cascade.alphabet.bit(name)

    @cached_property
    def grammars(self) -> Grammars:
        """The grammars as written."""
        return self.rules.grammars()

    @property
    def masks(self) -> list[int]:
        """The terminals of each signature."""
        return self.rules.cascade.alphabet.masks

    @cached_property
    def classes(self) -> dict[str, set[str]]:
        """The classes of words that event grammars name, each with these."""
        found: dict[str, set[str]] = {}
        classes = self.rules.lexicon.terminals
        for event in self.rules.cascade.events:
            for key, _ in event.rows.table.terminals:
                if key.rpartition("_")[0] in classes:
                    found.setdefault(key, set()).add(event.name)
        return found

    @cached_property
    def telling(self) -> dict[str, set[str]]:
        """Those that few grammars name."""
        return {key: names for key, names in self.classes.items() if len(names) <= FEW_GRAMMARS}

    def makes_event(self, forms: tuple[Form, ...]) -> bool:
        """Whether forms are nouns of a class that event grammars name."""
        columns = {form.terminals[0] for form in forms}
        named = any(name in self.classes for form in forms for name in form.terminals)
        return named and not any(column.startswith("VB") for column in columns)

    def named(self, grammar: str) -> int:
        """The terminals of all classes of words that a grammar names."""
        bits = self.rules.cascade.alphabet.bits
        return sum(bits[key] for key, names in self.classes.items() if grammar in names)

    def anchoring(self, grammar: str) -> int:
        """The terminals by which a word tells that a sentence may be one of a grammar."""
        if grammar not in self.anchors:
            bits = self.rules.cascade.alphabet.bits
            self.anchors[grammar] = sum(bits[key] for key, names in self.telling.items() if grammar in names)
        return self.anchors[grammar]

    @cached_property
    def taken_apart(self) -> dict[str, Wordings | None]:
        """The alternatives of each grammar met so far."""
        return {}

    def wordings(self, name: str) -> Wordings | None:
        """The alternatives of a grammar; None where it is recursive."""
        if name not in self.taken_apart:
            try:
                self.taken_apart[name] = Wordings(self.grammars[name], self.rules.cascade.alphabet, self.forms)
            except RecursionError:
                self.taken_apart[name] = None
        return self.taken_apart[name]

    @cached_property
    def lacking(self) -> Lacking:
        """What seeks the phrases that a sentence lacks."""
        return Lacking(self.rules, self.grammars, self.wordings)

    def phrase_edits(
        self, items: list[Item], told: Callable[[list[Item]], list[str]], only: str | None
    ) -> list[AlternativeEdit]:
        """The changed alternatives of phrases that let a grammar read on whose words a sentence has, the most promising
        first; `told` gives the words of items."""
        events = [event.name for event in self.rules.cascade.events]
        anchors = {name: self.named(name) for name in events if only in (None, name)}
        found = [self.edit(change) for change in self.lacking.changes(items, told, anchors)]
        return self.best(found)[:MOST_PHRASES_TRIED]

    def best(self, found: list[AlternativeEdit]) -> list[AlternativeEdit]:
        """Edits, each once, the most promising first."""
        found.sort(key=lambda edit: -edit.change.worth)
        return list({edit.text: edit for edit in reversed(found)}.values())[::-1]

    def edits(self, items: list[Item], words: list[str], only: str | None) -> list[AlternativeEdit]:
        """The changed alternatives of the grammars whose words a sentence has, the most promising first."""
        signatures = [item.signature for item in items]
        phrases = [self.lacking.named(item) for item in items]
        found = []
        for name in (event.name for event in self.rules.cascade.events if event.rows.table.roots):
            anchors = [bool(self.anchoring(name) & self.masks[item.signature]) for item in items]
            if only not in (None, name) or not any(anchors):
                continue
            wordings = self.wordings(name)
            if wordings is None:
                continue
            found += [self.edit(change) for change in wordings.changes(signatures, words, phrases)]
            change = wordings.reordered(signatures, words, phrases, anchors)
            if change is not None:
                found.append(self.edit(change))
        return self.best(found)[:MOST_TRIED]

    def edit(self, change: Change) -> AlternativeEdit:
        """A change as the line to paste, in the columns of the alternative that it changes."""
        grammar = self.grammars[change.grammar]
        model = grammar.source.splitlines()[change.base.last - 1]
        bar = re.search(r"[|:]", model)
        indent = bar.start() if bar else 4
        text = f"{' ' * indent}| {joined(change.parts)}"
        alias = change.base.alias if "/phrases/" in grammar.file else self.phrasing(grammar, change)
        if alias:
            text = f"{text} -> {alias}"
        return AlternativeEdit(change.base, change.grammar, grammar.file, change.base.last, text, change)

    def phrasing(self, grammar: Grammar, change: Change) -> str:
        """A name for a changed alternative of an event; those of phrases keep theirs, which says what they mean."""
        taken = {key.partition(".")[2] for key in grammar.lines}
        name = "_".join([change.base.alias or change.base.rule, *change.quoted])
        name = re.sub(r"\W+", "_", name.lower()).strip("_")
        while name in taken:
            name += "_too"
        return name

    def edited(self, edit: AlternativeEdit) -> str:
        """The text of the grammar's file with the alternative in it."""
        lines = self.grammars[edit.grammar].source.split("\n")
        return "\n".join([*lines[: edit.line], edit.text, *lines[edit.line :]])

    def reader(self, edit: AlternativeEdit) -> Reader | None:
        """A reader by the same rules but for the grammar with the alternative; None where it quotes too many words."""
        cascade = self.rules.cascade
        index = cascade.stage_of(edit.grammar) - 1
        if index < 0:
            compiled = self.compiled([edit.grammar], edit)
        elif not cascade.layers[index].others:
            compiled = self.compiled([program.name for program in cascade.layers[index].programs], edit)
        else:
            return None
        if compiled is None:
            return None
        rows, programs, words = compiled
        if index < 0:
            (number,) = (event.number for event in cascade.events if event.name == edit.grammar)
            edited = Event(cascade.alphabet, rows, programs, [], -1, number)
            events = [*cascade.events[:number], edited, *cascade.events[number + 1 :]]
            tried = replace(cascade, events=events, leads={})
        else:
            layer = Phrases(cascade.alphabet, rows, programs, [], cascade.layers[index].heads)
            layers = [*cascade.layers[:index], layer, *cascade.layers[index + 1 :]]
            tried = replace(cascade, layers=layers)
        return Steady(replace(self.rules, cascade=tried, vocabulary=SpareVocabulary(self.rules, words)))

    def compiled(self, names: list[str], edit: AlternativeEdit) -> tuple[Rows, list[Program], dict[str, int]] | None:
        """The grammars of one table, one of them with the alternative: the table, its programs, and the words for which
        spare terminals stand."""
        alphabet = self.rules.cascade.alphabet
        code: list[Instruction] = []
        known: dict[Any, int] = {}
        starts: list[tuple[str, int]] = []
        programs = []
        for name in names:
            grammar = self.grammar_with(edit) if name == edit.grammar else self.grammars[name]
            starts += zip(grammar.roots, Compiler(grammar, Alphabet(), self.forms, code, known).starts(), strict=True)
            programs.append(Program(name, grammar.file, grammar.roots))
        table = tabled(code, starts)
        unknown = sorted({key for key, _ in table.terminals} - alphabet.bits.keys())
        if len(unknown) > len(SPARE):
            return None
        spare = dict(zip(unknown, SPARE, strict=False))
        table.terminals = [(spare.get(key, key), leaf) for key, leaf in table.terminals]
        numbers = {name: number for number, name in enumerate(alphabet.names)}
        return Rows(table, numbers), programs, {key: alphabet.bits[terminal] for key, terminal in spare.items()}

    def grammar_with(self, edit: AlternativeEdit) -> Grammar:
        """A grammar with the alternative in it."""
        return self.grammars.written(edit.file.removeprefix("rules/"), self.edited(edit), remembered=False)


def joined(parts: tuple[str, ...]) -> str:
    """The parts of an alternative in a line; a part twice over is written once where that may be nothing."""
    kept = [part for at, part in enumerate(parts) if not at or part != parts[at - 1] or part[0] == '"']
    return " ".join(kept)
