"""The schema as one object, for Strawberry and graphql-core."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any

import strawberry
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLSchema, is_abstract_type
from strawberry.schema.config import StrawberryConfig

from api.rows.tables import type_name
from api.schema.enums import (
    FACT_ENUMS,
    ORDER_DESCRIPTIONS,
    ArticleOrderField,
    EventOrderField,
    Granularity,
    OrderDirection,
    ProposalKind,
)
from api.schema.event import EVENT_TYPES
from api.schema.mutation import Mutation
from api.schema.query import Query
from api.schema.scalars import SCALARS
from api.schema.subscription import Subscription
from engine.authoring.impact import FactChangeKind
from engine.store.store import Outcome


@lru_cache(maxsize=1)
def strawberry_schema() -> strawberry.Schema:
    """The schema, built once; rows tell their type themselves."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=EVENT_TYPES,
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    for type in schema._schema.type_map.values():
        if is_abstract_type(type):
            type.resolve_type = _resolve_type
        elif isinstance(type, GraphQLObjectType):
            type.is_type_of = None
    _describe_enums(schema._schema)
    return schema


def core_schema() -> GraphQLSchema:
    """The schema as graphql-core has it."""
    return strawberry_schema()._schema


def _resolve_type(row: Any, info: Any, type: Any) -> str:
    return type_name(row)


_API_ENUMS: tuple[type[Enum], ...] = (FactChangeKind, Granularity, OrderDirection, Outcome, ProposalKind)
_ORDER_ENUMS: tuple[type[Enum], ...] = (EventOrderField, ArticleOrderField)


def _describe_enums(schema: GraphQLSchema) -> None:
    for enum in (*FACT_ENUMS, *_API_ENUMS):
        found = schema.type_map[enum.__name__]
        assert isinstance(found, GraphQLEnumType)
        for name, value in found.values.items():
            value.description = str(enum[name].value)
    for enum in _ORDER_ENUMS:
        found = schema.type_map[enum.__name__]
        assert isinstance(found, GraphQLEnumType)
        for name, value in found.values.items():
            value.description = ORDER_DESCRIPTIONS[name]
