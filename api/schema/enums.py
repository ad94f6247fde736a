"""The enumerations: those of the facts, described by their values there, and those of the API alone."""

from __future__ import annotations

from enum import Enum

import strawberry

from engine import facts
from engine.authoring.impact import FactChangeKind

FACT_ENUMS: tuple[type[Enum], ...] = (
    facts.EventType,
    facts.EventStatus,
    facts.StatementAct,
    facts.MeetingLevel,
    facts.MeetingMode,
    facts.AgreementAction,
    facts.SanctionAction,
    facts.WeaponKind,
    facts.ResolutionAction,
    facts.RelationsAction,
    facts.AppointmentAction,
    facts.MentionKind,
)

for fact_enum in FACT_ENUMS:
    strawberry.enum(fact_enum, description=fact_enum.__doc__)
strawberry.enum(FactChangeKind, description=FactChangeKind.__doc__)


@strawberry.enum(description="How long a time is.")
class Granularity(Enum):
    """How long a time is."""

    DAY = "One day."
    WEEK = "Monday to Sunday."
    MONTH = "A calendar month."
    QUARTER = "Three calendar months from January, April, July or October."
    YEAR = "A calendar year."
    INTERVAL = "From one day to another."


@strawberry.enum(description="Which way a list is ordered.")
class OrderDirection(Enum):
    """Which way a list is ordered."""

    ASCENDING = "Smallest, first in the alphabet or earliest first; those without a value before all."
    DESCENDING = "Greatest, last in the alphabet or latest first; those without a value behind all."


@strawberry.enum(description="What events are ordered by.")
class EventOrderField(Enum):
    """What events are ordered by; the value is the column."""

    WHEN = "starts_on"
    ENDS = "ends_on"
    FIRST_REPORTED_ON = "first_reported_on"
    ARTICLE_COUNT = "article_count"
    TYPE = "type"
    STATUS = "status"
    PLACE = "place"


@strawberry.enum(description="What articles are ordered by.")
class ArticleOrderField(Enum):
    """What articles are ordered by; the value is the column."""

    PUBLISHED_ON = "published_on"
    INGESTED_AT = "ingested_at"
    TITLE = "title"
    AGENCY = "agency"


@strawberry.enum(description="What an edit of the rules adds.")
class ProposalKind(Enum):
    """What an edit of the rules adds."""

    LEXICON_ROW = "A row of a file of the lexicon."
    ALTERNATIVE = "An alternative of a rule."


ORDER_DESCRIPTIONS = {
    "WHEN": "The day on which it begins.",
    "ENDS": "The day on which it ends.",
    "FIRST_REPORTED_ON": "The day of the first article that tells of it.",
    "ARTICLE_COUNT": "How many articles tell of it.",
    "TYPE": "Its type, by name.",
    "STATUS": "Its status, by name.",
    "PLACE": "Its place, by name.",
    "PUBLISHED_ON": "The day on which it was published.",
    "INGESTED_AT": "The moment at which it was read into the store.",
    "TITLE": "Its title.",
    "AGENCY": "The agency that wrote it.",
}
