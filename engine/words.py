"""Words: a text as tokens with what each can be, and as sentences; offsets are kept.

Every stretch of text between two tokens belongs to the token before it, so offsets are sums of lengths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from engine.compiling.alphabet import Alphabet, literal_terminal
from engine.explained import explained
from engine.facts import Sentence
from engine.layers import Item
from engine.lexicon import TOKEN, Form, Lexicon
from engine.parted import own_pieces

LONGEST_SENTENCE = 300
"""Tokens of a sentence that are read; a longer one is cut and says so."""
MOST_WORDS = 15_000
"""Distinct words remembered before those that are not met again go: bounds memory on any text."""
LONGEST_WORD = 100
"""Characters by which a word is looked up; a longer one is cut, and its sentence says so."""

STATES = frozenset({"COUNTRY", "DEMONYM", "CAPITAL", "NICKNAME"})
SIDES = STATES | {"BODY"}
STATE, PLACE = "COUNTRY", "CITY"
NAMES = frozenset({"SURNAME", "GIVEN"})
LEADER = "LEADER"
"""The words of rules/lexicon/leader.csv, which tell who bears a name and not that a word is one."""
TELLING = STATES | {LEADER}
"""What tells a state by another word than its name: its people, its capital, one who led it."""
MONTH, GIVEN = "MONTH", "GIVEN"
DATING = "DATING"
"""The class of words after which a month's name is the month, though the article knows a bearer of it."""
PARTS = frozenset({"FINISH", "ORDINAL", "PORTION", "START", "UNIT"})
"""The classes of words of which, with "of", the same is so: "the end of May"."""
CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "''", "’’"})
OPENERS = frozenset({'"', "“", "``", "‘‘", "("})
SPOKEN, PAST = frozenset({"SAY", "ATTEST", "TELL", "ASK"}), frozenset({"VBD", "VBZ"})
GOES_ON = frozenset(". , ; in on at after during of as when while to from about reporters".split())
"""What follows the verb by which a question or cry in quotation marks is told to be somebody's."""
FAR_SPEAKER = 8
"""Words within which that verb stands."""
INITIALISM = re.compile(r"(?:[A-Za-z]\.){2,}$")
FOLLOWS_NO_SENTENCE = re.compile(
    r"(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Lt|Col|Gen|Maj|Capt|Sens?|Reps?|Govs?|Prof|Rev|Adm|No|vs|H\.E)\."
)


@dataclass(slots=True)
class Word:
    """A token as the rules see it: its signature, lexicon readings, and the trie of longer forms that it begins."""

    text: str
    lower: str
    signature: int
    forms: list[Form]
    longer: dict[str, Any] | None
    ends: bool
    breaks: int


