"""Visits, agreements, acts of relations and appointments: which of them one wording tells, and when it tells enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.facts import (
    Agreement,
    AgreementAction,
    Appointment,
    Event,
    EventStatus,
    Meeting,
    Person,
    Relations,
    Sanction,
    Visit,
)
from engine.interpret import Draft
from engine.marks import ATTENDING, THEIRS
from engine.resolve.actors import is_country, state_of
from engine.resolve.bodies import PARTY, home_of, is_official, kind_of
from engine.resolve.discourse import Discourse, Place
from engine.resolve.journeys import journeys
from engine.resolve.missions import ALONE, related
from engine.resolve.offices import appointed, each_person, tells_enough
from engine.resolve.sanctions import sided
from engine.resolve.service import STATE_ORGAN
from engine.resolve.sides import THRONG, kinds_of_sides
from engine.resolve.stays import ENDING

ACTS = (Visit, Agreement, Relations, Appointment, Sanction)
"""The types that this module knows."""
DONE_AT_ONCE = frozenset(
    {AgreementAction.SIGN, AgreementAction.EXTEND, AgreementAction.SUSPEND, AgreementAction.WITHDRAW}
)
"""What is done to an agreement once it is announced ("is withdrawing from the treaty")."""
BEING_REACHED = (EventStatus.ONGOING, AgreementAction.REACH)
"""What is still negotiated: a deal that is being worked out."""
MARK = "parties"
"""The rule of a side that stands for the subject of a verb."""
BY_ONE = frozenset({AgreementAction.RATIFY, AgreementAction.WITHDRAW, AgreementAction.VIOLATE, AgreementAction.SUSPEND})
"""What one side does to an agreement, whatever it is called."""
WHETHER, ASKED = "whether", "asked_to"
"""The phrasings of what it is open whether somebody does, and of what he is asked to do."""
HEEDED = frozenset({AgreementAction.IMPLEMENT, AgreementAction.VIOLATE})
"""What is asked of those who have made an agreement: "whether Iran complies with it"."""
OF_A_DAY = frozenset({AgreementAction.SIGN, AgreementAction.IMPLEMENT})
"""What is news on its day, whosever agreement it is."""
MADE_BY_PEOPLE = frozenset({AgreementAction.NEGOTIATE, AgreementAction.REACH, AgreementAction.SIGN})
"""What people do to an agreement by name; the rest is done by states and bodies."""
LIKE = {
    "deal": "agreement",
    "accord": "agreement",
    "pact": "agreement",
    "truce": "ceasefire",
    "cease-fire": "ceasefire",
}
"""Words by which an article calls one document, each with the one that stands for them."""
GENERIC = "GENERIC"
"""The class of words that say no more than that something was agreed: "a deal"."""
ARTICLES = frozenset({"a", "an", "the"})
JUST_TOLD = "just_told"
"""The mark of an agreement told as "it"."""
BROUGHT_ABOUT = frozenset({AgreementAction.NEGOTIATE, AgreementAction.REACH})
"""What others may do for the sides of an agreement."""
BETWEEN = "between"
"""The mark of an agreement between sides, of whom whoever brings it about need not be one."""
NEAR = 6
"""Sentences back to that meeting or visit."""


def acted(event: Event, draft: Draft, place: Place | None, discourse: Discourse, told: Sequence[Event]) -> list[Event]:
    """The events that a draft tells: one, one for each country visited, or one for each state that acts on another.

    `event` has its slots and sides, `place` is where it happens, `told` are the events read before it.
    """
    if event.status is EventStatus.OCCURRED and lies_ahead(event.when, discourse.article.published_on):
        event.status = EventStatus.PLANNED
    if isinstance(event, Sanction):
        return [event] if sided(event, draft, discourse, told) else []
    if isinstance(event, Appointment):
        return [one for one in each_person(event, draft, discourse) if appointed(one, draft, discourse, told)]
    unheard = draft.alias == ASKED and not event.parties and kinds_of_sides(draft) == {THRONG}
    asked = (draft.alias == WHETHER or unheard) and getattr(event, "action", None) in HEEDED
    if isinstance(event, Agreement) and (asked or not made_abroad(event, draft, discourse, told)):
        return []
    official = any(is_official(discourse.lexicon, one, listed=isinstance(event, Agreement)) for one in event.parties)
    unknown = isinstance(event, Visit) and event.participants and not event.parties
    named = any(one.alias != ATTENDING or one.fields.get("of") for one in draft.drafts("parties"))
    named = named and not (isinstance(event, Agreement) and kinds_of_sides(draft) == {THRONG})
    if named and not official and not unknown:
        return []
    if isinstance(event, Visit):
        if event.status is EventStatus.ONGOING and long_ago(event.when, discourse.article.published_on):
            event.status = EventStatus.OCCURRED
        must_go = event.status is EventStatus.PROPOSED and any(m.alias == ENDING for m in draft.drafts("reference"))
        return [] if must_go else [*journeys(event, draft, place, discourse, told)]
    if isinstance(event, Agreement) and (event.status, event.action) == BEING_REACHED:
        event.action = AgreementAction.NEGOTIATE
    if event.status is EventStatus.ONGOING and (
        isinstance(event, Relations) or getattr(event, "action", None) in DONE_AT_ONCE
    ):
        event.status = EventStatus.OCCURRED
    if isinstance(event, Relations):
        return related(event, draft, place, discourse, told)
    return documents(event, draft, discourse, told) if isinstance(event, Agreement) else [event]


def made_abroad(event: Agreement, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> bool:
    """Complete a document by those just met and by who makes it; gives whether it is none of home affairs."""
    if is_of_those_met(event, draft, discourse):
        event.parties = event.parties or of_those_met(event, told)
        event.participants = event.participants if event.parties else []
    meet(event, told)
    if event.action not in MADE_BY_PEOPLE:
        event.participants = []
    return not is_of_home(event, draft, discourse, told)


def documents(event: Agreement, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> list[Event]:
    """The documents that a draft tells: none of one side alone or of nothing told, or one for each pair."""
    marks = {mark.alias for mark in draft.drafts("reference")}
    if BETWEEN in marks and event.action in BROUGHT_ABOUT:
        part(event, draft.drafts("parties"), discourse)
    if is_of_one(event, discourse) or ("mediated" in marks and brought_about(event, told)):
        return []
    if marks & {"definite", JUST_TOLD} and not refer(event, told, JUST_TOLD in marks):
        return []
    if "in_pairs" in marks:
        return [*each_pair(event, draft.drafts("parties"), discourse)]
    return [event]


def brought_about(agreement: Agreement, told: Sequence[Event]) -> bool:
    """Whether what somebody mediated was just told to be made, which its time and place are then of: "signed a truce
    brokered by Oslo in 2002"."""
    made = told[-1] if told else None
    if not isinstance(made, Agreement) or made.action not in MADE_BY_PEOPLE or agreement.parties:
        return False
    if made.evidence[-1].sentence != agreement.evidence[-1].sentence or made.name != agreement.name:
        return False
    made.when, made.place = made.when or agreement.when, made.place or agreement.place
    return True


