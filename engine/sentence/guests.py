"""Guests: people whose visit or office a word before their name tells: "visiting Omani Foreign Minister ...", "newly
elected President ..."."""

from __future__ import annotations

from collections.abc import Iterator

from engine.interpret import Draft
from engine.resolve.journeys import HOST
from engine.sentence.setting import Setting

GUEST = "guest"
"""The mark of a person called visiting."""
CHOSEN = {"elected": "elect", "named": "appoint"}
"""The marks of a person who is called new in office, with how he came to it."""


def told_by_a_word(setting: Setting) -> Iterator[Draft]:
    """The visits and appointments that a sentence tells by a word before a name."""
    for at in setting.clauses.actors:
        for member in setting.members(setting.items[at]):
            for mark in member.drafts("reference"):
                if mark.alias == GUEST:
                    yield visit_of(member)
                elif mark.alias in CHOSEN:
                    yield choice_of(member, CHOSEN[mark.alias])


def visit_of(guest: Draft) -> Draft:
    """The visit of somebody who is called visiting, which tells that he is abroad."""
    span = (guest.begin, guest.end)
    visit = Draft("visit", "visiting", *span)
    visit.fields["parties"] = [guest]
    visit.fields["status"] = [Draft("status", "ongoing", *span)]
    visit.fields["target"] = [Draft("target", HOST, *span)]
    return visit


def choice_of(person: Draft, action: str) -> Draft:
    """The appointment of somebody who is new in the post that is told with his name."""
    span = (person.begin, person.end)
    choice = Draft("appointment", "new_in_office", *span)
    choice.fields["person"] = [person]
    choice.fields["status"] = [Draft("status", "occurred", *span)]
    choice.fields["action"] = [Draft("action", action, *span)]
    return choice
