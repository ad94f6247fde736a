"""Impact: what edited rules would make of articles otherwise than the rules before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from engine.authoring.trial import Fact, facts_of
from engine.facts import Article
from engine.reader import Reader


class FactChangeKind(Enum):
    """What edited rules would make of a fact."""

    APPEARS = "It would be read, and is not now."
    DISAPPEARS = "It is read now, and would not be."
    CHANGES = "It would be read with other slots."


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that would be another: by which rule, in which article and words, and how it reads before and after.

    `rule` is the rule that would read it, or where it disappears the one that reads it now; `sentence` are the words of
    its evidence; `before` and `after` are empty where there is no such fact.
    """

    kind: FactChangeKind
    rule: str
    article: str
    sentence: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ArticleImpact:
    """What would change in one article; `facts` is how many are read now."""

    article: str
    facts: int
    changes: tuple[FactChange, ...]


def impacts(before: Reader, after: Reader, articles: Iterable[Article]) -> Iterator[ArticleImpact]:
    """What would change in each article, in order; nothing is stored."""
    for article in articles:
        yield impact(article, facts_of(before, article), facts_of(after, article))


def impact(article: Article, now: list[Fact], then: list[Fact]) -> ArticleImpact:
    """What would change in an article that is read so now, and then would be."""
    return ArticleImpact(article.id, len(now), tuple(compared(article, now, then)))


def compared(article: Article, now: list[Fact], then: list[Fact]) -> Iterator[FactChange]:
    """The facts of two readings that differ; two of one type that share words are one that changes."""
    told = [str(fact) for fact in then]
    gone = []
    for fact in now:
        if str(fact) in told:
            told.remove(str(fact))
        else:
            gone.append(fact)
    come = []
    for fact in then:
        if str(fact) in told:
            told.remove(str(fact))
            come.append(fact)
    for fact in come:
        same = next((old for old in gone if old.kind == fact.kind and meets(old, fact)), None)
        if same is not None:
            gone.remove(same)
        kind = FactChangeKind.APPEARS if same is None else FactChangeKind.CHANGES
        yield change(kind, article, fact, str(same or ""), str(fact))
    for fact in gone:
        yield change(FactChangeKind.DISAPPEARS, article, fact, str(fact), "")


def meets(one: Fact, other: Fact) -> bool:
    """Whether two facts are read from some words in common."""
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def change(kind: FactChangeKind, article: Article, fact: Fact, before: str, after: str) -> FactChange:
    """A change, with the words of the fact's first evidence."""
    start, end = fact.spans[0]
    return FactChange(kind, fact.rules[0], article.id, " ".join(article.text[start:end].split()), before, after)


def by_rule(changes: Iterable[FactChange]) -> dict[str, list[FactChange]]:
    """Changes grouped by rule, the rules with most first."""
    groups: dict[str, list[FactChange]] = {}
    for one in changes:
        groups.setdefault(one.rule, []).append(one)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))
