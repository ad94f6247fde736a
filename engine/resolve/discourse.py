"""Who is meant: the state of an article as a reader holds it, and the actors that a draft's mentions stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.facts import Article, Evidence, Person
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.actors import Actor, is_country, state_of, unique
from engine.resolve.bodies import Bodies
from engine.resolve.descriptions import OFFICE, chief_of, compatriot, described_as, plainly_told, spoke_before, unheld
from engine.resolve.doubles import people_of
from engine.resolve.focus import Focus
from engine.resolve.groups import TOGETHER, those_told
from engine.resolve.owners import attributed, counterparts, leader_state, of_state_organ, possessor, state_of_organ
from engine.resolve.people import FAR_BACK, People, describe
from engine.resolve.posts import (
    HEADING,
    by_name,
    bygone,
    full_post,
    has_one_holder,
    led_as,
    led_by,
    of_one_state,
    whose_release,
)
from engine.resolve.pronouns import GENDERS, gender_told, is_wed, it_means, meant_by, other_than_subject
from engine.resolve.scene import UNNAMED, Scene
from engine.resolve.service import STATE_ORGAN, acts_for, is_elected, is_private, level_told, spelled_out
from engine.resolve.voices import that_outlet, those_officials
from engine.times.chronology import Chronology


@dataclass(slots=True)
class Place:
    """A place by its English name and, where the lexicon tells it, its country's code; `land` where it is a country."""

    name: str
    country: str | None
    land: bool = False


