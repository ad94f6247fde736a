"""Examples beside the rules: .corpus files with texts and what must be read from them.

An example is `=== its name`, optional lines `published: DAY`, `dateline: CITY`, `agency: NAME`, the text, a line `---`,
and one line for each fact: `MEETING when=2016-10-27 place=Tokyo parties=KOR,USA`, `PERSON name="Lim Sung-nam"`,
`TIME text="next week" value=2016-W43`. Only the slots written are compared, one with nothing after `=` must be empty,
and the facts of the grammar's own type must be these and no others. `nothing` says that no fact of any type may be
read, `no MEETING` that none of this type may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from engine.errors import Finding, RulesError
from engine.facts import Article, Event, EventType, Extraction
from engine.sources import Sources, sources_of

HEADERS = frozenset({"published", "dateline", "agency"})
PAIR = re.compile(r'(\w+)=("[^"]*"|\S*)')
KINDS = frozenset({*EventType.__members__, "PERSON", "TIME"})
WHY = "chancery explain says where the rules stopped"
TOO_MANY = "narrow the wording, or list the fact if it is right"


@dataclass(slots=True)
class Expectation:
    """One fact that a text must give: its kind and the slots that are compared."""

    kind: str
    slots: dict[str, str]
    line: int


@dataclass(slots=True)
class Example:
    """A text with what must be read from it; `facts` empty and `never` naming kinds where nothing may be read."""

    grammar: str
    name: str
    file: str
    line: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    facts: list[Expectation] = field(default_factory=list)
    never: list[str] = field(default_factory=list)

    def article(self) -> Article:
        """The text as an article."""
        headers = self.headers
        return Article(self.name, self.text, headers.get("published"), headers.get("dateline"), headers.get("agency"))

    def decides(self, rule: str, fields: list[str]) -> bool:
        """Whether it says which of two readings that differ in these fields is right: one of the fields, or no fact."""
        kind = rule.upper()
        return kind in self.never or any(
            fact.kind == kind and not fact.slots.keys().isdisjoint(fields) for fact in self.facts
        )


@lru_cache(maxsize=64)
def read_corpus(name: str, text: str) -> tuple[Example, ...]:
    """The examples of one file with this text; raises RulesError for lines that are none."""
    file, stem = f"rules/{name}", PurePosixPath(name).stem
    examples: list[Example] = []
    findings: list[Finding] = []
    blocks = re.split(r"^=== *(.*)$", text, flags=re.MULTILINE)
    line = blocks[0].count("\n") + 1
    for title, body in zip(blocks[1::2], blocks[2::2], strict=True):
        example = Example(stem, title.strip(), file, line, "")
        findings += fill(example, body)
        examples.append(example)
        line += body.count("\n")
    if findings:
        raise RulesError(findings)
    return tuple(examples)


def fill(example: Example, body: str) -> Iterator[Finding]:
    """Read the body of an example; yields what is wrong with it."""
    head, mark, tail = body.partition("\n---")
    rows = head.strip("\n").split("\n")
    while rows and (found := re.match(r"(\w+): *(.*)$", rows[0])) and found.group(1) in HEADERS:
        example.headers[found.group(1)] = found.group(2)
        rows.pop(0)
    example.text = "\n".join(rows).strip()
    if not mark or not example.text:
        yield Finding(
            example.file, example.line, "an example without text or ---", "text, ---, facts", "add what lacks"
        )
    start = example.line + head.count("\n") + 1
    for number, row in enumerate(tail.split("\n")[1:], start + 1):
        kind, _, rest = row.strip().partition(" ")
        if not kind or kind.startswith("//"):
            continue
        if kind == "nothing":
            example.never += [*EventType.__members__]
        elif kind == "no" and rest.strip() in KINDS:
            example.never.append(rest.strip())
        elif kind in KINDS:
            slots = {name: value.strip('"') for name, value in PAIR.findall(rest)}
            example.facts.append(Expectation(kind, slots, number))
        else:
            allowed = "nothing, no TYPE, or one of " + ", ".join(sorted(KINDS))
            what = f"{rest.strip()!r} is no type" if kind == "no" else f"{kind} is no fact"
            yield Finding(example.file, number, what, allowed, "mend the line; one fact or type a line")


def all_examples(rules: Path | Sources) -> list[Example]:
    """The examples of every grammar."""
    sources = sources_of(rules)
    names = sources.names("phrases/*.corpus", "*.corpus")
    return [each for name in names for each in read_corpus(name, sources.text(name))]


def check_example(example: Example, read: Callable[[Article], Extraction]) -> list[Finding]:
    """What an example's text gives otherwise than it should."""
    return misread(example, read(example.article()))


def misread(example: Example, extraction: Extraction) -> list[Finding]:
    """What is read in an example's text otherwise than it should be."""
    findings = []
    left = [(event.TYPE.name, event) for event in extraction.events]
    for fact in example.facts:
        found = [(kind, one) for kind, one in candidates(extraction, left, fact.kind) if fits(one, fact.slots)]
        if not found:
            have = "; ".join(brief(one) for kind, one in candidates(extraction, left, fact.kind)) or "none"
            told = " ".join(f"{name}={value}" for name, value in fact.slots.items())
            findings.append(
                Finding(example.file, fact.line, f"{fact.kind} {told} is not read", f"read is: {have}", WHY)
            )
        elif found[0] in left:
            left.remove(found[0])
    own = example.grammar.upper()
    wrong = [(kind, one) for kind, one in left if kind in example.never or (kind == own and example.facts)]
    for kind, one in wrong:
        findings.append(
            Finding(example.file, example.line, f"made up: {kind} {brief(one)}", "only the facts listed", TOO_MANY)
        )
    return findings


def candidates(extraction: Extraction, left: list[tuple[str, Event]], kind: str) -> list[tuple[str, Any]]:
    """What was read of one kind."""
    if kind == "PERSON":
        return [("PERSON", person) for person in extraction.people]
    if kind == "TIME":
        text = extraction.article.text
        return [
            ("TIME", {"text": text[m.start : m.end], "value": m.value})
            for m in extraction.mentions
            if m.kind.name == kind
        ]
    return [(name, event) for name, event in left if name == kind]


def fits(one: Any, slots: dict[str, str]) -> bool:
    """Whether a fact has the values written; a list may be written in any order."""
    return all(same(slot_text(one, name), value) for name, value in slots.items())


def same(have: str, want: str) -> bool:
    """Whether two written values are one."""
    return have == want or sorted(have.split(",")) == sorted(want.split(","))


def slot_text(one: Any, name: str) -> str:
    """A slot's value as examples write it."""
    value = one.get(name) if isinstance(one, dict) else getattr(one, name, None)
    if isinstance(value, Enum):
        return str(value.name)
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else ("" if value is None else str(value))


def brief(one: Any) -> str:
    """A fact on one line, as examples write it."""
    names = (
        one
        if isinstance(one, dict)
        else [n for kind in type(one).__mro__[-2::-1] for n in getattr(kind, "__slots__", ())]
    )
    pairs = [(name, slot_text(one, name)) for name in names if name != "evidence"]
    return " ".join(f'{name}="{value}"' if " " in value else f"{name}={value}" for name, value in pairs if value)