def is_of_those_met(agreement: Agreement, draft: Draft, discourse: Discourse) -> bool:
    """Whether a document whose sides nobody tells is of those who meet: by its wording, or because its signing is news;
    a truce is of those who fight."""
    told = draft.drafts("parties")
    if told or agreement.action is not AgreementAction.SIGN:
        return any(mark.alias == THEIRS for mark in told)
    when, today = agreement.when or "", discourse.article.published_on or ""
    recent = agreement.status is EventStatus.PLANNED or (when[:4] >= today[:4] > "" and not long_ago(when, today))
    truce = discourse.lexicon.reads_as(agreement.name, "TRUCE")
    return recent and not truce


def is_of_home(agreement: Agreement, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> bool:
    """Whether a deal that people make is one of home affairs: between several of the state at home, or between it and a
    body that is none of the field; made by people elected there and its chambers only; or one of which nothing is told,
    now or before, but that it is a deal."""
    sides = [one for side in draft.drafts("parties") for one in side.drafts("of") or [side]]
    if agreement.action not in MADE_BY_PEOPLE:
        # "The senator endorsed the deal": his vote ratifies nothing.
        people = [one for side in draft.drafts("parties") if side.rule == MARK for one in side.drafts("of")]
        ratified = agreement.action is AgreementAction.RATIFY
        if ratified and bool(people) and all(one.rule == "person" and is_elected(one, discourse) for one in people):
            return True
        # "Congress approved a deal": one of which nobody told whose it is.
        abroad = any({*one.parties} - {*agreement.parties} for one in told if isinstance(one, Agreement))
        known = bool(agreement.name or len(agreement.parties) > 1 or (draft.drafts("reference") and abroad))
        chambers = all(one.defaults.get("kind") == STATE_ORGAN or is_elected(one, discourse) for one in sides)
        return ratified and not known and bool(sides) and chambers
    states = {one for one in agreement.parties if is_official(discourse.lexicon, one, listed=True)}
    others = {home_of(discourse.lexicon, one) for one in agreement.parties if one not in states}
    ours = {discourse.domestic, discourse.home} | others
    if len(states) == 1 and sides and all(is_elected(side, discourse) for side in sides):
        return True
    bill = agreement.action is AgreementAction.SIGN and not agreement.name and discourse.here is None
    if bill and agreement.parties and {*agreement.parties} <= {discourse.domestic} and agreement.participants:
        # "A deal struck by Congress and signed by the president": a law.
        return True
    if agreement.parties and all(is_party(one, discourse) for one in agreement.parties):
        return ours >= {home_of(discourse.lexicon, one) for one in agreement.parties}
    if len(sides) > 1:
        known = all(side.rule == "person" or discourse.actors([side]) for side in sides)
        return known and len(states) == 1 and states <= ours
    # "The 2010 deal": its name is no more than a word for such a thing.
    bare = discourse.lexicon.reads_as(agreement.name, GENERIC) and agreement.when is not None
    return bare and not (agreement.parties or agreement.place or any(isinstance(one, Agreement) for one in told))


def is_of_one(agreement: Agreement, discourse: Discourse) -> bool:
    """Whether a statement told as made together is of one state only, as far as it is told."""
    read = discourse.lexicon.reads_as
    # "A declaration": a text that says no more of itself.
    text = read(agreement.name, "STATEMENT") or (read(agreement.name, "DOCUMENT") and read(agreement.name, GENERIC))
    made = agreement.action is AgreementAction.REACH and text
    return made and len(agreement.parties) == 1 and is_country(agreement.parties[0])


def is_party(body: str, discourse: Discourse) -> bool:
    """Whether a side is a political party."""
    return kind_of(discourse.lexicon, body) == PARTY


def is_elected(side: Draft, discourse: Discourse) -> bool:
    """Whether a side is a chamber of a parliament, or somebody who is elected to one or to an office of a part of a
    state."""
    if side.rule == "person":
        people = [one for one in discourse.actors([side]) if isinstance(one, Person)]
        return bool(people) and all(id(one) in discourse.people.elected for one in people)
    return discourse.lexicon.reads_as(side.text("organ"), "CHAMBER")


def of_those_met(agreement: Agreement, told: Sequence[Event]) -> list[str]:
    """The sides of what is signed the same day, or the two states of a meeting or visit told before, the pair told most
    often: "ten documents are to be signed"."""
    same = [one for one in told if isinstance(one, Agreement) and one.action is agreement.action and one.parties]
    if agreement.when and (of_a_day := [one for one in same if one.when == agreement.when]):
        # "The accords to be signed on Tuesday": those that were told before.
        return [*of_a_day[-1].parties]
    pairs: list[list[str]] = []
    near: list[list[str]] = []
    for other in told:
        if isinstance(other, Meeting | Visit):
            sides = [*other.parties, *([other.target] if isinstance(other, Visit) and other.target else [])]
            if len(set(sides)) == len(sides) == 2:
                pairs.append(sorted(sides))
                if agreement.evidence[-1].sentence - other.evidence[-1].sentence <= NEAR:
                    near.append(sides)
    return max(reversed(near), key=lambda sides: pairs.count(sorted(sides)), default=[])


def meet(agreement: Agreement, told: Sequence[Event]) -> None:
    """Give what one side makes at a meeting or on a visit told in the same sentence its other side: "met Xi and
    declared a truce", "on a visit to Oslo signed a pact"; a treaty with a name of its own is of others too."""
    name, now = agreement.name or "", agreement.evidence[-1].sentence
    if agreement.action not in MADE_BY_PEOPLE or len(agreement.parties) != 1 or name != name.lower():
        return
    here = [one for one in told if isinstance(one, Meeting | Visit) and one.evidence[-1].sentence == now]
    here = [one for one in here if one.status is agreement.status or one.status is EventStatus.ONGOING]
    pairs = [[*one.parties, *([one.target] if isinstance(one, Visit) and one.target else [])] for one in here]
    for pair in [pair for pair in pairs if len(pair) == 2 and agreement.parties[0] in pair][-1:]:
        agreement.parties += [one for one in pair if one not in agreement.parties]


def part(agreement: Agreement, sides: list[Draft], discourse: Discourse) -> None:
    """Leave out whoever only brings an agreement about: "his efforts to forge a pact between Mali and Chad"."""
    between = discourse.actors([side for side in sides if side.rule != MARK])
    states = {state_of(actor) for actor in between}
    if len(states) > 1 and states.isdisjoint(
        map(state_of, discourse.actors([one for one in sides if one.rule == MARK]))
    ):
        agreement.parties = [party for party in agreement.parties if party in states]
        names = {one.name for one in between if isinstance(one, Person)}
        agreement.participants = [name for name in agreement.participants if name in names]


def each_pair(agreement: Agreement, sides: list[Draft], discourse: Discourse) -> list[Event]:
    """One agreement for each pair where several are told: of one side with each of those on the other."""
    makers = discourse.actors([side for side in sides if side.rule == MARK])
    others = {state_of(actor): actor for actor in discourse.actors([side for side in sides if side.rule != MARK])}
    states = {state_of(actor): actor for actor in makers}
    if not (states and others) or min(len(states), len(others)) > 1 or None in states or None in others:
        return [agreement]
    return [
        replace(
            agreement,
            parties=[str(state), str(other)],
            participants=[one.name for one in (maker, partner) if isinstance(one, Person)],
        )
        for state, maker in states.items()
        for other, partner in others.items()
    ]


def lies_ahead(when: str | None, published: str | None) -> bool:
    """Whether a day told without a verb comes after the day of publication, as in "his visit to Russia on Nov. 29"."""
    start = (when or "").partition("/")[0]
    return bool(published and len(start) == len(published) and start > published)


def long_ago(when: str | None, published: str | None) -> bool:
    """Whether a month or a year told without a day is over: "on his visit there in February"."""
    return bool(when and published and len(when) < len("2016-10-21") and when < published[: len(when)])


def refer(agreement: Agreement, told: Sequence[Event], just: bool) -> bool:
    """Give an agreement told as "the document" the sides and the name of the one told last; False where "it" is none
    that was `just` told, or where nothing tells whose document without a name it is."""
    documents = [event for event in reversed(told) if isinstance(event, Agreement)]
    # "Quit the pact": the one that the same side was told before to have quit.
    own = {*agreement.parties} if agreement.action in BY_ONE and not just else set()
    same = [one for one in documents if one.action is agreement.action and own and own <= {*one.parties}]
    last = next(iter(same or documents), None)
    if just and (last is None or agreement.evidence[-1].sentence - last.evidence[-1].sentence > 1):
        return False
    if (
        just
        and last
        and agreement.action is AgreementAction.REACH
        and agreement.evidence[-1].sentence == last.evidence[-1].sentence
    ):
        # "Chile signed a treaty, it was announced on Friday."
        return False
    if last is None or (agreement.name and agreement.name not in (last.name or "")):
        told_of = agreement.name or agreement.parties or agreement.place
        return bool(told_of or agreement.action is not AgreementAction.SIGN)
    agreement.name = last.name
    withdrawn = agreement.action is AgreementAction.WITHDRAW and len(last.parties) == 1
    if agreement.action is not AgreementAction.VIOLATE and not withdrawn:
        agreement.parties = agreement.parties or list(last.parties)
    return True


def acts(event: Event, *, known: bool = False, thronged: bool = False) -> bool:
    """Whether an event of one of these types, told as `known` or with others beside its sides (`thronged`), says who
    did what to whom; any other does."""
    if isinstance(event, Visit):
        return event.target not in event.parties
    if isinstance(event, Relations):
        told = event.target or len(event.parties) > 1 or event.action in ALONE
        return bool(event.parties and told) and event.target != event.parties
    if isinstance(event, Agreement):
        return agrees(event, known=known) or (thronged and bool(event.parties) and may_be_made(event))
    if isinstance(event, Appointment):
        return tells_enough(event)
    return True


def may_be_made(event: Agreement) -> bool:
    """Whether an agreement is not one that was only failed to be reached."""
    return event.action is not AgreementAction.REACH or event.status is not EventStatus.CANCELLED


def agrees(event: Agreement, *, known: bool = False) -> bool:
    """Whether an agreement has two sides, one and a time or what it is about, a time and a place, a name and more, or
    is "the deal signed with" one; one not reached is none."""
    if not may_be_made(event):
        return False
    told = event.parties or event.when or event.place or event.action is AgreementAction.IMPLEMENT
    dated = event.when and (event.place or event.action in OF_A_DAY)
    if len(event.parties) > 1 or (event.name and told) or dated:
        return True
    signed = event.action is AgreementAction.SIGN
    about = event.topics and signed
    made = known and event.status is EventStatus.OCCURRED and (signed or event.action is AgreementAction.REACH)
    return bool(event.parties and (event.when or about or made or event.action in BY_ONE))


def one_document(event: Event, a: str | None, b: str | None) -> bool:
    """Whether two names of agreements can be of one: each word of the shorter, or another for such a document, is
    in the longer."""
    told = ((name or "").lower().split() for name in (a, b))
    words = sorted(({LIKE.get(word, word) for word in name} for name in told), key=len)
    return isinstance(event, Agreement) and words[0] <= words[1]


def without_article(name: str) -> str:
    """A name that a phrase gave with its article, without it."""
    first, _, rest = name.partition(" ")
    return rest if first.lower() in ARTICLES and rest else name
