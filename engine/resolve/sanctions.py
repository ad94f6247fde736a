"""Sanctions: whose they are and whom they hit where only a noun tells ("Iran sanctions", "US sanctions")."""

from __future__ import annotations

from collections.abc import Sequence, Set

from engine.facts import Event, EventStatus, Person, Sanction, SanctionAction
from engine.interpret import KNOWN, Draft
from engine.resolve.actors import is_country, state_of
from engine.resolve.discourse import Discourse
from engine.resolve.meetings import FUTURE

UNREAD = "unread"
"""The mark of a target that the words after a match tell, which nothing reads."""
THAT_COUNTRY, THAT_STATE = "that_country", "that_state"
"""The readings of a party as "the country", and as "the regime", which is whom the article's sanctions hit."""
OPEN = frozenset({"compound", "conditional"})
"""The phrasings that only name sanctions ("a sanctions bill") or leave them open."""
ANSWERED = "answered"
"""The phrasing of what those who are hit do to others in answer."""
FORBIDDEN = frozenset({"banned", "banning", "were_banned"})
"""The phrasings of trade that is forbidden, told by no word for sanctions."""
BY_TEXT = "by_text"
"""The phrasing of what a text does to somebody; what it would do is only proposed."""
BARE = "and_do"
"""The phrasing of a bare verb after "and", which no verb of what has happened governs."""
AS_IF_SURE = {BY_TEXT: EventStatus.PLANNED, BARE: EventStatus.OCCURRED}
"""The statuses that these two phrasings seem to have of what is only proposed."""
COUNCIL, WORLD = "UN Security Council", "UN"
"""The body whose sanctions are also told as the other's."""
ORGAN = "organ"
"""The reading of a party that is told as some state's organ ("the police")."""
IN_FORCE = "in_force"
"""The phrasing of those that a noun alone tells."""
OBEYED = "obeyed"
"""The phrasing of those that somebody else heeds or breaks."""
UPHELD = frozenset({"kept", OBEYED, "under"})
"""The phrasings of those that somebody keeps, heeds or is under, which are in force whatever is to become of them."""
TOLD = {"told": 1, "told_here": 0, "told_lately": 3}
"""The marks of a reference to the sanctions just told of ("they were lifted"), and how many sentences back."""


def kept(draft: Draft) -> bool:
    """Make sanctions of which it is denied, or open, that they are lifted or eased those that are in force; False where
    a draft tells of others, only names them in another word, or refers to those told before."""
    actions = {one.alias for one in draft.drafts("action")}
    if draft.rule != "sanction" or draft.alias in OPEN or not actions & {"lift", "ease"}:
        return False
    if any(mark.alias in TOLD for mark in draft.drafts("reference")):
        return False
    mark = draft.begin, draft.begin
    draft.fields["action"] = [Draft("action", "impose", *mark)]
    draft.fields["status"] = [Draft("status", "ongoing", *mark)]
    draft.fields["reference"] = [Draft("reference", KNOWN, *mark)]
    draft.fields.pop("when", None)
    return True


