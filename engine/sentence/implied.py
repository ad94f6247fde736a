"""Implied: clauses without a subject of their own, written out with the one that they are said of.

"By dismissing Lahti, Solberg angered Oslo", "was the first to sign it", "regretted having met him": grammars read
"Solberg dismissed Lahti" in every order of words, so such a clause is given its subject and the form of a plain one and
read once more. Only what the sentence tells as done is read so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.cascade import SPEECH, Cascade
from engine.interpret import Draft, leaves_of
from engine.layers import Item
from engine.recast import Recast
from engine.sentence.clauses import Clauses
from engine.sentence.conditions import awaited, supposed
from engine.sentence.modality import AHEAD, OFF, is_unreal, lies_ahead, reality
from engine.sentence.setting import Setting

FRONTED = ("after", "since", "upon", "on", "by", "in", "despite", "while", "when", "besides")
"""Words that open such a clause before the one whose subject it has."""
TRAILING = ("after", "since", "upon", "by", "despite", "while", "when")
"""Those that open one behind it."""
AT_ONCE = ("by", "in", "while", "when", "upon", "COMMA")
"""Those of what is done at the time of its clause."""
BLAMING = frozenset({"CONDEMN", "PRAISE"})
"""The acts of those who are told to blame or praise somebody "for" something."""
SAID = "SAY"
"""The act of those who tell that somebody is said "to have" done something."""
EARLIER = ("AVOW_ACTIVE",)
"""Verbs whose object is what somebody did: "admitted firing", "regrets having met"."""
BARE = ("VERB_ING", "VERB_TO", "VERB_ING_PASSIVE", "VERB_TO_PASSIVE")
FIRST = ("ORDINAL", "COUNT_ORDINAL", "only")
IS = ("BE_ACTIVE", "BECOME_ACTIVE")
NEAR = 6
"""Items that tell what somebody is the first of."""
PRESENT = ("VBZ", "VB")
MANNER = ("ADV", "LY")
OTHERS = ("VERB_TO", "VERB_ING", "VERB_BASE")
"""What between a verb and such a clause makes it another's: "urged Oslo to act by recalling"."""
THINGS = ("NOUN", "NOUNS")


@dataclass(frozen=True, slots=True)
class Implied:
    """A clause without a subject: its verb, subject and last item (exclusive), the verb that governs it, and whether it
    is told as `done` though it has the form of what is to come, or is done `at_once` with what that verb tells."""

    verb: int
    subject: int
    end: int
    governor: int
    done: bool = False
    at_once: bool = False


def implied(setting: Setting, deeds: int) -> Iterator[Implied]:
    """The clauses of a sentence whose verb, of one of the classes `deeds` as bits, has no subject."""
    clauses = setting.clauses
    for at in clauses.where(*BARE):
        if not clauses.finite(at) and is_deed(clauses, at, deeds):
            found = infinitive(setting, at) if clauses.has(at, "VERB_TO", "VERB_TO_PASSIVE") else gerund(setting, at)
            if found is not None and is_told(setting, found):
                yield found


def is_deed(clauses: Clauses, at: int, deeds: int) -> bool:
    """Whether a verb group is of one of the classes `deeds`."""
    group = clauses.items[at].read_as(clauses.bits_of(("VERB",)))
    return group is not None and any(clauses.alphabet.masks[part.signature] & deeds for part in group[1])


def gerund(setting: Setting, at: int) -> Implied | None:
    """The clause of a gerund or participle, by what stands before it."""
    clauses = setting.clauses
    before = at - 1
    while clauses.has(before, *MANNER):
        before -= 1
    if before < 0 or (clauses.has(before, *FRONTED) and opens(clauses, before)):
        return fronted(setting, at, before)
    if clauses.has(before, "COMMA"):
        return beside(setting, at, before)
    if clauses.finite(before):
        return told_of(setting, at, before, before) if clauses.has(before, *EARLIER) else None
    governor = clauses.governor(before)
    if governor is None:
        return None
    if clauses.has(before, "for", "of"):
        return blamed(setting, at, before, governor)
    # "Lasted a year before being dismissed": what is done to somebody by then has been done.
    until = clauses.has(before, "before") and clauses.has(at, "VERB_ING_PASSIVE")
    owned = clauses.has(before, "to") and clauses.has(governor, *EARLIER)
    return told_of(setting, at, before, governor) if until or owned or clauses.has(before, *TRAILING) else None


