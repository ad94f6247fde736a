"""Reality: how real an event is where its own words leave that to a date or to the verb in whose clause it is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.facts import Event, EventStatus, Statement
from engine.interpret import Draft
from engine.marks import EVE, GOVERNED, PRESENT
from engine.resolve.meetings import FUTURE, OFF
from engine.times import calendar
from engine.times.days import When
from engine.times.view import Timex, mark_of

SAID = {
    EventStatus.ONGOING: EventStatus.OCCURRED,
    EventStatus.CANCELLED: None,
    EventStatus.POSTPONED: None,
    EventStatus.PROPOSED: None,
}
"""What the status of a statement comes to: what is being said is said, what was not or only may be said is nothing."""
WEAKEST = ("negated", "cancelled", "postponed", "proposed", "planned", EVE, "ongoing", "occurred")
WEAK_POINTS = frozenset({"negated", "cancelled", "proposed"})
"""Statuses that are not those of what is told all the same to have been."""
LAST_TIME = "last_time"
"""The mark of a time since which something has not been done, and at which it therefore was."""
RESUMED = "resumed"
"""The mark of what goes on again, whatever it was before: "the stalled talks resumed"."""
LED = frozenset({"meeting"})
"""Facts that a journey made on some day may lead up to."""
LATER = "FUTURE_REF"
"""The value of a time that only lies ahead."""
UNITS = ("week", "month", "year", "season", "quarter", "shift")
"""The fields of a time that say of which one it is a part."""
LATELY = 30
"""Days before publication within which a picture is one of the news."""
HALF_A_YEAR = 183
"""Days within which a bare present tells what lies ahead."""
NEARLY_A_YEAR = 300
"""Days back beyond which a date told without its year is rather one ahead, of something else that is told of."""
DAYS = frozenset({"DAY", "INTERVAL"})
"""The granularities of such a date."""
DISTANCE = "distance"
RELATIVE = frozenset({"day", DISTANCE})
"""Kinds of times that may be told from another one."""


@dataclass(frozen=True, slots=True)
class Reality:
    """How a draft's status is told: by a bare `present`, by the verb that it is `governed` by, by a verb of its own
    (`finite`), or by more than these (`sure`); `captioned` where its date tells the year, as under a picture, `later`
    where it tells no day but that it lies ahead ("in the coming weeks"), `led` where its time is that of the verb which
    leads up to it ("was in Riga on Monday for talks"), `eve` where something else was done before it.
    """

    present: bool
    governed: bool
    finite: bool
    sure: bool
    captioned: bool
    later: bool
    led: bool
    eve: bool


def statuses_told(draft: Draft) -> list[str]:
    """The statuses that a draft's words tell, in their order."""
    values = draft.fields.get("status", ())
    told = [(value if isinstance(value, str) else value.alias or "").lower() for value in values]
    if "ongoing" in told and any(isinstance(value, str) and value == EventStatus.OCCURRED.name for value in values):
        # "Was forced to resign": what such a verb governs has been done.
        return [one for one in told if one != "ongoing"]
    return told


def weakest(told: list[str], marks: set[str | None]) -> EventStatus | None:
    """The weakest of the statuses told, `marks` being those of a draft's references; None where it is denied."""
    if LAST_TIME in marks and not WEAK_POINTS.isdisjoint(told):
        # "They have not met since May": they met in May. "The talks failed to yield a deal": they were held.
        return None if "proposed" in told else EventStatus.OCCURRED
    # Stalled talks that go on again are stalled no more, those that failed to are.
    again = RESUMED in marks and (WEAK_POINTS.isdisjoint(told) or "proposed" in told)
    left = {one for one in told if one != "postponed"} if again else set(told)
    if RESUMED in marks and "postponed" in left:
        return EventStatus.POSTPONED
    weak = next((one for one in WEAKEST if one in left), "occurred")
    return None if weak == "negated" else EventStatus["PLANNED" if weak == EVE else weak.upper()]


def real_status(
    draft: Draft, told: list[str], marks: set[str | None], times: Mapping[int, Draft]
) -> EventStatus | None:
    """The weakest of a draft's statuses, as `weakest` gives it, once it is dated where it is denied since some day."""
    date_last_time(draft, told, times)
    return weakest(told, marks)


def date_last_time(draft: Draft, told: list[str], times: Mapping[int, Draft]) -> None:
    """Date what has not been done since some day by that day, `told` being its statuses, `times` the article's times by
    their first token: "they have not met since May". What is the first since then has a day of its own."""
    last = [one.begin for mark in draft.drafts("reference") if mark.alias == LAST_TIME for one in mark.drafts("of")]
    found = [times[begin] for begin in last if begin in times]
    if found and not WEAK_POINTS.isdisjoint(told):
        draft.fields["when"] = list(found)


