"""The inputs: filters, orders, and an article to read."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from api.schema.enums import ArticleOrderField, EventOrderField, OrderDirection
from api.schema.scalars import Date
from engine.facts import EventStatus, EventType


@strawberry.input(description="Which events to list: those that meet every condition given.")
class EventFilter:
    """Which events to list; conditions left out do not filter."""

    types: list[EventType] | None = strawberry.field(default=UNSET, description="Of one of these types.")
    status: list[EventStatus] | None = strawberry.field(default=UNSET, description="With one of these statuses.")
    parties: list[str] | None = strawberry.field(
        default=UNSET, description='With all of these sides: country codes ("KOR") or bodies ("UN").'
    )
    any_party: list[str] | None = strawberry.field(
        default=UNSET, description="With at least one of these sides: country codes or bodies."
    )
    participant: str | None = strawberry.field(
        default=UNSET,
        description="With this person as participant or speaker: an id, or the full name whatever its case and "
        "accents.",
    )
    place: str | None = strawberry.field(default=UNSET, description="At this place, by name.")
    from_: Date | None = strawberry.field(default=UNSET, name="from", description="Not over before this day.")
    to: Date | None = strawberry.field(default=UNSET, description="Begun by this day.")
    text: str | None = strawberry.field(
        default=UNSET, description="Read from words that hold all of these, whatever their case."
    )
    topic: str | None = strawberry.field(default=UNSET, description="With a topic that holds these words.")
    article: strawberry.ID | None = strawberry.field(default=UNSET, description="Told by the article of this id.")
    rule: str | None = strawberry.field(
        default=UNSET, description='Read by this rule ("meeting.held_by_both") or by any of this grammar ("meeting").'
    )


@strawberry.input(description="How to order events; ties are broken by `then`, and at last by their id.")
class EventOrder:
    """How to order events."""

    field: EventOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASCENDING, description="Which way.")
    then: EventOrder | None = strawberry.field(default=UNSET, description="How to order those that are equal in this.")


@strawberry.input(description="Which articles to list: those that meet every condition given.")
class ArticleFilter:
    """Which articles to list; conditions left out do not filter."""

    agency: str | None = strawberry.field(default=UNSET, description="Of this agency, whatever the case.")
    dateline: str | None = strawberry.field(default=UNSET, description="With this dateline, whatever the case.")
    from_: Date | None = strawberry.field(default=UNSET, name="from", description="Published on this day or later.")
    to: Date | None = strawberry.field(default=UNSET, description="Published on this day or earlier.")
    text: str | None = strawberry.field(
        default=UNSET, description="With all of these words in title or text; those in quotation marks stand together."
    )
    country: str | None = strawberry.field(default=UNSET, description="That name this country, by code.")
    person: strawberry.ID | None = strawberry.field(default=UNSET, description="That name the person of this id.")
    event_type: EventType | None = strawberry.field(default=UNSET, description="That tell of an event of this type.")


@strawberry.input(description="How to order articles; ties are broken by the order in which they came.")
class ArticleOrder:
    """How to order articles."""

    field: ArticleOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASCENDING, description="Which way.")


@strawberry.input(description="Which people to list: those that meet every condition given.")
class PersonFilter:
    """Which people to list; conditions left out do not filter."""

    name: str | None = strawberry.field(
        default=UNSET, description="Whose name holds this, whatever its case and accents."
    )
    country: str | None = strawberry.field(default=UNSET, description="Who act for this country, by code.")
    organization: str | None = strawberry.field(default=UNSET, description="Who serve this body, by name or acronym.")
    post: str | None = strawberry.field(default=UNSET, description="Who hold or held a post whose title holds this.")


@strawberry.input(description="Which countries to list: those that meet every condition given.")
class CountryFilter:
    """Which countries to list; conditions left out do not filter."""

    codes: list[str] | None = strawberry.field(default=UNSET, description="With one of these codes.")
    name: str | None = strawberry.field(default=UNSET, description="Whose name holds this, whatever its case.")
    in_events: bool | None = strawberry.field(
        default=UNSET, description="True: only those that some event has; false: only those that none has."
    )


@strawberry.input(description="Which bodies to list: those that meet every condition given.")
class OrganizationFilter:
    """Which bodies to list; conditions left out do not filter."""

    name: str | None = strawberry.field(
        default=UNSET, description="Whose name or acronym holds this, whatever its case."
    )
    country: str | None = strawberry.field(default=UNSET, description="Of this country, by code.")


@strawberry.input(description="A file of the rules as edited.")
class RuleFileInput:
    """A file of the rules as edited."""

    file: str = strawberry.field(description='Its path from the project\'s root ("rules/meeting.lark").')
    text: str = strawberry.field(description="Its whole text as edited.")


@strawberry.input(description="An article to read.")
class ArticleInput:
    """An article to read."""

    text: str = strawberry.field(description="The plain text, at most 1 MB, without markup.")
    published_on: Date | None = strawberry.field(
        default=UNSET, description="The day of publication, without which relative days stay open."
    )
    title: str | None = strawberry.field(default=UNSET, description="The title.")
    url: str | None = strawberry.field(default=UNSET, description="Where it was published; names the article.")
    agency: str | None = strawberry.field(default=UNSET, description="The agency that wrote it.")
    dateline: str | None = strawberry.field(default=UNSET, description='The city of its dateline ("Seoul").')
