"""Rules on trial: what edited rules read, before anything is saved."""

from __future__ import annotations

import strawberry

from api.rows import files, trial
from api.schema.article import Article
from api.schema.extraction import Explanation, Extraction
from api.schema.fields import Argument, column, loaded
from api.schema.rules import RuleFinding


@strawberry.type(description="A file of the rules: a grammar, its examples, or a table of words.")
class RuleFile:
    """A file of the rules."""

    file: str = column('Its path from the project\'s root ("rules/meeting.lark").', "file")
    text: str = loaded("Its whole text, as it is in force.", files.texts, needs=("file",))


@strawberry.type(description="How edited rules read all examples.")
class ExampleCheck:
    """How edited rules read all examples."""

    count: int = column("How many examples there are.", "count")
    errors: list[RuleFinding] = column("Those that are not read as they say; at most 100.", "errors")


@strawberry.type(description="What edited rules would change in a stored article.")
class ArticleChange:
    """What edited rules would change in a stored article."""

    article: Article = loaded("The article.", trial.changed_articles, needs=("record",))
    appear: list[str] = column("The facts that would appear, one a line.", "appear")
    disappear: list[str] = column("The facts that would go.", "disappear")


@strawberry.type(description="What edited rules would change in the newest articles of the store.")
class StoreTrial:
    """What edited rules would change in the store."""

    article_count: int = column("How many articles were read.", "articles")
    complete: bool = column("False where the time did not suffice for all that were asked for.", "complete")
    changes: list[ArticleChange] = column("The articles whose facts would change, the newest first.", "changes")


@strawberry.type(
    description="Edited rules on trial; nothing is saved or stored. Where they cannot be used, `errors` says why and "
    "all else is null."
)
class RuleTrial:
    """Edited rules on trial."""

    errors: list[RuleFinding] = column("What keeps the edited rules from being used.", "errors")
    extraction: Extraction | None = loaded(
        "What they read in the text.", trial.extractions, needs=(), changes_store=True, weight=500
    )
    explanation: Explanation | None = loaded(
        "Why they read that, and what they nearly read.",
        trial.explanations,
        Argument("grammar", str | None, "Only the rules of this grammar; all when left out."),
        needs=(),
        changes_store=True,
        weight=500,
    )
    examples: ExampleCheck | None = loaded("How they read all examples.", trial.examples, needs=(), weight=3000)
    store: StoreTrial | None = loaded(
        "What they would change in the store.",
        trial.stores,
        Argument("first", int, "How many of the newest articles are read.", 100),
        needs=(),
        weight=3000,
    )
