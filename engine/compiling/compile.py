"""Compiling rules/: every file is read and checked, and becomes plain data from which a cascade is put together.

Each table of words, each outline, each table of grammars that are read together and each cut is a piece of its own, so
that an edit compiles only what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from itertools import chain
from typing import Any

from engine.compiling.alphabet import Alphabet
from engine.compiling.cuts import Commonness, cheapest_cut
from engine.compiling.grammar import Grammars, grammars_of
from engine.compiling.outline import Outline, provided, provider, read_outlines
from engine.compiling.pieces import PIECES, key_of
from engine.compiling.programs import Making, compiled_alone, makings, soonest, tables_of
from engine.compiling.table import END, Table
from engine.contract import contract, field_names, slot_and_value
from engine.errors import Finding, RulesError
from engine.landmarks import take_bits
from engine.lexicon import headers_of, load_lexicon
from engine.sources import Sources


@dataclass(slots=True)
class Survey:
    """What is known of rules before their grammars are compiled; `alphabet` has the shapes that they declare."""

    alphabet: Alphabet
    lexicon: tuple[str, dict[str, Any]]
    grammars: Grammars
    outlines: Mapping[str, Outline]

    @classmethod
    def of(cls, sources: Sources, keeping: bool) -> Survey:
        """Read the files; raises RulesError with every finding."""
        alphabet = Alphabet()
        # Asked for most, so they get the lowest bits, which are the cheapest to test.
        take_bits(alphabet)
        lexicon = load_lexicon(sources, keeping=keeping)
        alphabet.add_shapes(sources.text("shapes.csv"), headers_of(sources).get("shapes.csv"))
        shapes = frozenset(alphabet.listed)
        grammars = grammars_of(sources, shapes)
        outlines, findings = read_outlines(grammars, keeping=keeping)
        findings += unknown_names(outlines, lexicon[1]["counts"].keys(), shapes, sources)
        if findings:
            raise RulesError(sorted(dict.fromkeys(findings), key=lambda f: (f.file, f.line)))
        return cls(alphabet, lexicon, grammars, outlines)

    def makings(self) -> list[list[Making]]:
        """How the grammars are made, those together that share a table."""
        return [*makings(self.grammars, self.outlines, self.lexicon[1])]


def compiled(sources: Sources, *, keeping: bool = False, soon: bool = False) -> dict[str, Any]:
    """All that rules/ says: `shapes`, `names` and `classes` as plain lists, `lexicon` as a piece with its key, and each
    of `groups` as its piece with its key and its cut.

    `keeping` tells to keep pieces that are new on disk, `soon` to take what is there soonest, which reads the same but
    slower; `refined` makes what lacks then. Raises RulesError with every finding.
    """
    survey = Survey.of(sources, keeping)
    making = survey.makings()
    if soon:
        making = [*map(soonest, making)]
    tables = tables_of(survey.grammars, making, keeping)
    alphabet, outlines, lexicon = survey.alphabet, survey.outlines, survey.lexicon
    common = Commonness(lexicon[1]["counts"], provided(outlines))
    cuts = [
        [] if own[0].layer else cut_of(*told, common, keeping) if own[0].reduced else openings(told[1])
        for own, told in zip(making, tables, strict=True)
    ]
    for shape in chain.from_iterable(outline.shapes for outline in outlines.values()):
        alphabet.take_shape(*shape)
    for _, (_, _, names, listed) in tables:
        for shape in listed:
            alphabet.take_shape(*shape)
        for name in names:
            alphabet.bit(name)
    begun = {name[:at] for name in alphabet.bits for at, letter in enumerate(name) if letter == "_"}
    return {
        "shapes": [*alphabet.listed.values()],
        "names": alphabet.names,
        "classes": sorted(lexicon[1]["counts"].keys() & begun),
        "groups": [[*told, needed] for told, needed in zip(tables, cuts, strict=True)],
        "lexicon": lexicon,
    }


def refined(sources: Sources) -> Iterator[None]:
    """Make and keep one by one what `compiled` did not wait for; raises RulesError."""
    survey = Survey.of(sources, keeping=True)
    for one in chain.from_iterable(survey.makings()):
        if not one.is_known:
            one.piece(partial(compiled_alone, survey.grammars, one), keeping=True)
            yield


def prepare(sources: Sources) -> None:
    """Make and remember what an edit of these files leaves as it is, so that the first is as quick as all others: their
    pieces, and what Lark reads of each grammar. Raises RulesError with every finding."""
    compiled(sources)
    survey = Survey.of(sources, keeping=False)
    for one in chain.from_iterable(survey.makings()):
        compiled_alone(survey.grammars, replace(one, reduced=False))


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
                near = nearest(terminal, words | shapes | offers.keys())
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


def nearest(terminal: str, names: Set[str]) -> list[str]:
    """Names that an author may have meant, also those of a verb group by its verb's class ("GIVE_ACTIVE")."""
    forms = {form for name in names if (form := name.removeprefix("VERB")) != name and form[:1] == "_"}
    ending = next((form for form in sorted(forms) if terminal.endswith(form)), "")
    return get_close_matches(terminal, sorted(names | {f"{name}{ending}" for name in names if ending}), 6)


def values_twice(outline: Outline, rule: str) -> Iterator[Finding]:
    """The values that a rule's alternatives tell although its name tells one."""
    slot, value = slot_and_value(rule)
    for key, line in outline.lines.items():
        if key.startswith(f"{rule}."):
            what = f"{rule} is {slot} as {value}, and {key.removeprefix(rule + '.')} besides"
            yield Finding(outline.file, line, what, "one value a rule", f"delete the ->, or call the rule {slot}")


def cut_of(key: str, piece: list[Any], common: Commonness, keeping: bool) -> list[str]:
    """The cut of the piece that has this key, a piece too: the terminals of which each reading has one."""
    table = piece[1]
    order = common.order(key for key, _ in table[0][END + 1 :])
    own = key_of("cut", (key, *order))
    cut: list[str] = PIECES.piece("cut", own, lambda: cheapest_cut(Table.unpacked(table), order), keeping=keeping)
    return cut


def openings(piece: list[Any]) -> list[str]:
    """The terminals with which readings of a piece begin: a cut too, which is found at once and spares less."""
    table = Table.unpacked(piece[1])
    labels = {label for row in table.net.starts for label in table.net.labels_of(row)} - {END}
    return sorted({table.terminals[terminal][0] for label in labels for terminal in table.sets[label]})
