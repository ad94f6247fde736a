"""Quoted words that never stand apart: the lexicon has them as one, so a run of single quotations reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.compiling.grammar import Grammar
from engine.errors import Finding
from engine.lexicon import Lexicon, tokens_of


def parted_words(grammar: Grammar, lexicon: Lexicon) -> Iterator[Finding]:
    """Each run of quotations in a grammar's rules that the lexicon has as one word."""
    for name, (_, tree) in grammar.rules.items():
        for expansion in tree.find_data("expansion"):
            for run in runs_of(expansion):
                if (joint := joint_in(run, lexicon)) is not None:
                    words = " ".join(f'"{word}"' for word in joint)
                    form = lexicon.forms(" ".join(tokens_of(" ".join(joint))).lower())[0]
                    what = f"{words} stand for one word of the lexicon, {form.row.file}:{form.row.line}"
                    do = f'write "{" ".join(joint)}"'
                    allowed = "a quotation for each word as the lexicon has it"
                    yield Finding(grammar.file, line_of(grammar, name, words), what, allowed, do)


def runs_of(expansion: Any) -> Iterator[list[str]]:
    """The quotations that stand right after one another in an alternative."""
    run: list[str] = []
    for child in [*expansion.children, None]:
        inner = getattr(child, "children", None) if getattr(child, "data", "") == "value" else None
        if inner and getattr(inner[0], "data", "") == "literal" and str(inner[0].children[0]).endswith('"'):
            run.append(str(inner[0].children[0])[1:-1])
            continue
        if len(run) > 1:
            yield run
        run = []


def joint_in(run: list[str], lexicon: Lexicon) -> list[str] | None:
    """The longest part of a run that is one word of the lexicon."""
    spans = [run[at:end] for at in range(len(run)) for end in range(at + 2, len(run) + 1)]
    keys = ((span, " ".join(tokens_of(" ".join(span))).lower()) for span in spans)
    return max((span for span, key in keys if key in lexicon.listed), key=len, default=None)


def line_of(grammar: Grammar, rule: str, words: str) -> int:
    """The line of a rule on which words stand as quoted, else where the rule begins."""
    begin = grammar.lines.get(rule, 1)
    lines = enumerate(grammar.source.splitlines()[begin - 1 :], begin)
    return next((number for number, text in lines if words in text), begin)
