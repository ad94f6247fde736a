"""When a report of a meeting is news of a meeting: who must have been told, and what is only sport."""

from __future__ import annotations

import re

from engine.facts import Event, EventStatus, Exercise, Meeting, MeetingLevel, Person, Visit
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.actors import Actor, is_country, state_of
from engine.resolve.discourse import Discourse, Place
from engine.resolve.values import within
from engine.words import Word

SPORT = "SPORT"
"""The class of words that only sport uses."""
REBEL = "REBEL"
"""The class of posts of those who fight their own state."""
FUTURE = frozenset({EventStatus.PLANNED, EventStatus.PROPOSED})
OFF = frozenset({EventStatus.POSTPONED, EventStatus.CANCELLED})
"""Statuses of what is not held, or not yet."""
COUNTERPART = "counterpart"
"""The mark of a side told only as somebody's counterpart."""
ASIDE = re.compile(
    r"^(?:his|her|their) way\b|^the (?:\w+ )?(?:day|eve|sidelines|margins|fringes) of"
    r"|(?:occasions?|island|-day (?:\w+ )?(?:visit|trip|tour|stay|period)|lunch|dinner|yacht|ranch)$"
)
"""What only stands where a topic does: "on the second day of", "on the occasion", "over a two-day visit"."""
NAMED = frozenset({"state", "capital", "body"})
"""How a party is told that its own name tells."""
ONE_EACH = "one_each"
"""The mark of several meetings told by one word."""
ALONE_WITH_SEVERAL = 3
"""The sides of meetings that one has with several others."""
SPOKEN, CHAMBER = "spoken", "CHAMBER"
"""The mark of whoever is spoken to, and the class of words for chambers of parliaments."""
LEAST_SPORT = 2
RARE_SPORT = 50
"""A text with that many words of sport, and one among every so many words, is taken to be about it."""


def is_sport(words: list[Word]) -> bool:
    """Whether words are of a text about sport, where countries "meet" without anybody talking."""
    told = sum(any(SPORT in form.terminals for form in word.forms) for word in words if word.forms)
    return told >= LEAST_SPORT and told * RARE_SPORT >= len(words)


def meets(event: Meeting, actors: list[Actor], sport: bool, unnamed: bool, foreign: bool, called: bool) -> bool:
    """Whether a meeting tells enough to stand alone: two states or bodies, a body somewhere or on some
    day, a name, or a gathering that is `called` by whose it is, or by what it is about, and told by a verb.

    People of one state make none, unless it is not known for whom one acts and a day or place is told; one such and
    officials of a `foreign` state do; `unnamed` says that the wording names no side ("talks on Syria in Geneva").
    """
    if sport and not event.participants:
        return False
    if len(event.parties) > 1:
        return True
    settled = bool(event.when or event.place)
    if len(event.participants) > 1:
        unknown = any(isinstance(actor, Person) and state_of(actor) is None for actor in actors)
        return unknown and settled and (foreign or not event.parties)
    if foreign and len(actors) > 1 and settled:
        return True
    if event.parties:
        sure = settled or event.ordinal or event.level or called
        body = not is_country(event.parties[0]) and not event.participants and sure
        asked = not is_country(event.parties[0]) and not event.participants
        return (
            bool(body)
            or (event.status is EventStatus.POSTPONED and (foreign or not event.participants))
            or bool(event.ordinal and event.topics)
            or (
                event.status is EventStatus.PROPOSED
                and bool(event.name or asked or (foreign and event.when and event.place))
            )
        )
    told = event.name or event.topics or event.ordinal or (event.level and event.place)
    return unnamed and (bool(event.name) or (bool(told) and settled) or bool(event.when and event.place))