def opens(clauses: Clauses, at: int) -> bool:
    """Whether a word opens its clause."""
    return at == 0 or clauses.has(at - 1, "FRAME", "DATELINE", "QUOTE", "COMMA", "that", "and", "but")


def fronted(setting: Setting, at: int, before: int) -> Implied | None:
    """A clause that stands before the one whose subject it has: "After meeting Lahti, Solberg said ..."."""
    clauses = setting.clauses
    for verb in sorted(clauses.finites):
        subject = setting.found.get(verb) if verb > at else None
        if subject is None:
            continue
        comma = subject.at - 1
        if at < comma and clauses.has(comma, "COMMA") and subject.at < verb and not clauses.has(at, "ARRIVE_ING"):
            return Implied(at, subject.at, comma, verb, at_once=clauses.has(before, *AT_ONCE))
        return None
    return None


def beside(setting: Setting, at: int, comma: int) -> Implied | None:
    """A clause set off by commas: after the subject ("Solberg, meeting Lahti, said") or at the end."""
    clauses = setting.clauses
    for verb, subject in setting.found.items():
        if subject is not None and subject.at == comma - 1 and verb > at and clauses.has(verb - 1, "COMMA"):
            return Implied(at, subject.at, verb - 1, verb, at_once=True)
    governor = clauses.governor(comma)
    return told_of(setting, at, comma, governor) if governor is not None else None


def told_of(setting: Setting, at: int, before: int, governor: int) -> Implied | None:
    """A clause that stands behind the one whose subject it has."""
    clauses, subject = setting.clauses, setting.found.get(governor)
    by_another = clauses.has(governor, "VERB_PASSIVE") and clauses.has(before, "by")
    others = (one for one in range(governor + 1, before) if clauses.has(one, *OTHERS) and not clauses.has(one, *THINGS))
    if subject is None or by_another or next(others, None) is not None:
        return None
    return Implied(at, subject.at, last(clauses), governor, at_once=clauses.has(before, *AT_ONCE))


def blamed(setting: Setting, at: int, before: int, governor: int) -> Implied | None:
    """What somebody is blamed or praised for: "accused Oslo of firing", "was hailed for signing"."""
    clauses = setting.clauses
    accused = clauses.has(governor, "ACCUSE_ACTIVE", "ACCUSE_PASSIVE")
    if not (accused if clauses.has(before, "of") else act_of(setting, governor) in BLAMING):
        return None
    if clauses.has(governor, "VERB_PASSIVE"):
        subject = setting.found.get(governor) if before == governor + 1 else None
        return Implied(at, subject.at, last(clauses), governor) if subject is not None else None
    whom = before - 1
    return Implied(at, whom, last(clauses), governor) if whom == governor + 1 and clauses.has(whom, "ACTORS") else None


def act_of(setting: Setting, verb: int) -> str | None:
    """What act of speech a verb group tells."""
    told = setting.interpreter.phrase("VERB", setting.items[verb])
    return told.defaults.get("act") if told is not None else None


def infinitive(setting: Setting, at: int) -> Implied | None:
    """The clause of an infinitive that tells what was done: "was the first to sign", "led Oslo to sign", "is said to
    have signed"."""
    clauses = setting.clauses
    governor = clauses.governor(at)
    if governor is None:
        return None
    subject = setting.found.get(governor)
    if clauses.has(governor, *IS) and subject is not None and at - governor <= NEAR:
        return Implied(at, subject.at, last(clauses), governor, done=True) if is_first(clauses, governor, at) else None
    if clauses.has(governor, "INDUCE_ACTIVE") and governor + 2 == at and clauses.has(at - 1, "ACTORS"):
        return Implied(at, at - 1, last(clauses), governor, done=True)
    said = clauses.has(governor, "VERB_PASSIVE") and governor + 1 == at and act_of(setting, governor) == SAID
    if said and subject is not None and is_done(setting, at):
        return Implied(at, subject.at, last(clauses), governor, done=True)
    return None


