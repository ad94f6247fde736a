"""What a report of sanctions, aid, an exercise, a resolution or a weapon test must tell, and whom it may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.facts import (
    Agreement,
    AgreementAction,
    Aid,
    Event,
    EventStatus,
    Exercise,
    MeetingLevel,
    Person,
    Resolution,
    ResolutionAction,
    Sanction,
    WeaponKind,
    WeaponTest,
)
from engine.interpret import Draft
from engine.resolve.actors import Actor, is_country
from engine.resolve.bodies import FIRM, PARTY, is_unlisted, is_unofficial, kind_of
from engine.resolve.discourse import Discourse
from engine.resolve.meetings import OFF
from engine.resolve.posts import by_name, known_leader
from engine.resolve.sanctions import COUNCIL, THAT_COUNTRY

When = Callable[[list[Draft], EventStatus | None], str | None]
NEWS, KNOWN_NEWS, OLD_NEWS = 1, 2, 12
"""Months before publication up to which a test told of no day can be one told of a day; the others where "the" test is
told again, and told or not told to be which of its kind."""
ABROAD = "abroad"
"""The mark of aid of a kind that states give to others: military, foreign."""
THRONG = "throng"
"""The reading of a party as rebels or others whom nothing names, who may get aid from abroad."""
VETO = ResolutionAction.VETO
DRAFT = ResolutionAction.DRAFT
WORLD = "UN"
"""The body that casts no veto: its Security Council does."""
DONE = frozenset({ResolutionAction.ADOPT, ResolutionAction.REJECT})
"""What only a body does to a resolution."""
JUST, BEFORE = 1, 3
"""Sentences back to the one that named a body: what it does, and what a state lays before it."""
VOTERS = frozenset({"international", "bloc"})
"""Kinds of bodies whose resolutions and votes count."""
BINDING = "binding"
"""The mark of what is no text and yet told by a resolution where the Security Council does it."""
MADE = frozenset({AgreementAction.SIGN, AgreementAction.NEGOTIATE})
"""What is done to an agreement so that it is one."""
MISSILES = frozenset({WeaponKind.MISSILE, WeaponKind.BALLISTIC_MISSILE, WeaponKind.CRUISE_MISSILE, None})


def voting(event: Resolution, draft: Draft, discourse: Discourse) -> None:
    """Keep only bodies of states as voters and only states and people as meant; a veto without a body is cast in the
    one spoken of last, and what is told to be done by nobody is done by the one just spoken of."""
    doers = discourse.actors(draft.drafts("parties"))
    envoys = {one.country for one in doers if isinstance(one, Person) and one.level not in (None, MeetingLevel.HEADS)}
    by_states = any(isinstance(one, str) and is_country(one) for one in doers) or bool(envoys - {None})
    event.parties = [party for party in event.parties if kind_of(discourse.lexicon, party) in VOTERS]
    event.target = [one for one in event.target if kind_of(discourse.lexicon, one) is None]
    if by_states and event.action is ResolutionAction.REJECT and event.name and not event.parties:
        # What a state rejects by its number was adopted, on a day that is not told.
        event.action, event.when = ResolutionAction.ADOPT, None
    if any(mark.alias == BINDING for mark in draft.drafts("reference")):
        # Whatever else than a text a body approves is no resolution, but what the council does to missions is.
        event.parties = [COUNCIL] if COUNCIL in event.parties else []
        return
    body = discourse.bodies.last or ""
    by_it = (
        discourse.sentence - discourse.bodies.told_in <= JUST
        and event.action in DONE
        and not (draft.drafts("parties") or event.name)
    )
    by_one = by_states and event.action is DRAFT and discourse.sentence - discourse.bodies.told_in <= BEFORE
    by_last = event.action is VETO and body != WORLD
    if not event.parties and (by_last or by_it or by_one) and is_world(body, discourse):
        event.parties = [body]
    if event.action is VETO and (event.parties == [WORLD] or (not event.parties and (by_states or body == WORLD))):
        event.parties = [COUNCIL]


def is_world(body: str, discourse: Discourse) -> bool:
    """Whether a body is one of states of all the world."""
    return kind_of(discourse.lexicon, body) == "international"


def settle(event: Event) -> None:
    """Take out what cannot be meant: armed groups as testers, whoever hits himself, the place of what is put off."""
    if isinstance(event, WeaponTest):
        event.parties = [party for party in event.parties if is_country(party)]
    if isinstance(event, Exercise) and event.status in OFF:
        # Where it is put off is not where it would have been held.
        event.place = None
    if isinstance(event, Aid):
        event.target = [target for target in event.target if target not in event.parties]
    if isinstance(event, Sanction) and event.target:
        # Of "UN sanctions imposed on it" the pronoun is not who imposes them.
        own = {*event.target} == {*event.parties} and not any(map(is_country, event.parties))
        event.target = [] if own else event.target
        event.parties = [party for party in event.parties if party not in event.target]


def called_off(event: Event, ending: bool) -> bool:
    """Whether an exercise that somebody is `ending` is to be held no more: "will end its drills", on no day told."""
    return ending and isinstance(event, Exercise) and event.status is EventStatus.PLANNED and not event.when


def own_money(event: Event, draft: Draft, givers: list[Actor], discourse: Discourse) -> bool:
    """Whether aid is what people without an office, or parties, give, or what a party, a firm, somebody for himself or,
    of nobody's, a society gets: no aid of a state."""
    if not isinstance(event, Aid):
        return False
    to_party = any(kind_of(discourse.lexicon, target) == PARTY for target in event.target)
    if event.target and not givers:
        to_party = to_party or all(is_unofficial(discourse.lexicon, target) for target in event.target)
    to_party = to_party or bool(event.target and not any(official(target, discourse) for target in event.target))
    to_party = to_party or to_oneself(draft, discourse)
    return to_party or (bool(givers) and not any(gives(giver, discourse) for giver in givers))


