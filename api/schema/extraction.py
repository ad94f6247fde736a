"""What is read without being stored, and why it was read so."""

from __future__ import annotations

import strawberry

from api.rows import articles, extraction, rulebook
from api.schema.article import Mention, Sentence
from api.schema.enums import ProposalKind
from api.schema.event import Event
from api.schema.fields import column, loaded
from api.schema.person import Person
from api.schema.rules import Rule


@strawberry.type(description="What was read from a text that is not stored; ids are those that it would have.")
class Extraction:
    """What was read from a text."""

    sentences: list[Sentence] = loaded("Its sentences in order.", articles.sentences, size=20)
    mentions: list[Mention] = loaded("What is named where, in text order.", articles.mentions, size=50)
    people: list[Person] = loaded("The people it names, in its order.", articles.article_people, size=10)
    events: list[Event] = loaded("The events it tells of, in its order.", articles.article_events, size=10)
    unread: list[Sentence] = loaded("The sentences that no rule touched.", extraction.unread, size=10)


@strawberry.type(description="A word of the text and what the grammars can take it for.")
class TokenReading:
    """A word and what it can be."""

    text: str = column("The word.", "text")
    start: int = column("Offset of its first character.", "start")
    end: int = column("Offset behind its last character.", "end")
    terminals: list[str] = column("The terminals that it can be.", "terminals")


@strawberry.type(description="A stretch of the text.")
class Stretch:
    """A stretch of the text."""

    text: str = column("The words.", "text")
    start: int = column("Offset of its first character.", "start")
    end: int = column("Offset behind its last character.", "end")


@strawberry.type(description="A slot that a rule filled, and the words that it took.")
class SlotReading:
    """A slot that a rule filled."""

    name: str = column('The slot, as the rules name it ("parties").', "name")
    mark: str | None = column('What the rule says of it with an arrow ("subject"); null where it says nothing.', "mark")
    text: str = column("The words that it took; empty where the rule alone tells.", "text")
    start: int = column("Offset of their first character.", "start")
    end: int = column("Offset behind their last character.", "end")


@strawberry.type(description="A rule that read a stretch of the text.")
class Reading:
    """A rule that read a stretch of the text."""

    rule: Rule = loaded("The rule.", rulebook.rules_of, needs=("rule",))
    file: str = column("The grammar's file, from the project's root (\"rules/meeting.lark\").", "file")
    line: int = column("The rule's line in it, from 1.", "line")
    slots: list[SlotReading] = column("The slots that it filled.", "slots")
    start: int = column("Offset of its first character.", "start")
    end: int = column("Offset behind its last character.", "end")
    tree: str = column("The parse tree as indented lines.", "tree")
    event: Event | None = loaded(
        "The event that it gave, or gave a part of; null where it gave none.",
        extraction.reading_events,
        needs=("rule", "start", "end"),
    )
    unmade: str | None = column("Why it gave no event; null where it gave one.", "unmade")


@strawberry.type(description="A class or shape of words, as grammars name it.")
class WordClass:
    """A class or shape of words."""

    name: str = column('Its name ("MEET_ACTIVE").', "name")
    file: str = column("The file that says which words these are, from the project's root.", "file")
    words: list[str] = column("Some of the words; none where the file has only their pattern.", "words")


@strawberry.type(description="A rule that began to read and did not finish.")
class NearMiss:
    """A rule that did not finish."""

    rule: Rule = loaded("The rule.", rulebook.rules_of, needs=("rule",))
    file: str = column("The grammar's file, from the project's root (\"rules/meeting.lark\").", "file")
    line: int = column("The rule's line in it, from 1.", "line")
    start: int = column("Offset where it began.", "start")
    stopped_at: int = column("Offset of the first word that did not fit.", "stopped_at")
    stood: str = column("The word that did not fit; empty where the text ended.", "stood")
    expected: list[str] = column("What would have fitted there: terminals and words.", "expected")
    words: list[str] = column("The quoted words among it.", "words")
    phrases: list[str] = column("The phrases among it (ACTORS, TIME).", "phrases")
    classes: list[WordClass] = column("The classes and shapes of words among it.", "classes")


@strawberry.type(description="An edit of the rules, tried before it is told, that would make the text give more.")
class Proposal:
    """An edit of the rules that would make the text give more."""

    file: str = column('The file to edit, from the project\'s root ("rules/lexicon/verb.csv").', "file")
    line: int = column(
        "The line below which the text goes, from 1; the line to replace, where it replaces one.", "line"
    )
    kind: ProposalKind = column("What it adds.", "kind", enum=ProposalKind)
    text: str = column("The text to paste: one line of the file.", "text")
    replaces: bool = column("Whether it goes in the place of the line.", "replaces")
    why: str = column("What it does, and like what.", "why")
    reads: str = column("The facts that the text then gives beside those that it gave, one a line.", "reads")


@strawberry.type(description="Why a text gave these facts, and why it gave no others.")
class Explanation:
    """Why a text gave these facts."""

    tokens: list[TokenReading] = column("All words of the text.", "explanation.tokens")
    readings: list[Reading] = column("What the rules read.", "explanation.readings")
    untouched: list[Stretch] = column("What no rule read.", "explanation.untouched")
    near_misses: list[NearMiss] = column(
        "What they began to read, the longest first; at most 20.", "explanation.near_misses"
    )
    proposals: list[Proposal] = loaded(
        "The smallest edits of the rules that would make the text give more, best first; at most 8.",
        extraction.proposals,
        needs=("text", "grammar"),
        size=8,
        weight=1000,
    )
