"""The reader: an article in, what it says out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

from engine.cascade import Match
from engine.contract import contract
from engine.dateline import FIRST_LINES, dateline_in, tell
from engine.facts import Article, Evidence, Extraction, Mention, MentionKind, Person
from engine.interpret import Draft, Interpreter
from engine.landmarks import take_bits
from engine.layers import Item
from engine.resolve.discourse import Discourse
from engine.resolve.events import Reports
from engine.resolve.later import completed
from engine.resolve.meetings import is_sport
from engine.resolve.people import People
from engine.resolve.posts import COMMON
from engine.resolve.service import ELECTED, STATE_ORGAN
from engine.resolve.targets import aimed
from engine.rules import RULES, Rules, load_rules
from engine.sentence.asides import hand_over
from engine.sentence.attributes import aim_at
from engine.sentence.borrowed import borrow, date_words, depart, lodge, say_that_day, say_when
from engine.sentence.clauses import Clauses
from engine.sentence.deeds import Deed, Nouns, is_real, leave_open, take
from engine.sentence.firsthand import tell_first_hand
from engine.sentence.governing import govern
from engine.sentence.guests import told_by_a_word
from engine.sentence.headings import Headings
from engine.sentence.implied import (
    classes_of_deeds,
    date_at_once,
    gives_way,
    implied,
    taken_in,
    tell_by_own_words,
    written_out,
)
from engine.sentence.lists import part_places, settle_torn
from engine.sentence.modality import fall_with
from engine.sentence.orders import alone, placed
from engine.sentence.predicates import is_predicated
from engine.sentence.prospects import is_open
from engine.sentence.quotation import (
    Quotation,
    Spoken,
    attribute,
    echoes,
    encloses,
    firsthand,
    goes_on,
    is_deed,
    quotations,
    touching,
    turn,
    within,
)
from engine.sentence.setting import Setting
from engine.sentence.subjects import note_crowd, settle_nobody
from engine.sentence.supposed import is_asked_for, stands, thought_of
from engine.sources import Sources
from engine.times.chronology import Chronology
from engine.words import LONGEST_SENTENCE, OPENERS, Passage, sentence_records, sentences_of

PLACE_WORDS = frozenset({"in", "at", "near", "to", "from", "outside"})
PLACED_BY = PLACE_WORDS | {"of"}
ENTITIES = {
    "COUNTRY": (MentionKind.COUNTRY, "country"),
    "DEMONYM": (MentionKind.COUNTRY, "country"),
    "NICKNAME": (MentionKind.COUNTRY, "country"),
    "BODY": (MentionKind.ORGANIZATION, "organization"),
    "CAPITAL": (MentionKind.COUNTRY, "country"),
    "CITY": (MentionKind.PLACE, ""),
}
"""What a word of these columns mentions, and the column of its value ("" for the words themselves), best first."""
NATIONS = frozenset({"COUNTRY", "DEMONYM", "CAPITAL"})
"""The columns whose words name a country."""
HOMELY = frozenset({STATE_ORGAN, "party"})
"""Kinds of bodies that domestic news names without their state."""
SHARED = frozenset({COMMON, ELECTED})
"""The classes of posts that other states have too."""
Noting = Callable[[list[Item], list[Match], list[str]], None]
"""What is told of a sentence: its items, what the event grammars read in it, and the pieces of its text."""
MOST_TOLD = 3
"""Countries that an article may be about."""


class Reader:
    """Reads articles by the rules of one folder; one reader serves any number of articles and threads."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        take_bits(rules.cascade.alphabet)
        self.contract = contract()
        self.version = rules.version
        self.lock = Lock()

    @classmethod
    def load(cls, rules: Path | Sources | None = None) -> Reader:
        """A reader with the rules of a folder, the project's own by default; raises RulesError."""
        return cls(load_rules(rules or RULES))

    def read(self, article: Article) -> Extraction:
        """All that an article says."""
        with self.lock:
            self.rules.cascade.shed()
            if self.rules.cascade.full:
                self.rules.forget()
            return Reading(self, article).extraction()


