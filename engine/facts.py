"""The contract: what Chancery can know about an article, one dataclass an event type.

The docstrings and slot texts here are the only place where a fact is described: the rule authors' table, the GraphQL
descriptions and the record format are made from them. Values follow the extraction record (README, "The record").
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, ClassVar


class EventType(Enum):
    """The kind of happening that an event is."""

    MEETING = "Talks, a summit, a session, a negotiation or a call between two or more sides."
    VISIT = "A person's or delegation's trip to a country."
    STATEMENT = "Something said by a named or described speaker."
    AGREEMENT = "A treaty, accord, pact, deal, memorandum, joint declaration or ceasefire."
    SANCTION = "Sanctions, an embargo, an asset freeze, a travel ban or tariffs as punishment."
    WEAPON_TEST = "A test or launch of a weapon."
    RESOLUTION = "A resolution or vote of an international body."
    RELATIONS = "A change in, or an act of, diplomatic relations."
    APPOINTMENT = "A person takes or leaves a post."
    AID = "Assistance, loans, relief or military aid."
    EXERCISE = "A military exercise or drill."


class EventStatus(Enum):
    """How real an event is as the article tells it; only OCCURRED and ONGOING have begun."""

    PROPOSED = "Asked for, offered or considered."
    PLANNED = "Will, is to, is expected or is scheduled to happen."
    ONGOING = "Has begun and is not over."
    OCCURRED = "Has happened."
    POSTPONED = "Put off, stalled or suspended."
    CANCELLED = "Called off, refused or collapsed before it happened."


class StatementAct(Enum):
    """What a speaker does by saying it."""

    SAY = "Said, told, noted, announced, confirmed: neutral."
    URGE = "Urged, called on, demanded, appealed to another to act."
    PROMISE = "Vowed, pledged or agreed to an own future act."
    WARN = "Warned, threatened or cautioned."
    CONDEMN = "Condemned, denounced, criticized, accused or protested."
    PRAISE = "Praised, welcomed, thanked, congratulated or expressed support."
    DENY = "Denied, rejected, dismissed, refused or ruled out."
    CONCERN = "Expressed concern, regret, worry, condolences or sympathy."


class MeetingLevel(Enum):
    """The rank that all sides of a meeting share."""

    HEADS = "Heads of state or government."
    MINISTERIAL = "Ministers."
    VICE_MINISTERIAL = "Vice or deputy ministers."
    WORKING = "Directors, envoys or experts."


class MeetingMode(Enum):
    """How a meeting was held when the sides were not in one room."""

    PHONE = "By telephone."
    VIDEO = "By video link."


class AgreementAction(Enum):
    """What happened to an agreement."""

    NEGOTIATE = "It is being negotiated."
    REACH = "It was reached, struck or announced."
    SIGN = "It was signed or initialled."
    RATIFY = "It was ratified or approved."
    EXTEND = "It was prolonged."
    SUSPEND = "It was suspended."
    WITHDRAW = "A party left it."
    VIOLATE = "A party broke it."
    IMPLEMENT = "It took effect or was carried out."


class SanctionAction(Enum):
    """What happened to sanctions."""

    IMPOSE = "They were imposed or are in force."
    TIGHTEN = "They were tightened or widened."
    EXTEND = "They were prolonged."
    EASE = "They were eased."
    LIFT = "They were lifted."


class WeaponKind(Enum):
    """The kind of weapon tested."""

    NUCLEAR = "A nuclear device."
    BALLISTIC_MISSILE = "A ballistic missile."
    CRUISE_MISSILE = "A cruise missile."
    MISSILE = "A missile of a kind that the article does not tell."
    ROCKET = "A rocket or rocket engine."
    SATELLITE_LAUNCH = "A satellite launch."
    OTHER = "Any other weapon."


class ResolutionAction(Enum):
    """What an international body did with a resolution."""

    DRAFT = "It is being drafted or was tabled."
    ADOPT = "It was adopted."
    REJECT = "It was voted down."
    VETO = "It was vetoed."
    VOTE = "It was or will be voted on."


class RelationsAction(Enum):
    """The diplomatic act."""

    SUMMON = "An envoy was called in."
    EXPEL = "Diplomats were expelled."
    RECALL = "An envoy was called home."
    SEVER = "Relations were broken off."
    DOWNGRADE = "Relations were downgraded."
    UPGRADE = "Relations were upgraded."
    RESTORE = "Relations were restored or normalized."
    ESTABLISH = "Relations were established."
    RECOGNIZE = "A state or government was recognized."
    OPEN_MISSION = "An embassy or consulate was opened."
    CLOSE_MISSION = "An embassy or consulate was closed."


class AppointmentAction(Enum):
    """How a person came to or left a post."""

    APPOINT = "Appointed, named or sworn in."
    ELECT = "Elected."
    NOMINATE = "Nominated."
    RESIGN = "Resigned or stepped down."
    DISMISS = "Dismissed."


class MentionKind(Enum):
    """What a stretch of text names."""

    PERSON = "A named person; the value is the fullest name in the article."
    COUNTRY = "A country; the value is its ISO 3166-1 alpha-3 code."
    ORGANIZATION = "A body; the value is its short name."
    PLACE = "A city or place; the value is its name."
    TIME = "A time expression; the value is written as TIMEX3 writes it."


def slot(doc: str, *, many: bool = False) -> Any:
    """A slot of an event with the sentence that describes it; list slots start empty, others absent."""
    if many:
        return field(default_factory=list, metadata={"doc": doc})
    return field(default=None, metadata={"doc": doc})


@dataclass(slots=True)
class Evidence:
    """The words of an article that an event was read from, and the rule that read them.

    `start` and `end` are character offsets into the article's text of the words the rule took; `sentence` is the index
    of their sentence; `rule` is the grammar and the phrasing, as in "meeting.held_by_both".
    """

    sentence: int
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Mention:
    """A recognised stretch of text: `start` and `end` are character offsets, `value` is described by MentionKind."""

    kind: MentionKind
    start: int
    end: int
    value: str


@dataclass(slots=True)
class Person:
    """A person named in the article, by the fullest name given there.

    `country` is an ISO 3166-1 alpha-3 code, `organization` a body's short name (one of them or neither), `post` the
    title in Title Case, `level` the post's rank, `evidence` the mentions that told the post.
    """

    name: str
    family_name: str
    country: str | None = None
    organization: str | None = None
    post: str | None = None
    level: MeetingLevel | None = None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Event:
    """One happening in the world as one article tells it.

    `parties` are ISO alpha-3 country codes and bodies' short names; people are named by their fullest name.
    """

    TYPE: ClassVar[EventType]

    status: EventStatus = field(
        default=EventStatus.OCCURRED, metadata={"doc": "How real the event is as the article tells it."}
    )
    when: str | None = slot("ISO 8601 day, month, year or interval (both ends included).")
    place: str | None = slot("The city where given, else the country's or place's name in English.")
    parties: list[str] = slot("The states and bodies that take part or act.", many=True)
    evidence: list[Evidence] = slot("The words and rules it was read from.", many=True)


@dataclass(slots=True)
class Meeting(Event):
    """Talks, a summit, a session, a negotiation or a call between two or more sides."""

    TYPE = EventType.MEETING
    participants: list[str] = slot("The people who meet, by name.", many=True)
    level: MeetingLevel | None = slot("The rank that all sides share.")
    mode: MeetingMode | None = slot("Phone or video; absent in person.")
    name: str | None = slot('The name of the gathering ("two-plus-two").')
    ordinal: int | None = slot('Which of its kind ("fifth round" is 5).')
    topics: list[str] = slot("What it is about: noun phrases of the text.", many=True)
    sidelines_of: int | None = slot("Index, among the article's events, of the meeting on whose sidelines it is held.")


@dataclass(slots=True)
class Visit(Event):
    """A person's or delegation's trip to a country."""

    TYPE = EventType.VISIT
    participants: list[str] = slot("The people who travel, by name.", many=True)
    target: str | None = slot("The country visited, by code.")


@dataclass(slots=True)
class Statement(Event):
    """Something said by a named or described speaker; each attribution is one statement."""

    TYPE = EventType.STATEMENT
    speaker: list[str] = slot("Who speaks: a person's name, else a country's code or a body.", many=True)
    act: StatementAct | None = slot("What the speaker does by saying it.")
    target: list[str] = slot("The country, body or person addressed, blamed or praised.", many=True)
    quoted: bool = field(default=False, metadata={"doc": "True where a full clause stands in quotation marks."})
    content: str | None = slot("What was said, in the article's words.")


@dataclass(slots=True)
class Agreement(Event):
    """A treaty, accord, pact, deal, memorandum, joint declaration or ceasefire."""

    TYPE = EventType.AGREEMENT
    participants: list[str] = slot("The people who sign, by name.", many=True)
    action: AgreementAction | None = slot("What happened to the agreement.")
    name: str | None = slot("Its name as the article writes it.")
    topics: list[str] = slot("What it is about: noun phrases of the text.", many=True)


@dataclass(slots=True)
class Sanction(Event):
    """Sanctions, an embargo, an asset freeze, a travel ban or tariffs as punishment."""

    TYPE = EventType.SANCTION
    action: SanctionAction | None = slot("What happened to the sanctions.")
    target: list[str] = slot("Whom they hit.", many=True)


@dataclass(slots=True)
class WeaponTest(Event):
    """A test or launch of a weapon."""

    TYPE = EventType.WEAPON_TEST
    weapon: WeaponKind | None = slot("The kind of weapon.")
    name: str | None = slot('The weapon\'s name ("Musudan").')
    ordinal: int | None = slot('Which of its kind ("fifth nuclear test" is 5).')


@dataclass(slots=True)
class Resolution(Event):
    """A resolution or vote of an international body."""

    TYPE = EventType.RESOLUTION
    action: ResolutionAction | None = slot("What the body did.")
    target: list[str] = slot("Whom the resolution is about.", many=True)
    name: str | None = slot('Its name ("Resolution 2270").')


@dataclass(slots=True)
class Relations(Event):
    """A change in, or an act of, diplomatic relations."""

    TYPE = EventType.RELATIONS
    action: RelationsAction | None = slot("The diplomatic act.")
    target: list[str] = slot("Toward whom it is done; absent where both sides act together.", many=True)


@dataclass(slots=True)
class Appointment(Event):
    """A person takes or leaves a post."""

    TYPE = EventType.APPOINTMENT
    person: str | None = slot("The person, by name.")
    post: str | None = slot("The post, in Title Case.")
    action: AppointmentAction | None = slot("Whether the post is taken or left, and how.")


@dataclass(slots=True)
class Aid(Event):
    """Assistance, loans, relief or military aid."""

    TYPE = EventType.AID
    target: list[str] = slot("Who receives it.", many=True)
    amount: str | None = slot('How much, as written ("$50 million").')


@dataclass(slots=True)
class Exercise(Event):
    """A military exercise or drill."""

    TYPE = EventType.EXERCISE
    name: str | None = slot('Its name ("Ulchi Freedom Guardian").')
    target: list[str] = slot("Against whom it is aimed, where told.", many=True)


EVENTS: tuple[type[Event], ...] = (
    Meeting,
    Visit,
    Statement,
    Agreement,
    Sanction,
    WeaponTest,
    Resolution,
    Relations,
    Appointment,
    Aid,
    Exercise,
)


@dataclass(slots=True)
class Sentence:
    """A sentence of an article: `start` and `end` are character offsets; `truncated` when it was cut."""

    index: int
    start: int
    end: int
    truncated: bool = False


@dataclass(slots=True)
class Article:
    """An article as it comes in; `published_on` is an ISO 8601 day, without which relative dates stay unresolved."""

    id: str
    text: str
    published_on: str | None = None
    dateline: str | None = None
    agency: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(slots=True)
class Extraction:
    """All that was read from one article; `read` holds the indexes of the sentences that some rule touched."""

    article: Article
    sentences: list[Sentence]
    mentions: list[Mention]
    people: list[Person]
    events: list[Event]
    read: set[int]


def slots_of(event: type[Event]) -> dict[str, str]:
    """The slots of an event type, by name, with the sentence that describes each."""
    return {f.name: f.metadata.get("doc", "") for f in fields(event)}
