"""Loaders of rules on trial: they are read with in the sandbox, and all other loaders show what it gave."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from api.context import Context
from api.engine import Engine, ExampleText, ExplanationText, GrammarText, ProposalText, UnreadText
from api.errors import bad_input
from api.rows import extraction
from api.rows.root import articles_by_record
from api.rows.rulebook import FindingRow, finding_rows
from api.rows.tables import Columns
from api.sandbox import Sandbox
from engine.errors import RulesError
from engine.facts import Article, Extraction
from engine.sources import Sources

if TYPE_CHECKING:
    from api.schema.inputs import RuleFileInput

MOST_CHARACTERS = 20_000
"""Length of a text that rules are tried on."""
MOST_FILE_BYTES = 2_000_000
"""Size of an edited file; the longest of the project's own has half of that."""
ARTICLES_AT_ONCE = 10
"""Articles of the store that one question to the sandbox holds."""


@dataclass(slots=True, eq=False)
class TrialRow:
    """Edited rules and a text; without an `engine` they cannot be used, for the reasons that `findings` give."""

    context: Context
    engine: Engine | None
    article: Article
    errors: list[FindingRow]
    graphql_type = "RuleTrial"


@dataclass(slots=True, eq=False)
class ExampleCheckRow:
    """How the examples are read: how many there are, and what is wrong."""

    count: int
    errors: list[FindingRow]
    graphql_type = "ExampleCheck"


@dataclass(slots=True, eq=False)
class ChangeRow:
    """What edited rules make of a stored article, by its id outside; facts one a line."""

    record: str
    appear: list[str]
    disappear: list[str]
    graphql_type = "ArticleChange"


@dataclass(slots=True, eq=False)
class StoreTrialRow:
    """What edited rules make of the newest stored articles."""

    articles: int
    complete: bool
    changes: list[ChangeRow]
    graphql_type = "StoreTrial"


class TrialRules:
    """The reader and the rulebook of rules on trial: what they are asked is asked of the sandbox."""

    def __init__(self, sandbox: Sandbox, sources: Sources, version: str) -> None:
        self.sandbox = sandbox
        self.sources = sources
        self.version = version

    def read(self, article: Article) -> Extraction:
        """All facts of the article."""
        found: Extraction = self.sandbox.ask(self.sources, "read", article)
        return found

    def explain(self, text: str, grammar: str | None = None) -> ExplanationText:
        """What the rules made of a text."""
        found: ExplanationText = self.sandbox.ask(self.sources, "explain", text, grammar)
        return found

    def propose(self, text: str, grammar: str | None = None) -> Sequence[ProposalText]:
        """Edits that would make a text give more."""
        found: Sequence[ProposalText] = self.sandbox.ask(self.sources, "propose", text, grammar)
        return found

    def harvest(self, sentences: Iterable[str], first: int) -> Sequence[UnreadText]:
        """The most frequent verbs and phrases of sentences that no rule reads."""
        found: Sequence[UnreadText] = self.sandbox.ask(self.sources, "harvest", list(sentences), first)
        return found

    def grammars(self) -> Sequence[GrammarText]:
        """All grammars."""
        found: Sequence[GrammarText] = self.sandbox.ask(self.sources, "grammars")
        return found

    def examples_of(self, rule: str) -> Sequence[ExampleText]:
        """The examples that a rule reads."""
        found: Sequence[ExampleText] = self.sandbox.ask(self.sources, "examples_of", rule)
        return found


def edited(sources: Sources, files: Sequence[RuleFileInput]) -> Sources:
    """The files in force with edited ones in place of theirs; raises BAD_USER_INPUT."""
    edits = {}
    for index, each in enumerate(files):
        name = each.file.removeprefix("rules/")
        if name not in sources.files:
            raise bad_input(f"files[{index}].file {each.file!r} is no file of the rules; `ruleFiles` lists them")
        if len(each.text.encode()) > MOST_FILE_BYTES:
            raise bad_input(f"files[{index}].text is longer than {MOST_FILE_BYTES} bytes; try a smaller file")
        edits[name] = each.text
    if len(edits) < len(files):
        raise bad_input("files names a file twice; give each once")
    return sources.edited(edits)


