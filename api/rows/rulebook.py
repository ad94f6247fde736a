"""Loaders of the rules as texts, of how often each matched, and of how much of the store they read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from api.context import Context
from api.engine import Reload
from api.errors import bad_input
from api.rows.pages import ConnectionRow, Listing, Page, Term, page
from api.rows.tables import SENTENCE, Columns
from engine.authoring.coverage import Unread
from engine.errors import Finding
from engine.rulebook import ExampleText, GrammarText

MOST_FINDINGS = 100

MOST_PHRASES = 100
"""Phrases of a harvest that can be asked for."""
MOST_HARVESTED = 3000
"""Sentences that a harvest goes through."""


@dataclass(slots=True, eq=False)
class RuleRow:
    """A rule by name; the rest is looked up only when asked for."""

    name: str
    graphql_type = "Rule"


@dataclass(slots=True, eq=False)
class ReloadRow:
    """The rules in force, and what is wrong with newer ones."""

    reload: Reload
    graphql_type = "RulesReload"

    @property
    def version(self) -> str:
        """The version of the rules in force."""
        return self.reload.engine.version

    @property
    def at(self) -> str:
        """When that was, UTC, ISO 8601."""
        return self.reload.at

    @property
    def errors(self) -> list[Finding]:
        """What is wrong with newer rules."""
        return few(self.reload.findings)


def few(findings: Iterable[Finding]) -> list[Finding]:
    """Findings, at most as many as anybody reads."""
    return list(islice(findings, MOST_FINDINGS))


@dataclass(slots=True, eq=False)
class CoverageRow:
    """How much of the store the rules read; `counts` is filled when first asked for."""

    counts: tuple[int, int, int] = (0, 0, 0)
    graphql_type = "Coverage"


@dataclass(slots=True, eq=False)
class GrammarCountRow:
    """How many events the rules of a grammar read."""

    grammar: GrammarText
    events: int
    sentences: int
    graphql_type = "GrammarCount"


@dataclass(slots=True, eq=False)
class AgencyCountRow:
    """How many sentences an agency's articles have, and how many of them are read."""

    agency: str | None
    sentences: int
    read_sentences: int
    graphql_type = "AgencyCount"


def grammar_named(context: Context, name: str) -> GrammarText:
    """The grammar of a name, or what is left of one that the rules have lost."""
    lost = GrammarText(name, f"rules/{name}.lark", "", "No longer among the rules.", ())
    return context.engine.grammars().get(name, lost)


def grammars(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[GrammarText]]:
    """All grammars."""
    return [list(context.engine.grammars().values())]


def grammar(context: Context, rows: Sequence[Any], columns: Columns, name: str) -> list[GrammarText | None]:
    """The grammar of a name."""
    return [context.engine.grammars().get(name)]


def in_force(context: Context, rows: Sequence[Any], columns: Columns) -> list[ReloadRow]:
    """The rules in force and what is wrong with newer ones."""
    return [ReloadRow(context.reload or Reload(context.engine))]


def rule(context: Context, rows: Sequence[Any], columns: Columns, name: str) -> list[RuleRow | None]:
    """The rule of a name."""
    return [None if context.engine.rule(name) is None else RuleRow(name)]


def rules_of(context: Context, rows: Sequence[Any], columns: Columns) -> list[RuleRow]:
    """The rule that each row names."""
    known = {name: RuleRow(name) for name in {row.rule for row in rows}}
    return [known[row.rule] for row in rows]


def rule_lines(context: Context, rows: Sequence[RuleRow], columns: Columns) -> list[int]:
    """Where each rule stands; 0 for one that the rules have lost since it read an article."""
    return [found.line if (found := context.engine.rule(row.name)) else 0 for row in rows]


def rule_sources(context: Context, rows: Sequence[RuleRow], columns: Columns) -> list[str]:
    """The definition of each rule; empty for one that the rules have lost."""
    return [found.source if (found := context.engine.rule(row.name)) else "" for row in rows]


def grammar_rules(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[RuleRow]]:
    """The rules of each grammar."""
    return [[RuleRow(found.name) for found in row.rules] for row in rows]


def grammars_of(context: Context, rows: Sequence[Any], columns: Columns) -> list[GrammarText]:
    """The grammar of each rule: what stands before the point of its name."""
    known: dict[str, GrammarText] = {}
    for row in rows:
        name = row.name.partition(".")[0]
        known.setdefault(name, grammar_named(context, name))
    return [known[row.name.partition(".")[0]] for row in rows]


