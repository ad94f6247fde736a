"""schema.graphql is what the code says, described throughout, and keeps the contract."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_specified_scalar_type,
)

from api.schema.build import core_schema
from api.schema.print import printed
from tests.api.conftest import ROOT

LISTED = ("Article", "Event", "Meeting", "Visit", "Statement", "Agreement", "Sanction", "WeaponTest", "Resolution")
LISTED += ("RelationsAct", "Appointment", "Aid", "Exercise", "Person", "Country", "Organization", "Sentence")
# The contract only names these; what is in them is ours to say.
OPEN = {"IngestPayload", "DeletePayload", "ReextractPayload", "RulesReload", "SearchConnection", "EventOrder"}
OPEN |= {"ArticleOrder", "ArticleFilter", "PersonFilter", "CountryFilter", "OrganizationFilter"}
CONTRACT = build_schema(
    (ROOT / "tests" / "api" / "contract.graphql").read_text("utf-8")
    + "type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }\n"
    + "".join(
        f"type {name}Edge {{ cursor: String! node: {name}! }}\n"
        f"type {name}Connection {{ edges: [{name}Edge!]! nodes: [{name}!]! pageInfo: PageInfo! totalCount: Int! }}\n"
        for name in LISTED
    )
    + "".join(
        f"{'type' if name.endswith(('Payload', 'Reload', 'Connection')) else 'input'} {name} {{ _: Int }}\n"
        for name in sorted(OPEN)
    ),
    assume_valid=True,
)


def test_the_committed_schema_is_the_printed_one() -> None:
    assert (ROOT / "schema.graphql").read_text("utf-8") == printed(), "run `make schema`"


def undescribed(schema: GraphQLSchema) -> list[str]:
    missing = []
    for name, type in schema.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type):
            continue
        if not type.description:
            missing.append(name)
        if isinstance(type, GraphQLEnumType):
            missing += [f"{name}.{value}" for value, held in type.values.items() if not held.description]
        if isinstance(type, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
            for field_name, field in type.fields.items():
                if not field.description:
                    missing.append(f"{name}.{field_name}")
                arguments = getattr(field, "args", {})
                missing += [f"{name}.{field_name}({a})" for a, held in arguments.items() if not held.description]
    return missing


def test_everything_is_described() -> None:
    assert undescribed(core_schema()) == []


def test_a_missing_description_would_be_found() -> None:
    assert undescribed(build_schema('"A" type Query { a(b: Int): Int }')) == ["Query.a", "Query.a(b)"]


def differences(wanted: GraphQLSchema, found: GraphQLSchema) -> list[str]:
    """What of a contract a schema lacks or has otherwise; more than the contract asks is allowed."""
    differing = []
    for name, type in wanted.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type):
            continue
        ours = found.type_map.get(name)
        if ours is None or kind(ours) != kind(type):
            differing.append(f"{name}: {ours!r}")
        elif isinstance(type, GraphQLUnionType) and isinstance(ours, GraphQLUnionType):
            differing += [f"{name} = {each.name}" for each in type.types if each.name not in map(str, ours.types)]
        elif isinstance(type, GraphQLEnumType) and isinstance(ours, GraphQLEnumType):
            differing += [f"{name}.{value}" for value in type.values.keys() ^ ours.values.keys()]
        elif name not in OPEN and not isinstance(type, GraphQLScalarType):
            differing += differing_fields(name, type, ours)
    return differing


KINDS = (GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLScalarType)


def kind(type: GraphQLNamedType) -> object:
    """The class of a type; Strawberry has its own subclasses."""
    return next((each for each in (*KINDS, GraphQLUnionType) if isinstance(type, each)), None)


def differing_fields(name: str, wanted: Any, ours: Any) -> list[str]:
    """Fields, arguments and interfaces that are missing or of another type or nullability."""
    differing = []
    missing = {str(each) for each in getattr(wanted, "interfaces", ())} - set(map(str, getattr(ours, "interfaces", ())))
    differing += [f"{name} implements {each}" for each in sorted(missing)]
    for field_name, field in wanted.fields.items():
        found = ours.fields.get(field_name)
        if found is None or str(found.type) != str(field.type):
            differing.append(f"{name}.{field_name}: {found and found.type}, not {field.type}")
            continue
        for argument, held in getattr(field, "args", {}).items():
            if argument not in found.args or str(found.args[argument].type) != str(held.type):
                differing.append(f"{name}.{field_name}({argument})")
    return differing


def test_the_contract_is_kept() -> None:
    assert differences(CONTRACT, core_schema()) == []


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("type Query { a: Int }", "Query.a: Int, not Int!"),
        ("type Query { b: Int! }", "Query.a: None, not Int!"),
        ("type Query { a: Int! } enum E { ON }", "E.OFF"),
        ("type Query { a: Int! } type E { b: Int }", "E: <GraphQLObjectType 'E'>"),
        ("type Query { a: Int! } enum E { ON OFF MAYBE }", "E.MAYBE"),
    ],
)
def test_a_broken_contract_would_be_found(text: str, difference: str) -> None:
    wanted = build_schema("type Query { a: Int! } enum E { ON OFF }")
    assert difference in differences(wanted, build_schema(text))
