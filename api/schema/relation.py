"""What two states did with each other, and search hits."""

from __future__ import annotations

from typing import Annotated

import strawberry

from api.rows import relation, search
from api.schema.article import Article
from api.schema.connection import PAGE, Connection
from api.schema.event import Event
from api.schema.fields import Argument, column, loaded
from api.schema.person import Person
from api.schema.places import FILTER, Country, Organization
from api.schema.scalars import Date


@strawberry.type(
    description="A month of a relation: how many dated events began in it, by what they say about the relation. "
    "Meetings, "
    "visits, aid, accords kept, praise and promises are cooperative; sanctions, weapon tests, condemnation, warnings, "
    "denials, "
    "expulsions and refusals are conflictual; all else is neutral. The table is in engine/codes.py."
)
class MonthCount:
    """A month of a relation."""

    month: str = column('The month ("2016-10").', "month")
    cooperative: int = column("How many events bring the two together.", "cooperative")
    conflictual: int = column("How many drive them apart.", "conflictual")
    neutral: int = column("How many do neither.", "neutral")


@strawberry.type(description="What two states did with each other.")
class Relation:
    """What two states did with each other."""

    countries: list[Country] = loaded("The two states, as asked.", relation.relation_countries, needs=(), size=2)
    events: Connection[Event] = loaded(
        "The events that both are in, themselves or through their people, the latest first.",
        relation.relation_events,
        FILTER,
        *PAGE,
        needs=(),
        weight=20,
    )
    by_month: list[MonthCount] = loaded(
        "The months with dated events, in order.",
        relation.by_month,
        Argument("from_", Date | None, "Not over before this day.", graphql_name="from"),
        Argument("to", Date | None, "Begun by this day."),
        needs=(),
        size=120,
        weight=20,
    )


Found = Annotated[
    Article | Person | Organization,
    strawberry.union("SearchResult", description="What full-text search can find."),
]


@strawberry.type(description="Something that full-text search found.")
class SearchHit:
    """Something that full-text search found."""

    result: Found = loaded("What was found.", search.hit_nodes, needs=("kind", "number"))
    excerpt: str = loaded(
        "The words around the match as HTML: escaped, with <mark> around what matched.",
        search.excerpts,
        needs=("excerpt",),
    )
    relevance: float = loaded(
        "How well it fits (BM25), the higher the better; comparable within one kind of result.",
        search.relevances,
        needs=("score",),
    )


@strawberry.type(description="A page of search hits, as Relay's cursor connections specify it.")
class SearchConnection(Connection[SearchHit]):
    """A page of search hits."""