def examples(context: Context, rows: Sequence[RuleRow], columns: Columns) -> list[list[ExampleText]]:
    """The examples of each rule."""
    return [list(context.engine.examples(row.name)) for row in rows]


def match_counts(context: Context, rows: Sequence[Any], columns: Columns) -> list[int]:
    """How many stretches of text each rule read in the store."""
    statement = (
        "SELECT wanted.value, count(*) FROM json_each(?) AS wanted CROSS JOIN evidence ON rule = wanted.value "
        "GROUP BY wanted.value"
    )
    names = list({row.name for row in rows})
    counts = dict(context.all(statement, (json.dumps(names),)))
    return [counts.get(row.name, 0) for row in rows]


def coverage(context: Context, rows: Sequence[Any], columns: Columns) -> list[CoverageRow]:
    """How much of the store the rules read."""
    statement = "SELECT (SELECT count(*) FROM article), count(*), coalesce(sum(was_read), 0) FROM sentence"
    return [CoverageRow(context.all(statement)[0])]


def count(index: int) -> Any:
    """The loader of one of the counts of a coverage: articles, sentences, sentences read."""

    def load(context: Context, rows: Sequence[CoverageRow], columns: Columns) -> list[int]:
        return [row.counts[index] for row in rows]

    return load


def by_grammar(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[GrammarCountRow]]:
    """The number of events, and of sentences, by grammar, for every grammar that read one."""
    statement = (
        "SELECT substr(rule, 1, instr(rule || '.', '.') - 1) AS grammar, count(DISTINCT event_id), "
        "count(DISTINCT article_id || ' ' || sentence) FROM evidence "
        "WHERE event_id IS NOT NULL GROUP BY grammar ORDER BY grammar"
    )
    counted = context.all(statement)
    return [[GrammarCountRow(grammar_named(context, name), *counts) for name, *counts in counted] for _ in rows]


def by_agency(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[AgencyCountRow]]:
    """The sentences, and those read, by agency, the agency with most first."""
    statement = (
        "SELECT agency, count(*), sum(was_read) FROM sentence JOIN article ON article.number = sentence.article_id "
        "GROUP BY agency ORDER BY count(*) DESC, agency"
    )
    counted = context.all(statement)
    return [[AgencyCountRow(*counts) for counts in counted] for _ in rows]


def unmatched(context: Context, rows: Sequence[Any], columns: Columns) -> list[list[RuleRow]]:
    """The rules of events that read nothing in the store, in the order of their files."""
    known = {row[0] for row in context.all("SELECT DISTINCT rule FROM evidence")}
    grammars = context.engine.grammars().values()
    found = [rule.name for g in grammars if "/phrases/" not in g.file for rule in g.rules if rule.name not in known]
    return [[RuleRow(name) for name in found] for _ in rows]


def harvest(context: Context, rows: Sequence[Any], columns: Columns, first: int = 20) -> list[list[Unread]]:
    """What parties do to each other in the newest sentences that no rule read."""
    if not 0 <= first <= MOST_PHRASES:
        raise bad_input(f"first is {first}; allowed are 0 to {MOST_PHRASES}")
    statement = (
        'SELECT substr(text, sentence.start + 1, sentence."end" - sentence.start), '
        '(SELECT json_group_array(json_array(read.start - sentence.start, read."end" - sentence.start)) '
        "FROM evidence AS read WHERE read.article_id = article.number AND read.sentence = sentence.position) "
        "FROM sentence JOIN article ON article.number = sentence.article_id "
        "ORDER BY article.number DESC, position LIMIT ?"
    )
    sentences = [(text, json.loads(read)) for text, read in context.all(statement, (MOST_HARVESTED,))]
    found = list(context.engine.harvest(sentences, first))
    return [found for _ in rows]


def unread(context: Context, rows: Sequence[Any], columns: Columns, **asked: Any) -> list[ConnectionRow]:
    """The sentences that no rule touched, in the order in which the articles came."""
    listing = Listing(SENTENCE, (Term("article"), Term("position")), where=["sentence.was_read = 0"])
    return [page(context, listing, columns, Page(**asked)) for _ in rows]
