"""Guests: people who are only called visiting, which tells that they are abroad."""

from __future__ import annotations

from collections.abc import Iterator

from engine.interpret import Draft
from engine.resolve.journeys import HOST
from engine.sentence.setting import Setting

GUEST = "guest"
"""The mark of a person called visiting."""


def visits_of_guests(setting: Setting) -> Iterator[Draft]:
    """The visits of a sentence that it tells by a word before a name: "visiting Omani Foreign Minister ..."."""
    for at in setting.clauses.actors:
        for member in setting.members(setting.items[at]):
            if any(mark.alias == GUEST for mark in member.drafts("reference")):
                span = (member.begin, member.end)
                visit = Draft("visit", "visiting", *span)
                visit.fields["parties"] = [member]
                visit.fields["status"] = [Draft("status", "ongoing", *span)]
                visit.fields["target"] = [Draft("target", HOST, *span)]
                yield visit
