"""What an article tells of people after it told what they did: whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from engine import facts
from engine.facts import Event
from engine.resolve.actors import state_of
from engine.resolve.acts import acts
from engine.resolve.bodies import is_unofficial
from engine.resolve.discourse import Discourse
from engine.resolve.offices import is_office
from engine.resolve.report import Report

PEOPLE = ("speaker", "participants", "person", "target")
"""Slots that hold names of people."""


def completed(reports: list[Report], discourse: Discourse) -> Iterator[Event]:
    """The events of an article that has been read, with the states that it told late; without the journeys of people
    of whom it never says that they act for a state or body.
    """
    for report in reports:
        event = report.event
        states = (state_of(person) for person in report.stateless)
        event.parties += [state for state in dict.fromkeys(states) if state and state not in event.parties]
        name_fully(event, discourse)
        if isinstance(event, facts.Meeting):
            event.name = event.name or report.title
        if not isinstance(event, facts.Visit) or (acts(event) and is_journey(report, event, discourse)):
            yield event


def name_fully(event: Event, discourse: Discourse) -> None:
    """Name people in an event as the article names them most fully, be it after it told the event."""
    renamed = discourse.people.renamed
    for slot in PEOPLE:
        told = getattr(event, slot, None)
        if isinstance(told, list):
            setattr(event, slot, [renamed[name].name if name in renamed else name for name in told])
        elif told in renamed:
            setattr(event, slot, renamed[told].name)
    if isinstance(event, facts.Statement) and isinstance(event.speaker, str):
        # "Sessions said ... Attorney General Jeff Sessions".
        named = [person for person in discourse.people.found if person.family_name == event.speaker]
        event.speaker = named[0].name if len(named) == 1 else event.speaker


def is_journey(report: Report, visit: facts.Visit, discourse: Discourse) -> bool:
    """Whether somebody travels for a state or a body of the field, or holds an office."""
    if not report.stateless:
        return True
    official = not all(is_unofficial(discourse.lexicon, party) for party in visit.parties)
    return official or any(is_office(person.post, discourse) for person in report.stateless)
