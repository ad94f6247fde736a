"""The rule authors' table: facts, their slots and the values that these take, from the contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from engine.facts import EVENTS, Event

BEGIN = "<!-- The table between these lines is written by `make facts`. -->"
END = "<!-- End of the table. -->"
UNWRITTEN = frozenset({"evidence", "sidelines_of"})
"""Slots that no grammar fills: they come from where and beside what a fact was read."""


def fact_table() -> str:
    """The table as Markdown: what each fact is and its slots, then what each slot holds and its values."""
    shared = [field.name for field in fields(Event) if field.name not in UNWRITTEN]
    lines = [
        "| rule | builds | slots beside " + ", ".join(f"`{name}`" for name in shared) + " |",
        "|---|---|---|",
    ]
    for event in EVENTS:
        own = [field.name for field in fields(event) if field.name not in {*shared, *UNWRITTEN}]
        told = ", ".join(f"`{name}`" for name in own)
        lines.append(f"| `{event.TYPE.name.lower()}` | {event.TYPE.value} | {told} |")
    lines += ["", "| slot | of | what it holds | values (`-> value`) |", "|---|---|---|---|"]
    return "\n".join([*lines, *slot_rows(shared)]) + "\n"


def slot_rows(shared: list[str]) -> Iterator[str]:
    """A row for each slot; facts whose slot of a name holds the same share it."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for event in EVENTS:
        hints = get_type_hints(event)
        for field in fields(event):
            if field.name in UNWRITTEN:
                continue
            owner = "all" if field.name in shared else event.TYPE.name.lower()
            doc = field.metadata.get("doc", "")
            rows.setdefault((field.name, doc, values_of(hints[field.name])), []).append(owner)
    for (name, doc, values), owners in rows.items():
        yield f"| `{name}` | {', '.join(dict.fromkeys(owners))} | {doc} | {values} |"


def values_of(hint: Any) -> str:
    """The fixed values of a slot as a grammar writes them; "" where it takes words."""
    kinds = [kind for kind in (hint, *get_args(hint)) if isinstance(kind, type) and issubclass(kind, Enum)]
    names = [f"`{name.lower()}`" for kind in kinds for name in kind.__members__]
    return ", ".join(names)


def write_table(page: Path) -> bool:
    """Put the table in its place on a page; whether that changed the page. ValueError where the page has no place."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page}: no place for the table; write these two lines where it goes:\n{BEGIN}\n{END}")
    new = f"{before}{begin}\n\n{fact_table()}\n{end}{after}"
    if new != text:
        page.write_text(new, "utf-8")
    return new != text
