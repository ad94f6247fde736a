"""The cost of an operation, before it runs: how many objects it can return, plus what some fields cost beside that.

An object counts 1, a connection's objects as often as `first` or `last` allow, another list's as often as its field's
`size` assumes, an interface's or union's as its dearest type. Leaves count nothing.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from graphql.execution.values import VariableValues

from api.errors import ClientError, ErrorCode, bad_input
from api.execution.plan import PlannedField, Selection
from api.settings import Settings

# What makes a query run in a thread of its own rather than between two others.
HEAVY_WEIGHT = 20
HEAVY_COST = 6_000


class Cost:
    """What an operation comes to; `heavy` where it should not run on the thread that serves all others."""

    def __init__(self, variables: VariableValues, settings: Settings) -> None:
        self.variables = variables
        self.settings = settings
        self.total = 0
        self.heavy = False
        self.known: dict[tuple[int, int], int] = {}

    def selection(self, selection: Selection, page: int) -> int:
        """The cost of what is selected of one object, on a page of that size."""
        key = (id(selection), page)
        if key not in self.known:
            self.known[key] = sum(self.field(field, page) for field in selection.fields)
        return self.known[key]

    def field(self, field: PlannedField, page: int) -> int:
        """The cost of a field of one object."""
        resolution = field.resolution
        given = field.given(self.variables) if field.definition.args else {}
        longest = _longest_list(field, given, self.settings)
        if resolution.weight >= HEAVY_WEIGHT or given.get("filter"):
            self.heavy = True
        own = resolution.weight * max(1, longest)
        if not field.selections:
            return own
        inner_page = _page_size(field, given, self.settings) if "first" in field.definition.args else 1
        inner = max(self.selection(each, inner_page) for each in field.selections.values())
        times = 1
        if field.is_list:
            times = page if resolution.through else max(resolution.size, longest)
        return own + times * (1 + inner)


def check_cost(plan: Selection, variables: VariableValues, settings: Settings) -> Cost:
    """The cost; raises COST_EXCEEDED where it is too high and BAD_USER_INPUT where a list is too long."""
    cost = Cost(variables, settings)
    cost.total = cost.selection(plan, 1)
    if cost.total > settings.max_cost:
        raise ClientError(
            ErrorCode.COST_EXCEEDED,
            f"The query can return {cost.total} objects; allowed are {settings.max_cost}; give smaller `first`, or "
            "select fewer lists within lists.",
            cost=cost.total,
            allowed=settings.max_cost,
        )
    cost.heavy = cost.heavy or cost.total > HEAVY_COST
    return cost


def _page_size(field: PlannedField, given: dict[str, Any], settings: Settings) -> int:
    sizes = [size for name in ("first", "last") if isinstance(size := given.get(name), int)]
    for size in sizes:
        if not 0 <= size <= settings.max_list:
            raise bad_input(
                f"`first` or `last` of `{field.name}` is {size}; allowed is 0 to {settings.max_list}; "
                "page through the rest with `after`"
            )
    return sizes[0] if sizes else settings.default_list


def _longest_list(field: PlannedField, given: dict[str, Any], settings: Settings) -> int:
    longest = max((_length(value) for value in given.values()), default=0)
    if longest > settings.max_list:
        raise bad_input(
            f"a list in the arguments of `{field.name}` has {longest} entries; allowed are {settings.max_list}; "
            "split the request"
        )
    return longest


def _length(value: Any) -> int:
    if isinstance(value, list):
        return len(value)
    if not is_dataclass(value):
        return 0
    return max((_length(getattr(value, each.name)) for each in fields(value)), default=0)
