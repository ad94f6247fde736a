"""Borrowed times: those that a clause takes from the one it hangs on, and those that are not its own.

"hailed the accord on Monday and telephoned both leaders", "announced it on Sunday in calls with ...", "flew to Lima on
Monday, where he met ...", "a day after the two met": the time stands with another verb, which the walk finds here.
"""

from __future__ import annotations

import re

from engine.cascade import Match
from engine.interpret import KNOWN, Draft
from engine.landmarks import BEFORE_ANOTHER
from engine.sentence.clauses import Subject
from engine.sentence.governing import LAID, MOTION
from engine.sentence.modality import is_past, is_perfect, lies_ahead, resolved
from engine.sentence.setting import Setting
from engine.sentence.speech import VOWED
from engine.times.days import When, day_of
from engine.times.lengths import moved

JOINING = ("and", "but", "then")
BESIDE = ("in", "at", "during")
"""Words before a happening that is part of what its clause tells."""
BETWEEN = {"after": -1, "before": 1}
"""Words that tell how far apart two happenings are, with the side on which the second lies."""
UNITS = {"DAY": "DWMY", "MONTH": "MY", "YEAR": "Y"}
"""In which units a time can be away from a day, a month or a year."""
FAR = 16
"""Items in which the day of what another happening was so long after is sought."""
LENGTH = re.compile(r"P(\d+)([DWMY])|PT[\dX]+H")


def borrow(setting: Setting, draft: Draft, match: Match) -> None:
    """Give an event without a time that of the clause that it is joined to, part of, or so far apart from; what is
    known was before."""
    if any(mark.alias == KNOWN for mark in draft.drafts("reference")):
        return
    if setting.clauses.has(match.begin, "TIME") and setting.clauses.has(match.begin - 1, *BEFORE_ANOTHER):
        # "Extended it until 31 January, adopting a new text".
        draft.fields.pop("when", None)
    if (time := measured(setting, match.end)) is not None:
        draft.fields["when"] = [time]
    if "when" in draft.fields:
        return
    subject = setting.subject_of(match)
    begin = min(match.begin, subject.at) if subject else match.begin
    verb = setting.clauses.verb_of(match)
    time = apart(setting, begin)
    if time is None and verb is not None:
        time = own(setting, verb) or joined(setting, verb, subject) or relative(setting, begin, verb)
    elif time is None:
        time = beside(setting, match.begin)
    if time is not None:
        draft.fields["when"] = [time]


def date_words(setting: Setting, draft: Draft, match: Match) -> None:
    """Give a statement without a time that which is so far apart from it: "acted a day after X said"."""
    subject = setting.subject_of(match)
    time = apart(setting, min(match.begin, subject.at) if subject else match.begin)
    if time is not None:
        draft.fields.setdefault("when", [time])


def say_when(setting: Setting, draft: Draft, match: Match) -> None:
    """Drop the day on which a meeting was agreed on, offered or called off, which is not the day of the meeting."""
    clauses = setting.clauses
    verb = clauses.verb_of(match)
    if draft.rule not in LAID or verb is None or not clauses.has(verb, "VERB_ACTIVE"):
        return
    if any(clauses.has(at, "GATHERING") for at in range(match.begin, verb)):
        return
    begin, end = setting.items[verb].begin, setting.items[verb].end
    offered = any(begin <= mark.begin < mark.end <= end for mark in draft.drafts("status"))
    if offered or resolved(setting, verb):
        held = [one for one in draft.fields.pop("when", ()) if isinstance(one, Draft) and one.begin >= begin]
        draft.fields.update({"when": [*held]} if held else {})


