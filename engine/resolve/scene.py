"""The scene of a sentence: what it has told of countries and people up to the word being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.facts import Person
from engine.resolve.actors import Actor

UNNAMED = frozenset({"official", "bench", "described", "those_officials"})
"""The aliases of actors that stand for somebody unnamed."""
OF_POST = frozenset({"definite", "possessed"})
"""The aliases of actors that tell only whose post it is that somebody holds ("the president")."""

NAMED = frozenset({"named", "titled", "honoured"})
"""The aliases of actors that are people by their names."""
LATELY = 3
"""Sentences within which "they" are a group that was told."""


@dataclass(slots=True)
class Scene:
    """What the sentence being read has told so far.

    `frame` is the country of the place set before the subject, `main` that of the main subject, `latest` the one
    last named, `near` the one named in the words just before, `voice` that of the organ quoted in it, `listed` that
    of the person listed before, `others` those told of the people listed after, `across` those of the side that is
    met; `bodied` where a body is named, `lead` the state or body that is the main subject; `persons` are the
    subjects that are people, `role` what the actor being read is in the sentence, `person_leads` where the main
    subject is a person; `fellow` is the person told before in one subject ("Pohamba and his delegation"), `beside`
    the same in any phrase; `unnamed` are those for whom an unnamed main subject or speaker stands, nobody where
    that is not told, `teller` the same where the main subject only tells a post, `several` those for whom a plural
    subject stands ("EU ministers"), `several_before` those of the sentence before, `holder` who held the post that a
    sentence before began with, `groups` how many groups the sentences before told;
    `ends_speech` where the actor being read closes a sentence that says what it
    says ("..., he said"), `adds` where it only adds to what was said ("he added"), `goes_on` where its verb is added to
    the main one ("..., and he predicts"), `by_others` where somebody only described does something to it; `articled`
    where "the" or "company" stands before it, `joined` where it is one of several in a list, `company` where that
    list tells a person by name, `subordinate` where it is the subject of a clause that "after" or "when" opens;
    `owning` where it owns the main subject, which is a thing, `owner` who does ("Kerry's plan was");
    `spoke_for` the state or body that the sentence before was about, where it told of nobody else;
    `inside` where it stands in quotation marks that the sentence closes, `spoken_of` are the people named there;
    `others_named` are people who are no subjects; `within` where the whole sentence stands in quotation marks.
    """

    frame: str | None = None
    main: str | None = None
    latest: str | None = None
    voice: str | None = None
    listed: str | None = None
    bodied: bool = False
    lead: str | None = None
    role: str = "object"
    persons: list[Person] = field(default_factory=list)
    others_named: list[Person] = field(default_factory=list)
    subordinate: bool = False
    inside: bool = False
    spoken_of: list[Person] = field(default_factory=list)
    owning: bool = False
    owner: list[Person] = field(default_factory=list)
    person_leads: bool = False
    across: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    near: str | None = None
    fellow: Person | None = None
    beside: Person | None = None
    unnamed: list[Actor] | None = None
    teller: list[Actor] = field(default_factory=list)
    several: list[Actor] = field(default_factory=list)
    several_before: list[Actor] = field(default_factory=list)
    crowd: bool = False
    """Whether what it is about is several people who are only described: "residents fled"."""
    crowd_before: bool = False
    """The same of the sentence before."""
    holder: list[Actor] = field(default_factory=list)
    spoke_for: str | None = None
    groups: int = 0
    since: tuple[int, ...] = (0,)
    """How many groups were told before each of the last sentences, the earliest first."""
    quoted: list[Actor] = field(default_factory=list)
    """For whom the unnamed officials stand that the sentences before told last."""
    passing: bool = False
    """Whether the sentence before told of no state as its subject, so that the one it named last is only by the way."""
    ends_speech: bool = False
    adds: bool = False
    goes_on: bool = False
    by_others: bool = False
    articled: bool = False
    joined: bool = False
    company: bool = False
    within: bool = False

    def stand_for(self, alias: str | None, actors: list[Actor]) -> None:
        """Keep for whom a main subject of this alias stands if it names nobody."""
        self.unnamed = actors if alias in UNNAMED else self.unnamed
        self.teller = actors if alias in UNNAMED or alias in OF_POST else []

    def has_they(self, groups: int, unnamed: list[Actor] | None) -> bool:
        """Whether "they" are the plural subject that it told, those described who close a speech or whom the sentence
        before was about, and no group told further back; `groups` have been told, `unnamed` are the described."""
        described = self.crowd_before and groups == self.groups and self.role != "object"
        return bool(self.several) or described or (self.ends_speech and unnamed is not None)

    def after(self, old: Scene, groups: int, quoted: list[Actor]) -> Scene:
        """This scene, which follows another: of whom by the post alone that one told first is still spoken, unless it
        told of somebody else; before it `groups` were told."""
        told: list[Actor] = [actor for actor in old.teller if not isinstance(actor, Person)]
        silent = not old.persons and old.unnamed is None
        self.several_before, self.crowd_before = old.several, old.crowd
        self.holder = told if told and old.unnamed is None else old.holder if silent else []
        self.since = (*old.since[1 - LATELY :], groups)
        self.passing, self.quoted = old.main is None, quoted
        self.groups, self.spoke_for = groups, old.lead if old.unnamed is None and not old.persons else None
        return self

    def turn(self, role: str, articled: bool, joined: bool) -> None:
        """Turn to the actors that stand in the sentence as `role`."""
        self.role, self.articled, self.joined = role, articled, joined
        self.listed = self.fellow = self.beside = None
