"""Proposals: the smallest edits of rules/ that would make a text give a fact that it does not give."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from engine.authoring.contexts import Contexts
from engine.authoring.rows import MOST_TRIALS, RowEdit, row_edits, unknowns
from engine.authoring.tables import Tables
from engine.authoring.trial import Fact, Trial, facts_of
from engine.corpus import Example, all_examples, check_example
from engine.facts import Article
from engine.reader import Reader
from engine.words import LONGEST_SENTENCE, sentences_of

MOST_PROPOSALS = 8
MOST_SENTENCES = 5
"""Sentences of a text for which edits are sought."""
MOST_CHECKED = 30
"""Edits whose examples are read again, best first."""
BROKEN = 100.0
"""What an example that is no longer read as it says takes from a proposal."""
LEXICON_ROW, ALTERNATIVE = "LEXICON_ROW", "ALTERNATIVE"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit as text to paste: below `line` of `file`, or in its place where it `replaces` it.

    `kind` is LEXICON_ROW or ALTERNATIVE, `why` says what it does, `reads` the facts that the text then gives, one a
    line.
    """

    file: str
    line: int
    kind: str
    text: str
    replaces: bool
    why: str
    reads: str
    score: float = 0.0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Gain:
    """What an edit makes of a sentence: the facts that are new, those that are lost, and how good that is."""

    new: tuple[Fact, ...]
    lost: tuple[Fact, ...]
    worth: float


def gain_of(before: list[Fact], after: list[Fact], length: int, guesses: frozenset[str] = frozenset()) -> Gain | None:
    """What was gained between two readings of `length` characters; None where nothing was.

    Slots filled only with what an edit guesses (`guesses`) count for nothing, facts lost more than those gained.
    """
    new = tuple(fact for fact in after if all(str(fact) != str(one) for one in before))
    lost = tuple(fact for fact in before if all(str(fact) != str(one) for one in after))
    if not new:
        return None
    gone = [fact for fact in lost if not any(fact.kind == one.kind and fact.names <= one.names for one in new)]
    spans = [span for fact in new for span in fact.spans]
    covered = len({at for start, end in spans for at in range(start, end)}) / max(length, 1)
    filled = max(sum(value not in guesses for value in fact.values) for fact in new)
    return Gain(new, lost, 4 * covered + 0.4 * min(filled, 7) - 3 * len(gone) - 0.3 * (len(new) - 1))


class Proposer:
    """Seeks edits for the rules of a reader; examples and lexicon tables are read when first needed."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.rules = reader.rules

    @cached_property
    def examples(self) -> list[Example]:
        """All examples."""
        return all_examples(self.rules.sources)

    @cached_property
    def contexts(self) -> Contexts:
        """What the words of the examples stand beside."""
        closed = Tables(self.rules.sources).named("rules/lexicon/function.csv")
        words = frozenset(word for row in closed.rows for word in row.words("WORD"))
        return Contexts.of((example.text for example in self.examples), words)

    @cached_property
    def tables(self) -> Tables:
        """The files of the lexicon."""
        return Tables(self.rules.sources, self.contexts.met)

    def propose(self, text: str, grammar: str | None = None) -> list[Proposal]:
        """Edits for the sentences of a text that give no fact, or with `grammar` no fact of that one; best first."""
        found: list[Proposal] = []
        passage = self.rules.vocabulary.passage(text)
        for begin, end in sentences_of(passage)[:MOST_SENTENCES]:
            start, stop = passage.span(begin, min(end, begin + LONGEST_SENTENCE))
            found += self.for_sentence(text[start:stop].strip(), grammar)
        return sorted(found, key=lambda proposal: -proposal.score)[:MOST_PROPOSALS]

    def for_sentence(self, text: str, grammar: str | None) -> list[Proposal]:
        """Edits for one sentence."""
        before = facts_of(self.reader, Article("tried", text))
        proposals = [
            (edit, proposal)
            for edit, proposal, gain in self.rows(text, before)
            if grammar is None or any(fact.kind == grammar.upper() for fact in gain.new)
        ]
        return self.checked(sorted(proposals, key=lambda one: -one[1].score))

    def rows(self, text: str, before: list[Fact]) -> Iterator[tuple[RowEdit, Proposal, Gain]]:
        """The rows that make the sentence give more."""
        vocabulary = self.rules.vocabulary
        passage = vocabulary.passage(text)
        items = vocabulary.items(passage, 0, min(len(passage.words), LONGEST_SENTENCE))
        texts = [text[slice(*passage.span(item.begin, item.end))] for item in items]
        trials = 0
        for unknown in unknowns(items, texts):
            # Where something is read already, what is known of its words is taken for right.
            if before and unknown.known:
                continue
            around = self.contexts.around(texts, unknown.begin, unknown.end)
            for edit in row_edits(self.rules, self.tables, unknown):
                trials += 1
                if trials > MOST_TRIALS:
                    return
                after = self.trial.read(edit.word, list(edit.forms), Article("tried", text))
                gain = gain_of(before, after, len(text), edit.template.guesses)
                if gain is not None:
                    fit = self.contexts.fit(edit.template.words(edit.columns), around)
                    yield edit, row_proposal(edit, gain, fit), gain

    @cached_property
    def trial(self) -> Trial:
        """What words are tried with."""
        return Trial(self.rules)

    def checked(self, proposals: list[tuple[RowEdit, Proposal]]) -> list[Proposal]:
        """The best proposals, each fact once, those that break an example last."""
        found: dict[tuple[str, str], Proposal] = {}
        for edit, proposal in proposals[:MOST_CHECKED]:
            broken = self.broken_by(edit)
            score = proposal.score - BROKEN * broken
            why = proposal.why + (f"; it breaks {broken} examples" if broken else "")
            better = replace(proposal, why=why, score=score, broken=broken)
            key = (proposal.kind, proposal.reads)
            if key not in found or found[key].score < score:
                found[key] = better
        return sorted(found.values(), key=lambda proposal: -proposal.score)

    def broken_by(self, edit: RowEdit) -> int:
        """How many examples that are read as they say would no longer be."""
        word = edit.word.lower()
        touched = [example for example in self.examples if word in example.text.lower()]
        if not touched:
            return 0
        self.trial.put(word, list(edit.forms))
        return sum(
            not check_example(example, self.reader.read) and bool(check_example(example, self.trial.reader.read))
            for example in touched
        )


def row_proposal(edit: RowEdit, gain: Gain, fit: float) -> Proposal:
    """A row as a proposal; `fit` says how well words of its kind go with what stands around the word."""
    template = edit.template
    score = gain.worth + 0.6 * math.log10((1 + template.weight) * fit) - 0.8 * edit.unknown.known
    classes = ", ".join(template.classes) or ", ".join(template.columns)
    where = "in the place of its row" if edit.replaces else "as a new row"
    like = f"{template.model_word} (line {template.model.line})"
    why = f"{edit.word!r} {where}, of the kind of {like}: {classes}"
    reads = "\n".join(map(str, gain.new))
    return Proposal(edit.table.file, edit.place, LEXICON_ROW, edit.text, edit.replaces, why, reads, score)