@dataclass(slots=True)
class Discourse:
    """What has been read so far: people, the last subject, the last groups, that of the `news`, the two last
    told `beside` each other, the dateline's city and country.

    `here` is the dateline's place, `home` the country of the agency, `official` where that is its government,
    `home_body` the body whose agency it is, `domestic` the country whose posts it tells without naming it, `told` the
    countries that the article names, most often named first, `strange` those of which only posts tell that others have
    too, `namesakes` the word of those that it names by one only,
    `organs` of which states it has told an organ by that word; `speakers` who made the last statement, `quoted` for
    whom the unnamed officials told last stand, `subject` the actors of the last clause (of sentence `subject_in`),
    `topic` the person that the sentence before was about, `others` those whom it named besides, `led` where its main
    subject is that one, `outlet` the last that spoke, `unnamed` for whom the unnamed one stands who spoke in it,
    `outside` these three before whole sentences in quotation marks, `genders` f or m of people as told, `settled` what
    records mean, `bygone` former holders of a post.
    """

    article: Article
    lexicon: Lexicon
    people: People
    chronology: Chronology
    here: Place | None = None
    home: str | None = None
    official: bool = False
    home_body: str | None = None
    domestic: str | None = None
    told: list[str] = field(default_factory=list)
    strange: frozenset[str] = frozenset()
    namesakes: dict[str, str] = field(default_factory=dict)
    bygone: set[int] = field(default_factory=set)
    subject: list[Actor] = field(default_factory=list)
    subject_in: int = -1
    groups: list[list[Actor]] = field(default_factory=list)
    focus: Focus = field(default_factory=Focus)
    news: list[list[Actor]] = field(default_factory=list)
    beside: tuple[int, list[Actor]] = (-FAR_BACK, [])
    scene: Scene = field(default_factory=Scene)
    spots: list[tuple[int, Place]] = field(default_factory=list)
    spelled: dict[tuple[str, int], str] = field(default_factory=dict)
    topic: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)
    led: bool = False
    unnamed: list[Actor] | None = None
    outside: tuple[list[Person], list[Person], list[Actor] | None] = ([], [], None)
    genders: dict[int, str] = field(default_factory=dict)
    country: str | None = None
    organ: str | None = None
    party: str | None = None
    organs: dict[str, set[str]] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies)
    lead: str | None = None
    sentence: int = 0
    sport: bool = False
    speakers: list[Actor] = field(default_factory=list)
    quoted: list[Actor] = field(default_factory=list)
    outlet: str | None = None
    settled: dict[tuple[str, str | None, int, int], list[Actor]] = field(default_factory=dict)

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
        """The actors of one record or mark; the words of a record mean the same whoever asks."""
        if draft.rule not in ("person", "party") or "of" in draft.fields:
            return self.marked(draft)
        key = (draft.rule, draft.alias, draft.begin, draft.end)
        if key not in self.settled:
            self.settled[key] = people_of(self, draft) if draft.rule == "person" else self.parties(draft)
        return list(self.settled[key])

    def marked(self, draft: Draft) -> list[Actor]:
        """The actors of a mark: of what it holds, or of what was told before."""
        if draft.alias == "that_body":
            return [self.bodies.last] if self.bodies.last else []
        if draft.alias == "paper":
            return [self.outlet] if self.outlet else []
        if draft.alias in ("issuer", "author"):
            # A person makes a statement, but no report.
            return [one for one in self.speakers if draft.alias == "issuer" or isinstance(one, str)]
        whole = (each for one in draft.drafts("of") for each in one.drafts("member") or [one])
        inner = [actor for one in whole for actor in self.meant(one)]
        if draft.alias in ("its", "that_country") and not inner:
            return [self.country] if self.country else []
        if draft.alias in ("state", "press"):
            return list(unique([state_of(actor) for actor in inner]))
        if draft.alias == "his":
            return list(self.scene.persons[-1:] or self.topic)
        if draft.alias == "topic":
            return list(self.topic)
        if draft.alias == "elided" and not inner:
            stale = draft.rule == "parties" and self.subject_in != self.sentence
            return [] if stale else list(self.subject)
        return inner

    def opens(self, sentence: int, scene: Scene) -> None:
        """A new sentence: the one before becomes what it goes back to."""
        old = self.scene
        self.country = old.main or old.latest or self.country
        spoke = [one for one in self.subject if isinstance(one, Person) and self.subject_in == self.sentence]
        told = (old.persons[:1] if old.person_leads else old.persons[-1:]) or old.owner
        self.topic = told or spoke[:1] or self.topic
        self.others = [person for person in reversed(old.persons) if person not in self.topic]
        if old.unnamed is not None or told or spoke:
            self.unnamed = old.unnamed
        if not old.within:
            self.outside = (self.topic, self.others, self.unnamed)
        elif not scene.within:
            self.topic, self.others, self.unnamed = self.outside
        self.people.topic = self.topic
        self.led = self.led if old.within else old.person_leads or not old.persons
        goes_on = next((one for one in self.speakers if isinstance(one, str)), self.lead)
        self.lead = goes_on if old.within else old.lead
        self.sentence, self.scene = sentence, scene.after(old, len(self.groups), self.quoted)

    def note(self, actors: list[Actor], role: str, *, left: bool = False) -> None:
        """Actors met in the sentence, by what they are in it: `main` or other `subject`, or `object`, be it one whom
        somebody `left` to go elsewhere."""
        scene = self.scene
        countries = [c for c in unique([state_of(actor) for actor in actors]) if isinstance(c, str) and is_country(c)]
        alone = [actor for actor in actors if isinstance(actor, Person)] if len(actors) == 1 else []
        if role == "main":
            scene.lead = next((actor for actor in actors if isinstance(actor, str)), None)
            scene.main = countries[0] if countries else None
            scene.person_leads = bool(alone)
            # Nobody of whom a quotation before it speaks does what follows.
            scene.others_named, scene.persons = [*scene.others_named, *scene.persons], []
        (scene.others_named if role == "object" else scene.persons).extend(alone)
        scene.owner = alone if scene.owning else scene.owner
        scene.latest = countries[-1] if countries and not left else scene.latest

    def persons(self, draft: Draft) -> list[Actor]:
        """The people of a person's record, remembered and described."""
        countries, country, organization = acts_for(draft, *self.origin(draft), self.lexicon)
        names = [name for name in draft.fields.get("name", ()) if isinstance(name, str)]
        alias = draft.alias
        names = [" ".join(names)] if alias == "split" else names
        if alias in ("pronoun", "she", "owner"):
            objective = alias == "pronoun" and self.scene.role == "object" and not self.scene.joined
            return other_than_subject(self) if objective else self.he(alias)
        if alias == "pair":
            both = [self.named_before(name, draft) for name in names[0].replace("–", "-").split("-")]
            return [actor for one in both for actor in one] if all(both) else []
        if alias in ("relative", "described"):
            return compatriot(self, country) if alias == "described" else []
        if alias == "definite" or (alias == "possessed" and not names):
            return self.definite(draft, country, organization) or unheld(self, draft, organization)
        if alias in ("named", "bare") and self.scene.articled and not self.people.has_given(names[0]):
            return []
        if alias in ("short", "toponym", "bare"):
            return self.named_before(names[0], draft)
        if alias == "counterpart":
            return counterparts(self, draft, names, countries)
        found: list[Actor] = []
        if alias == "titled" and len(names) == 1 and self.people.is_thing(names[0], draft.text("post") or ""):
            return []
        stranger = alias == "surnamed" and self.people.known(names[0]) is None
        if stranger and (names[0].isupper() or not self.people.speaks(names[0])):
            return []
        for index, name in enumerate(names):
            unlikely = alias == "named" and not self.people.plausible(name, bool(countries))
            if unlikely or (alias == "several" and self.people.is_half(name, names[-1])):
                continue
            own = countries[index] if len(countries) == len(names) else country
            # Who is told by a family name alone and then described was told before, for whomever else he acts.
            home, heads = None if alias == "surnamed" else own, draft.defaults.get("seat") in HEADING
            person = self.people.meet(name, is_wed(draft), heads, home)
            one = Draft(draft.rule, alias, draft.begin, draft.end, draft.fields | {"name": [name]}, draft.defaults)
            self.tell(person, one, own, organization)
            found.append(self.noted(person))
        return found

    def named_before(self, name: str, draft: Draft) -> list[Actor]:
        """The person of a name alone, or the state so named, or half a pair's body; an unlisted full name is new as
        a subject, or in a list of people."""
        if (known := self.people.known(name)) is not None:
            self.people.called.setdefault(name, known)
            if gender := gender_told(draft):
                self.genders.setdefault(id(known), gender)
            return [self.noted(known)]
        for form in self.lexicon.look_up(name):
            if {"COUNTRY", "CAPITAL", "DEMONYM"} & set(form.terminals):
                self.party = form.row.values["country"]
                return [self.party]
            if draft.alias == "pair" and "BODY" in form.terminals:
                return [form.row.values["organization"]]
        renowned = draft.alias == "short" and "RENOWNED" in self.people.readings(name)
        can_be = self.scene.role != "object" or self.scene.company
        if renowned or (draft.alias == "bare" and can_be and self.people.plausible(name)):
            person = self.noted(self.people.meet(name))
            self.tell(person, draft, None, None)
            return [person]
        return []

    def noted(self, person: Person) -> Person:
        """The person, mentioned now."""
        self.people.mention(person)
        return person

    def tell(self, person: Person, draft: Draft, country: str | None, organization: str | None) -> None:
        """Describe a person by a mention; a post without a country is of the country at hand."""
        post = full_post(draft, self.lexicon)
        if is_elected(self.lexicon, draft.text("post")):
            self.people.elected.add(id(person))
        if gender := gender_told(draft):
            self.genders.setdefault(id(person), gender)
        if (country or organization) and id(person) in self.people.guessed:
            person.country = None
            self.people.guessed.discard(id(person))
        told = country or organization or person.country or person.organization
        if "bearer" in draft.fields:
            possessor(self, draft)
        if not told:
            country, organization = attributed(self, person, draft, post)
            self.people.homely |= {id(person)} if post else set()
        if post and bygone(draft):
            self.bygone.add(id(person))
        evidence = Evidence(self.sentence, draft.begin, draft.end, f"person.{draft.alias or 'named'}")
        post = spelled_out(self.lexicon, self.people.singular(post, draft.alias == "several")) if post else post
        if post and country and has_one_holder(draft) and not bygone(draft) and id(person) not in self.people.guessed:
            self.refute(person, post, country)
        if post and country and draft.defaults.get("seat") == "spokesman":
            self.organs.setdefault(post.rpartition(" ")[0].lower(), set()).add(country)
        describe(person, post, level_told(draft, self.lexicon), country, organization, evidence)

    def refute(self, holder: Person, post: str, country: str) -> None:
        """Take back that others hold the post of a country which is told of its holder, where that was only guessed
        and nobody of that name is known to have led it."""
        for person in self.people.holders(post, country):
            open_to_doubt = person is not holder and id(person) in self.people.guessed - self.bygone
            if open_to_doubt and country not in led_by(self, by_name(person.name)):
                person.country = None

    def origin(self, draft: Draft) -> tuple[list[str], str | None]:
        """The countries and the body that a record names; an organ of a state stands for the state."""
        countries = [code for one in draft.fields.get("country", ()) if isinstance(one, str) for code in one.split("|")]
        organization = next((value for value in draft.fields.get("organization", ()) if isinstance(value, str)), None)
        if organization and draft.defaults.get("kind") == STATE_ORGAN and draft.defaults.get("country"):
            return [*countries, draft.defaults["country"]], None
        if draft.rule == "party" and draft.fields.get("post") and not (countries or organization):
            countries = [state] if (state := of_one_state(self, draft)) else []
        return countries, organization

    def he(self, mark: str = "he") -> list[Actor]:
        """The person that "he" or "she" means, by the mark of the pronoun."""
        return meant_by(self, GENDERS.get(mark))

    def definite(self, draft: Draft, country: str | None, body: str | None = None) -> list[Actor]:
        """The person of "the minister": known by the post; else the country whose post it is."""
        post, level = draft.text("post"), draft.defaults.get("level")
        person = None
        if post:
            told = full_post(draft, self.lexicon) if draft.defaults.get("kind") == STATE_ORGAN else post
            # "The president" of whom a lawmaker or spokesman speaks is rather that of their state.
            own = next((one.country for one in self.scene.persons if one.country and one.level is None), None)
            theirs = [self.people.holding(told or post, own, level)] if own and not country else []
            told = spelled_out(self.lexicon, told)
            held = (self.people.holding(told or post, country, level, among) for among in (self.topic, None))
            person = next(filter(None, (None if country else plainly_told(self, draft), *theirs, *held)), None)
            alike = person is not None and body in (None, person.organization)
            person = person if alike else chief_of(self, draft, country, body)
        if person is None and is_elected(self.lexicon, post) and not self.is_office(post):
            # "The senator" is one whose post is told by its abbreviation, or as a lawmaker's.
            near = (one for one in [*self.topic, *self.people.recent()] if id(one) in self.people.elected)
            person = next(near, None)
        person = person or described_as(self, draft, country) or led_as(self, draft, country)
        if person is not None:
            return [self.noted(person)]
        owner = possessor(self, draft)
        owner = None if is_private(self.lexicon, post) else owner
        country = country or (state_of(owner) if owner is not None else None)
        if not country and (last := spoke_before(self, draft)):
            return last
        if not draft.fields.get("organization"):
            country = country or of_one_state(self, draft)
        acts = level and self.scene.role != "object" and not self.topic and self.lead and is_country(self.lead)
        return [one for one in (country or whose_release(self, draft) or (self.lead if acts else None),) if one]

    def parties(self, draft: Draft) -> list[Actor]:
        """The states and bodies of a party's record."""
        countries, organization = self.origin(draft)
        alias = draft.alias
        if alias == "it":
            return it_means(self)
        if alias in ("that_body", "that_firm", "that_society", "that_group", "outlet"):
            return that_outlet(self, draft) or list(self.bodies.meant(draft, self.lexicon, self.sentence))
        if alias in ("that_official", "those_officials"):
            return those_officials(self, alias)
        if alias in TOGETHER:
            return those_told(draft, self)
        if alias == "capital" and "hosts" in draft.defaults and countries[0] not in self.told:
            return [draft.defaults["hosts"]]
        if alias in ("state", "capital") and len(countries) == 1 and (person := self.namesake(countries[0], alias)):
            return [self.noted(person)]
        if alias == "aide":
            self.quoted = leader_state(possessor(self, draft))
            return list(self.quoted)
        if "bearer" in draft.fields and countries:
            possessor(self, draft)
        found: list[Actor] = [*countries, *([organization] if organization else [])]
        if organization and draft.defaults.get("kind") != "armed_group":
            self.scene.bodied = self.bodies.tell(organization, self.sentence)
        if alias in ("organ", "bench", "that_state") or of_state_organ(self.lexicon, draft):
            owned = bool(found) or "bearer" in draft.fields
            found = found or state_of_organ(self, draft)
            if owned and (word := draft.text("organ") or draft.text("organization")):
                self.organs.setdefault(word.lower(), set()).update(one for one in found if isinstance(one, str))
            self.organ = next((actor for actor in found if isinstance(actor, str)), self.organ)
        if alias in UNNAMED:
            self.quoted = found
        self.party = next((one for one in reversed(found) if isinstance(one, str)), self.party)
        return found

    def namesake(self, country: str, alias: str) -> Person | None:
        """Who is meant by a state's or capital's name that is a family name, a state's no other: "Washington said"."""
        word = self.main_name(country, "CAPITAL") if alias == "capital" else self.namesakes.get(country)
        person = self.people.known(word) if word else None
        return person if person and person.name != word and person.family_name == word else None

    def place(self, draft: Draft) -> Place | None:
        """The place of a place's record."""
        if draft.alias == "here":
            return self.here
        if draft.alias == "there" and not draft.fields:
            return next((place for begin, place in reversed(self.spots) if begin < draft.begin), None)
        country = draft.text("country")
        for city in (value for value in draft.fields.get("city", ()) if isinstance(value, str)):
            return self.city(city, "USA" if draft.alias == "american" else country)
        if country and draft.alias == "capital":
            return Place(self.main_name(country, "CAPITAL"), country)
        names = [self.main_name(country, one) for one in ("COUNTRY", "DEMONYM")] if country else []
        told = draft.alias != "nickname" or any(name.split()[-1] in self.article.text for name in names)
        return Place(names[0], country, land=True) if names and told else None

    def city(self, name: str, country: str | None) -> Place:
        """A city, as the article spelled it first: "St. Petersburg" where it goes on with "Saint Petersburg"."""
        row = next((form.row for form in self.lexicon.look_up(name) if "CITY" in form.terminals), None)
        spelled = self.spelled.setdefault((row.file, row.line), name) if row else name
        return Place(spelled, country or (row.values.get("country") if row else None) or None)

    def is_office(self, post: str | None) -> bool:
        """Whether a post is one of a state or body."""
        return self.lexicon.reads_as(post, OFFICE)

    def main_name(self, country: str, column: str) -> str:
        """A country's or its capital's main name."""
        return self.lexicon.first(country, column) or country
