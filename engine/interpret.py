"""From parse tree to draft fact, by the four laws; knows no fact, field or word by name.

1. A rule named like a fact builds that fact. 2. A rule inside it named like a field fills that field; a list field
collects each one; a lexicon column named like a field fills it where no rule did. 3. `-> name` says which one: on a
fact the phrasing, on a field the value, or a mark that `resolve` reads, as does the field's rule in its own name
(`status_planned`); fields within the wording of a value are the fact's. 4. `_rules`, quoted words and `_TERMINALS`
leave no trace.

A phrase of another file is a value (its record stands in the field) or, where the contract does not list it as one,
mere wording: then the fields it filled go to the fact it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.automaton import Node
from engine.compiling.alphabet import Alphabet
from engine.contract import VALUES
from engine.layers import Item

GOVERNING = "_CONTROL"
"""How terminals end that read a verb group as its governing verb."""
ANY_VERB = "VERB_"
"""How terminals begin that read a verb group as any verb's: after the fact's own verb it is of another clause."""
KNOWN = "known"
"""The mark of a reference to what readers know of: the clause that mentions it tells neither its time nor its place."""
WORD_MARKS = frozenset({"head", "control"})
"""Nodes that only say which word is a phrase's head; within a field they are wording."""


@dataclass(slots=True, init=False)
class Draft:
    """A record being built: `rule` and `alias` of its tree, values by field, and the tokens it was read from.

    A value is a Draft (of a phrase, or a mark: `rule` is the field's name and `alias` the mark) or a text. `defaults`
    come from lexicon columns and yield to what a rule filled.
    """

    rule: str
    alias: str | None
    begin: int
    end: int
    fields: dict[str, list[Any]]
    defaults: dict[str, str]

    def __init__(  # written out, as most are made: in a compiled engine a dataclass's own stays plain Python
        self,
        rule: str,
        alias: str | None,
        begin: int,
        end: int,
        fields: dict[str, list[Any]] | None = None,
        defaults: dict[str, str] | None = None,
    ) -> None:
        self.rule = rule
        self.alias = alias
        self.begin = begin
        self.end = end
        self.fields = {} if fields is None else fields
        self.defaults = {} if defaults is None else defaults

    def text(self, name: str) -> str | None:
        """The first text of a field, from a rule or else from the lexicon."""
        for value in self.fields.get(name, ()):
            if isinstance(value, str):
                return value
        return self.defaults.get(name)

    def drafts(self, name: str) -> list[Draft]:
        """The records and marks of a field."""
        values = self.fields.get(name)
        return [value for value in values if not isinstance(value, str)] if values else []


