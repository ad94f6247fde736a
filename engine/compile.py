"""Compiling rules/: every file is read and checked, and becomes plain data from which a cascade is put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from functools import lru_cache
from typing import Any

from engine.alphabet import Alphabet
from engine.clauses import named_bits
from engine.contract import contract, field_names
from engine.cuts import Commonness, cheapest_cut
from engine.earley import EarleyReader
from engine.errors import Finding, RulesError
from engine.grammar import MOST_REMEMBERED, Compiler, Grammar, Grammars
from engine.lexicon import Lexicon, headers_of, load_lexicon
from engine.program import Instruction, Program
from engine.sources import Sources
from engine.table import Table, tabled


def compiled(sources: Sources) -> dict[str, Any]:
    """All that rules/ says as plain lists and dictionaries; raises RulesError with every finding."""
    lexicon = load_lexicon(sources)
    alphabet = Alphabet()
    # Asked for most, so they get the lowest bits, which are the cheapest to test.
    named_bits(alphabet)
    alphabet.add_shapes(sources.text("shapes.csv"), headers_of(sources).get("shapes.csv"))
    shapes = frozenset(listed[0] for listed in alphabet.listed)
    grammars, findings = read_grammars(sources, shapes)
    words = lexicon.terminals
    findings += [
        finding for grammar in grammars.values() for finding in unknown_names(grammar, grammars, words, shapes)
    ]
    if findings:
        raise RulesError(sorted(findings, key=lambda f: (f.file, f.line)))
    groups = groups_of(grammars, alphabet, lexicon, words)
    if broken := list(broken_expressions(grammars, alphabet)):
        raise RulesError(broken)
    common = Commonness(lexicon, provided(grammars))
    begun = {name[:at] for name in alphabet.bits for at, letter in enumerate(name) if letter == "_"}
    return {
        "shapes": alphabet.listed,
        "names": alphabet.names,
        "classes": sorted(words & begun),
        "groups": [
            [list(map(astuple, programs)), table.packed(), cheapest_cut(table, common)] for programs, table in groups
        ],
        "listed": lexicon.listed,
        "readings": lexicon.readings,
        "rows": lexicon.rows,
        "longer": lexicon.longer,
        "main": lexicon.main,
    }


def read_grammars(sources: Sources, shapes: frozenset[str]) -> tuple[dict[str, Grammar], list[Finding]]:
    """Every grammar by name, but for those that cannot be read, and what is wrong with these."""
    written = Grammars(sources, shapes)
    grammars: dict[str, Grammar] = {}
    findings: list[Finding] = []
    for name in written:
        try:
            grammars[name] = written[name]
        except RulesError as error:
            findings += error.findings
    return grammars, findings


def provided(grammars: dict[str, Grammar]) -> dict[str, str]:
    """The terminals that phrases provide, each with the grammar it comes from; "*_ALIAS" for those with a head."""
    found = {}
    for name, grammar in grammars.items():
        if "/phrases/" not in grammar.file:
            continue
        aliases = {key.partition(".")[2] for key in grammar.lines if "." in key}
        for root in grammar.roots:
            found[root.upper()] = name
            for alias in aliases:
                found[f"{root}_{alias}".upper()] = name
                if "head" in grammar.rules:
                    found[f"*_{alias}".upper()] = name
            if "control" in grammar.rules:
                found["*_CONTROL"] = name
            if "head" in grammar.rules:
                found[f"*_{root}".upper()] = name
    return found


def provider(terminal: str, offers: dict[str, str], words: set[str]) -> str | None:
    """The phrase grammar that a terminal comes from, if it is no word's."""
    if terminal in offers:
        return offers[terminal]
    for offer, grammar in offers.items():
        if offer[0] == "*" and terminal.endswith(offer[1:]) and terminal[: -len(offer) + 1] in words:
            return grammar
    return None