@dataclass(slots=True)
class Passage:
    """A text as tokens: `pieces` with their white space, `starts` their offsets (one more than pieces); `lexicon` is
    where its words are looked up."""

    text: str
    pieces: list[str]
    starts: list[int]
    words: list[Word]
    lexicon: Lexicon

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The offsets of a run of tokens, without white space at its end."""
        return self.starts[begin], self.starts[end - 1] + len(self.pieces[end - 1].rstrip())


@dataclass(slots=True)
class Vocabulary:
    """What every token met so far can be; fills as text is read.

    `older` are words that are forgotten once `known` is full, unless they are met again before; `shared` are the names
    of states that places of others bear, too ("Georgia").
    """

    lexicon: Lexicon
    alphabet: Alphabet
    known: dict[str, Word] = field(default_factory=dict)
    older: dict[str, Word] = field(default_factory=dict)
    merged: dict[str, tuple[int, list[Form]]] = field(default_factory=dict)
    shared: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find the names that are shared."""
        self.shared = shared_names(self.lexicon)

    def forget(self) -> None:
        """Drop all words met."""
        self.known.clear()
        self.older.clear()
        self.merged.clear()

    def passage(self, text: str) -> Passage:
        """The tokens of a text."""
        found = TOKEN.findall(text)
        pieces = [
            part
            for before, piece in zip(("", *found), found, strict=False)
            for part in ((piece,) if "-" not in piece else self.parts(piece, before.strip()))
        ]
        pieces, lengths = own_pieces(text, pieces, self.lexicon)
        starts = list(accumulate(lengths, initial=len(text) - sum(lengths)))
        if len(self.known) > MOST_WORDS:
            self.older, self.known = self.known, {}
            self.merged.clear()
        known = self.known
        words = list(map(known.get, pieces))
        if None in words:
            words = [word or known.get(piece) or self.meet(piece) for word, piece in zip(words, pieces, strict=True)]
        passage = Passage(text, pieces, starts, words, self.lexicon)  # type: ignore[arg-type]
        for name in self.shared:
            if name in text:
                passage = self.settled(passage, name)
        if "(" in text:
            for name, forms in explained([word.text for word in passage.words], self.lexicon):
                passage = self.read_as(passage, name, forms)
        month = self.alphabet.bit(MONTH)
        for name in {word.text for word in passage.words if self.alphabet.masks[word.signature] & month}:
            passage = self.borne(passage, name)
        return passage

    def borne(self, passage: Passage, month: str) -> Passage:
        """A text in which a month's name is a family name wherever it tells no time, if somebody bears it there."""
        words = passage.words
        at = [index for index, word in enumerate(words) if word.text == month]
        if not any(is_born(words, index) for index in at):
            return passage
        signature = self.alphabet.signature(self.mask(month, "", []))
        name = replace(words[at[0]], signature=signature, forms=[])
        names = {index for index in at if not tells_month(words, index)}
        told = [replace(name, breaks=w.breaks) if index in names else w for index, w in enumerate(words)]
        return replace(passage, words=told)

    def settled(self, passage: Passage, name: str) -> Passage:
        """A text in which a shared name is a place alone where another place tells whose, and nothing else the state;
        else the state alone."""
        place = is_place(name, self.lexicon.look_up(name), passage.words)
        return self.read_as(passage, name, [f for f in self.lexicon.look_up(name) if (PLACE in f.terminals) == place])

    def read_as(self, passage: Passage, name: str, forms: list[Form]) -> Passage:
        """A text in which a name can be this alone."""
        signature = self.alphabet.signature(self.mask(name, name.lower(), forms))
        words = [replace(w, signature=signature, forms=forms) if w.text == name else w for w in passage.words]
        lexicon = replace(passage.lexicon, found={**passage.lexicon.found, name.lower(): forms})
        return replace(passage, words=words, lexicon=lexicon)

    def parts(self, piece: str, before: str) -> tuple[str, ...]:
        """A token with hyphens, parted at them where they join states and it is no word of its own: "China-Japan-ROK";
        the last may be a body: "China-ASEAN".

        The last part may only begin a state's name, the first only end one with the token `before` it: "US-South
        Korea", "South Korea-US".
        """
        told = piece.split("-")
        first = self.is_state(told[0]) or (self.is_state(told[-1].strip()) and self.is_state(f"{before} {told[0]}"))
        joined = (
            first
            and all(map(self.is_state, told[1:-1]))
            and (self.is_state(told[-1].strip(), SIDES) or self.begins_state(told[-1].strip()))
        )
        if joined and not self.lexicon.look_up(piece.strip()):
            return tuple(part for one in told for part in ("-", one))[1:]
        return (piece,)

    def begins_state(self, text: str) -> bool:
        """Whether a word begins a state's name of two words ("South")."""
        longer = self.lexicon.longer.get(text.lower()) or {}
        return text.istitle() and any(self.is_state(f"{text} {word.title()}") for word in longer if word)

    def is_state(self, text: str, kinds: frozenset[str] = STATES) -> bool:
        """Whether a word can be a state, by its name, its people or its capital; or a body, where `kinds` holds it."""
        return any(not kinds.isdisjoint(form.terminals) for form in self.lexicon.look_up(text))

    def meet(self, piece: str) -> Word:
        """A token met for the first time, or for the first time in long."""
        word = self.older.pop(piece, None)
        if word is not None:
            self.known[piece] = word
            return word
        text = piece.strip()[:LONGEST_WORD]
        lower = text.lower().replace("’", "'")
        text = text.replace("’", "'")
        forms = self.lexicon.look_up(text)
        mask = self.mask(text, lower, forms)
        gap = piece[len(piece.rstrip()) :]
        breaks = 2 if "\n\n" in re.sub(r"[ \t\r]+", "", gap) else int("\n" in gap)
        ends = lower in (".", "!", "?", "...") or (text.endswith(".") and INITIALISM.search(text) is not None)
        word = Word(text, lower, self.alphabet.signature(mask), forms, self.lexicon.longer.get(lower), ends, breaks)
        if len(piece) <= LONGEST_WORD:
            self.known[piece] = word
        return word

    def mask(self, text: str, lower: str, forms: list[Form]) -> int:
        """The terminals that a word can be: itself where a grammar quotes it, its lexicon readings, its shape."""
        bits = self.alphabet.bits
        mask = bits.get(literal_terminal(lower), 0) if len(lower) < 40 else 0
        for form in forms:
            for terminal in form.terminals:
                mask |= bits.get(terminal, 0)
        readings = {terminal for form in forms for terminal in form.terminals}
        return mask | self.alphabet.shapes(text, readings)

    def initial(self, word: Word) -> int:
        """The signature of a word that begins a sentence: its capital tells nothing where a plain word has one."""
        if word.text.istitle() and any(form.text.islower() for form in word.forms):
            given = any(not form.text.islower() and form.terminals[0] != LEADER for form in word.forms)
            taken = 0 if given else self.alphabet.bits["NAME"] | self.alphabet.bits["CAPITALIZED"]
            return self.alphabet.signature(self.alphabet.masks[word.signature] & ~taken)
        return word.signature

    def items(self, passage: Passage, begin: int, end: int) -> list[Item]:
        """The words of a sentence, longest lexicon forms taken as one."""
        items = []
        words = passage.words
        at = begin
        while at < end:
            word = words[at]
            stop = at + 1
            if word.longer is not None:
                stop = self.longest(words, at, end)
            if stop > at + 1:
                signature, forms = self.together(words, at, stop)
                items.append(Item(signature, at, stop, forms))
            elif word.text:
                opens = at == begin or (at == begin + 1 and words[begin].text in OPENERS)
                items.append(Item(self.initial(word) if opens else word.signature, at, stop, word.forms))
            at = stop
        return items

    def closed(self, items: list[Item], passage: Passage, end: int) -> list[Item]:
        """The words of a sentence that ends before a token, with a stop of no width where it lacks one."""
        if items and lacks_stop(passage, items[0].begin, end):
            stop = self.known.get(".") or self.meet(".")
            return [*items, Item(stop.signature, end, end, [])]
        return items

    def longest(self, words: list[Word], begin: int, end: int) -> int:
        """Where the longest form of several words that begins here ends, or the next token."""
        node = words[begin].longer
        best, at = begin + 1, begin + 1
        while node is not None and at < end:
            node = node.get(words[at].lower)
            at += 1
            if node is not None and "" in node and self.together(words, begin, at)[1]:
                best = at
        if best == begin + 2 and best == end and words[begin + 1].text == "." and self.ends_name(words, begin):
            return begin + 1
        return best

    def ends_name(self, words: list[Word], at: int) -> bool:
        """Whether a word and the one before it are parts of a name: the stop after "Paek Nam Sun" shortens no word."""
        return at > 0 and all(
            any(not NAMES.isdisjoint(form.terminals) for form in word.forms) for word in words[at - 1 : at + 1]
        )

    def together(self, words: list[Word], begin: int, end: int) -> tuple[int, list[Form]]:
        """The signature and readings of several words taken as one."""
        text = " ".join(word.text for word in words[begin:end])
        found = self.merged.get(text)
        if found is None:
            forms = self.lexicon.look_up(text)
            found = self.merged[text] = self.alphabet.signature(self.mask(text, text.lower(), forms)), forms
        return found


