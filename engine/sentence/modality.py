"""Modality: how real a verb group makes what its clause tells: done, to come, only tried, only possible."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft, leaves_of
from engine.layers import Item
from engine.marks import UNREAL
from engine.sentence.conditions import supposed
from engine.sentence.setting import Setting
from engine.times.tense import is_gerund, resolving

AHEAD = frozenset({"proposed", "planned"})
"""Statuses of a verb group by which what stands in its clause lies ahead."""

SETTLING = frozenset({"AGREE", "DECIDE", "PROMISE"})
"""The classes of verbs that tell of what is to be done as settled then."""


DREADED = frozenset({"planned"})
"""The statuses of what is only proposed where somebody fears or hopes that it may be."""
AWAITED = ("when", "once", "until", "before", "after")
"""Words before which what "is done" is still to be, and before the third what somebody "does"."""
BARE = frozenset({"BE", "VBZ"})
"""The terminals of "is" and "are"."""
OFF = frozenset({"cancelled", "postponed"})
"""The marks of a journey that is not made, or not yet."""
MEETING_VERBS = ("MEET_ACTIVE", "DISCUSS_ACTIVE", "SPEAK_ACTIVE", "HOLD_ACTIVE")


def reality(setting: Setting, verb: int) -> set[str]:
    """The statuses that a verb group tells."""
    group = setting.interpreter.phrase("VERB", setting.items[verb])
    told = group.fields.get("status", ()) if group is not None else ()
    return {(value if isinstance(value, str) else value.alias or "").lower() for value in told}


def lies_ahead(setting: Setting, verb: int | None) -> bool:
    """Whether a verb group tells what is to come or only may."""
    return verb is not None and not AHEAD.isdisjoint(reality(setting, verb))


def only_may(setting: Setting, verb: int | None) -> bool:
    """Whether a verb group tells what only may be: "may respond by imposing sanctions"."""
    return verb is not None and reality(setting, verb) & AHEAD == {"proposed"}


def is_due(setting: Setting, verb: int | None) -> bool:
    """Whether a verb group tells of what lies ahead: "will visit", "is due in", "is expected here"."""
    if verb is None:
        return False
    told = reality(setting, verb)
    ahead = not AHEAD.isdisjoint(told) and "negated" not in told and not is_attempt(setting, verb)
    return ahead or setting.clauses.has(verb, "EXPECT_PASSIVE", "PLAN_PASSIVE") or setting.clauses.has(verb + 1, "due")


def is_added(setting: Setting, verb: int) -> bool:
    """Whether a verb group only adds what somebody does besides: "praised it in talks on Monday, vowing to return"."""
    return setting.clauses.has(verb - 1, "COMMA") and is_gerund(
        setting.items[verb], setting.clauses.alphabet.bits["VERB"]
    )


def is_unreal(setting: Setting, verb: int) -> bool:
    """Whether a verb tells what is not: that did not come about, or that only may if something else does."""
    return supposed(setting.clauses, verb) or not UNREAL.isdisjoint(reality(setting, verb))


def awaited(setting: Setting, match: Match) -> bool:
    """Whether a match tells what is yet to be done by a bare present: "the question is when sanctions are lifted"."""
    clauses = setting.clauses
    near = [at for at in (match.begin - 1, match.begin) if clauses.has(at, *AWAITED)]
    till = next((at for at in near if clauses.has(at, "until")), None)
    ends = ("_PASSIVE",) if till is None else ("_PASSIVE", "_ACTIVE")
    verbs = [one for one in leaves_of(match.tree[2]) if near and one[0].endswith(ends)]
    waits = clauses.governor(till) if till is not None and verbs else None
    if waits is not None and (lies_ahead(setting, waits) or is_unreal(setting, waits)):
        return True
    for terminal, at in verbs:
        group = setting.items[match.begin + at].read_as(clauses.alphabet.bits[terminal])
        bare = BARE if terminal.endswith("_PASSIVE") else BARE - {"BE"}
        forms = [set(form.terminals) for part in group[1] for form in part.forms] if group else []
        if any(bare <= form and "HAVE" not in form for form in forms):
            return True
    return False


def is_not_so(setting: Setting, verb: int | None, match: Match) -> bool:
    """Whether the verb of the clause, or that of which a match is the subject, tells what is not: "a vote in the house
    did not take place"."""
    own = setting.clauses.finite(match.end) and is_unreal(setting, match.end)
    return own or (verb is not None and is_unreal(setting, verb))