class Reading:
    """One article being read."""

    def __init__(self, reader: Reader, article: Article, noting: Noting | None = None) -> None:
        """`noting` is told of each sentence what reads it."""
        rules = reader.rules
        self.cascade, self.vocabulary = rules.cascade, rules.vocabulary
        self.passage: Passage = self.vocabulary.passage(article.text)
        lexicon = self.passage.lexicon
        self.article, self.noting = article, noting
        self.interpreter = Interpreter(self.cascade.alphabet, reader.contract, self.passage.pieces)
        anchor = date.fromisoformat(article.published_on) if article.published_on else None
        self.discourse = Discourse(
            article, lexicon, People(lexicon, plain=plain_words(self.passage)), Chronology(anchor)
        )
        self.timed = self.cascade.stage_of("time")
        self.quotations = quotations(self.passage)
        self.noted: list[Mention] = []
        self.named: list[tuple[int, int, list[Person]]] = []
        bits = self.cascade.alphabet.bits
        self.entities = sum({bits.get(name, 0) for name in ENTITIES})
        self.nations = sum({bits.get(name, 0) for name in NATIONS})
        self.deeds = classes_of_deeds(self.cascade)
        self.written_out: list[tuple[list[Item], Match]] = []
        self.discourse.sport = is_sport(self.passage.words)
        self.reports = Reports(self.discourse, self.interpreter.words)

    def extraction(self) -> Extraction:
        """Read sentence after sentence."""
        runs = sentences_of(self.passage)
        sentences = sentence_records(self.passage, runs)
        self.headings = Headings(self.passage, runs)
        self.discourse.people.inner = inner_words(self.passage, runs)
        read: set[int] = set()
        nations: list[list[str]] = []
        texts = [self.items(begin, min(end, begin + LONGEST_SENTENCE)) for begin, end in runs]
        opening = self.locate(texts)
        survey(texts, self.discourse)
        self.discourse.namesakes = namesakes(texts, self.cascade.alphabet.masks, self.nations)
        for index, ((begin, end), words) in enumerate(zip(runs, texts, strict=True)):
            stages = opening[index] if index < len(opening) else self.cascade.stages(words)
            readings = self.cascade.readings(stages[-1])
            items = readings[0][0]
            if self.noting:
                for own, matches in readings:
                    self.noting(own, matches, self.passage.pieces)
            quoted = encloses(self.quotations, (begin, end))
            setting = Setting(self.interpreter, self.discourse, Clauses(self.cascade.alphabet, items), begin, quoted)
            part_places(self.interpreter, setting.clauses)
            settle_nobody(setting)
            settle_torn(setting)
            self.focus(words, begin)
            self.named += setting.introduce(index)
            note_crowd(setting)
            before = len(self.noted)
            self.note(words)
            nations.append([one.value for one in self.noted[before:] if one.kind is MentionKind.COUNTRY])
            for time in self.discourse.chronology.read(stages[self.timed], items, self.interpreter):
                start, stop = self.passage.span(time.begin, time.end)
                self.noted.append(Mention(MentionKind.TIME, start, stop, time.timex.value))
            for draft in self.by_nouns(setting, words, self.drafts(setting, readings, index), index):
                read.add(index)
                start, stop = self.passage.span(draft.begin, draft.end)
                rule = f"{draft.rule}.{draft.alias}" if draft.alias else draft.rule
                self.reports.add(draft, Evidence(index, start, stop, rule))
        reports = [*aimed(self.reports.found, self.discourse, nations)]
        events = [*self.headings.once([*completed(reports, self.discourse)], self.discourse.people.found)]
        return Extraction(self.article, sentences, self.mentions(), self.discourse.people.found, events, read)

    def items(self, begin: int, end: int) -> list[Item]:
        """The words of a sentence; where it lacks a stop, its end counts as one."""
        return self.vocabulary.closed(self.vocabulary.items(self.passage, begin, end), self.passage, end)

    def locate(self, texts: list[list[Item]]) -> list[list[list[Item]]]:
        """Tell where the article is written and for whom: as told with it, else as its first lines say, whose stages
        are given so that they are read once."""
        article = self.article
        told = article.dateline and article.agency
        first = [] if told else [self.cascade.stages(words) for words in texts[:FIRST_LINES]]
        city, agency = dateline_in([stages[-1] for stages in first], self.interpreter, self.cascade.alphabet)
        tell(article.dateline or city, article.agency or agency, self.discourse)
        return first

    def drafts(self, whole: Setting, readings: list[tuple[list[Item], list[Match]]], index: int) -> list[Draft]:
        """What a sentence tells, in order, each with its subject and circumstances."""
        sentence = self.headings.runs[index]
        found: list[Draft] = []
        spoken: list[Spoken] = []
        marked = touching(self.quotations, sentence)
        for setting, match in placed(whole, readings):
            draft = self.told(setting, match, marked)
            if draft is None:
                continue
            if draft.rule != "statement":
                self.lay(setting, draft, match)
            elif within(draft, marked) or not self.headings.states(index, draft):
                continue
            else:
                turn(setting, draft, match)
                say_that_day(setting, draft, match)
                date_words(setting, draft, match)
                spoken.append((draft, setting.begins(match)))
            found.append(draft)
        found += told_by_a_word(whole)
        own = firsthand(spoken, whole.clauses, self.passage.lexicon)
        found = [draft for draft in found if draft.rule != "statement" or any(draft is one for one, _ in own)]
        attribute(own, marked, sentence, whole.clauses, self.passage)
        found = [draft for draft in found if not is_deed(draft, found)]
        fall_with(found)
        found = [draft for draft in found if not (goes_on(draft, spoken) or echoes(draft, spoken, whole))]
        self.implied(whole, found)
        return found

    def told(self, setting: Setting, match: Match, marked: list[Quotation]) -> Draft | None:
        """What a match tells, with its subject; None where it tells nothing that is so."""
        draft = self.interpreter.whole_draft(match.tree, setting.items[match.begin : match.end])
        aim_at(setting, draft, match)
        hand_over(setting, draft, match)
        tell_first_hand(setting, draft, match, marked)
        told = govern(setting, draft, match) or thought_of(setting, draft, match)
        told = told and is_predicated(setting, draft, match)
        if not (told and stands(setting, draft, match) and setting.seats(draft, match)):
            return None
        lodge(setting, draft, match)
        return draft

    def lay(self, setting: Setting, draft: Draft, match: Match) -> None:
        """Give an event its time and place."""
        if not is_asked_for(setting, draft, match):
            setting.situate(draft, match)
            borrow(setting, draft, match)
        say_when(setting, draft, match)
        depart(setting, draft, match)

    def implied(self, setting: Setting, found: list[Draft]) -> None:
        """Add to what is `found` in a sentence what those of its clauses tell whose verb has no subject of its own."""
        for clause in implied(setting, self.deeds):
            items = written_out(setting, clause, self.cascade.recast)
            if items is None:
                continue
            inner, verb = alone(setting, items), items[1].begin
            for match in self.cascade.matches(items, speech=False):
                if not match.begin <= 1 < match.end:
                    continue
                draft = self.told(inner, match, [])
                same = [one for one in found if draft and one.rule == draft.rule and one.begin <= verb < one.end]
                if draft is None or not all(gives_way(one, clause, draft) for one in same):
                    continue
                same += taken_in(found, draft, items[1 : match.end])
                self.lay(inner, draft, match)
                tell_by_own_words(draft, items[match.begin : match.end])
                date_at_once(setting, clause, draft)
                found[:] = [*(one for one in found if one not in same), draft]
                self.written_out.append((items, match))

    def by_nouns(self, setting: Setting, words: list[Item], told: list[Draft], index: int) -> list[Draft]:
        """What a sentence tells, with the deeds that its nouns tell."""
        for deed in Nouns(setting, self.vocabulary, self.passage, words).deeds():
            if is_open(setting, deed.begin, deed.end) and not deed.verb.endswith(" to"):
                told = leave_open(told, deed)
            else:
                told = take(self.told_by(deed, setting, index), told, deed)
        return told

    def told_by(self, deed: Deed, around: Setting, index: int) -> list[Draft]:
        """What a deed's clause tells that is real in the sentence around it."""
        items = self.cascade.phrases(deed.words)
        matches = self.cascade.matches(items, speech=False)
        if not matches:
            return []
        told = self.drafts(alone(around, items), [(items, matches)], index)
        found = [one for one in told if one.begin <= deed.noun < one.end]
        return [one for one in found if is_real(around, one, deed)]

    def focus(self, words: list[Item], begin: int) -> None:
        """Tell which states a sentence names that begins at a token."""
        focus = self.discourse.focus
        focus.opens(begin, len(self.discourse.groups))
        forms = ((word.begin, word.forms[0]) for word in words if word.forms)
        told = ((at, form.row.values.get("country")) for at, form in forms if not NATIONS.isdisjoint(form.terminals))
        focus.tell((at, country) for at, country in told if country)

    def note(self, words: list[Item]) -> None:
        """Keep the countries, bodies and places that a sentence mentions."""
        masks = self.cascade.alphabet.masks
        for at, word in enumerate(words):
            if masks[word.signature] & self.entities:
                self.note_entity(word, words[at - 1] if at else None)

    def note_entity(self, word: Item, before: Item | None) -> None:
        """Keep a country, body or place; a capital is the place after a preposition of place, else the state."""
        start, stop = self.passage.span(word.begin, word.end)
        readings = {terminal: form.row.values for form in word.forms for terminal in form.terminals}
        previous = self.passage.words[before.begin].lower if before is not None else ""
        where = previous in PLACE_WORDS
        for terminal, (kind, column) in ENTITIES.items():
            passed = (terminal == "CAPITAL" and where and "CITY" in readings) or (
                terminal == "NICKNAME" and previous != "the"
            )
            if terminal in readings and not passed:
                value = readings[terminal].get(column) if column else self.passage.text[start:stop]
                if value:
                    self.noted.append(Mention(kind, start, stop, value))
                return

    def mentions(self) -> list[Mention]:
        """The recognised stretches of the text, in text order, longest first where nested."""
        text, starts = self.article.text, self.passage.starts
        for begin, end, people in self.named:
            at = starts[begin]
            for person in people:
                for name in (person.name, person.family_name):
                    found = text.find(name, at, starts[end])
                    if found >= 0:
                        at = found + len(name)
                        self.noted.append(Mention(MentionKind.PERSON, found, at, person.name))
                        break
        return sorted(self.noted, key=lambda mention: (mention.start, -mention.end))


