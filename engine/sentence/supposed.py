"""Supposed: happenings that words only name, and that the verb in whose clause they stand leaves open.

"The bill would allow new sanctions", "might seek the cancellation of the exercises": the noun alone would tell them as
real. What is named with "the" or "its", or with its time, is known to be, whatever is to become of it.
"""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import KNOWN as FAMILIAR
from engine.interpret import Draft, leaves_of
from engine.marks import GOVERNED
from engine.sentence.conditions import supposed
from engine.sentence.denied import AIMED_AT, KNOWN, calls_for, is_denied, is_judged, is_nobodys
from engine.sentence.modality import (
    AHEAD,
    awaited,
    is_dreaded,
    is_none_of,
    of_the_first_time,
    reality,
    tried,
)
from engine.sentence.setting import Setting
from engine.sentence.speech import vowed_then
from engine.sentence.spoken import bodes, hypothetical, invites, is_with_would, keep_own, vowed, would_be
from engine.sentence.untrue import is_untrue

NAMED_ALONE = frozenset({"agreement", "aid", "exercise", "relations", "resolution", "sanction", "weapon_test"})
"""Facts that a noun may tell without a verb; meetings and visits take their tense from the verb."""
KEPT = frozenset({"sanction"})
"""Those of which what is only wished or feared is told as proposed."""
HOPED = frozenset({"meeting", "visit"})
"""Those that are to come where the words before them look forward to them."""
SCHEDULED = HOPED | {"resolution"}
"""Those that are still to come where somebody only may put them off."""
AWAITED_TOO = frozenset({"appointment"})
"""Those besides that a bare present leaves open."""
NAMED = frozenset({"status", "when"})
"""What says of a happening told by a noun that there is one."""
THINGS = ("NOUN", "NOUNS")
OWNED = frozenset({"agreement", "meeting", "resolution", "visit"})
"""Those whose last word may only own what follows."""
OWNERS = frozenset({"visit"})
"""Those of them of which that word may be an actor or a time too."""
SPOKEN_TO = frozenset({"meeting"})
"""Those of them that somebody may hold with such an actor, or on him."""
FIRST, LAST = 0, -1
"""The edges of a phrase."""
ROUND = "ROUND"
"""What only says that something comes again."""
COMPOUNDED = frozenset({"aid", "resolution"})
"""Those whose last word may be no more than the attribute of what follows."""
DOING = HOPED | {"agreement"}
"""Those that may be told by a verb alone."""
HABITUAL = frozenset({"exercise", "meeting", "visit", "weapon_test"})
"""Those that somebody may be told to do often, at no time."""
CALLED = frozenset({"agreement", "meeting"})
"""Those that a telephone call may tell of."""
WARNED = frozenset({"appointment", "exercise", "meeting", "visit", "weapon_test"})
"""Those that somebody may be told not to do."""
TRIED = frozenset({"weapon_test"})
"""Those that happen where somebody tries to do them, well or not."""
GIVEN = "aid"
"""The fact that aid is given."""
SPOKEN = "statement"
"""The fact that something was said."""
OBJECTS = ("NOUN", "NOUNS", "PLAIN")
OFF = frozenset({"cancelled", "postponed"})
"""Statuses of what somebody puts off."""
TOLD = frozenset({"ongoing", "occurred", "cancelled", "governed"})
"""Statuses that a noun tells by itself."""
VERBAL = ("_ACTIVE", "_PASSIVE", "_ING", "_TO", "_BASE", "_VBN", "PARTICIPLE")
"""How the terminals of verbs end."""
OPEN = ("whether", "if", "unless")
"""Words that open a clause which tells of nothing real."""
NEAR = 3
"""Items by which a subject may stand before its verb there."""
HAVING = frozenset({"HAVE", "GET", "SEE"})
"""Verbs that, where they lie ahead, leave open what becomes of their object."""

