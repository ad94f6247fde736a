"""Articles: their sentences, what is mentioned where, and the evidence of each event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from api.rows import articles, events, rulebook
from api.schema.event import Event, TimeSpan
from api.schema.fields import Argument, column, loaded
from api.schema.person import Person
from api.schema.places import Entity, Node
from api.schema.scalars import Date, DateTime
from engine.facts import EventType, MentionKind

if TYPE_CHECKING:
    from api.schema.rules import Rule

_STRETCH = ("article", "start", "end")


@strawberry.type(description="A sentence of an article.")
class Sentence:
    """A sentence of an article."""

    index: int = column("Its number in the article, from 0.", "position")
    start: int = column("Offset of its first character in the article's text, in Unicode code points.", "start")
    end: int = column("Offset behind its last character.", "end")
    text: str = loaded("Its words.", articles.texts, needs=_STRETCH)
    events: list[Event] = loaded(
        "The events read from it.", events.sentence_events, needs=("article", "position"), size=2
    )


@strawberry.type(description="A stretch of text that names something.")
class Mention:
    """A stretch of text that names something."""

    kind: MentionKind = column("What it names.", "kind", enum=MentionKind)
    start: int = column("Offset of its first character in the article's text.", "start")
    end: int = column("Offset behind its last character.", "end")
    text: str = column("The words.", "text")
    entity: Entity | None = loaded("Whom or what it names; null for times.", articles.entities, needs=articles.ENTITY)
    time: TimeSpan | None = loaded(
        "The days it names; null for other kinds, and for times without a day.",
        articles.mention_times,
        needs=("kind", "value", "text"),
    )


@strawberry.type(description="An article as it came in, and what was read from it.")
class Article(Node):
    """An article."""

    id: strawberry.ID = loaded(
        "Names it everywhere; made from the id that it came with.", articles.article_ids, needs=("record",)
    )
    record_id: strawberry.ID = column("The id that it came with, as extraction records have it.", "record")
    title: str | None = column("The title.", "title")
    url: str | None = column("Where it was published.", "url")
    agency: str | None = column("The agency that wrote it.", "agency")
    dateline: str | None = column("The city of its dateline.", "dateline")
    published_on: Date | None = column("The day of publication.", "published_on")
    text: str = column("The whole text.", "text")
    sentences: list[Sentence] = loaded("Its sentences in order.", articles.sentences, size=20)
    mentions: list[Mention] = loaded(
        "What is named where, in text order.",
        articles.mentions,
        Argument("kind", MentionKind | None, "Only mentions of this kind."),
        size=50,
    )
    events: list[Event] = loaded(
        "The events it tells of, in its order.",
        articles.article_events,
        Argument("type", EventType | None, "Only events of this type."),
        size=10,
    )
    people: list[Person] = loaded("The people it names, in its order.", articles.article_people, size=10)
    ingested_at: DateTime = column("When it was read into the store.", "ingested_at")
    rules_version: str = column("The version of the rules that read it.", "rules_version")


@strawberry.type(description="The words of an article that a fact was read from, and the rule that read them.")
class Evidence:
    """The words that a fact was read from."""

    article: Article = loaded("The article.", articles.articles_of, needs=("article",))
    sentence: Sentence = loaded("The sentence.", articles.sentences_of, needs=("article", "sentence"))
    start: int = column("Offset of the first character in the article's text.", "start")
    end: int = column("Offset behind the last character.", "end")
    text: str = loaded("The words.", articles.texts, needs=_STRETCH)
    rule: Annotated[Rule, strawberry.lazy("api.schema.rules")] = loaded(
        "The rule that read them.", rulebook.rules_of, needs=("rule",)
    )
