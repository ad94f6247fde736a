"""Deeds: what somebody does, told by a noun ("Norway's expulsion of two envoys", "its decision to expel them").

Such a noun with whose deed it is and what is done is read as the clause that tells the same by a verb: "Norway expelled
two envoys". What the noun stands for, and by which verb, the lexicon tells; how real it is, the sentence around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.cascade import SPEECH, Match
from engine.interpret import KNOWN, Draft
from engine.landmarks import ARTICLES, DEEDS, OF_ANOTHER, joined_bits
from engine.layers import Item
from engine.sentence.clauses import Subject
from engine.sentence.modality import AHEAD, is_past, is_perfect, reality
from engine.sentence.setting import Setting
from engine.sentence.spoken import is_with_would
from engine.sentence.subjects import subject_of
from engine.sentence.supposed import HOPED, OFF, stands, told
from engine.words import Passage, Vocabulary

PRONOUNS = ("PERSON_PRONOUN", "PERSON_SHE")
BLAMED = ("for", "of", "over")
"""What stands after those who are blamed for a deed of theirs."""
COLUMNS = tuple(DEEDS.values())
VERB = "verb"
"""The column that tells by which verb the same is said."""
MODIFIERS = ("PLAIN", "ORDINAL", "TIME", "ADV", "LY", "NUMBER_WORD")
"""What may stand between whose deed it is and its noun."""
MOST_MODIFIERS = 3
OWNERS = ("'s", "’s")
POSSESSIVES = {"its": "it", "his": "he", "her": "she", "their": "they"}
"""Words that tell by a pronoun whose deed it is, and that pronoun."""
BOUNDS = tuple(
    "STOP QUOTE DASH MARK SUB which that PERSON_RELATIVE after before since despite following until ( )".split()
)
"""What ends the noun phrase of a deed."""
UNDONE = tuple(f"{one}_ACTIVE" for one in "CANCEL POSTPONE SUSPEND WITHDRAW FREEZE BLOCK UNDO DROP".split())
"""Verbs by which what they take is not, or is none any more."""
UNREAL = ("UNSURE", "HOPEFUL", "IMPROBABLE", "PROBABLE")
VAGUE = ("both",)
"""With these whoever does something is only counted."""
HAPPENS = ("HAPPEN_ACTIVE", "COME_ACTIVE", "TAKE_ACTIVE", "HOLD_PASSIVE")
"""Verbs that tell when and where what they are said of was."""
OWNER, PRONOUN, AGENT = "owner", "pronoun", "agent"
"""How it is told whose deed it is: "Norway's", "its", "by Norway"."""
LONGEST_DOER = 12
"""Tokens of whoever does it."""
ATTRIBUTES = frozenset({"DEMONYM", "BODY"})
"""What actors are that may be an attribute."""
DECIDED = "did"
"""The verb for what somebody decided to do."""
LATER = HOPED | {"aid", "exercise"}
"""What is still to be done once it is decided."""
TOLD_BY_VERBS = HOPED | {SPEECH}
"""Facts that take how real they are from the verb of their clause."""
PROPOSABLE = frozenset({"aid", "sanction"})
"""What is told as proposed where it is left open."""
CIRCUMSTANCES = ("when", "place", "name", "topics", "ordinal", "post")
"""What may be told around a noun and not in the clause made of it."""


@dataclass(slots=True)
class Deed:
    """A deed told by a noun: the words of the clause that tells it by a verb, how many of them tell who, the noun's
    token, the items of the sentence that its noun phrase takes, the verb, and how it tells whose deed it is."""

    words: list[Item]
    doers: int
    noun: int
    begin: int
    end: int
    verb: str
    doer: str


@dataclass(slots=True)
class Nouns:
    """The nouns of one sentence by which deeds are told; `words` are its words before phrases are read."""

    setting: Setting
    vocabulary: Vocabulary
    passage: Passage
    words: list[Item]

    def deeds(self) -> Iterator[Deed]:
        """Each deed whose doer is told, or is that of the deed before it in a list."""
        last: Deed | None = None
        alphabet = self.setting.clauses.alphabet
        nouns = joined_bits(alphabet, *COLUMNS)
        for at in range(1, len(self.words) - 2):
            told = alphabet.masks[self.words[at].signature] & nouns
            if told and (found := self.deed(at, self.verbs(at), last)):
                last = found
                yield found

    def verbs(self, at: int) -> dict[str, str]:
        """The verb of the noun that a word is, for each column in which it stands."""
        return {
            form.terminals[0]: form.row.values[VERB] for form in self.words[at].forms if form.terminals[0] in COLUMNS
        }

    def deed(self, at: int, verbs: dict[str, str], last: Deed | None) -> Deed | None:
        """The deed that the noun at a word tells, with the verb for each word that may go on after it."""
        word = self.words[at]
        noun = self.item_of(word)
        if noun is None:
            return None
        agent = self.after_times(noun + 1)
        of_whom = self.is_of_whom(agent, verbs)
        link = self.after_times(agent + 2) if of_whom or self.is_agent(agent) else agent
        verb = self.verb(link, verbs)
        begin, times = self.modified(noun)
        times += [
            one for here in range(noun, link) if self.setting.clauses.has(here, "TIME") for one in self.tokens(here)
        ]
        if verb is None or (found := self.doer(begin, agent, link, of_whom) or self.joined(begin, last)) is None:
            return None
        doer, begin, left_out, how = found
        if self.passage.words[doer[0].begin].lower in VAGUE:
            return None
        end = self.end_of(link, begin)
        objects = self.between(link, end, left_out)
        if not objects:
            return None
        told = [self.spoken(verb.split()[0], word), *(self.spoken(one, self.first(link)) for one in verb.split()[1:])]
        objects += self.circumstances(end)
        final = objects[-1].end
        closing = Item(self.vocabulary.meet(".").signature, final, final, [])
        return Deed([*doer, *times, *told, *objects, closing], len(doer), word.begin, begin, end, verb, how)

    def verb(self, link: int, verbs: dict[str, str]) -> str | None:
        """The verb of a noun after which an item goes on; None where this is not how it does."""
        return next((verbs[name] for after, name in DEEDS.items() if name in verbs and self.begins(link, after)), None)

    def after_times(self, at: int) -> int:
        """The item after a time that stands between a noun and what goes on after it: "expulsion on Monday of"."""
        has = self.setting.clauses.has
        if has(at, "TIME"):
            return at + 1
        return at + 2 if self.begins(at, "on", "in") and has(at + 1, "TIME") else at

    def joined(self, begin: int, last: Deed | None) -> tuple[list[Item], int, None, str] | None:
        """Whoever did the deed before, where "and" or a comma adds another without saying whose."""
        has = self.setting.clauses.has
        begin -= has(begin - 1, "DET")
        if last is None or not (has(begin - 1, "and", "COMMA") and last.end == begin - 1):
            return None
        return last.words[: last.doers], begin, None, last.doer

    def starts(self, at: int) -> bool:
        """Whether another deed begins at an item: "and severing of ties"."""
        for noun in range(at, min(at + MOST_MODIFIERS + 1, len(self.setting.items) - 1)):
            last = self.setting.items[noun].end
            word = next((index for index, one in enumerate(self.words) if one.end == last), None)
            if word is not None and self.verb(noun + 1, self.verbs(word)) is not None:
                return True
            if not (self.setting.clauses.has(noun, *MODIFIERS, "DET") or self.begins(noun, *POSSESSIVES)):
                break
        return False

    def item_of(self, word: Item) -> int | None:
        """The item of the sentence that ends with a word; None where a phrase has taken it in."""
        return next((at for at, item in enumerate(self.setting.items) if item.end == word.end), None)

    def first(self, at: int) -> Item:
        """The first word of an item."""
        begin = self.setting.items[at].begin
        return next(word for word in self.words if word.begin == begin)

    def spoken(self, text: str, there: Item) -> Item:
        """A word of the clause, in the place of one of the sentence."""
        word = self.vocabulary.meet(text)
        return Item(word.signature, there.begin, there.end, word.forms)

    def begins(self, at: int, *words: str) -> bool:
        """Whether an item begins with one of some words."""
        items, spoken = self.setting.items, self.passage.words
        return 0 <= at < len(items) and items[at].begin < len(spoken) and spoken[items[at].begin].lower in words

    def is_agent(self, at: int) -> bool:
        """Whether an item and the next tell by whom something is done."""
        return self.begins(at, "by") and self.setting.clauses.has(at + 1, "ACTORS")

    def is_of_whom(self, at: int, verbs: dict[str, str]) -> bool:
        """Whether "of" tells who does something, as it is not what is done: "the withdrawal of Oslo from the pact"."""
        has = self.setting.clauses.has
        if not (self.begins(at, "of") and has(at + 1, "ACTORS")):
            return False
        others = {name: verb for name, verb in verbs.items() if name != DEEDS["of"]}
        return others == verbs or (self.verb(at + 2, others) is not None and not has(at + 3, "ACTORS", "PLACE"))

    def modified(self, noun: int) -> tuple[int, list[Item]]:
        """Where the words begin that say of a noun what it is like, and those of them that tell when."""
        has, at = self.setting.clauses.has, noun
        while at > noun - MOST_MODIFIERS and has(at - 1, *MODIFIERS) and not has(at - 1, "ACTORS"):
            at -= 1
        times = [word for one in range(at, noun) if has(one, "TIME") for word in self.tokens(one)]
        return at, times

    def tokens(self, at: int) -> list[Item]:
        """The words of an item."""
        item = self.setting.items[at]
        return [word for word in self.words if item.begin <= word.begin < item.end]

    def doer(self, begin: int, agent: int, link: int, of_whom: bool) -> tuple[list[Item], int, int | None, str] | None:
        """The words of whoever does the deed, the item with which its noun phrase begins, the item "by" where it
        stands behind, and how he is told; None where nobody is."""
        has = self.setting.clauses.has
        if of_whom:
            return self.tokens(agent + 1), begin - has(begin - 1, "DET"), None, OWNER
        if self.is_agent(agent):
            return self.tokens(agent + 1), begin - has(begin - 1, "DET"), None, AGENT
        if has(begin - 1, *OWNERS) and has(begin - 2, "ACTORS"):
            return self.tokens(begin - 2), begin - 2, None, OWNER
        if self.begins(begin - 1, *POSSESSIVES):
            return self.possessor(begin - 1), begin - 1, None, PRONOUN
        if has(begin - 1, "ACTORS") and self.is_attribute(begin - 1):
            return self.tokens(begin - 1), begin - 1, None, OWNER
        for at in range(link + 2, self.end_of(link, begin)):
            if self.is_agent(at) and not has(at - 1, "PARTICIPLE", "VERB"):
                return self.tokens(at + 1), begin - has(begin - 1, "DET"), at, AGENT
        return None

    def is_attribute(self, at: int) -> bool:
        """Whether actors before a noun are an attribute of it: "the Norwegian expulsion of"."""
        words = self.tokens(at)
        told = any(not ATTRIBUTES.isdisjoint(form.terminals) for form in words[-1].forms)
        return told and (self.begins(at, *ARTICLES) or self.begins(at - 1, *ARTICLES))

    def possessor(self, at: int) -> list[Item]:
        """The words of whom a possessive means: of the subject of its clause, else a pronoun."""
        clauses = self.setting.clauses
        verb = clauses.governor(at)
        while verb is not None and subject_of(self.setting, verb) is None:
            verb = clauses.governor(verb)
        subject = subject_of(self.setting, verb)
        if clauses.has(at - 1, *BLAMED) and clauses.has(at - 2, "ACTORS") and not clauses.has(at - 2, *PRONOUNS):
            subject = Subject(at - 2)
        personal = self.begins(at, "his", "her")
        if subject is not None and not subject.last and subject.at < at:
            words = self.tokens(subject.at)
            if len(words) <= LONGEST_DOER and (
                self.begins(at, "their") or personal == clauses.has(subject.at, "PERSON")
            ):
                return words
        here = self.first(at)
        return [self.spoken(POSSESSIVES[self.passage.words[here.begin].lower], here)]

    def end_of(self, link: int, begin: int) -> int:
        """The item after the last of what a deed is done to, how and when."""
        clauses = self.setting.clauses
        told_by_verb = clauses.finite(begin - 1)
        at = link + 1
        while at < len(self.setting.items):
            if (clauses.finite(at) and at > link + 1) or (clauses.has(at, *BOUNDS) and not self.begins(at, "as")):
                break
            if clauses.has(at, "and", "COMMA") and self.starts(at + 1):
                break
            if clauses.has(at, "COMMA") and (clauses.finite(at + 2) or not clauses.has(at + 1, "ACTORS")):
                break
            if told_by_verb and clauses.has(at, "TIME"):
                # "Criticised the dismissal of his aide on Monday": the day is that of the criticism.
                return at - 1 if self.begins(at - 1, "on", "in", "at") else at
            at += 1
        return at

    def circumstances(self, at: int) -> list[Item]:
        """The words of the day and place on which a deed is told to have happened: "came on Monday"."""
        has = self.setting.clauses.has
        if not (has(at, *HAPPENS) and self.setting.clauses.finite(at)):
            return []
        first = last = at + 1 + self.begins(at + 1, "place")
        while has(last, "TIME", "PLACE") or (self.begins(last, "on", "in", "at") and has(last + 1, "TIME", "PLACE")):
            last += 1
        # "Came a day after another": the day is that of the other.
        return [] if has(last, *OF_ANOTHER) else [word for here in range(first, last) for word in self.tokens(here)]

    def between(self, link: int, end: int, left_out: int | None) -> list[Item]:
        """The words of what a deed is done to, without by whom."""
        items = self.setting.items
        first = self.first(link).end
        last = max((items[at].end for at in range(link, end)), default=first)
        out = range(0) if left_out is None else range(items[left_out].begin, items[left_out + 1].end)
        return [word for word in self.words if first <= word.begin < last and word.begin not in out]


def is_real(setting: Setting, draft: Draft, deed: Deed) -> bool:
    """Whether the sentence around a deed tells it as more than a possibility."""
    clauses, statuses = setting.clauses, set(marks(draft, "status"))
    if any(clauses.has(at, *UNREAL) for at in range(deed.begin - 1, deed.begin + MOST_MODIFIERS)):
        return False
    if clauses.has(deed.begin - 1, *UNDONE) and clauses.finite(deed.begin - 1):
        return False
    if deed.doer != OWNER and clauses.has(deed.begin - 1, "DENY_ACTIVE"):
        return False
    ahead = clauses.finite(deed.end) and not AHEAD.isdisjoint(reality(setting, deed.end))
    if ahead and (deed.doer != OWNER or is_with_would(setting, deed.end)):
        return False
    if draft.rule not in HOPED and deed.verb.endswith(" to") and not OFF.isdisjoint(statuses):
        # A refusal to sign is no deed, one to meet is.
        return False
    if draft.rule in LATER and deed.verb == DECIDED:
        if statuses <= {"occurred", "ongoing"}:
            told(draft, "planned")
    elif draft.rule in HOPED and statuses <= {"occurred"} and (deed.doer == AGENT or not is_over(setting, deed)):
        return False
    return stands(setting, draft, Match(draft.rule, (draft.rule, draft.alias, []), deed.begin, deed.end))


def leave_open(found: list[Draft], deed: Deed) -> list[Draft]:
    """What a sentence tells where the words before a deed leave it open: nothing of it but what may be proposed."""
    kept = []
    for one in found:
        bare = one.rule not in TOLD_BY_VERBS and deed.noun < one.end and one.begin < deed.words[-1].begin
        if bare and set(marks(one, "status")) <= {"occurred", "governed"}:
            if one.rule not in PROPOSABLE:
                continue
            told(one, "proposed")
        kept.append(one)
    return kept


def is_over(setting: Setting, deed: Deed) -> bool:
    """Whether the verb before or after a deed is in the past: "defended his visit to Riga"."""
    clauses = setting.clauses
    if clauses.finite(deed.end):
        return is_past(setting, deed.end) or is_perfect(setting, deed.end)
    verb = clauses.governor(deed.begin)
    return verb is not None and is_past(setting, verb)


def take(told: list[Draft], found: list[Draft], deed: Deed) -> list[Draft]:
    """What a sentence tells together with what a deed's clause does: what its own wordings read of the deed is kept
    where that tells no more."""
    for draft in told:
        alike = [one for one in found if one.rule == draft.rule and one.begin < draft.end and one.end > deed.noun]
        same = [one for one in alike if not is_known(one) and marks(one, "action") == marks(draft, "action")]
        weigh = alike if draft.rule in HOPED else same
        if not all(is_weaker(one, draft, deed) for one in weigh):
            continue
        for one, name in ((one, name) for one in weigh for name in CIRCUMSTANCES if name in one.fields):
            draft.fields.setdefault(name, one.fields[name])
        gone = [*weigh, *filter(is_known, alike)]
        kept = [one for one in found if not any(one is other for other in gone)]
        at = next((at for at, one in enumerate(kept) if one.begin > draft.begin), len(kept))
        found = [*kept[:at], draft, *kept[at:]]
    return found


def is_known(draft: Draft) -> bool:
    """Whether a record only names what there is."""
    return any(mark.alias == KNOWN for mark in draft.drafts("reference"))


def marks(draft: Draft, name: str) -> list[str]:
    """The marks and values of a field, in small letters."""
    return [(one if isinstance(one, str) else one.alias or "").lower() for one in draft.fields.get(name, ())]


def is_weaker(one: Draft, other: Draft, deed: Deed) -> bool:
    """Whether a record tells no more than what a deed's clause tells: fewer sides, or nothing besides."""
    if not OFF.isdisjoint(marks(other, "status")) and OFF.isdisjoint(marks(one, "status")):
        return True
    dated = one.rule in HOPED and "when" in one.fields
    fewer = len(one.drafts("parties")) < len(other.drafts("parties")) and not dated
    less = deed.doer != PRONOUN and one.rule not in HOPED and set(one.fields) - {"reference"} <= set(other.fields)
    return fewer or less
