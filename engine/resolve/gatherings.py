"""Gatherings: which reports tell of one summit or named forum, whoever is told to be at it."""

from __future__ import annotations

from datetime import date, timedelta

from engine.facts import Event, Meeting, MeetingLevel
from engine.resolve.actors import is_country
from engine.resolve.meetings import FUTURE, OFF, turns
from engine.resolve.report import Report
from engine.resolve.values import agree, bygone, far, within

A_FEW_DAYS = 3
"""Days by which two days of one gathering can lie apart."""
DAY = len("2016-10-21")
ROUND = "round"
"""The mark of a round of talks that were told before: "the next round"."""
GOING_ON = frozenset({ROUND, "those"})
"""The marks of what those of a meeting told before do again: "the next round", "the ministers last met"."""
LATELY = 3
"""Sentences back to the meeting whose people "the ministers" are."""
SMALL = frozenset({"of", "on", "the", "for"})
"""Words of a name that tell nothing."""
OF_HEADS = frozenset({"summit", "meeting", "leaders'", "leaders", "economic", "informal", "annual"})
"""Words that call the summit of a body now this, now that: "the APEC summit", "the APEC Economic Leaders' Meeting"."""


def whose(report: Report) -> set[str]:
    """By what a gathering is known: the bodies that hold it, and its name; nothing where it is none, as what two states
    do at one."""
    event = report.event
    if not isinstance(event, Meeting) or event.mode is not None:
        return set()
    alone = [one for one in event.parties if not is_country(one)] if len(event.parties) == 1 else []
    words = words_of(event.name) if event.name and event.name[0].isupper() else []
    holders = [one for one in event.parties if one in report.holders or one.lower() in words]
    return {*alone, *holders, *([" ".join(words)] if words else [])}


def keep_holders(old: Report, new: Report) -> None:
    """Let a gathering be known by what it was before others are told to be at it: "Hu left for the APEC summit"."""
    old.holders = sorted({*old.holders, *new.holders, *whose(old), *whose(new)})


def words_of(name: str) -> list[str]:
    """The words of a gathering's name in any order: "Conference of Sino-Arab Friendship", "Sino-Arab Friendship
    Conference"."""
    return sorted(set(name.lower().split()) - SMALL)


def one_name(a: Meeting, b: Meeting) -> bool:
    """Whether two names can be one gathering's: not told, or of the same words; of heads but for such as all have."""
    if not a.name or not b.name:
        return True
    apart = set(words_of(a.name)) ^ set(words_of(b.name))
    return not apart or (a.level is b.level is MeetingLevel.HEADS and apart <= OF_HEADS)


def one_title(old: Report, new: Report) -> bool:
    """Whether what two gatherings are called can be one: where neither is of a rank, the one may tell less ("the UN
    conference", after "the UN climate conference")."""
    told = set((old.title or "").lower().split()), set((new.title or "").lower().split())
    ranked = getattr(old.event, "level", None) or getattr(new.event, "level", None)
    return bool(told[0] and told[1]) and not ranked and (told[0] <= told[1] or told[1] <= told[0])


def is_summit(event: Event) -> bool:
    """Whether a meeting is one of heads, or one with a name."""
    return isinstance(event, Meeting) and (event.level is MeetingLevel.HEADS or event.name is not None)


def of_one_kind(old: Report, new: Report) -> bool:
    """Whether both tell of a summit or forum of one body or name, of its meetings in one country, or of a summit told
    by its place alone: whether it is one depends on its day."""
    either = is_summit(old.event) or is_summit(new.event) or in_one_country(old, new)
    known = new.definite and old.place is None and is_summit(old.event)
    shared = either and not whose(old).isdisjoint(whose(new))
    placed = only_placed(new) or (only_placed(old) and new.event.place is not None and is_summit(new.event))
    # "They attended the Nairobi summit": who goes to one that was told before tells of no other.
    there = in_one_country(old, new) or (new.definite and new.place is None and is_summit(old.event))
    # And "the summit opened" is that for which somebody came.
    joined = (new.joining or (old.joining and new.definite)) and new.summit and bool(whose(old)) and there
    return shared or joined or (placed and (known or in_one_country(old, new)))


