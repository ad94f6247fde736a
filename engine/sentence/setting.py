"""The setting of a sentence: who its subjects are and where it is laid, before its events are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.cascade import Match
from engine.facts import Person
from engine.interpret import KNOWN, Draft, Interpreter
from engine.landmarks import BEFORE_THINGS, OF_ANOTHER
from engine.layers import Item
from engine.resolve.actors import is_country, state_of
from engine.resolve.discourse import Discourse
from engine.resolve.groups import put_together
from engine.resolve.posts import told_later, told_with
from engine.resolve.scene import NAMED, Scene
from engine.resolve.service import STATE_ORGAN
from engine.sentence.asserted import asserts, is_what_was_said
from engine.sentence.circumstances import Circumstances
from engine.sentence.clauses import UNDESCRIBED, Clauses, Subject
from engine.sentence.narrowed import besides, subjects_of
from engine.sentence.speech import in_order, leads, opens_apart, stand, tells_quotation, vows

UNSAID = frozenset({"proposed", "cancelled", "postponed", "negated", "refused"})
"""Statuses of a verb group by which nothing was said."""
OFFERED = frozenset({"proposed", "postponed", "cancelled"})
"""Statuses of a meeting that somebody offers or puts off on a day which is not the day of the meeting."""
SUBJECT = "subject"
"""The mark of a field whose actors are the subject of the verb, wherever it stands."""
TWO_SIDED = frozenset({"agreement", "sanction", "exercise"})
"""Facts of which one side is enough ("world powers reached a deal with Iran")."""
SIDES = ("parties", "target")
ELIDED = "elided"
"""The mark of one whose actors are those of the clause before where the verb's subject is not found."""
OWNERS = frozenset({"its", "that_country"})
"""The marks of a field whose actor is a state named before: "its nuclear test", "aid to the country"."""
NOUNS = ("'s", "’s", "NOUN", "NOUNS", "PLAIN")
"""What follows an actor that only is an attribute."""
LASTING = "duration"
"""The kind of a time that only says how long ("three days after ...")."""
APART_FROM = ("since", "until", "before", "after")
"""Words before a time or place at the head of a sentence in which nothing of it is laid."""
NEAR = 4
"""Items within which a country and a post after "of" belong together ("the Georgian leadership of President ...")."""


