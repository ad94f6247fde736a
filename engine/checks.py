"""Checking rules/ as a whole: every file, every example, and what the examples show about the rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import chain
from pathlib import Path

from engine.authoring.review import Review
from engine.compiling.parts import Part, cores, in_parts
from engine.errors import Finding, UnknownGrammarError
from engine.rules import RULES, Rules, load_rules
from engine.sources import Sources

WORTH_A_PROCESS = 60
"""Examples whose reading takes so long that another process saves time."""


def check(path: Path | Sources | None, grammar: str | None, *, gaps: bool = False) -> tuple[list[Finding], int]:
    """What is wrong with one grammar or with all, with `gaps` also what no example tells, and how many examples there
    are.

    Raises RulesError where the rules cannot be read, UnknownGrammarError for a grammar that is none.
    """
    return check_rules(load_rules(path or RULES), grammar, gaps=gaps)


def check_rules(
    rules: Rules, grammar: str | None = None, *, gaps: bool = False, processes: int | None = None
) -> tuple[list[Finding], int]:
    """The same of rules that are loaded, by so many processes; by default as many as are of use."""
    whole = Review(rules, grammar)
    if grammar is not None and grammar not in whole.grammars:
        raise UnknownGrammarError(grammar, sorted(whole.grammars))
    # Asked first, so that the grammars are read before the processes part, and not by each of them.
    found = [*(whole.needless() if gaps else ())]
    count = processes or min(cores(), 1 + len(whole.asked) // WORTH_A_PROCESS)
    parts = in_parts(partial(reviewed, rules, grammar, gaps), count)
    unread = common(unread for _, unread in parts)
    if unread and whole.is_of_phrases:
        unread = common(in_parts(partial(unread_anywhere, rules, grammar), count))
    found += [*chain(*(findings for findings, _ in parts)), *unread]
    return in_order(found), len(whole.asked)


def reviewed(rules: Rules, grammar: str | None, gaps: bool, part: Part) -> tuple[list[Finding], list[Finding]]:
    """What a part of the examples shows, and the alternatives that read nothing in it; only with `gaps` more than
    what is read wrongly."""
    review = Review(rules, grammar, part)
    if gaps:
        return [*review.findings()], [*review.unread()]
    return [*review.faults()], []


def unread_anywhere(rules: Rules, grammar: str | None, part: Part) -> list[Finding]:
    """The alternatives that read nothing in a part of the examples of all grammars."""
    return [*Review(rules, grammar, part).unread(anywhere=True)]


def common(parts: Iterable[list[Finding]]) -> list[Finding]:
    """The findings that all parts have."""
    first, *others = parts
    return [finding for finding in first if all(finding in other for other in others)]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file and line, each once."""
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line))
