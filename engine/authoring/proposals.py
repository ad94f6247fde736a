"""Proposals: the smallest edits of rules/ that would make a text give a fact that it does not give."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from engine.authoring.alternatives import AlternativeEdit, Alternatives
from engine.authoring.contexts import Around, Contexts
from engine.authoring.habits import Habits
from engine.authoring.rows import MOST_TRIALS, MOST_TRIED, RowEdit, row_edits, stands_like
from engine.authoring.tables import Tables
from engine.authoring.thesaurus import Likeness
from engine.authoring.trial import Fact, Steady, Trial, facts_of
from engine.authoring.unknowns import unknowns
from engine.compiling.pieces import PIECES, key_of
from engine.corpus import Example, all_examples, check_example
from engine.facts import Article
from engine.layers import Item
from engine.reader import Reader
from engine.sources import Sources
from engine.words import LONGEST_SENTENCE, Passage, sentences_of

MOST_PROPOSALS = 8
MOST_SENTENCES = 5
"""Sentences of a text for which edits are sought."""
MOST_CHECKED = 30
"""Edits whose examples are read again, best first."""
MOST_EXAMPLES = 200
"""Examples that are read again for an edit, those of its own kind first."""
MOST_GAINED = 3
"""Alternatives that make a sentence give more, of events and of phrases, after which no further ones are tried."""
LEAST_SCORE = 1.0
"""The score from which an edit is worth telling."""
ALTERNATIVE_COST = 0.5
"""What an alternative is worth less than a row."""
KNOWN_COST = (0.0, 0.8, 3.0)
"""What a row is worth less for a word that has a row, and for one that has classes, than for an unknown word."""
ANCHORED = 1.5
"""What it is worth more where other words of a sentence tell of all the facts that it then gives."""
FIRST_COST = 2.5
"""What a row is worth less for the first word of a sentence alone: most such names are somebody's known from before."""
UNUSUAL_COST = 0.6
"""What a row is worth less where facts tell what it makes of the word ten times more seldom than something else."""
FIT = 0.6
"""What a row is worth more where what stands around its word is ten times likelier beside words of its kind."""
LIKE = {Likeness.SAME: 3.5, Likeness.PARTLY: 1.5, Likeness.UNTOLD: 0.0, Likeness.OTHER: -3.0}
"""What a row is worth more by what the thesaurus tells of its word."""
EACH_CLASS = 0.3
"""What a row is worth less for each class beside those that its word is like, and for each value that tells nothing."""
LINKS = frozenset({"prep", "conj"})
"""Classes of function words that link."""
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

    def applied(self, sources: Sources) -> Sources:
        """The rules with the edit."""
        path = self.file.removeprefix("rules/")
        lines = sources.text(path).split("\n")
        lines[self.line - self.replaces : self.line] = [self.text]
        return sources.edited({path: "\n".join(lines)})


