"""Examples written by the machine for people to review: what is read now, as lines of a .corpus file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.corpus import Example, all_examples, brief, candidates, check_example, fits
from engine.facts import Article, Event, EventType, Extraction
from engine.reader import Reader


@dataclass(frozen=True, slots=True)
class Addition:
    """An example added to the end of a file: its grammar, the file's path within rules/, its new text, the part that
    is new, and whether it tells of a fact."""

    grammar: str
    path: str
    text: str
    added: str
    tells: bool


def updated(reader: Reader, grammar: str | None) -> dict[str, str]:
    """The .corpus files in which examples are not read as they say, with what is read now in the place of what was
    expected; texts by path within rules/."""
    sources = reader.rules.sources
    found: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    for example in reversed(all_examples(sources)):
        if grammar not in (None, example.grammar) or not check_example(example, reader.read):
            continue
        path = example.file.removeprefix("rules/")
        rows = lines.setdefault(path, sources.text(path).split("\n"))
        begin, end = expected_lines(rows, example)
        rows[begin:end] = expectations(reader.read(example.article()), example)
        found[path] = "\n".join(rows)
    return found


def expected_lines(rows: list[str], example: Example) -> tuple[int, int]:
    """The lines of a file, from 0, that hold what an example expects."""
    begin = next(at for at in range(example.line, len(rows)) if rows[at].startswith("---")) + 1
    end = begin
    while end < len(rows) and rows[end].strip():
        end += 1
    return begin, end


def expectations(extraction: Extraction, example: Example) -> list[str]:
    """What is read now, as an example writes it: the slots that it wrote of a fact that it has, all of a new one."""
    own = example.grammar.upper()
    left = [(event.TYPE.name, event) for event in extraction.events]
    rows = []
    for fact in example.facts:
        found = candidates(extraction, left, fact.kind)
        alike = max(found, key=lambda one: likeness(one[1], fact.slots), default=None)
        if alike is None:
            continue
        if alike in left:
            left.remove(alike)
        written = " ".join(pair for pair in pairs(brief(alike[1])) if pair.partition("=")[0] in fact.slots)
        rows.append(f"{fact.kind} {written}".strip())
    rows += [f"{kind} {brief(event)}" for kind, event in left if kind in {own, *example.never}]
    if not rows:
        return [f"no {own}" if own in EventType.__members__ and extraction.events else "nothing"]
    kinds = {kind for kind, _ in left}
    return rows + [f"no {kind}" for kind in example.never if kind not in kinds and len(example.never) < len(EventType)]


def likeness(one: object, slots: dict[str, str]) -> int:
    """How many of these slots a fact has so."""
    return sum(fits(one, {name: value}) for name, value in slots.items())


def pairs(told: str) -> list[str]:
    """The slots of a fact on one line."""
    return re.findall(r'\w+="[^"]*"|\w+=\S+', told)


def addition(
    reader: Reader, text: str, grammar: str | None, headers: dict[str, str] | None = None, title: str | None = None
) -> Addition | None:
    """A sentence as a new example with what is read now, for the grammar named or else the one that reads it; None
    where neither is known. Without a `title` it is called by what reads it."""
    headers = headers or {}
    article = Article("new", text, headers.get("published"), headers.get("dateline"), headers.get("agency"))
    extraction = reader.read(article)
    name = grammar or grammar_of(extraction.events)
    if name is None:
        return None
    sources = reader.rules.sources
    folder = "" if f"{name}.lark" in sources.files else "phrases/"
    path = f"{folder}{name}.corpus"
    before = sources.text(path) if path in sources.files else ""
    told = [f"{event.TYPE.name} {brief(event)}" for event in extraction.events] or ["nothing"]
    head = [f"{key}: {value}" for key, value in headers.items() if value]
    called = title or title_of(extraction.events, text, name, before)
    block = "\n".join([f"=== {called}", *head, text.strip(), "---", *told, ""])
    whole = before.rstrip("\n") + ("\n\n" if before.strip() else "") + block
    return Addition(name, path, whole, block, bool(extraction.events))


def grammar_of(events: Iterable[Event]) -> str | None:
    """The grammar of the first fact."""
    return next((event.evidence[0].rule.partition(".")[0] for event in events), None)


def title_of(events: list[Event], text: str, grammar: str, before: str) -> str:
    """A name for an example that no other in the text of its file has: the phrasing that reads it, with more and more
    of its first words where that is taken."""
    rules = [evidence.rule for event in events for evidence in event.evidence]
    phrasing = next((rule.partition(".")[2] for rule in rules if rule.startswith(f"{grammar}.")), "").replace("_", " ")
    words = re.findall(r"\w+", text)
    names = [phrasing] if phrasing else []
    names += [": ".join(filter(None, (phrasing, " ".join(words[:size])))) for size in range(4, max(len(words), 4) + 1)]
    taken = set(re.findall(r"^=== *(.*?) *$", before, re.MULTILINE))
    return next((name for name in names if name not in taken), names[-1])