def shared_names(lexicon: Lexicon) -> list[str]:
    """The names of states that places of other states bear, too."""
    found = []
    for key, name in lexicon.main.items():
        country, _, column = key.partition(" ")
        forms = lexicon.look_up(name) if column == STATE else []
        if any(PLACE in form.terminals and form.row.values.get("country", country) != country for form in forms):
            found.append(name)
    return found


def is_born(words: list[Word], at: int) -> bool:
    """Whether a month's name stands right after a given name, where the clause goes on: "Theresa May met"."""
    before = [form for form in words[at - 1].forms if at] if words[at - 1].text.istitle() else []
    after = words[at + 1].text[:1] if at + 1 < len(words) else ""
    given = any(GIVEN in form.terminals for form in before) and not any(MONTH in form.terminals for form in before)
    return given and not (after.isdigit() or after.isupper())


def tells_month(words: list[Word], at: int) -> bool:
    """Whether a month's name tells a time: beside a number, or after a word of time."""
    before, after = words[at - 1] if at else None, words[at + 1].text if at + 1 < len(words) else ""
    if after[:1].isdigit() or before is None:
        return after[:1].isdigit()
    if before.lower == "of":
        return at > 1 and not PARTS.isdisjoint(terminals_of(words[at - 2]))
    # "Next May", "mid May": of people no plain word stands right before the name.
    plain = not before.forms and before.text.islower()
    return plain or before.text[:1].isdigit() or DATING in terminals_of(before)


