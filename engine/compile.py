"""Compiling rules/: every file is read and checked, and becomes plain data from which a cascade is put together.

Each table of words, each outline, each table of grammars that are read together and each cut is a piece of its own, so
that an edit compiles only what it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import astuple
from functools import partial
from itertools import chain
from typing import Any

from engine.alphabet import Alphabet
from engine.contract import contract, field_names, slot_and_value
from engine.cuts import Commonness, cheapest_cut
from engine.errors import Finding, RulesError
from engine.expressions import broken, fault_of
from engine.grammar import Grammar, Grammars
from engine.joining import Joining
from engine.landmarks import named_bits
from engine.lexicon import headers_of, load_lexicon
from engine.outline import Outline, layers_of, provided, provider, read_outlines, together
from engine.pieces import PIECES, key_of
from engine.program import Instruction, Program
from engine.reduction import reduce
from engine.sources import Sources
from engine.table import END, Table, tabled


def compiled(sources: Sources, *, keeping: bool = False) -> dict[str, Any]:
    """All that rules/ says: `shapes`, `names` and `classes` as plain lists, `lexicon` as a piece with its key, and each
    of `groups` as its piece with its key and its cut.

    `keeping` tells to keep pieces that are new on disk. Raises RulesError with every finding.
    """
    alphabet = Alphabet()
    # Asked for most, so they get the lowest bits, which are the cheapest to test.
    named_bits(alphabet)
    lexicon = load_lexicon(sources, keeping=keeping)
    alphabet.add_shapes(sources.text("shapes.csv"), headers_of(sources).get("shapes.csv"))
    shapes = frozenset(alphabet.listed)
    grammars = Grammars(sources, shapes)
    words = lexicon[1]["counts"].keys()
    outlines, findings = read_outlines(grammars, keeping=keeping)
    findings += unknown_names(outlines, words, shapes, sources)
    if findings:
        raise RulesError(sorted(dict.fromkeys(findings), key=lambda f: (f.file, f.line)))
    groups = groups_of(grammars, outlines, lexicon[1], keeping)
    for shape in chain.from_iterable(outline.shapes for outline in outlines.values()):
        alphabet.take_shape(*shape)
    for _, (_, _, names, listed), _ in groups:
        for shape in listed:
            alphabet.take_shape(*shape)
        for name in names:
            alphabet.bit(name)
    begun = {name[:at] for name in alphabet.bits for at, letter in enumerate(name) if letter == "_"}
    return {
        "shapes": [*alphabet.listed.values()],
        "names": alphabet.names,
        "classes": sorted(words & begun),
        "groups": groups,
        "lexicon": lexicon,
    }


def prepare(sources: Sources) -> None:
    """Make and remember what an edit of these files leaves as it is, so that the first is as quick as all others: their
    pieces, and what Lark reads of each grammar. Raises RulesError with every finding."""
    compiled(sources)
    grammars = Grammars(sources, ())
    for name in grammars:
        grammars[name]


Group = tuple[str, list[Any], list[str]]
"""The key and piece of grammars that share a table, and the terminals of which each of their readings has one.

The piece holds the programs, the table, the names of the terminals, and the shapes that are written between slashes.
"""


def unknown_names(
    outlines: Mapping[str, Outline], words: Set[str], shapes: frozenset[str], sources: Sources
) -> Iterator[Finding]:
    """Terminals that nothing provides, and rules that are no fact, no field, no phrase and no `_wording`."""
    offers = provided(outlines)
    facts = contract().keys()
    others = field_names() | facts | {root for outline in outlines.values() for root in outline.roots}
    for outline in outlines.values():
        for terminal in outline.used:
            if not (terminal in words or terminal in shapes or provider(terminal, offers, words)):
                text = sources.text(outline.file.removeprefix("rules/"))
                line = next((n for n, t in enumerate(text.splitlines(), 1) if terminal in t), 1)
                near = sorted(t for t in (words | shapes | set(offers)) if t[:3] == terminal[:3])[:6]
                allowed = "a column or class of the lexicon, a shape, or a phrase"
                allowed += f" ({', '.join(near)})" if near else ""
                yield Finding(outline.file, line, f"unknown name {terminal}", allowed, "mend the name")
        for rule in outline.rules:
            root = rule in outline.roots
            if rule.startswith("_") or (root and outline.is_phrase) or rule in (facts if root else others):
                continue
            if slot_and_value(rule)[1] and not root:
                yield from values_twice(outline, rule)
                continue
            what = f"unused rule {rule}" if root else f"{rule} is no fact and no field"
            do = f"name a field, or call it _{rule} if it is only wording"
            yield Finding(outline.file, outline.lines.get(rule, 1), what, ", ".join(sorted(field_names())), do)


def values_twice(outline: Outline, rule: str) -> Iterator[Finding]:
    """The values that a rule's alternatives tell although its name tells one."""
    slot, value = slot_and_value(rule)
    for key, line in outline.lines.items():
        if key.startswith(f"{rule}."):
            what = f"{rule} is {slot} as {value}, and {key.removeprefix(rule + '.')} besides"
            yield Finding(outline.file, line, what, "one value a rule", f"delete the ->, or call the rule {slot}")


