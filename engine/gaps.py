"""Gaps: what a clause leaves out as it stands before it: "the deal Mali signed", "sanctions that were lifted by Chad".

Whatever is left out is put in its place again, so that a wording needs not be told once more for its relative clauses.
"""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.landmarks import WHERE, Marks, joined_bits
from engine.layers import Item
from engine.recast import PARTICIPLE, Recast, reads_as

LONGEST = 10
"""Items of what is put in again."""
BEFORE = tuple("COMMA STOP QUOTE DASH MARK SUB REL and but or ( ) VERB_TO".split())
"""What no noun goes back over."""
NO_NOUNS = ("VERB", "DET", "ADV", "LY", "of", "to", "by")
OWNERS = ("its", "his", "her", "their")
PHRASES = ("on", "with", "against", "between")
"""Prepositions that add to a noun what belongs to it: "sanctions on Chad that"."""
OF_SOMEBODY = ("of", "for", "to")
"""Those that do so before somebody: "assets of Malians that", but "approval of deals that they signed"."""
SPEECH = ("SAY_ACTIVE", "TELL_ACTIVE", "BE_ACTIVE", "WARN_ACTIVE")
"""Verb groups whose clause goes on without an object."""
TOLD = ("TELL_ACTIVE", "WARN_ACTIVE")
SUBJECTS = ("ACTORS", "FIRST_PLURAL", "FIRST_SINGULAR")
DEEDS = ("ANNOUNCE_ACTIVE", "IMPOSE_ACTIVE", "REACH_ACTIVE", "HARM_ACTIVE")
"""Verb groups that may tell of a deed as well: "the truce Mali declared", "sanctions it slapped on Chad"."""
SAYING = ("SAY_ACTIVE", "TELL_ACTIVE", "STATEMENT", "DOCUMENT")
"""What is told after "that": "the statement that he agreed"."""
GOING = ("SPEAK_ACTIVE", "TRAVEL_ACTIVE", "ARRIVE_ACTIVE", "MEET_ACTIVE", "AGREE_ACTIVE")
"""Verb groups that have no object: "the news that he spoke with"."""
GOES_ON = ("that", "of", "by", "down", "back", "away")
"""What follows a verb that has another object, or another meaning with it."""
MANNER = ("ADV", "LY", "TIME", "PLACE_HERE")
FREE = tuple("PREP TIME COMMA STOP ADV LY and but DASH ( ) of to as PLACE_HERE".split())
"""What stands right after a verb whose object is left out."""
PEOPLE = ("PERSON_NOUN", "POSTS", "OFFICIAL", "PRESS_PERSON", "ANALYST", "INSTITUTION", "TIME")
"""After these a name goes on with them: "the rebel leader Otieno met"."""
BY_FAR = 6
"""Items after a participle in which it is told by whom."""
DONE = ("ing_passive", PARTICIPLE)


def filled(alphabet: Alphabet, recast: Recast, items: list[Item]) -> list[Item]:
    """A sentence with what its clauses leave out put in again, and participles by somebody as passives; the same where
    nothing is left out."""
    gaps = Gaps(alphabet, recast, items)
    by, verbs = joined_bits(alphabet, "by"), joined_bits(alphabet, "PARTICIPLE", "VERB")
    opening = joined_bits(alphabet, "which", "that", "PERSON_RELATIVE", "ACTORS")
    by_somebody = any(mask & by for mask in gaps.masks)
    changed = False
    read: list[Item] = []
    added: dict[int, list[Item]] = {}
    for at, (item, mask) in enumerate(zip(items, gaps.masks, strict=True)):
        if added:
            read += added.get(at, ())
        if by_somebody and mask & verbs and (told := gaps.undergone(at)):
            read += told
            changed = True
            continue
        read.append(item)
        for where, copied in gaps.objects(at) if mask & opening else ():
            added.setdefault(where, []).extend(copied)
        read += gaps.subject(at) if by_somebody and mask & opening else ()
    return read if changed or len(read) > len(items) else items


