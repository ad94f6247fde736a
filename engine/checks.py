"""Checking rules/ as a whole: every file, every example."""

from __future__ import annotations

from pathlib import Path

from engine.corpus import all_examples, check_example
from engine.errors import Finding
from engine.reader import Reader
from engine.rules import load_rules


def check(path: Path | None, grammar: str | None) -> tuple[list[Finding], int]:
    """What is wrong with the examples of one grammar or of all, and how many there are.

    Raises RulesError where the rules cannot be read, KeyError with the known names for a grammar that is none.
    """
    rules = load_rules(path) if path else load_rules()
    names = sorted(rules.grammars())
    if grammar is not None and grammar not in names:
        raise KeyError(names)
    reader = Reader(rules)
    examples = [example for example in all_examples(rules.sources) if grammar in (None, example.grammar)]
    return [finding for example in examples for finding in check_example(example, reader.read)], len(examples)
