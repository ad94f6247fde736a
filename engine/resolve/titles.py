"""Titles: by what a gathering is called that has no name of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.marks import HOLDER
from engine.resolve.actors import state_of
from engine.resolve.discourse import Discourse
from engine.resolve.service import STATE_ORGAN

CALLED = "called"
"""The mark of the word for a gathering that is called by whose it is."""
WHOSE = frozenset({HOLDER, "pair"})
"""The marks of a body that holds a gathering, and of a pair of regions; a pair of states are its sides, no name."""
ARTICLES = frozenset({"the", "a", "an", "this", "next", "last"})
NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)|(?:19|20)\d\d|.*-day")
"""Words in digits that tell which one of its kind a gathering is, when, or how long."""


def title_of(draft: Draft, lexicon: Lexicon, words: Callable[[int, int], str]) -> str | None:
    """By what a gathering is called that is told by whose it is ("SAARC summit"): as written, without its article,
    number ("Group of Seven" keeps its own), year and length, and without what a body is called at length where its
    short name follows in brackets."""
    whose, called = whose_called(draft)
    if called is None or whose is None or is_office(whose):
        return None
    text = words(whose.begin, called.end)
    _, opened, rest = text.rpartition("(")
    told = [word.strip("()") for word in (rest if opened else text).split()]
    kept = [
        word
        for before, word in zip(["", *told], told, strict=False)
        if word.lower() not in ARTICLES and (before == "of" or not counts(word, lexicon))
    ]
    return None if not kept or several(kept[-1], lexicon) else " ".join(kept)


def is_office(whose: Draft) -> bool:
    """Whether what a gathering is told with is a state's office, where it takes place: "a White House meeting"."""
    return any(inner.defaults.get("kind") == STATE_ORGAN for inner in whose.drafts("of"))


def whose_called(draft: Draft) -> tuple[Draft | None, Draft | None]:
    """The record of whose a gathering is that is called by that, and of the word that calls it."""
    called = next((mark for mark in draft.drafts("reference") if mark.alias == CALLED), None)
    whose = next((side for side in draft.drafts("parties") if side.alias in WHOSE), None)
    return whose, called


def holders_of(draft: Draft, discourse: Discourse, words: Callable[[int, int], str]) -> list[str]:
    """The bodies by which alone a gathering is called: "the annual G20 summit", but no "EU-Africa summit", nor any for
    a "G20 climate conference", of which a body holds more than one."""
    whose, called = whose_called(draft)
    if called is None or whose is None or whose.alias != HOLDER:
        return []
    kind = words(whose.end, called.begin).split() if draft.defaults.get("level") is None else []
    joint = any(whose.begin <= one.begin < called.begin for one in draft.drafts("parties") if one is not whose)
    if joint or any(word.islower() for word in kind):
        return []
    return [str(state_of(one)) for inner in whose.drafts("of") for one in discourse.meant(inner)]


def counts(word: str, lexicon: Lexicon) -> bool:
    """Whether a word tells which one of its kind a gathering is, when, or how long: "third", "2004", "two-day"."""
    numbered = any("number" in form.row.values for form in lexicon.look_up(word))
    return numbered or NUMBERED.fullmatch(word) is not None


def several(word: str, lexicon: Lexicon) -> bool:
    """Whether a word tells several: "talks" are no one gathering."""
    return lexicon.reads_as(word, "NOUNS")


def post_told(draft: Draft, words: Callable[[int, int], str]) -> str | None:
    """The post that a draft tells, for one of a body the words for him: "the U.N. envoy for Kenya"."""
    of_side = draft.rule == "party" and draft.alias == "official" and bool(draft.text("organization"))
    return draft.text("post") or (words(draft.begin, draft.end) if of_side else None)
