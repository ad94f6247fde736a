"""Events: the interface that all share and the eleven types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from api.rows import events
from api.schema.enums import Granularity
from api.schema.fields import column, loaded
from api.schema.person import Person
from api.schema.places import Actor, Country, Node, Party, Place
from api.schema.scalars import Date
from engine import facts
from engine.facts import (
    AgreementAction,
    AppointmentAction,
    EventStatus,
    EventType,
    MeetingLevel,
    MeetingMode,
    RelationsAction,
    ResolutionAction,
    SanctionAction,
    StatementAct,
    WeaponKind,
)

if TYPE_CHECKING:
    from api.schema.article import Evidence

_PARTICIPANTS = events.people("PARTICIPANT")
_TARGETS = events.actors("TARGET")


@strawberry.type(description="A time that an article gives, resolved to days.")
class TimeSpan:
    """A time that an article gives."""

    text: str = column("The article's words for it, else the ISO 8601 value.", "text")
    start: Date = column("The first day.", "start")
    end: Date = column("The last day, included.", "end")
    granularity: Granularity = column("How long it is.", "granularity", enum=Granularity)


@strawberry.interface(
    description="One happening in the world. Several articles that report the same happening share one event."
)
class Event(Node):
    """One happening in the world."""

    type: EventType = column("The kind of happening.", "type", enum=EventType)
    status: EventStatus = column("How real it is as the latest article tells it.", "status", enum=EventStatus)
    when: TimeSpan | None = loaded("When it happens; null where no day is known.", events.times, needs=events.TIME)
    place: Place | None = loaded("Where it happens.", events.places, needs=("place", "place_country"))
    parties: list[Party] = loaded("The states and bodies that take part or act.", events.actors("PARTY"), size=3)
    evidence: list[Annotated[Evidence, strawberry.lazy("api.schema.article")]] = loaded(
        "The words that it was read from, in every article that tells of it.", events.evidence, size=3
    )
    article_count: int = column("How many articles tell of it.", "article_count")
    first_reported_on: Date | None = column("The day of the first article that tells of it.", "first_reported_on")
    plover_type: str | None = loaded(
        'The type and mode of PLOVER ("CONSULT:visit"). Null where PLOVER has none: it leaves out plain statements and '
        "codes neither appointments nor most votes; of what is only proposed, planned or cancelled it codes talks, "
        "visits, agreements, aid, sanctions and relations, and no weapon test or exercise.",
        events.plover_types,
        needs=events.CODED,
    )
    cameo_code: str | None = loaded(
        'The code of CAMEO 1.1b3 ("040"). Null where CAMEO has none: it has no weapon test (150 and 154, a show of '
        "force, come nearest), no appointment and no vote but a veto; of what is only proposed, planned or cancelled "
        "it codes talks, visits, agreements, aid, sanctions and relations.",
        events.cameo_codes,
        needs=events.CODED,
    )


@strawberry.type(description=facts.Meeting.__doc__)
class Meeting(Event):
    """Talks between sides."""

    participants: list[Person] = loaded("The people who meet.", _PARTICIPANTS, size=3)
    level: MeetingLevel | None = column("The rank that all sides share.", "level", enum=MeetingLevel)
    mode: MeetingMode | None = column("Phone or video; null in person.", "mode", enum=MeetingMode)
    name: str | None = column('The name of the gathering ("two-plus-two").', "name")
    ordinal: int | None = column('Which of its kind ("fifth round" is 5).', "ordinal")
    topics: list[str] = loaded("What it is about, in the article's words.", events.topics)
    sidelines_of: Event | None = loaded(
        "The event on whose sidelines it is held.", events.main_events, needs=("sidelines_of",)
    )
    series: list[Meeting] = loaded(
        "The meetings of its kind by date, itself among them: those with the same sides, name and level that have a "
        "name or a number. Empty where it has neither; at most 100.",
        events.series,
        size=10,
        weight=50,
    )


@strawberry.type(description=facts.Visit.__doc__)
class Visit(Event):
    """A trip to a country."""

    participants: list[Person] = loaded("The people who travel.", _PARTICIPANTS, size=3)
    target: Country | None = loaded("The country visited.", events.only(_TARGETS, "Country"))


@strawberry.type(description=facts.Statement.__doc__)
class Statement(Event):
    """Something said."""

    speakers: list[Actor] = loaded("Who speaks: a person, else a country or body.", events.actors("SPEAKER"), size=2)
    act: StatementAct = column("What the speaker does by saying it.", "act", enum=StatementAct, default="SAY")
    targets: list[Actor] = loaded("Who is addressed, blamed or praised.", _TARGETS, size=2)
    quoted: bool = column("Whether a full clause stands in quotation marks.", "quoted", convert=bool, default=False)
    content: str | None = column("What was said, in the article's words.", "content")


@strawberry.type(description=facts.Agreement.__doc__)
class Agreement(Event):
    """An accord."""

    participants: list[Person] = loaded("The people who sign.", _PARTICIPANTS, size=3)
    action: AgreementAction = column(
        "What happened to it; REACH where the words do not tell.", "action", enum=AgreementAction, default="REACH"
    )
    name: str | None = column("Its name as the article writes it.", "name")
    topics: list[str] = loaded("What it is about, in the article's words.", events.topics)


@strawberry.type(description=facts.Sanction.__doc__)
class Sanction(Event):
    """A punishment by trade or travel."""

    action: SanctionAction = column(
        "What happened to them; IMPOSE where the words do not tell.", "action", enum=SanctionAction, default="IMPOSE"
    )
    targets: list[Actor] = loaded("Whom they hit.", _TARGETS, size=2)


@strawberry.type(description=facts.WeaponTest.__doc__)
class WeaponTest(Event):
    """A test of a weapon."""

    weapon: WeaponKind = column("The kind of weapon.", "weapon", enum=WeaponKind, default="OTHER")
    name: str | None = column('The weapon\'s name ("Musudan").', "name")
    ordinal: int | None = column('Which of its kind ("fifth nuclear test" is 5).', "ordinal")


@strawberry.type(description=facts.Resolution.__doc__)
class Resolution(Event):
    """A resolution of a body."""

    action: ResolutionAction = column(
        "What the body did; VOTE where the words do not tell.", "action", enum=ResolutionAction, default="VOTE"
    )
    name: str | None = column('Its name ("Resolution 2270").', "name")
    targets: list[Actor] = loaded("Whom it is about.", _TARGETS, size=2)


@strawberry.type(description=facts.Relations.__doc__)
class RelationsAct(Event):
    """An act of diplomatic relations."""

    action: RelationsAction = column("The diplomatic act.", "action", enum=RelationsAction)
    targets: list[Actor] = loaded("Toward whom; empty where both sides act together.", _TARGETS, size=2)


@strawberry.type(description=facts.Appointment.__doc__)
class Appointment(Event):
    """A person takes or leaves a post."""

    person: Person = loaded("Who takes or leaves the post.", events.only(events.actors("PERSON"), "Person"))
    post: str = column("The post, in Title Case.", "post", default="")
    action: AppointmentAction = column(
        "Whether the post is taken or left, and how.", "action", enum=AppointmentAction, default="APPOINT"
    )


@strawberry.type(description=facts.Aid.__doc__)
class Aid(Event):
    """Assistance."""

    targets: list[Actor] = loaded("Who receives it.", _TARGETS, size=2)
    amount: str | None = column('How much, as written ("$50 million").', "amount")


@strawberry.type(description=facts.Exercise.__doc__)
class Exercise(Event):
    """A military exercise."""

    name: str | None = column('Its name ("Ulchi Freedom Guardian").', "name")
    targets: list[Actor] = loaded("Against whom it is aimed, where told.", _TARGETS, size=2)


EVENT_TYPES: tuple[type, ...] = (
    Meeting,
    Visit,
    Statement,
    Agreement,
    Sanction,
    WeaponTest,
    Resolution,
    RelationsAct,
    Appointment,
    Aid,
    Exercise,
)
