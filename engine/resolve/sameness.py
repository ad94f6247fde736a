"""Sameness: which reports of an article tell of one happening, and what the later adds to the earlier."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum
from typing import get_args, get_type_hints

from engine import facts
from engine.facts import EVENTS, Event, EventStatus, MeetingLevel
from engine.resolve.acts import one_document
from engine.resolve.apart import another_trip, long_before, years_apart
from engine.resolve.gatherings import gathering_of, keep_holders, of_one_kind, of_two_kinds, one_title, passing
from engine.resolve.measures import alike, long_apart, same_aid, same_course, specify
from engine.resolve.meetings import (
    FUTURE,
    OFF,
    by_call,
    fills_up,
    is_summit_of,
    now_and_then,
    same_gathering,
    same_meeting,
    same_summit,
    turns,
)
from engine.resolve.passing import in_passing
from engine.resolve.report import Report
from engine.resolve.retold import retell, told_again
from engine.resolve.sanctions import one_council, same_sanctions
from engine.resolve.stays import closest_told, from_to, length_of, prolonged, whole_stay
from engine.resolve.values import agree, subset, within

SLOTS = {event: frozenset(f.name for f in fields(event)) for event in EVENTS}


def slot_kinds(event: type[Event]) -> dict[str, type[Enum]]:
    """For each slot with fixed values, its enumeration."""
    kinds = {}
    for name, hint in get_type_hints(event, vars(facts)).items():
        for kind in (hint, *get_args(hint)):
            if isinstance(kind, type) and issubclass(kind, Enum):
                kinds[name] = kind
    return kinds


KINDS = {event: slot_kinds(event) for event in EVENTS}


CALLS = frozenset({"meeting.called", "meeting.called_upon"})
"""The phrasings of a visit paid to somebody."""
TWO = 2
FEW_DAYS = 6
"""Days that a meeting told with its first and last day takes at the most: a week is told as one."""


def earlier(report: Report, recent: list[Report], anchor: date | None) -> Report | None:
    """A report of the same happening among those before it, the latest first; "the talks" are rather those that lie on
    the same side of now. `anchor` is the day of publication."""
    if isinstance(report.event, facts.Statement):
        return same_breath(report, recent) if report.definite else None
    if report.retold:
        return told_again(report, recent, anchor)
    if report.further:
        told = (other for other in reversed(recent) if type(other.event) is type(report.event))
        return next((other for other in told if further_told(other.event, report.event)), None)
    gathering = gathering_of(report, recent, anchor)
    if gathering is not None:
        return gathering
    known = report.definite and isinstance(report.event, facts.Meeting)
    first = None
    for other in reversed(recent):
        if not may_be(other, report, anchor):
            continue
        if not known or likely(other, report):
            return other
        first = first or other
    return first or in_passing(report, recent)


def may_be(old: Report, new: Report, anchor: date | None) -> bool:
    """Whether two reports can tell of one happening on their days; gatherings of one kind have a law of their own."""
    if type(old.event) is not type(new.event) or years_apart(old, new, anchor):
        return False
    today = anchor.isoformat() if anchor else None
    if of_one_kind(old, new) or of_two_kinds(old, new) or now_and_then(old.event, new.event, today):
        return False
    if long_before(old.event, new.event, anchor) or another_trip(old.event, new.event, anchor):
        return False
    either = old.definite or new.definite
    return compatible(old, new) and not long_apart(old.event, new.event, either, today)


def likely(old: Report, new: Report) -> bool:
    """Whether "the talks" are rather those told before: on the same side of now, or they will not be held."""
    alike_ahead = (old.event.status in FUTURE) == (new.event.status in FUTURE)
    return (alike_ahead and (old.summit or not new.summit)) or turns(old.event, new.event)


def same_breath(report: Report, recent: list[Report]) -> Report | None:
    """A statement of the same speaker in the same sentence, which "adding that ..." goes on with."""
    for other in reversed(recent):
        if other.sentence != report.sentence:
            return None
        if isinstance(other.event, facts.Statement) and other.event.speaker == getattr(report.event, "speaker", None):
            return other
    return None


def same_slots(a: Event, b: Event, definite: bool) -> bool:
    """Whether what two reports tell of how, by what and to whom can be of one happening."""
    for name in ("action", "ordinal", "name", "mode", "person", "target", "amount"):
        told = getattr(a, name, None), getattr(b, name, None)
        if name == "action" and same_course(a, b, definite):
            continue
        if not agree(*told) and not (name == "name" and one_document(a, *told)):
            return False
        if name == "person" and told[0] != told[1]:
            return False
    return True


def compatible(old: Report, new: Report) -> bool:
    """Whether two reports of one type can tell of one happening."""
    a, b = old.event, new.event
    if same_sanctions(a, b, old.definite, new.definite):
        return True
    # What tells most reports apart comes first.
    if not subset(getattr(a, "participants", []), getattr(b, "participants", [])):
        return False
    if not (within(a.when, b.when) or whole_visit(old, new) or given_up(old, new)) or not agree(a.place, b.place):
        return False
    off = a.status in OFF or b.status in OFF
    if not stages_agree(old, new) and (off or not whole_visit(old, new)):
        return False
    if not alike(a, b, new.definite):
        return False
    both = isinstance(a, facts.Meeting) and isinstance(b, facts.Meeting)
    if both and old.joining and new.definite and not new.summit and a.level is MeetingLevel.HEADS and b.level is None:  # type: ignore[attr-defined]
        # "The talks" are not the summit that somebody attends besides.
        return False
    if both and b.participants and not a.participants and b.evidence[0].rule in CALLS:  # type: ignore[attr-defined]
        # Who calls on a minister does so beside the talks for which he came.
        return False
    beside = new.governed or a.sidelines_of is not None if both else False  # type: ignore[attr-defined]
    if both and b.name and not a.name and beside:  # type: ignore[attr-defined]
        # What is only named is no meeting told before without its name, nor what that was held beside.
        return False
    goes_on_about = new.sentence - old.sentence == 1
    known = both and new.definite and not (same_summit(a, b, goes_on_about) and same_gathering(a, b))  # type: ignore[arg-type]
    if known or (both and by_call(a, b)):  # type: ignore[arg-type]
        return False
    if not same_slots(a, b, new.definite):
        return False
    sides = set(a.parties), set(b.parties)
    if sides[0] and sides[1]:
        if isinstance(a, facts.Meeting) and not new.definite:
            one_breath = old.sentence == new.sentence and a.status is b.status and not (a.when and b.when)
            same = one_breath or same_meeting(a, b) or same_people(a, b) or (old.led and agree(a.level, b.level))  # type: ignore[attr-defined]
            same = same or (new.theirs and not old.event.participants) or one_title(old, new)  # type: ignore[attr-defined]
            same = same or fills_up(a, b, old.summit)  # type: ignore[arg-type]
            return (sides[0] == sides[1] and same) or by_one_of_two(old, new) or by_one_of_two(new, old)
        # Who takes part in named talks may be told later.
        whole = not isinstance(a, facts.Meeting) or (a.name and not new.event.participants)  # type: ignore[attr-defined]
        return sides[1] <= sides[0] or bool(sides[0] < sides[1] and whole)
    visits = isinstance(a, facts.Visit) and same_people(a, b)
    return new.definite or visits or goes_on(a, b) or same_aid(a, b) or is_summit_of(a, b)


def by_one_of_two(whole: Report, part: Report) -> bool:
    """Whether of the two leaders of a summit a report tells only one: "he still looks forward to a June 12 summit"."""
    a, b = whole.event, part.event
    if not (isinstance(a, facts.Meeting) and isinstance(b, facts.Meeting)) or b.name:
        return False
    two = len(a.participants) == len(a.parties) == TWO and len(b.participants) == len(b.parties) == 1
    among = set(b.participants) < set(a.participants) and set(b.parties) < set(a.parties)
    # Of those that were held, whoever attends one on a day that is told attends that of the day.
    ahead = a.status in FUTURE and not part.definite
    told = bool(a.when and b.when) or bool((b.when or b.place) and (ahead or not (part.joining or whole.joining)))
    return two and among and whole.summit and part.summit and told


def stages_agree(old: Report, new: Report) -> bool:
    """Whether the statuses of two reports can be of one happening; "the talks" are those told before unless a verb
    tells them to lie on the other side of now."""
    a, b = old.event, new.event
    if a.parties == b.parties and old.led and b.status not in OFF:
        return True
    if new.attending and new.governed and isinstance(a, facts.Meeting) and b.status is EventStatus.OCCURRED:
        # What was said after the meeting was not said after one that lies ahead.
        return a.status not in FUTURE
    if new.definite:
        apart = isinstance(a, facts.WeaponTest) or (isinstance(a, facts.Meeting) and new.finite and not turns(a, b))
        return not apart or (a.status in FUTURE) == (b.status in FUTURE)
    if turns(a, b) or (isinstance(a, facts.Meeting) and turns(b, a) and not b.when and same_people(a, b)):
        return True
    if under_way(a, b) or same_sum(a, b):
        return True
    if isinstance(a, facts.Exercise) and a.status in OFF:
        return a.status == b.status or not new.finite
    if goes_on(a, b):
        return b.status not in OFF
    summits = old.summit and new.summit and set(a.parties) == set(b.parties) and only_names(new)
    if (summits and not b.participants) or (same_company(a, b) and (only_names(old) or only_names(new))):  # type: ignore[attr-defined]
        return a.status not in OFF and b.status not in OFF
    if isinstance(a, (facts.Meeting, facts.Visit)) and (a.status in OFF) != (b.status in OFF):
        return False
    if isinstance(a, (facts.Appointment, facts.Relations)):
        # Who is to be dismissed, on no day, and who has been: an article tells of both as it goes on.
        ahead = [one.when for one in (a, b) if one.status in FUTURE]
        told = len(ahead) != 1 or ahead == [None] or by_noun(old) or by_noun(new)
        return not {a.status, b.status} & OFF and told
    off = a.status in OFF and new.finite
    if isinstance(a, facts.WeaponTest) and (off or EventStatus.ONGOING in (a.status, b.status)):
        # Tests that are given up are not those that a verb tells to have been made.
        return a.status == b.status
    return (a.status in FUTURE) == (b.status in FUTURE)


def by_noun(report: Report) -> bool:
    """Whether a noun alone tells who leaves or takes a post, or what states do, on no day: "her resignation comes as",
    "the opening of the embassy will help"."""
    acts = isinstance(report.event, (facts.Appointment, facts.Relations))
    return acts and not report.finite and report.event.when is None


def only_names(report: Report) -> bool:
    """Whether a noun alone tells a visit, or a meeting on no day: "the stakes of his meeting with ..."."""
    return report.bare and (isinstance(report.event, facts.Visit) or report.event.when is None)


def same_company(a: Event, b: Event) -> bool:
    """Whether two visits, or meetings of the same several people, can be one by who takes part."""
    met = isinstance(a, facts.Meeting) and len(a.participants) > 1
    return isinstance(a, facts.Visit) or (met and set(a.participants) == set(b.participants))  # type: ignore[attr-defined]


def same_sum(a: Event, b: Event) -> bool:
    """Whether the same donor gives the same sum to the same: "is to deliver the $5 million that it announced"."""
    both = isinstance(a, facts.Aid) and isinstance(b, facts.Aid) and a.amount == b.amount and a.target == b.target
    return both and bool(a.amount and a.target and a.parties) and a.parties == b.parties  # type: ignore[attr-defined]


def under_way(a: Event, b: Event) -> bool:
    """Whether of two reports of a visit or meeting of the same people the one tells that it goes on and the other, of
    no other day, that it is to be: "the two are meeting in Riga", "they will hold talks"."""
    ahead, going = (a, b) if a.status is EventStatus.PLANNED else (b, a)
    if ahead.status is not EventStatus.PLANNED or going.status is not EventStatus.ONGOING or not same_company(a, b):
        return False
    return same_people(a, b) and (not ahead.when or ahead.when == going.when)


def goes_on(a: Event, b: Event) -> bool:
    """Whether of an exercise only its name, or how long it lasts, is told after one whose name is not."""
    both = isinstance(a, facts.Exercise) and isinstance(b, facts.Exercise)
    return both and bool(a.parties) and not (b.parties or a.name)  # type: ignore[attr-defined]


def same_people(a: Event, b: Event) -> bool:
    """Whether both tell the same people."""
    return bool(set(a.participants) & set(b.participants))  # type: ignore[attr-defined]


def whole_visit(old: Report, new: Report) -> str | None:
    """The days of a visit of which one report tells the arrival and the other the end: "arrived on Tuesday", "wrapped
    up his visit on Friday"."""
    a, b = old.event, new.event
    if not (isinstance(a, facts.Visit) and isinstance(b, facts.Visit)) or old.ending == new.ending:
        return None
    there = a.target is not None and a.target == b.target and same_people(a, b)
    return from_to(*((a.when, b.when) if new.ending else (b.when, a.when))) if there else None


