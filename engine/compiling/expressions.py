"""Expressions: the regular expressions of the terminals that grammars define or write between slashes."""

from __future__ import annotations

import re
from typing import Any

from lark import Token

from engine.errors import Finding, RulesError


def pattern_of(tree: Any, file: str) -> str:
    """The regular expression of a terminal's definition, for one word."""
    if isinstance(tree, Token):
        if tree.type == "REGEXP":
            body, _, flags = tree[1:].rpartition("/")
            return f"(?{flags}:{body})" if flags else f"(?:{body})"
        return f"(?i:{re.escape(tree[1:].rstrip('i').rstrip(chr(34)))})"
    if tree.data == "expansions":
        return "(?:" + "|".join(pattern_of(child, file) for child in tree.children) + ")"
    if tree.data == "expr":
        body, *operator = tree.children
        mark = str(operator[0])
        if mark == "~":
            mark = "{" + ",".join(map(str, operator[1:])) + "}"
        return f"(?:{pattern_of(body, file)}){mark}"
    if tree.data == "maybe":
        return f"(?:{pattern_of(tree.children[0], file)})?"
    if tree.data == "range":
        return f"[{tree.children[0][1:-1]}-{tree.children[1][1:-1]}]"
    if tree.data in ("value", "expansion", "literal"):
        return "".join(pattern_of(child, file) for child in tree.children)
    raise RulesError([Finding(file, 1, "a terminal that refers to another", "words and expressions", "write it out")])


def fault_of(pattern: str) -> str:
    """What is wrong with a regular expression; "" where nothing is."""
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


def broken(file: str, line: int, written: str, fault: str) -> Finding:
    """The finding that something is no regular expression."""
    return Finding(file, line, f"{written}: {fault}", "a regular expression of Python", "mend the expression")
