"""Orders: sentences in whose order events are read, where that is not the one in which the words stand, and clauses
that are read as sentences of their own."""

from __future__ import annotations

from engine.cascade import Match
from engine.layers import Item
from engine.sentence.clauses import Clauses
from engine.sentence.lists import part_places
from engine.sentence.narrowed import subjects_of
from engine.sentence.setting import Setting


def placed(whole: Setting, readings: list[tuple[list[Item], list[Match]]]) -> list[tuple[Setting, Match]]:
    """Each match with the setting of the items that it was read in, in the order of the text."""
    found: list[tuple[Setting, Match]] = []
    for items, matches in readings:
        setting = whole if items is whole.items else in_order(whole, items)
        found += [(setting, match) for match in matches]
    return found if len(readings) == 1 else sorted(found, key=place)


def place(one: tuple[Setting, Match]) -> tuple[int, int]:
    """Where a match stands in the text, the longest first."""
    setting, match = one
    own = setting.items[match.begin : match.end]
    begin = min(item.begin for item in own)
    return begin, begin - max(item.end for item in own)


def in_order(whole: Setting, items: list[Item]) -> Setting:
    """The setting of a sentence for its items in another order: its people and its scene stay the same."""
    clauses = Clauses(whole.clauses.alphabet, items)
    part_places(whole.interpreter, clauses)
    setting = Setting(whole.interpreter, whole.discourse, clauses, whole.opening, whole.quoted)
    roles = {id(whole.items[at]): role for at, role in whole.subjects.items()}
    main = None if whole.main is None else whole.items[whole.main]
    setting.found = subjects_of(clauses)
    setting.frame = whole.frame
    setting.subjects = {at: roles[id(item)] for at, item in enumerate(items) if id(item) in roles}
    setting.main = next((at for at, item in enumerate(items) if item is main), None)
    return setting


def alone(whole: Setting, items: list[Item]) -> Setting:
    """The setting of a clause of a sentence that is written out as one of its own: everybody in it is met already."""
    clauses = Clauses(whole.clauses.alphabet, items)
    setting = Setting(whole.interpreter, whole.discourse, clauses, whole.opening, found=subjects_of(clauses))
    setting.main = next((one.at for one in setting.found.values() if one is not None), None)
    setting.subjects = {} if setting.main is None else {setting.main: "main"}
    return setting