def given_up(old: Report, new: Report) -> bool:
    """Whether the day told with "the talks" or a visit is not theirs, but on which they were called off before they
    went on, or before it."""
    a, b = old.event, new.event
    off = isinstance(a, (facts.Meeting, facts.Visit)) and b.status in OFF and new.finite and b.when is not None
    on = a.when is None and a.status not in OFF | FUTURE
    return off and (on or (a.status in FUTURE and new.definite and bool(a.when and b.when and b.when < a.when)))


def lasts_days(a: Event, b: Event) -> bool:
    """Whether one of two dates is of a few days: a meeting that is told with them is not only of its first."""
    return any(when is not None and 1 < length_of(when) <= FEW_DAYS for when in (a.when, b.when))


def further_told(a: Event, b: Event) -> bool:
    """Whether what goes on about something told before goes on about this: the visit of the same people there."""
    there = getattr(a, "target", None) == getattr(b, "target", None)
    return there and subset(getattr(b, "participants", []), getattr(a, "participants", []))


def go_on(old: Report, new: Report) -> None:
    """Add to an event how long it takes, as another report of it tells."""
    a = old.event
    old.until = old.until or new.until
    if isinstance(a, facts.Visit) and new.further:
        old.lengths += new.lengths
        a.when = whole_stay(a.when, old.lengths, old.ending)
    a.when = prolonged(a.when, old.until)