def try_rules(
    context: Context,
    rows: Sequence[Any],
    columns: Columns,
    files: list[RuleFileInput],
    text: str,
    published_on: str | None = None,
) -> list[TrialRow]:
    """Edited rules and a text to try them on."""
    if len(text) > MOST_CHARACTERS:
        raise bad_input(f"text has {len(text)} characters; allowed are {MOST_CHARACTERS}; try a part of it")
    article = extraction.text_article(text)
    article.published_on = published_on or None
    sources = edited(context.engine.sources, files)
    assert context.sandbox is not None
    try:
        version = context.sandbox.ask(sources, "version")
    except RulesError as error:
        return [TrialRow(context, None, article, finding_rows(error.findings))]
    rules = TrialRules(context.sandbox, sources, version)
    engine = Engine(rules, rules, context.engine.template, sources)
    return [TrialRow(replace(context, engine=engine), engine, article, [])]


def extractions(context: Context, rows: Sequence[TrialRow], columns: Columns) -> list[extraction.ExtractionRow | None]:
    """What the edited rules read in each text."""
    return [extraction.apart(row.context, row.article) if row.engine else None for row in rows]


def explanations(
    context: Context, rows: Sequence[TrialRow], columns: Columns, grammar: str | None = None
) -> list[extraction.ExplanationRow | None]:
    """What the edited rules made of each text, and what they nearly made of it."""
    return [
        extraction.explain(row.context, [None], columns, row.article.text, grammar)[0] if row.engine else None
        for row in rows
    ]


def examples(context: Context, rows: Sequence[TrialRow], columns: Columns) -> list[ExampleCheckRow | None]:
    """How the edited rules read all examples."""
    found: list[ExampleCheckRow | None] = []
    for row in rows:
        if row.engine is None:
            found.append(None)
            continue
        assert context.sandbox is not None
        count, findings = context.sandbox.ask(row.engine.sources, "examples")
        found.append(ExampleCheckRow(count, finding_rows(findings)))
    return found


def stores(
    context: Context, rows: Sequence[TrialRow], columns: Columns, first: int = 100
) -> list[StoreTrialRow | None]:
    """What the edited rules make of the newest articles of the store, as far as the request's time allows."""
    if not 0 < first <= context.settings.max_list:
        raise bad_input(f"`first` of `store` is {first}; allowed is 1 to {context.settings.max_list}")
    return [compared(context, row.engine, first) if row.engine else None for row in rows]


def changed_articles(context: Context, rows: Sequence[ChangeRow], columns: Columns) -> list[Any]:
    """The article of each change."""
    found = articles_by_record(context, [row.record for row in rows], columns)
    return [found[row.record] for row in rows]


def compared(context: Context, trial: Engine, first: int) -> StoreTrialRow:
    """The difference between the rules in force and edited ones, in the newest articles."""
    statement = "SELECT id, text, published_on, dateline, agency, title, url FROM article ORDER BY number DESC LIMIT ?"
    articles = [Article(*found) for found in context.all(statement, (first,))]
    # Half of the time for the answer is kept for what was asked beside this.
    end = time.monotonic() + min(context.settings.trial_time, context.deadline - time.monotonic()) / 2
    answer = StoreTrialRow(0, True, [])
    assert context.sandbox is not None
    for at in range(0, len(articles), ARTICLES_AT_ONCE):
        if time.monotonic() > end:
            answer.complete = False
            break
        some = articles[at : at + ARTICLES_AT_ONCE]
        before = context.sandbox.ask(context.engine.sources, "facts", some)
        after = context.sandbox.ask(trial.sources, "facts", some)
        answer.articles += len(some)
        for article, had, has in zip(some, before, after, strict=True):
            appear, disappear = Counter(has) - Counter(had), Counter(had) - Counter(has)
            if appear or disappear:
                answer.changes.append(ChangeRow(article.id, [*appear.elements()], [*disappear.elements()]))
    return answer
