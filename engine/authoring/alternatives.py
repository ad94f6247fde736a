"""Alternatives that would make a sentence read: changes of a grammar's own alternatives, compiled and tried."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from engine.alphabet import Alphabet, literal_terminal
from engine.authoring.notation import Alternative
from engine.authoring.wordings import Change, Wordings
from engine.automaton import Automaton
from engine.cascade import Cascade, Item
from engine.grammar import Compiler, Grammar, grammar_of
from engine.lexicon import Form
from engine.program import SYMBOL
from engine.reader import Reader
from engine.rules import Rules
from engine.words import Vocabulary

MOST_TRIED = 8
"""Changed alternatives that are compiled for one sentence, the most promising first."""
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
        for name in SPARE:
            rules.cascade.alphabet.bit(name)

    @cached_property
    def grammars(self) -> dict[str, Grammar]:
        """The grammars as written."""
        return self.rules.grammars()

    @cached_property
    def wordings(self) -> dict[str, Wordings]:
        """The alternatives of each grammar met so far."""
        return {}

    def edits(self, items: list[Item], words: list[str], only: str | None) -> list[AlternativeEdit]:
        """The changed alternatives of the grammars whose words a sentence has, the most promising first."""
        alphabet = self.rules.cascade.alphabet
        signatures = [item.signature for item in items]
        present = 0
        for signature in signatures:
            present |= alphabet.masks[signature]
        found = []
        for reader, needed in zip(self.rules.cascade.events, self.rules.cascade.needed, strict=True):
            name = reader.program.name
            if not needed & present or only not in (None, name) or not isinstance(reader, Automaton):
                continue
            if name not in self.wordings:
                self.wordings[name] = Wordings(self.grammars[name], alphabet, self.forms)
            phrases = [bool(item.reads) for item in items]
            wordings = self.wordings[name]
            found += [self.edit(change) for change in wordings.changes(signatures, words, phrases)]
            anchors = [bool(alphabet.masks[item.signature] & needed) and not is_function(item) for item in items]
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
        program = Compiler(grammar, Alphabet(), self.forms, [], {}).program(0)
        names = {instruction[1] for instruction in program.code if instruction[0] == SYMBOL} - alphabet.bits.keys()
        if len(names) > len(SPARE):
            return None
        spare = dict(zip(sorted(names), SPARE, strict=False))
        program.code = [
            (SYMBOL, spare.get(code[1], code[1]), *code[2:]) if code[0] == SYMBOL else code for code in program.code
        ]
        automaton = Automaton(program, alphabet.bits, alphabet.masks)
        words = {name: alphabet.bits[terminal] for name, terminal in spare.items()}
        cascade = self.rules.cascade
        at = next(i for i, one in enumerate(cascade.events) if one.program.name == edit.grammar)
        events = [*cascade.events[:at], automaton, *cascade.events[at + 1 :]]
        needed = [*cascade.needed[:at], sum(alphabet.bits.values()), *cascade.needed[at + 1 :]]
        tried = Cascade(alphabet, cascade.layers, events, needed)
        rules = replace(self.rules, cascade=tried, vocabulary=SpareVocabulary(self.rules, words))
        return Reader(rules)


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


def is_function(item: Item) -> bool:
    """Whether an item is a function word, which stands anywhere."""
    return any("WORD" in form.terminals for form in item.forms)