def restate(old: Report, new: Report, kind: bool) -> None:
    """Give an event the status that another report of it tells, where that one knows better; `kind` says that both tell
    of it as one of its kind."""
    a, b = old.event, new.event
    if a.status in OFF and new.once_ahead:
        return
    # What is told with its day, or named beside something that was, is not to come.
    known = (a.when is not None and a.status not in FUTURE) or (kind and (a.when is not None or old.governed))
    sure = not new.bare or (a.when is None and b.when is not None)
    told = old.bare and sure and not known and (b.status in FUTURE or not old.governed)
    # What was still ahead of something else was not held before it, unless a verb tells so.
    told = told or (old.bare and new.bare and not known and b.status in FUTURE and a.status not in OFF)
    old.bare = old.bare and new.bare
    acts = isinstance(a, (facts.Appointment, facts.Relations))
    done = acts and b.status is EventStatus.OCCURRED and not (by_noun(new) and a.status in FUTURE)
    done = done or (acts and by_noun(old) and b.status in FUTURE and b.when is not None)
    going = under_way(a, b) and b.status is EventStatus.ONGOING
    # "The signing was put off".
    off = isinstance(a, facts.Agreement) and new.definite and a.status in FUTURE and b.status in OFF
    if told or done or going or off or turns(a, b) or (isinstance(a, facts.Sanction) and better_known(old, new)):
        a.status = b.status
    if kind and passing(old) and (not passing(new) or a.status in FUTURE):
        a.status = b.status
    if old.led and (new.finite or b.when or a.status in FUTURE):
        a.status, old.led, old.governed = b.status, new.led, new.governed