def depart(setting: Setting, draft: Draft, match: Match) -> None:
    """Take from a meeting the place that somebody leaves for it, and the day on which he left."""
    clauses = setting.clauses
    verb = clauses.governor(match.begin) if clauses.has(match.begin, "PLACE") and draft.rule in LAID else None
    talks = next((at for at in range(match.begin, match.end) if clauses.has(at, "GATHERING")), None)
    if verb is None or talks is None or not clauses.has(verb, "LEAVE_ACTIVE"):
        return
    for name in ("place",) * (verb == match.begin - 1) + ("when",) * is_past(setting, verb):
        told = [one for one in draft.drafts(name) if one.begin > setting.items[talks].begin]
        draft.fields.pop(name, None)
        draft.fields.update({name: [*told]} if told else {})


def say_that_day(setting: Setting, draft: Draft, match: Match) -> None:
    """Give a statement the day on which something was agreed on, refused or vowed, or that stands right before its
    verb: "today urged"."""
    time = setting.circumstances.time_passed(match.begin, match.end)
    if time is None and not any(setting.clauses.has(at, *VOWED) for at in range(match.begin, match.end)):
        time = setting.circumstances.time_within(match.begin, match.end)
    if time is not None:
        draft.fields.setdefault("when", [time])


def lodge(setting: Setting, draft: Draft, match: Match) -> None:
    """Give an event without a place that which stands before its verb: "the ministers in Oslo agreed"; a statement only
    where it is "here"."""
    verb = setting.clauses.verb_of(match)
    if "place" in draft.fields or not verb:
        return
    clauses, words = setting.clauses, range(match.begin, match.end)
    if draft.rule == "statement":
        at = next((at for at in words if clauses.has(at, "PLACE_HERE")), None)
    else:
        before = range(clauses.back(verb - 1) + 1, verb)
        at = next((at for at in before if clauses.has(at, "PLACE_CITY") and setting.circumstances.is_place(at)), None)
        at = away(setting, verb) if at is None and not draft.drafts("mode") else at
    if at is not None and (place := setting.interpreter.phrase("PLACE", setting.items[at])):
        draft.fields["place"] = [place]


def away(setting: Setting, verb: int) -> int | None:
    """The place where an aside right after the subject tells it to be: "Solberg, in Lima for a fair, met ..."."""
    clauses, subject = setting.clauses, setting.found.get(verb)
    at = subject.at + 3 if subject is not None else verb
    opens = at < verb - 1 and clauses.has(at - 2, "COMMA") and clauses.has(at - 1, "in")
    aside = opens and clauses.has(verb - 1, "COMMA") and clauses.has(at, "PLACE_CITY")
    return at if aside and not any(map(clauses.finite, range(at, verb))) else None


def own(setting: Setting, verb: int) -> Draft | None:
    """The time right before a verb: "the three on Friday reached ..."."""
    before = range(setting.clauses.back(verb - 1) + 1, verb)
    here = (at for at in before if not setting.clauses.has(at - 1, *BEFORE_ANOTHER))
    return next(filter(None, map(setting.circumstances.time_at, here)), None)


def joined(setting: Setting, verb: int, subject: Subject | None) -> Draft | None:
    """The time of the verb before, where "and" adds a verb to it."""
    clauses = setting.clauses
    at = clauses.back(verb - 1)
    before = clauses.governor(at) if clauses.has(at, *JOINING) else None
    if before is None or subject is None:
        return None
    other = setting.found.get(before)
    alike = lies_ahead(setting, before) == lies_ahead(setting, verb)
    since = is_past(setting, before) and is_perfect(setting, verb)
    same = other is not None and other.at == subject.at
    return setting.time_of_clause(before, at) if same and alike and not since else None


def relative(setting: Setting, begin: int, own_verb: int) -> Draft | None:
    """The time at which somebody went where a clause is laid, or of what it is part of: "flew to Lima on Monday, where
    he met ...", "held a drill on Monday, during which it fired ..."."""
    clauses = setting.clauses
    if clauses.has(begin - 1, "which") and clauses.has(begin - 2, *BESIDE):
        whole = clauses.governor(begin - 2)
        alike = whole is not None and lies_ahead(setting, whole) == lies_ahead(setting, own_verb)
        return setting.time_of_clause(whole, begin - 2) if whole is not None and alike else None
    verb = clauses.governor(begin - 1) if clauses.has(begin - 1, "where") else None
    return setting.time_of_clause(verb, begin - 1) if verb and clauses.has(verb, *MOTION) else None


