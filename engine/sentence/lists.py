"""Lists of actors whose first member is none: the capital where something is, before a comma.

"After talks in Ankara, Syria and Israel agreed ...": the words alone may as well list three governments. And lists of
a state's rebels and of an organ of that same state: "Chadian rebels and the government".
"""

from __future__ import annotations

from engine.interpret import Draft, Interpreter
from engine.landmarks import WHERE
from engine.layers import Item
from engine.sentence.clauses import Clauses
from engine.sentence.setting import Setting

CAPITAL = "capital"
"""The alias of a party told by its capital."""
REBELS = "throng"
"""The alias of rebels and others who have no name."""
ARMED = "armed_group"
"""The kind of bodies that fight a state."""
ORGAN = "organ"
"""The alias of an organ of a state."""
OWNED = frozenset({"country", "organization", "possessor", "bearer"})
"""Fields that tell whose organ it is."""
STATES = frozenset({"COUNTRY", "DEMONYM"})
"""The terminals of a state's names."""
FEWEST = 3
"""Members of a list of which the first may be a place; two are joined by "and" alone."""


def part_places(interpreter: Interpreter, clauses: Clauses) -> None:
    """Take the capital that a preposition of place leads off the list of actors behind it."""
    for at in clauses.actors:
        if not clauses.has(at - 1, *WHERE):
            continue
        draft = interpreter.phrase("ACTORS", clauses.items[at])
        members = draft.drafts("member") if draft is not None else []
        if (
            draft is not None
            and len(members) >= FEWEST
            and [one.alias == CAPITAL for one in members[:2]] == [True, False]
        ):
            draft.fields["member"] = list(members[1:])
            clauses.parted.add(at)


def settle_torn(setting: Setting) -> None:
    """Settle whose organ stands in one list with rebels of one state, or is the next side told after them."""
    before: set[str] = set()
    for at in setting.clauses.actors:
        members = setting.members(setting.items[at])
        states = states_in(setting.items[at]) if any(one.alias == REBELS for one in members) else fought(members)
        for one in members if len(states or before) == 1 else ():
            if one.alias == ORGAN and OWNED.isdisjoint(one.fields):
                setting.discourse.settled[one.rule, one.alias, one.begin, one.end] = [*(states or before)]
        before = states if len(members) == 1 else set()


def fought(members: list[Draft]) -> set[str]:
    """The states whose armed groups are told by their names in a list."""
    armed = (one.defaults for one in members if one.defaults.get("kind") == ARMED)
    return {one["country"] for one in armed if "country" in one}


def states_in(item: Item) -> set[str]:
    """The states that the words of an item name."""
    if item.reads or item.inner:
        parts = item.reads[0][2] if item.reads else [item.inner]
        return {state for part in parts if part is not None for state in states_in(part)}
    told = (form for form in item.forms if not STATES.isdisjoint(form.terminals))
    return {form.row.values["country"] for form in told if "country" in form.row.values}
