"""Home affairs: meetings that a state's own news tells of its own people, parties and societies, which bring no two
sides together."""

from __future__ import annotations

from engine.facts import Event, Meeting
from engine.lexicon import tokens_of
from engine.resolve.actors import is_country
from engine.resolve.bodies import PRIVATE, home_of, kind_of
from engine.resolve.discourse import Discourse, Place
from engine.resolve.posts import PARTY
from engine.resolve.sameness import Report

FORUM = "FORUM"
"""The class of gatherings that the lexicon lists: those of states."""


def is_foreign(event: Event, discourse: Discourse) -> bool:
    """Whether the first side of an event is of another state than the one at home where the article is written: where
    that is not known, of one beside which the article names others."""
    ours = {discourse.domestic, discourse.home}
    known = ours != {None} or discourse.here is not None
    return bool({*event.parties} - ours) and (known or bool({*discourse.told} - {*event.parties}))


def of_home_affairs(report: Report, discourse: Discourse) -> bool:
    """Whether a meeting is one of home affairs: of societies alone, of the state at home and its own parties and
    societies, or, where no sides are told, at home or at no place told, and about nothing abroad.
    """
    event = report.event
    if not isinstance(event, Meeting):
        return False
    ours = {country for country in (discourse.domestic, discourse.home) if country}
    if not event.parties:
        return not report.actors and bool(ours) and not is_abroad(event, report.place, ours, discourse)
    societies = {party for party in event.parties if kind_of(discourse.lexicon, party) in PRIVATE}
    parties = {party for party in event.parties if kind_of(discourse.lexicon, party) == PARTY}
    if not societies and not parties:
        return False
    rest = {*event.parties} - societies - parties
    return rest <= ours and {home_of(discourse.lexicon, party) for party in parties} <= ours


def is_abroad(event: Meeting, place: Place | None, ours: set[str], discourse: Discourse) -> bool:
    """Whether a meeting of nobody told is in a state that is none of `ours`, of a list, or about one of another."""
    if place is not None and place.country not in ours:
        return True
    known = any(FORUM in form.terminals for form in discourse.lexicon.look_up(" ".join(tokens_of(event.name or ""))))
    return (
        known or (event.name or "")[:1].islower() or any(names_abroad(text, ours, discourse) for text in event.topics)
    )


def names_abroad(text: str, ours: set[str], discourse: Discourse) -> bool:
    """Whether a topic names a state that is none of `ours`."""
    states = (form.row.values.get("country", "") for word in text.split() for form in discourse.lexicon.look_up(word))
    return any(is_country(state) and state not in ours for state in states)
