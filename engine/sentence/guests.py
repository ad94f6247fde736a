"""Guests: people whose visit or office a word before their name tells: "visiting Omani Foreign Minister ...", "newly
elected President ..."."""

from __future__ import annotations

from collections.abc import Iterator

from engine.interpret import Draft
from engine.resolve.journeys import HOST
from engine.sentence.setting import Setting

GUEST = "guest"
"""The mark of a person called visiting."""
CHOSEN = {"elected": "elect", "named": "appoint", "ousted": "dismiss"}
"""The marks of a person who is called new in office or ousted from it, with how he came to it or lost it."""


def told_by_a_word(setting: Setting) -> Iterator[Draft]:
    """The visits and appointments that a sentence tells by a word before a name."""
    for at in setting.clauses.actors:
        for member in setting.members(setting.items[at]):
            for mark in member.drafts("reference"):
                if mark.alias == GUEST:
                    # Being called visiting tells that he is abroad.
                    yield told_of("parties", member, "visit", "visiting", status="ongoing", target=HOST)
                elif mark.alias in CHOSEN:
                    chosen = {"status": "occurred", "action": CHOSEN[mark.alias]}
                    yield told_of("person", member, "appointment", "new_in_office", **chosen)


def told_of(slot: str, person: Draft, rule: str, alias: str, **marks: str) -> Draft:
    """A record of what a word before somebody's name tells, with him in a slot and these marks of its fields."""
    draft = Draft(rule, alias, person.begin, person.end)
    draft.fields = {name: [Draft(name, mark, person.begin, person.end)] for name, mark in marks.items()}
    draft.fields[slot] = [person]
    return draft
