"""Journeys: who travels where, and which countries one wording of a visit tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter

from engine.facts import Event, EventStatus, Visit
from engine.interpret import Draft
from engine.resolve.actors import is_country, state_of
from engine.resolve.bodies import PARTY, home_of, kind_of
from engine.resolve.discourse import Discourse, Place
from engine.resolve.groups import THEY
from engine.resolve.stays import STAY

HOST = "host"
"""The mark of the country where somebody is who is only called visiting."""
POINTING = frozenset({HOST, STAY, "that_city", "that_capital", "that_country"})
"""The marks of a place told only by what it is: "the port city"."""
WHOLE = frozenset({HOST, STAY, "state", "nickname", "that_country", "organ", "body"})
"""Marks and readings of a place that tell a country and no city."""
BUSINESS = "BUSINESS"
"""The class of posts that firms have: whoever goes for a firm is on no visit."""
BARE = frozenset({"state", "capital", "body", "it"})
"""Readings of a party that name a state or body as such."""


def journeys(
    visit: Visit, draft: Draft, place: Place | None, discourse: Discourse, told: Sequence[Event]
) -> list[Visit]:
    """One visit for each country told, which may follow from a city; none of a state as such. `told` are the events
    before it.
    """
    known = [discourse.people.known(name) for name in visit.participants]
    if known and all(one and discourse.lexicon.reads_as(one.post, BUSINESS) for one in known):
        return []
    if travels_as_state(draft) or (not visit.participants and travels_unknown(draft)):
        return []
    cities: dict[str, str | None] = {}
    region = False
    for stop in draft.drafts("target"):
        found = (
            that_place(stop, visit, discourse, told) if stop.alias in POINTING else seat(stop, visit, place, discourse)
        )
        if found is None and stop.alias == "here":
            found = last_stay(visit, told, discourse)
        if found is not None and found.country:
            whole = stop.alias in ("here", "there") and found.name == discourse.main_name(found.country, "COUNTRY")
            city = None if whole or stop.alias in WHOLE else found.name
            cities[found.country] = cities.get(found.country) or city
        region = region or (found is not None and found.country is None and stop.alias not in POINTING)
    if region and not cities:
        return to_a_region(visit, told)
    visits = []
    for country, city in cities.items():
        inside = visit.place if place and place.country == country else None
        people, parties = travellers(visit, country, discourse)
        visits.append(replace(visit, target=country, place=city or inside, participants=people, parties=parties))
    return visits


def to_a_region(visit: Visit, told: Sequence[Event]) -> list[Visit]:
    """The visit of named people to a part of the world ("his trip to Asia"), which is no state's: none where stops of
    theirs are told before, and the first that is told later takes its place.
    """
    named = visit.participants and visit.parties
    stops = any(isinstance(one, Visit) and same_people(one, visit) for one in told)
    return [replace(visit, place=None)] if named and not stops else []


def last_stay(visit: Visit, told: Sequence[Event], discourse: Discourse) -> Place | None:
    """Where "here" is in an article without a dateline: where the same people are told to be before."""
    stays = (one for one in reversed(told) if isinstance(one, Visit) and one.target and same_people(one, visit))
    last = next((one for one in stays if one.status is EventStatus.ONGOING), None)
    return Place(discourse.main_name(last.target, "COUNTRY"), last.target) if last and last.target else None


def told_place(drafts: Sequence[Draft], discourse: Discourse) -> Place | None:
    """Where something is: a place that is told, else the host's country; a region only where no host is told."""
    found = [(one.rule == "place", place) for one in drafts if (place := discourse.place(one)) is not None]
    if not all(told for told, _ in found):
        found.sort(key=lambda pair: (pair[1].country is None, not pair[0]))
    return found[0][1] if found else None


def seat(stop: Draft, visit: Visit, place: Place | None, discourse: Discourse) -> Place | None:
    """The place that a stop is, the country of a state's organ ("the White House") visited by somebody else's, or where
    another body is that somebody visits."""
    if stop.rule != "party":
        return discourse.place(stop)
    states = [state for state in map(state_of, discourse.actors([stop])) if state and is_country(state)]
    if not states or not visit.parties:
        return place if visit.parties else None
    return Place(discourse.main_name(states[0], "COUNTRY"), states[0])


