"""Home affairs: meetings that a state's own news tells of its own people, parties and societies, which bring no two
sides together."""

from __future__ import annotations

from engine.facts import Event, Meeting, MeetingLevel, Person
from engine.lexicon import tokens_of
from engine.resolve.actors import is_country
from engine.resolve.bodies import PARTY, PRIVATE, home_of, kind_of
from engine.resolve.discourse import Discourse, Place
from engine.resolve.report import Report

FORUM = "FORUM"
"""The class of gatherings that the lexicon lists: those of states."""


def is_foreign(event: Event, discourse: Discourse) -> bool:
    """Whether the first side of an event is of another state than the one at home where the article is written; an
    article that names no state and tells no home is of home affairs."""
    ours = {discourse.domestic, discourse.home}
    known = ours != {None} or discourse.here is not None or bool(discourse.told)
    return known and bool({*event.parties} - ours)


def of_home_affairs(report: Report, discourse: Discourse) -> bool:
    """Whether a meeting is one of home affairs: of societies alone, of the state at home and its own parties and
    societies, or of nobody known, at home or at no place told, and about nothing abroad; or a named one of one state,
    held there.
    """
    event = report.event
    if not isinstance(event, Meeting) or discourse.official:
        # A ministry tells nothing of its own.
        return False
    ours = {country for country in (discourse.domestic, discourse.home) if country}
    host = {report.place.country} if report.place and report.place.country else set()
    if event.name and host and {*event.parties} == host:
        # A state's own conference, held there.
        return not is_abroad(event, report.place, host, discourse)
    if not event.parties:
        bare = not (event.level or event.name or report.place)
        ours = ours or ({*discourse.told} if bare and len(discourse.told) == 1 else set())
        unknown = all(isinstance(actor, Person) and actor.country is None for actor in report.actors)
        return unknown and bool(ours) and not is_abroad(event, report.place, ours, discourse)
    societies = {party for party in event.parties if kind_of(discourse.lexicon, party) in PRIVATE}
    parties = {party for party in event.parties if kind_of(discourse.lexicon, party) == PARTY}
    if not societies and not parties:
        return False
    rest = {*event.parties} - societies - parties
    theirs = parties | societies if rest else parties
    return rest <= ours and {home_of(discourse.lexicon, one) for one in theirs} <= ours


def is_abroad(event: Meeting, place: Place | None, ours: set[str], discourse: Discourse) -> bool:
    """Whether a meeting of nobody known is in a state that is none of `ours`, about one, called by states ("U.S.-Africa
    Summit") or by a way of talking ("six-party talks"), of a list, one of a row of summits, or told in an article that
    is most of all about another state."""
    if (place is not None and place.country not in ours) or not {*discourse.told[:1]} <= ours:
        return True
    name = event.name or ""
    listed = discourse.lexicon.reads_as(" ".join(tokens_of(name)), FORUM)
    paired = any(states_of(word.split("-")[0], discourse) for word in name.split() if "-" in word)
    rowed = bool(event.ordinal) and event.level is MeetingLevel.HEADS
    if listed or paired or rowed or name[:1].islower():
        return True
    return any(states_of(text, discourse) - ours for text in event.topics)


def states_of(text: str, discourse: Discourse) -> set[str]:
    """The states that words of a text name, one by one."""
    named = (form.row.values.get("country", "") for word in text.split() for form in discourse.lexicon.look_up(word))
    return {state for state in named if is_country(state)}