def reality_of(draft: Draft, status: EventStatus, resolved: Mapping[int, Timex]) -> Reality:
    """How a draft's status is told; what is off was planned for a day that may lie ahead."""
    marks = draft.drafts("status")
    off = status in OFF and any(mark.alias == "planned" for mark in marks)
    ahead = min((mark.begin for mark in marks if mark.alias in ("planned", EVE)), default=0)
    doing = max((verb.begin for verb in draft.drafts("head")), default=0)
    sure = any(mark.alias not in (PRESENT, EVE) and GOVERNED not in mark.defaults for mark in marks)
    done = any(mark.alias == "occurred" and GOVERNED not in mark.defaults for mark in marks)
    return Reality(
        present=off or any(mark.alias == PRESENT for mark in marks),
        governed=not done and any(GOVERNED in mark.defaults for mark in marks),
        finite="head" in draft.fields,
        sure=sure,
        captioned=any("year" in one.fields for one in draft.drafts("when")),
        later=any(is_later(one, resolved.get(one.begin)) for one in draft.drafts("when")),
        led=draft.rule in LED and any(max(doing, 0) <= one.begin < ahead for one in draft.drafts("when")),
        eve=any(mark.alias == EVE for mark in marks),
    )


def is_later(when: Draft, time: Timex | None) -> bool:
    """Whether a time only lies ahead: "in the coming weeks", "later this year"."""
    current = any(mark_of(when, unit) == "this" for unit in UNITS)
    return (time is not None and time.value == LATER) or ("edge" in when.fields and current)


def date_speech(statement: Statement, anchor: date | None) -> None:
    """Drop a time that is none of a statement's: what was said was not said on a day ahead, of which it only speaks."""
    start = (statement.when or "").partition("/")[0]
    if anchor is not None and statement.status is EventStatus.OCCURRED and start > anchor.isoformat():
        statement.when = None


def date_event(event: Event, status: EventStatus, told: Reality, anchor: date | None) -> None:
    """Give an event the status that it has on its date. The day of a picture taken lately, before what it tells
    ("ahead of the summit in Riga, Oct. 3, 2016"), is that of the picture."""
    start = (event.when or "").partition("/")[0]
    lately = anchor and (anchor - timedelta(days=LATELY)).isoformat() <= start <= anchor.isoformat()
    if told.eve and told.captioned and lately:
        event.when = None
    event.status = dated_status(status, told, event.when, anchor)


def dated_status(status: EventStatus, told: Reality, when: str | None, anchor: date | None) -> EventStatus:
    """The status that an event has on its date, where its words leave that open; `anchor` is the day of publication."""
    if told.later and status is EventStatus.OCCURRED and (told.present or told.governed or not told.finite):
        return EventStatus.PLANNED
    start, today = (when or "").partition("/")[0], anchor.isoformat() if anchor else ""
    if not start or not today:
        return status
    ahead = start > today
    if status is EventStatus.ONGOING and ahead:
        return EventStatus.PLANNED
    end = (when or "").partition("/")[2] or start
    # A bare present on the day itself, or in these days, tells what is yet to be done.
    if (
        status is EventStatus.OCCURRED
        and (told.present or told.governed or not (told.finite or told.sure))
        and (ahead or (told.present and (start == today or start < today < end) and not told.captioned))
    ):
        return EventStatus.PLANNED
    behind = end < today[: len(end)]
    made = told.led or not told.finite or (told.present and told.captioned)
    if behind and (told.governed or (status is EventStatus.PLANNED and made)):
        return EventStatus.OCCURRED
    return status


def on_its_side(
    draft: Draft, when: When, anchor: date, status: EventStatus | None, sure: bool, near: bool
) -> When | None:
    """A time on the side of publication on which an event of that status lies; None where it cannot be its own."""
    if status is EventStatus.OCCURRED and when.start > anchor:
        past = None if draft.alias == DISTANCE else calendar.value(draft, anchor, "past", sure=True).when
        when = past or when
        # What "the following day" of something else told is, nobody says.
        elsewhere = sure and draft.alias in RELATIVE and when.start > anchor
        # "They reviewed the agenda of the summit on Nov. 18": the day ahead is not that of their talks.
        far = when.granularity in DAYS and (anchor - when.start).days > NEARLY_A_YEAR
        return None if elsewhere or far else when
    if status in FUTURE and when.end < anchor:
        ahead = calendar.value(draft, anchor, "future", sure=sure).when
        if ahead is None:
            # "The next day" of what had been told before is none of what is to come.
            return None if draft.alias in RELATIVE else when
        return when if near and (ahead.start - anchor).days > HALF_A_YEAR else ahead
    return when