def that_place(draft: Draft, visit: Visit, discourse: Discourse, told: Sequence[Event]) -> Place | None:
    """The place abroad that "the port city", "the capital", "the country" or "visiting" goes back to."""
    if draft.alias == HOST:
        return host_of(visit, discourse, told)
    if draft.alias == STAY:
        return stay_of(visit, discourse, told)
    owners = [(one.begin, actor) for one in draft.drafts("of") for actor in discourse.actors([one])]
    named = [
        (begin, Place(discourse.main_name(state, "COUNTRY"), state))
        for begin, one in owners
        if (state := state_of(one))
    ]
    for begin, place in sorted([*discourse.spots, *named], key=itemgetter(0), reverse=True):
        if begin < draft.begin and place.country and place.country not in visit.parties:
            if draft.alias == "that_capital":
                return Place(discourse.main_name(place.country, "CAPITAL"), place.country)
            if draft.alias == "that_country" or place.name != discourse.main_name(place.country, "COUNTRY"):
                return place
    return None


def stay_of(visit: Visit, discourse: Discourse, told: Sequence[Event]) -> Place | None:
    """Where somebody is or will be of whose stay only its length or end is told; without people, of the last visit."""
    of_them = (one for one in reversed(told) if isinstance(one, Visit) and one.target)
    alone = not (visit.participants or visit.parties)
    last = next((one.target for one in of_them if alone or same_people(one, visit)), None)
    return Place(discourse.main_name(last, "COUNTRY"), last) if last else None


def host_of(visit: Visit, discourse: Discourse, told: Sequence[Event]) -> Place | None:
    """Where somebody of an office is who is only called visiting: where told before, else where the article is written,
    else with whom the sentence is about, or of an office it names besides; of "the trip", that of the last one told.
    """
    if not (visit.parties or visit.participants):
        last = next((one.target for one in reversed(told) if isinstance(one, Visit)), None)
        return Place(discourse.main_name(last, "COUNTRY"), last) if last else None
    people = [discourse.people.known(name) for name in visit.participants]
    if not visit.parties or not any(person and discourse.is_office(person.post) for person in people):
        return None
    published = (discourse.article.published_on or "")[: len(visit.when or "")]
    over = visit.when is not None and visit.when < published
    before = []
    for one in reversed(told):
        if isinstance(one, Visit) and same_people(one, visit):
            if over and one.status is EventStatus.PLANNED:
                # A visit that is over is not the one that is ahead.
                return None
            before.append(one.target)
    here, scene = discourse.here.country if discourse.here else None, discourse.scene
    offices = (one.country for one in (*scene.others_named, *scene.persons) if discourse.is_office(one.post))
    beside = {country for country in offices if country not in visit.parties}
    for country in (*before, here, scene.main, *(beside if len(beside) == 1 else ())):
        if country and is_country(country) and country not in visit.parties:
            return Place(discourse.main_name(country, "COUNTRY"), country)
    return None


def sender(discourse: Discourse, party: str) -> str:
    """The state or body for which somebody of a party travels: a political party sends for its state."""
    if is_country(party):
        return party
    if kind_of(discourse.lexicon, party) == PARTY:
        return home_of(discourse.lexicon, party) or party
    owner, _, rest = party.partition("'s ")
    forms = discourse.lexicon.look_up(owner) if rest.endswith("Party") else ()
    return next((form.row.values["country"] for form in forms if "country" in form.row.values), party)


def same_people(a: Visit, b: Visit) -> bool:
    """Whether somebody travels in both."""
    return not set(a.participants).isdisjoint(b.participants)


def travellers(visit: Visit, target: str, discourse: Discourse) -> tuple[list[str], list[str]]:
    """The people and states that travel to a country: not the hosts there, where a clause names others besides."""
    senders = [*dict.fromkeys(map(partial(sender, discourse), visit.parties))]
    parties = [party for party in senders if party != target]
    if not parties:
        return list(visit.participants), senders
    known = {name: discourse.people.known(name) for name in visit.participants}
    return [name for name, person in known.items() if person is None or person.country != target], parties


def travels_as_state(visit: Draft) -> bool:
    """Whether the subject of a visit is a state as such, which does not travel: its team does."""
    marks = [mark for mark in visit.drafts("parties") if mark.alias in ("subject", "elided", "governed")]
    travellers = [one for mark in marks for one in mark.drafts("of")]
    return any(one.rule == "party" and (one.alias in BARE or "organ" in one.fields) for one in travellers)


def travels_unknown(visit: Draft) -> bool:
    """Whether who travels is told only as "they", who may be whoever else."""
    told = [one for side in visit.drafts("parties") for one in side.drafts("of") or side.drafts("member") or [side]]
    return any(one.alias == THEY for one in told)
