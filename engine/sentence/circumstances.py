"""Circumstances: the time and place that a clause tells apart from its verb's wording.

"Ecuador expelled three diplomats, the consul among them, on Monday", "On April 12, Russia vetoed ...", "he flew to
Doha, where he was received by ...": what stands between an event's wording and its time differs without end, so the
walk is done once here for every type of event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.automaton import aside
from engine.cascade import Match
from engine.interpret import Draft
from engine.landmarks import OF_A_MATTER, OF_A_THING, OF_ANOTHER, WHERE
from engine.sentence.clauses import Clauses

TOWNS = ("PLACE_CITY", "PLACE_CAPITAL")
"""Places where things happen: a country after a wording may as well be what that is about."""
GOES = ("TRAVEL_ACTIVE", "ARRIVE_ACTIVE")
WHITHER = ("in", "at", "near", "to", "for", "VISIT_ACTIVE")
"""Words before a place where something is or somebody goes."""
RELATIVES = ("which", "PERSON_RELATIVE", "where")
NEAR = 24
"""Items to each side in which a circumstance is sought."""
YEARS = frozenset({"year"})
"""What a time that is a year or some years tells."""
DAYS = frozenset({"weekday", "day"})
"""What a time that is a day tells."""
ASIDE = 8
"""Items that an interjection takes at most."""
SOON = 4
"""Items after a wording among which the time stands that it "was" at."""


@dataclass(slots=True)
class Circumstances:
    """The times and places of one sentence's clauses; `times` are the article's time records by their first token."""

    clauses: Clauses
    times: Mapping[int, Draft]

    def time_of(self, begin: int, end: int, match: Match | None = None) -> Draft | None:
        """The time of the clause whose wording takes the items from `begin` to `end` (exclusive), be it a `match`."""
        if self.clauses.has(begin - 1, "when"):
            return self.time_at(self.antecedent(begin - 1))
        if self.clauses.has(begin - 1, "time") and self.clauses.finite(end):
            # "The last time they met was in 1998."
            return next(filter(None, map(self.time_at, range(end + 1, end + SOON))), None)
        if self.clauses.has(begin - 1, "where") and self.place_before(begin - 1) is not None:
            return self.time_within(begin, end) or self.time_after(end) or self.time_before(begin - 1)
        return self.time_within(begin, end) or (None if match and trails(match) else self.time_after(end))

    def place_of(self, begin: int, match: Match) -> int | None:
        """The item of the place that the clause tells after its wording, or that "where" goes back to."""
        end = len(self.clauses.items) if trails(match) else match.end
        dated = self.clauses.has(begin - 1, "when") and self.time_before(begin - 1) is not None
        if dated or self.clauses.has(begin - 1, "where"):
            return self.place_before(begin - 1)
        for here in self.onward(end):
            if self.clause_ends(here) or self.clauses.has(here, *OF_ANOTHER):
                return None
            if self.clauses.has(here, "PLACE_HERE") or (self.clauses.has(here, *TOWNS) and self.is_place(here)):
                return here
            item = self.clauses.items[here]
            if self.clauses.has(here, "PLACE_THERE") and item.end > item.begin + 1:
                # "On the island of Bali" stands for its own preposition.
                return here
        return None

    def opening(self, subject: int) -> tuple[Draft | None, int | None]:
        """The time before the main subject, and the item of the place there, where nothing is done before it."""
        time, place = None, None
        for at in range(subject):
            if self.clauses.finite(at) or self.clauses.has(at, *OF_ANOTHER, "QUOTE"):
                return None, None
            time = time or self.time_at(at)
            if place is None and self.clauses.has(at, "PLACE") and self.is_place(at):
                place = at
        # "On the fighting in Iraq, ..." tells what is spoken of, not where.
        return time, None if self.clauses.has(0, *OF_A_MATTER) and not self.clauses.has(1, "TIME") else place

    def time_before_subject(self, subject: int) -> Draft | None:
        """The time right before a subject after a comma, or with which its clause opens: "said that on Monday, X"."""
        if self.clauses.has(subject - 2, "MARK", "COMMA", "and", "but"):
            return self.time_at(subject - 1)
        at = subject - 2 if self.clauses.has(subject - 1, "COMMA") else subject - 1
        before = at - 1 if self.clauses.has(at - 1, "on", "in") else at
        return self.time_at(at) if self.clauses.has(before - 1, "that", "COMMA", "STOP") else None

    def speech_opens(self, subject: int) -> bool:
        """Whether the sentence begins with direct speech that ends before the main subject: what it tells is laid in no
        clause but its own."""
        marks = [at for at in range(subject) if self.clauses.has(at, "QUOTE")]
        return marks == [subject - 1] or (marks[:1] == [0] and len(marks) > 1)

    def time_after(self, at: int) -> Draft | None:
        """The time that the clause tells after the item before `at`, be it after the place or post that it is from."""
        for here in self.onward(at):
            if self.clause_ends(here) or self.is_of_another(here):
                return None
            if (time := self.time_at(here)) is not None:
                return None if self.is_of_test(here, at, time) else time
        return None

    def onward(self, at: int) -> Iterator[int]:
        """The items after a wording, but for a clause about its last word before its time or place: "test-fired its new
        missile, which can reach Delhi, on Monday"."""
        last = min(at + NEAR, len(self.clauses.items))
        while at < last:
            if self.clauses.has(at, "COMMA") and self.clauses.has(at + 1, *RELATIVES):
                ends = next((here for here in range(at + 2, last) if self.clauses.has(here, "COMMA")), at)
                resumes = ends + 2 if self.clauses.has(ends + 1, *WHERE, "on") else ends + 1
                if ends > at and self.clauses.has(resumes, "TIME", *TOWNS) and not self.finite_follows(resumes):
                    at = ends + 1
            elif self.clauses.has(at, "COMMA") and (ends := self.interjection(at, last)):
                at = ends + 1
            yield at
            at += 1

    def interjection(self, at: int, last: int) -> int:
        """Where what is said between commas before a time or place ends: "signed it, officials said, in Lima"; 0 where
        nothing is."""
        ends = next((here for here in range(at + 2, min(at + ASIDE, last)) if self.clauses.has(here, "COMMA")), 0)
        resumes = ends + 2 if self.clauses.has(ends + 1, *WHERE, "on") else ends + 1
        told = self.clauses.has(ends - 1, "SAY_ACTIVE") or self.clauses.has(at + 1, "as", "according")
        return (
            ends
            if ends and told and self.clauses.has(resumes, "TIME", *TOWNS) and not self.finite_follows(resumes)
            else 0
        )

    def is_of_test(self, at: int, begin: int, time: Draft) -> bool:
        """Whether a time is that of a test for which something is done: "sanctions on Mali for its test in May"."""
        clauses = self.clauses
        before = at - 1 if clauses.has(at - 1, "in") else at
        if not clauses.has(before - 1, "TEST_NOUN", "TEST_NOUNS") or DAYS & {*time.fields}:
            return False
        return any(clauses.has(here, "for", "over") for here in range(begin, before))

    def time_within(self, begin: int, end: int) -> Draft | None:
        """The time that stands inside a verb group of a wording, as in "today imposed"."""
        return self.time_in_group(begin, end, passed=False)

    def time_passed(self, begin: int, end: int) -> Draft | None:
        """The time of the verb that governs a group: of the promise, not of the visit, in "agreed Monday to visit"."""
        return self.time_in_group(begin, end, passed=True)

    def time_in_group(self, begin: int, end: int, *, passed: bool) -> Draft | None:
        """The time inside the first verb group of a wording, of the verb that governs it or of its own."""
        for at in range(begin, end):
            if self.clauses.finite(at):
                item = self.clauses.items[at]
                status = [(node, parts) for _, tree, parts in item.reads for node in tree[2] if len(node) == 3]
                over = {parts[index].begin for node, parts in status for index in aside(node)}
                own = (token for token in range(item.begin, item.end) if (token in over) == passed)
                return next((self.times[token] for token in own if token in self.times), None)
        return None

    def time_around(self, verb: int, stop: int) -> Draft | None:
        """The time that the clause of a verb group tells before the item `stop`, after the verb or else before it."""
        for here in range(verb + 1, stop):
            if self.clause_ends(here) or self.is_of_another(here):
                break
            if (time := self.time_at(here)) is not None:
                return time
        subject = self.clauses.subject(verb)
        before = range(subject.at + 1 if subject else verb, verb)
        return self.time_within(verb, verb + 1) or next(filter(None, map(self.time_at, before)), None)

    def time_at(self, at: int) -> Draft | None:
        """The time that an item is, where it stands on its own: not "Thursday's", "of Monday", "Resolution 1718"."""
        clauses = self.clauses
        if not clauses.has(at, "TIME") or clauses.has(at, "ACTORS") or clauses.has(at + 1, "'s"):
            return None
        if clauses.has(at - 1, *OF_A_THING, "RESOLUTION_NOUN"):
            return None
        if clauses.has(at - 1, "in") and clauses.has(at - 2, "time"):
            # "For the first time in a decade."
            return None
        time = self.times.get(clauses.items[at].begin)
        # "Russia's 2014 invasion", "its 2007-2013 budget": years before a noun are of what that tells.
        years = time is not None and time.fields.keys() == YEARS and not clauses.has(at - 1, "PREP", "COMMA")
        return None if years and at and clauses.has(at + 1, "NOUN", "NOUNS", "PLAIN") else time

    def is_place(self, at: int) -> bool:
        """Whether a place says where, standing on its own."""
        return self.clauses.has(at - 1, *WHERE) and not self.clauses.has(at + 1, "'s")

    def is_of_another(self, at: int) -> bool:
        """Whether the time after a word is of something else: not after the place that something is from."""
        away = self.clauses.has(at, "from") and not self.clauses.has(at + 1, "TIME")
        return self.clauses.has(at, *OF_ANOTHER) and not away

    def is_left(self, at: int) -> bool:
        """Whether somebody goes elsewhere from the place or state of an item, of which nothing else is told."""
        if self.is_spoken_of(at):
            return False
        verb = self.clauses.governor(at) if self.clauses.has(at - 1, "from") else None
        return verb is not None and self.clauses.has(verb, *GOES)

    def is_spoken_of(self, at: int) -> bool:
        """Whether of a place, from which somebody comes, is told what was done there: "from Riga, where he met X"."""
        return self.clauses.has(at + 1 + self.clauses.has(at + 1, "COMMA"), "where", "after")

    def is_goal(self, at: int) -> bool:
        """Whether something is, or somebody goes, at the place of an item, or does something before he leaves it."""
        before = self.clauses.has(at - 1, *WHITHER) or (self.clauses.has(at - 1, "from") and self.is_spoken_of(at))
        return before and self.clauses.has(at, "PLACE")

    def antecedent(self, opener: int) -> int:
        """The item before the word that opens a relative clause, and before its comma."""
        return opener - 2 if self.clauses.has(opener - 1, "COMMA") else opener - 1

    def place_before(self, opener: int) -> int | None:
        """The place that "where" goes back to, over a time that stands between."""
        at = next(iter(self.between(opener)), opener) - 1
        return at if self.clauses.has(at, "PLACE") else None

    def time_before(self, opener: int) -> Draft | None:
        """The time that stands between a place and the "where" that goes back to it."""
        return next(filter(None, map(self.time_at, self.between(opener))), None)

    def between(self, opener: int) -> range:
        """The commas, times and prepositions before a word that opens a clause."""
        at = opener
        while self.clauses.has(at - 1, "COMMA", "TIME", "PREP") and not self.clauses.has(at - 1, "PLACE"):
            at -= 1
        return range(at, opener)

    def clause_ends(self, at: int) -> bool:
        """Whether another clause, or what is said, begins here."""
        clauses = self.clauses
        if clauses.has(at, "STOP", "QUOTE", "DASH", "that", "which", "whose", "PERSON_RELATIVE", "VERB_TO", "VERB_ING"):
            return True
        if clauses.finite(at) or (clauses.has(at, "SUB") and not clauses.has(at, "PREP")):
            return True
        return clauses.has(at, "COMMA") and self.finite_follows(at + 1)

    def finite_follows(self, at: int) -> bool:
        """Whether a verb comes before the next comma."""
        for here in range(at, min(at + NEAR, len(self.clauses.items))):
            if self.clauses.has(here, "COMMA", "STOP"):
                return False
            if self.clauses.finite(here):
                return True
        return False


def trails(match: Match) -> bool:
    """Whether a reading ends with what tells of something else, whose time and place follow: "ratified the treaty
    signed in Minsk"."""
    return match.end - match.begin - 1 in aside(match.tree)
