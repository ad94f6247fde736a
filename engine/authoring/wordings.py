"""Wordings: the parts of a grammar's alternatives as automata of their own, and the smallest change of one of the
alternatives by which it would read a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.authoring.machines import WHOLE, Machine, machines
from engine.authoring.notation import Alternative, alternatives_of, written
from engine.compiling.alphabet import Alphabet
from engine.compiling.compiler import Compiler
from engine.compiling.grammar import Grammar
from engine.compiling.program import Instruction

LEFT_OUT, ADDED, QUOTED, QUOTED_PHRASE = 1.0, 1.0, 1.0, 1.5
"""What it costs to leave out quoted words, to add a part of another alternative, or to quote a word or a phrase."""
MOST_COST = 4.5
FEWEST_READ = 3
"""Items that a changed alternative reads at least."""
MOST_QUOTED = 4
REORDERED = 2.5
"""What it costs to put parts of several alternatives together in an order of their own."""
EACH_PART = 0.3
"""What each of these parts costs, so that the fewest are taken."""


@dataclass(eq=False)
class Part:
    """A part of an alternative: how it is written, and what reads it."""

    text: str
    machine: Machine
    reached: dict[int, list[int]] = field(default_factory=dict)

    @property
    def nullable(self) -> bool:
        """Whether it may read nothing."""
        return self.machine.nullable

    @property
    def quoted(self) -> bool:
        """Whether it is nothing but quoted words."""
        return self.machine.quoted

    def ends(self, signatures: Sequence[int], begin: int) -> list[int]:
        """Where a reading of the sentence at hand that begins there may end."""
        found = self.reached.get(begin)
        if found is None:
            found = self.reached[begin] = self.machine.ends(signatures, begin)
        return found

    def reads(self, signatures: Sequence[int]) -> bool:
        """Whether it reads anything in a sentence."""
        return any(end > begin for begin in range(len(signatures)) for end in self.ends(signatures, begin))


def opening(parts: list[Part], signatures: Sequence[int], begin: int) -> Iterator[int]:
    """Where the first part that is not empty may end."""
    for part in parts:
        yield from part.ends(signatures, begin)
        if not part.nullable:
            return


@dataclass(frozen=True, slots=True)
class Change:
    """A changed alternative: the parts as written (quoted words among them), the items it reads, what it costs."""

    base: Alternative
    grammar: str
    parts: tuple[str, ...]
    begin: int
    end: int
    cost: float
    quoted: tuple[str, ...]

    @property
    def worth(self) -> float:
        """How good it is to try: what it reads, less what it changes."""
        return self.end - self.begin - 1.5 * self.cost


@dataclass(frozen=True, slots=True)
class Step:
    """How an alternative got as far as a part and an item: its cost, and what was written."""

    cost: float
    parts: tuple[str, ...]
    quoted: tuple[str, ...]

    def with_word(self, word: str, phrase: str) -> Step | None:
        """The step with a word more: quoted, or as the number, the name or the phrase that it is."""
        if len(self.quoted) >= MOST_QUOTED or not (word[0].isalnum() or word[1:].isalpha()):
            return None
        text = phrase or ("NUMBER" if word.isdigit() else "CAPITALIZED" if word[0].isupper() else "")
        if text:
            return Step(self.cost + QUOTED_PHRASE, (*self.parts, text), self.quoted)
        return Step(self.cost + QUOTED, (*self.parts, f'"{word.lower()}"'), (*self.quoted, word.lower()))


class Wordings:
    """The alternatives of one event grammar, taken apart."""

    def __init__(self, grammar: Grammar, alphabet: Alphabet, forms: frozenset[str]) -> None:
        self.grammar = grammar
        self.alphabet = alphabet
        self.forms = forms
        alternatives = alternatives_of(grammar)
        self.parts = self.compiled({written(tree): tree for each in alternatives for tree in each.parts})
        self.alternatives = [(each, [self.parts[written(tree)] for tree in each.parts]) for each in alternatives]

    def compiled(self, trees: dict[str, Any]) -> dict[str, Part]:
        """The parts, each once however often it is written."""
        code: list[Instruction] = []
        compiler = Compiler(self.grammar, self.alphabet, self.forms, code, {})
        end = compiler.end(WHOLE)
        begins = [compiler.tree(tree, end) for tree in trees.values()]
        return {text: Part(text, one) for text, one in zip(trees, machines(code, begins, self.alphabet), strict=True)}

    @cached_property
    def fillers(self) -> list[Part]:
        """Parts that alternatives have where something may stand: they may be empty."""
        return [part for part in self.parts.values() if part.nullable and part.text[-1] not in "?*+"]

    def changes(self, signatures: Sequence[int], words: Sequence[str], phrases: Sequence[str]) -> Iterator[Change]:
        """The changes of each alternative that read most of a sentence; `words` are its items as written, `phrases`
        the names of those that are phrases."""
        self.forget()
        everywhere = range(len(signatures))
        for alternative, parts in self.alternatives:
            best: Change | None = None
            if not all(part.nullable or part.quoted or part.reads(signatures) for part in parts):
                continue
            for begin in everywhere:
                if not any(end > begin for end in opening(parts, signatures, begin)):
                    continue
                found = self.aligned(alternative, parts, signatures, words, phrases, begin)
                if found is not None and (best is None or found.worth > best.worth):
                    best = found
            if best is not None and best.cost:
                yield best

    def spanning(self, signatures: Sequence[int], words: Sequence[str], phrases: Sequence[str]) -> Iterator[Change]:
        """The changes of each alternative that read a whole run of items."""
        self.forget()
        for alternative, parts in self.alternatives:
            found = self.aligned(alternative, parts, signatures, words, phrases, 0, whole=True)
            if found is not None and found.cost:
                yield found

    def forget(self) -> None:
        """Drop what is known of an earlier sentence."""
        for part in self.parts.values():
            part.reached.clear()
            part.machine.forget()

    def aligned(
        self,
        alternative: Alternative,
        parts: list[Part],
        signatures: Sequence[int],
        words: Sequence[str],
        phrases: Sequence[str],
        begin: int,
        *,
        whole: bool = False,
    ) -> Change | None:
        """The cheapest change of an alternative that reads a sentence from an item on, or with `whole` to its end."""
        steps: dict[tuple[int, int], Step] = {(0, begin): Step(0.0, (), ())}
        for index in range(len(parts) + 1):
            for at in range(begin, len(signatures) + 1):
                step = steps.get((index, at))
                if step is None:
                    continue
                for where, further in self.onward(parts, index, at, step, signatures, words, phrases):
                    known = steps.get(where)
                    if further.cost <= MOST_COST and (known is None or further.cost < known.cost):
                        steps[where] = further
        ends = [(at, steps[len(parts), at]) for at in range(begin, len(signatures) + 1) if (len(parts), at) in steps]
        found = [
            Change(alternative, self.grammar.name, step.parts, begin, at, step.cost, step.quoted)
            for at, step in ends
            if step.parts and (at == len(signatures) if whole else ends_well(step, at - begin))
        ]
        return max(found, key=lambda change: change.worth, default=None)

    def onward(
        self,
        parts: list[Part],
        index: int,
        at: int,
        step: Step,
        signatures: Sequence[int],
        words: Sequence[str],
        phrases: Sequence[str],
    ) -> Iterator[tuple[tuple[int, int], Step]]:
        """What may come next: the part reads, the part is left out, an item is quoted, another part is added."""
        if index < len(parts):
            part = parts[index]
            for end in part.ends(signatures, at):
                yield (index + 1, end), Step(step.cost, (*step.parts, part.text), step.quoted)
            if part.quoted and not part.nullable:
                yield (index + 1, at), Step(step.cost + LEFT_OUT, step.parts, step.quoted)
        if not index or at >= len(signatures):
            return
        wording = step.with_word(words[at], phrases[at])
        if wording is not None:
            yield (index, at + 1), wording
        for filler in self.fillers:
            ends = filler.ends(signatures, at)
            if len(ends) > 1:
                yield (index, ends[-1]), Step(step.cost + ADDED, (*step.parts, filler.text), step.quoted)

    def reordered(
        self, signatures: Sequence[int], words: Sequence[str], phrases: Sequence[str], needed: Sequence[bool]
    ) -> Change | None:
        """Parts of all alternatives in the order of the sentence; `needed` are the items of which one must be read."""
        best: Change | None = None
        for begin in range(len(signatures)):
            steps = {(begin, False): Step(REORDERED, (), ())}
            for at in range(begin, len(signatures)):
                for anchored in (False, True):
                    step = steps.get((at, anchored))
                    if step is None:
                        continue
                    for end, further in self.anywhere(step, at, signatures, words, phrases):
                        where = end, anchored or (further.quoted == step.quoted and any(needed[at:end]))
                        if further.cost <= MOST_COST and (where not in steps or further.cost < steps[where].cost):
                            steps[where] = further
            for (end, anchored), step in steps.items():
                if anchored and ends_well(step, end - begin):
                    base = max((each for each, _ in self.alternatives), key=lambda each: likeness(each, step.parts))
                    found = Change(base, self.grammar.name, step.parts, begin, end, step.cost, step.quoted)
                    best = found if best is None or found.worth > best.worth else best
        return best

    def anywhere(
        self, step: Step, at: int, signatures: Sequence[int], words: Sequence[str], phrases: Sequence[str]
    ) -> Iterator[tuple[int, Step]]:
        """What may come next in any order: each part that reads, or a quoted word after the first part."""
        for part in self.parts.values():
            for end in part.ends(signatures, at):
                if end > at:
                    yield end, Step(step.cost + EACH_PART, (*step.parts, part.text), step.quoted)
        wording = step.with_word(words[at], phrases[at]) if step.parts else None
        if wording is not None:
            yield at + 1, wording


def ends_well(step: Step, read: int) -> bool:
    """Whether a changed alternative of an event reads enough items, and ends with more than a word."""
    return read >= FEWEST_READ and step.parts[-1][0] != '"'


def likeness(alternative: Alternative, parts: tuple[str, ...]) -> int:
    """How many parts an alternative has in common with others."""
    return len({written(part) for part in alternative.parts} & set(parts))
