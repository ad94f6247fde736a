"""What is told in passing: reports that tell less of a meeting or visit than another one does, or what it was to be."""

from __future__ import annotations

from collections.abc import Callable

from engine.facts import Event, EventStatus, Meeting, Visit
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.actors import is_country
from engine.resolve.meetings import FUTURE, OFF
from engine.resolve.report import Report
from engine.resolve.values import agree, subset, within

NEAR = 4
"""Sentences back to what another report of it tells to have been ahead."""
NEXT = 2
"""Sentences back to whose talks go on."""
TWO = 2
FINITE = frozenset({"BE", "HAVE", "MODAL"})
"""The classes of words with which a verb group tells what is ahead."""
PASTS = frozenset({"BE_VBD", "HAVE_VBD", "ONCE"})
"""The terminals of those that tell what was ahead once: "was to", "would"."""
AHEAD = "planned"
"""The mark of a status told as ahead."""


def in_passing(new: Report, recent: list[Report]) -> Report | None:
    """The report before it of whose meeting or visit another tells less or more; None where it may be of several."""
    if not isinstance(new.event, (Meeting, Visit)):
        return None
    alike = [old for old in recent if type(old.event) is type(new.event)]
    was = next((old for old in reversed(alike) if was_to_be(old, new)), None)
    if was is not None:
        return was
    found = [old for old in alike if same_team(old.event, new.event) or one_day(old, new) or goes_on(old, new)]
    return found[0] if len(found) == 1 else None


def once_ahead(draft: Draft, words: Callable[[int, int], str], lexicon: Lexicon) -> bool:
    """Whether the verb by which a draft tells what is ahead is of a time gone by; `words` gives those of tokens."""
    for mark in draft.drafts("status"):
        told = words(mark.begin, draft.end).split() if mark.alias == AHEAD else []
        forms = ({one for form in lexicon.look_up(word) for one in form.terminals} for word in told)
        if finite := next((one for one in forms if not FINITE.isdisjoint(one)), None):
            return not PASTS.isdisjoint(finite)
    return False


def was_to_be(old: Report, new: Report) -> bool:
    """Whether what was ahead once is what has been called off, or, on no day of its own, what was made since: "called
    off the visit; he was to arrive on Monday"."""
    a, b = old.event, new.event
    if not new.once_ahead or b.status not in FUTURE or new.sentence - old.sentence > NEAR:
        return False
    sides = subset(a.parties, b.parties) and (bool(b.parties) or new.definite)
    there = agree(a.place, b.place) and getattr(a, "target", None) == getattr(b, "target", None)
    if not (sides and there and subset(people_of(a), people_of(b)) and alike(a, b)):
        return False
    return a.status in OFF or (a.status not in FUTURE and not b.when)


def people_of(event: Event) -> list[str]:
    """Who takes part or travels, by name."""
    return list(getattr(event, "participants", []))


def alike(a: Event, b: Event) -> bool:
    """Whether what two reports tell of which meeting it is agrees, and neither has a name that the other lacks."""
    slots = all(agree(getattr(a, name, None), getattr(b, name, None)) for name in ("level", "ordinal", "mode"))
    return slots and bool(getattr(a, "name", None)) == bool(getattr(b, "name", None))


def same_team(a: Event, b: Event) -> bool:
    """Whether two visits of one state are one, of which only one report names who makes it, and one tells it as ahead:
    "the chief negotiator flies to Riga this week", "Lund is to be in Riga on Monday"."""
    if not (isinstance(a, Visit) and isinstance(b, Visit)) or (a.participants and b.participants):
        return False
    there = a.target == b.target and agree(a.place, b.place) and set(a.parties) == set(b.parties) and bool(a.parties)
    days = bool(a.when and b.when) and within(a.when, b.when)
    return there and days and {a.status, b.status} <= {EventStatus.PLANNED, EventStatus.ONGOING}


def one_day(old: Report, new: Report) -> bool:
    """Whether a meeting of which no sides are told, or one side only, is that of its day and place of which both are:
    "Saturday's meeting focused on trade"."""
    a, b = old.event, new.event
    if not (isinstance(a, Meeting) and isinstance(b, Meeting) and a.when and b.when and within(a.when, b.when)):
        return False
    known = a.when == b.when and a.place is not None and a.place == b.place
    beside = a.sidelines_of is not None or b.sidelines_of is not None or not (known or not (old.joining or new.joining))
    one_side = (a.status in FUTURE) == (b.status in FUTURE) and not {a.status, b.status} & OFF
    summit = old.summit or new.summit
    if beside or not (one_side and alike(a, b) and agree(a.place, b.place) and subset(a.participants, b.participants)):
        return False
    known = known and not summit
    return tells_less(b, a, known) or (known and tells_less(a, b, known))


def tells_less(part: Meeting, whole: Meeting, known: bool) -> bool:
    """Whether a report of a meeting tells no sides of it, or, where its day and place are `known`, or nobody else, one
    of the sides that another tells."""
    if len(whole.parties) <= 1 or (part.parties and len(whole.parties) > TWO):
        return False
    if not part.parties:
        return not part.participants
    one = len(part.parties) == 1 and is_country(part.parties[0]) and part.parties[0] in whole.parties
    return one and part.when == whole.when and (known or set(part.participants) <= set(whole.participants))


def goes_on(old: Report, new: Report) -> bool:
    """Whether two states go on to talk where one of them was told with a party of its own: "The two sides also
    exchanged views"."""
    a, b = old.event, new.event
    if not (isinstance(a, Meeting) and isinstance(b, Meeting)) or a.status is not b.status:
        return False
    more = set(a.parties) - set(b.parties)
    bare = not (b.when or b.place or b.participants or b.ordinal) and alike(a, b)
    both = len(b.parties) > 1 and set(b.parties) < set(a.parties) and not any(map(is_country, more))
    return bare and both and new.sentence - old.sentence <= NEXT