def beside(setting: Setting, begin: int) -> Draft | None:
    """The time of the clause of which a happening told by a noun is a part: "told in a call", "announced the move"."""
    clauses = setting.clauses
    at = begin - 1 if clauses.has(begin, "PLACE") and not clauses.has(begin, *BESIDE) else begin
    part = clauses.has(at, *BESIDE) or clauses.has(begin - 1, "ANNOUNCE_ACTIVE")
    verb = clauses.governor(at) if part else None
    return setting.time_of_clause(verb, at) if verb is not None else None


def apart(setting: Setting, begin: int) -> Draft | None:
    """The time of what lies so long before or after what its sentence tells: "acted on Monday, a day after X met Y"."""
    clauses = setting.clauses
    opener = begin if clauses.has(begin, *BETWEEN) else begin - 1
    side = next((side for word, side in BETWEEN.items() if clauses.has(opener, word)), None)
    if side is None:
        return None
    told = setting.discourse.chronology.resolved.get(setting.items[opener - 1].begin) if opener else None
    hours = told is not None and told.value.startswith("PT")
    return distant(setting, opener - 1, side, day_told(setting, opener - 1, here=hours))


def measured(setting: Setting, end: int) -> Draft | None:
    """The time of what is told to be so long before or after something of a day: "acted a day after X met Y on
    Monday"."""
    clauses, chronology = setting.clauses, setting.discourse.chronology
    at = end if clauses.has(end, "TIME") else end - 1
    side = next((side for word, side in BETWEEN.items() if clauses.has(at + 1, word)), None)
    if side is None:
        return None
    for after in range(at + 2, min(at + 2 + FAR, len(setting.items))):
        if clauses.has(after, "COMMA", "STOP", "QUOTE"):
            break
        told = chronology.resolved.get(setting.items[after].begin) if clauses.has(after, "TIME") else None
        if told is not None and told.when is not None and told.when.granularity == "DAY":
            return distant(setting, at, -side, told.when)
    return None


def distant(setting: Setting, at: int, side: int, origin: When | None) -> Draft | None:
    """The time that the length at an item is away from another, on that side; of hours the same day. A month is only
    months and years away from others, a year only years."""
    chronology = setting.discourse.chronology
    told = chronology.told.get(setting.items[at].begin) if at >= 0 and setting.clauses.has(at, "TIME") else None
    length = LENGTH.fullmatch(chronology.resolved[told.begin].value) if told else None
    if told is None or length is None or origin is None or (length[2] or "D") not in UNITS.get(origin.granularity, ""):
        return None
    # The key of a time is its first token, which is taken by the length.
    key = -told.begin - 1
    chronology.resolved[key] = moved(origin.start, side * int(length[1] or 0), length[2] or "D")
    return Draft("time", "distance", key, told.end)


def day_told(setting: Setting, stop: int, *, here: bool) -> When | None:
    """The day, month or year that a sentence tells last before an item, else, if it need not be told `here`, the day
    last spoken of, or that of publication."""
    chronology = setting.discourse.chronology
    for at in range(stop - 1, -1, -1):
        time = setting.circumstances.time_at(at)
        told = chronology.resolved.get(time.begin) if time is not None else None
        if told is not None and told.when is not None and told.when.granularity in UNITS:
            return told.when
    if here:
        return None
    spoken_of = chronology.reference
    if spoken_of is not None and spoken_of.granularity == "DAY":
        return spoken_of
    return day_of(chronology.anchor) if chronology.anchor is not None else None
