"""schema.graphql is what the code says, described throughout, and keeps the contract."""

from __future__ import annotations

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_specified_scalar_type,
)

from api.schema.build import core_schema
from api.schema.print import printed
from tests.api.conftest import ROOT

CONTRACT = build_schema(
    (ROOT / "tests" / "api" / "contract.graphql").read_text("utf-8")
    + """
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
input EventOrder { field: String } input ArticleOrder { field: String } input ArticleFilter { text: String }
input PersonFilter { name: String } input CountryFilter { name: String } input OrganizationFilter { name: String }
type IngestPayload { ok: Boolean } type DeletePayload { ok: Boolean } type ReextractPayload { ok: Boolean }
type RulesReload { ok: Boolean }
enum StatementAct { SAY } enum MeetingLevel { HEADS } enum MeetingMode { PHONE } enum AgreementAction { SIGN }
enum SanctionAction { LIFT } enum WeaponKind { NUCLEAR } enum ResolutionAction { ADOPT } enum RelationsAction { EXPEL }
enum AppointmentAction { ELECT }
"""
    + "".join(
        f"type {name}Connection {{ pageInfo: PageInfo! totalCount: Int! nodes: [{name}!]! }}\n"
        for name in ("Article", "Event", "Meeting", "Person", "Country", "Organization", "Sentence")
    )
    + "type SearchConnection { totalCount: Int! }",
    assume_valid=True,
)
OPEN = {"IngestPayload", "DeletePayload", "ReextractPayload", "RulesReload", "SearchConnection"}


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


def test_the_contract_is_kept() -> None:
    ours = core_schema()
    broken = []
    for name, type in CONTRACT.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type) or name in OPEN:
            continue
        found = ours.type_map.get(name)
        if found is None or (
            found.__class__.__bases__[0] is not type.__class__ and found.__class__ is not type.__class__
        ):
            broken.append(f"{name}: {found!r}")
            continue
        if isinstance(type, GraphQLUnionType) and isinstance(found, GraphQLUnionType):
            broken += [f"{name} = {t.name}" for t in type.types if t.name not in map(str, found.types)]
        if isinstance(type, GraphQLEnumType) and isinstance(found, GraphQLEnumType):
            broken += [f"{name}.{value}" for value in type.values if value not in found.values]
        if isinstance(type, (GraphQLObjectType, GraphQLInterfaceType)):
            assert isinstance(found, (GraphQLObjectType, GraphQLInterfaceType))
            broken += differing_fields(name, type, found)
    assert broken == []


def differing_fields(
    name: str, wanted: GraphQLObjectType | GraphQLInterfaceType, found: GraphQLObjectType | GraphQLInterfaceType
) -> list[str]:
    broken = []
    for field_name, field in wanted.fields.items():
        ours = found.fields.get(field_name)
        if ours is None or str(ours.type).strip("!") != str(field.type).strip("!"):
            broken.append(f"{name}.{field_name}: {ours and ours.type}, not {field.type}")
            continue
        if str(ours.type).endswith("!") != str(field.type).endswith("!"):
            broken.append(f"{name}.{field_name}: {ours.type}, not {field.type}")
        for argument, held in field.args.items():
            if argument not in ours.args or str(ours.args[argument].type) != str(held.type):
                broken.append(f"{name}.{field_name}({argument})")
    return broken
