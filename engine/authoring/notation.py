"""Grammar notation: the parts of a rule's alternatives, and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lark import Token, Tree

from engine.compiling.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative of a root rule: its phrasing, its EBNF tree and the parts of that, and the lines it stands on."""

    rule: str
    alias: str | None
    tree: Any
    parts: tuple[Any, ...]
    line: int
    last: int

    @property
    def name(self) -> str:
        """The rule's full name ("meeting.met")."""
        return f"{self.rule}.{self.alias}" if self.alias else self.rule


def alternatives_of(grammar: Grammar) -> list[Alternative]:
    """The alternatives of a grammar's root rules, in order."""
    found = []
    begun = sorted(set(grammar.lines.values()))
    standing = places_of(grammar.source)
    for root in grammar.roots:
        _, tree = grammar.rules[root]
        for whole in tree.children if tree.data == "expansions" else [tree]:
            each, alias = whole, None
            if whole.data == "alias":
                each, alias = whole.children[0], str(whole.children[1].name)
            places = standing.get((root, alias), [])
            line = places.pop(0) if places else grammar.lines.get(root, 1)
            # An alias stands at the end of its alternative, so the next line is free.
            last = line if alias else next((at - 1 for at in begun if at > line), grammar.source.count("\n") + 1)
            parts = tuple(each.children) if each.data == "expansion" else (each,)
            found.append(Alternative(root, alias, whole, parts, line, last))
    return found


def places_of(source: str) -> dict[tuple[str, str | None], list[int]]:
    """The lines on which the alternatives with each alias stand, by rule and alias; None for those without."""
    found: dict[tuple[str, str | None], list[int]] = {}
    rule = ""
    for number, text in enumerate(source.splitlines(), 1):
        begun = re.match(r"[?!]?(_?\w+)(?:\{[^}]*\})?(?:\.-?\d+)?\s*:", text)
        rule = begun.group(1) if begun else rule
        aliases = re.findall(r"->\s*(\w+)", text)
        starts = begun or re.match(r"\s*\|", text)
        for alias in aliases or ([None] if starts else []):
            found.setdefault((rule, alias), []).append(number)
    return found


def written(tree: Any) -> str:
    """A part of a rule as grammars write it."""
    if isinstance(tree, Token):
        return str(tree)
    if not isinstance(tree, Tree):
        return str(tree.name)
    if tree.data == "expansions":
        return "(" + " | ".join(written(child) for child in tree.children) + ")"
    if tree.data == "expansion":
        return " ".join(written(child) for child in tree.children)
    if tree.data == "maybe":
        return f"[{written(tree.children[0])}]"
    if tree.data == "expr":
        body, operator, *counts = tree.children
        text = written(body)
        grouped = text if " " not in text or text[0] in "([" or text.startswith('"') else f"({text})"
        return grouped + (f"~{'..'.join(map(str, counts))}" if operator == "~" else str(operator))
    if tree.data == "template_usage":
        called, *arguments = tree.children
        return f"{written(called)}{{{', '.join(written(argument) for argument in arguments)}}}"
    return written(tree.children[0])