def plain_words(passage: Passage) -> frozenset[str]:
    """The words that a text writes in small letters."""
    return frozenset(word.text for word in passage.words if word.text.islower())


def inner_words(passage: Passage, runs: list[tuple[int, int]]) -> frozenset[str]:
    """The words of a text that begin no sentence somewhere: of these a capital tells something."""
    words = passage.words
    opening = {begin + (words[begin].text in OPENERS) for begin, _ in runs}
    return frozenset(word.text for at, word in enumerate(words) if at not in opening)


def survey(texts: list[list[Item]], discourse: Discourse) -> None:
    """Tell which countries an article names, and whose news it takes for domestic where it names no agency."""
    named: Counter[str] = Counter()
    organs: Counter[str] = Counter()
    own: set[str] = set()
    for form in (words.forms[0] for text in texts for words in text if words.forms):
        country = form.row.values.get("country")
        if country and not NATIONS.isdisjoint(form.terminals):
            named[country] += 1
        elif country and ("POST" in form.terminals or form.row.values.get("kind") in HOMELY):
            organs[country] += 1
            own |= set() if SHARED & set(form.terminals) else {country}
    discourse.told = [country for country, _ in named.most_common(MOST_TOLD)]
    discourse.strange = frozenset(organs.keys() - own - named.keys()) if named else frozenset()
    if discourse.domestic not in {*named, *organs} and named and discourse.here is None:
        # An agency that writes of other states only tells no posts of its own.
        discourse.domestic = None
    if not discourse.home and not discourse.home_body and discourse.here is None:
        alone = len(organs) == 1 and not organs.keys().isdisjoint(discourse.told)
        discourse.domestic = next((country for country, times in organs.most_common(1) if times > 1 or alone), None)


def namesakes(texts: list[list[Item]], masks: list[int], nations: int) -> dict[str, str]:
    """The one word by which an article names a country, where it is never a place: it may be somebody's name; `nations`
    are the bits of what names countries."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for at, word in enumerate(text):
            if masks[word.signature] & nations:
                before = [form.text for form in text[at - 1].forms] if at else []
                placed = not PLACED_BY.isdisjoint(before)
                for form in word.forms:
                    if not NATIONS.isdisjoint(form.terminals):
                        found.setdefault(form.row.values["country"], set()).add("" if placed else form.text)
    return {country: min(words) for country, words in found.items() if len(words) == 1}
