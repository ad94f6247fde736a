"""Grammars: .lark files read by Lark's own loader and turned into programs that an automaton runs.

Lark's EBNF trees are taken as they are before Lark multiplies optional parts out. Three of Lark's habits are cured
here: an alias no longer replaces the rule's name (a tree node keeps both), imported rules keep their own names, and
quoted words match whole words only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lark import Token, Tree
from lark.exceptions import LarkError, UnexpectedToken
from lark.load_grammar import load_grammar

from engine.alphabet import Alphabet, literal_terminal
from engine.errors import Finding, RulesError
from engine.expressions import pattern_of
from engine.lexicon import tokens_of
from engine.program import ACCEPT, CLOSING, SPLIT, SYMBOL, TAG, Instruction
from engine.sources import Sources

NAMED_TERMINAL = re.compile(r"(?<![\w])_?[A-Z][A-Z0-9_]*(?![\w{])")
IMPORT = re.compile(r"^\s*%import\s+shared\.(\w+)", re.MULTILINE)
STRIP = re.compile(r'"(?:\\.|[^"\\\n])*"i?|/(?:\\.|[^/\\\n])+/[imslux]*|//[^\n]*')

ENDS = {"_NL": "the end of the line", "_NL_OR": "the next alternative", "$END": "the end of the file"}
"""What Lark's names of its own tokens mean."""
MOST_REMEMBERED = 64
"""Files whose grammars are remembered from one loading of the rules to the next."""


@dataclass(slots=True, eq=False)
class Grammar:
    """One .lark file as read: its rules (name -> parameters and EBNF tree), own terminals and where each rule stands.

    `lines` maps "rule" and "rule.alias" to a line; `source` is the file's text; `roots` are the rules that no other
    rule of the file uses, in their order.
    """

    name: str
    file: str
    source: str
    rules: dict[str, tuple[tuple[str, ...], Any]]
    terminals: dict[str, str]
    lines: dict[str, int]
    used: set[str]
    roots: list[str] = field(init=False)

    def __post_init__(self) -> None:
        referred = set().union(*(references(tree) for _, tree in self.rules.values())) if self.rules else set()
        self.roots = [name for name in self.rules if name not in referred and not name.startswith("_")]


def references(tree: Any) -> set[str]:
    """The names of the rules that a rule's tree refers to."""
    return {leaf.name for leaf in tree.scan_values(lambda leaf: type(leaf).__name__ == "NonTerminal")}


@lru_cache(maxsize=MOST_REMEMBERED)
def grammar_of(path: str, source: str, imported: tuple[tuple[str, str], ...], declared: frozenset[str]) -> Grammar:
    """The grammar of a file's text and of the texts that it may import; remembered, because most stay as they are."""
    file, texts = f"rules/{path}", dict(imported)
    used = undefined_terminals(source)

    def shared(_: object, name: str) -> tuple[str, str]:
        """A shared file for Lark's %import, with its own terminals declared."""
        if name not in texts:
            raise FileNotFoundError(name)
        used.update(undefined_terminals(texts[name]))
        return name, with_declarations(texts[name])

    try:
        loaded, _ = load_grammar(  # type: ignore[no-untyped-call]
            with_declarations(source), file, [shared], False
        )
    except LarkError as error:
        raise RulesError([finding_of(error, file, source)]) from error
    bare = {name: own_name(name) for name, *_ in loaded.rule_defs}
    if twice := replaced(bare, file, lines_of(source)):
        raise RulesError(twice)
    found = {}
    for name, parameters, tree, _ in loaded.rule_defs:
        found[str(bare[name])] = (tuple(own_name(str(name)) for name in parameters), renamed(tree, bare))
    terminals = {
        own_name(str(name)): pattern_of(entry[0], file) for name, entry in loaded.term_defs if entry[0] is not None
    }
    return Grammar(PurePosixPath(path).stem, file, source, found, terminals, lines_of(source), used - declared)