def adds_to_none(setting: Setting, verb: int | None, match: Match) -> bool:
    """Whether somebody is not in what a match tells, or this is added to what somebody does not do, or wants others to
    do whom no list tells: "refused to wait and travel to Riga", "urged tourists to come and visit Riga"."""
    if is_not_there(setting, match):
        return True
    if verb is None or verb > match.begin or not setting.clauses.has(match.begin, "and", "COMMA"):
        return False
    asks = setting.clauses.has(verb, "URGE_ACTIVE", "ASK_ACTIVE", "WANT_ACTIVE")
    others = asks and not setting.clauses.has(verb + 1, "ACTORS", "VERB_TO")
    return others or not (UNREAL | {"cancelled"}).isdisjoint(reality(setting, verb))


def is_not_there(setting: Setting, match: Match) -> bool:
    """Whether somebody or something is told not to be what a match tells, or where it tells it: "it is not a treaty",
    "they are no longer in talks"."""
    return setting.clauses.has(match.begin - 1, "NEG") and setting.clauses.has(match.begin - 2, "BE_ACTIVE")


def is_none_of(setting: Setting, match: Match) -> bool:
    """Whether something is told not to be what a match tells, or somebody wants none of it: "it is not a treaty signed
    by both", "rejected a request for aid"."""
    if is_not_there(setting, match):
        return True
    clauses, verb = setting.clauses, setting.clauses.governor(match.begin)
    known = clauses.has(match.begin, "the", "its", "their") or clauses.has(match.begin - 1, "the", "its", "their")
    # What was signed or reached is there, whatever somebody wants of it.
    known = known or any(terminal.endswith("_PARTICIPLE") for terminal, _ in leaves_of(match.tree[2]))
    denied = verb is not None and clauses.has(verb, "DENY_ACTIVE") and "negated" not in reality(setting, verb)
    return denied and not known


def of_the_first_time(setting: Setting, match: Match) -> str | None:
    """The status of what a clause tells as the first of its kind where that lies ahead: "would mark the first time
    that they met"."""
    clauses, subject = setting.clauses, setting.subject_of(match)
    begin = match.begin if subject is None else min(match.begin, subject.at)
    at = begin - 2 if clauses.has(begin - 1, "that") else begin - 1
    if not (clauses.has(at, "time") and clauses.has(at - 1, "ORDINAL", "COUNT_ORDINAL") and clauses.finite(at - 3)):
        return None
    return min(reality(setting, at - 3) & AHEAD, default=None)


def is_attempt(setting: Setting, verb: int) -> bool:
    """Whether a verb group tells what somebody tried, at what has been: "had sought to settle it in the talks"."""
    found = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    if found is None or "proposed" not in reality(setting, verb):
        return False
    tree, parts = found
    told = {terminal for terminal, _ in leaves_of(tree[2])}
    passive = any("BE" in form.terminals for part in parts for form in part.forms)
    return "CONTROL_VBD" in told or ("CONTROL_VBN" in told and not passive)


def is_noun_of_attempt(setting: Setting, verb: int) -> bool:
    """Whether what is read as a verb group is somebody's attempt, told by a noun: "its attempt to launch a missile"."""
    found = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    forms = found[1][0].forms if found is not None else []
    return any({"TRY", "CONTROL_VB"} <= {*form.terminals} for form in forms)


def resolved(setting: Setting, verb: int) -> bool:
    """Whether a verb group tells what was agreed or decided then, to be done later."""
    return bool(settling(setting, verb))


def was_settled(setting: Setting, verb: int) -> bool:
    """Whether a verb group tells what was agreed, decided or promised on an occasion that is past."""
    return not SETTLING.isdisjoint(settling(setting, verb))


def settling(setting: Setting, verb: int) -> set[str]:
    """The terminals of the words of a verb group that tells in the past what is to be done, none of others."""
    group = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    return set() if group is None else resolving(*group)


