"""Phrases that a sentence lacks: words that would let a grammar read on if they were a phrase, and the alternatives of
the phrase's grammars that would make them one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.authoring.kinds import BEFORE_NOUNS, CLAUSES, kinds
from engine.authoring.wordings import Change, Wordings
from engine.cascade import Event, Match
from engine.compiling.grammar import Grammars
from engine.layers import Item
from engine.rules import Rules

LONGEST_LACK = 9
"""Items that are taken together for one phrase at most."""
MOST_LACKS = 12
"""Runs of words for which alternatives are sought, the most promising first."""
MOST_READ = 400_000
"""Items read with runs of them taken for a phrase: bounds the cost of any sentence."""
EACH_ITEM = 1.3
"""What each item of a run costs beside those that its sentence's match reads."""

MARKS = ("COMMA", "DASH", "QUOTE", "STOP", "MARK")
"""Shapes of what is no word."""
UNLIKE = CLAUSES | {"PREP", "MODAL", "NEG", "AUX_CONTRACTION"}
"""Classes of words with which no phrase begins or ends."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A run of a sentence's tokens that would read on as a phrase; `worth` counts what is read then."""

    phrase: str
    begin: int
    end: int
    worth: float


class Lacking:
    """Seeks what phrases a sentence lacks."""

    def __init__(self, rules: Rules, grammars: Grammars, wordings: Callable[[str], Wordings | None]) -> None:
        """`wordings` gives the alternatives of a grammar, or None where they cannot be taken apart."""
        self.grammars = grammars
        self.cascade = rules.cascade
        self.wordings = wordings

    @cached_property
    def phrases(self) -> dict[str, str]:
        """The phrases that event grammars name, each with its grammar."""
        named = {key for event in self.cascade.events for key, _ in event.rows.table.terminals}
        programs = [program for layer in self.cascade.layers for program in layer.programs]
        return {r: p.name for p in programs for r in p.roots if r.upper() in named and r in self.roots}

    @cached_property
    def masks(self) -> dict[str, int]:
        """The terminals, as bits, of what is each of them, read by whichever alternative."""
        bits = self.cascade.alphabet.bits
        named = {phrase: phrase.upper() for phrase in self.phrases}
        return {
            phrase: sum(bit for key, bit in bits.items() if key == name or key.startswith(f"{name}_"))
            for phrase, name in named.items()
        }

    @cached_property
    def made_of(self) -> dict[str, list[str]]:
        """The phrase grammars of which the phrases of each are made, itself first."""
        found: dict[str, list[str]] = {}
        for layer in self.cascade.layers:
            used = {key for key, _ in layer.rows.table.terminals}
            below = [name for name in found if any(key.partition("_")[0].lower() == name for key in used)]
            for program in layer.programs:
                found[program.name] = [program.name, *below]
        return found

    def changes(
        self, items: list[Item], told: Callable[[list[Item]], list[str]], anchors: dict[str, int]
    ) -> Iterator[Change]:
        """The changed alternatives of phrase grammars by which a run of words would be a phrase that lets one of the
        event grammars read on; `anchors` are their names with the terminals that tell of them, `told` gives words."""
        stages = self.cascade.stages(items)
        lacks = sorted(self.lacks(stages[-1], anchors), key=lambda lack: -lack.worth)[:MOST_LACKS]
        for lack in lacks:
            for name in self.made_of[self.phrases[lack.phrase]]:
                wordings = self.wordings(name)
                stage = stages[max(self.cascade.stage_of(name) - 1, 0)]
                run = [item for item in stage if lack.begin <= item.begin and item.end <= lack.end]
                if wordings is None or not run or (run[0].begin, run[-1].end) != (lack.begin, lack.end):
                    continue
                signatures = [item.signature for item in run]
                yield from wordings.spanning(signatures, told(run), [self.named(item) for item in run])

    def lacks(self, items: list[Item], anchors: dict[str, int]) -> Iterator[Lack]:
        """The runs of items that would let an event grammar read more if they were a phrase."""
        signatures = [item.signature for item in items]
        alphabet = self.cascade.alphabet
        masks = alphabet.masks
        # Asked for at each question: the alphabet forgets signatures.
        taken = {phrase: alphabet.signature(mask) for phrase, mask in self.masks.items()}
        runs, left = self.runs(items), MOST_READ
        for event in (event for event in self.cascade.events if event.name in anchors):
            telling = [bool(masks[signature] & anchors[event.name]) for signature in signatures]
            if not any(telling):
                continue
            before = [(match.begin, match.end) for match in self.matches(event, signatures, len(items))]
            for phrase in self.named_by(event):
                for begin, end in runs:
                    left -= begin + 1
                    if left < 0:
                        return
                    read = self.read_with(event, signatures, begin, end, taken[phrase])
                    if read is None or not (any(telling[read[0] : begin]) or any(telling[end : read[1]])):
                        continue
                    most = max((b - a for a, b in before if a < read[1] and read[0] < b), default=0)
                    if read[1] - read[0] > most + 1:
                        worth = read[1] - read[0] - most - EACH_ITEM * (end - begin)
                        yield Lack(phrase, items[begin].begin, items[end - 1].end, worth)

    def runs(self, items: list[Item]) -> list[tuple[int, int]]:
        """The runs of items that may be a phrase."""
        begins = [at for at, item in enumerate(items) if self.bounds(item)]
        ends = [at for at, item in enumerate(items, 1) if self.bounds(item, BEFORE_NOUNS)]
        return [(begin, end) for begin in begins for end in ends if begin < end <= begin + LONGEST_LACK]

    def named_by(self, event: Event) -> list[str]:
        """The phrases that an event grammar names."""
        bits = self.cascade.alphabet.bits
        told = 0
        for key, _ in event.rows.table.terminals:
            told |= bits.get(key, 0)
        return [phrase for phrase, mask in self.masks.items() if mask & told]

    def matches(self, event: Event, signatures: list[int], before: int) -> list[Match]:
        """What a grammar reads that begins before a place in a sentence."""
        masks = self.cascade.alphabet.masks
        return event.read(signatures, [at for at in range(before) if masks[signatures[at]] & event.first])

    def bounds(self, item: Item, unlike: frozenset[str] = frozenset()) -> bool:
        """Whether a phrase may begin with an item, or end with one that is none of some classes."""
        mask = self.cascade.alphabet.masks[item.signature]
        return not mask & self.marks and (bool(item.reads) or not kinds(item) & (UNLIKE | unlike))

    @cached_property
    def marks(self) -> int:
        """The terminals of marks, as bits."""
        bits = self.cascade.alphabet.bits
        return sum(bits.get(mark, 0) for mark in MARKS)

    @cached_property
    def roots(self) -> set[str]:
        """All phrases but groups of verbs, which are what their verb makes them."""
        programs = [program for layer in self.cascade.layers for program in layer.programs]
        return {root for p in programs for root in p.roots if "head" not in self.grammars[p.name].rules}

    def named(self, item: Item) -> str:
        """The name of the phrase that an item is; empty for words and groups of verbs."""
        root = str(item.reads[0][1][0]) if item.reads else ""
        return root.upper() if root in self.roots else ""

    def read_with(
        self, event: Event, signatures: Sequence[int], begin: int, end: int, phrase: int
    ) -> tuple[int, int] | None:
        """What a grammar reads around a run of items taken for a phrase: where it begins and ends in the sentence."""
        changed = [*signatures[:begin], phrase, *signatures[end:]]
        for match in self.matches(event, changed, begin + 1):
            if match.begin <= begin < match.end and match.end - match.begin > 1:
                return match.begin, match.end + end - begin - 1
        return None
