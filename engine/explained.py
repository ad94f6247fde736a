"""Explained letters: what an article itself tells that an acronym stands for: "National Library Council (NLC)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.lexicon import Form, Lexicon, Row

LISTED = frozenset({"BODY", "COUNTRY", "AGENCY"})
"""What acronyms of the lexicon stand for."""
PACTS = frozenset({"PACT_NOUN"})
"""The nouns of which an acronym can be one: "the Civil Peace Agreement (CPA)"."""
LONGEST = 14
"""Words before an acronym among which those that it stands for are looked for."""
ALIKE = 4
"""Letters by which words of two names are compared: "Nation", "National"."""


def explained(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, list[Form]]]:
    """The acronyms that a text's words explain otherwise than the lexicon, each with what it can be there."""
    for at in range(3, len(words) - 1):
        if words[at - 1] == "(" and words[at + 1] == ")" and sum(map(str.isupper, words[at])) > 1:
            acronym = words[at]
            name = spelled(words[max(at - 1 - LONGEST, 0) : at - 1], acronym)
            forms = lexicon.look_up(acronym)
            if not name or (forms and not is_other(name, acronym, forms, lexicon)):
                continue
            pact = [form for form in lexicon.look_up(name[-1].lower()) if not PACTS.isdisjoint(form.terminals)]
            if forms or pact:
                yield acronym, pact


def spelled(before: Sequence[str], acronym: str) -> list[str]:
    """The words that stand before an acronym and have its capitals as theirs; empty where there are none."""
    letters = [letter for letter in acronym if letter.isupper()]
    name: list[str] = []
    for word in reversed(before):
        if word[:1].isupper():
            if word[0] != letters[-1 - len(name)]:
                return []
            name.append(word)
            if len(name) == len(letters):
                return name[::-1]
        elif not word.isalpha() and not word.startswith(("'", "’")):
            return []
    return []


def is_other(name: Sequence[str], acronym: str, forms: Sequence[Form], lexicon: Lexicon) -> bool:
    """Whether an acronym stands for another than the lexicon's bodies and states: fewer than three
    quarters of the words are theirs."""
    rows = [form.row for form in forms if not LISTED.isdisjoint(form.terminals)]
    if not rows:
        return False
    known = {word[:ALIKE].lower() for text in names_of(rows, lexicon) if text != acronym for word in parts(text)}
    words = [part for word in name for part in parts(word)]
    return bool(known) and 4 * sum(word[:ALIKE].lower() in known for word in words) < 3 * len(words)


def names_of(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """All that rows are called."""
    for row in rows:
        yield from lexicon.names(row)
        yield row.values.get("organization", "")


def parts(text: str) -> list[str]:
    """The words of a name."""
    return text.replace("-", " ").split()
