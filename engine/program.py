"""Programs: what a grammar compiles to and an automaton runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SYMBOL, SPLIT, TAG, ACCEPT = range(4)
CLOSING = None
"""The tag that ends a node."""


@dataclass(slots=True)
class Opening:
    """A node of the tree begins: the rule's name and, where the alternative has one, the alias."""

    rule: str
    alias: str | None


@dataclass(slots=True)
class Program:
    """What an automaton runs: instructions in priority order, greedy first, earlier alternatives first.

    An instruction is (SYMBOL, bit, terminal, next), (SPLIT, nexts), (TAG, Opening or CLOSING, next) or (ACCEPT, root).
    `start` splits over all roots. `layer` is 0 for event grammars, else the pass in which the phrase is read.
    """

    name: str
    file: str
    roots: list[str]
    code: list[tuple[Any, ...]] = field(default_factory=list)
    start: int = 0
    layer: int = 0


def plain_code(program: Program, names: dict[int, str]) -> list[list[Any]]:
    """A program's instructions as plain lists; a bit is written as the name that the alphabet gave it."""
    plain: list[list[Any]] = []
    for instruction in program.code:
        if instruction[0] == SYMBOL:
            plain.append([SYMBOL, names[instruction[1]], instruction[2], instruction[3]])
        elif instruction[0] == TAG:
            tag = instruction[1]
            plain.append([TAG, None if tag is CLOSING else [tag.rule, tag.alias], instruction[2]])
        else:
            plain.append(list(instruction))
    return plain


def code_of(plain: list[list[Any]], bits: dict[str, int]) -> list[tuple[Any, ...]]:
    """The instructions that `plain_code` wrote."""
    code: list[tuple[Any, ...]] = []
    for instruction in plain:
        if instruction[0] == SYMBOL:
            code.append((SYMBOL, bits[instruction[1]], instruction[2], instruction[3]))
        elif instruction[0] == TAG:
            tag = instruction[1]
            code.append((TAG, CLOSING if tag is None else Opening(tag[0], tag[1]), instruction[2]))
        else:
            code.append(tuple(instruction))
    return code
