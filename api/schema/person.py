"""People and their posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from api.rows import events, people
from api.schema.connection import PAGE, Connection
from api.schema.fields import column, loaded
from api.schema.places import FILTER, Country, Node, Organization
from api.schema.scalars import Date
from engine.facts import MeetingLevel

if TYPE_CHECKING:
    from api.schema.article import Evidence
    from api.schema.event import Event

_COUNTRY = people.countries("country")


@strawberry.type(description="A post that a person holds or held, as articles report it.")
class Tenure:
    """A post that a person holds or held."""

    title: str = column("The title in Title Case, without country and name.", "title")
    level: MeetingLevel | None = column("The rank of the post, where it has one.", "level", enum=MeetingLevel)
    country: Country | None = loaded("The state whose post it is.", _COUNTRY, needs=("country",))
    organization: Organization | None = loaded(
        "The body whose post it is.", people.organizations, needs=("organization",)
    )
    first_reported_on: Date | None = column("The day of the first article that gives it.", "first_reported_on")
    last_reported_on: Date | None = column("The day of the last article that gives it.", "last_reported_on")
    evidence: list[Annotated[Evidence, strawberry.lazy("api.schema.article")]] = loaded(
        "The words that told it.", events.tenure_evidence, size=3
    )


@strawberry.type(description="A person named in articles.")
class Person(Node):
    """A person named in articles."""

    name: str = column("The fullest name that articles give, without titles.", "name")
    family_name: str = column("The part of the name that articles use alone.", "family_name")
    country: Country | None = loaded(
        "The state the person acts for; null for one who serves a body.", _COUNTRY, needs=("country",)
    )
    organization: Organization | None = loaded(
        "The body the person serves.", people.organizations, needs=("organization",)
    )
    posts: list[Tenure] = loaded("The posts that articles give, the latest first.", people.tenures, size=3)
    events: Connection[Annotated[Event, strawberry.lazy("api.schema.event")]] = loaded(
        "The events that the person is in, whatever the role, the latest first.",
        people.events_by("person_id"),
        FILTER,
        *PAGE,
        weight=5,
    )
    counterparts: list[Person] = loaded(
        "Those whom the person met or is to meet, the most frequent first; at most 100.",
        people.counterparts,
        size=10,
        weight=5,
    )
