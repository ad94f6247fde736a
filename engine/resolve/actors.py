"""Actors: people and parties, and for whom they act."""

from __future__ import annotations

from engine.facts import Person

Actor = Person | str
"""A person, or a party by country code or body's short name."""
BODIES_LIKE_CODES = frozenset("IMF OAS WHO WTO ICC ICJ WFP GCC SCO OIC PLO PKK ILO IOM BBC WMO ADB".split())
"""Acronyms of bodies that look like a country's code."""


def state_of(actor: Actor | None) -> str | None:
    """The state or body that an actor acts for."""
    return (actor.country or actor.organization) if isinstance(actor, Person) else actor


def is_country(code: str) -> bool:
    """Whether a party is a country by its code, and no body."""
    return len(code) == 3 and code.isalpha() and code.isupper() and code not in BODIES_LIKE_CODES


def unique(actors: list[Actor | None]) -> list[Actor]:
    """The actors, each once, without the unknown."""
    found: list[Actor] = []
    for actor in actors:
        if actor is not None and actor not in found:
            found.append(actor)
    return found


def name_of(actor: Actor) -> str:
    """An actor as records name it."""
    return actor.name if isinstance(actor, Person) else actor
