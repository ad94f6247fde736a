"""The direction of a time expression: past or future, as the verb that governs it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.automaton import Node
from engine.cascade import Item
from engine.view import Direction

REACH = 40
"""Items to each side in which a governing verb is sought."""
GROUPS = frozenset({"verb", "participle"})
"""Phrases that say a tense."""
AHEAD = frozenset({"PLANNED", "PROPOSED", "POSTPONED"})
"""Statuses in the lexicon of governing verbs after which the governed happens later."""
AHEAD_MARKS = frozenset({"planned", "proposed"})
"""Marks of the status of a verb group by which it happens later."""


def direction_of(items: list[Item], index: int) -> Direction | None:
    """The direction of the time at `index` among the phrases of a sentence: of the nearest verb group to the left in
    the clause, else to the right; None where no verb tells.
    """
    for at in range(index - 1, max(index - REACH, 0) - 1, -1):
        found = told_by(items[at])
        if found is not None:
            return found
        if subordinates(items[at]):
            break
    for at in range(index + 1, min(index + REACH, len(items))):
        found = told_by(items[at])
        if found is not None:
            return found
    return None


def subordinates(item: Item) -> bool:
    """Whether a word opens a clause of its own, so that verbs before it do not govern what follows."""
    return any("SUB" in form.terminals and "PREP" not in form.terminals for form in item.forms)


def told_by(item: Item) -> Direction | None:
    """The direction that a verb group tells."""
    for _, tree, parts in item.reads:
        if tree[0] in GROUPS:
            return direction_in(tree, parts)
    return None


def direction_in(tree: Node, parts: list[Item]) -> Direction | None:
    """The direction of a verb group: of its status, else of its form."""
    rule, alias, children = tree
    for child in children:
        if child[0] == "status":
            told = status_of(child, parts)
            if told is not None:
                return told
    if alias is not None and alias.startswith("to"):
        return "future"
    if alias is not None and alias.startswith(("ing", "base")):
        return None
    heads = [child for child in children if child[0] == "head"]
    if rule == "participle":
        return "future" if any(ahead(parts[index]) for head in heads for index in leaves_of(head)) else "past"
    if any("VBD" in form.terminals for part in parts for form in part.forms):
        return "past"
    perfect = alias == "active" and any(leaf[0] == "VBN" for head in heads for leaf in head[2])
    return "past" if perfect else "future"


def status_of(node: Any, parts: list[Item]) -> Direction | None:
    """The direction that a status tells; None where it leaves it to the verb's form."""
    if node[1] in AHEAD_MARKS:
        return "future"
    if node[1] is None and any(ahead(parts[index]) for index in leaves_of(node)):
        return "future"
    return None


def leaves_of(node: Any) -> Iterator[int]:
    """The parts under a node."""
    for child in node[2]:
        if len(child) == 2:
            yield child[1]
        else:
            yield from leaves_of(child)


def ahead(item: Item) -> bool:
    """Whether a word governs what happens later ("agreed to", "scheduled for")."""
    return any(form.row.values.get("status") in AHEAD for form in item.forms)