def of_two_kinds(old: Report, new: Report) -> bool:
    """Whether two summits or forums are of different bodies or names."""
    both = is_summit(old.event) and is_summit(new.event)
    return both and bool(whose(old)) and bool(whose(new)) and not of_one_kind(old, new)


def only_placed(report: Report) -> bool:
    """Whether nothing but its place tells which summit one is: "the two-day summit in La Malbaie"."""
    event = report.event
    if not isinstance(event, Meeting) or event.level is not MeetingLevel.HEADS or event.participants or event.name:
        return False
    return event.place is not None and not (event.parties or event.when or report.title)


def gathering_of(new: Report, recent: list[Report], anchor: date | None) -> Report | None:
    """The gathering told before that a report goes on about: one of its number, else one held about the day of
    publication rather than long before or after, of several the latest."""
    found = [old for old in recent if of_one_kind(old, new) and one_gathering(old, new, anchor)]
    number = getattr(new.event, "ordinal", None)
    same = [old for old in found if number is not None and getattr(old.event, "ordinal", None) == number]
    near = [old for old in found if not far(old.event.when, anchor)]
    best = same or near or found
    return best[-1] if best else None


def goes_on(report: Report, met: list[Report], *, strict: bool) -> list[Report]:
    """A meeting with the sides of the one told last, of its rank, which goes on or meets again; `strict` where there is
    none without these."""
    event = report.event
    last = max(met, key=lambda one: one.sentence, default=None)
    if not isinstance(event, Meeting) or last is None or not isinstance(last.event, Meeting):
        return [] if strict else [report]
    near = strict or report.sentence - last.sentence <= LATELY
    several = len(last.event.parties) > 1 or not any(map(is_country, last.event.parties))
    if near and agree(event.level, last.event.level) and (several or strict):
        if not strict and event.level is last.event.level:
            event.participants = list(last.event.participants)
        event.parties, event.level = list(last.event.parties), last.event.level
        event.name = event.name or (last.event.name if strict else None)
        report.unnamed = not event.parties
    return [report]


def passing(report: Report) -> bool:
    """Whether a gathering is only named beside something else: then its status is that of what it is named beside."""
    return not report.finite and report.event.when is None


def one_gathering(old: Report, new: Report, anchor: date | None) -> bool:
    """Whether two reports of one kind of gathering tell of one; `anchor` is the day of publication."""
    a, b = old.event, new.event
    if not (isinstance(a, Meeting) and isinstance(b, Meeting)):
        return False
    if not (agree(a.ordinal, b.ordinal) and agree(a.level, b.level) and one_name(a, b)):
        return False
    if not (agree(a.place, b.place) or in_one_country(old, new)) or not (within(a.when, b.when) or close(a, b)):
        return False
    one_side = (a.status in FUTURE) == (b.status in FUTURE) and (a.status in OFF) == (b.status in OFF)
    return undated_is(old, new, anchor, one_side) and (one_side or passing(old) or passing(new) or turns(a, b))


def undated_is(old: Report, new: Report, anchor: date | None, one_side: bool) -> bool:
    """Whether, where only one of two tells a day, the other can be of it: of one about the day of publication, in the
    next sentence, or, told after one of the last two years, where both are on `one_side` of now."""
    dated = old.event.when or new.event.when
    if bool(old.event.when) == bool(new.event.when) or not far(dated, anchor) or new.sentence - old.sentence <= 1:
        return True
    return one_side and not bygone(dated, anchor) and (new.event.when is None or in_one_country(old, new))


def in_one_country(old: Report, new: Report) -> bool:
    """Whether both places are of one country: a city, and the country or another spelling of the city."""
    return old.place is not None and new.place is not None and old.place.country == new.place.country is not None


def close(a: Event, b: Event) -> bool:
    """Whether two days can be of one gathering of a few days."""
    if not (a.when and b.when and len(a.when) == len(b.when) == DAY):
        return False
    return abs(date.fromisoformat(a.when) - date.fromisoformat(b.when)) <= timedelta(days=A_FEW_DAYS)
