"""Grammar files, read by Lark's own loader.

Lark's EBNF trees are taken as they are before Lark multiplies optional parts out. Two of Lark's habits are cured here:
imported rules keep their own names, and errors say what can be done.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lark.exceptions import LarkError, UnexpectedToken
from lark.load_grammar import load_grammar

from engine.errors import Finding, RulesError
from engine.expressions import pattern_of
from engine.grammar import Grammar

NAMED_TERMINAL = re.compile(r"(?<![\w])_?[A-Z][A-Z0-9_]*(?![\w{])")
STRIP = re.compile(r'"(?:\\.|[^"\\\n])*"i?|/(?:\\.|[^/\\\n])+/[imslux]*|//[^\n]*')

ENDS = {"_NL": "the end of the line", "_NL_OR": "the next alternative", "$END": "the end of the file"}
"""What Lark's names of its own tokens mean."""
MOST_REMEMBERED = 64
"""Files whose grammars are remembered from one loading of the rules to the next."""


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
    rows = enumerate(source.splitlines(), 1)
    lines = [number for number, row in rows if re.search(sign, STRIP.sub("", row))] or [1]
    return lines[-1 if twice else 0]
