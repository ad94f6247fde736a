"""The direction of a time expression: past or future, as the verb that governs it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.automaton import Node
from engine.interpret import leaves_of
from engine.layers import Item
from engine.times.view import Direction

REACH = 40
"""Items to each side in which a governing verb is sought."""
BESIDE = 2
"""Items by which a bare present may stand before its time: "talks open on Monday"."""
GROUPS = frozenset({"verb", "participle"})
"""Phrases that say a tense."""
FORMS = frozenset({"VB", "VBZ", "VBD", "VBN", "VBG"})
"""The terminals of a verb's forms."""
PASTS = frozenset({"VBD", "VBN"})
"""Those of the past."""
AHEAD = frozenset({"PLANNED", "PROPOSED", "POSTPONED"})
"""Statuses in the lexicon of governing verbs after which the governed happens later."""
AHEAD_MARKS = frozenset({"planned", "proposed"})
"""Marks of the status of a verb group by which it happens later."""
JOURNEYS = frozenset({"visit", "travel", "arrive", "leave", "meet", "receive", "hold"})
"""Classes of verbs that tell in the progressive what lies ahead: "is visiting Fiji on Friday"."""


def direction_of(items: list[Item], index: int) -> Direction | None:
    """The direction of the time at `index` among the phrases of a sentence: of the nearest verb group to the left in
    the clause, else to the right. A bare present ("opens", or the noun "shares") tells only where it stands just
    before the time and no other verb does.
    """
    weak: Direction | None = None
    for at in sought(items, index):
        told, sure = told_by(items, at)
        if at > index and told == "future" and was_resolved(items[at]):
            told = "past"
        if sure:
            return told
        if 0 < index - at <= BESIDE:
            weak = weak or told
    return weak


def sought(items: list[Item], index: int) -> Iterator[int]:
    """The places where the governing verb may stand, nearest first: left up to where a clause opens, then right."""
    for at in range(index - 1, max(index - REACH, 0) - 1, -1):
        yield at
        if opens_clause(items[at]):
            break
    yield from range(index + 1, min(index + REACH, len(items)))


def opens_clause(item: Item) -> bool:
    """Whether a word opens a clause of its own, so that verbs before it do not govern what follows."""
    return any("SUB" in form.terminals and "PREP" not in form.terminals for form in item.forms)


def told_by(items: list[Item], at: int) -> tuple[Direction | None, bool]:
    """The direction that an item tells, and whether that is sure; (None, False) where it is no verb group."""
    for _, tree, parts in items[at].reads:
        if tree[0] in GROUPS:
            return direction_in(tree, parts, items, at)
    return None, False


def was_resolved(item: Item) -> bool:
    """Whether a verb group tells what was agreed or decided, on the day told before it: "on Monday agreed to help"."""
    return any(tree[0] in GROUPS and bool(resolving(tree, parts)) for _, tree, parts in item.reads)


def resolving(tree: Node, parts: list[Item]) -> set[str]:
    """The terminals of the words of a verb group that tells in the past what is to be done, none of others."""
    if all(terminal != "CONTROL_VBD" for terminal, _ in leaves_of(tree[2])):
        return set()
    terminals = {terminal for part in parts for form in part.forms for terminal in form.terminals}
    return set() if "BE" in terminals else terminals


def direction_in(tree: Node, parts: list[Item], items: list[Item], at: int) -> tuple[Direction | None, bool]:
    """The direction of a verb group: of its status, else of its form."""
    rule, alias, children = tree
    if any(child[0] == "status" and is_ahead(child, parts) for child in children):
        return "future", True
    heads = [(terminal, index) for child in children if child[0] == "head" for terminal, index in child[2]]
    if rule == "participle":
        return ("future" if any(governs_later(parts[index]) for _, index in heads) else "past"), True
    form = alias or ""
    if form.startswith("to"):
        # What somebody did "to" do something: the infinitive has the time of the verb it follows directly.
        before = told_by(items, at - 1) if at else (None, False)
        return before if before[1] else ("future", True)
    if form.startswith(("ing", "base")):
        return None, False
    if any("VBD" in form.terminals for part in parts for form in part.forms):
        return "past", True
    if form == "active" and any(terminal == "VBN" for terminal, _ in heads):
        return "past", True
    return "future", any(leads_on(parts[index]) for terminal, index in heads if terminal == "VBG")


def leads_on(item: Item) -> bool:
    """Whether a word is a verb that tells in the progressive what lies ahead."""
    return any(not JOURNEYS.isdisjoint((form.row.values.get("class") or "").split("|")) for form in item.forms)


def is_ahead(node: Any, parts: list[Item]) -> bool:
    """Whether a status says that something happens later: by its mark, or by the governing verb in the lexicon."""
    return node[1] in AHEAD_MARKS or (
        node[1] is None and any(governs_later(parts[index]) for _, index in leaves_of(node[2]))
    )


def governs_later(item: Item) -> bool:
    """Whether a word governs what happens later ("agreed to", "scheduled for")."""
    return any(form.row.values.get("status") in AHEAD for form in item.forms)


def differs(verb: Item, added: Item) -> bool:
    """Whether a verb that "and" adds is of the past, and the group before it of no form that goes on so."""
    first, past = forms_in(verb), forms_in(added)
    return bool(first) and first[-1].isdisjoint(PASTS) and len(past) == 1 and "VBD" in past[0] and "VB" not in past[0]


def is_bare_after(verb: Item, added: Item) -> bool:
    """Whether a verb that "and" adds stands in the base form, and no verb of the group before it does or may."""
    first, bare = forms_in(verb), next((parts for _, tree, parts in added.reads if tree[0] in GROUPS), [])
    told = bool(first) and all("VB" not in one for one in first) and "VBG" not in first[-1]
    opens = next((at for part in bare if (at := terminals_of(part)).isdisjoint({"ADV", "LY"})), set())
    return told and "VB" in opens and "VBD" not in opens


def is_pluperfect(verb: Item) -> bool:
    """Whether a verb group tells what was done before: "had left"."""
    forms = forms_in(verb)
    return len(forms) > 1 and {"HAVE", "VBD"} <= forms[0]


def terminals_of(item: Item) -> set[str]:
    """The terminals of a word."""
    return {terminal for form in item.forms for terminal in form.terminals}


def forms_in(item: Item) -> list[set[str]]:
    """The terminals of each verb of a group, in its order."""
    parts = next((parts for _, tree, parts in item.reads if tree[0] in GROUPS), [])
    told = map(terminals_of, parts)
    return [terminals for terminals in told if not terminals.isdisjoint(FORMS)]


def is_gerund(item: Item, verb: int) -> bool:
    """Whether a verb group, told by its bit, begins with a gerund that governs another verb: "vowing to return"."""
    group = item.read_as(verb)
    return group is not None and any("CONTROL_VBG" in form.terminals for form in group[1][0].forms)
