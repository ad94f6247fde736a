"""Rules on trial: what edited rules read, before anything is saved."""

from __future__ import annotations

import strawberry

from api.rows import files, rulebook, trial
from api.schema.article import Article
from api.schema.extraction import Explanation, Extraction
from api.schema.fields import Argument, column, loaded
from api.schema.rules import Rule, RuleFinding
from engine.authoring.impact import FactChangeKind


@strawberry.type(description="A file of the rules: a grammar, its examples, or a table of words.")
class RuleFile:
    """A file of the rules."""

    file: str = column('Its path from the project\'s root ("rules/meeting.lark").', "file")
    text: str = loaded("Its whole text, as it is in force.", files.texts, needs=("file",))


@strawberry.type(description="How edited rules read the examples.")
class ExampleCheck:
    """How edited rules read the examples."""

    count: int = column("How many examples there are.", "count")
    checked: int = column(
        "How many were checked now, those of the edited grammars first; for the next ask again with `skip`.", "checked"
    )
    errors: list[RuleFinding] = column("Those that are not read as they say; at most 100.", "errors")


@strawberry.type(description="A fact that edited rules would read otherwise in a stored article.")
class FactChange:
    """A fact that edited rules would read otherwise."""

    kind: FactChangeKind = column("What would become of it.", "kind", enum=FactChangeKind)
    article: Article = loaded("The article.", trial.changed_articles, needs=("record",))
    sentence: str = column("The words that it is read from.", "sentence")
    before: str | None = column("The fact as it is read now, on one line; null where it would appear.", "before")
    after: str | None = column("The fact as it would be read, on one line; null where it would go.", "after")


@strawberry.type(description="What would change by one rule: that which would read the fact, else that which did.")
class RuleImpact:
    """What would change by one rule."""

    rule: Rule = loaded("The rule, as edited; one that is gone has line 0.", rulebook.rules_of, needs=("rule",))
    changes: list[FactChange] = column(
        "The facts that would be other ones, those of the newest article first.", "changes"
    )


@strawberry.type(description="What edited rules would change in the newest articles of the store.")
class Impact:
    """What edited rules would change in the store."""

    article_count: int = column("How many articles were read.", "articles")
    fact_count: int = column("How many facts the rules in force read in them.", "facts")
    complete: bool = column("False where the time did not suffice for all that were asked for.", "complete")
    rules: list[RuleImpact] = column("The rules by which facts would change, those with most first.", "rules")


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
    examples: ExampleCheck | None = loaded(
        "How they read the examples, as many as the time suffices for.",
        trial.examples,
        Argument("skip", int, "How many were read before.", 0),
        needs=(),
        weight=3000,
    )
    impact: Impact | None = loaded(
        "What they would change in the store, before anything is stored.",
        trial.impacts,
        Argument("first", int, "How many of the newest articles are read.", 100),
        needs=(),
        changes_store=True,
        weight=3000,
    )
