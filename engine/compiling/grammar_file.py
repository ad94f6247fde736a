"""Grammar files, read by Lark's own loader.

Lark's EBNF trees are taken as they are before Lark multiplies optional parts out. A file is read alone, with stubs for
what it imports, and then linked with what these stand for: an edit of a shared file leaves the others as they were
read, and imported rules keep their own names. Errors say what can be done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lark import Token, Tree
from lark.exceptions import LarkError, UnexpectedToken
from lark.load_grammar import load_grammar

from engine.compiling.expressions import broken, fault_of, pattern_of
from engine.compiling.grammar import COMMENT, Grammar
from engine.errors import Finding, RulesError

NAMED_TERMINAL = re.compile(r"(?<![\w])_?[A-Z][A-Z0-9_]*(?![\w{])")

ENDS = {"_NL": "the end of the line", "_NL_OR": "the next alternative", "$END": "the end of the file"}
"""What Lark's names of its own tokens mean."""
OVERRIDDEN = re.compile(r"^\s*%override\s+(\w+)", re.MULTILINE)
SYMBOLS = ("NonTerminal", "Terminal")
"""Lark's names of what a tree names."""
MARK = "<shared>"
"""What a stub's literals begin with: no word of a text holds such a sign."""
MARKED = re.compile(rf"\(\?i:{re.escape(MARK)}(\w+)\)")
"""The expression of such a literal."""
MOST_REMEMBERED = 64
"""Files that are remembered as Lark read them, from one loading of the rules to the next."""

Trees = dict[str, tuple[tuple[str, ...], Any]]
"""The parameters and the EBNF tree of each rule."""


def grammar_of(
    path: str, source: str, imported: Mapping[str, Grammar], declared: frozenset[str], *, remembered: bool = True
) -> Grammar:
    """The grammar of a file's text and of those that it may import, by path; raises RulesError.

    `remembered` is false for a text that is tried once.
    """
    file, lines = f"rules/{path}", lines_of(source)
    stubs = tuple((name, stub_of(grammar)) for name, grammar in imported.items())
    linking = Linking(*(written if remembered else written.__wrapped__)(file, source, stubs), imported)
    if twice := linking.replaced() - set(OVERRIDDEN.findall(source)):
        raise RulesError([replacing(name, file, lines) for name in sorted(twice)])
    used = (undefined_terminals(source) | linking.used) - linking.terminals.keys() - declared
    return Grammar(PurePosixPath(path).stem, file, source, linking.rules, linking.terminals, lines, used)


@lru_cache(maxsize=MOST_REMEMBERED)
def written(file: str, source: str, stubs: tuple[tuple[str, str], ...]) -> tuple[Trees, dict[str, str], dict[str, str]]:
    """The rules of a file and the expressions of its terminals as Lark reads them, with those of stubs by path; and the
    imported rule for which each of some rules stands."""
    texts = dict(stubs)

    def shared(_: object, name: str) -> tuple[str, str]:
        """What stands for a shared file in Lark's %import."""
        if name not in texts:
            raise FileNotFoundError(name)
        return name, texts[name]

    try:
        loaded, _ = load_grammar(  # type: ignore[no-untyped-call]
            with_declarations(source), file, [shared], False
        )
    except LarkError as error:
        raise RulesError([finding_of(error, file, source)]) from error
    rules = {str(name): (tuple(map(str, parameters)), tree) for name, parameters, tree, _ in loaded.rule_defs}
    patterns = {str(name): pattern_of(entry[0], file) for name, entry in loaded.term_defs if entry[0] is not None}
    faults = {name: fault for name, pattern in patterns.items() if (fault := fault_of(pattern))}
    if faults:
        lines = lines_of(source)
        raise RulesError([broken(file, lines.get(name, 1), name, fault) for name, fault in faults.items()])
    marks = {name: marked[0] for name, (_, tree) in rules.items() if (marked := marks_in(tree))}
    return rules, patterns, marks


def stub_of(grammar: Grammar) -> str:
    """What stands for a shared file: all its names, each of them only a mark of itself."""
    names = [f"{name}{{{','.join(told)}}}" if told else name for name, (told, _) in grammar.rules.items()]
    return "".join(f'{name}: "{MARK}{name.partition("{")[0]}"\n' for name in (*names, *grammar.terminals))


class Linking:
    """A file's rules and terminals with the imported ones in the place of their marks, and with all that these use;
    `used` are the terminals of imported rules."""

    def __init__(
        self, own: Trees, patterns: Mapping[str, str], marks: Mapping[str, str], imported: Mapping[str, Grammar]
    ) -> None:
        self.shared = {name: rule for grammar in imported.values() for name, rule in grammar.rules.items()}
        shapes = {name: shape for grammar in imported.values() for name, shape in grammar.terminals.items()}
        self.own: set[str] = set()
        self.named: set[str] = set()
        self.rules: Trees = {}
        for name, (parameters, tree) in own.items():
            if name in marks:
                self.rules[name] = (self.shared[marks[name]][0], self.unmarked(tree))
            else:
                self.own.add(name)
                self.rules[name] = (parameters, tree)
        self.terminals = {
            name: MARKED.sub(lambda found: shapes[found[1]], pattern) for name, pattern in patterns.items()
        }
        self.own.update(name for name, pattern in patterns.items() if name not in MARKED.findall(pattern))
        self.follow([name for name in self.rules if name not in self.own], shapes)
        self.used = {name for name in self.named if name.lstrip("_").isupper()}

    def follow(self, names: list[str], shapes: Mapping[str, str]) -> None:
        """Take in what imported rules use, and what this uses in its turn."""
        for name in names:
            # The list grows while it is walked.
            for leaf in self.rules[name][1].scan_values(lambda leaf: type(leaf).__name__ in SYMBOLS):
                self.named.add(leaf.name)
                if leaf.name in self.shared and leaf.name not in self.rules:
                    self.rules[leaf.name] = self.shared[leaf.name]
                    names.append(leaf.name)
                elif leaf.name in shapes:
                    self.terminals.setdefault(leaf.name, shapes[leaf.name])

    def unmarked(self, tree: Any) -> Any:
        """A part of a tree with imported rules' trees in the place of their marks."""
        if not isinstance(tree, Tree):
            return tree
        if tree.data == "literal" and (marked := marks_in(tree)):
            return self.shared[marked[0]][1]
        return Tree(tree.data, [self.unmarked(child) for child in tree.children])

    def replaced(self) -> set[str]:
        """What the file defines itself although an imported rule means another of that name."""
        return self.own & self.named


