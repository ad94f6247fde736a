"""The fields of Subscription; `feed.py` brings what they deliver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import strawberry

from api.context import Context
from api.rows.tables import Columns
from api.schema.article import Article
from api.schema.event import Event
from api.schema.fields import Argument, loaded
from api.schema.inputs import EventFilter
from api.schema.rules import RulesReload


def _published(context: Context, rows: Sequence[Any], columns: Columns, filter: EventFilter | None = None) -> list[Any]:
    return [context.published]


@strawberry.type(description="What can be listened to, over graphql-transport-ws or graphql-sse.")
class Subscription:
    """What can be listened to."""

    article_ingested: Article = loaded(
        "Each article that is stored, whichever program stores it.", _published, needs=()
    )
    event_reported: Event = loaded(
        "Each event that a stored article tells of, new or not, within a second.",
        _published,
        Argument("filter", EventFilter | None, "Which events to hear of; all when left out."),
        needs=(),
    )
    rules_reloaded: RulesReload = loaded(
        "Each change of the rules: those that came into force, or what keeps changed ones from it.",
        _published,
        needs=(),
    )
