"""Clauses: which words of a sentence are the subject of a verb that does not stand beside it.

English news puts asides, relative clauses and second verbs between a subject and its verb ("Powell, who arrived on
Saturday, hailed the deal but warned Khartoum"). The walk back from the verb is the same for every wording, so it is
done once here and grammars only mark that the subject is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from engine.cascade import Match
from engine.landmarks import ARTICLES, FINITE, OF_A_THING, PLURALS
from engine.sentence.added import says_otherwise
from engine.sentence.phrasing import Phrasing
from engine.times.tense import is_gerund

BEFORE_A_NOUN = ("PREP", "NUMBER", "NUMBER_WORD")
UNDESCRIBED = tuple("'s his its their of PREP SUB that which QUOTE STOP DET PERSON_RELATIVE VERB_TO VERB_ING".split())
"""After these a verb's subject is not one that is only described."""
MANNER = ("ADV", "LY", "TIME", "PLACE_HERE", "PLACE_THERE", "REFLEXIVE")
MEETING = ("MEET_ACTIVE", "MEET_TO", "MEET_ING", "GATHERING", "RECEIVE_ACTIVE")
SOURCES = ("OFFICIAL", "STATEMENT", "DOCUMENT", "ORGAN", "MISSION", "DIPLOMAT", "POSTS", "members")
RELATIVES = ("PERSON_RELATIVE", "which", "that")
APART = tuple("COMMA MARK DASH QUOTE STOP ( ) that which PERSON_RELATIVE and but or VERB_TO".split())
"""What parts the actors that open a sentence from a verb that is not theirs."""
SHORT = 6
"""Items that a quoted fragment may span."""
FAR = 60
"""Items back to which a subject is sought."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The item that is a verb's subject; `last` where only the last of its members is, `state` where the person's state
    is ("whose government")."""

    at: int
    last: bool = False
    state: bool = False