class Gaps(Marks):
    """Where a sentence leaves something out."""

    def __init__(self, alphabet: Alphabet, recast: Recast, items: list[Item]) -> None:
        super().__init__(alphabet, items)
        self.items = items
        self.recast = recast

    def noun(self, at: int) -> bool:
        """Whether an item may end a noun phrase."""
        told = self.has(at, "NOUN", "NOUNS", "GATHERING", "ACTORS") or not self.has(at, *NO_NOUNS)
        numbered = self.has(at, "NUMBER") and not self.has(at - 1, "PREP")
        told = told and (numbered or not self.has(at, "TIME"))
        return 0 <= at < len(self.masks) and told and not self.has(at, "PREP", *BEFORE)

    def phrase(self, end: int) -> int:
        """Where the noun phrase begins that ends before an item, with what "of" or "on" adds to it."""
        at = end
        while at > max(end - LONGEST, 0):
            before = at - 1
            if (self.has(before, *BEFORE) and not self.lists(before)) or (
                self.finite(before) and not self.noun(before)
            ):
                break
            if self.has(before, "PREP", "of", "to", "by") and not self.adds(before):
                break
            at = before
            if self.has(before, "DET", *OWNERS):
                break
        return at

    def lists(self, at: int) -> bool:
        """Whether a word joins two things that belong together: "loans and credits"."""
        return self.has(at, "and") and self.has(at - 1, "NOUN", "NOUNS") and self.has(at + 1, "NOUN", "NOUNS")

    def adds(self, at: int) -> bool:
        """Whether a preposition adds to the noun before it what belongs to it: "sanctions on Chad", "sums in loans"."""
        whose = self.has(at + 1, "ACTORS") or (self.has(at + 1, "DET") and self.has(at + 2, "ACTORS"))
        inside = self.has(at, "in") and not self.has(at + 1, "ACTORS", "PLACE")
        amount = self.has(at, "of") and self.has(at - 2, "NUMBER", "NUMBER_WORD")
        told = inside or amount or self.has(at, *PHRASES) or (whose and self.has(at, *OF_SOMEBODY))
        return told and self.noun(at - 1)

    def objects(self, at: int) -> list[tuple[int, list[Item]]]:
        """The object of the clause that an item opens, and where it is put in."""
        if self.has(at, "which", "that", "PERSON_RELATIVE") and self.has(at + 1, *SUBJECTS):
            return self.relative(at)
        bare = at > 0 and self.has(at, "ACTORS") and self.noun(at - 1) and not self.has(at - 1, "PERSON", *PEOPLE)
        bare = bare and not self.has(at - 1, "NUMBER", "NUMBER_WORD")
        if not bare or self.has(at, "PERSON_RELATIVE"):
            return []
        begin, verb = self.phrase(at), self.verb(at)
        definite = self.has(begin, "DET", "NUMBER", *OWNERS) or self.has(at - 1, "NOUNS", "GATHERING")
        if not (verb and definite) or self.has(verb + 1, "VERB_TO") or self.goes(verb):
            return []
        return [(verb + 1, self.items[begin:at])]

    def goes(self, verb: int) -> bool:
        """Whether a verb has no object that could be left out."""
        return self.has(verb, *GOING) and not self.has(verb, *DEEDS)

    def relative(self, at: int) -> list[tuple[int, list[Item]]]:
        """The same of a relative clause with its pronoun."""
        led = self.has(at - 1, "with", "from", "to", "against", "on")
        whom = self.has(at, "PERSON_RELATIVE") and not self.has(at, "which", "that")
        comma = at - 1 - led
        end = comma if self.has(comma, "COMMA") else at - led
        verb = self.verb(at + 1, sure=led or whom)
        if (
            not verb
            or not self.noun(end - 1)
            or self.has(end - 1, *SAYING)
            or (led and not (self.has(end - 1, "ACTORS") or self.has(verb, "WITHDRAW_ACTIVE")))
        ):
            return []
        person = led and self.has(end - 1, "ACTORS")
        begin = end - 1 if person or whom else self.phrase(end)
        told = self.has(at, "that") and (comma == end or self.goes(verb) or self.addressed(begin, end))
        if told or self.has(begin - 1, *TOLD):
            return []
        copied = self.items[begin:end]
        return [(self.stop(verb), [self.items[at - 1], *copied])] if led else [(verb + 1, copied)]

    def addressed(self, begin: int, end: int) -> bool:
        """Whether actors before "that" may be who is told so: "convinced Mali that Chad signed"."""
        if self.has(end - 1, "ACTORS") and self.has(end - 2, "to"):
            return True
        told = self.finite(begin - 1) and not self.has(begin - 1, "BE_ACTIVE")
        return begin == end - 1 and self.has(begin, "ACTORS") and (told or self.has(begin - 1, *WHERE))

    def verb(self, subject: int, *, sure: bool = False) -> int:
        """The verb of a subject that has no object after it, or is `sure` to lack one; 0 where none is."""
        at = subject + 1
        while self.has(at, *MANNER) and not self.finite(at):
            at += 1
        told = self.has(at, "VERB_ACTIVE") and not self.has(at, "NOUNS")
        told = told and not self.has(at, "TRY_CONTROL") and (self.has(at, *DEEDS) or not self.has(at, *SPEECH))
        owns = self.has(at + 1, "TIME") and self.has(at + 2, "'s", "’s")
        free = sure or (self.has(at + 1, *FREE) and not owns) or self.finite(at + 1) or self.has(at + 1, "VERB_TO")
        return at if told and free and not self.has(at + 1, *GOES_ON) else 0

    def stop(self, verb: int) -> int:
        """Where a clause ends that goes on after a verb."""
        at = verb + 1
        while at < len(self.items) - 1 and not self.has(at, "COMMA", "STOP", "SUB", "TIME", "and", "PREP"):
            at += 1
        return at

    def subject(self, at: int) -> list[Item]:
        """What was done something to, in a relative clause that an item opens: "the sanctions, which were lifted"."""
        verb = at + 1
        while self.has(verb, "ADV", "LY"):
            verb += 1
        if not self.has(at, "which", "that") or not self.has(verb, "VERB_PASSIVE") or not self.by_somebody(verb):
            return []
        end = at - 1 if self.has(at - 1, "COMMA") else at
        told = self.noun(end - 1) and not self.has(end - 1, "GATHERING")
        return self.items[self.phrase(end) : end] if told else []

    def undergone(self, at: int) -> list[Item]:
        """A participle by somebody as a passive, with whoever or what it was done to; none for other items."""
        item = self.items[at]
        if self.has(at, "VERB_PASSIVE", "ASK_ACTIVE") or not (reads_as(item, *DONE) and self.by_somebody(at)):
            return []
        told = self.undergoer(at)
        made = self.recast.passive(item, *DONE, only=bool(told))
        return [] if made is None else [*told, made]

    def by_somebody(self, at: int) -> bool:
        """Whether it is told after a participle by whom."""
        for by in range(at + 1, at + BY_FAR):
            if self.has(by, "by"):
                return self.has(by + 1, "ACTORS") or (self.has(by + 1, "DET") and self.has(by + 2, "ACTORS"))
            if self.has(by, "COMMA", "STOP", "and", "that") or (self.finite(by) and not self.noun(by)):
                break
        return False

    def undergoer(self, at: int) -> list[Item]:
        """Whatever a participle tells of that does not stand right before it."""
        if self.has(at - 1, "COMMA") and self.noun(at - 2) and not self.has(at - 2, "GATHERING"):
            return self.items[self.phrase(at - 1) : at - 1]
        opening = self.opening(at)
        if opening >= 0:
            comma = next((on for on in range(at, len(self.items)) if self.has(on, "COMMA")), len(self.items))
            verb = next(
                (on for on in range(comma + 1, len(self.items)) if self.finite(on) or self.has(on, "COMMA")), comma
            )
            return self.items[comma + 1 : verb] if verb - comma <= LONGEST else []
        if self.has(at - 1, "and", "but", "SUB"):
            verb = next((on for on in range(at - 1, 0, -1) if self.finite(on)), 0)
            return self.items[self.phrase(verb) : verb] if verb and self.noun(verb - 1) else []
        return []

    def opening(self, at: int) -> int:
        """Where a sentence begins that a participle opens, after a word like "once"; -1 where it opens none."""
        if at == 0 or self.has(at - 1, "STOP", "QUOTE"):
            return at
        return at - 1 if at == 1 and self.has(0, "SUB", "ADV", "when", "FRAME") else -1