class Grammars(Mapping[str, Grammar]):
    """Every .lark file by stem, phrases first, each read when it is first asked for; a folder `shared` holds only what
    others import."""

    def __init__(self, sources: Sources, declared: frozenset[str]) -> None:
        self.sources = sources
        self.declared = declared
        self.paths = {PurePosixPath(name).stem: name for name in sources.names("phrases/*.lark", "*.lark")}
        self.known: dict[str, Grammar] = {}

    def __getitem__(self, name: str) -> Grammar:
        if name not in self.known:
            (path, text), *imported = self.texts(name).items()
            self.known[name] = grammar_of(path, text, tuple(imported), self.declared)
        return self.known[name]

    def texts(self, name: str) -> dict[str, str]:
        """What a grammar is read from, by path: its own text first, then those of all that it imports; RulesError."""
        found = {self.paths[name]: self.sources.text(self.paths[name])}
        stack = imports(found[self.paths[name]])
        while stack:
            path = stack.pop()
            if path not in found and path in self.sources.files:
                found[path] = self.sources.text(path)
                stack += imports(found[path])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def replaced(names: dict[Any, str], file: str, lines: dict[str, int]) -> list[Finding]:
    """Rules of a file that have the name of an imported one: they would stand for it wherever imported rules use it."""
    own = {str(name) for name in names if str(name) == names[name]}
    findings = []
    for imported, name in names.items():
        if str(imported) != name and name in own and lines.get(name):
            what = f"{name} is also the name of a rule that an imported one uses"
            do = "call yours otherwise, or import the rule and delete yours"
            findings.append(Finding(file, lines[name], what, "names that rules/shared does not have", do))
    return findings


def imports(source: str) -> list[str]:
    """The paths of the shared files that a text imports from."""
    return [f"shared/{name}.lark" for name in IMPORT.findall(source)]


def undefined_terminals(source: str) -> set[str]:
    """The terminals that a file names and does not define: words, shapes and phrases."""
    stripped = STRIP.sub("", source)
    own = set(re.findall(r"^(_?[A-Z][A-Z0-9_]*)(?:\.\d+)?\s*:", stripped, re.MULTILINE))
    return set(NAMED_TERMINAL.findall(re.sub(r"^\s*%.*$", "", stripped, flags=re.MULTILINE))) - own


def with_declarations(source: str) -> str:
    """A file's text with those terminals declared at its end, so that lines keep their numbers."""
    used = undefined_terminals(source)
    return f"{source}\n%declare {' '.join(sorted(used))}\n" if used else source


def own_name(name: str) -> str:
    """An imported rule's name without the prefix that Lark gives it."""
    head, mark, tail = name.rpartition("__")
    if not mark or not head.strip("_"):
        return name
    return "_" + tail if head.startswith("_") and not tail.startswith("_") else tail


def renamed(tree: Any, names: dict[str, str]) -> Any:
    """The tree with rule references under their own names."""
    for node in tree.iter_subtrees():
        for leaf in node.children:
            if type(leaf).__name__ in ("NonTerminal", "Terminal"):
                leaf.name = names.get(leaf.name) or own_name(leaf.name)
    return tree


def lines_of(source: str) -> dict[str, int]:
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
        return Finding(
            file, line, unexpected(error), "Lark's grammar notation", "close what is open, or mend this line"
        )
    text = str(error).strip().splitlines()[0]
    found = re.search(r"line (\d+)", str(error))
    line = int(found.group(1)) if found else line_named(text, source)
    return Finding(file, min(line, source.count("\n") + 1), text, "Lark's grammar notation", "mend this line")


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
    lines = [number for number, row in enumerate(source.splitlines(), 1) if re.search(sign, row)] or [1]
    return lines[-1 if twice else 0]


def written(bound: dict[str, Any]) -> tuple[Any, ...]:
    """A template's arguments in a form that can be compared."""
    return tuple((name, id(tree), written(outer)) for name, (tree, outer) in bound.items())


