"""Governing: what the verb tells in whose clause a happening is only named ("said after talks with ...").

A meeting or visit told by a noun or a participle has the subject of that clause as a side, and its tense. A grammar
marks the field; the walk to the verb is done once here.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.cascade import Match
from engine.interpret import KNOWN, Draft
from engine.marks import ATTENDING, GOVERNED, HOLDER, PARTNER, PRESENT, THEIRS, UNREAL
from engine.sentence.clauses import Subject
from engine.sentence.modality import (
    MEETING_VERBS,
    adds_to_none,
    is_added,
    is_attempt,
    is_done_now,
    is_due,
    is_not_so,
    is_now,
    is_past,
    is_present,
    is_unreal,
    lies_ahead,
    only_may,
    reality,
    resolved,
    took_place,
    was_settled,
)
from engine.sentence.setting import ELIDED, Setting
from engine.sentence.subjects import (
    accused,
    agent_of,
    is_fronted,
    is_personal,
    is_reported,
    send_out,
    sent,
    subject_of,
    told_whole,
    whom_asked,
    whose,
)

TOPIC = "topic"
"""The mark of a field whose actor was told before the sentence: "Her trip to Riga was short, he said"."""
HIS = "his"
"""The mark of a field whose actor is whom "him" means where a journey takes him."""
MEETS = "joint"
"""The mark of a field whose actors are the subject of a verb that goes on: "met X on Monday and with Y on Tuesday"."""
ONES = "ones"
"""The mark of a meeting of one person that was told of before ("his talks with ...")."""
OCCASION = ("after", "following", "during", "COMMA")
"""What begins the words that tell on which occasion something was settled: "agreed to build it after talks"."""
OPENING = 2
"""The item by which what opens a sentence begins at the latest."""
NEARBY = 3
"""Items before a match among which the verb stands that brings somebody there."""
STAYING = 5
"""Items before a match among which the verb stands that tells that somebody is there: "is on a visit to"."""
MOTION = ("TRAVEL_ACTIVE", "ARRIVE_ACTIVE", "VISIT_ACTIVE")
ALIKE = {"meeting": MEETING_VERBS, "visit": MOTION}
"""The verbs of which more than one of these facts may be told: "met X on Monday and Y on Tuesday"."""
BOUND = ("TRAVEL_ACTIVE", "ARRIVE_ACTIVE", "LEAVE_ACTIVE")
LAID = frozenset({"meeting"})
"""Facts whose place is where their subject went."""
AGAINST = frozenset({"CONDEMN", "CONCERN", "DENY", "URGE", "WARN"})
"""What is said by those who need have no part in what they speak about."""
PERSONAL = frozenset({"visit"})
"""Facts whose side is a person: a state does not travel."""
TENSED = frozenset({"meeting", "visit"})
DOCUMENTS = frozenset({"agreement"})
"""Facts that whoever is accused has a part in."""
DATED = TENSED | {"appointment"}
"""Facts that a bare present tells ahead of time ("steps down on Dec. 31")."""
LASTING = frozenset({"sanction"})
"""Those of which it tells that they go on."""
MEASURES = frozenset({"aid", "sanction"})
"""Facts that, where the verb of their clause only may be, are only proposed."""


def govern(setting: Setting, draft: Draft, match: Match) -> bool:
    """Settle what a draft leaves to the verb of its clause; False where a side is missing."""
    accompany(setting, draft, match)
    send_out(setting, draft, match)
    gather(setting, draft, match)
    marked = [
        mark for name in draft.fields for mark in draft.drafts(name) if mark.alias in (GOVERNED, MEETS, ATTENDING)
    ]
    if marked and (is_sent(setting, match) or not settled(setting, draft, marked, match)):
        return False
    if draft.rule in PERSONAL and "status" not in draft.fields and is_opening(setting, match):
        draft.fields["status"] = [Draft("status", "planned", draft.begin, draft.begin)]
    if draft.rule in DATED and is_present(setting, match):
        mark = "planned" if is_awaited(setting, match) else PRESENT
        draft.fields.setdefault("status", []).append(Draft("status", mark, draft.begin, draft.begin))
    elif draft.rule in DATED and is_present_of_many(draft) and setting.clauses.has(match.begin - 1, "before", "when"):
        # "Will raise it when they meet in Oslo".
        draft.fields["status"] = [Draft("status", "planned", draft.begin, draft.begin)]
    elif draft.rule in DATED and "status" not in draft.fields and is_done_now(setting, match):
        alike = {GOVERNED: "occurred"}
        draft.fields["status"] = [Draft("status", "occurred", draft.begin, draft.begin, defaults=alike)]
    elif draft.rule in LASTING and draft.fields.keys().isdisjoint(("status", "when")) and is_done_now(setting, match):
        in_force(draft)
    if draft.rule in LAID and "place" not in draft.fields and (place := gone_to(setting, match)) is not None:
        draft.fields["place"] = [place]
    return True


def is_present_of_many(draft: Draft) -> bool:
    """Whether what several do is told by a bare present ("they meet"), which looks like the base form."""
    return any(mark.alias == PRESENT for mark in draft.drafts("status"))


def in_force(draft: Draft) -> None:
    """Let what a bare present tells to be done be what goes on: "the country is already sanctioned"."""
    if any(mark.alias == "impose" for mark in draft.drafts("action")):
        for name, mark in (("status", "ongoing"), ("reference", KNOWN)):
            draft.fields[name] = [Draft(name, mark, draft.begin, draft.begin)]


def accompany(setting: Setting, draft: Draft, match: Match) -> None:
    """Add to whomever something is done with, where a wording tells nobody else, the subject of the clause, who does it
    unless that speaks against it: "Oslo said its drills with Kenya would begin"."""
    sides = draft.drafts("parties")
    joint = next((mark.begin for mark in draft.drafts("reference") if mark.alias == PARTNER), None)
    if joint is None or not sides or any(side.begin < joint for side in sides):
        return
    before = (at for at in range(match.begin, match.end) if setting.items[at].end <= sides[0].begin)
    verb = next(filter(setting.clauses.finite, before), None)
    verb = setting.clauses.governor(match.begin) if verb is None else verb
    subject = subject_of(setting, verb)
    told = setting.interpreter.phrase("VERB_ACTIVE", setting.items[verb]) if verb is not None else None
    if subject is not None and told is not None and told.defaults.get("act") not in AGAINST:
        members = setting.members(setting.items[subject.at])
        draft.fields["parties"] = [*(members[-1:] if subject.last else members), *sides]


def gather(setting: Setting, draft: Draft, match: Match) -> None:
    """Give what somebody does something for all who do so: "Mali and Chad met in Riga to sign a treaty"."""
    marks = [one for name in draft.fields for one in draft.drafts(name) if one.alias == ELIDED]
    clauses = setting.clauses
    verb = clauses.governor(match.begin) if marks else None
    if verb is None or clauses.verb_of(match) is not None:
        return
    if not clauses.has(verb, "VERB_ACTIVE") or is_unreal(setting, verb):
        return
    subject = subject_of(setting, verb)
    if subject is None or subject.last or any(clauses.has(at, "ACTORS") for at in range(verb + 1, match.begin)):
        return
    for mark in marks:
        mark.fields["of"] = [*setting.members(setting.items[subject.at])]


def is_sent(setting: Setting, match: Match) -> bool:
    """Whether others are to go where a match is laid than the subject of its clause: "his invitation to Moon to travel
    to Riga for a summit"."""
    clauses = setting.clauses
    verb = match.begin - 1 if clauses.has(match.begin - 1, "VERB_TO") else match.begin - 2
    there = clauses.has(match.begin, "PLACE") and clauses.has(verb, "VERB_TO") and not clauses.finite(verb)
    return there and clauses.has(verb - 1, "ACTORS", "NOUN", "NOUNS")