def to_oneself(draft: Draft, discourse: Discourse) -> bool:
    """Whether money is for people by name, none of whom leads a state other than the one at home: "received $5,000"."""
    told = discourse.actors(draft.drafts("target"))
    people = [one for one in told if isinstance(one, Person)]
    abroad = (one.country not in (None, discourse.domestic) and leads(one) for one in people)
    return bool(people) and len(people) == len(told) and not any(abroad)


def leads(person: Person) -> bool:
    """Whether somebody can stand for his state: a leader, or whoever is called by his name only."""
    return person.level is MeetingLevel.HEADS or not person.post


def gives(actor: Actor, discourse: Discourse) -> bool:
    """Whether an actor gives aid: whoever is official and no political party."""
    return official(actor, discourse) and not (isinstance(actor, str) and kind_of(discourse.lexicon, actor) == PARTY)


def at_home(event: Event, draft: Draft, discourse: Discourse) -> bool:
    """Whether aid is what a state gives to its own people: to those at home, where no other state is told to give it,
    or by the state at home, where its kind is not one that goes abroad and nobody is told to get it."""
    if not isinstance(event, Aid):
        return False
    ours = {discourse.domestic, discourse.home} - {None}
    if not event.target:
        abroad = any(mark.alias in (ABROAD, THRONG) for name in ("reference", "target") for mark in draft.drafts(name))
        # A region that is no state's ("Africa", "the Sahel") is not at home.
        abroad = abroad or any((place := discourse.place(one)) and not place.country for one in draft.drafts("target"))
        here = {discourse.here.country} if discourse.here and not event.amount else set()
        return bool(event.parties) and {*event.parties} <= ours | here and not abroad
    return {*event.target} <= {*event.parties} or ({*event.target} <= ours and not event.parties)


def official(actor: Actor, discourse: Discourse) -> bool:
    """Whether an actor is a state or a listed body other than a firm, or holds an office of one."""
    if isinstance(actor, Person):
        return discourse.is_office(actor.post) or (
            not actor.post and known_leader(discourse, by_name(actor.name)) is not None
        )
    return not (kind_of(discourse.lexicon, actor) == FIRM or is_unlisted(discourse.lexicon, actor))


def measured(event: Event) -> bool:
    """Whether an event of one of these types says enough to stand alone; any other event does."""
    if isinstance(event, Resolution):
        return bool(event.parties or event.name)
    if isinstance(event, Aid):
        return bool(event.parties or event.target)
    if isinstance(event, Exercise):
        return bool(event.parties or event.name)
    return not isinstance(event, WeaponTest) or bool(event.parties and event.weapon)


def abroad(test: WeaponTest, draft: Draft, discourse: Discourse, earlier: Iterable[Event]) -> None:
    """Make a test by "the country" that of the only one told to have tested before, else of another than the one for
    which the article is written."""
    ours = {discourse.domestic, discourse.home}
    testers = {party for event in earlier if isinstance(event, WeaponTest) for party in event.parties}
    if not any(one.alias == THAT_COUNTRY for one in draft.drafts("parties")):
        return
    if len(testers) == 1:
        test.parties = [*testers]
    elif ours >= {*test.parties}:
        test.parties = [other for other in discourse.told if other not in ours][:1]