@lru_cache(maxsize=10_000)
def words_of(quoted: str) -> tuple[str, ...]:
    """The words that a quoted wording stands for, in small letters."""
    return tuple(word.lower() for word in tokens_of(quoted.rstrip("i")[1:-1]))


class Compiler:
    """Turns one grammar into code; sub-rules are written in place, so the grammar must not be recursive.

    `code` is what the programs of one layer share, `known` the address of everything in it: what goes on alike is
    written once.
    """

    def __init__(
        self,
        grammar: Grammar,
        alphabet: Alphabet,
        forms: Container[str],
        code: list[Instruction],
        known: dict[Any, int],
    ) -> None:
        self.grammar = grammar
        self.forms = forms
        self.alphabet = alphabet
        self.code = code
        self.known = known
        self.open_rules: list[str] = []

    def starts(self) -> list[int]:
        """The address of each root; raises RecursionError for a recursive grammar."""
        for name, pattern in self.grammar.terminals.items():
            self.alphabet.add_shape(f"{self.grammar.file}:{name}", pattern, [], [])
        return [self.rule(root, {}, self.emit((ACCEPT, root))) for root in self.grammar.roots]

    def emit(self, instruction: tuple[Any, ...]) -> int:
        """The address of an instruction, added where it is new."""
        key = instruction
        if instruction[0] == SPLIT:
            ways = self.ways(instruction[1])
            if len(ways) == 1:
                return int(ways[0])
            key, instruction = (SPLIT, *ways), (SPLIT, ways)
        address = self.known.get(key)
        if address is None:
            address = self.known[key] = len(self.code)
            self.code.append(instruction)
        return address

    def ways(self, ways: list[int]) -> list[int]:
        """Ways to go on, each once; terminals that leave no leaf (law 4) and lead on alike are one."""
        alike: dict[int, dict[tuple[str, str], None]] = {}
        places: dict[int, int | None] = {}
        for way in dict.fromkeys(ways):
            instruction = self.code[way]
            if instruction[0] == SYMBOL and instruction[1][0][1][0] == "_":
                places.setdefault(-1 - instruction[2])
                alike.setdefault(instruction[2], {}).update(dict.fromkeys(instruction[1]))
            else:
                places[way] = way
        return [
            self.emit((SYMBOL, tuple(alike[-1 - place]), -1 - place)) if way is None else way
            for place, way in places.items()
        ]

    def symbol(self, key: str, name: str, after: int) -> int:
        """An instruction that reads a terminal; `name` is what leaves of trees call it."""
        self.alphabet.bit(key)
        return self.emit((SYMBOL, ((key, name),), after))

    def rule(self, name: str, bound: dict[str, Any], after: int) -> int:
        """A rule written in place, once for each way to go on; raises RecursionError where it stands in itself."""
        key = ("rule", name, id(self.grammar.rules[name][1]), written(bound), after)
        if key not in self.known:
            self.known[key] = self.rule_anew(name, bound, after)
        return self.known[key]

    def rule_anew(self, name: str, bound: dict[str, Any], after: int) -> int:
        """A rule written in place: each alternative between its tags, `_rules` without tags (law 4)."""
        if name in self.open_rules:
            raise RecursionError(name)
        self.open_rules.append(name)
        _, tree = self.grammar.rules[name]
        alternatives = tree.children if tree.data == "expansions" else [tree]
        if not name.startswith("_"):
            after = self.emit((TAG, CLOSING, after))
        ways = []
        for alternative in alternatives:
            alias = None
            if alternative.data == "alias":
                alternative, alias = alternative.children
            way = self.tree(alternative, bound, after)
            if not name.startswith("_"):
                way = self.emit((TAG, (name, str(alias.name) if alias else None), way))
            ways.append(way)
        self.open_rules.pop()
        return ways[0] if len(ways) == 1 else self.emit((SPLIT, ways))

    def tree(self, tree: Any, bound: dict[str, Any], after: int) -> int:
        """Any part of an EBNF tree, compiled to go on at `after`."""
        if tree.data == "expansions":
            ways = [self.tree(child, bound, after) for child in tree.children]
            return ways[0] if len(ways) == 1 else self.emit((SPLIT, ways))
        if tree.data == "expansion":
            for child in reversed(tree.children):
                after = self.tree(child, bound, after)
            return after
        if tree.data == "maybe":
            return self.emit((SPLIT, [self.tree(tree.children[0], bound, after), after]))
        if tree.data == "expr":
            return self.repeated(tree, bound, after)
        if tree.data == "value":
            return self.value(tree.children[0], bound, after)
        if tree.data == "alias":
            raise RulesError([Finding(self.grammar.file, 1, "an alias inside a group", "-> at a rule's alternative")])
        return self.value(tree, bound, after)

    def repeated(self, tree: Any, bound: dict[str, Any], after: int) -> int:
        """x?, x*, x+, x~n and x~n..m."""
        body, operator, *counts = tree.children
        if operator == "?":
            return self.emit((SPLIT, [self.tree(body, bound, after), after]))
        if operator in ("*", "+"):
            return self.loop(body, bound, after, operator)
        least, most = int(counts[0]), int(counts[-1])
        for _ in range(most - least):
            after = self.emit((SPLIT, [self.tree(body, bound, after), after]))
        for _ in range(least):
            after = self.tree(body, bound, after)
        return after

    def loop(self, body: Any, bound: dict[str, Any], after: int, operator: str) -> int:
        """x* and x+; the loop of the same words that goes on alike is written once."""
        key = ("loop", id(body), written(bound), after)
        if key not in self.known:
            loop = len(self.code)
            self.code.append((SPLIT, []))
            way = self.tree(body, bound, loop)
            self.code[loop] = (SPLIT, [way, after])
            self.known[key], self.known[*key, "+"] = loop, way
        return self.known[key if operator == "*" else (*key, "+")]

    def value(self, leaf: Any, bound: dict[str, Any], after: int) -> int:
        """A rule, terminal, quoted word, expression or template use."""
        if isinstance(leaf, Tree):
            if leaf.data == "literal":
                return self.literal(leaf.children[0], after)  # type: ignore[arg-type]
            if leaf.data == "template_usage":
                return self.template(leaf, bound, after)
            return self.tree(leaf, bound, after)
        name = str(leaf.name)
        if name in bound:
            inner, outer = bound[name]
            return self.tree(inner, outer, after)
        if name in self.grammar.rules:
            return self.rule(name, bound, after)
        key = f"{self.grammar.file}:{name}" if name in self.grammar.terminals else name
        return self.symbol(key, name, after)

    def template(self, usage: Any, bound: dict[str, Any], after: int) -> int:
        """A template with its arguments, each read where it was written."""
        name, *arguments = usage.children
        parameters, _ = self.grammar.rules[str(name.name)]
        inner = {p: (a, bound) for p, a in zip(parameters, arguments, strict=True)}
        return self.rule(str(name.name), inner, after)

    def literal(self, token: Token, after: int) -> int:
        """A quoted wording, word by word or as the forms that the lexicon takes as one; or one word's shape."""
        if token.type == "REGEXP":
            name = f"_{token}"
            self.alphabet.add_shape(name, pattern_of(token, self.grammar.file), [], [])
            return self.symbol(name, name, after)
        words = words_of(str(token))
        reach = [after] * (len(words) + 1)
        for begin in range(len(words) - 1, -1, -1):
            ways = []
            for end in range(len(words), begin, -1):
                run = " ".join(words[begin:end])
                if end == begin + 1 or run in self.forms:
                    name = literal_terminal(run)
                    ways.append(self.symbol(name, name, reach[end]))
            reach[begin] = ways[0] if len(ways) == 1 else self.emit((SPLIT, ways))
        return reach[0]