def sided(event: Sanction, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> bool:
    """Fill the sides that words of the lexicon tell; a state that others were told to hit is hit here too.

    False where sanctions just told of are meant and there are none, or where a state would hit itself.
    """
    for back in (TOLD[mark.alias] for mark in draft.drafts("reference") if mark.alias in TOLD):
        last = next((old for old in reversed(told) if isinstance(old, Sanction)), None)
        if last is None or last.evidence[-1].sentence < discourse.sentence - back:
            return False
        event.parties, event.target = event.parties or list(last.parties), list(last.target)
    ours = {discourse.domestic, discourse.home}
    if event.target and ours >= {*event.target} and any(one.alias == THAT_COUNTRY for one in draft.drafts("target")):
        # "The country" that sanctions hit is not the one for which the article is written.
        event.target = [*[other for other in discourse.told if other not in ours][:1]]
    if event.target and any(one.alias == THAT_COUNTRY for one in draft.drafts("target")):
        event.target = that_is_hit(event, draft, discourse, told)
    if any(one.alias == THAT_STATE for one in draft.drafts("target")) or (
        any(one.alias == THAT_COUNTRY for one in draft.drafts("target")) and not any(map(is_country, event.target))
    ):
        event.target = []
    if at_home(event, draft, discourse):
        return False
    if event.status is AS_IF_SURE.get(draft.alias or ""):
        event.status = EventStatus.PROPOSED
    if draft.alias in UPHELD and event.status in FUTURE:
        event.status = EventStatus.ONGOING
    if event.status in FUTURE:
        event.place = None
    event.parties = event.parties or worded(draft, "parties", discourse)
    event.target = event.target or worded(draft, "target", discourse)
    theirs = any(event.parties[:1] == old.target[:1] for old in told if isinstance(old, Sanction))
    others = {party for old in told if isinstance(old, Sanction) for party in old.parties}
    theirs = theirs or (draft.alias == IN_FORCE and by_demonym(draft) and foreign(event, ours | others, ours))
    if len(event.parties) == 1 and not event.target and theirs and draft.alias != ANSWERED:
        event.parties, event.target = [], event.parties
    if not event.target and not draft.drafts("target"):
        event.target = hit_before(event, draft, told)
    # Accounts that a firm closes, athletes whom somebody bars.
    states = any(map(is_country, [*event.parties, *event.target]))
    return bool(event.parties) or not (discourse.sport or (draft.alias in FORBIDDEN and event.target and not states))


def hit_before(event: Sanction, draft: Draft, told: Sequence[Event]) -> list[str]:
    """Whom sanctions hit of which that is not told: in answer ("with tariffs of its own") whoever was told to hit those
    who impose them; of those lifted or eased, whom they were told to hit."""
    before = [old for old in reversed(told) if isinstance(old, Sanction)]
    if draft.alias == ANSWERED:
        return next((list(old.parties) for old in before if {*old.target} & {*event.parties}), [])
    if event.action is SanctionAction.IMPOSE:
        return []
    targets = (old.target for old in before if same_side(old, event))
    return next((list(target) for target in targets if all(map(is_country, target))), [])


def by_demonym(draft: Draft) -> bool:
    """Whether words tell a state as an attribute of its own only ("Cuban sanctions")."""
    return any(isinstance(one, str) for one in draft.fields.get("parties", ()))


def foreign(event: Sanction, imposing: Set[str | None], ours: Set[str | None]) -> bool:
    """Whether one state is told that is neither ours, where that is known, nor imposes others."""
    return all(map(is_country, event.parties)) and bool(ours - {None}) and imposing.isdisjoint(event.parties)


def that_is_hit(event: Sanction, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> list[str]:
    """Whom sanctions on "the country" hit: no state that imposes or heeds them, but the one last told to be hit, or
    told of."""
    before = [old for old in told if isinstance(old, Sanction)]
    theirs = {party for one in (event, *before) for party in one.parties}
    if draft.alias == OBEYED and discourse.scene.main:
        theirs.add(discourse.scene.main)
    if not {*event.target} <= theirs:
        return event.target
    others = [[one] for one in discourse.told if one not in theirs] if draft.alias == OBEYED else [event.target]
    return next((list(old.target) for old in reversed(before) if old.target), next(iter(others), []))


def at_home(event: Sanction, draft: Draft, discourse: Discourse) -> bool:
    """Whether a state only forbids something at home, which is a law of its own, or acts against its own people."""
    sides = event.parties or [*filter(None, (discourse.domestic, discourse.home))]
    own = not event.parties and any(one.alias == ORGAN for one in draft.drafts("target"))
    here = {*event.target} <= {*sides}
    if event.target and ((own or here) if draft.alias in FORBIDDEN else (own and here)):
        return True
    hit = discourse.actors(draft.drafts("target")) if event.target else []
    return bool(hit) and all(isinstance(one, Person) and state_of(one) in sides for one in hit)


def worded(draft: Draft, name: str, discourse: Discourse) -> list[str]:
    """The states and bodies that the words of a field, or parts of them ("U.S.-led"), are in the lexicon."""
    found = []
    told = [text for text in draft.fields.get(name, ()) if isinstance(text, str)]
    whole = [*filter(discourse.lexicon.look_up, told)]
    for part in whole or (part for text in told for part in text.split("-")):
        for form in discourse.lexicon.look_up(part):
            code = form.row.values.get("country") or form.row.values.get("organization")
            if code and code not in found:
                found.append(code)
                break
    return found


def same_side(old: Sanction, new: Sanction) -> bool:
    """Whether sanctions told before hit somebody and are not told to be another's."""
    return bool(old.target) and (not old.parties or not new.parties or set(old.parties) == set(new.parties))


def same_sanctions(old: Event, new: Event, old_known: bool, new_known: bool) -> bool:
    """Whether two reports of sanctions are of the same: one of them takes them as known, or both tell what is yet to be
    done, or what becomes of them, with the same target."""
    if not (isinstance(old, Sanction) and isinstance(new, Sanction)) or old.action != new.action:
        return False
    if not (old_known or new_known or goes_on(old, new)):
        return False
    if new_known and old.target and not old_known and {*old.target} < {*new.target}:
        # Those in force on others as well are not the ones that were told on one.
        return False
    return all(not a or not b or set(a) <= set(b) or set(b) <= set(a) for a, b in sides(old, new))


def goes_on(old: Sanction, new: Sanction) -> bool:
    """Whether a report tells again what is to come, or to become, of the sanctions on somebody, and of no other day."""
    if not new.target or old.target != new.target or (old.when and new.when and old.when != new.when):
        return False
    ahead = {event.status in FUTURE for event in (old, new)}
    return ahead == {True} or (len(ahead) == 1 and new.action is not SanctionAction.IMPOSE)


def sides(old: Sanction, new: Sanction) -> tuple[tuple[list[str], list[str]], tuple[list[str], list[str]]]:
    """Who imposes and who is hit in one report and the other."""
    if COUNCIL in old.parties + new.parties:
        return ([*map(as_world, old.parties)], [*map(as_world, new.parties)]), (old.target, new.target)
    return (old.parties, new.parties), (old.target, new.target)


def one_council(old: Event, new: Event) -> None:
    """Name a body and its organ, which two reports of one event's sanctions tell, as the organ alone."""
    told = {*old.parties, *new.parties}
    if isinstance(old, Sanction) and {COUNCIL, WORLD} <= told:
        for event in (old, new):
            event.parties = [*dict.fromkeys(COUNCIL if party == WORLD else party for party in event.parties)]


def as_world(party: str) -> str:
    """The body of which a party is an organ, else the party."""
    return WORLD if party == COUNCIL else party
