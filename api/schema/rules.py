"""The rules as the API shows them, and how much of the store they read."""

from __future__ import annotations

import strawberry

from api.rows import rulebook
from api.schema.article import Sentence
from api.schema.connection import PAGE, Connection
from api.schema.fields import Argument, column, loaded
from api.schema.scalars import DateTime


@strawberry.type(description="A sentence that a rule is to read, or must not read, with the facts expected.")
class Example:
    """An example of a rule."""

    text: str = column("The sentence.", "text")
    line: int = column("Its line in the .corpus file, from 1.", "line")
    passes: bool = column("Whether the rules give exactly the facts expected.", "passes")


@strawberry.type(description="A rule: one wording and the fact it builds.")
class Rule:
    """A rule."""

    name: str = column('Grammar and phrasing ("meeting.held_by_both").', "name")
    grammar: Grammar = loaded("The grammar it stands in.", rulebook.grammars_of, needs=("name",), weight=20)
    line: int = loaded(
        "Its line in the grammar's file, from 1; 0 where the rules no longer have it.",
        rulebook.rule_lines,
        needs=("name",),
        weight=20,
    )
    source: str = loaded(
        "Its definition; empty where the rules no longer have it.",
        rulebook.rule_sources,
        needs=("name",),
        weight=20,
    )
    examples: list[Example] = loaded(
        "The examples that it reads.", rulebook.examples, needs=("name",), size=5, weight=20
    )
    match_count: int = loaded(
        "How many stretches of the stored articles it read.", rulebook.match_counts, needs=("name",), weight=1
    )


@strawberry.type(description="A grammar file: one for each event type, and those of the phrases.")
class Grammar:
    """A grammar file."""

    name: str = column('Its name ("meeting").', "name")
    file: str = column('Its path from the project\'s root ("rules/meeting.lark").', "file")
    source: str = column("Its whole text, in Lark's notation.", "source")
    description: str = column("What it reads.", "description")
    rules: list[Rule] = loaded("Its rules in the order of the file.", rulebook.grammar_rules, needs=("rules",), size=20)


@strawberry.type(description="One thing that is wrong in the rules.")
class RuleFinding:
    """One thing wrong in the rules."""

    file: str = column('The file, from the project\'s root ("rules/meeting.lark").', "file")
    line: int = column("Its line, from 1.", "line")
    what: str = column("What is wrong.", "what")
    allowed: str = column("What is allowed there; may be empty.", "allowed")
    todo: str = column("What to do; may be empty.", "do")


@strawberry.type(description="The rules in force, and what is wrong with newer ones.")
class RulesReload:
    """The rules in force."""

    rules_version: str = column("The version of the rules in force.", "version")
    at: DateTime = column("When they came into force, or newer ones were found wrong.", "at")
    errors: list[RuleFinding] = column(
        "What is wrong with the rules on the disk, for which those before stay in force; none where all is well.",
        "errors",
    )
    grammars: list[Grammar] = loaded("The grammars in force.", rulebook.grammars, needs=(), size=30)


@strawberry.type(description="How many events the rules of a grammar read.")
class GrammarCount:
    """How many events a grammar read."""

    grammar: Grammar = column("The grammar.", "grammar")
    events: int = column("How many events.", "events")
    sentences: int = column("In how many sentences.", "sentences")


@strawberry.type(description="How much of an agency's articles the rules read.")
class AgencyCount:
    """How much of an agency's articles the rules read."""

    agency: str | None = column("The agency; null for articles that tell none.", "agency")
    sentences: int = column("How many sentences its articles have.", "sentences")
    read_sentences: int = column("How many of these some rule touched.", "read_sentences")


@strawberry.type(description="A verb between two parties, alone or with the words behind it, that no rule read.")
class UnreadPhrase:
    """A verb or phrase of sentences that no rule touched."""

    phrase: str = column('The verb as the lexicon lists it, and the words behind it ("shrug off calls").', "phrase")
    count: int = column("How many sentences have it.", "count")
    examples: list[str] = column("Some of them; at most 3.", "examples")


@strawberry.type(description="How much of the store the rules read.")
class Coverage:
    """How much of the store the rules read."""

    articles: int = loaded("How many articles the store has.", rulebook.count(0), needs=("counts",))
    sentences: int = loaded("How many sentences they have.", rulebook.count(1), needs=("counts",))
    read_sentences: int = loaded("How many of these some rule touched.", rulebook.count(2), needs=("counts",))
    by_grammar: list[GrammarCount] = loaded(
        "How many events each grammar read.", rulebook.by_grammar, needs=(), size=12, weight=50
    )
    by_agency: list[AgencyCount] = loaded(
        "How much of each agency's articles was read, the agency with most first.",
        rulebook.by_agency,
        needs=(),
        size=12,
        weight=50,
    )
    unmatched: list[Rule] = loaded(
        "The rules of events that read nothing in the store.", rulebook.unmatched, needs=(), size=100, weight=50
    )
    harvest: list[UnreadPhrase] = loaded(
        "What parties do to each other that no rule read, in the newest 3000 sentences: verbs with a party on either "
        "side, alone and with what stands before the second, those first that stand so more often than others.",
        rulebook.harvest,
        Argument("first", int, "How many; at most 100.", 20),
        needs=(),
        size=20,
        weight=1000,
    )
    unread: Connection[Sentence] = loaded(
        "The sentences that no rule touched, in the order in which the articles came.",
        rulebook.unread,
        *PAGE,
        needs=(),
    )