@dataclass(slots=True)
class Clause:
    """The clause that a match leaves something to: its verb and subject, whether the subject was `told_before`, and
    whether the match is of what is `past` by then or lies `ahead`."""

    verb: int | None
    subject: Subject | None
    told_before: bool
    past: bool
    ahead: bool


def clause_of(setting: Setting, match: Match) -> Clause:
    """The clause of the verb that governs a match, or of the next one where it opens its sentence."""
    verb, subject = governor(setting, match)
    reported = is_reported(setting, verb, subject, match) and follower(setting, match)[1] is not None
    told = match.end + setting.clauses.has(match.end, "that", "which")
    own = setting.clauses.finite(told) and not (resolved(setting, told) or is_added(setting, told))
    tensed = told if own else verb
    tensed = None if reported else tensed
    if verb is None or reported or (subject is None and match.tree[0] in TENSED and is_fronted(setting, match)):
        verb, subject = follower(setting, match)
        opens = tensed is None and setting.clauses.has(match.begin, "PREP")
        first = next((at for at in range(match.end, len(setting.items)) if setting.clauses.finite(at)), verb)
        tensed = first if opens and first is not None and not resolved(setting, first) else tensed
    tensed = setting.clauses.governor(match.begin) if tensed is None else tensed
    told_before = setting.clauses.has(match.begin, "his", "her") and (subject is None or subject.at > match.begin)
    past = tensed is not None and setting.clauses.has(match.begin, *OCCASION) and was_settled(setting, tensed)
    past = past or took_place(setting, verb, match)
    over = past or setting.clauses.has(match.begin - 1, "from") or has_ended(setting, match)
    ahead = not over and (is_due(setting, tensed) or is_bound(setting, verb, match) or is_underway(setting, match))
    return Clause(verb, None if told_before else subject, told_before, past, ahead)