def unknown_names(
    grammar: Grammar, grammars: dict[str, Grammar], words: set[str], shapes: frozenset[str]
) -> list[Finding]:
    """Terminals that nothing provides, and rules that are no fact, no field, no phrase and no `_wording`."""
    offers, findings = provided(grammars), []
    for terminal in sorted(grammar.used):
        if terminal in words or terminal in shapes or provider(terminal, offers, words):
            continue
        line = next((n for n, t in enumerate(grammar.source.splitlines(), 1) if terminal in t), 1)
        near = sorted(t for t in (words | shapes | set(offers)) if t[:3] == terminal[:3])[:6]
        allowed = "a column or class of the lexicon, a shape, or a phrase" + (f" ({', '.join(near)})" if near else "")
        findings.append(Finding(grammar.file, line, f"unknown name {terminal}", allowed, "mend the name"))
    allowed_names = field_names() | contract().keys() | {root for g in grammars.values() for root in g.roots}
    is_phrase = "/phrases/" in grammar.file
    for rule in grammar.rules:
        if rule.startswith("_") or (is_phrase and rule in grammar.roots):
            continue
        if rule not in allowed_names or (not is_phrase and rule in grammar.roots and rule not in contract()):
            what = f"{rule} is no fact and no field" if rule not in grammar.roots else f"unused rule {rule}"
            do = f"name a field, or call it _{rule} if it is only wording"
            line = grammar.lines.get(rule, 1)
            findings.append(Finding(grammar.file, line, what, ", ".join(sorted(field_names())), do))
    return findings


def broken_expressions(grammars: dict[str, Grammar], alphabet: Alphabet) -> Iterator[Finding]:
    """What grammars write between slashes and is no regular expression."""
    for name, pattern, *_ in alphabet.listed:
        try:
            re.compile(pattern)
        except re.error as error:
            written = name.rpartition(":")[2] if ":" in name else name[1:]
            lines = ((g.file, line) for g in grammars.values() for line in enumerate(g.source.splitlines(), 1))
            file, line = next(((file, at) for file, (at, text) in lines if written in text), ("rules", 1))
            yield Finding(file, line, f"{written}: {error}", "a regular expression of Python", "mend the expression")


Group = tuple[list[Program], Table]
"""The programs of one layer, or of one event grammar, and their table."""


def groups_of(grammars: dict[str, Grammar], alphabet: Alphabet, lexicon: Lexicon, words: set[str]) -> list[Group]:
    """The programs of all grammars, those of one layer together."""
    offers = provided(grammars)
    depth: dict[str, int] = {}

    def layer(name: str, above: tuple[str, ...] = ()) -> int:
        if name in above:
            what = f"phrases that need each other: {' -> '.join((*above, name))}"
            raise RulesError(
                [Finding(grammars[name].file, 1, what, "phrases in layers", "let one go without the other")]
            )
        if name not in depth:
            below = {provider(t, offers, words) for t in grammars[name].used if t not in words or t in offers}
            depth[name] = 1 + max((layer(b, (*above, name)) for b in below if b and b != name), default=0)
        return depth[name]

    forms = frozenset(form for form in lexicon.listed if " " in form)
    groups: dict[int | str, list[Grammar]] = {}
    for name, grammar in grammars.items():
        groups.setdefault(layer(name) if "/phrases/" in grammar.file else name, []).append(grammar)
    found = []
    for key, group in groups.items():
        programs, table, known = programs_together(key if isinstance(key, int) else 0, tuple(group), forms)
        for shape in known.listed:
            alphabet.add_shape(*shape)
        for terminal in known.names:
            alphabet.bit(terminal)
        found.append((programs, table))
    return found


@lru_cache(maxsize=MOST_REMEMBERED)
def programs_together(
    layer: int, grammars: tuple[Grammar, ...], forms: frozenset[str]
) -> tuple[list[Program], Table, Alphabet]:
    """The programs of the grammars of one layer, or of one event grammar, and the terminals that they name.

    `forms` are those of several words that the lexicon takes as one.

    Remembered: where one grammar changes, those of the other layers stay as they are.
    """
    alphabet = Alphabet()
    code: list[Instruction] = []
    known: dict[Any, int] = {}
    programs: list[Program] = []
    starts: list[tuple[str, int]] = []
    for grammar in grammars:
        try:
            begun = Compiler(grammar, alphabet, forms, code, known).starts()
        except RecursionError:
            # Its terminals get their bits; the reader itself is made anew where the rules are put together.
            EarleyReader(grammar, alphabet, forms, layer)
            begun = []
        starts += zip(grammar.roots, begun, strict=False)
        programs.append(Program(grammar.name, grammar.file, grammar.roots, layer, not begun))
    return programs, tabled(code, starts), alphabet
