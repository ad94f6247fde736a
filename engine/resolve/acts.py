"""When a report of a visit, an agreement, an act of relations or an appointment tells enough to be one."""

from __future__ import annotations

from engine.facts import (
    Agreement,
    AgreementAction,
    Appointment,
    AppointmentAction,
    Event,
    EventStatus,
    Person,
    Relations,
    RelationsAction,
    Visit,
)
from engine.interpret import Draft
from engine.resolve.discourse import state_of

STATE_ACTS = (Visit, Agreement, Relations)
"""What only states, bodies and those who act for them do."""
PRIVATE = frozenset({"company", "ngo"})
"""Kinds of bodies that make no treaties."""
MISSIONS = frozenset({RelationsAction.OPEN_MISSION, RelationsAction.CLOSE_MISSION})
ONE_SIDED = frozenset({RelationsAction.RECALL, RelationsAction.EXPEL})
LEAVING = frozenset({AppointmentAction.RESIGN, AppointmentAction.DISMISS})
BARE = frozenset({"state", "body", "it"})
"""Readings of a party that name a state or body as such."""
ARTICLES = frozenset({"a", "an", "the"})


def acts(event: Event) -> bool:
    """Whether an event of one of these types says who did what to whom; any other event does."""
    if isinstance(event, Visit):
        return event.target not in event.parties
    if isinstance(event, Relations):
        told = event.target or len(event.parties) > 1 or event.action in ONE_SIDED
        return bool(event.parties and told) and event.target != event.parties
    if isinstance(event, Agreement):
        return agrees(event)
    return not isinstance(event, Appointment) or bool(event.person and event.post and event.parties)


def travels_as_state(visit: Draft) -> bool:
    """Whether the subject of a visit is a state as such, which does not travel: its team does."""
    marks = [mark for mark in visit.drafts("parties") if mark.alias in ("subject", "elided")]
    travellers = [one for mark in marks for one in mark.drafts("of")]
    return any(one.rule == "party" and one.alias in BARE for one in travellers)


def complete(appointment: Appointment, person: Person | None) -> None:
    """Whose post it is, where only the person tells; and which post is left, where it stood before the name."""
    if person is None:
        return
    side = state_of(person)
    if appointment.action in LEAVING:
        appointment.post = appointment.post or person.post
    if not appointment.parties and side:
        appointment.parties = [side]


def agrees(event: Agreement) -> bool:
    """Whether an agreement has two sides, or a name and something else told; one not reached is none."""
    if event.action is AgreementAction.REACH and event.status is EventStatus.CANCELLED:
        return False
    told = event.parties or event.when or event.place or event.action is AgreementAction.IMPLEMENT
    return len(event.parties) > 1 or bool(event.name and told)


def without_article(name: str) -> str:
    """A name that a phrase gave with its article, without it."""
    first, _, rest = name.partition(" ")
    return rest if first.lower() in ARTICLES and rest else name
