"""For whom somebody acts where a record tells no state, and whose counterpart, spokesman or office it tells: by a
pronoun, or by another's name ("Putin's spokesman").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.facts import Evidence, MeetingLevel, Person
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.actors import Actor, is_country, state_of, unique
from engine.resolve.bodies import organ_told
from engine.resolve.descriptions import CHIEF
from engine.resolve.people import FAR_BACK, describe
from engine.resolve.posts import at_hand, by_name, known_leader, led_by, of_one_state, renowned_of, sent_to
from engine.resolve.pronouns import GENDERS, fits, is_wed
from engine.resolve.service import STATE_ORGAN, is_private, sent

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse
    from engine.resolve.people import People

SPEAKING = "spokesman"
"""The seat of whoever speaks for another."""
BUSINESS = "BUSINESS"
"""The class of posts that firms have."""
SECRETARIAT = "SECRETARIAT"
"""The class of posts that only bodies of states have."""
WORLD = "UN"
"""The body whose organs begin with its name."""
AUTOCRACY = "AUTOCRACY"
"""The class of words for a government that is not called so at home: "the regime"."""
ADMINISTRATION = "ADMINISTRATION"
"""The class of words for a president's government."""
ORGAN = "ORGAN"
"""The column of words for what acts for its state."""
REBEL = "REBEL_NOUN"
"""The terminal of words for a band of those who fight."""
THAT_BODY = "that_body"
"""The mark of an owner that is a body told before: "the agency's chief"."""


def attributed(discourse: Discourse, person: Person, draft: Draft, post: str | None) -> tuple[str | None, str | None]:
    """The state or body of somebody told without either; without an office only that of a known leader."""
    if not post or is_private(discourse.lexicon, draft.text("post")):
        if state := known_leader(discourse, draft):
            discourse.people.guessed.add(id(person))
        at_home = draft.defaults.get("country") if draft.alias == "named" and "agency" not in draft.defaults else None
        return state or at_home, None
    if is_wed(draft) and (state := state_of_spouse(discourse, person)):
        return state, None
    owner = possessor(discourse, draft)
    if isinstance(owner, str):
        return (owner, None) if is_country(owner) else (None, owner)
    if any(mark.alias == THAT_BODY for mark in draft.drafts("possessor")):
        return None, discourse.bodies.last
    if owner is not None and state_of(owner):
        return owner.country, owner.organization
    if owner is not None and draft.drafts("possessor"):
        # "Her chief of staff" is of no state that is only named near, where she is of none.
        return discourse.domestic, None
    seat = draft.defaults.get("seat")
    traded = discourse.lexicon.reads_as(draft.text("post"), BUSINESS)
    if owner is None and "bearer" in draft.fields and (traded or seat == SPEAKING):
        # "A Ballard spokesman", "Aetna's chairman" is of something that nothing tells of.
        return None, None
    if discourse.lexicon.reads_as((draft.text("post") or "").rpartition(" ")[2], REBEL):
        # "Head of the River militia": of no state that is only near.
        return None, None
    if seat == SPEAKING and discourse.unnamed and " " not in (draft.text("post") or " "):
        # A spokesman who is first told without a name is named next.
        whose = discourse.unnamed[-1]
        if isinstance(whose, str) and not is_country(whose):
            return None, whose
    if draft.defaults.get("organization") and not sent(draft):
        return None, draft.defaults["organization"]
    if discourse.home_body and not (draft.defaults.get("level") or discourse.scene.listed):
        return None, discourse.home_body
    if discourse.lexicon.reads_as(draft.text("post"), SECRETARIAT):
        return None, secretariat(discourse)
    country = of_one_state(discourse, draft)
    if not country or country in sent_to(draft, discourse.lexicon):
        country = at_hand(discourse, draft)
        if seat == SPEAKING and " " not in (draft.text("post") or " ") and country not in near_home(discourse):
            # A spokesman told alone is of who does something there, not of any state that is named.
            lead = discourse.scene.lead or discourse.lead
            return (lead, None) if lead is None or is_country(lead) else (None, lead)
    if country not in led_by(discourse, draft):
        discourse.people.guessed.add(id(person))
        if heads_anything(discourse, draft) and country not in near_home(discourse):
            return None, None
    return country, None


def heads_anything(discourse: Discourse, draft: Draft) -> bool:
    """Whether a post tells no more than that somebody heads something: "probe chief"."""
    told = draft.defaults.get("level") or "unit" in draft.fields
    return not told and discourse.lexicon.reads_as(draft.text("post"), CHIEF)