@dataclass(frozen=True, slots=True)
class Gain:
    """What an edit makes of a sentence: the facts that are new, and how good that is."""

    new: tuple[Fact, ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence that edits are sought for: its text and words, the facts that it gives, the grammar asked for, and the
    types of facts for which it has telling words."""

    text: str
    passage: Passage
    items: list[Item]
    before: list[Fact]
    grammar: str | None
    anchored: frozenset[str]

    def words(self, items: list[Item]) -> list[str]:
        """Items as written."""
        return [self.text[slice(*self.passage.span(item.begin, item.end))] for item in items]

    def gain(self, after: list[Fact], guesses: frozenset[str] = frozenset()) -> Gain | None:
        """What is gained where it gives other facts; None where nothing is that was asked for.

        It is worth the words read and told, less what an edit guesses (`guesses`), and what is no longer told.
        """
        new = tuple(fact for fact in after if all(str(fact) != str(one) for one in self.before))
        lost = tuple(fact for fact in self.before if all(str(fact) != str(one) for one in after))
        kinds = {fact.kind for fact in new}
        if not any(fact.words for fact in new) or (self.grammar is not None and self.grammar.upper() not in kinds):
            return None
        if all(any(fact.tells_no_more_than(one) for one in lost) for fact in new):
            return None
        gone = [fact for fact in lost if fact.kind not in kinds]
        replaced = [fact for fact in lost if fact.kind in kinds]
        missed = {word for fact in lost for word in fact.words} - {word for fact in new for word in fact.words}
        guessed = sum(value in guesses for fact in new for value in fact.values)
        told = {word for fact in new for word in fact.words}
        if all({*fact.words} <= told for fact in replaced):
            replaced = []
        worth = self.worth(new) - self.worth(replaced) + ANCHORED * (kinds <= self.anchored and not replaced)
        return Gain(new, worth - 0.4 * guessed - 3 * len(gone) - 1.5 * len(missed) - 0.5 * len(new))

    def worth(self, facts: Sequence[Fact]) -> float:
        """What facts are worth: the share of the sentence that they are read from, and what they tell."""
        covered = {at for fact in facts for start, end in fact.spans for at in range(start, end)}
        told = max((len(fact.words) for fact in facts), default=0)
        return 4 * len(covered) / len(self.text) + 0.6 * min(told, 6)


Candidate = tuple[tuple[str, ...], Proposal, RowEdit | Reader]
"""The words that an edit is about, the proposal, and the row or the reader that has the alternative."""


class Proposer:
    """Seeks edits for the rules of a reader; examples and lexicon tables are read when first needed."""

    def __init__(self, reader: Reader) -> None:
        self.lock = reader.lock
        self.reader = Steady(reader.rules)
        self.rules = reader.rules

    @cached_property
    def examples(self) -> list[Example]:
        """All examples."""
        return all_examples(self.rules.sources)

    @cached_property
    def seeker(self) -> Alternatives:
        """What seeks alternatives."""
        return Alternatives(self.rules)

    @cached_property
    def contexts(self) -> Contexts:
        """What the words of the examples stand beside."""
        sources = self.rules.sources
        tables = Tables(sources)
        closed = tables.named("rules/lexicon/function.csv").rows
        words = frozenset(word for row in closed for word in row.words("WORD"))
        links = frozenset(
            word for row in closed for word in row.words("WORD") if {*row.cells["class"].split("|")} & LINKS
        )
        contexts = Contexts(words, tables.nouns, tables.names, links)
        told = sources.names("*.corpus", "phrases/*.corpus", "lexicon/*.csv")
        key = key_of("contexts", (sources.files[name] for name in told))
        texts = (example.text for example in self.examples)
        contexts.take(PIECES.piece("contexts", key, partial(contexts.counted, texts), keeping=True, most=1))
        return contexts

    @cached_property
    def habits(self) -> Habits:
        """What the facts of the examples tell most often."""
        return Habits.of(self.examples)

    @cached_property
    def tables(self) -> Tables:
        """The files of the lexicon."""
        return Tables(self.rules.sources, self.contexts.met)

    def propose(self, text: str, grammar: str | None = None) -> list[Proposal]:
        """Edits for the sentences of a text that give no fact, or with `grammar` no fact of that one; best first."""
        with self.lock:
            if self.rules.cascade.full:
                self.rules.forget()
            self.trial.begin()
            return self.proposed(text, grammar)

    def proposed(self, text: str, grammar: str | None) -> list[Proposal]:
        """The same, once nothing stale is remembered."""
        found: list[Proposal] = []
        passage = self.rules.vocabulary.passage(text)
        for begin, end in sentences_of(passage)[:MOST_SENTENCES]:
            start, stop = passage.span(begin, min(end, begin + LONGEST_SENTENCE))
            found += self.for_sentence(text[start:stop].strip(), grammar)
        return sorted(found, key=lambda proposal: -proposal.score)[:MOST_PROPOSALS]

    def for_sentence(self, text: str, grammar: str | None) -> list[Proposal]:
        """Edits for one sentence."""
        before = facts_of(self.reader, Article("tried", text))
        vocabulary = self.rules.vocabulary
        passage = vocabulary.passage(text)
        items = vocabulary.items(passage, 0, min(len(passage.words), LONGEST_SENTENCE))
        asked = Asked(text, passage, items, before, grammar, self.told_of(items, self.seeker.anchoring))
        found = [*self.rows(asked)]
        if not any(isinstance(edit, RowEdit) and self.is_told(edit) for _, _, edit in found):
            found += self.alternatives(asked)
        return self.checked(sorted(found, key=lambda one: -one[1].score))

    def told_of(self, items: list[Item], terminals: Callable[[str], int], but: range = range(0)) -> frozenset[str]:
        """The types of facts of whose `terminals`, given by grammar, a sentence has a word other than some."""
        cascade = self.rules.cascade
        left = [item for at, item in enumerate(items) if at not in but]
        edited = range(items[but.start].begin, items[but.stop - 1].end) if but else range(0)
        phrases = [
            each for each in cascade.phrases(items) if not (each.begin < edited.stop and edited.start < each.end)
        ]
        present = 0
        for item in (*left, *phrases):
            present |= cascade.alphabet.masks[item.signature]
        names = [event.name for event in cascade.events]
        return frozenset(name.upper() for name in names if present & terminals(name))

    def alternatives(self, asked: Asked) -> Iterator[Candidate]:
        """The alternatives that make the sentence give more."""
        items = self.rules.cascade.phrases(asked.items)
        for edits in (
            self.seeker.edits(items, asked.words(items), asked.grammar),
            self.seeker.phrase_edits(asked.items, asked.words, asked.grammar),
        ):
            gained = 0
            for edit in edits:
                reader = self.seeker.reader(edit) if gained < MOST_GAINED else None
                if reader is None:
                    continue
                gain = asked.gain(facts_of(reader, Article("tried", asked.text)))
                if gain is not None:
                    gained += 1
                    yield edit.change.quoted, alternative_proposal(edit, gain), reader

    def rows(self, asked: Asked) -> Iterator[Candidate]:
        """The rows that make the sentence give more; once one does that the thesaurus tells of, only such rows."""
        texts = asked.words(asked.items)
        trials, most = 0, min(MOST_TRIALS, MOST_TRIED // max(len(asked.items), 1))
        met: set[tuple[str, str]] = set()
        told = False
        found = [(each, row_edits(self.rules, self.tables, each)) for each in unknowns(asked.items, texts, self.tables)]
        for unknown, edits in sorted(found, key=lambda one: not any(map(self.is_told, one[1][:1]))):
            # Where something is read already, what is known of its words is taken for right.
            settled = unknown.known and asked.before and not any(map(self.is_told, edits[:1]))
            if settled or (unknown.text, unknown.particle) in met:
                continue
            met.add((unknown.text, unknown.particle))
            around = self.contexts.around(texts, unknown.begin, unknown.end)
            but = range(unknown.begin, unknown.end)
            asked = replace(asked, anchored=self.told_of(asked.items, self.seeker.anchoring, but))
            others = self.told_of(asked.items, self.seeker.named, but)
            for edit in edits:
                # A word that has classes gets another only as the thesaurus tells.
                if (told or unknown.known > 1) and not self.is_told(edit):
                    break
                if not stands_like(edit, asked.items, self.rules.cascade.alphabet):
                    continue
                trials += 1
                if trials > most:
                    return
                after = self.trial.read(edit.word, list(edit.forms), Article("tried", asked.text))
                gain = asked.gain(after, edit.template.guesses)
                # A noun alone does not say what somebody does.
                if gain is not None and (
                    any(fact.kind in others for fact in gain.new) or not self.seeker.makes_event(edit.forms)
                ):
                    told = told or self.is_told(edit)
                    yield (edit.word.lower(),), row_proposal(edit, gain, self.likely(edit, gain, around)), edit

    def is_told(self, edit: RowEdit) -> bool:
        """Whether the thesaurus tells of a row."""
        return edit.likeness(self.tables.thesaurus) is Likeness.SAME

    def likely(self, edit: RowEdit, gain: Gain, around: Around) -> float:
        """How likely a row is: by what stands around words of its kind, how usual such facts are, and what its word is
        like."""
        alike = edit.template.words(edit.columns)
        fit = (1 + self.contexts.often(alike)) * self.contexts.fit(alike, around)
        told = {value for fact in gain.new for value in fact.values}
        more = edit.further(self.tables.thesaurus) + len(edit.template.guesses - told)
        like = LIKE[edit.likeness(self.tables.thesaurus)] - EACH_CLASS * more
        return FIT * math.log10(fit) + UNUSUAL_COST * self.habits.usual(gain.new) + like

    @cached_property
    def trial(self) -> Trial:
        """What words are tried with."""
        return Trial(self.rules)

    def checked(self, proposals: list[Candidate]) -> list[Proposal]:
        """The best proposals, those of each kind with the same facts once, without those that break an example."""
        found: dict[tuple[str, str], Proposal] = {}
        for words, proposal, edit in proposals[:MOST_CHECKED]:
            key = (proposal.kind, proposal.reads)
            if proposal.score < LEAST_SCORE or key in found or len(found) == MOST_PROPOSALS:
                continue
            if not self.breaks(words, proposal, edit):
                found[key] = proposal
        return list(found.values())

    def breaks(self, words: tuple[str, ...], proposal: Proposal, edit: RowEdit | Reader) -> bool:
        """Whether an example that has all these words and is read as it says would no longer be."""
        touched = [example for example in self.examples if all(word in example.text.lower() for word in words)]
        if not touched:
            return False
        kinds = {fact.partition(" ")[0].lower() for fact in proposal.reads.split("\n")}
        touched.sort(key=lambda example: example.grammar not in kinds)
        reader = edit if isinstance(edit, Reader) else self.trial.put(words[0], list(edit.forms))
        return any(
            check_example(example, reader.read) and not check_example(example, self.reader.read)
            for example in touched[:MOST_EXAMPLES]
        )


def alternative_proposal(edit: AlternativeEdit, gain: Gain) -> Proposal:
    """An alternative as a proposal."""
    score = gain.worth - ALTERNATIVE_COST - 0.4 * edit.change.cost
    quoted = ", ".join(repr(word) for word in edit.change.quoted)
    what = f"with {quoted}" if quoted else "with other parts"
    why = f"another alternative like {edit.base.name} (line {edit.base.line}), {what}"
    reads = "\n".join(map(str, gain.new))
    return Proposal(edit.file, edit.line, ALTERNATIVE, edit.text, False, why, reads, score)


def row_proposal(edit: RowEdit, gain: Gain, likely: float) -> Proposal:
    """A row as a proposal; `likely` says how likely its kind of word is."""
    template = edit.template
    score = gain.worth + likely - KNOWN_COST[edit.unknown.known]
    if edit.unknown.begin == 0 and edit.unknown.end == 1:
        score -= FIRST_COST
    classes = ", ".join(template.classes) or ", ".join(template.columns)
    where = "in the place of its row" if edit.replaces else "as a new row"
    like = f"{template.model_word} (line {template.model.line})"
    why = f"{edit.word!r} {where}, of the kind of {like}: {classes}"
    reads = "\n".join(map(str, gain.new))
    return Proposal(edit.table.file, edit.place, LEXICON_ROW, edit.text, edit.replaces, why, reads, score)