def is_first(clauses: Clauses, governor: int, at: int) -> bool:
    """Whether somebody is told to be the first who does something."""
    group = clauses.items[at].read_as(clauses.bits_of(("VERB",)))
    words = [clauses.masks[one] for one in range(governor + 1, at)]
    words += [clauses.alphabet.masks[part.signature] for part in group[1]] if group is not None else []
    told = any(mask & clauses.bits_of(FIRST) for mask in words)
    return told and not any(clauses.has(one, "COMMA", "QUOTE", "VERB_TO", "NEG") for one in range(governor + 1, at))


def is_done(setting: Setting, at: int) -> bool:
    """Whether an infinitive tells what was done: "to have signed"."""
    group = setting.items[at].read_as(setting.clauses.bits_of(("VERB",)))
    return group is not None and any("HAVE" in form.terminals for part in group[1][:-1] for form in part.forms)


def last(clauses: Clauses) -> int:
    """The item after the last one of a sentence but for its stop."""
    end = len(clauses.items)
    return end - 1 if clauses.has(end - 1, "STOP") else end


def is_bare_present(setting: Setting, verb: int) -> bool:
    """Whether a verb group is a bare present: what is done so may be done often."""
    group = setting.items[verb].read_as(setting.clauses.bits_of(("VERB",)))
    return group is not None and group[0][1] == "active" and any(leaf[0] in PRESENT for leaf in leaves_of(group[0][2]))


def is_told(setting: Setting, clause: Implied) -> bool:
    """Whether what governs a clause is told as done or to be done."""
    clauses, governor = setting.clauses, clause.governor
    if not clauses.has(clause.subject, "ACTORS"):
        return False
    if is_unreal(setting, governor) or supposed(clauses, governor, "whether") or awaited(clauses, governor):
        return False
    if not OFF.isdisjoint(reality(setting, governor)):
        return False
    return not lies_ahead(setting, governor) and not (clause.at_once and is_bare_present(setting, governor))


def classes_of_deeds(cascade: Cascade) -> int:
    """The bits of the classes of verbs by which events are told, with a subject; sought once."""
    if not cascade.deeds:
        bits, read = cascade.alphabet.bits, 0
        for event in cascade.events:
            read |= event.letters.read if event.name != SPEECH else 0
        for name, bit in bits.items():
            told = bits.get(f"{name}_ACTIVE", 0) | bits.get(f"{name}_PASSIVE", 0)
            cascade.deeds |= bit if told & read else 0
    return cascade.deeds


def gives_way(one: Draft, clause: Implied, draft: Draft) -> bool:
    """Whether what was read in a clause gives way to the draft of it written out: where that takes in more, or tells as
    done what the other left open."""
    left_open = any(mark.alias in AHEAD for mark in one.drafts("status"))
    told = any(mark.alias != "occurred" for mark in one.drafts("status"))
    return clause.done if left_open else one.end < draft.end and not told


def taken_in(found: list[Draft], draft: Draft, items: list[Item]) -> list[Draft]:
    """What of the same type is read from some of the items after the verb that a written out clause is read from:
    "visiting Lima for talks with X" told only that talks are due there."""
    last = max(item.end for item in items)
    return [one for one in found if one.rule == draft.rule and items[0].begin < one.begin and one.end <= last]


def tell_by_own_words(draft: Draft, items: list[Item]) -> None:
    """Let what a clause tells be read from its own words alone, where its subject stands behind it."""
    if len(items) > 1 and items[0].begin > items[1].begin:
        draft.begin, draft.end = items[1].begin, max(one.end for one in items[1:] if one.end <= items[0].begin)


def date_at_once(setting: Setting, clause: Implied, draft: Draft) -> None:
    """Give what is done at once with what governs it the time of that, if it has none."""
    time = setting.time_of_clause(clause.governor, clause.verb) if clause.at_once else None
    if time is not None:
        draft.fields.setdefault("when", [time])


def written_out(setting: Setting, clause: Implied, recast: Recast) -> list[Item] | None:
    """The items of a clause with its subject, and its verb in the form that has one; None where it has none such."""
    items = setting.items
    verb = recast.active(items[clause.verb], "ing", "to")
    verb = verb or recast.passive(items[clause.verb], "ing_passive", "to_passive", only=True)
    if verb is None:
        return None
    return [items[clause.subject], verb, *items[clause.verb + 1 : clause.end], items[-1]]
