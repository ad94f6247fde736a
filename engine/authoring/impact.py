"""Impact: what edited rules would make of articles otherwise than the rules before them."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from engine.authoring.trial import Fact, facts_of
from engine.facts import Article
from engine.reader import Reader
from engine.sources import SUFFIXES, Sources


class Kind(Enum):
    """What becomes of a fact."""

    APPEARS = "It would be read, and is not now."
    DISAPPEARS = "It is read now, and would not be."
    CHANGES = "It would be read with other slots."


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that would be another: by which rule, in which article and words, and how it reads before and after.

    `rule` is the rule that would read it, or where it disappears the one that reads it now; `sentence` are the words of
    its evidence; `before` and `after` are empty where there is no such fact.
    """

    kind: Kind
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
        now, then = facts_of(before, article), facts_of(after, article)
        yield ArticleImpact(article.id, len(now), tuple(compared(article, now, then)))


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
        kind = Kind.APPEARS if same is None else Kind.CHANGES
        yield change(kind, article, fact, str(same or ""), str(fact))
    for fact in gone:
        yield change(Kind.DISAPPEARS, article, fact, str(fact), "")


def meets(one: Fact, other: Fact) -> bool:
    """Whether two facts are read from some words in common."""
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def change(kind: Kind, article: Article, fact: Fact, before: str, after: str) -> FactChange:
    """A change, with the words of the fact's first evidence."""
    start, end = fact.spans[0]
    return FactChange(kind, fact.rules[0], article.id, " ".join(article.text[start:end].split()), before, after)


def by_rule(changes: Iterable[FactChange]) -> dict[str, list[FactChange]]:
    """Changes grouped by rule, the rules with most first."""
    groups: dict[str, list[FactChange]] = {}
    for one in changes:
        groups.setdefault(one.rule, []).append(one)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def committed(folder: Path, revision: str) -> Sources:
    """The files of a folder of rules as they are in a revision of git.

    Raises LookupError with what git says where there is none.
    """
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "."]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", b"") or str(error).encode()
        raise LookupError(told.decode(errors="replace").strip()) from error
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        files = {
            member.name.removeprefix("./"): content.read()
            for member in archive.getmembers()
            if member.isfile()
            and Path(member.name).suffix in SUFFIXES
            and (content := archive.extractfile(member)) is not None
        }
    return Sources(files)