@dataclass(slots=True)
class Clauses(Phrasing):
    """The subjects of one sentence's verbs; `at` is always an index into its items."""

    known: dict[int, Subject | None] = field(default_factory=dict)
    actors: list[int] = field(default_factory=list)
    """The items that are actors."""
    quotes: list[int] = field(default_factory=list)
    """The items that are quotation marks."""
    finites: set[int] = field(default_factory=set)
    """The items that are verb groups which need a subject."""
    parted: set[int] = field(default_factory=set)
    """The items of actors whose list began with the place that a preposition before it takes."""
    meetings: list[int] | None = None

    def __post_init__(self) -> None:
        self.masks = [self.alphabet.masks[item.signature] for item in self.items]
        sets = FINITE, ("ACTORS", "PREP"), (*ARTICLES, *OF_A_THING)
        verbs, others, articles = map(self.bits_of, sets)
        self.actors = self.where("ACTORS")
        self.quotes = self.where("QUOTE")
        before = (0, *self.masks)
        self.finites = {
            at for at, mask in enumerate(self.masks) if mask & verbs and not mask & others and not before[at] & articles
        }
        # "Witnesses said", "press reports said": a plural right before a verb is its subject; "held talks": one right
        # after it is its object; "despite protests", "six tests": one after a preposition or a number is no verb.
        plurals = self.bits_of(PLURALS)
        nouns = {at for at in self.finites if self.masks[at] & plurals}
        self.finites -= {at for at in nouns if at + 1 in self.finites or self.has(at + 1, "against")}
        self.finites -= {at for at in nouns if at - 1 in self.finites or self.has(at - 1, *BEFORE_A_NOUN)}
        # "Unable to confirm or deny reports".
        self.finites -= {at for at in nouns if self.has(at - 1, "VERB_BASE") and self.has(at - 2, "or")}
        # "As planned", "behind closed doors".
        self.finites -= {at for at in self.finites if self.has(at, "PARTICIPLE") and self.described(at)}

    def described(self, at: int) -> bool:
        """Whether a participle only tells how something is done or what it is like."""
        if self.has(at - 1, "as"):
            return not self.has(at + 1, "ACTORS", "DET", "by", *ARTICLES)
        return self.has(at - 1, "PREP") and not self.has(at - 1, "SUB") and self.has(at + 1, "NOUNS", "NOUN", "PLAIN")

    def finite(self, at: int) -> bool:
        """Whether an item is a verb group that needs a subject: not "the leaks", "of sanctions"."""
        return at in self.finites

    def verb_of(self, match: Match) -> int | None:
        """The first finite verb that a match takes in."""
        return next((at for at in range(match.begin, match.end) if at in self.finites), None)

    @property
    def met(self) -> list[int]:
        """The items of the actors whom somebody meets."""
        if self.meetings is None:
            self.meetings = [at for at in self.actors if self.is_met(at)]
        return self.meetings

    def subject(self, verb: int) -> Subject | None:
        """The named subject of the verb group at `verb`; None where it has none or is only described.

        Remembered: those of the verbs after it ask for it again and again.
        """
        if verb not in self.known:
            self.known[verb] = self.sought(verb)
        return self.known[verb]

    def sought(self, verb: int) -> Subject | None:
        """The subject of a verb group, by what stands before it."""
        at = self.back(verb - 1)
        if at < 0 or self.has(at, "QUOTE", "STOP", "FRAME"):
            return None
        if self.has(at, "and", "but", "or", "then"):
            return self.joined(at)
        if self.has(at, "COMMA", "DASH", ")"):
            vows = self.has(at, "COMMA") and self.has(verb, "PROMISE_CONTROL")
            if self.has(at - 1, "and", "but") or (vows and is_gerund(self.items[verb], self.alphabet.bits["VERB"])):
                return self.joined(at)
            return self.set_off(at) or (self.joined(at) if self.lists(verb) else self.inverted(verb))
        if self.has(at, "ACTORS", "GATHERING") and (found := self.gathered(verb)):
            return found
        if self.has(at, "ACTORS"):
            return self.set_off(at + 1) if self.closes_aside(at) else self.beside(at)
        if self.has(at, "that", "which"):
            return self.antecedent(at) if self.has(at, "which") else None
        if self.has(at, "SAY_ACTIVE") and (found := self.subject(at)) and self.has(found.at - 1, *RELATIVES):
            # "Who officials say had left": of whom they say so.
            return self.antecedent(found.at - 1)
        if self.has(at, "HAVE_ACTIVE", "SAY_ACTIVE") and self.paired(verb):
            return self.subject(at)
        return self.whose(at) or self.leading(verb) or next(map(Subject, self.labelled(at)), None)

    def gathered(self, verb: int) -> Subject | None:
        """The subject before the words that tell where it meets: "EU ministers meeting in Luxembourg agreed"."""
        for at in range(verb - 1, max(verb - SHORT - 1, 0), -1):
            if self.has(at, "MEET_ING") and self.has(at + 1, "PREP", "PLACE_HERE") and self.has(at - 1, "ACTORS"):
                one = self.plural(at - 1) and not self.has(at - 2, "DET", "PREP", *ARTICLES)
                return self.beside(at - 1) if one else None
            if self.finite(at) or self.has(at, "COMMA", "QUOTE", "STOP"):
                break
        return None

    def paired(self, at: int) -> bool:
        """Whether a verb group stands right after another, so that it begins with a noun: "has plans to meet"."""
        return self.finite(at - 1) and not self.has(at - 1, "PARTICIPLE")

    def lists(self, verb: int) -> bool:
        """Whether a verb stands in the middle of several: "they sanctioned two firms, expelled a diplomat and left"."""
        after = next((at for at in range(verb + 1, len(self.masks)) if self.has(at, "COMMA", "and", "STOP")), verb)
        return self.has(verb - 1, "COMMA") and self.has(after, "and") and self.has(after + 1, "VERB_ACTIVE")

    def inverted(self, verb: int) -> Subject | None:
        """Whoever is set off after the verb that closes a sentence: "it was lost, said Petrov, who"."""
        says = self.has(verb, "SAY_ACTIVE", "WARN_ACTIVE")
        told = says and self.has(verb - 1, "COMMA") and self.has(verb + 1, "ACTORS")
        ends = self.has(verb + 2, "COMMA", "STOP", "TIME", "PERSON_RELATIVE") or self.ends_with_comma(verb + 1)
        return Subject(verb + 1) if told and ends else None

    def back(self, at: int) -> int:
        """Over words of manner, time and place that stand between a subject and its verb."""
        while at > 0:
            manner = self.has(at, *MANNER, "also", "each") or (self.has(at, "then") and self.has(at - 1, "ACTORS"))
            preposition = self.has(at, "PREP") and self.has(at + 1, "TIME", "PLACE")
            if (manner or preposition) and not self.has(at, "ACTORS"):
                at -= 1
            elif self.has(at, "PLACE") and self.has(at - 1, "PREP") and not self.has(at - 1, "of", "SUB"):
                if not self.has(at - 2, "ACTORS", "ADV", "TIME", "COMMA"):
                    break
                at -= 2
            else:
                break
        return at

    def beside(self, at: int) -> Subject | None:
        """The subject that stands right before its verb."""
        if self.has(at, "PERSON_RELATIVE"):
            return self.antecedent(at)
        led = self.has(at - 1, "PREP") and at not in self.parted
        if led and not self.has(at - 1, "SUB") and not self.has(at - 2, "QUOTE"):
            return self.after_preposition(at)
        if self.has(at - 1, "VERB_ING", "VERB_TO"):
            return Subject(at, last=True) if self.several(at) else None
        if self.suffers(at) and not self.several(at):
            return self.antecedent(at - 2)
        return Subject(at, last=self.does(at - 1) and self.several(at))

    def after_preposition(self, at: int) -> Subject | None:
        """The subject where actors before a verb belong to a preposition: whom it speaks for, or only the last."""
        if self.has(at - 2, "ACTORS"):
            # "The coalition fighting Hamas in Gaza said": whom it fights says nothing.
            return None if self.has(at - 3, "VERB_ING") else Subject(at - 2)
        if self.has(at - 2, "MISSION") and self.has(at - 1, "in", "at"):
            return Subject(at - 3) if self.has(at - 3, "ACTORS") else None
        if self.has(at - 2, *SOURCES) and not self.has(at - 1, "to", "about", "over", "except"):
            return Subject(at)
        last = self.several(at) and not self.has(at - 1, "between", "among", "of", "by")
        return self.leading(at + 1) or (Subject(at, last=True) if last else None)

    def leading(self, verb: int) -> Subject | None:
        """The actors before what a preposition adds to a sentence's first subject: "X in a letter to Y warned"."""
        start = next((at + 1 for at in range(verb - 1, -1, -1) if self.has(at, "QUOTE", "STOP")), 0)
        at = next((at for at in range(start, verb) if not self.has(at, "FRAME", "DATELINE", "and", "but")), verb)
        verbs = [one for one in self.finites if at < one <= verb and not self.has(one, "GATHERING", "NOUNS")]
        apart = any(self.has(one, *APART) for one in range(at + 1, verb)) or not self.has(at + 1, "PREP")
        apart = apart or (self.has(at + 1, "of", "to") and not (self.has(at, "PERSON") and self.long(at)))
        return Subject(at) if verbs == [verb] and self.has(at, "ACTORS") and not apart else None

    def antecedent(self, at: int) -> Subject | None:
        """Whom "who" or "which" means: the actor before it."""
        before = at - 1 - int(self.has(at - 1, "COMMA", "DASH"))
        before -= int(self.has(before, "PREP", "of"))
        return Subject(before) if self.has(before, "ACTORS") else None

    def whose(self, at: int) -> Subject | None:
        """The state of the person in "X, whose government has ..."."""
        for back in range(at, max(at - 4, -1), -1):
            if self.has(back, "whose"):
                found = self.antecedent(back)
                return Subject(found.at, state=True) if found else None
            if self.has(back, "COMMA"):
                break
        return None

    def closes_aside(self, at: int) -> bool:
        """Whether actors before a verb only end the aside after its subject ("X, received by his envoy, Y, said")."""
        led = self.has(at - 1, "PREP") and not self.has(at - 1, "SUB")
        return self.ends_with_comma(at) and (led or self.of_relative(at))

    def of_relative(self, at: int) -> bool:
        """Whether actors are whom a relative clause that goes before tells of ("X, who met his envoy, Y, said")."""
        if self.has(at - 1, "SAY_ACTIVE", "TELL_ACTIVE"):
            return False
        for back in range(at - 1, max(at - FAR, -1), -1):
            if self.has(back, "PERSON_RELATIVE"):
                return back + 1 < at and self.antecedent(back) is not None
            other = self.has(back, "ACTORS") and not self.has(back - 1, "PREP", "of")
            if other or self.has(back, "COMMA", "STOP", "QUOTE", "SUB", "that", "and", "but"):
                return False
        return False

    def set_off(self, closing: int) -> Subject | None:
        """The subject before an aside that ends with the comma at `closing`, or the name that is the aside."""
        opening = "(" if self.has(closing, ")") else "COMMA"
        for at in range(closing - 1, max(closing - FAR, -1), -1):
            if self.has(at, "STOP"):
                break
            if self.has(at, "ACTORS") and opening == "COMMA" and (self.opens_aside(at) or self.stays_open(at, closing)):
                if not self.of_relative(at) and ((found := self.beside(at)) or not self.has(closing, "DASH")):
                    return found
                continue
            if not self.has(at, opening, "DASH"):
                continue
            if closing - at == 2 and self.has(at + 1, "ACTORS") and self.tells_who(at, at + 1):
                return Subject(at + 1)
            named = self.has(at - 1, "ACTORS") and not self.has(at - 1, "PERSON_RELATIVE")
            landed = self.has(at - 2, "COMMA") and self.has(at - 3, "PLACE_CITY")
            landed = landed or (self.has(at - 1, "PLACE") and self.has(at - 2, "PLAIN") and self.has(at - 3, "PREP"))
            if named and not landed and (found := self.beside(at - 1)):
                return found
            if self.has(at + 1, "whose"):
                return None
        if closing == 1 or self.has(closing - 2, "FRAME", "and", "but"):
            return Subject(closing - 1) if self.has(closing - 1, "ACTORS") else None
        named = self.has(closing, "COMMA") and self.has(closing - 1, "PERSON") and self.holds_comma(closing - 1)
        return self.beside(closing - 1) if named else None

    def tells_who(self, comma: int, name: int) -> bool:
        """Whether a name between commas tells who was only described before it, by what or where he is if need be."""
        if not self.has(comma - 1, "ACTORS", "PLACE"):
            return True
        item = self.items[name]
        person = self.alphabet.masks[item.signature] & self.alphabet.bits.get("PERSON", 0)
        led = self.has(comma - 2, "PREP", "of") or not self.has(comma - 1, "PERSON", "PLACE")
        return bool(person) and item.end - item.begin > 1 and led

    def opens_aside(self, at: int) -> bool:
        """Whether an aside follows the actors at `at`, which took the comma before it."""
        if self.has(at, "PERSON_RELATIVE") or self.finite(at + 1) or self.has(at + 1, "and", "but"):
            return False
        described = self.has(at, "PERSON") and not self.has(at + 1, "PERSON") and not self.finite(at + 2)
        if not described and self.has(at + 1, "ACTORS") and not self.has(at + 1, "PERSON_RELATIVE"):
            return False
        return self.ends_with_comma(at)

    def stays_open(self, at: int, closing: int) -> bool:
        """Whether the comma at `closing` ends what a phrase tells of one person after a comma of its own ("X, an envoy
        of Y in Z, said")."""
        closed = self.several(at) or self.ends_with_comma(at) or self.finite(at + 1)
        return self.holds_comma(at) and at + 1 < closing and not closed

    def joined(self, at: int) -> Subject | None:
        """The subject of the verb that "and" or "but" adds another verb to: of the next one where no comma parts them
        ("who seized power and was sworn in") or what is done to somebody is added ("said Powell would resign, and would
        be replaced") or by what it is done ("by testing one"), else of the main clause's.
        """
        vows = self.has(at, "COMMA") and self.has(at + 1, "PROMISE_CONTROL")
        close = not (vows or self.has(at - 1, "COMMA"))
        done = self.has(at + 1, "VERB_PASSIVE") or self.has(at - 1, "by")
        aside = range(at - 2, 0, -1) if self.has(at - 1, "DASH") else ()
        for back in range(next((one for one in aside if self.has(one, "DASH")), at) - 1, max(at - FAR, -1), -1):
            bare = self.has(back, "VERB_BASE") and self.many(self.back(back - 1))
            told = (bare or self.finite(back)) and (close or done or not self.dependent(back))
            told = told and not (self.reduced(back) or says_otherwise(self, back, at + 1) or self.quoted(back, at))
            if told and (found := self.subject(back)):
                return found
            if told and self.has(at, "VERB_ING") and self.has(at - 1, "COMMA") and self.closes_with_speaker(back):
                # ", analysts said, urging": whoever says so urges, and nobody before.
                return None
            if self.has(back, "COMMA", "DASH", "QUOTE"):
                close = False
        return None

    def quoted(self, back: int, at: int) -> bool:
        """Whether an item stands in a quotation that the sentence opens and closes before another item."""
        before = bisect_left(self.quotes, back)
        return before % 2 == 1 and (bisect_left(self.quotes, at) - before) % 2 == 1

    def closes_with_speaker(self, verb: int) -> bool:
        """Whether a verb closes a sentence with a speaker who is only described: ", analysts said"."""
        told = self.has(verb - 1, "NOUN", "NOUNS", "POSTS") and not self.has(verb, "NOUN", "NOUNS")
        return told and self.has(verb, "SAY_ACTIVE")

    def onto(self, at: int) -> int:
        """Over words of manner that stand before a verb."""
        while self.has(at, "ADV", "LY", "also") and not self.finite(at):
            at += 1
        return min(at, len(self.items) - 1)

    def reduced(self, verb: int) -> bool:
        """Whether a form that may be a participle tells of the object before it: "held two men accused of spying"."""
        told = self.has(verb, "PARTICIPLE") and self.has(verb + 1, "PREP", "of") and self.has(verb - 1, "ACTORS")
        return told and self.does(verb - 2)

    def suffers(self, at: int) -> bool:
        """Whether a relative clause before a verb ends with the actors it does something to ("who shot X said")."""
        done = self.does(at - 1) or self.has(at - 1, "VERB_BASE")
        return done and self.has(at - 2, *RELATIVES) and not self.has(at - 3, "SAY_ACTIVE", "TELL_ACTIVE")

    def does(self, at: int) -> bool:
        """Whether what stands before an object, and before how many it is, is a verb other than of saying."""
        while self.has(at, "NUMBER", "NUMBER_WORD", "DET") and not self.has(at, "that"):
            at -= 1
        return self.finite(at) and not self.has(at, "SAY_ACTIVE", "TELL_ACTIVE")

    def governor(self, at: int) -> int | None:
        """The verb group of the clause in which the words at `at` stand: the nearest before them in their sentence."""
        back = at - 1
        while back >= max(at - FAR, 0):
            if self.has(back, "QUOTE") and (opening := self.fragment(back)) is not None:
                back = opening
            elif self.has(back, "STOP", "QUOTE"):
                return None
            elif self.finite(back) and not self.paired(back):
                return back
            back -= 1
        return None

    def fragment(self, closing: int) -> int | None:
        """Where the quotation of a few words opens that closes at an item; None where it is a clause."""
        for at in range(closing - 1, max(closing - SHORT, -1), -1):
            if self.has(at, "QUOTE"):
                return at
            if self.finite(at) or self.has(at, "STOP", "COMMA"):
                break
        return None

    def dependent(self, verb: int) -> bool:
        """Whether a verb stands in a clause that another verb or a relative opens."""
        found = self.subject(verb)
        if found is None:
            return self.has(self.back(verb - 1), "that", "which", "PERSON_RELATIVE")
        if self.has(self.back(verb - 1), "PERSON_RELATIVE", "which") or self.has(found.at - 2, "how"):
            return True
        before = found.at - 1
        before -= int(self.has(before, "ACTORS") and self.has(before - 1, "TELL_ACTIVE"))
        return self.has(before, "that", "REL", "what", "how", "whether", "PERSON_RELATIVE") or (
            self.finite(before) and self.has(before, "SAY_ACTIVE", "TELL_ACTIVE")
        )

    def is_met(self, at: int) -> bool:
        """Whether the actors at an item are those whom somebody meets."""
        before = at - 1
        while self.has(before, "with", "ADV", "LY", "TIME"):
            before -= 1
        if self.has(before, *MEETING) or not self.has(at - 1, "with", "to"):
            return self.has(before, *MEETING)
        # "Spoke by telephone with Bush", "will raise it with Bush when they meet".
        before = at - 2
        while self.has(before, "ADV", "LY", "TIME", "PLAIN", "NOUN", "by", "on", "the"):
            before -= 1
        return self.has(before, "SPEAK_ACTIVE") or self.has(at + 1, "when")

    def does_to(self, subject: int, at: int) -> bool:
        """Whether the actors at an item are those whom somebody meets, or to whom a subject before does something."""
        return at in self.met or (subject < at and self.has(at - 1, "VERB_ACTIVE"))
