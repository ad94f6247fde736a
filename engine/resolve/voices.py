"""Voices: speakers who are no side of anything else, outlets and those whom only their name tells."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from engine.facts import Person
from engine.interpret import Draft
from engine.resolve.actors import Actor

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse

STATE_MEDIA = "state_media"
"""The kind of outlets that stand for their state."""
FAMILY = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,}")
"""A family name of one word."""
FEW, NEAR = 5, 10_000
"""Places where a whole name is sought, and characters from an article's begin."""
SOCIETY = "that_society"
"""The mark of a body told before as an agency or the like."""


def voices(discourse: Discourse, speakers: list[Draft | str]) -> list[Actor]:
    """Speakers of whom an article says no more than the name, which is no place's, and outlets: those of a state stand
    for it. The last of these is whom "the paper said" means."""
    drafts = [one for value in speakers if isinstance(value, Draft) for one in (value, *value.drafts("of"))]
    texts = [value for value in speakers if isinstance(value, str)]
    names = [name for draft in drafts for name in draft.fields.get("name", ()) if isinstance(name, str)]
    whole = [person for name in names if (person := named_in_full(discourse, name))]
    names = [] if whole else names
    outlets = [draft.defaults for draft in drafts if draft.alias == "outlet"]
    own = [one["country"] if one.get("kind") == STATE_MEDIA else one["agency"] for one in outlets if "agency" in one]
    discourse.outlet = own[-1] if own else discourse.outlet
    return [*texts, *whole, *filter(discourse.people.speaks, names), *own]


def named_in_full(discourse: Discourse, name: str) -> Person | None:
    """Who speaks by a family name alone, whom the article has told by the whole name where it tells of nobody by it
    ("Kelly's views"): after a word that is nothing else."""
    if not FAMILY.fullmatch(name) or discourse.people.readings(name.lower()):
        return None
    text = discourse.article.text[:NEAR]
    for match in islice(re.finditer(rf"(?<=[\w,;:)] )([A-Z][a-z]+) {name}\b(?! [A-Z])", text), FEW):
        if discourse.people.readings(match[1]) <= {"GIVEN"}:
            return discourse.noted(discourse.people.meet(f"{match[1]} {name}"))
    return None


def that_outlet(discourse: Discourse, draft: Draft) -> list[Actor]:
    """The outlet that spoke last, where a sentence ends with what "the agency" said."""
    goes_on = draft.alias == SOCIETY and discourse.scene.ends_speech
    return [discourse.outlet] if goes_on and discourse.outlet in discourse.speakers and discourse.outlet else []


def those_officials(discourse: Discourse, alias: str) -> list[Actor]:
    """Who "the official" is, or "the officials" are: who is known as one, else who spoke without a name."""
    alone = discourse.unnamed is None and alias == "that_official"
    known = discourse.people.holding("official", None) if alone else None
    return [discourse.noted(known)] if known else list(discourse.unnamed or discourse.quoted)
