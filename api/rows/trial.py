"""Loaders of rules on trial: they are read with in the sandbox, and all other loaders show what it gave."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from api.context import Context
from api.engine import Engine
from api.errors import bad_input
from api.rows import extraction
from api.rows.root import articles_by_record
from api.rows.rulebook import few
from api.rows.tables import Columns
from api.sandbox import Sandbox
from engine.authoring.coverage import Unread
from engine.authoring.explanation import Explanation
from engine.authoring.impact import FactChange, by_rule, impact
from engine.authoring.proposals import Proposal
from engine.errors import Finding, RulesError
from engine.facts import Article, Extraction
from engine.rulebook import ExampleText, GrammarText, SentenceRead
from engine.sources import Sources

if TYPE_CHECKING:
    from api.schema.inputs import RuleFileInput

MOST_CHARACTERS = 20_000
"""Length of a text that rules are tried on."""
MOST_FILE_BYTES = 2_000_000
"""Size of an edited file; the longest of the project's own has half of that."""
EXAMPLES_SECONDS = 2.0
"""What reading examples may take at once: whoever edits on waits for it."""
ARTICLES_AT_ONCE = 10
"""Articles of the store that one question to the sandbox holds."""


@dataclass(slots=True, eq=False)
class TrialRow:
    """Edited rules and a text; without an `engine` they cannot be used, for the reasons that `errors` give.

    `edited` are the grammars with a file on trial.
    """

    context: Context
    engine: Engine | None
    article: Article
    errors: list[Finding]
    edited: list[str]
    graphql_type = "RuleTrial"


@dataclass(slots=True, eq=False)
class ExampleCheckRow:
    """How the examples are read: how many there are, how many were read, and what is wrong."""

    count: int
    checked: int
    errors: list[Finding]
    graphql_type = "ExampleCheck"


@dataclass(slots=True, eq=False)
class ChangeRow:
    """A fact that edited rules read otherwise in a stored article, by its id outside."""

    record: str
    kind: str
    sentence: str
    before: str | None
    after: str | None
    graphql_type = "FactChange"


@dataclass(slots=True, eq=False)
class RuleImpactRow:
    """The changes by one rule."""

    rule: str
    changes: list[ChangeRow]
    graphql_type = "RuleImpact"


@dataclass(slots=True, eq=False)
class ImpactRow:
    """What edited rules make of the newest stored articles; `context` knows the edited rules."""

    context: Context
    articles: int
    facts: int
    complete: bool
    rules: list[RuleImpactRow]
    graphql_type = "Impact"


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

    def explain(self, text: str, grammar: str | None = None) -> Explanation:
        """What the rules made of a text."""
        found: Explanation = self.sandbox.ask(self.sources, "explain", text, grammar)
        return found

    def propose(self, text: str, grammar: str | None = None) -> Sequence[Proposal]:
        """Edits that would make a text give more."""
        found: Sequence[Proposal] = self.sandbox.ask(self.sources, "propose", text, grammar)
        return found

    def harvest(self, sentences: Iterable[SentenceRead], first: int) -> Sequence[Unread]:
        """The most telling verbs and phrases that no rule reads."""
        found: Sequence[Unread] = self.sandbox.ask(self.sources, "harvest", list(sentences), first)
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
    names = [PurePosixPath(each.file).stem for each in files]
    assert context.sandbox is not None
    try:
        version = context.sandbox.ask(sources, "version")
    except RulesError as error:
        return [TrialRow(context, None, article, few(error.findings), names)]
    rules = TrialRules(context.sandbox, sources, version)
    engine = Engine(rules, rules, context.engine.template, sources)
    return [TrialRow(replace(context, engine=engine), engine, article, [], names)]


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


def examples(
    context: Context, rows: Sequence[TrialRow], columns: Columns, skip: int = 0
) -> list[ExampleCheckRow | None]:
    """How the edited rules read the examples, as far as the request's time allows."""
    if skip < 0:
        raise bad_input(f"`skip` of `examples` is {skip}; give how many were checked before, or leave it out")
    found: list[ExampleCheckRow | None] = []
    for row in rows:
        if row.engine is None:
            found.append(None)
            continue
        assert context.sandbox is not None
        seconds = min(time_left(context) / 2, EXAMPLES_SECONDS)
        count, checked, findings = context.sandbox.ask(row.engine.sources, "examples", row.edited, skip, seconds)
        found.append(ExampleCheckRow(count, checked, few(findings)))
    return found


def impacts(context: Context, rows: Sequence[TrialRow], columns: Columns, first: int = 100) -> list[ImpactRow | None]:
    """What the edited rules make of the newest articles of the store, as far as the request's time allows."""
    if not 0 < first <= context.settings.max_list:
        raise bad_input(f"`first` of `impact` is {first}; allowed is 1 to {context.settings.max_list}")
    return [compared(context, row, first) if row.engine else None for row in rows]


def time_left(context: Context) -> float:
    """The seconds that one question to the sandbox may still take."""
    return min(context.settings.trial_time, context.deadline - time.monotonic())


def changed_articles(context: Context, rows: Sequence[ChangeRow], columns: Columns) -> list[Any]:
    """The article of each change."""
    found = articles_by_record(context, [row.record for row in rows], columns)
    return [found[row.record] for row in rows]


def compared(context: Context, trial: TrialRow, first: int) -> ImpactRow:
    """The difference between the rules in force and edited ones, in the newest articles."""
    statement = "SELECT id, text, published_on, dateline, agency, title, url FROM article ORDER BY number DESC LIMIT ?"
    articles = [Article(*found) for found in context.all(statement, (first,))]
    # Half of the time for the answer is kept for what was asked beside this.
    end = time.monotonic() + time_left(context) / 2
    answer = ImpactRow(trial.context, 0, 0, True, [])
    changes: list[FactChange] = []
    assert context.sandbox is not None
    assert trial.engine is not None
    for at in range(0, len(articles), ARTICLES_AT_ONCE):
        if time.monotonic() > end:
            answer.complete = False
            break
        some = articles[at : at + ARTICLES_AT_ONCE]
        before = context.sandbox.ask(context.engine.sources, "facts", some)
        after = context.sandbox.ask(trial.engine.sources, "facts", some)
        for each in starmap(impact, zip(some, before, after, strict=True)):
            answer.articles, answer.facts = answer.articles + 1, answer.facts + each.facts
            changes += each.changes
    for rule, group in by_rule(changes).items():
        told = [ChangeRow(c.article, c.kind.name, c.sentence, c.before or None, c.after or None) for c in group]
        answer.rules.append(RuleImpactRow(rule, told))
    return answer