def state_of_spouse(discourse: Discourse, person: Person) -> str | None:
    """The state of whoever bears the family name of somebody wed, or of the renowned who bear it."""
    alike = (one for one in discourse.people.recent() if one.family_name == person.family_name and one is not person)
    return next((one.country for one in alike if one.country), renowned_of(discourse, by_name(person.family_name)))


def near_home(discourse: Discourse) -> set[str | None]:
    """The states of which a spokesman may be who is told alone: those whose organ spoke, of the news itself, and that
    an article is about first."""
    here = discourse.here.country if discourse.here else None
    scene = discourse.scene
    return {discourse.organ, scene.voice, scene.listed, scene.main, discourse.home, discourse.domestic, here}


def secretariat(discourse: Discourse) -> str:
    """Whose secretary-general is told without a body, as no state has one: of the body last told of, be it told by its
    organ, else of that of the world."""
    body = discourse.bodies.last or WORLD
    return WORLD if body.startswith(WORLD) else body


def possessor(discourse: Discourse, draft: Draft) -> Actor | None:
    """Whose counterpart, spokesman or office it is."""
    marks = draft.drafts("possessor")
    if name := draft.text("bearer"):
        countries, body = discourse.origin(draft) if draft.alias != "counterpart" else ([], None)
        return bearer(discourse, name, countries[0] if len(countries) == 1 else None, body)
    if not marks:
        return None
    scene = discourse.scene
    if marks[0].alias in ("he", "she"):
        # What a sentence ends with, "his office said", is of whom it speaks.
        gender = GENDERS.get(marks[0].alias)
        subjects = [one for one in scene.persons if scene.ends_speech and fits(discourse, one, gender)]
        near = [scene.fellow] if scene.fellow else subjects[:1]
        return next(iter(near or discourse.he(marks[0].alias)), None)
    if marks[0].alias == "here":
        return discourse.here.country if discourse.here else None
    if marks[0].alias == THAT_BODY:
        return discourse.bodies.last
    if marks[0].alias == "it":
        others = discourse.party if scene.person_leads else None
        return discourse.bodies.last if scene.bodied else others or scene.main or discourse.party
    return scene.main or discourse.party


DESCRIBED = ("the", "nation")
"""The words of a state told without its name and without a word that describes it."""


def of_state_organ(lexicon: Lexicon, draft: Draft) -> bool:
    """Whether a side is an organ of a state told by its name, or somebody who speaks for one: "an army spokesman"."""
    organ, _, seat = (draft.text("post") or "").rpartition(" ")
    speaks = bool(organ and seat) and draft.defaults.get("seat") == SPEAKING
    return draft.defaults.get("kind") == STATE_ORGAN or (speaks and lexicon.reads_as(organ, ORGAN))


def state_of_organ(discourse: Discourse, draft: Draft) -> list[Actor]:
    """The state of an organ told without one: its owner's, the frame's, that whose organ it was before, the sentence's,
    or the dateline's."""
    word, scene = draft.text("organ") or "", discourse.scene
    if "bearer" in draft.fields:
        led = [*led_by(discourse, by_name(draft.text("bearer") or ""))]
        known = state_of(possessor(discourse, draft))
        owner = known or (led[0] if len(led) == 1 else discourse.domestic)
        return [owner] if owner else []
    owner = state_of(possessor(discourse, draft)) if draft.drafts("possessor") else organ_told(discourse.lexicon, word)
    if draft.alias == "that_state" and scene.role != "main":
        # "The Pacific island nation": the state told most that is not at home, nor the one that does something to it.
        does = scene.main if scene.role == "object" else None
        abroad = (one for one in discourse.told if one not in (discourse.home, does))
        near = scene.latest if scene.role == "subject" else None
        owner = near or (next(abroad, None) if draft.end - draft.begin > len(DESCRIBED) else None)
    elif discourse.lexicon.reads_as(word, AUTOCRACY):
        near_by = (one for one in (scene.latest, discourse.party) if one not in (None, scene.main, discourse.domestic))
        owner = owner or next(near_by, None)
    here = discourse.here.country if discourse.here else None
    country = owner or scene.frame or (discourse.home if discourse.home == here else None)
    country = country or told_organ(discourse, word.lower())
    if discourse.lexicon.reads_as(word, ADMINISTRATION):
        # Of all governments only the one at home is called so without a name before it.
        country = country or discourse.domestic or here
    # "..., parliament said" is rather where the news is from than of another state that is named by the way.
    near = here if scene.ends_speech and here in discourse.told else None
    country = country or scene.main or near or scene.latest or discourse.organ or discourse.country or here
    home = discourse.home
    if home and discourse.told and home not in discourse.told:
        # An agency's own state is not the one that news of others tells of.
        home = discourse.told[0]
    return [one for one in (country or home,) if one]