@dataclass(slots=True)
class Setting:
    """One sentence's people, subjects and scene; `opening` is its first token, `quoted` where it stands in quotation
    marks as a whole."""

    interpreter: Interpreter
    discourse: Discourse
    clauses: Clauses
    opening: int
    quoted: bool = False
    subjects: dict[int, str] = field(default_factory=dict)
    frame: dict[str, list[Draft]] = field(default_factory=dict)
    main: int | None = None
    found: dict[int, Subject | None] = field(default_factory=dict)

    @property
    def items(self) -> list[Item]:
        """The sentence's items."""
        return self.clauses.items

    @property
    def circumstances(self) -> Circumstances:
        """The times and places that the sentence's clauses tell."""
        return Circumstances(self.clauses, self.discourse.chronology.told)

    def introduce(self, sentence: int) -> list[tuple[int, int, list[Person]]]:
        """Meet everybody whom the sentence names, in order; gives the words that name people."""
        self.found = subjects_of(self.clauses)
        known = [s.at for at, s in self.found.items() if s and s.at < at]
        known = [at for at in known if not self.clauses.has(at, "PERSON_RELATIVE")]
        apart = (at for at in known if not self.clauses.has(at - 1, *OF_ANOTHER, "where"))
        self.main = next(apart, known[0] if known else None)
        self.subjects = {one.at: "main" if one.at == self.main else "subject" for one in self.found.values() if one}
        for at in self.clauses.actors:
            if tells_quotation(self.clauses, at):
                self.subjects, self.main = dict.fromkeys(self.subjects, "subject") | {at: "main"}, at
        self.spot()
        self.lay()
        self.discourse.opens(sentence, Scene(frame=self.frame_country(), voice=self.voice(), within=self.quoted))
        named, told = [], -NEAR
        for at in in_order(self.clauses):
            scene = self.discourse.scene
            stand(scene, self.clauses, self.found, at)
            scene.near = scene.latest if self.clauses.has(at - 1, "of") and at - told < NEAR else None
            named += self.meet(at, self.subjects.get(at, "object"))
            told = at
        return named

    def spot(self) -> None:
        """Keep the places where something is, somebody goes or a government speaks, which "there" goes back to."""
        for at in self.clauses.where("PLACE"):
            speaks = self.clauses.has(at, "PLACE_CITY") and self.clauses.has(at + 1, "SAY_ACTIVE")
            if speaks or self.circumstances.is_goal(at):
                draft = self.interpreter.phrase("PLACE", self.items[at])
                if draft and draft.alias not in ("here", "there") and (place := self.discourse.place(draft)):
                    self.discourse.spots.append((self.items[at].begin, place))

    def meet(self, at: int, role: str) -> list[tuple[int, int, list[Person]]]:
        """The actors of the item `at`, who stand in the sentence as `role`."""
        scene, named, together = self.discourse.scene, [], []
        scene.across, members = self.across(at, role), self.members(self.items[at])
        scene.turn(role, articled=self.clauses.has(at - 1, *BEFORE_THINGS), joined=len(members) > 1)
        scene.company = any(draft.alias in NAMED for draft in members)
        for index, draft in enumerate(members):
            scene.others = told_later(members[index:])
            if draft.alias == "relative":
                self.relate(draft)
            actors = self.discourse.meant(draft)
            together += actors
            people = [actor for actor in actors if isinstance(actor, Person)]
            last = people[-1] if people else None
            if last and last.country in scene.across:
                # Whoever stands in one list with somebody of the subject's own state is met at home.
                scene.across = frozenset()
            scene.beside, scene.fellow = last or scene.beside, (role != "object" and last) or scene.fellow
            scene.listed = last.country if last and told_with(draft) else None
            if draft.rule == "person" and draft.fields.get("name"):
                named.append((draft.begin, draft.end, people))
                scene.spoken_of += people if scene.inside else []
        if together:
            self.discourse.note(together, role, left=self.circumstances.is_left(at))
            scene.several = together if role != "object" and self.clauses.plural(at) else scene.several
            if role == "main" and len(members) == 1 and not self.clauses.plural(at):
                scene.stand_for(members[0].alias, together)
        if len(together) > 1:
            self.discourse.groups.append(together)
        alone = at in self.clauses.met or len(together) == 1
        if together and alone and role == "object" and self.main is not None and self.clauses.does_to(self.main, at):
            doers = [actor for one in self.members(self.items[self.main]) for actor in self.discourse.meant(one)]
            put_together(self.discourse, doers, together, met=at in self.clauses.met)
        return named

    def across(self, at: int, role: str) -> frozenset[str]:
        """The countries of the side that an item's actors meet: the subject's, or those told of whom it meets."""
        if at in self.clauses.met:
            return frozenset(self.principals())
        if role != "main":
            return frozenset()
        return frozenset(country for one in self.clauses.met for country in self.told(self.items[one]))

    def principals(self) -> list[str]:
        """The countries of the main subject: told, known by name or pronoun, or told in the aside after its name."""
        if self.main is None:
            return []
        item = self.items[self.main]
        pronouns = [draft.alias for draft in self.members(item) if draft.alias in ("pronoun", "she")]
        if pronouns:
            states = map(state_of, self.discourse.he(pronouns[0] or ""))
            return [state for state in states if state and is_country(state)]
        named = any(draft.fields.get("name") for draft in self.members(item))
        aside = self.discourse.scene.latest if named and self.clauses.has(self.main + 1, "COMMA") else None
        return self.told(item) or [aside or ""]

    def told(self, item: Item) -> list[str]:
        """The countries that the people of an item are told with, or known to be of."""
        found: list[str] = []
        for draft in self.members(item):
            found += [value for value in draft.fields.get("country", ()) if isinstance(value, str)]
            for name in draft.fields.get("name", ()):
                person = self.discourse.people.known(name) if isinstance(name, str) else None
                found += [person.country] if person and person.country else []
        return found

    def relate(self, draft: Draft) -> None:
        """Settle whom "who" means."""
        at = next(at for at, item in enumerate(self.items) if item.begin <= draft.begin < item.end)
        if found := self.clauses.antecedent(at):
            actors = [actor for one in self.members(self.items[found.at]) for actor in self.discourse.meant(one)]
            self.discourse.settled[draft.rule, draft.alias, draft.begin, draft.end] = actors[-1:]

    def members(self, item: Item) -> list[Draft]:
        """The records of the actors of an item."""
        draft = self.interpreter.phrase("ACTORS", item)
        return draft.drafts("member") if draft else []

    def lay(self) -> None:
        """Take the time and place that stand before the subject."""
        last = 0 if self.circumstances.speech_opens(self.main or 0) else min([3, *self.clauses.finites])
        for at, item in enumerate(self.items[:last]):
            if self.clauses.has(at, "FRAME") and (draft := self.interpreter.phrase("FRAME", item)):
                self.frame = {name: draft.drafts(name) for name in ("place", "when") if draft.drafts(name)}
                return
            apart = self.clauses.has(at - 1, *APART_FROM, "RESOLUTION_NOUN")
            if (
                self.clauses.has(at, "TIME", "PLACE_THERE")
                and self.clauses.has(at + 1, "COMMA", "ACTORS")
                and not (apart or self.clauses.has(at - 1, "from"))
            ):
                name = "when" if self.clauses.has(at, "TIME") else "place"
                if draft := self.interpreter.phrase("TIME" if name == "when" else "PLACE", item):
                    self.frame[name] = [draft]
                break
        time, place = self.circumstances.opening(self.main or 0)
        if time := time or self.time_of_gathering():
            self.frame.setdefault("when", [time])
        if place is not None and (draft := self.interpreter.phrase("PLACE", self.items[place])):
            self.frame.setdefault("place", [draft])

    def time_of_gathering(self) -> Draft | None:
        """The time of the gathering with which a sentence opens: "At Tuesday's talks, they signed ..."."""
        at = next((at for at in range(1, 3) if self.clauses.has(at - 1, "at", "during")), 0)
        talks = self.interpreter.phrase("GATHERING", self.items[at]) if 0 < at < (self.main or 0) else None
        if at and talks is None and self.clauses.has(at, "TIME") and self.clauses.has(at + 1, "'s", "’s"):
            return self.interpreter.phrase("TIME", self.items[at])
        return next(iter(talks.drafts("when")), None) if talks else None

    def frame_country(self) -> str | None:
        """The country where the sentence is laid."""
        places = [self.discourse.place(draft) for draft in self.frame.get("place", ())]
        return places[0].country if places and places[0] else None

    def voice(self) -> str | None:
        """The state whose organ is quoted in the sentence."""
        for item in self.items[1:]:
            for draft in self.members(item) if item.reads else ():
                organ = draft.defaults.get("kind") == STATE_ORGAN or draft.fields.get("post")
                if draft.rule == "party" and organ and "country" in draft.defaults:
                    return draft.defaults["country"]
        return None

    def seats(self, draft: Draft, match: Match) -> bool:
        """Put the subject where a field is marked as one; False where it must be known and is not."""
        marks = [mark for name in draft.fields for mark in draft.drafts(name) if mark.alias == SUBJECT]
        subject = self.subject_of(match)
        if draft.rule == "statement" and not marks and self.opens_with_actors(match):
            marks = [Draft("speaker", SUBJECT, draft.begin, draft.begin)]
            draft.fields["speaker"] = [*marks]
        elided = [v for values in draft.fields.values() for v in values if isinstance(v, Draft) and v.alias == ELIDED]
        for mark in (*marks, *(elided if subject else ())):
            members = self.members(self.items[subject.at]) if subject else []
            mark.fields["of"] = list(members[-1:] if subject and subject.last else members)
            mark.alias = "state" if subject and subject.state else mark.alias
        for mark in [mark for name in draft.fields for mark in draft.drafts(name) if mark.alias in OWNERS]:
            mark.fields["of"] = list(self.owner(mark.begin, subject, other=mark.alias == "that_country"))
        self.cut(draft, match)
        self.cede(draft, match)
        laid = leads(self.clauses, subject, self.main, match.begin)
        for name, drafts in self.frame.items() if draft.rule == "statement" and laid else ():
            draft.fields.setdefault(name, list(drafts))
        told = marks or self.clauses.has(match.begin, "ACTORS", "VERB_ACTIVE")
        if draft.rule == "statement" and (
            is_what_was_said(self.clauses, match)
            or (told and not (self.uttered(draft, subject, match) and asserts(self.clauses, match, subject)))
        ):
            return False
        if not marks or subject is not None:
            return True
        sided = draft.rule in TWO_SIDED and any(one not in marks for name in SIDES for one in draft.drafts(name))
        return ("content" in draft.fields or sided) and self.described(match)

    def cut(self, draft: Draft, match: Match) -> None:
        """Drop a time that begins a match and is of the verb before ("said Saturday he will"), a time or place that
        owns what follows ("Thursday's move"), and how long after another it was."""
        has = self.clauses.has
        said = has(match.begin, "TIME") and has(match.begin - 1, "SAY_ACTIVE") and not has(match.begin + 1, "'s", "’s")
        owns, after = has(match.end, "'s"), has(match.end, "after", "before")
        for name in ("when", "place") if said or owns or after else ():
            told = [one for one in draft.drafts(name) if not (said and name == "when" and one.begin == draft.begin)]
            told = [one for one in told if one.end != draft.end or not (owns or (after and one.alias == LASTING))]
            draft.fields.pop(name, None)
            draft.fields.update({name: [*told]} if told else {})

    def cede(self, draft: Draft, match: Match) -> None:
        """Drop the last actor of a match that is the subject of what follows, or in a list owns it ("and Mali's")."""
        last, done = match.end - 1, "head" in draft.fields or any(map(self.clauses.finite, range(match.begin)))
        owns = self.clauses.has(match.end, "'s", "’s") and len(self.members(self.items[last])) > 1
        if owns or (done and any(one and one.last and one.at == last for one in self.found.values())):
            lost = self.members(self.items[last])[-1]
            for name, values in draft.fields.items():
                draft.fields[name] = [v for v in values if not (isinstance(v, Draft) and v.begin == lost.begin)]

    def situate(self, draft: Draft, match: Match) -> None:
        """Give an event the time and place of its clause, or of the sentence, where its wording has none."""
        if any(mark.alias == KNOWN for mark in draft.drafts("reference")) or vows(self.clauses, draft, match):
            return
        subject = self.subject_of(match)
        begin = min(match.begin, subject.at) if subject else match.begin
        if "when" not in draft.fields:
            time = self.circumstances.time_of(begin, match.end, match) or self.time_besides(match, subject)
            if time is not None:
                draft.fields["when"] = [time]
        if "place" not in draft.fields and draft.rule != "resolution":
            at = self.circumstances.place_of(begin, match)
            if at is not None and (place := self.interpreter.phrase("PLACE", self.items[at])):
                draft.fields["place"] = [place]
        if subject is not None and subject.at == self.main:
            offered = draft.rule == "meeting" and OFFERED & {mark.alias for mark in draft.drafts("status")}
            other = offered or self.clauses.has(subject.at - 1, *OF_ANOTHER)
            for name, drafts in self.frame.items():
                if not (other and name == "when"):
                    draft.fields.setdefault(name, list(drafts))

    def time_of_clause(self, verb: int, stop: int) -> Draft | None:
        """The time that the clause of a verb tells before the item `stop`, or that opens its sentence."""
        subject = self.found.get(verb)
        opening = self.frame.get("when", ()) if subject is not None and subject.at == self.main else ()
        return self.circumstances.time_around(verb, stop) or next(iter(opening), None)

    def time_besides(self, match: Match, subject: Subject | None) -> Draft | None:
        """The time right before a subject, or of its verb before a participle ("acted on Monday, recalling")."""
        if subject is None:
            return None
        if (time := self.circumstances.time_before_subject(subject.at)) is not None:
            return time
        if self.clauses.verb_of(match) is not None:
            return None
        verbs = [at for at, found in self.found.items() if found and found.at == subject.at and at < match.begin]
        times = (self.circumstances.time_of(subject.at, verb + 1) for verb in sorted(verbs, reverse=True))
        return next(filter(None, times), None)

    def owner(self, begin: int, subject: Subject | None, *, other: bool = False) -> list[Draft]:
        """The actor of one state named last before the token `begin`, no subject but of what it says: whose "its" is.

        Who owns what it is joined to ("Oslo's test and its"); an attribute, a source and who speaks of another last.
        """
        owners: dict[int, list[Draft]] = {}
        main = [] if self.main is None else self.members(self.items[self.main])
        own = self.principals() if other and any(one.rule == "person" for one in main) else []
        before = [at for at, item in enumerate(self.items) if item.end <= begin and self.clauses.has(at, "ACTORS")]
        here = next((at for at, item in enumerate(self.items) if item.begin >= begin), 0)
        names = [self.clauses.has(at, "including") for at in range(here)]
        added = self.clauses.has(here - 1, "and", "including") or (self.clauses.has(here - 1, "COMMA") and any(names))
        joint = [at for at in before if added and self.clauses.has(at + 1, "'s", "’s")][-1:]
        apart = [self.clauses.has(at - 1, "in") or any(map(self.clauses.finite, range(at, here))) for at in joint]
        for at in joint if apart == [False] else reversed(before):
            besides = subject and at == subject.at and not self.clauses.has(at + 1, "SAY_ACTIVE")
            members = self.members(self.items[at])
            if besides or (self.clauses.has(at, "it") and at not in self.subjects):
                continue
            if not other and (self.clauses.has(at - 1, "in", "near") or any(one.rule == "person" for one in members)):
                continue
            states = [state for member in members for state in map(state_of, self.discourse.meant(member))]
            if len(states) == 1 and states[0] is not None and is_country(states[0]) and states[0] not in own:
                owned = self.clauses.has(at + 1, "DASH", *NOUNS) or self.clauses.has(at - 1, "by", "from")
                owners.setdefault(2 if other and self.clauses.has(at + 1, "SAY_ACTIVE") else int(owned), members)
        return owners[min(owners)] if owners else []

    def uttered(self, draft: Draft, subject: Subject | None, match: Match) -> bool:
        """Whether it is or will be said; what only may be said is nothing, and what would be only as the main point."""
        statuses = draft.fields.get("status", ())
        told = {(value if isinstance(value, str) else value.alias or "").lower() for value in statuses}
        if told & UNSAID or self.only_may_be(match):
            return False
        expected = self.main is not None and self.clauses.has(self.main, "it")
        return "planned" not in told or (subject is not None and (subject.at == self.main or expected))

    def only_may_be(self, match: Match) -> bool:
        """Whether a match's verb is governed by one that only may be so ("might agree to refrain")."""
        verb = self.clauses.verb_of(match)
        draft = self.interpreter.phrase("VERB_ACTIVE", self.items[verb]) if verb is not None else None
        return draft is not None and any(mark.alias in UNSAID for mark in draft.drafts("status"))

    def described(self, match: Match) -> bool:
        """Whether words that may describe a speaker stand before the verb of a match."""
        at = self.clauses.back(match.begin - 1)
        if self.opens_with_actors(match) and self.clauses.has(at, "PREP", "of") and not self.clauses.has(at, "SUB"):
            # "A friend of Mr. Kim's son said": who spoke is told before the preposition.
            at -= 1
        if self.clauses.has(at, "PARTICIPLE") and self.clauses.has(at - 1, *NOUNS):
            # "The report released in Nairobi said": what a participle describes speaks.
            at -= 1
        return at >= 0 and not self.clauses.finite(at) and not self.clauses.has(at, *UNDESCRIBED)

    def opens_with_actors(self, match: Match) -> bool:
        """Whether a match begins with actors before their verb, whom only the clause can tell to be its subject."""
        if not self.clauses.has(match.begin, "ACTORS"):
            return False
        verb = next((at for at in range(match.begin + 1, match.end) if self.tells(at)), None)
        return verb is not None and self.clauses.back(verb - 1) <= match.begin

    def tells(self, at: int) -> bool:
        """Whether an item is a verb group that has a subject before it."""
        bare = self.clauses.has(at, "VERB_BASE") and not self.clauses.has(at, "ACTORS")
        return bare or self.clauses.finite(at)

    def subject_of(self, match: Match) -> Subject | None:
        """The subject of the verb that a match begins with."""
        for at in range(match.begin, match.end):
            if self.clauses.has(at, "VERB_BASE") and not (self.clauses.finite(at) or self.clauses.has(at, "ACTORS")):
                return self.clauses.beside(at - 1) if self.clauses.has(at - 1, "ACTORS") else None
            if self.clauses.finite(at):
                return self.found.get(at) or self.clauses.subject(at)
            if self.clauses.has(at, "VERB_ING") and not self.clauses.has(at + 1, "of"):
                # "Adopting the text, the council also called for ..." opens with its second verb.
                if at > 0 or self.main is None or self.main < match.end:
                    return besides(self.clauses, match, at)
                return Subject(self.main) if opens_apart(self.clauses, match.end) else None
        return None

    def begins(self, match: Match) -> int:
        """The token where a match or the subject right before it begins."""
        subject, begin = self.subject_of(match), self.items[match.begin].begin
        return min(begin, self.items[subject.at].begin) if subject else begin
