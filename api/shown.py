"""What of the engine is shown as it is: the GraphQL type of each of its classes that rows may be."""

from __future__ import annotations

from typing import Any

from engine.authoring.coverage import Unread
from engine.authoring.explanation import ClassText, NearMissText, ReadingText, SlotText, Stretch, TokenText
from engine.authoring.proposals import Proposal
from engine.errors import Finding
from engine.rulebook import ExampleText, GrammarText

SHOWN: dict[type, str] = {
    ClassText: "WordClass",
    ExampleText: "Example",
    Finding: "RuleFinding",
    GrammarText: "Grammar",
    NearMissText: "NearMiss",
    Proposal: "Proposal",
    ReadingText: "Reading",
    SlotText: "SlotReading",
    Stretch: "Stretch",
    TokenText: "TokenReading",
    Unread: "UnreadPhrase",
}


def shown_as(row: Any) -> str | None:
    """The GraphQL type that a row says it has, or that its class is shown as; None for plain values."""
    name: str | None = getattr(row, "graphql_type", None)
    return name or SHOWN.get(type(row))
