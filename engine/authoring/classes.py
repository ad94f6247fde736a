"""Classes of the lexicon that nothing asks for: a mistyped one takes part in nothing, and nobody would know."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.errors import Finding
from engine.rules import Rules

ASKED_BY_NAME = frozenset(
    "ADMINISTRATION AUTOCRACY AUX_CONTRACTION BROAD CHAMBER CHIEF COMMON CONJ FINISH GENERIC INF ONCE POLITY PORTION"
    " PRON SECRETARIAT SPORT START".split()
)
"""Classes that no grammar names, and what is made of the facts of an article or of an author's edits does."""
MOST_NEAR = 4


def unused_classes(rules: Rules) -> Iterator[Finding]:
    """Each class that neither a grammar nor anything else asks for, where it stands first."""
    names = rules.cascade.alphabet.bits
    told: set[str] = set()
    for (file, listed), line in first_lines(rules).items():
        for name in filter(None, listed.split("|")):
            if name in told or name.upper() in ASKED_BY_NAME or is_named(name.upper(), file, rules, names):
                continue
            told.add(name)
            near = get_close_matches(name, sorted(classes_of(rules) - told), MOST_NEAR)
            allowed = "a class that a grammar names" + (f" ({', '.join(near)})" if near else "")
            do = "mend the name, or leave it out: the word is known without a class, too"
            yield Finding(file, line, f"nothing asks for the class {name}", allowed, do, gap=True)


def first_lines(rules: Rules) -> dict[tuple[str, str], int]:
    """The line on which each file first lists some classes together."""
    found: dict[tuple[str, str], int] = {}
    for file, line, values in rules.lexicon.rows:
        found.setdefault((file, values.get("class", "")), line)
    return found


def is_named(name: str, file: str, rules: Rules, names: dict[str, int]) -> bool:
    """Whether a grammar names a class, or the class in one of the columns of its file ("MEET_VBD")."""
    if name in names:
        return True
    header = rules.sources.text(file.removeprefix("rules/")).partition("\n")[0].split(",")
    return any(f"{name}_{column}" in names for column in header if column.isupper())


def classes_of(rules: Rules) -> set[str]:
    """All classes of the lexicon."""
    return {name for _, _, values in rules.lexicon.rows for name in values.get("class", "").split("|") if name}
