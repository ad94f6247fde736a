"""The fields of Mutation and what they answer."""

from __future__ import annotations

import strawberry

from api.rows import files, writing
from api.schema.article import Article
from api.schema.fields import Argument, column, loaded
from api.schema.inputs import ArticleInput
from api.schema.rules import RuleFinding
from engine.store.store import Outcome

strawberry.enum(Outcome, description="What became of an article.")


@strawberry.type(description="What became of one article.")
class IngestedArticle:
    """What became of one article."""

    outcome: Outcome = column("What became of it.", "outcome", enum=Outcome)
    article: Article = loaded("The article as the store has it now.", writing.stored_articles, needs=("record",))
    event_count: int = column("How many events it reports.", "event_count")


@strawberry.type(description="What became of the articles of an ingest.")
class IngestPayload:
    """What became of the articles of an ingest."""

    results: list[IngestedArticle] = column("What became of each, in the order given.", "results")


@strawberry.type(description="What became of an article that was to be deleted.")
class DeletePayload:
    """What became of an article that was to be deleted."""

    deleted: bool = column("False where the store has no such article.", "deleted")
    deleted_id: strawberry.ID | None = column("The global id it had.", "deleted_id")


@strawberry.type(description="What reading articles again gave.")
class ReextractPayload:
    """What reading articles again gave."""

    results: list[IngestedArticle] = column("What became of each, in the order in which they came.", "results")
    article_count: int = loaded("How many articles were read.", writing.article_counts, needs=("results",))
    event_count: int = loaded(
        "How many events they report; one that several report counts with each.",
        writing.event_counts,
        needs=("results",),
    )


@strawberry.type(description="What became of an edited file of the rules.")
class SaveRulePayload:
    """What became of an edited file of the rules."""

    saved: bool = column("Whether the file was saved; the rules come into force within a second.", "saved")
    errors: list[RuleFinding] = column(
        "What keeps the edited rules from being used, and the file from being saved.", "errors"
    )


@strawberry.type(description="What can be changed, with the server's token or from its own machine.")
class Mutation:
    """What can be changed."""

    ingest_articles: IngestPayload = loaded(
        "Reads and stores articles; none is stored when one of them is not acceptable. The same text again changes "
        "nothing; "
        "another text under the same URL replaces the older one.",
        writing.ingest,
        Argument("input", list[ArticleInput], "The articles.", ...),
        needs=(),
        weight=500,
    )
    delete_article: DeletePayload = loaded(
        "Deletes an article with all that only it told.",
        writing.delete,
        Argument("id", strawberry.ID, "Its global id, or the id that it came with.", ...),
        needs=(),
    )
    reextract: ReextractPayload = loaded(
        "Reads stored articles again with the rules as they are now.",
        writing.reextract,
        Argument("article_ids", list[strawberry.ID] | None, "Which articles; all when left out."),
        needs=(),
        weight=1000,
    )
    save_rule: SaveRulePayload = loaded(
        "Saves an edited file of the rules, whole or not at all, once all rules with it can be used. Works only where "
        "the server watches its rules and has a token.",
        files.save,
        Argument("file", str, 'Its path from the project\'s root ("rules/meeting.lark").', ...),
        Argument("text", str, "Its whole text as edited.", ...),
        Argument("replaces", str, "The text that was edited: nothing is saved where the file has changed since.", ...),
        needs=(),
        weight=1000,
    )
