"""Checking rules/ as a whole: every file, every example, and what the examples show about the rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.authoring.review import Review
from engine.errors import Finding
from engine.rules import RULES, Rules, load_rules
from engine.sources import Sources


def check(path: Path | Sources | None, grammar: str | None, *, gaps: bool = False) -> tuple[list[Finding], int]:
    """What is wrong with one grammar or with all, with `gaps` also what no example tells, and how many examples there
    are.

    Raises RulesError where the rules cannot be read, KeyError with the known names for a grammar that is none.
    """
    return check_rules(load_rules(path or RULES), grammar, gaps=gaps)


def check_rules(rules: Rules, grammar: str | None = None, *, gaps: bool = False) -> tuple[list[Finding], int]:
    """The same of rules that are loaded."""
    review = Review(rules, grammar)
    if grammar is not None and grammar not in review.grammars:
        raise KeyError(sorted(review.grammars))
    found = [*review.faults(), *(review.gaps() if gaps else ())]
    return in_order(found), len(review.asked)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file and line, each once."""
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line))
