"""Drafts become events: each slot gets its value, and reports of one happening become one event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any

from engine import facts
from engine.facts import EVENTS, Event, EventStatus, Evidence, MeetingLevel, Person
from engine.interpret import KNOWN, Draft
from engine.marks import ATTENDING, AVERSE, BOUND, REFUSED, THEIRS
from engine.resolve.actors import Actor, name_of, state_of, unique
from engine.resolve.acts import ACTS, acted, without_article
from engine.resolve.discourse import Discourse
from engine.resolve.gatherings import GOING_ON, ROUND, goes_on
from engine.resolve.groups import brought_together, keep
from engine.resolve.homely import is_foreign, of_home_affairs
from engine.resolve.journeys import told_place
from engine.resolve.later import name_fully
from engine.resolve.likewise import as_well
from engine.resolve.measures import abroad, at_home, called_off, each_test, own_money, settle, voting
from engine.resolve.meetings import (
    FUTURE,
    are_rivals,
    by_others,
    is_bare,
    is_subject,
    one_each,
    one_to_one,
    shared_level,
    to_a_house,
    topics_of,
)
from engine.resolve.passing import once_ahead
from engine.resolve.people import title_case
from engine.resolve.reality import SAID, date_event, date_speech, on_its_side, real_status, reality_of, statuses_told
from engine.resolve.report import Report
from engine.resolve.retold import RETOLD
from engine.resolve.sameness import KINDS, SLOTS, earlier, merge
from engine.resolve.sanctions import UNREAD, kept
from engine.resolve.service import spelled_out
from engine.resolve.sides import held_by_people, in_session, leaves_out, names_nobody, pairs, sides_of
from engine.resolve.standing import stands
from engine.resolve.stays import ENDING, STAY, lengths_of, prolonged, until_of, whole_stay
from engine.resolve.titles import holders_of, post_told, title_of
from engine.resolve.values import number_told
from engine.resolve.voices import voices

BY_RULE = {event.TYPE.name.lower(): event for event in EVENTS}
FAR_BACK = 50
"""Reports back to which another can go: keeps the cost of the longest article in bounds."""
JOINING = "joining"
"""The mark of taking part in a gathering whose other sides are not told."""
NOBODY: dict[str, Any] = {"participants": [], "level": None}
"""What a meeting holds of which nobody is told."""


class Reports:
    """Builds the events of one article, sentence after sentence."""

    def __init__(self, discourse: Discourse, words: Callable[[int, int], str]) -> None:
        self.discourse = discourse
        self.words = words
        self.found: list[Report] = []
        self.unmade: list[tuple[Evidence, Event | None]] = []
        """What gave no event: one of which too little is told, None where it tells that it did not happen."""
        self.renamed = 0

    @property
    def recent(self) -> list[Report]:
        """The reports to which another can go back."""
        return self.found[-FAR_BACK:]

    def add(self, draft: Draft, evidence: Evidence) -> None:
        """Make the event of a draft, or the several that a plural tells, and join each to what it repeats."""
        status = self.status(draft)
        if status is None and kept(draft):
            status = EventStatus.ONGOING
        kind = BY_RULE[draft.rule]
        status = SAID.get(status, status) if kind is facts.Statement and status else status
        if status is None:
            self.discourse.actors(draft.drafts("parties") + draft.drafts("speaker"))
            self.unmade.append((evidence, None))
            return
        made = self.reports(draft, kind, status, evidence)
        self.unmade += [] if made else [(evidence, kind(status=status))]
        for report in made:
            settle(report.event)
            if not report.holders:
                keep(self.discourse, report.event, brought_together(report.event, report.actors))
            same = self.same(report)
            settled = report.event.when and report.event.place
            if (
                report.attending
                and not settled
                and (same is None or (is_bare(report.event) and by_others(same.event, report.event)))
            ):
                bare = replace(report, event=replace(report.event, parties=[], when=None, **NOBODY))
                same = self.same(bare)
                report = bare if same is not None else report
            if same is not None:
                merge(same, report)
                same.definite = same.definite and report.definite
                same.sentence = report.sentence
            elif stands(report) and not of_home_affairs(report, self.discourse):
                self.found.append(report)
            else:
                self.unmade.append((evidence, report.event))

    def status(self, draft: Draft) -> EventStatus | None:
        """How real the event is: the weakest status told; None where it is denied."""
        told = statuses_told(draft)
        if "shared" in told:
            here = [r for r in self.found if r.sentence == self.discourse.sentence]
            before = [r.event.status for r in here if not isinstance(r.event, facts.Statement)][-1:]
            told.append(before[0].name.lower() if before else "negated")
        marks = {mark.alias for mark in draft.drafts("reference")}
        if REFUSED in told or AVERSE in told:
            # "Will not meet" is a refusal, as of nothing else.
            return EventStatus.CANCELLED if draft.rule == "meeting" and JOINING not in marks else None
        return real_status(draft, told, marks, self.discourse.chronology.told)

    def reports(self, draft: Draft, kind: type[Event], status: EventStatus, evidence: Evidence) -> list[Report]:
        """The events of a draft: one, or one for each of the other sides where the draft is marked `separately`."""
        event = kind(status=status, evidence=[evidence])
        if isinstance(event, facts.Statement) and not (draft.defaults.get("act") or "act" in draft.fields):
            event.act = facts.StatementAct.SAY
        told = reality_of(draft, status, self.discourse.chronology.resolved)
        # What is pledged on a day is given on another one.
        by_verb = not (told.present or told.governed or kind is facts.Aid) and (told.finite or kind is not facts.Visit)
        report = Report(event, evidence.sentence, [], sport=self.discourse.sport, by_verb=by_verb)
        ahead = told.governed and status is not EventStatus.OCCURRED
        by_noun = kind is facts.Meeting and not (told.finite or told.present or ahead)
        report.bare = not told.sure and (by_noun or (isinstance(event, facts.Visit) and not by_verb))
        report.governed, report.once_ahead = told.governed, once_ahead(draft, self.words, self.discourse.lexicon)
        report.finite, report.present, report.led = told.finite, told.present, told.led
        report.ending = any(mark.alias == ENDING for mark in draft.drafts("reference"))
        sides = self.fill(report, draft)
        sides = [] if self.goes_by_place(event, draft) else sides
        report.until = until_of(draft, self.when)
        report.further = any(stop.alias == STAY for stop in draft.drafts("target"))
        if isinstance(event, facts.Visit):
            report.lengths += lengths_of(draft, self.discourse.lexicon, self.words)
        if isinstance(event, facts.Meeting):
            report.summit = event.level is MeetingLevel.HEADS
            report.lengths = lengths_of(draft, self.discourse.lexicon, self.words)
            event.when = whole_stay(event.when, report.lengths, report.ending)
        if own_money(event, draft, sides, self.discourse) or held_by_people(event, draft, sides, self.discourse):
            return []
        anchor = self.discourse.chronology.anchor
        if isinstance(event, facts.Statement):
            date_speech(event, anchor)
        else:
            date_event(event, status, told, anchor)
            event.when = prolonged(event.when, report.until)
        if called_off(event, report.ending):
            event.status = EventStatus.CANCELLED
        marks = {value.alias for value in draft.drafts("reference")}
        report.theirs = THEIRS in marks
        report.definite, report.joining = bool({"definite", KNOWN} & marks), JOINING in marks
        report.retold, report.finite = RETOLD in marks, report.finite and BOUND not in marks
        report.attending = report.definite and any(side.alias == ATTENDING for side in draft.drafts("parties"))
        report.thronged = leaves_out(draft) or are_rivals(sides, self.discourse.lexicon)
        report.title = title_of(draft, self.discourse.lexicon, self.words)
        report.holders = holders_of(draft, self.discourse, self.words)
        report.unnamed = not sides and names_nobody(draft, event)
        report.unread = any(one.alias == UNREAD for one in draft.drafts("target"))
        return self.parted(report, draft, sides, marks)

    def goes_by_place(self, event: Event, draft: Draft) -> bool:
        """Whether talks tell no side and are those told before by where they were: "the Rome talks"."""
        if not isinstance(event, facts.Meeting) or draft.drafts("parties") or event.place is None:
            return False
        return any(isinstance(one.event, facts.Meeting) and one.event.place == event.place for one in self.recent)

    def parted(self, report: Report, draft: Draft, sides: list[Actor], marks: set[str | None]) -> list[Report]:
        """A report as one, none, or several where its draft tells several; `marks` are those of its references."""
        event = report.event
        if report.retold:
            event.parties, report.actors = [], []
            return [report]
        if "sidelines" in marks and isinstance(event, facts.Meeting):
            event.sidelines_of = self.latest_meeting(event.status in FUTURE)
        if "of_kind" in marks:
            return self.of_kind(report)
        told = draft.drafts("parties")
        if not told and not GOING_ON.isdisjoint(marks) and isinstance(event, facts.Meeting):
            met = [other for other in self.recent if isinstance(other.event, facts.Meeting)]
            return goes_on(report, met, strict=ROUND in marks)
        each = one_to_one(event, told, sides) or one_each(draft, sides, self.discourse)
        if each or ("separately" in marks and len(sides) > 2):
            return self.apart(report, pairs(draft, sides, self.discourse), told)
        self.seat(event, sides, told)
        report.foreign = is_foreign(event, self.discourse)
        report.stateless = [one for one in sides if isinstance(one, Person) and state_of(one) is None]
        if at_home(event, draft, self.discourse) or to_a_house(draft, self.discourse.lexicon):
            return []
        if isinstance(event, facts.Resolution):
            voting(event, draft, self.discourse)
        before = [other.event for other in self.recent]
        if (others := as_well(event, draft, before, self.words(draft.end, draft.end + 1))) is not None:
            return [replace(report, event=one) for one in others]
        if isinstance(event, ACTS):
            found = acted(event, draft, report.place, self.discourse, before)
            return [replace(report, event=one) for one in found]
        if isinstance(event, facts.WeaponTest):
            abroad(event, draft, self.discourse, before)
            return [replace(report, event=one) for one in each_test(event, draft, self.when, before)]
        return self.each_named(report, [n for n in draft.fields.get("name", ()) if isinstance(n, str)])

    def of_kind(self, report: Report) -> list[Report]:
        """An earlier one of the same kind as the meeting just told: of the same sides and level."""
        index = self.latest_meeting()
        if index is None or self.found[index].sentence != report.sentence:
            return []
        latest = self.found[index].event
        report.event.status = EventStatus.OCCURRED
        report.event.parties = list(latest.parties)
        report.event.level = latest.level  # type: ignore[attr-defined]
        report.definite = False
        return [report]

    def each_named(self, report: Report, names: list[str]) -> list[Report]:
        """One event for each gathering that one phrase names."""
        if len(names) < 2 or not isinstance(report.event, facts.Meeting):
            return [report]
        found = []
        for name in names:
            event = replace(
                report.event, name=name, topics=list(report.event.topics), parties=list(report.event.parties)
            )
            found.append(Report(event, report.sentence, report.actors, False, report.place))
        return found

    def apart(self, report: Report, met: list[list[Actor]], told: list[Draft]) -> list[Report]:
        """One event for each two that met."""
        found = []
        for two in met:
            event = type(report.event)(
                **{name: copied(getattr(report.event, name)) for name in SLOTS[type(report.event)]}
            )
            self.seat(event, two, told)
            found.append(Report(event, report.sentence, two, False, report.place))
        return found

    def latest_meeting(self, ahead: bool | None = None) -> int | None:
        """The index of the meeting told last; of those that lie ahead or behind, where `ahead` says which."""
        met = [
            index
            for index, report in enumerate(self.recent, max(0, len(self.found) - FAR_BACK))
            if isinstance(report.event, facts.Meeting) and ahead in (None, report.event.status in FUTURE)
        ]
        return max(met, key=lambda index: (self.found[index].sentence, index), default=None)

    def fill(self, report: Report, draft: Draft) -> list[Actor]:
        """Fill the slots of an event from its draft; gives the sides, which `seat` puts in their slots."""
        event = report.event
        kinds, slots = KINDS[type(event)], SLOTS[type(event)]
        # Whose talks somebody welcomes is no side of what he says.
        sides = [] if isinstance(event, facts.Statement) else sides_of(draft, self.discourse)
        speakers = self.discourse.actors(draft.drafts("speaker"))
        speakers = speakers or voices(self.discourse, draft.fields.get("speaker", []))
        for name, values in draft.fields.items():
            if name not in slots or name in ("status", "evidence", "parties", "speaker", "sidelines_of"):
                continue
            self.fill_slot(report, name, values, kinds.get(name))
        for name, text in draft.defaults.items():
            if name in slots and name not in ("status", "place") and getattr(event, name) in (None, []):
                kind = kinds.get(name)
                if kind is not None and text in kind.__members__:
                    setattr(event, name, kind[text])
                elif kind is None and name == "name" and text not in sides:
                    setattr(event, name, text)
        several = any(one.alias == "they" for one in draft.drafts("speaker"))
        if isinstance(event, facts.Statement) and not (speakers or several or self.discourse.scene.persons):
            self.discourse.scene.unnamed = self.discourse.scene.unnamed or []
        if speakers:
            event.speaker = [name_of(actor) for actor in speakers]  # type: ignore[attr-defined]
            if event.target == event.speaker:  # type: ignore[attr-defined]
                # "Chilean officials spoke, warning they will leave": they warn others.
                event.target = []  # type: ignore[attr-defined]
            self.discourse.subject = self.discourse.speakers = speakers
        elif sides and in_session(draft, self.discourse) not in sides:
            self.discourse.subject = sides[:1]
        if speakers or sides:
            self.discourse.subject_in = self.discourse.sentence
        report.actors = sides or speakers
        return sides

    def fill_slot(self, report: Report, name: str, values: list[Any], kind: type[Enum] | None) -> None:
        """One slot from the values of its field."""
        event = report.event
        drafts = [value for value in values if isinstance(value, Draft)]
        texts = [value for value in values if isinstance(value, str)]
        value: Any
        if kind is not None:
            told = [(value if isinstance(value, str) else value.alias or "").upper() for value in values]
            value = next((kind[text] for text in told if text in kind.__members__), None)
        elif name == "when":
            value = self.when(drafts, self.told_when(report), report.finite, report.present)
            times = (self.discourse.chronology.resolved.get(draft.begin) for draft in drafts)
            report.lengths = [timex for timex in times if timex is not None]
            value = whole_stay(value, report.lengths, report.ending) if isinstance(event, facts.Visit) else value
        elif name == "place":
            report.place = told_place(drafts, self.discourse)
            value = report.place.name if report.place else None
        elif name == "ordinal":
            value = next(filter(None, (number_told(text, self.discourse.lexicon) for text in texts)), None)
        elif name == "target" and isinstance(event, facts.Visit):
            value = None
        elif name in ("participants", "person", "target"):
            value = self.people_or_states(name, drafts, event)
        elif name == "topics":
            whole = (one for one in drafts if is_subject(one, self.words(one.end, one.end + 1)))
            value = topics_of(texts + [self.words(one.begin, one.end) for one in whole])
        elif name == "name":
            # What could be a person or a body is a name too: "an exercise named Bright Star", "signed the CPA".
            names = texts or [one.text("name") or self.words(one.begin, one.end) for one in drafts]
            value = without_article(names[0]) if names else None
        elif name == "post":
            posts = texts or [post for draft in drafts if (post := post_told(draft, self.words))]
            value = title_case(spelled_out(self.discourse.lexicon, posts[0]) or "") if posts else None
        elif name == "quoted":
            value = bool(values)
        else:
            value = texts[0] if texts else None
        if value is not None and getattr(event, name) in (None, [], False):
            setattr(event, name, value)

    def people_or_states(self, name: str, drafts: list[Draft], event: Event) -> Any:
        """The value of a slot that holds people or states by name."""
        actors = self.discourse.actors(drafts) or [
            place.country
            for place in map(self.discourse.place, (one for one in drafts if one.rule == "place"))
            if place and place.country
        ]
        if name == "person":
            return next((actor.name for actor in actors if isinstance(actor, Person)), None)
        if name == "target":
            # "The two leaders" are people of whom somebody speaks, "the two countries" are states.
            persons = isinstance(event, (facts.Statement, facts.Sanction)) and not any(
                d.alias == "sides" for d in drafts
            )
            names = unique([a if persons else state_of(a) for a in actors])
            return [name_of(actor) for actor in names]
        return [actor.name for actor in actors if isinstance(actor, Person)]

    def told_when(self, report: Report) -> EventStatus | None:
        """The status that turns a time of an event to the past or the future; None where it stays as it is read."""
        if report.present:
            return EventStatus.PLANNED
        status = report.event.status
        if isinstance(report.event, facts.Aid):
            # What was pledged on a day is still to be given: the day is that of the pledge.
            return None
        return status if (report.by_verb or status in FUTURE) and not report.led else None

    def when(
        self, drafts: list[Draft], status: EventStatus | None = None, sure: bool = True, near: bool = False
    ) -> str | None:
        """The date of the last time that has one; what has happened lies behind, what is planned ahead, however far
        where that is `sure`, but within half a year where it must be `near`: a bare present may also tell a picture.

        A time before is that of what leads up to the event: "arrived on Tuesday and met Nathan on Wednesday".
        """
        anchor = self.discourse.chronology.anchor
        for draft in reversed(drafts):
            told = self.discourse.chronology.resolved.get(draft.begin)
            when = told.when if told else None
            if when is not None and anchor is not None:
                when = on_its_side(draft, when, anchor, status, sure, near)
            if when is not None:
                return when.iso
        return None

    def seat(self, event: Event, sides: list[Actor], told: list[Draft]) -> None:
        """Put sides in their slots: people as participants, and all sides' states and bodies as parties."""
        if not sides and not told:
            return
        if "participants" in SLOTS[type(event)] and not event.participants:  # type: ignore[attr-defined]
            event.participants = [a.name for a in sides if isinstance(a, Person)]  # type: ignore[attr-defined]
        event.parties = [str(party) for party in unique([state_of(actor) for actor in sides])]
        if isinstance(event, facts.Meeting) and event.level is None:
            event.level = shared_level(sides, told)

    def same(self, report: Report) -> Report | None:
        """An earlier report of the same happening."""
        if self.renamed < len(self.discourse.people.renamed):
            self.renamed = len(self.discourse.people.renamed)
            for other in self.recent:
                name_fully(other.event, self.discourse)
        return earlier(report, self.recent, self.discourse.chronology.anchor)


def copied(value: Any) -> Any:
    """A list of its own where the value is a list."""
    return list(value) if isinstance(value, list) else value
