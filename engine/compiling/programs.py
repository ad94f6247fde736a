"""Programs as pieces: each grammar compiled alone, those that are read together joined; all that is new by all cores at
once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from engine.compiling.expressions import broken, fault_of
from engine.compiling.grammar import Grammar, Grammars
from engine.compiling.joining import Joining
from engine.compiling.outline import Outline, layers_of, together
from engine.compiling.parts import Pile, cores, in_parts
from engine.compiling.pieces import PIECES, key_of
from engine.compiling.program import Program
from engine.compiling.reduction import reduce
from engine.compiling.table import Table, indexed, tabled
from engine.errors import Finding, RulesError


@dataclass(frozen=True, slots=True)
class Making:
    """What a grammar's own piece is made from: its layer, its name, and the runs of words that it quotes and that the
    lexicon takes as one; and the piece's key.

    One that is not `reduced` is made sooner, and reads the same by more rows.
    """

    layer: int
    name: str
    forms: tuple[str, ...]
    key: str
    reduced: bool = True

    @property
    def is_known(self) -> bool:
        """Whether the piece need not be made."""
        return PIECES.has("program", self.key)

    @property
    def soonest(self) -> Making:
        """What is there soonest."""
        return self if self.is_known else replace(self, key=key_of("quick", [self.key]), reduced=False)

    def piece(self, make: Callable[[], list[Any]], keeping: bool) -> list[Any]:
        """The piece; raises RulesError."""
        made: list[Any] = PIECES.piece("program", self.key, make, keeping=keeping and self.reduced)
        return made


def makings(grammars: Grammars, outlines: Mapping[str, Outline], lexicon: Mapping[str, Any]) -> Iterator[list[Making]]:
    """How all grammars are made, those together that share a table."""
    for layer, names in together(layers_of(outlines, lexicon["counts"].keys())):
        forms = [tuple(sorted(lexicon["listed"].keys() & outlines[name].runs)) for name in names]
        yield [Making(layer, n, f, program_key(layer, grammars, n, f)) for n, f in zip(names, forms, strict=True)]


def program_key(layer: int, grammars: Grammars, name: str, forms: Sequence[str]) -> str:
    """The key of a grammar's own piece."""
    texts = (text for told in grammars.structures(name).items() for text in told)
    return key_of("table", (str(layer), *forms, "", *texts))


def key_together(own: Sequence[Making]) -> str:
    """The key of the piece of grammars that share a table."""
    return own[0].key if len(own) == 1 else key_of("table", [one.key for one in own])


def soonest(own: Sequence[Making]) -> list[Making]:
    """What is there soonest of grammars that share a table: the whole where that is known."""
    return [*own] if PIECES.has("table", key_together(own)) else [one.soonest for one in own]


def tables_of(grammars: Grammars, groups: Sequence[list[Making]], keeping: bool) -> list[tuple[str, list[Any]]]:
    """The key and piece of each group; raises RulesError with all findings."""
    keys = [*map(key_together, groups)]
    apart = (own for key, own in zip(keys, groups, strict=True) if not PIECES.has("table", key))
    make = maker(grammars, chain.from_iterable(apart))
    pieces: list[tuple[str, list[Any]]] = []
    findings: list[Finding] = []
    for key, own in zip(keys, groups, strict=True):
        try:
            if len(own) == 1:
                piece = own[0].piece(partial(make, own[0]), keeping)
            else:
                kept = keeping and all(one.reduced for one in own)
                piece = PIECES.piece("table", key, partial(joined, own, make, keeping), keeping=kept)
            pieces.append((key, piece))
        except RulesError as error:
            findings += error.findings
    if findings:
        raise RulesError(findings)
    return pieces


def maker(grammars: Grammars, wanted: Iterable[Making]) -> Callable[[Making], list[Any]]:
    """What makes a grammar's own piece, or raises RulesError; those wanted are made at once, by all cores."""
    missing = [one for one in wanted if not one.is_known]
    found: dict[str, list[Any] | RulesError] = {}
    count = min(cores(), len(missing))
    if count > 1:
        # What takes longest first, so that nobody waits for it at the end; long files mostly do.
        pile = Pile(sorted(missing, key=lambda one: -len(grammars.sources.text(grammars.paths[one.name]))))
        for made in in_parts(lambda _: {one.key: tried(grammars, one) for one in pile}, count):
            found |= made

    def make(one: Making) -> list[Any]:
        made = found.get(one.key)
        if isinstance(made, RulesError):
            raise made
        return compiled_alone(grammars, one) if made is None else made

    return make


def tried(grammars: Grammars, one: Making) -> list[Any] | RulesError:
    """A grammar's own piece, or what is wrong with the grammar."""
    try:
        return compiled_alone(grammars, one)
    except RulesError as error:
        return error


def joined(own: Sequence[Making], make: Callable[[Making], list[Any]], keeping: bool) -> list[Any]:
    """The piece of several grammars of one layer, joined from their own; raises RulesError with all findings."""
    pieces: list[Any] = []
    findings: list[Finding] = []
    for one in own:
        try:
            pieces.append(one.piece(partial(make, one), keeping))
        except RulesError as error:
            findings += error.findings
    if findings:
        raise RulesError(findings)
    programs, tables, names, listed = zip(*pieces, strict=True)
    table = Joining([*map(Table.unpacked, tables)]).table()
    return [[*chain(*programs)], table.packed(), [*dict.fromkeys(chain(*names))], [*chain(*listed)]]


def compiled_alone(grammars: Grammars, one: Making) -> list[Any]:
    """The piece of one grammar; raises RulesError."""
    from engine.compiling.compiler import compiler_of
    from engine.compiling.earley import EarleyReader

    grammar, forms = grammars[one.name], frozenset(one.forms)
    compiler = compiler_of(grammar, forms)
    code, alphabet = compiler.code, compiler.alphabet
    try:
        begun = compiler.starts()
    except RecursionError:
        # Its terminals get their bits; the reader itself is made anew where the rules are put together.
        EarleyReader(grammar, alphabet, forms, one.layer)
        begun, code = [], []
    own = set(map(grammar.key_of, grammar.terminals))
    listed = [shape for name, shape in alphabet.listed.items() if name not in own]
    if broken := list(broken_expressions(grammar, listed)):
        raise RulesError(broken)
    program = Program(one.name, grammar.file, grammar.roots, one.layer, not begun)
    table = tabled(code, list(zip(grammar.roots, begun, strict=False)), net=False)
    if one.reduced:
        reduce(table)
    else:
        table.net = indexed(table, len(table.sets))
    return [[list(astuple(program))], table.packed(), [*alphabet.names], listed]


def broken_expressions(grammar: Grammar, listed: list[Any]) -> Iterator[Finding]:
    """What a grammar writes between slashes in its rules and is no regular expression."""
    for name, pattern, *_ in listed:
        if fault := fault_of(pattern):
            lines = enumerate(grammar.source.splitlines(), 1)
            file, line = next(((grammar.file, at) for at, text in lines if name[1:] in text), ("rules", 1))
            yield broken(file, line, name[1:], fault)
