"""Alternatives that would make a sentence read: changes of a grammar's own alternatives, compiled and tried."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from engine.alphabet import Alphabet, literal_terminal
from engine.authoring.notation import Alternative
from engine.authoring.trial import Steady
from engine.authoring.wordings import Change, Wordings
from engine.automaton import Rows
from engine.cascade import Event, Item
from engine.grammar import Compiler, Grammars, grammar_of
from engine.lexicon import Form
from engine.program import Instruction, Program
from engine.reader import Reader
from engine.rules import Rules
from engine.table import tabled
from engine.words import Vocabulary

MOST_TRIED = 8
"""Changed alternatives that are compiled for one sentence, the most promising first."""
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
    def telling(self) -> dict[str, set[str]]:
        """The classes of words that few grammars name, each with these."""
        found: dict[str, set[str]] = {}
        classes = self.rules.lexicon.terminals
        for event in self.rules.cascade.events:
            for key, _ in event.rows.table.terminals:
                if key.rpartition("_")[0] in classes:
                    found.setdefault(key, set()).add(event.name)
        return {key: names for key, names in found.items() if len(names) <= FEW_GRAMMARS}

    def anchoring(self, grammar: str) -> int:
        """The terminals by which a word tells that a sentence may be one of a grammar."""
        if grammar not in self.anchors:
            bits = self.rules.cascade.alphabet.bits
            self.anchors[grammar] = sum(bits[key] for key, names in self.telling.items() if grammar in names)
        return self.anchors[grammar]

    @cached_property
    def wordings(self) -> dict[str, Wordings]:
        """The alternatives of each grammar met so far."""
        return {}

    def edits(self, items: list[Item], words: list[str], only: str | None) -> list[AlternativeEdit]:
        """The changed alternatives of the grammars whose words a sentence has, the most promising first."""
        signatures = [item.signature for item in items]
        phrases = [bool(item.reads) for item in items]
        found = []
        for name in (event.name for event in self.rules.cascade.events if event.rows.table.roots):
            anchors = [bool(self.anchoring(name) & self.masks[item.signature]) for item in items]
            if only not in (None, name) or not any(anchors):
                continue
            if name not in self.wordings:
                self.wordings[name] = Wordings(self.grammars[name], self.rules.cascade.alphabet, self.forms)
            wordings = self.wordings[name]
            found += [self.edit(change) for change in wordings.changes(signatures, words, phrases)]
            change = wordings.reordered(signatures, words, phrases, anchors)
            if change is not None:
                found.append(self.edit(change))
        found.sort(key=lambda edit: -edit.change.worth)
        return list({edit.text: edit for edit in reversed(found)}.values())[::-1][:MOST_TRIED]

    def edit(self, change: Change) -> AlternativeEdit:
        """A change as the line to paste, in the columns of the alternative that it changes."""
        grammar = self.grammars[change.grammar]
        model = grammar.source.splitlines()[change.base.last - 1]
        bar = re.search(r"[|:]", model)
        indent = bar.start() if bar else 4
        taken = {key.partition(".")[2] for key in grammar.lines}
        name = "_".join([change.base.alias or change.base.rule, *change.quoted])
        name = re.sub(r"\W+", "_", name.lower()).strip("_")
        while name in taken:
            name += "_too"
        text = f"{' ' * indent}| {joined(change.parts)} -> {name}"
        return AlternativeEdit(change.base, change.grammar, grammar.file, change.base.last, text, change)

    def edited(self, edit: AlternativeEdit) -> str:
        """The text of the grammar's file with the alternative in it."""
        lines = self.grammars[edit.grammar].source.split("\n")
        return "\n".join([*lines[: edit.line], edit.text, *lines[edit.line :]])

    def reader(self, edit: AlternativeEdit) -> Reader | None:
        """A reader by the same rules but for the grammar with the alternative; None where it quotes too many words."""
        sources, alphabet = self.rules.sources, self.rules.cascade.alphabet
        imported = tuple((name, sources.text(name)) for name in sources.names("shared/*.lark"))
        shapes = frozenset(listed[0] for listed in alphabet.listed if ":" not in listed[0])
        path = edit.file.removeprefix("rules/")
        grammar = grammar_of.__wrapped__(path, self.edited(edit), imported, shapes)
        code: list[Instruction] = []
        compiler = Compiler(grammar, Alphabet(), self.forms, code, {})
        table = tabled(code, list(zip(grammar.roots, compiler.starts(), strict=True)))
        unknown = sorted({key for key, _ in table.terminals} - alphabet.bits.keys())
        if len(unknown) > len(SPARE):
            return None
        spare = dict(zip(unknown, SPARE, strict=False))
        table.terminals = [(spare.get(key, key), leaf) for key, leaf in table.terminals]
        numbers = {name: number for number, name in enumerate(alphabet.names)}
        program = Program(grammar.name, grammar.file, grammar.roots)
        edited = Event(alphabet, Rows(table, numbers), [program], [], -1)
        cascade = self.rules.cascade
        events = [edited if event.name == edit.grammar else event for event in cascade.events]
        words = {key: alphabet.bits[terminal] for key, terminal in spare.items()}
        tried = replace(cascade, events=events)
        return Steady(replace(self.rules, cascade=tried, vocabulary=SpareVocabulary(self.rules, words)))


class SpareVocabulary(Vocabulary):
    """Words of which some are also spare terminals: `spare` maps the terminal of a quoted word to a bit."""

    def __init__(self, rules: Rules, spare: dict[str, int]) -> None:
        super().__init__(rules.lexicon, rules.cascade.alphabet)
        self.spare = spare

    def mask(self, text: str, lower: str, forms: list[Form]) -> int:
        """The terminals that a word can be."""
        return super().mask(text, lower, forms) | self.spare.get(literal_terminal(lower), 0)


def joined(parts: tuple[str, ...]) -> str:
    """The parts of an alternative in a line; a part twice over is written once where that may be nothing."""
    kept = [part for at, part in enumerate(parts) if not at or part != parts[at - 1] or part[0] == '"']
    return " ".join(kept)