def has_ended(setting: Setting, match: Match) -> bool:
    """Whether a match has a verb of its own that tells what was: "hours after talks ended"."""
    verb = next((at for at in range(match.begin, match.end) if setting.clauses.has(at, "VERB_ACTIVE")), None)
    return verb is not None and is_past(setting, verb)


def settled(setting: Setting, draft: Draft, marked: list[Draft], match: Match) -> bool:
    """Whether the verb of the clause tells what is marked, which it then holds."""
    clause = clause_of(setting, match)
    verb, ahead = clause.verb, clause.ahead
    asked = whom_asked(setting, verb, match)
    clause.subject = (
        asked or (accused(setting, verb, match) if draft.rule in DOCUMENTS else sent(setting, verb)) or clause.subject
    )
    for mark in draft.drafts("status") if ahead else ():
        # The day told before the wording is not only that of a journey that has been made.
        mark.begin = draft.begin
    by_call = draft.text("mode") is not None or bool(draft.drafts("mode"))
    for mark in marked:
        none = is_not_so(setting, verb, match) if draft.rule not in TENSED else adds_to_none(setting, verb, match)
        if mark.rule == "status" and none:
            return False
        if mark.rule == "status":
            told = "planned" if ahead else "ongoing" if goes_on(setting, verb, match) else "occurred"
            mark.alias = "proposed" if asked or (ahead and draft.rule in MEASURES and only_may(setting, verb)) else told
            mark.defaults |= {} if by_call or clause.past else {GOVERNED: mark.alias}
        elif not takes_side(setting, draft, mark, clause, match, by_call=by_call):
            return False
    if ahead and draft.rule in PERSONAL:
        begun = range(match.begin, min(match.begin + OPENING, match.end))
        for mark in draft.drafts("status") if any(setting.clauses.has(at, "VERB_ING") for at in begun) else ():
            mark.alias = "planned" if mark.alias == "ongoing" else mark.alias
    return True


