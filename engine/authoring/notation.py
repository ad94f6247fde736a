"""Grammar notation: the parts of a rule's alternatives, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lark import Token, Tree

from engine.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative of a root rule: its phrasing, its parts (EBNF trees) and the lines it stands on."""

    rule: str
    alias: str | None
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
    for root in grammar.roots:
        _, tree = grammar.rules[root]
        for each in tree.children if tree.data == "expansions" else [tree]:
            alias = None
            if each.data == "alias":
                each, alias = each.children[0], str(each.children[1].name)
            line = grammar.lines.get(f"{root}.{alias}", grammar.lines.get(root, 1))
            # An alias stands at the end of its alternative, so the next line is free.
            last = line if alias else next((at - 1 for at in begun if at > line), grammar.source.count("\n") + 1)
            parts = tuple(each.children) if each.data == "expansion" else (each,)
            found.append(Alternative(root, alias, parts, line, last))
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
