"""Countries, bodies and places, and the unions of who acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.context import Context
from api.rows import people as loaders
from api.rows.ids import global_id
from api.rows.tables import Columns
from api.schema.connection import PAGE, Connection
from api.schema.fields import Argument, column, loaded
from api.schema.inputs import EventFilter

if TYPE_CHECKING:
    from api.schema.event import Event
    from api.schema.person import Person

FILTER = Argument("filter", EventFilter | None, "Which events to list; all when left out.")


def global_ids(context: Context, rows: Sequence[Any], columns: Columns) -> list[str]:
    """The global id of each row."""
    return [global_id(row.graphql_type, row.key) for row in rows]


@strawberry.interface(description="What has a global id.")
class Node:
    """What has a global id."""

    id: strawberry.ID = loaded("Names it everywhere; the same after the articles are read again.", global_ids)


@strawberry.type(description="A state, present or vanished.")
class Country(Node):
    """A state."""

    code: str = column('ISO 3166-1 alpha-3 ("KOR"); a vanished state has its old code ("SUN").', "key")
    name: str = column("The name in English.", "name")
    capital: str | None = column("The capital; null where the lexicon has none.", "capital")
    people: Connection[Annotated[Person, strawberry.lazy("api.schema.person")]] = loaded(
        "The people who act for the country, by name.", loaders.people_of, *PAGE, weight=5
    )
    events: Connection[Annotated[Event, strawberry.lazy("api.schema.event")]] = loaded(
        "The events that the country is in as a side, speaker or target, the latest first.",
        loaders.events_by("country_id"),
        FILTER,
        *PAGE,
        weight=20,
    )


@strawberry.type(description="A body: an international organization, an alliance, an agency or a movement.")
class Organization(Node):
    """A body."""

    name: str = column('Its short name as the field writes it ("UN Security Council").', "name")
    acronym: str | None = column('Its acronym where it has one beside the name ("IAEA").', "acronym")
    country: Country | None = loaded(
        "The state it belongs to; null for international bodies.", loaders.countries("country"), needs=("country",)
    )
    events: Connection[Annotated[Event, strawberry.lazy("api.schema.event")]] = loaded(
        "The events that the body is in as a side, speaker or target, the latest first.",
        loaders.events_by("organization_id"),
        FILTER,
        *PAGE,
        weight=20,
    )


@strawberry.type(description="Where something happens.")
class Place:
    """Where something happens."""

    name: str = column("The city where it is known, else the country or place, in English.", "name")
    country: Country | None = loaded(
        "The state it lies in; null where the lexicon does not tell.", loaders.countries("country"), needs=("country",)
    )


_LazyPerson = Annotated["Person", strawberry.lazy("api.schema.person")]
Party = Annotated[Country | Organization, strawberry.union("Party", description="A side of an event.")]
Actor = Annotated[
    _LazyPerson | Country | Organization,
    strawberry.union("Actor", description="Who speaks or is spoken of, acts or is acted upon."),
]
Entity = Annotated[
    _LazyPerson | Country | Organization | Place,
    strawberry.union("Entity", description="Whom or what a stretch of text names."),
]
