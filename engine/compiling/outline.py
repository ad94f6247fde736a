"""Outlines: what the other grammars, and the checks of all together, need to know of a grammar without reading it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from engine.compiling.alphabet import Alphabet
from engine.compiling.grammar import Grammar, Grammars, words_of
from engine.compiling.pieces import PIECES, key_of
from engine.errors import Finding, RulesError


@dataclass(slots=True)
class Outline:
    """A grammar without its trees; `runs` are the runs of several words that it quotes, of which the lexicon may take
    some as one, and `shapes` the terminals that it defines, as an alphabet lists them."""

    name: str
    file: str
    roots: list[str]
    rules: list[str]
    lines: dict[str, int]
    used: list[str]
    runs: list[str]
    shapes: list[Any]

    @property
    def is_phrase(self) -> bool:
        """Whether it reads phrases, not events."""
        return "/phrases/" in self.file

    @property
    def aliases(self) -> set[str]:
        """The names of its alternatives."""
        return {key.partition(".")[2] for key in self.lines if "." in key}


def outlined(grammars: Grammars, name: str) -> tuple[Any, ...]:
    """The outline of a grammar as a piece: the fields of Outline."""
    grammar, alphabet = grammars[name], Alphabet()
    rules, used, runs = [*grammar.rules], sorted(grammar.used), sorted(set(runs_of(grammar)))
    for terminal, pattern in grammar.terminals.items():
        alphabet.add_shape(grammar.key_of(terminal), pattern, [], [])
    shapes = [*alphabet.listed.values()]
    return grammar.name, grammar.file, grammar.roots, rules, grammar.lines, used, runs, shapes


def forms_of(grammar: Grammar, listed: Mapping[str, Any]) -> frozenset[str]:
    """The runs of words that a grammar quotes and that the lexicon, whose texts are `listed`, takes as one."""
    return frozenset(set(runs_of(grammar)) & listed.keys())


def runs_of(grammar: Grammar) -> Iterator[str]:
    """The runs of several words that a grammar quotes."""
    for _, tree in grammar.rules.values():
        for token in tree.scan_values(lambda leaf: getattr(leaf, "type", "") == "STRING"):
            words = words_of(str(token))
            for begin in range(len(words)):
                yield from (" ".join(words[begin:end]) for end in range(begin + 2, len(words) + 1))


def read_outlines(grammars: Grammars, *, keeping: bool) -> tuple[dict[str, Outline], list[Finding]]:
    """The outline of every grammar by name, but for those that cannot be read, and what is wrong with these."""
    declared = " ".join(sorted(grammars.declared))
    outlines: dict[str, Outline] = {}
    findings: list[Finding] = []
    for name in grammars:
        try:
            key = key_of("outline", (declared, *chain(*grammars.texts(name).items())))
            made = PIECES.piece("outline", key, partial(outlined, grammars, name), keeping=keeping)
        except RulesError as error:
            findings += error.findings
        else:
            outlines[name] = Outline(*made)
    return outlines, findings


def provided(outlines: Mapping[str, Outline]) -> dict[str, str]:
    """The terminals that phrases provide, each with the grammar it comes from; "*_ALIAS" for those with a head."""
    found = {}
    for name, outline in outlines.items():
        if not outline.is_phrase:
            continue
        for root in outline.roots:
            found[root.upper()] = name
            for alias in outline.aliases:
                found[f"{root}_{alias}".upper()] = name
                if "head" in outline.rules:
                    found[f"*_{alias}".upper()] = name
            if "control" in outline.rules:
                found["*_CONTROL"] = name
            if "head" in outline.rules:
                found[f"*_{root}".upper()] = name
    return found


def provider(terminal: str, offers: Mapping[str, str], words: Container[str]) -> str | None:
    """The phrase grammar that a terminal comes from, if it is no word's."""
    if terminal in offers:
        return offers[terminal]
    for offer, grammar in offers.items():
        if offer[0] == "*" and terminal.endswith(offer[1:]) and terminal[: -len(offer) + 1] in words:
            return grammar
    return None


def layers_of(outlines: Mapping[str, Outline], words: Container[str]) -> dict[str, int]:
    """In which pass each phrase grammar is read, 0 for events; raises RulesError where two need each other."""
    offers = provided(outlines)
    depth: dict[str, int] = {}

    def layer(name: str, above: tuple[str, ...] = ()) -> int:
        """The pass of one grammar, after those of the phrases that it names."""
        if name in above:
            what = f"phrases that need each other: {' -> '.join((*above, name))}"
            raise RulesError(
                [Finding(outlines[name].file, 1, what, "phrases in layers", "let one go without the other")]
            )
        if name not in depth:
            below = {provider(t, offers, words) for t in outlines[name].used if t not in words or t in offers}
            depth[name] = 1 + max((layer(b, (*above, name)) for b in below if b and b != name), default=0)
        return depth[name]

    return {name: layer(name) if outline.is_phrase else 0 for name, outline in outlines.items()}


def together(layers: Mapping[str, int]) -> Iterable[tuple[int, list[str]]]:
    """The grammars that share a table: those of one layer, and each event grammar alone."""
    groups: dict[int | str, tuple[int, list[str]]] = {}
    for name, layer in layers.items():
        groups.setdefault(layer or name, (layer, []))[1].append(name)
    return groups.values()
