"""The plan of an operation: its fields by type, with loaders, arguments and the columns that each needs.

A plan holds for one document, one operation and one set of values of the variables that @skip and @include use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_directive_values,
    get_named_type,
    is_composite_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import Visitor, visit
from strawberry.types.arguments import convert_arguments

from api.schema.build import strawberry_schema
from api.schema.fields import RESOLUTION, Resolution
from api.shown import shown_as

TYPENAME = Resolution(lambda context, rows, columns: [shown_as(row) for row in rows])


@dataclass(slots=True, eq=False)
class PlannedField:
    """A field to answer under `key`. `selections` holds what is selected of each type it can have, none for leaves.

    `arguments` is None where they depend on variables. `required` and `items_required` are the non-null marks of the
    field and of its list's items.
    """

    key: str
    name: str
    definition: GraphQLField
    node: FieldNode
    resolution: Resolution
    selections: dict[str, Selection]
    is_list: bool
    required: bool
    items_required: bool
    arguments: dict[str, Any] | None
    columns: frozenset[str] = frozenset()

    def given(self, variables: VariableValues) -> dict[str, Any]:
        """The arguments as the loader takes them."""
        return self.arguments if self.arguments is not None else _arguments(self.definition, self.node, variables)


@dataclass(slots=True, eq=False)
class Selection:
    """What is selected of one object type."""

    type: str
    fields: list[PlannedField] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()


def is_introspective(name: str) -> bool:
    """Whether a field asks about the schema itself."""
    return name in {"__schema", "__type"}


class Planner:
    """Plans one operation of a validated document."""

    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], variables: VariableValues
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.introspects = False
        # An interface's fields are planned for each of its types; what is below them is the same and planned once, or a
        # few levels of interfaces would cost millions of selections.
        self.planned: dict[tuple[str, tuple[int, ...]], dict[str, Selection]] = {}

    def plan(self, operation: OperationDefinitionNode) -> Selection:
        """The plan of the operation's root."""
        root = self.schema.get_root_type(operation.operation)
        assert root is not None
        return self.selection(root, [operation.selection_set])

    def selection(self, type: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Selection:
        """The plan of what is selected of a type."""
        collected: dict[str, list[FieldNode]] = {}
        for selection_set in sets:
            self._collect(type, selection_set, collected, set())
        planned = Selection(type.name)
        needs: set[str] = set()
        for key, nodes in collected.items():
            if is_introspective(nodes[0].name.value):
                self.introspects = True
                continue
            found = self._field(type, key, nodes)
            planned.fields.append(found)
            needs |= found.columns if found.resolution.through else set(found.resolution.needs)
        planned.keys = tuple(found.key for found in planned.fields)
        planned.columns = frozenset(needs)
        return planned

    def _collect(
        self,
        type: GraphQLObjectType,
        selection_set: SelectionSetNode,
        collected: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for selection in selection_set.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                collected.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                if condition is None or self._fits(type, condition.name.value):
                    self._collect(type, selection.selection_set, collected, seen)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
                seen.add(selection.name.value)
                fragment = self.fragments[selection.name.value]
                if self._fits(type, fragment.type_condition.name.value):
                    self._collect(type, fragment.selection_set, collected, seen)

    def _included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and (include is None or bool(include["if"]))

    def _fits(self, type: GraphQLObjectType, condition: str) -> bool:
        wanted = self.schema.type_map[condition]
        if isinstance(wanted, (GraphQLInterfaceType, GraphQLUnionType)):
            return self.schema.is_sub_type(wanted, type)
        return wanted is type

    def _field(self, type: GraphQLObjectType, key: str, nodes: Sequence[FieldNode]) -> PlannedField:
        node = nodes[0]
        definition = self.schema.get_field(type, node.name.value)
        assert definition is not None
        of, required = _unwrapped(definition.type)
        is_list = isinstance(of, GraphQLList)
        items_required = is_list and isinstance(of.of_type, GraphQLNonNull)
        found = PlannedField(
            key,
            node.name.value,
            definition,
            node,
            TYPENAME if node.name.value == "__typename" else resolution_of(definition),
            self._selections(definition, nodes),
            is_list,
            required,
            items_required,
            None if _uses_variables(node) else _arguments(definition, node, self.variables),
        )
        found.columns = frozenset().union(*(selection.columns for selection in found.selections.values()))
        return found

    def _selections(self, definition: GraphQLField, nodes: Sequence[FieldNode]) -> dict[str, Selection]:
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return {}
        key = (named.name, tuple(map(id, nodes)))
        if key not in self.planned:
            sets = [node.selection_set for node in nodes if node.selection_set is not None]
            types = [named] if isinstance(named, GraphQLObjectType) else self.schema.get_possible_types(named)
            self.planned[key] = {type.name: self.selection(type, sets) for type in types}
        return self.planned[key]


def _unwrapped(type: Any) -> tuple[Any, bool]:
    return (type.of_type, True) if isinstance(type, GraphQLNonNull) else (type, False)


def resolution_of(definition: GraphQLField) -> Resolution:
    """How a field of the schema is filled."""
    resolution = definition.extensions["strawberry-definition"].metadata[RESOLUTION]
    assert isinstance(resolution, Resolution)
    return resolution


class _Variables(Visitor):
    """Notes whether a part of a document uses a variable."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.add(node.name.value)


def variables_in(nodes: Iterable[Any]) -> set[str]:
    """The variables that parts of a document use."""
    found = _Variables()
    for node in nodes:
        visit(node, found)
    return found.names


def _uses_variables(node: FieldNode) -> bool:
    return bool(variables_in(node.arguments or ()))


def _arguments(definition: GraphQLField, node: FieldNode, variables: VariableValues) -> dict[str, Any]:
    if not definition.args:
        return {}
    values = get_argument_values(definition, node, variables)
    schema = strawberry_schema()
    declared = definition.extensions["strawberry-definition"].arguments
    converter = schema.schema_converter
    return convert_arguments(values, declared, converter.scalar_registry, schema.config)