def better_known(old: Report, new: Report) -> bool:
    """Whether a report of sanctions knows better what is to come of them: the one that does not take them as known, or
    that alone tells who is to impose them."""
    only_proposed = old.event.status is EventStatus.PROPOSED and new.event.status is EventStatus.PLANNED
    told = only_proposed and not old.event.parties and bool(new.event.parties)
    return told or (old.definite and not new.definite)


def merge(old: Report, new: Report) -> None:
    """Add to an event what another report of it tells."""
    a, b = old.event, new.event
    if new.further:
        go_on(old, new)
        return
    if new.retold:
        retell(old, new)
    if new.once_ahead and a.status is EventStatus.OCCURRED:
        # In how many days it was to be made is not how long it took.
        new.lengths = []
    off = given_up(old, new)
    kind = of_one_kind(old, new)
    keep_holders(old, new)
    restate(old, new, kind)
    if old.place is not None and new.place is not None and old.place.land and not new.place.land:
        old.place, a.place = new.place, None
    specify(a, b)
    one_council(a, b)
    whole = whole_visit(old, new)
    if whole:
        first, last = (a.status, b.status) if new.ending else (b.status, a.status)
        a.status = first if last in FUTURE else last
    stays = isinstance(a, facts.Visit) or (isinstance(a, facts.Meeting) and (bool(old.lengths) or lasts_days(a, b)))
    for name in SLOTS[type(a)]:
        mine, theirs = getattr(a, name), getattr(b, name)
        if isinstance(mine, list):
            setattr(a, name, mine + [value for value in theirs if value not in mine])
        elif name == "when" and mine and theirs:
            a.when = whole or (mine if off else closest_told(mine, theirs, stays))
        elif (mine is None and not (off and name == "when")) or mine is False:
            setattr(a, name, theirs)
    old.stateless += new.stateless
    old.title = old.title or new.title
    old.summit = old.summit or new.summit
    if isinstance(a, (facts.Visit, facts.Meeting)):
        old.lengths += new.lengths
        a.when = whole_stay(a.when, old.lengths, new.ending if a.when == b.when else old.ending)
    go_on(old, new)
    if isinstance(a, facts.Meeting) and isinstance(b, facts.Meeting) and isinstance(b.level, MeetingLevel):
        a.level = a.level or b.level