def terminals_of(word: Word) -> set[str]:
    """What a word can be."""
    return {terminal for form in word.forms for terminal in form.terminals}


def is_place(name: str, forms: list[Form], words: list[Word]) -> bool:
    """Whether a text tells whose place a name is by another place of it, and the state of the name by no other word."""
    state = {form.row.values["country"] for form in forms if STATE in form.terminals}
    around = {form.row.values.get("country") for form in forms if PLACE in form.terminals}
    others = [form for word in words if word.text != name for form in word.forms]
    told = {form.row.values.get("country") for form in others if PLACE in form.terminals}
    return not around.isdisjoint(told) and not any(
        form.row.values.get("country") in state and not TELLING.isdisjoint(form.terminals) for form in others
    )


def lacks_stop(passage: Passage, begin: int, end: int) -> bool:
    """Whether a sentence ends as none should: a heading, a caption, or one whose stop is lost."""
    last = next((word.text for word in reversed(passage.words[begin:end]) if word.text not in CLOSERS), "")
    return last[-1:].isalnum() or last in ("|", "»", "-")


def sentences_of(passage: Passage) -> list[tuple[int, int]]:
    """The sentences as runs of tokens: they end at a full stop before a capital, and at the end of a paragraph."""
    words = passage.words
    found: list[tuple[int, int]] = []
    begin, size, at = 0, len(words), 0
    while at < size:
        word = words[at]
        stop = at + 1
        if word.ends:
            while stop < size and words[stop].text in CLOSERS and words[stop - 1].breaks == 0 and closes(passage, stop):
                stop += 1
        if stop >= size or ends_sentence(passage, at, stop):
            if any(w.text for w in words[begin:stop]):
                found.append((begin, stop))
            begin = stop
        at = stop
    return found


def closes(passage: Passage, at: int) -> bool:
    """Whether a quotation mark belongs to the sentence before it: no space stands between."""
    return passage.pieces[at - 1] == passage.pieces[at - 1].rstrip()


def ends_sentence(passage: Passage, at: int, stop: int) -> bool:
    """Whether a sentence ends between the token at `at` (with closing marks up to `stop`) and the next."""
    words = passage.words
    breaks, following = words[stop - 1].breaks, words[stop]
    if breaks == 2 or (breaks == 1 and not following.text[:1].islower()):
        return True
    word = words[at]
    if word.text in "?!" and stop > at + 1 and is_attributed(words, stop):
        return False
    if not word.ends or passage.pieces[stop - 1] == passage.pieces[stop - 1].rstrip():
        return False
    if following.text[:1].islower() or following.text in (",", ";", ")"):
        return False
    if word.text != "." and INITIALISM.search(word.text):
        titles = FOLLOWS_NO_SENTENCE.fullmatch(word.text)
        return not titles and any("WORD" in form.terminals for form in following.forms)
    return not (word.text == "." and at and FOLLOWS_NO_SENTENCE.fullmatch(words[at - 1].text + "."))


def is_attributed(words: list[Word], begin: int) -> bool:
    """Whether what follows a question or cry only tells whose it is: "...!” Hale said."."""
    for at in range(begin + 1, min(begin + FAR_SPEAKER, len(words) - 1)):
        if words[at].text in GOES_ON or words[at].text in CLOSERS or words[at].text in OPENERS:
            return False
        told = terminals_of(words[at])
        if not (SPOKEN.isdisjoint(told) or PAST.isdisjoint(told)):
            after = words[at + 1]
            return after.text in GOES_ON or not terminals_of(after).isdisjoint({"WEEKDAY", "TELL"})
    return False


def sentence_records(passage: Passage, runs: list[tuple[int, int]]) -> list[Sentence]:
    """The sentences with their offsets."""
    records = []
    for index, (begin, end) in enumerate(runs):
        start, stop = passage.span(begin, end)
        start += len(passage.text[start:stop]) - len(passage.text[start:stop].lstrip())
        cut = end - begin > LONGEST_SENTENCE or any(len(word.text) == LONGEST_WORD for word in passage.words[begin:end])
        records.append(Sentence(index, start, stop, cut))
    return records