def marks_in(tree: Any) -> list[str]:
    """The imported rules whose marks stand in a tree."""
    leaves = tree.scan_values(lambda leaf: isinstance(leaf, Token) and leaf.startswith(f'"{MARK}'))
    return [str(leaf)[len(MARK) + 1 : -1] for leaf in leaves]


def replacing(name: str, file: str, lines: Mapping[str, int]) -> Finding:
    """A rule of a file that would stand for an imported one wherever imported rules use it."""
    what = f"{name} is also the name of a rule that an imported one uses"
    do = "call yours otherwise, or import the rule and delete yours"
    return Finding(file, lines.get(name, 1), what, "names that rules/shared does not have", do)


@lru_cache(maxsize=MOST_REMEMBERED)
def undefined_terminals(source: str) -> frozenset[str]:
    """The terminals that a file names and neither defines nor imports: words, shapes and phrases."""
    stripped = COMMENT.sub("", source)
    own = set(re.findall(r"^(_?[A-Z][A-Z0-9_]*)(?:\.\d+)?\s*:", stripped, re.MULTILINE))
    for imported in re.findall(r"^\s*%import\b(.*)$", stripped, re.MULTILINE):
        own.update(NAMED_TERMINAL.findall(imported))
    return frozenset(NAMED_TERMINAL.findall(re.sub(r"^\s*%.*$", "", stripped, flags=re.MULTILINE))) - own


def with_declarations(source: str) -> str:
    """A file's text with those terminals declared at its end, so that lines keep their numbers."""
    used = undefined_terminals(source)
    return f"{source}\n%declare {' '.join(sorted(used))}\n" if used else source


@lru_cache(maxsize=MOST_REMEMBERED)
def lines_of(source: str) -> Mapping[str, int]:
    """Where each rule, each alternative with an alias ("rule.alias") and each terminal begins."""
    lines: dict[str, int] = {}
    rule = ""
    for number, text in enumerate(source.splitlines(), 1):
        begun = re.match(r"[?!]?(_?\w+)(?:\{[^}]*\})?(?:\.-?\d+)?\s*:", text)
        if begun:
            rule = begun.group(1)
            lines.setdefault(rule, number)
        for alias in re.findall(r"->\s*(\w+)", text):
            lines.setdefault(f"{rule}.{alias}", number)
    return lines


def finding_of(error: LarkError, file: str, source: str) -> Finding:
    """A finding from one of Lark's errors about a grammar."""
    if isinstance(error, UnexpectedToken):
        line = min(error.line, source.count("\n") + 1)
        if error.token.type in ENDS and (left := left_open(source, line)):
            line, what = left
            return Finding(file, line, what, "Lark's grammar notation", "close it on this line")
        return Finding(file, line, unexpected(error), "Lark's grammar notation", "mend this line")
    text = str(error).strip().splitlines()[0]
    found = re.search(r"line (\d+)", str(error))
    line = int(found.group(1)) if found else line_named(text, source)
    return Finding(file, min(line, source.count("\n") + 1), text, "Lark's grammar notation", "mend this line")


def left_open(source: str, last: int) -> tuple[int, str] | None:
    """The line of the innermost bracket that is open where the rule of a line ends, which Lark tells only there; and
    what is said of it."""
    bare = COMMENT.sub(lambda found: " " * len(found[0]), source).splitlines()
    first = max((at for at in range(1, min(last, len(bare)) + 1) if re.match(r"[?!]?\w", bare[at - 1])), default=1)
    opened: list[tuple[int, int, str]] = []
    for number in range(first, min(last, len(bare)) + 1):
        for column, sign in enumerate(bare[number - 1], 1):
            if sign in "([{":
                opened.append((number, column, sign))
            elif sign in ")]}" and opened:
                opened.pop()
    if not opened:
        return None
    number, column, sign = opened[-1]
    return number, f"{sign!r} in column {column} is never closed"


def unexpected(error: UnexpectedToken) -> str:
    """What stands where Lark can read nothing like it."""
    if error.token.type in ENDS:
        return f"{ENDS[error.token.type]} comes before the rule is whole"
    return f"{str(error.token)!r} in column {error.column} cannot stand there"


def line_named(message: str, source: str) -> int:
    """The line of what a message of Lark names: the first that a rule stands in, the last that it is defined in."""
    quoted = re.findall(r"'(_?[a-z]\w*)'", message)
    names = quoted or [n for n in re.findall(r"_?[a-z]\w*", message) if re.search(rf"\b{n}\b", source)][-1:]
    twice = "more than once" in message
    sign = rf"^[?!]?{names[0]}\b[^:\n]*:" if twice and names else rf"\b{names[0]}\b" if names else "^"
    rows = enumerate(source.splitlines(), 1)
    lines = [number for number, row in rows if re.search(sign, COMMENT.sub("", row))] or [1]
    return lines[-1 if twice else 0]