def bearer(
    discourse: Discourse, told: str, country: str | None = None, organization: str | None = None
) -> Person | None:
    """The person by whose name another is told, with a post where one stands before it ("President Marcos' envoy"),
    which is of a state or body where that is told; a full name, or one with a post, is new where nobody has it."""
    title, name = parted(discourse, told)
    people = discourse.people
    known = people.meet(name) if title or is_named(people, name) else people.known(name)
    if known is not None and not title and not known.post:
        discourse.tell(known, by_name(name), country, organization)
    elif known is not None and title and not known.post:
        forms = [form for form in discourse.lexicon.look_up(title) if "POST" in form.terminals]
        values = dict(forms[0].row.values) if forms else {}
        discourse.tell(known, by_name(name, title, values), country, organization)
    return known


def is_named(people: People, name: str) -> bool:
    """Whether a name is a person's by itself: with a given name, or a family name that stands first, or renowned."""
    first = people.readings(name.split()[0])
    return "RENOWNED" in people.readings(name) or (" " in name and not first.isdisjoint({"GIVEN", "SURNAME"}))


def parted(discourse: Discourse, told: str) -> tuple[str, str]:
    """The post that stands before a name, which may be none, and the name."""
    words = told.split()
    for size in (3, 2, 1):
        title = " ".join(words[:size])
        if size < len(words) and discourse.lexicon.reads_as(title, "POST"):
            return title, " ".join(words[size:])
    return "", told


def counterparts(discourse: Discourse, draft: Draft, names: list[str], countries: list[str]) -> list[Actor]:
    """Counterparts by country and name, in order; they hold the post of the one whose counterparts they are."""
    name = draft.text("bearer")
    mark = next((mark.alias or "" for mark in draft.drafts("possessor")), "")
    beside = discourse.scene.beside if fits(discourse, discourse.scene.beside, GENDERS.get(mark)) else None
    told = bearer(discourse, name) if name else beside
    owner = told or next((one for one in discourse.he(mark) if isinstance(one, Person)), None)
    if not countries and (mark or name or names) and owner and owner.country:
        countries = opposite(discourse, owner.country)
    found: list[Actor] = []
    evidence = Evidence(discourse.sentence, draft.begin, draft.end, "person.counterpart")
    for index in range(max(len(names), len(countries))):
        # Of one state are all its counterparts: "their British counterparts, Hammond and Fallon".
        country = countries[index] if index < len(countries) else countries[0] if len(countries) == 1 else None
        if index < len(names):
            person = discourse.people.meet(names[index])
            level = owner.level.name if owner and owner.level else None
            describe(person, owner.post if owner else None, level, country, None, evidence)
            found.append(discourse.noted(person))
        elif country:
            known = discourse.people.holding(owner.post, country) if owner and owner.post else None
            known = known or (head_of(discourse, country) if owner and owner.level is MeetingLevel.HEADS else None)
            found.append(discourse.noted(known) if known else country)
    return found


def head_of(discourse: Discourse, country: str) -> Person | None:
    """The one head of state or government of a country told of late: a chancellor's counterpart may be a president."""
    near = [one for one in discourse.people.recent() if one.country == country and id(one) not in discourse.bygone]
    heads = [one for one in near if one.level is MeetingLevel.HEADS]
    return heads[0] if len(heads) == 1 else None


def leader_state(owner: Actor | None) -> list[Actor]:
    """The state for which the aides of somebody speak who leads it; nobody else's speak for one."""
    leads = isinstance(owner, Person) and owner.level is MeetingLevel.HEADS
    return [owner.country] if leads and isinstance(owner, Person) and owner.country else []


def told_organ(discourse: Discourse, word: str) -> str | None:
    """The state whose organ has been told by that word, or by a name that has it as its head: "the ministry" is the one
    foreign ministry told. Of several it is the latest, where the sentence ends with what that one said."""
    exact = discourse.organs.get(word, set())
    headed = [
        states
        for organ, states in discourse.organs.items()
        if organ.endswith(f" {word}") or organ.startswith(f"{word} of ")
    ]
    alike = exact if len(exact) == 1 else exact.union(*headed)
    if len(alike) == 1:
        return min(alike)
    return discourse.organ if discourse.organ in alike and discourse.scene.ends_speech else None


def opposite(discourse: Discourse, country: str) -> list[str]:
    """The other side of the latest two that stood together."""
    for group in reversed(discourse.groups[-FAR_BACK:]):
        states = [state for state in unique([state_of(actor) for actor in group]) if isinstance(state, str)]
        if len(states) == 2 and country in states:
            return [state for state in states if state != country]
    return []