def to_a_house(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether somebody is told to have spoken to a chamber of a parliament, which he addressed and did not meet."""
    spoken = any(mark.alias == SPOKEN for mark in draft.drafts("reference"))
    heard = draft.drafts("parties")[-1:] if spoken else []
    told = [one for side in heard for one in (side.drafts("member") or [side])]
    names = [one.text("organ") or (one.text("organization") or "").rpartition(" ")[2].lower() for one in told]
    return any(lexicon.reads_as(name, CHAMBER) for name in names)


def are_rivals(sides: list[Actor], lexicon: Lexicon) -> bool:
    """Whether one of several sides leads rebels, who are a side of their own beside their state."""
    posts = [side.post for side in sides if isinstance(side, Person) and side.post]
    return len(sides) > 1 and any(REBEL in form.terminals for post in posts for form in lexicon.look_up(post))


def fellows(sides: list[Actor], groups: list[list[Actor]]) -> list[Actor]:
    """Who met at "their meeting", told of one person: the latest group with that person; else the sides as told."""
    if len(sides) != 1 or not isinstance(sides[0], Person):
        return sides
    return next((group for group in reversed(groups) if sides[0] in group), sides)


def shared_level(sides: list[Actor], told: list[Draft]) -> MeetingLevel | None:
    """The rank of all sides: of people by their posts, an unnamed counterpart has that of whose counterpart it is; else
    that by which the sides are told ("the foreign ministers of")."""
    told = [inner for one in told for inner in (one.drafts("of") or [one])]
    peers = any(one.alias == COUNTERPART and not one.fields.get("name") for one in told)
    people = [side for side in sides if isinstance(side, Person)]
    ranked = people if peers and people else sides
    levels = {side.level.name if isinstance(side, Person) and side.level else None for side in ranked}
    levels = levels if levels - {None} else {one.defaults.get("level") for one in told}
    # Who else than envoys comes from so many countries is not told by "representatives".
    levels = levels if sides else levels - {MeetingLevel.WORKING.name}
    alone = len(sides) == 1 and bool(people)
    level = levels.pop() if len(levels) == 1 and not alone else None
    return MeetingLevel.__members__.get(level or "")


def is_bare(event: Event) -> bool:
    """Whether nothing but its sides tells which meeting it is: "after the meeting"."""
    return isinstance(event, Meeting) and not (event.when or event.place or event.name or event.ordinal or event.mode)


def is_dated_summit(event: Event) -> bool:
    """Whether its day and place tell which summit or named gathering it is, whoever attended it."""
    known = isinstance(event, Meeting) and (event.level is MeetingLevel.HEADS or event.name is not None)
    return known and bool(event.when and event.place)


def is_summit_of(old: Event, new: Event) -> bool:
    """Whether a summit ahead of which only day and place were told is that of the heads who are to meet there then."""
    told = isinstance(old, Meeting) and is_dated_summit(old) and not (old.parties or old.name)
    heads = isinstance(new, Meeting) and new.level is MeetingLevel.HEADS and bool(new.when)
    return told and heads and old.place == new.place and {old.status, new.status} <= FUTURE


def by_others(old: Event, new: Event) -> bool:
    """Whether a meeting told before is one of others than those who speak after it: of heads, whose ministers
    tell, or of a body."""
    told = isinstance(old, Meeting) and isinstance(new, Meeting) and bool(new.participants)
    apart = told and not set(new.participants) <= set(old.participants)  # type: ignore[attr-defined]
    own = old.participants or (old.level and old.level is not new.level)  # type: ignore[attr-defined]
    return apart and bool(own or not any(map(is_country, old.parties)))


def topics_of(texts: list[str]) -> list[str]:
    """What is talked about, without the relative that goes on about it ("ties, which ...") and without occasions."""
    whole = [text.removeprefix("including ").removesuffix(" which").removesuffix(" who") for text in texts]
    return [text for text in whole if not ASIDE.search(text)]


def is_subject(told: Draft, after: str) -> bool:
    """Whether whom a topic names alone is told by name, no "it", and the word `after` does not go on with it."""
    return told.rule == "party" and told.alias in NAMED and not after.startswith(("'", "’", "-"))


def joins(event: Meeting, place: Place | None, thronged: bool, summit: bool, actors: list[Actor]) -> bool:
    """Whether taking part tells of a meeting of sides: one with many others or in another country; of states or their
    ministers also a `summit` so called, a numbered or named one, which may be of one state's people where others join
    it."""
    # Of whom "six-party talks" are is told by their name.
    counted = event.name is not None and not event.name[0].isupper()
    numbered = event.name is not None and event.ordinal is not None
    if not event.parties or not (event.when or event.place or counted or numbered):
        return False
    abroad = place is not None and place.country is not None and place.country not in event.parties
    ranked = not event.participants or any(isinstance(actor, Person) and actor.level for actor in actors)
    told = bool(event.name or event.ordinal) or summit
    return abroad or thronged or (ranked and told)


def one_to_one(event: Event, drafts: list[Draft], sides: list[Actor]) -> bool:
    """Whether several others were talked to one by one: calls are, unless the callers are told together."""
    by_call = isinstance(event, Meeting) and event.mode is not None
    return by_call and len(sides) > 2 and len(drafts) > 1


def one_each(draft: Draft, sides: list[Actor], discourse: Discourse) -> bool:
    """Whether several meetings are told of one side, before their word, with each of others after it."""
    mark = next((mark for mark in draft.drafts("reference") if mark.alias == ONE_EACH), None)
    if mark is None or len(sides) < ALONE_WITH_SEVERAL:
        return False
    before = [side for side in draft.drafts("parties") if side.begin < mark.begin]
    return bool(before) and len(discourse.actors(before)) == 1


def same_meeting(old: Meeting, new: Event) -> bool:
    """Whether two reports of one pair of sides that disagree in nothing are of one meeting: both tell the day, or the
    later tells neither day nor another place nor people, as where an article goes on about a meeting."""
    elsewhere = new.place is not None and new.place != old.place
    told = new.when or elsewhere or (isinstance(new, Meeting) and (new.participants or new.ordinal))
    return bool((old.when and new.when) or (old.ordinal and not (new.when or new.place)) or not told)


def fills_up(old: Meeting, new: Meeting, summit: bool) -> bool:
    """Whether two reports of one pair of sides tell each what the other does not: in one place the day, and who takes
    part; of a `summit` of which nothing else was told all that."""
    apart = bool(old.when and new.when) or bool(old.participants and new.participants)
    there = old.place is not None and old.place == new.place
    bare = not (old.when or old.place or old.participants or old.ordinal or old.name or old.mode)
    return not apart and (there or (summit and bare and new.level is MeetingLevel.HEADS))


def by_call(old: Meeting, new: Meeting) -> bool:
    """Whether one of two was held by telephone or video, and the other in some place."""
    return bool((old.mode and new.place) or (new.mode and old.place))


def same_summit(old: Meeting, new: Meeting, next_to: bool) -> bool:
    """Whether a summit told with its day or place can be one told before: with the same, or with neither; its day may
    be one of the month that was told. The sentence `next_to` that goes on about it may tell the other of the two."""
    if next_to and new.level is old.level is MeetingLevel.HEADS and (old.status in FUTURE) == (new.status in FUTURE):
        return True
    lower = new.level is MeetingLevel.HEADS and old.level is not MeetingLevel.HEADS
    if lower and not (new.parties and set(new.participants) <= set(old.participants)):
        return False
    told = [(old.when, new.when), (old.place, new.place)]
    if new.level is not MeetingLevel.HEADS or not any(b for _, b in told) or not any(a for a, _ in told):
        return True
    return any(a and a == b for a, b in told) or bool(old.when and new.when and within(old.when, new.when))


def same_gathering(old: Meeting, new: Meeting) -> bool:
    """Whether a gathering told by its name can be a meeting told without: none on the other side of now."""
    return not new.name or bool(old.name) or (old.status in FUTURE) == (new.status in FUTURE)


def now_and_then(a: Event, b: Event, published: str | None) -> bool:
    """Whether of two meetings one goes on, on no day, and the other was held in a month before that of publication."""
    told = [one for one in (a, b) if isinstance(one, Meeting)]
    going = any(one.status is EventStatus.ONGOING and not one.when for one in told)
    held = [one.when for one in told if one.status is EventStatus.OCCURRED and one.when]
    return going and any(published is not None and when[:7] < published[:7] for when in held)


def turns(old: Event, new: Event) -> bool:
    """Whether a later report tells that a meeting, visit or exercise which was ahead will not be made as planned."""
    ahead = old.status in (EventStatus.PLANNED, EventStatus.PROPOSED)
    return isinstance(new, (Meeting, Visit, Exercise)) and ahead and new.status in OFF
