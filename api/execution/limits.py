"""Limits on the form of a document, checked before it is validated, because validating a hostile one is what costs.

Fragments are measured once each, however often they are spread, so that measuring takes linear time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from api.errors import ClientError, ErrorCode
from api.settings import Settings


@dataclass(slots=True)
class Measure:
    """What an operation or fragment comes to with its fragments spread: counts, and levels of fields."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    repeats: int = 0
    directives: int = 0


class Measuring:
    """Measures the operations of one document."""

    def __init__(self, document: DocumentNode) -> None:
        definitions = document.definitions
        self.fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        self.operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
        self.measured: dict[str, Measure] = {}
        self.open: set[str] = set()

    def whole(self) -> Measure:
        """The greatest of each measure among the operations; fragments that none spreads count like operations."""
        found = [self.selections(operation.selection_set) for operation in self.operations]
        found += [self.fragment(name) for name in self.fragments]
        for measure, operation in zip(found, self.operations, strict=False):
            measure.directives += len(operation.directives or ())
        greatest = Measure()
        for measure in found:
            for name in Measure.__slots__:
                setattr(greatest, name, max(getattr(greatest, name), getattr(measure, name)))
        return greatest

    def fragment(self, name: str) -> Measure:
        """What a fragment comes to; one that spreads itself is left to validation, which refuses it."""
        if name in self.measured:
            return self.measured[name]
        if name in self.open or name not in self.fragments:
            return Measure()
        self.open.add(name)
        self.measured[name] = self.selections(self.fragments[name].selection_set)
        self.open.discard(name)
        return self.measured[name]

    def selections(self, selection_set: SelectionSetNode) -> Measure:
        """What a selection set comes to."""
        total = Measure()
        keys: Counter[str] = Counter()
        for selection in selection_set.selections:
            total.directives += len(selection.directives or ())
            if isinstance(selection, FieldNode):
                keys[selection.alias.value if selection.alias else selection.name.value] += 1
                total.aliases += selection.alias is not None
                inner = self.selections(selection.selection_set) if selection.selection_set else Measure()
                inner.depth += 1
                inner.fields += 1
            elif isinstance(selection, InlineFragmentNode):
                inner = self.selections(selection.selection_set)
            else:
                assert isinstance(selection, FragmentSpreadNode)
                keys[f"...{selection.name.value}"] += 1
                inner = self.fragment(selection.name.value)
            self._add(total, inner)
        total.repeats = max(total.repeats, *keys.values()) if keys else total.repeats
        return total

    @staticmethod
    def _add(total: Measure, inner: Measure) -> None:
        total.depth = max(total.depth, inner.depth)
        total.repeats = max(total.repeats, inner.repeats)
        total.fields += inner.fields
        total.aliases += inner.aliases
        total.directives += inner.directives


def check_form(document: DocumentNode, settings: Settings) -> None:
    """Raises LIMIT_EXCEEDED where the document is deeper, longer or wider than allowed."""
    found = Measuring(document).whole()
    for what, allowed in (
        ("depth", settings.max_depth),
        ("fields", settings.max_fields),
        ("aliases", settings.max_aliases),
        ("repeats", settings.max_repeats),
        ("directives", settings.max_directives),
    ):
        if getattr(found, what) > allowed:
            raise exceeded(what, allowed, getattr(found, what), _ADVICE[what])


_ADVICE = {
    "depth": "nest fewer fields",
    "fields": "select fewer fields, or split the document",
    "aliases": "use fewer aliases, or split the document",
    "repeats": "select each field once",
    "directives": "use fewer directives",
}


def exceeded(what: str, allowed: int, found: int, advice: str) -> ClientError:
    """The error for a document beyond a limit."""
    message = f"The document's {what} is {found}; allowed is {allowed}; {advice}."
    return ClientError(ErrorCode.LIMIT_EXCEEDED, message, limit=what, allowed=allowed, found=found)