REMEMBERED = "anniversary_of"
"""The phrasing of what lies behind, whatever is to be done to mark it."""


def hoped_for(setting: Setting, match: Match) -> bool:
    """Whether the words before a happening tell it as one to come: "a step toward a summit", "a chance of talks"."""
    clauses = setting.clauses
    if match.tree[0] in AIMED_AT and not is_new(setting, match):
        return False
    at = match.begin if clauses.has(match.begin, *KNOWN, "a", "an") else match.begin - 1
    at = at - 1 if clauses.has(at, *KNOWN, "a", "an") else at
    return clauses.has(at, "HOPEFUL") or (clauses.has(at, "of", "for") and clauses.has(at - 1, "PROSPECT"))


def is_asked_for(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether the verb of a match is that by which somebody asks for what it tells: the time and place
    of its clause are those of the asking ("on Monday called for a truce")."""
    verb = setting.clauses.verb_of(match)
    if verb is None or verb < match.begin or not setting.clauses.finite(verb):
        return False
    asked = any(mark.alias == "proposed" for mark in draft.drafts("status"))
    asked = asked and reality(setting, verb).isdisjoint(AHEAD)
    return asked or vowed_then(setting.clauses, setting.subject_of(match), verb)


def is_new(setting: Setting, match: Match) -> bool:
    """Whether what a noun tells is none that is known: "a push for a deal"."""
    clauses = setting.clauses
    verbal = any(terminal.endswith(VERBAL) for terminal, _ in leaves_of(match.tree[2]))
    return not verbal and not any(clauses.has(at, *KNOWN) for at in (match.begin - 1, match.begin))


def is_habit(setting: Setting, match: Match) -> bool:
    """Whether the words, or the verb in whose clause they stand, tell what is done often: "usually fires missiles"."""
    clauses = setting.clauses
    verb = clauses.governor(match.begin)
    near = range(max(match.begin - 1, 0), match.end)
    if any(clauses.has(at, "HABIT") for at in near):
        return True
    bit = clauses.alphabet.bits["VERB"]
    groups = (setting.items[at].read_as(bit) for at in (*near, *([] if verb is None else [verb])))
    forms = (form for group in groups if group is not None for part in group[1] for form in part.forms)
    return any("HABIT" in form.terminals for form in forms)


def joined(setting: Setting, match: Match) -> bool:
    """Whether a match tells by a participle what is done besides, or by what something is done: "will press for
    reforms, brokering deals", "may mark the day by testing a missile"."""
    verbs = [terminal for terminal, _ in leaves_of(match.tree[2]) if terminal.endswith(VERBAL)]
    besides = setting.clauses.has(match.begin, "COMMA", "by") or setting.clauses.has(match.begin + 1, "by")
    return besides and bool(verbs) and all(one.endswith("_ING") for one in verbs)


def thought_of(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether what nobody is told to do is only thought of, which it then is: of sanctions that are the subject of what
    follows ("On the other hand, easing them could lower prices")."""
    clauses = setting.clauses
    if draft.rule not in KEPT or not (clauses.has(match.begin, "COMMA") and clauses.finite(match.end)):
        return False
    draft.fields["parties"] = [one for one in draft.drafts("parties") if one.alias != GOVERNED]
    told(draft, "proposed")
    return True


def is_supposed(setting: Setting, match: Match) -> bool:
    """Whether the verb of a match stands in a clause that "if" opens: "even if he changes his mind and signs"."""
    clauses = setting.clauses
    verb = clauses.verb_of(match)
    if verb is None or not supposed(clauses, verb, "whether"):
        return False
    if any(clauses.has(at, "whether") for at in range(match.begin, verb)):
        # A wording that takes the word knows what it leaves open: "divided over whether to impose".
        return False
    subject = setting.subject_of(match)
    # "Whether to keep to the deal that they have signed": what is open is not what the relative clause tells.
    return subject is None or subject.at <= match.begin


def is_open(setting: Setting, match: Match) -> bool:
    """Whether a match stands in a clause that leaves it open: "asked whether he had met ...", "if they meet"."""
    begin = match.begin
    subject = setting.subject_of(match)
    if subject is not None and begin - NEAR < subject.at < begin:
        begin = subject.at
    clauses = setting.clauses
    turned = clauses.has(begin - 1, "had") and (begin == 1 or clauses.has(begin - 2, "COMMA", "QUOTE"))
    return turned or clauses.has(begin - 1, *OPEN) or clauses.has(begin, *OPEN) or is_caused(setting, match)


def is_caused(setting: Setting, match: Match) -> bool:
    """Whether a match tells by a bare verb what others have its subject do: "helped the two sides hold talks"."""
    clauses = setting.clauses
    bare = clauses.has(match.begin + 1, "VERB_BASE") and not clauses.finite(match.begin + 1)
    before = clauses.finite(match.begin - 1) and not clauses.has(match.begin - 1, "SAY_ACTIVE", "TELL_ACTIVE")
    return (
        bare and clauses.has(match.begin, "ACTORS") and (before or clauses.has(match.begin - 1, "VERB_TO", "VERB_ING"))
    )


def stands(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether a happening is told as more than a possibility; one that is kept all the same becomes proposed."""
    clauses = setting.clauses
    if draft.alias == REMEMBERED:
        return True
    if only_owns(setting, draft, match) or (draft.rule in HOPED and is_open(setting, match)):
        return False
    if draft.rule == SPOKEN and (
        hypothetical(setting, match) or invites(setting, draft, match) or bodes(setting, draft, match)
    ):
        return False
    denied = is_denied(setting, match) or is_nobodys(setting, draft, match) or is_untrue(setting, match)
    if denied or (draft.rule != SPOKEN and is_judged(setting, match)):
        return False
    if (draft.rule in TRIED and tried(setting, match)) or (draft.rule == SPOKEN and vowed(setting, match)):
        draft.fields.pop("status", None)
    elif draft.rule == SPOKEN:
        keep_own(setting, draft, match)
    acts = clauses.finite(match.end - 1) and not clauses.has(match.end - 1, "BE_ACTIVE")
    if draft.rule in DOING and acts and clauses.has(match.end, *OBJECTS):
        # "They gather force": the verb has an object that the wording does not know.
        return clauses.has(match.end - 1, "VERB_PASSIVE")
    if only_may_be_off(setting, draft, match):
        # "Threatened to cut off aid": whether it is to be given is open.
        told(draft, "proposed" if draft.rule == GIVEN else "planned")
        return draft.rule in SCHEDULED or draft.rule == GIVEN
    if draft.rule in WARNED and clauses.has(match.begin, "VERB_ING"):
        if clauses.has(match.begin - 1, "against"):
            return False
        if clauses.has(match.begin - 1, "CONSIDER_ACTIVE"):
            told(draft, "proposed")
    if draft.rule in HABITUAL and "when" not in draft.fields and is_habit(setting, match):
        return False
    if draft.rule != SPOKEN and (ahead := looked_forward_to(setting, draft, match)):
        told(draft, ahead)
        return True
    if draft.rule in AWAITED_TOO and is_only_named(draft, match):
        if any(clauses.has(at, "UNSURE") for at in range(match.begin - 1, match.end)):
            told(draft, "proposed")
        elif is_imagined(setting, match):
            return False
    if draft.rule in NAMED_ALONE | HOPED and is_none(setting, draft, match):
        return False
    if draft.rule in CALLED and calls_for(setting, match):
        return False
    if draft.rule in NAMED_ALONE | HOPED | AWAITED_TOO and awaited(setting, match):
        told(draft, "proposed")
        return draft.rule in KEPT
    return draft.rule not in NAMED_ALONE | HOPED or is_told(setting, draft, match)


def only_may_be_off(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether a match tells what somebody only may put off, which then is not off: "could cancel the drills", "would
    freeze its tests in return for aid"."""
    verb = setting.clauses.verb_of(match)
    off = [mark for mark in draft.drafts("status") if (mark.alias or "").lower() in OFF]
    if verb is None or not any(mark.begin <= setting.items[verb].begin < mark.end for mark in off):
        return False
    told = reality(setting, verb)
    return "proposed" in told or ("planned" in told and would_be(setting, match))


def looked_forward_to(setting: Setting, draft: Draft, match: Match) -> str | None:
    """The status of what its words tell as hoped for, as the first of its kind to come, or as dreaded."""
    if draft.rule in HOPED | AIMED_AT and "when" not in draft.fields and hoped_for(setting, match):
        return "planned" if draft.rule in HOPED else "proposed"
    return of_the_first_time(setting, match) or ("proposed" if is_dreaded(setting, draft, match) else None)


def is_only_named(draft: Draft, match: Match) -> bool:
    """Whether a match tells by a noun alone, without a time or how real it is."""
    verbal = any(terminal.endswith(VERBAL) for terminal, _ in leaves_of(match.tree[2]))
    return not verbal and NAMED.isdisjoint(draft.fields)


def is_imagined(setting: Setting, match: Match) -> bool:
    """Whether a change of office that a noun names is only thought of: "could lead to his ouster", "the premise of his
    removal"."""
    clauses = setting.clauses
    if clauses.has(match.begin - 1, "of", "for") and clauses.has(match.begin - 2, "PROSPECT"):
        return True
    at = match.begin - 2 if clauses.has(match.begin - 1, "the") else match.begin - 1
    if not clauses.has(at, "to", "in"):
        return False
    if clauses.has(at - 1, "VERB_BASE", "VERB_TO") and not clauses.finite(at - 1):
        # "Rather than lead to his ouster".
        return True
    verb = clauses.governor(match.begin)
    return verb is not None and not reality(setting, verb).isdisjoint(AHEAD)


def to_be_done(setting: Setting, match: Match) -> bool:
    """Whether a match tells by a participle what somebody would have done: "wants a deal signed", "may have an accord
    worked out"."""
    if not any(terminal.endswith("_PARTICIPLE") for terminal, _ in leaves_of(match.tree[2])) or match.begin == 0:
        return False
    group = setting.items[match.begin - 1].read_as(setting.clauses.alphabet.bits["VERB"])
    last = {terminal for form in group[1][-1].forms for terminal in form.terminals} if group is not None else set()
    ahead = not reality(setting, match.begin - 1).isdisjoint(AHEAD)
    return "WANT" in last or (ahead and not last.isdisjoint(HAVING))


def only_owns(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether what a match ends with only owns what follows: "a visit to China's first dam", "extended the deal's
    deadline"."""
    clauses = setting.clauses
    if draft.rule not in OWNED or not clauses.has(match.end, "'s", "’s"):
        return False
    if draft.rule in SPOKEN_TO:
        # "Spoke to Israel's concerns", not "talks on Israel's future".
        return clauses.has(match.end - 2, "to", "with") or clauses.finite(match.end - 2)
    return draft.rule in OWNERS or not clauses.has(match.end - 1, "ACTORS", "TIME")


def told(draft: Draft, status: str) -> None:
    """Let a draft have a status, whatever its words told."""
    draft.fields["status"] = [Draft("status", status, draft.begin, draft.begin)]


def is_none(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether the words before a happening say that there is none: "any deal", "whether talks are held"."""
    clauses = setting.clauses
    if draft.rule in NAMED_ALONE and (is_supposed(setting, match) or is_none_of(setting, match)):
        return True
    if draft.rule in AIMED_AT and "when" not in draft.fields and is_new(setting, match) and is_one(setting, match):
        # "An Israeli-Palestinian deal": one that there may be.
        return True
    last = clauses.has(match.end - 1, *THINGS) and not clauses.has(match.end - 1, "ACTORS", "TIME")
    if draft.rule in COMPOUNDED and last and clauses.has(match.end, *THINGS) and not clauses.finite(match.end):
        # "Works on a draft proposal": the text is only the attribute of something else.
        return True
    somewhere = clauses.has(match.begin - 1, "in", "near", "from") and clauses.has(match.begin + 1, "VERB_TO")
    if somewhere and draft.rule in NAMED_ALONE:
        # "From a base in Guam to hold drills": where they set out from is not who does.
        return True
    if clauses.has(match.end, "of") and is_at_edge(setting, match.end - 1, LAST, ROUND):
        # "This round of attacks": no round of talks.
        return True
    if any(clauses.has(at, "UNSPECIFIED") for at in range(match.begin - 1, match.begin + 2)):
        return True
    return clauses.has(match.begin - 1, *OPEN) and clauses.verb_of(match) is not None


def is_one(setting: Setting, match: Match) -> bool:
    """Whether the side with which a match begins has an article that makes what it owns one of its kind."""
    return setting.clauses.has(match.begin, "ACTORS") and is_at_edge(setting, match.begin, FIRST, "a", "an")


def is_at_edge(setting: Setting, at: int, edge: int, *names: str) -> bool:
    """Whether the first or last word of what stands at a place is one of these terminals."""
    item, clauses = setting.items[at], setting.clauses
    while item.reads or item.inner:
        item = item.reads[0][2][edge] if item.reads else item.inner  # type: ignore[assignment]
    return bool(clauses.alphabet.masks[item.signature] & clauses.bits_of(names))


def is_old(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether a deal is told by its noun as one that there is: "could kill the Oslo deal", but not "an Oslo deal"."""
    clauses = setting.clauses
    known = draft.rule == "agreement" and any(mark.alias == FAMILIAR for mark in draft.drafts("reference"))
    one = clauses.has(match.begin, "under") or any(clauses.has(match.begin - back, "a", "an") for back in (1, 2))
    return known and not one


def is_told(setting: Setting, draft: Draft, match: Match) -> bool:
    """Whether the verb in whose clause a happening is only named leaves it as it is told, or it is kept as proposed."""
    clauses = setting.clauses
    statuses = {(mark.alias or "").lower() for mark in draft.drafts("status")}
    verb = clauses.governor(match.begin)
    open_by = reality(setting, verb) & AHEAD if verb is not None else None
    if verb is not None and clauses.has(verb, "WANT_ACTIVE") and clauses.has(verb, "VERB_ACTIVE"):
        open_by = {"proposed"}
    if open_by and not statuses and joined(setting, match):
        told(draft, min(open_by))
        return True
    if draft.rule in AIMED_AT and to_be_done(setting, match):
        told(draft, "proposed")
        return True
    verbs = [terminal for terminal, _ in leaves_of(match.tree[2]) if terminal.endswith(VERBAL)]
    # "Could lead to their severing ties": a gerund is as open as a noun.
    verbal = any(not terminal.endswith("_ING") for terminal in verbs)
    if draft.rule in HOPED or "when" in draft.fields or verbal:
        return True
    known = any(clauses.has(at, *KNOWN) for at in (match.begin - 1, match.begin)) or is_old(setting, draft, match)
    # "Will leave under an accord with Baghdad": what is to come rests on what is.
    if verb is not None and open_by == {"planned"} and clauses.has(match.begin, "under"):
        known = known or not is_with_would(setting, verb)
    if verb is not None and clauses.has(verb, "CALL_ACTIVE") and clauses.has(verb + 1, "for"):
        # "Called for the recall of the envoy and the closure of the embassy."
        open_by, known = {"proposed"}, False
    if not open_by or not statuses <= TOLD or (known and "cancelled" not in statuses):
        return True
    told(draft, "proposed")
    return draft.rule in KEPT