def is_present(setting: Setting, match: Match) -> bool:
    """Whether the verb that a match is read by is a bare present ("leaves")."""
    bits = setting.clauses.alphabet.bits
    for terminal, index in leaves_of(match.tree[2]):
        if terminal.endswith("_ACTIVE"):
            group = setting.items[match.begin + index].read_as(bits[terminal])
            children = group[0][2] if group else []
            return any(child[0] == "head" and child[2][0][0] == "VBZ" for child in children if len(child) == 3)
    return False


def is_past(setting: Setting, verb: int) -> bool:
    """Whether a verb group is a bare past: "ended", not "would end" or "has ended"."""
    group = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    children = group[0][2] if group else []
    return any(child[0] == "head" and child[2][0][0] == "VBD" for child in children if len(child) == 3)


def is_perfect(setting: Setting, verb: int) -> bool:
    """Whether a verb group tells what has been done by now: "has tested"."""
    group = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    heads = [child[2][0][0] for child in group[0][2] if len(child) == 3 and child[0] == "head"] if group else []
    return group is not None and group[0][1] == "active" and heads == ["VBN"]


def took_place(setting: Setting, verb: int | None, match: Match) -> bool:
    """Whether a match tells at which gathering somebody did what a verb tells in the past: "met at the summit"."""
    clauses = setting.clauses
    beside = clauses.has(match.begin - 2, "sidelines", "margins") and clauses.has(match.begin - 1, "of")
    there = beside or clauses.has(match.begin, "at", "during")
    return there and verb is not None and clauses.has(verb, *MEETING_VERBS, "SIGN_ACTIVE") and is_past(setting, verb)


def is_now(setting: Setting, verb: int) -> bool:
    """Whether a verb group is "is" or "are" alone."""
    group = setting.items[verb].read_as(setting.clauses.alphabet.bits["VERB"])
    return are_now(group[1]) if group else False


def are_now(words: list[Item]) -> bool:
    """Whether words are forms of "be" in the present, with nothing in the past."""
    told = [form.terminals for word in words for form in word.forms]
    return any("BE" in one for one in told) and not any("VBD" in one or "VBN" in one for one in told)


def is_done_now(setting: Setting, match: Match) -> bool:
    """Whether a match is read by a bare present passive: "is held", not "was held", "will be held", "being held"."""
    bits = setting.clauses.alphabet.bits
    for terminal, index in leaves_of(match.tree[2]):
        if terminal.endswith("_PASSIVE") and not terminal.endswith("_ING_PASSIVE"):
            group = setting.items[match.begin + index].read_as(bits[terminal])
            return are_now(group[1][:1]) if group else False
    return False


def is_dreaded(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether somebody only fears or hopes what a match tells to come: "worries that they would test another"."""
    clauses = setting.clauses
    subject, verb = setting.subject_of(match), clauses.verb_of(match)
    ahead = {(mark.alias or "").lower() for mark in draft.drafts("status")} == DREADED
    if not ahead or subject is None or verb is None or verb < subject.at:
        return False
    before = subject.at - 2 if clauses.has(subject.at - 1, "that") else subject.at - 1
    return clauses.has(before, "DREAD", "DREAD_ACTIVE", "PROSPECT")


def tried(setting: Setting, match: Match) -> bool:
    """Whether a match tells what somebody tried to do: "attempted to launch a missile", "its attempt to launch one"."""
    tries = [at for at in range(match.begin, match.end) if setting.clauses.has(at, "TRY_CONTROL")]
    return any(is_attempt(setting, at) or is_noun_of_attempt(setting, at) for at in tries)


def fall_with(found: list[Draft]) -> None:
    """Make as unreal as a journey that is called off what it was for: "scrapped a trip to Riga to meet ..."."""
    for visit in found:
        off = [mark for mark in visit.drafts("status") if visit.rule == "visit" and mark.alias in OFF]
        for talks in found if off else ():
            there = [one for one in talks.drafts("place") if visit.begin < one.begin < one.end <= visit.end]
            if talks.rule == "meeting" and there and talks.begin == there[0].begin:
                talks.fields["status"] = [*off[-1:]]