class Interpreter:
    """Builds drafts; `contract` maps each fact and value phrase to its fields, `pieces` are the article's tokens."""

    def __init__(self, alphabet: Alphabet, contract: Mapping[str, frozenset[str]], pieces: list[str]) -> None:
        self.alphabet = alphabet
        self.contract = contract
        self.pieces = pieces

    def words(self, begin: int, end: int) -> str:
        """The text of a run of tokens."""
        return "".join(self.pieces[begin:end]).strip()

    def draft(self, tree: Node, items: list[Item]) -> Draft:
        """The record that a tree builds; leaves of the tree are indexes into `items`."""
        rule, alias, children = tree
        draft = Draft(rule, alias, items[0].begin, items[-1].end)
        self.fill(draft, children, items)
        return draft

    def whole_draft(self, tree: Node, items: list[Item]) -> Draft:
        """The same of a sentence's items, where a day may stand before the verb that it was told after."""
        draft = self.draft(tree, items)
        draft.begin, draft.end = min(one.begin for one in items), max(one.end for one in items)
        return draft

    def fill(self, draft: Draft, children: list[Any], items: list[Item]) -> None:
        """Fill the fields of a record from the children of its node."""
        for child in children:
            if len(child) == 2:
                self.absorb(draft, child[0], items[child[1]])
            else:
                values = self.values(draft, child, items)
                draft.fields.setdefault(child[0], []).extend(values)

    def absorb(self, draft: Draft, terminal: str, item: Item) -> None:
        """Take the fields that mere wording holds: of a phrase that is no value, or of a word's lexicon row.

        Of a verb group read as the verb that governs it (PROMISE_CONTROL), or as any verb after the fact's own, only
        the words count: its fields tell of the governed verb, or of another clause.
        """
        inner = self.phrase(terminal, item)
        if inner is None:
            self.take_row(draft, terminal, item)
        elif inner.rule not in self.contract and "member" not in inner.fields:
            other = terminal.startswith(ANY_VERB) and "head" in draft.fields
            if not (other or terminal.endswith(GOVERNING)):
                for name, values in inner.fields.items():
                    draft.fields.setdefault(name, []).extend(values)
            for name, value in inner.defaults.items():
                draft.defaults.setdefault(name, value)

    def take_row(self, draft: Draft, terminal: str, item: Item) -> None:
        """A word's lexicon columns become defaults."""
        for form in item.forms:
            if terminal in form.terminals:
                for name, value in form.row.values.items():
                    draft.defaults.setdefault(name, value)
                return

    def phrase(self, terminal: str, item: Item) -> Draft | None:
        """The record of the phrase that an item is by a terminal; built once."""
        bit = self.alphabet.bits.get(terminal, 0)
        if not self.alphabet.masks[item.signature] & bit or not item.reads:
            return None
        if item.drafts is None:
            item.drafts = {}
        elif bit in item.drafts:
            return item.drafts[bit]  # type: ignore[no-any-return]
        found = item.read_as(bit)
        draft = item.drafts[bit] = None if found is None else self.draft(*found)
        return draft

    def values(self, draft: Draft, node: Node, items: list[Item]) -> list[Any]:
        """The values of a field's node: its mark, phrases, nested records, lexicon value, or text."""
        name, alias, children = node
        leaves = list(leaves_of(children))
        begin = items[leaves[0][1]].begin if leaves else draft.begin
        end = items[leaves[-1][1]].end if leaves else draft.begin
        inner = [value for child in children for value in self.inside(draft, name, child, items)]
        records = [value for value in inner if isinstance(value, Draft)]
        if alias:
            for terminal, index in leaves:
                self.absorb(draft, terminal, items[index])
            if draft.rule not in VALUES:
                self.fill(draft, [child for child in children if len(child) == 3 and child[0] not in WORD_MARKS], items)
            mark = Draft(name, alias, begin, end)
            mark.fields["of"] = records
            return [mark]
        if records and len(records) == len(leaves):
            return [one for record in records for one in record.fields.get("member", [record])]
        marked = any(len(child) == 3 and child[0] in WORD_MARKS for child in children)
        told = [value for value in inner if not isinstance(value, Draft)] if marked or not records else []
        if told and (len(leaves) == 1 or marked):
            return told
        return [self.words(begin, end)] if leaves else []

    def inside(self, draft: Draft, name: str, child: Any, items: list[Item]) -> list[Any]:
        """What one child gives to the field around it."""
        if len(child) == 3 and child[0] in WORD_MARKS:
            return [value for inner in child[2] for value in self.inside(draft, name, inner, items)]
        if len(child) == 3:
            own = [items[index] for _, index in leaves_of(child[2])]
            span = (own[0].begin, own[-1].end) if own else (draft.begin, draft.end)
            nested = Draft(child[0], child[1], *span)
            self.fill(nested, child[2], items)
            return [nested]
        terminal, index = child
        item = items[index]
        inner = self.phrase(terminal, item)
        if inner is not None and (inner.rule in self.contract or "member" in inner.fields):
            return [inner]
        if inner is not None:
            return []
        self.take_row(draft, terminal, item)
        for form in item.forms:
            if terminal in form.terminals and name in form.row.values:
                return [form.row.values[name]]
        return []


def leaves_of(children: list[Any]) -> Any:
    """The leaves below a node, in order."""
    for child in children:
        if len(child) == 2:
            yield child
        else:
            yield from leaves_of(child[2])