def groups_of(
    grammars: Grammars, outlines: Mapping[str, Outline], lexicon: Mapping[str, Any], keeping: bool
) -> list[Group]:
    """The pieces of all grammars, those of one layer together; raises RulesError with all findings."""
    common = Commonness(lexicon["counts"], provided(outlines))
    layers = layers_of(outlines, lexicon["counts"].keys())
    groups: list[Group] = []
    findings: list[Finding] = []
    for layer, names in together(layers):
        forms = [sorted(lexicon["listed"].keys() & outlines[name].runs) for name in names]
        keys = [program_key(layer, grammars, name, told) for name, told in zip(names, forms, strict=True)]
        makers = [partial(program_alone, layer, grammars, name, told) for name, told in zip(names, forms, strict=True)]
        key = keys[0] if len(keys) == 1 else key_of("table", keys)
        make = makers[0] if len(keys) == 1 else partial(programs_together, keys, makers, keeping)
        try:
            piece = PIECES.piece("table", key, make, keeping=keeping)
        except RulesError as error:
            findings += error.findings
        else:
            groups.append((key, piece, [] if layer else cut_of(key, piece[1], common, keeping)))
    if findings:
        raise RulesError(findings)
    return groups


def program_key(layer: int, grammars: Grammars, name: str, forms: Sequence[str]) -> str:
    """The key of a grammar's own piece."""
    texts = (text for told in grammars.structures(name).items() for text in told)
    return key_of("table", (str(layer), *forms, "", *texts))


def cut_of(key: str, table: list[Any], common: Commonness, keeping: bool) -> list[str]:
    """The cut of the table that has this key, a piece too."""
    order = common.order(key for key, _ in table[0][END + 1 :])
    own = key_of("cut", (key, *order))
    cut: list[str] = PIECES.piece("cut", own, lambda: cheapest_cut(Table.unpacked(table), order), keeping=keeping)
    return cut


def programs_together(keys: Sequence[str], makers: Sequence[Callable[[], Any]], keeping: bool) -> list[Any]:
    """The piece of several grammars of one layer, joined from their own; raises RulesError with all findings."""
    pieces: list[Any] = []
    findings: list[Finding] = []
    for key, make in zip(keys, makers, strict=True):
        try:
            pieces.append(PIECES.piece("program", key, make, keeping=keeping))
        except RulesError as error:
            findings += error.findings
    if findings:
        raise RulesError(findings)
    programs, tables, names, listed = zip(*pieces, strict=True)
    table = Joining([*map(Table.unpacked, tables)]).table()
    return [[*chain(*programs)], table.packed(), [*dict.fromkeys(chain(*names))], [*chain(*listed)]]


def program_alone(layer: int, grammars: Grammars, name: str, forms: Sequence[str]) -> list[Any]:
    """The piece of one grammar; raises RulesError.

    `forms` are the runs of words that it quotes and that the lexicon takes as one.
    """
    from engine.compiler import Compiler
    from engine.earley import EarleyReader

    alphabet, grammar = Alphabet(), grammars[name]
    code: list[Instruction] = []
    try:
        begun = Compiler(grammar, alphabet, frozenset(forms), code, {}).starts()
    except RecursionError:
        # Its terminals get their bits; the reader itself is made anew where the rules are put together.
        EarleyReader(grammar, alphabet, frozenset(forms), layer)
        begun, code = [], []
    own = set(map(grammar.key_of, grammar.terminals))
    listed = [shape for name, shape in alphabet.listed.items() if name not in own]
    if broken := list(broken_expressions(grammar, listed)):
        raise RulesError(broken)
    program = Program(name, grammar.file, grammar.roots, layer, not begun)
    table = tabled(code, list(zip(grammar.roots, begun, strict=False)), net=False)
    reduce(table)
    return [[list(astuple(program))], table.packed(), alphabet.names, listed]


def broken_expressions(grammar: Grammar, listed: list[Any]) -> Iterator[Finding]:
    """What a grammar writes between slashes in its rules and is no regular expression."""
    for name, pattern, *_ in listed:
        if fault := fault_of(pattern):
            lines = enumerate(grammar.source.splitlines(), 1)
            file, line = next(((grammar.file, at) for at, text in lines if name[1:] in text), ("rules", 1))
            yield broken(file, line, name[1:], fault)