def takes_side(setting: Setting, draft: Draft, mark: Draft, clause: Clause, match: Match, *, by_call: bool) -> bool:
    """Whether a clause tells whom a marked field leaves open, who are then held by it."""
    subject, marks = clause.subject, {mark.alias for mark in draft.drafts("reference")}
    if subject is None:
        if mark.alias == GOVERNED and is_his(setting, match):
            mark.alias = TOPIC if clause.told_before else HIS
        elif mark.alias == ATTENDING:
            mark.fields["of"] = []
        elif ONES in marks:
            mark.fields["of"] = [Draft("person", "owner", draft.begin, draft.begin)]
        elif mark.rule != "parties" or not told_whole(draft, mark):
            return False
        return True
    if mark.alias == ATTENDING and clause.verb is not None and not UNREAL.isdisjoint(reality(setting, clause.verb)):
        # "Will not send anybody to the gathering": who does not is not there.
        mark.fields["of"] = []
        return True
    # "Met X in Riga and Y on Monday said": that does something else.
    acts = any(one and match.begin < one.at < match.end <= verb for verb, one in setting.found.items())
    if mark.alias == MEETS and (acts or not setting.clauses.has(clause.verb or 0, *ALIKE[draft.rule])):
        return False
    his = mark.alias == GOVERNED and (ONES in marks or setting.clauses.has(match.begin, "his", "her"))
    subject = (whose(setting, clause.verb, match) if his else None) or subject
    members = setting.members(setting.items[subject.at])
    mark.fields["of"] = list(members[-1:] if subject.last else members)
    if mark.alias == ATTENDING:
        apart = any(one.alias == HOLDER for one in draft.drafts("parties"))
        other = [] if apart else addressed(setting, clause.verb, match, theirs=THEIRS in marks, by_call=by_call)
        # Who says that something was done at a summit need not have been there.
        told = setting.clauses.has(match.begin - 1, "that") or (apart and is_of_a_thing(setting, clause.verb, match))
        mark.fields["of"] = [] if told else [one for one in members if one.alias != "they"] + other
    mark.alias = "state" if subject.state else mark.alias
    return True


def is_of_a_thing(setting: Setting, verb: int | None, match: Match) -> bool:
    """Whether a clause is of no side, whoever says so: "the ruble would fall after an OPEC meeting"."""
    return verb is not None and subject_of(setting, verb) is None and agent_of(setting, verb, match) is None


def addressed(setting: Setting, verb: int | None, match: Match, *, theirs: bool, by_call: bool) -> list[Draft]:
    """Those who are told something at a meeting, with whom something is done there, or to whom at "their" meeting or in
    a call: its other side."""
    clauses = setting.clauses
    joint = (verb is not None and clauses.has(verb + 1, "with")) or clauses.has((verb or 0) + 2, "with")
    if verb is None or not (theirs or by_call or joint or clauses.has(verb, "TELL_ACTIVE")):
        return []
    follows = theirs and match.begin > verb
    near = range(verb + 1, match.begin if follows else verb + (2 if by_call else 4 if joint else 3))
    if not theirs and not clauses.has(match.begin, "at", "in", "during"):
        return []
    at = next((at for at in near if clauses.has(at, "ACTORS") and is_personal(setting, Subject(at))), None)
    return setting.members(setting.items[at]) if at is not None else []


def goes_on(setting: Setting, verb: int | None, match: Match) -> bool:
    """Whether a match tells in what its subject is now: "is in talks", "have been in talks since"."""
    if verb is None or verb != setting.clauses.back(match.begin - 1) or not setting.clauses.has(match.begin, "in"):
        return False
    group = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    return group is not None and not any("VBD" in form.terminals for form in group[1][0].forms)


def is_his(setting: Setting, match: Match) -> bool:
    """Whether a match is the journey of somebody whom its clause does not name: "the tour took him to Riga", "it came
    on his visit to Riga"."""
    own = ("him", "his", "her")
    return match.tree[0] in PERSONAL and any(setting.clauses.has(at, *own) for at in range(match.begin, match.end))


def is_bound(setting: Setting, verb: int | None, match: Match) -> bool:
    """Whether a match tells what somebody travels for: "left for a summit in Riga"."""
    return verb is not None and setting.clauses.has(match.begin - 1, "for") and setting.clauses.has(verb, *BOUND)