def each_test(test: WeaponTest, draft: Draft, when: When, earlier: Iterable[Event]) -> list[WeaponTest]:
    """One test for each state, which tests its own weapons, and for each kind or time where "and" joins several.

    `when` gives the date of times told; of the `earlier` events, tests by one state tell who made one told of nobody,
    and those by the same state, where all are of one kind, of which kind one is.
    """
    told = [text for text in draft.fields.get("weapon", ()) if isinstance(text, str) and text in WeaponKind.__members__]
    marks = {mark.alias for mark in draft.drafts("reference")}
    testers = {party for event in earlier if isinstance(event, WeaponTest) for party in event.parties}
    if "same_tester" in marks and test.weapon and not test.parties and len(testers) == 1:
        test.parties = [*testers]
    if test.weapon is None and test.parties:
        before = {event.weapon for event in earlier if isinstance(event, WeaponTest) and event.parties == test.parties}
        test.weapon = before.pop() if len(before) == 1 else None
    kinds: list[WeaponKind | None] = [*map(WeaponKind.__getitem__, dict.fromkeys(told))]
    if "separately" not in marks or not kinds:
        kinds = [test.weapon]
    tests = [
        replace(test, parties=parties, weapon=kind)
        for parties in [[party] for party in test.parties] or [[]]
        for kind in kinds
    ]
    days = [when([time], EventStatus.OCCURRED) for time in draft.drafts("when")]
    if "each_day" not in marks or len(days) == 1:
        return tests
    return [replace(one, when=day, ordinal=None) for day in days for one in tests]


def same_aid(a: Event, b: Event) -> bool:
    """Whether two reports of aid, one of which names no giver, can be of one: of the same recipient and sum."""
    if not (isinstance(a, Aid) and isinstance(b, Aid)) or not a.target or a.target != b.target:
        return False
    return a.amount == b.amount and bool(a.amount or (a.status is b.status and not (a.parties or b.parties)))


def same_text(a: Event, b: Event) -> bool:
    """Whether of two resolutions about the same one tells only its number: "resolution 1737"."""
    if not (isinstance(a, Resolution) and isinstance(b, Resolution)) or a.action is not b.action:
        return False
    numbered = a if a.name else b
    return not numbered.parties and a.target == b.target != [] and (a.name is None) != (b.name is None)


def same_course(a: Event, b: Event, known: bool) -> bool:
    """Whether two different actions are of one happening: a vote and what came of it; or an agreement that was signed
    or negotiated and one `known` to be, on no day, that was only reached."""
    if isinstance(a, Resolution) and isinstance(b, Resolution):
        held = EventStatus.OCCURRED in (a.status, b.status) and a.status == b.status
        return held and ResolutionAction.VOTE in (a.action, b.action)
    if not (known and isinstance(a, Agreement) and isinstance(b, Agreement)) or a.action not in MADE:
        return False
    reached = b.action is AgreementAction.REACH and not b.when and a.status is b.status is EventStatus.OCCURRED
    return reached and (bool(a.name) or not b.name)


def alike(a: Event, b: Event, definite: bool) -> bool:
    """Whether two events of one type can be one by what they measure: a missile of no kind told can be of any kind, and
    an exercise of others is another one, or of some of them at another time."""
    if isinstance(a, Exercise) and not definite and a.parties and b.parties:
        some = bool(a.when) and a.when == b.when and not set(a.parties).isdisjoint(b.parties)
        return some or set(a.parties) == set(b.parties)
    if not (isinstance(a, WeaponTest) and isinstance(b, WeaponTest)):
        return True
    if WeaponKind.MISSILE in (a.weapon, b.weapon):
        return {a.weapon, b.weapon} <= MISSILES
    return a.weapon == b.weapon or None in (a.weapon, b.weapon)


def long_apart(a: Event, b: Event, definite: bool, published: str | None) -> bool:
    """Whether one of two tests is told of a day long before publication and the other of no day: that one is news."""
    days = [event.when for event in (a, b) if event.when]
    counted = isinstance(b, WeaponTest) and b.ordinal and b.when
    if not (isinstance(a, WeaponTest) and len(days) == 1 and published):
        return False
    most = (KNOWN_NEWS if counted else OLD_NEWS) if definite else NEWS
    return months(published) - months(days[0].rpartition("/")[2]) > most


def months(day: str) -> int:
    """The number of the month of an ISO day or month; of a year, of its last."""
    year, _, rest = day.partition("-")
    return int(year) * 12 + int(rest[:2] or 12)


def specify(a: Event, b: Event) -> None:
    """Take over the kind of missile, or what came of a vote, that a later report of the same tells."""
    voted = isinstance(a, Resolution) and a.action is ResolutionAction.VOTE
    if voted and isinstance(a, Resolution) and isinstance(b, Resolution) and b.action is not DRAFT:
        a.action = b.action
    if isinstance(a, WeaponTest) and isinstance(b, WeaponTest) and a.weapon is WeaponKind.MISSILE:
        a.weapon = b.weapon or a.weapon
