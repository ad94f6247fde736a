"""Reports: an event with how it was told, as long as the article is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.facts import Event, Person
from engine.resolve.actors import Actor
from engine.resolve.discourse import Place
from engine.times.view import Timex


@dataclass(slots=True)
class Report:
    """An event with what resolution still needs to know of how it was told."""

    event: Event
    sentence: int
    actors: list[Actor]
    definite: bool = False
    place: Place | None = None
    sport: bool = False
    unnamed: bool = False
    summit: bool = False
    """Whether its own words tell that it is a summit, not only who takes part."""
    unread: bool = False
    """Whether it tells whom it hits in words that nothing reads."""
    foreign: bool = False
    """Whether its first side is of a state that is not the one at home where the article is written."""
    thronged: bool = False
    """Whether many others take part who are told by number and rank only."""
    finite: bool = False
    """Whether a verb tells it."""
    joining: bool = False
    """Whether it tells who takes part in a gathering whose other sides are not told."""
    present: bool = False
    """Whether that verb is a bare present, which may tell what lies ahead."""
    theirs: bool = False
    """Whether it is told as that of those whom it names: "during their meeting"."""
    attending: bool = False
    """Whether its sides are only those of whom the clause tells something at it."""
    led: bool = False
    """Whether its time is of the verb that leads up to it."""
    ending: bool = False
    """Whether its end is told: the day told is its last."""
    until: str | None = None
    """The day until which it goes on, where that is told apart from when it is."""
    further: bool = False
    """Whether it only goes on about one told before: how long it takes."""
    retold: bool = False
    """Whether it only tells more of one told just before."""
    once_ahead: bool = False
    """Whether a verb tells it as what was ahead at a time gone by: "was to arrive"."""
    lengths: list[Timex] = field(default_factory=list)
    """Times told with it that may be how long it takes."""
    by_verb: bool = True
    """Whether a verb tells its tense; a visit may be told by a noun alone, before or after it is made."""
    bare: bool = False
    """Whether a noun alone tells a visit, or a bare present: it may lie on either side of now."""
    governed: bool = False
    """Whether its status is that of the verb in whose clause it is named: only what lies ahead may overrule it."""
    title: str | None = None
    """By what a gathering is called that has no name of its own."""
    holders: list[str] = field(default_factory=list)
    """The bodies by which alone a gathering is called: "the G20 summit"."""
    stateless: list[Person] = field(default_factory=list)
    """Its people whose state is not yet told."""
