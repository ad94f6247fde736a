"""Who is meant: the state of an article as a reader holds it, and the actors that a draft's mentions stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.chronology import Chronology
from engine.facts import Article, Evidence, Person
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.people import People, describe

Actor = Person | str
"""A person, or a party by country code or body's short name."""
STATE_ORGAN = "state_organ"


@dataclass(slots=True)
class Place:
    """A place by its English name and, where the lexicon tells it, its country's code."""

    name: str
    country: str | None


@dataclass(slots=True)
class Discourse:
    """What has been read so far: people, the last subject, the last groups, the dateline's city and country.

    `here` is the dateline's place, `home` the country of the agency; `subject` the actors of the last clause (of sentence `subject_in`).
    """

    article: Article
    lexicon: Lexicon
    people: People
    chronology: Chronology
    here: Place | None = None
    home: str | None = None
    subject: list[Actor] = field(default_factory=list)
    subject_in: int = -1
    before: list[Actor] = field(default_factory=list)
    groups: list[list[Actor]] = field(default_factory=list)
    country: str | None = None
    organ: str | None = None
    party: str | None = None
    sentence: int = 0

    def actors(self, drafts: list[Draft]) -> list[Actor]:
        """The actors that a field's records stand for, in order, each once."""
        found: list[Actor] = []
        for draft in drafts:
            alike = draft.alias == "relative" and found
            for actor in found[-1:] if alike else self.meant(draft):
                if not any(actor is other or actor == other for other in found):
                    found.append(actor)
        if len(found) > 1:
            self.groups.append(found)
        return found

    def meant(self, draft: Draft) -> list[Actor]:
        """The actors of one record or mark."""
        if draft.rule == "person":
            return list(self.persons(draft))
        if draft.rule == "party":
            return self.parties(draft)
        if draft.alias == "that_country":
            return [self.country] if self.country else []
        if draft.alias == "elided":
            stale = draft.rule == "parties" and self.subject_in != self.sentence
            return [] if stale else list(self.subject)
        return [actor for inner in draft.drafts("of") for actor in self.meant(inner)]

    def persons(self, draft: Draft) -> list[Actor]:
        """The people of a person's record, remembered and described."""
        countries, organization = self.origin(draft)
        alias = draft.alias
        if alias == "pronoun":
            return self.he()
        if alias == "relative":
            return list(self.before)
        if alias == "definite":
            return self.definite(draft, countries[0] if countries else None)
        names = [name for name in draft.fields.get("name", ()) if isinstance(name, str)]
        if alias == "short":
            known = self.people.known(names[0])
            return [] if known is None else [self.noted(known)]
        if alias == "counterpart":
            return self.counterparts(draft, names, countries)
        found: list[Actor] = []
        for name in names:
            person = self.people.meet(name)
            self.tell(person, draft, countries[0] if countries else None, organization)
            found.append(self.noted(person))
        return found or self.definite(draft, countries[0] if countries else None)

    def noted(self, person: Person) -> Person:
        """The person, mentioned now."""
        self.people.mention(person)
        return person

    def tell(self, person: Person, draft: Draft, country: str | None, organization: str | None) -> None:
        """Describe a person by a mention; a post without a country is of the country at hand."""
        post = draft.text("post")
        owner = self.possessor(draft)
        if post and not country and not organization:
            if isinstance(owner, Person):
                country, organization = owner.country, owner.organization
            else:
                country = owner or draft.defaults.get("country") or self.home or self.country
        evidence = Evidence(self.sentence, draft.begin, draft.end, f"person.{draft.alias or 'named'}")
        describe(person, post, draft.defaults.get("level"), country, organization, evidence)

    def origin(self, draft: Draft) -> tuple[list[str], str | None]:
        """The countries and the body that a record names; an organ of a state stands for the state."""
        countries = [value for value in draft.fields.get("country", ()) if isinstance(value, str)]
        organization = next((value for value in draft.fields.get("organization", ()) if isinstance(value, str)), None)
        if organization and draft.defaults.get("kind") == STATE_ORGAN and draft.defaults.get("country"):
            return [*countries, draft.defaults["country"]], None
        return countries, organization

    def possessor(self, draft: Draft) -> Actor | None:
        """Whose counterpart, spokesman or office it is."""
        marks = draft.drafts("possessor")
        if not marks:
            return None
        if marks[0].alias in ("he", "she"):
            owner = self.he()
            return owner[0] if owner else None
        if self.subject:
            return self.subject[0]
        return self.party

    def he(self) -> list[Actor]:
        """The person that "he" means: the last subject that is one person, else the latest mentioned."""
        persons = [actor for actor in self.subject if isinstance(actor, Person)]
        if len(persons) == 1:
            return [persons[0]]
        latest = max(self.people.found, key=self.people.seen, default=None)
        return [] if latest is None else [latest]

    def definite(self, draft: Draft, country: str | None) -> list[Actor]:
        """The person of "the minister": known by the post; else the country whose post it is."""
        post = draft.text("post")
        person = self.people.holding(post, country) if post else None
        if person is not None:
            return [self.noted(person)]
        return [country] if country else []

    def counterparts(self, draft: Draft, names: list[str], countries: list[str]) -> list[Actor]:
        """Counterparts by country and name, in order; they hold the post of the one whose counterparts they are."""
        owner = self.before[0] if self.before else (self.possessor(draft) or None)
        if not isinstance(owner, Person):
            owner = next((actor for actor in self.he() if isinstance(actor, Person)), None)
        found: list[Actor] = []
        evidence = Evidence(self.sentence, draft.begin, draft.end, "person.counterpart")
        for index in range(max(len(names), len(countries))):
            country = countries[index] if index < len(countries) else None
            if index < len(names):
                person = self.people.meet(names[index])
                level = owner.level.name if owner and owner.level else None
                describe(person, owner.post if owner else None, level, country, None, evidence)
                found.append(self.noted(person))
            elif country:
                known = self.people.holding(owner.post, country) if owner and owner.post else None
                found.append(self.noted(known) if known else country)
        return found

    def parties(self, draft: Draft) -> list[Actor]:
        """The states and bodies of a party's record."""
        countries, organization = self.origin(draft)
        alias = draft.alias
        if alias == "it":
            return [self.party] if self.party else []
        if alias in ("they", "group"):
            return self.group(draft)
        found: list[Actor] = list(countries)
        if organization:
            found.append(organization)
        if alias == "organ":
            if not found:
                owner = self.possessor(draft) if draft.drafts("possessor") else None
                country = owner.country if isinstance(owner, Person) else owner
                country = country or (self.here.country if self.here and draft.text("where") else None) or self.organ
                country = country or (self.here.country if self.here else None) or self.home
                found = [country] if country else []
            self.organ = next((actor for actor in found if isinstance(actor, str)), self.organ)
        for actor in found:
            if isinstance(actor, str):
                self.party = actor
        if countries:
            self.country = countries[-1]
        return found

    def group(self, draft: Draft) -> list[Actor]:
        """The latest group of the size that is told: "the two", "both sides", "the three countries"."""
        told = draft.defaults.get("number") or draft.text("count")
        size = int(told) if told and told.isdigit() else (2 if draft.alias == "group" else None)
        states = draft.alias == "group"
        for group in reversed(self.groups):
            members: list[Actor] = list(group)
            if states and size and len(members) != size:
                members = unique([a.country if isinstance(a, Person) else a for a in group])
            if size is None or len(members) == size:
                return members
        return []

    def place(self, draft: Draft) -> Place | None:
        """The place of a place's record."""
        if draft.alias == "here":
            return self.here
        city = next((value for value in draft.fields.get("city", ()) if isinstance(value, str)), None)
        country = draft.text("country")
        if city:
            return Place(city, country)
        if country and draft.alias == "capital":
            return Place(self.main_name(country, "CAPITAL"), country)
        return Place(self.main_name(country, "COUNTRY"), country) if country else None

    def main_name(self, country: str, column: str) -> str:
        """A country's or its capital's main name."""
        return self.lexicon.first(country, column) or country


def unique(actors: list[Actor | None]) -> list[Actor]:
    """The actors, each once, without the unknown."""
    found: list[Actor] = []
    for actor in actors:
        if actor is not None and actor not in found:
            found.append(actor)
    return found
