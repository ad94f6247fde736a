"""How a GraphQL field of Chancery is declared: what it shows and the loader that fills it for many rows at once.

A loader is called as `loader(context, rows, columns, **arguments)` and returns one value for each row. The breadth-
first executor calls it directly; `resolve_one` calls it for graphql-core, which asks row by row.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.context import Context

Loader = Callable[..., Sequence[Any]]
RESOLUTION = "chancery"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field; without a default it may be left out and the loader's own default holds."""

    name: str
    type: Any
    description: str
    default: Any = UNSET
    graphql_name: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a field is filled.

    `needs` names the columns its loader reads from the row (not needed where `through`: then its selection's columns
    are the row's). `size` is the length assumed for a list that has no `first`, `weight` what one call costs beside
    that. `changes_store` is for `extract` and `explain`, whose rows come from a store of their own.
    """

    load: Loader
    needs: tuple[str, ...] = ()
    size: int = 1
    weight: int = 0
    through: bool = False
    changes_store: bool = False


def column(
    description: str,
    attribute: str,
    *,
    enum: type[Enum] | None = None,
    convert: Callable[[Any], Any] | None = None,
    default: Any = None,
) -> Any:
    """A field that is a column of the row; `enum` columns hold names, `default` stands in for null."""
    read = attrgetter(attribute)

    def load(context: Context, rows: Sequence[Any], columns: frozenset[str] | None) -> list[Any]:
        return list(map(read, rows))

    def load_changed(context: Context, rows: Sequence[Any], columns: frozenset[str] | None) -> list[Any]:
        values = (default if (value := read(row)) is None else value for row in rows)
        return [None if value is None else convert(value) if convert else value for value in values]

    resolution = Resolution(load_changed if convert or default is not None else load, needs=(attribute,))
    return _declared(resolution, description, (), enum)


def loaded(description: str, load: Loader, *arguments: Argument, needs: tuple[str, ...] = ("key",), **how: Any) -> Any:
    """A field that a loader fills; `how` are the other fields of Resolution."""
    return _declared(Resolution(load, needs=needs, **how), description, arguments, None)


def _declared(resolution: Resolution, description: str, arguments: Sequence[Argument], enum: type[Enum] | None) -> Any:
    def resolver(root: Any, info: Any, **given: Any) -> Any:
        value = resolve_one(root, info.context, resolution, given)
        return enum[value] if enum is not None and value is not None else value

    keyword = inspect.Parameter.KEYWORD_ONLY
    positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [
        inspect.Parameter("root", positional, annotation=Any),
        inspect.Parameter("info", positional, annotation=strawberry.Info),
    ]
    for argument in arguments:
        # Annotated makes Strawberry describe the argument.
        described = strawberry.argument(description=argument.description, name=argument.graphql_name)
        annotation = Annotated.__class_getitem__((argument.type, described))  # type: ignore[attr-defined]
        default = inspect.Parameter.empty if argument.default is Ellipsis else argument.default
        parameters.append(inspect.Parameter(argument.name, keyword, annotation=annotation, default=default))
    resolver.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    resolver.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return strawberry.field(resolver=resolver, description=description, metadata={RESOLUTION: resolution})


def resolve_one(row: Any, context: Context, resolution: Resolution, given: dict[str, Any]) -> Any:
    """The value of a field for one row, loaded together with its siblings: the rows that came with it."""
    group = context.group_of(row)
    key = (group, id(resolution), repr(sorted(given.items())))
    values = context.loaded.get(key)
    if values is None:
        answers = resolution.load(group.context, group.rows, None, **given)
        for answer in answers if resolution.changes_store else ():
            context.remember([answer], answer.context)
        if not resolution.changes_store:
            context.remember(answers, group.context)
        values = context.loaded[key] = dict(zip(map(id, group.rows), answers, strict=True))
    return values[id(row)]