def is_underway(setting: Setting, match: Match) -> bool:
    """Whether a match tells what somebody who is there now, or on the way, is to do: "is in Riga to meet", "is paying a
    visit to Riga to meet", "flying to Riga to meet"."""
    clauses = setting.clauses
    if not any(clauses.has(at, "VERB_TO") for at in range(match.begin + 1, match.end)):
        return False
    if any(clauses.has(at, "VERB_ING", "way") for at in range(match.begin - NEARBY, match.begin)):
        return True
    verb = clauses.governor(match.begin)
    return verb is not None and verb >= match.begin - STAYING and is_now(setting, verb)


def governor(setting: Setting, match: Match) -> tuple[int | None, Subject | None]:
    """The verb in whose clause a match stands, with its subject, or who says so where that is a thing; of a visit the
    nearest that somebody does."""
    verb = setting.clauses.governor(match.begin)
    if verb is not None and setting.clauses.has(verb + 1, "by") and setting.clauses.has(verb - 1, "COMMA"):
        # ", followed by a summit": it is as real as what it follows.
        verb = setting.clauses.governor(verb)
    subject = subject_of(setting, verb)
    if match.tree[0] in PERSONAL:
        while verb is not None and not (subject and is_personal(setting, subject)):
            verb = setting.clauses.governor(verb)
            subject = subject_of(setting, verb)
    elif subject is None and verb is not None:
        teller = setting.clauses.governor(verb)
        says = setting.clauses.has(teller or 0, "SAY_ACTIVE")
        subject = agent_of(setting, verb, match) or (subject_of(setting, teller) if says else None)
    return verb, subject


def follower(setting: Setting, match: Match) -> tuple[int | None, Subject | None]:
    """The first verb after a match that opens its sentence, or is set off after the subject, with its subject."""
    for verb, subject in sorted(setting.found.items()):
        inside = subject is None or match.begin <= subject.at < match.end
        relative = subject is not None and setting.clauses.has(verb - 1, "PERSON_RELATIVE", "which", "that")
        relative = relative or (subject is not None and setting.clauses.has(subject.at - 1, "what"))
        if verb < match.end or inside or relative or subject is None:
            continue
        if match.tree[0] not in PERSONAL or is_personal(setting, subject):
            return verb, subject
    return None, whom_it_opens_with(setting, match)


def whom_it_opens_with(setting: Setting, match: Match) -> Subject | None:
    """The person set off after a match that opens its sentence: "On his visit to Riga, President X braved the cold"."""
    comma = next((at for at in range(match.end, len(setting.items)) if setting.clauses.has(at, "COMMA")), None)
    if match.begin > OPENING or comma is None or not setting.clauses.has(comma + 1, "ACTORS"):
        return None
    return Subject(comma + 1) if is_personal(setting, Subject(comma + 1)) else None


def is_opening(setting: Setting, match: Match) -> bool:
    """Whether a visit named without a verb is about to do something: "his visit to Riga is expected to include"."""
    clauses = setting.clauses
    told = clauses.verb_of(match) is not None
    ahead = not told and clauses.finite(match.end) and lies_ahead(setting, match.end)
    ahead = ahead and not is_added(setting, match.end)
    return ahead and not is_attempt(setting, match.end)


def is_awaited(setting: Setting, match: Match) -> bool:
    """Whether a bare present lies ahead: in a clause of time that "before" or "when" opens, or that stands with a verb
    that does ("will attend it after he visits ...").
    """
    subject = setting.subject_of(match)
    if subject is None or not setting.clauses.has(subject.at - 1, "SUB", "after", "before", "when"):
        return False
    if setting.clauses.has(subject.at - 1, "before", "when"):
        return True
    return lies_ahead(setting, setting.clauses.governor(subject.at))


def gone_to(setting: Setting, match: Match) -> Draft | None:
    """The place where somebody went "and" did what a match tells."""
    clauses = setting.clauses
    joined = clauses.has(match.begin, "and") or clauses.has(match.begin - 1, "and")
    verb = clauses.governor(match.begin) if joined else None
    if verb is None or not clauses.has(verb, *MOTION):
        return None
    places = (at for at in range(match.begin - 1, verb, -1) if clauses.has(at, "PLACE"))
    at = next((at for at in places if not clauses.has(at - 1, "from")), None)
    return setting.interpreter.phrase("PLACE", setting.items[at]) if at is not None else None
