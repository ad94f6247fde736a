"""Acts of relations: who does what to whose envoys, missions and ties, and each of several that do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.facts import Event, Person, Relations, RelationsAction
from engine.interpret import Draft
from engine.resolve.actors import state_of
from engine.resolve.bodies import sends_missions
from engine.resolve.discourse import Discourse, Place
from engine.resolve.service import is_private
from engine.resolve.values import within

MISSIONS = frozenset({RelationsAction.OPEN_MISSION, RelationsAction.CLOSE_MISSION})
ONE_SIDED = frozenset({RelationsAction.RECALL, RelationsAction.EXPEL})
HOSTILE = ONE_SIDED | {RelationsAction.SEVER, RelationsAction.DOWNGRADE}
"""Acts by which others may answer the same state."""
NEAR = 3
"""Acts back to one that others answer too, be it a mission closed: "Norway closed its embassy in Tripoli, and others
recalled their envoys"."""
ALONE = ONE_SIDED | {RelationsAction.CLOSE_MISSION}
"""Acts that tell enough without the other side: missions may be closed in many countries."""
ENVOYS = ONE_SIDED | {RelationsAction.SUMMON}
"""Acts that are done to envoys."""
RECEIVED = frozenset({RelationsAction.EXPEL, RelationsAction.SUMMON})
"""Acts that are done to another's envoys."""
TIES = frozenset({RelationsAction.SEVER, RelationsAction.RESTORE, RelationsAction.ESTABLISH, RelationsAction.UPGRADE})
"""What becomes of ties, which two states have with each other."""
DIPLOMATS = frozenset({"DIPLOMAT", "ENVOY"})
"""Terminals of words that tell somebody of a mission."""
ACTING = "party"
"""The phrase of a state or body that is told in the wording itself, and not by whoever its verb is said of."""
ACTED = "acted"
"""The phrasing of what is told by its doer, whose "its" envoy is his own."""
UNDERGONE = "undergone"
"""The phrasing of what is told by those to whom it is done."""
REMEMBERED = "anniversary_of"
"""The phrasing of what happened years ago, whose day is marked."""
DEFINITE = "definite"
"""The reading of an envoy as one of whom it is known whose he is: "the ambassador"."""
NAMELESS = frozenset({DEFINITE, "pronoun"})
"""The readings of an envoy who is told by no name."""
LAST_TOO = "last_too"
"""The mark of the last of those told, who does the same to the first: "expelled two Chadian envoys and Mali four"."""


def related(
    relations: Relations, draft: Draft, place: Place | None, discourse: Discourse, told: Sequence[Event]
) -> list[Event]:
    """What states do to each other, one for each on whom one acts; nothing is done to envoys who hold no post."""
    if relations.action in MISSIONS and not all(sends_missions(discourse.lexicon, one) for one in relations.parties):
        return []
    if relations.action is RelationsAction.OPEN_MISSION:
        # Of "Oman says that moving the Danish embassy": a mission is its own state's, whoever speaks of it.
        owners = [one for one in draft.drafts("parties") if one.rule == ACTING]
        own = [str(state) for state in map(state_of, discourse.actors(owners)) if state]
        relations.parties = own[-1:] or relations.parties
    if draft.alias == REMEMBERED and (relations.when or "")[:4] >= (discourse.article.published_on or "9")[:4]:
        # "Will come on Monday to mark the anniversary": the day is that on which it is marked.
        relations.when = None
    if place and place.country and place.name == discourse.main_name(place.country, "COUNTRY"):
        relations.place = None
    if relations.target == relations.parties and relations.action is RelationsAction.SUMMON:
        # The ministry to which an envoy is summoned is none of his own state's.
        relations.parties = []
    elif relations.target == relations.parties and guessed(draft, discourse):
        relations.target = []
    if draft.alias == UNDERGONE and told_again(relations, draft, told):
        return [relations]
    if relations.action in ENVOYS:
        if to_others(relations, draft, discourse):
            return []
        own_and_other(relations, draft, discourse)
        if any(one.alias == DEFINITE for one in draft.drafts("target")):
            # "Cut ties with Russia and expelled the ambassador": that of whoever was just told.
            relations.target = done_here(relations, told, discourse.sentence) or relations.target
    if between_them(relations, draft):
        return [relations]
    return [one for act in likewise(relations, draft) for one in one_by_one(act, place, told)]


def told_again(act: Relations, draft: Draft, told: Sequence[Event]) -> bool:
    """Whether something is told to be done to envoys or ties that nobody's name tells, as it was told to be done just
    before, whose sides it then has: "the envoy was recalled on Monday", "the talks came after ties were cut"."""
    if draft.drafts("parties") or any(
        one.alias not in NAMELESS or "country" in one.fields for one in draft.drafts("target")
    ):
        return False
    last = next((one for one in reversed(told) if isinstance(one, Relations) and one.action is act.action), None)
    if last is None or act.evidence[-1].sentence - last.evidence[-1].sentence > NEAR or not within(act.when, last.when):
        return False
    act.parties, act.target = [*last.parties], [*last.target]
    return True


def between_them(act: Relations, draft: Draft) -> bool:
    """Whether ties between two states are told to have been cut or restored, by no other and with no other."""
    return draft.alias == UNDERGONE and act.action in TIES and len(act.parties) == 2 and not act.target


def to_others(act: Relations, draft: Draft, discourse: Discourse) -> bool:
    """Whether what is done to envoys is told of people who are none, or, of a recall, of words that only look like a
    name: "recalled Cold War-era animosity"."""
    told = discourse.actors(draft.drafts("target"))
    envoys = [one for one in told if isinstance(one, Person)]
    nobody = act.action is RelationsAction.RECALL and bool(draft.drafts("target")) and not told
    return (
        nobody
        or are_private(draft, discourse)
        or any(one.name and not is_envoy(one.post, act.action, discourse) for one in envoys)
    )


def are_private(draft: Draft, discourse: Discourse) -> bool:
    """Whether an act is done to people who hold no office: "expelled three Omani students"."""
    told = [one for mark in draft.drafts("target") for one in mark.drafts("of") or [mark]]
    posts = [one.text("post") for one in told]
    return any(posts) and all(is_private(discourse.lexicon, post) for post in posts)


def likewise(act: Relations, draft: Draft) -> list[Relations]:
    """An act and, where the last of those to whom it seems to be done does the same itself, that one's."""
    if len(act.target) < 2 or not any(mark.alias == LAST_TOO for mark in draft.drafts("reference")):
        return [act]
    *others, last = act.target
    return [replace(act, target=others), replace(act, parties=[last], target=[*others])]


def is_envoy(post: str | None, action: RelationsAction | None, discourse: Discourse) -> bool:
    """Whether somebody of a post can be summoned, or, as one of a mission, be recalled or expelled."""
    if action is RelationsAction.SUMMON or not post:
        return bool(post)
    words = post.lower().split()
    spans = (" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1))
    return any(not DIPLOMATS.isdisjoint(form.terminals) for span in spans for form in discourse.lexicon.look_up(span))


def guessed(draft: Draft, discourse: Discourse) -> bool:
    """Whether an act is done to an envoy whose country is told nowhere."""
    people = [actor for actor in discourse.actors(draft.drafts("target")) if isinstance(actor, Person)]
    return any(id(person) in discourse.people.guessed for person in people)


def charge(draft: Draft, discourse: Discourse) -> list[str]:
    """The state named in an envoy's post: "its ambassador to Cairo", "the deputy head of the Saudi embassy"."""
    for target in draft.drafts("target"):
        words = (target.text("post") or "").split()
        for size in (2, 1):
            for at in range(len(words) - size + 1):
                for form in discourse.lexicon.look_up(" ".join(words[at : at + size])):
                    if "country" in form.row.values:
                        return [form.row.values["country"]]
    return []


def own_and_other(act: Relations, draft: Draft, discourse: Discourse) -> None:
    """Part the state that sends envoys home or takes its own home from the other: of "the expulsion of two Omani
    diplomats from Chad", where no one else is told to act, Chad; of "Oman's envoy was recalled", Oman."""
    if act.action is RelationsAction.EXPEL and not act.parties:
        act.parties = act.target[-1:] if len(act.target) > 1 else charge(draft, discourse)
    if act.action is RelationsAction.RECALL and not act.parties:
        senders = map(state_of, discourse.actors(draft.drafts("target")[:1]))
        act.parties = [str(state) for state in dict.fromkeys(senders) if state]
    if act.action is RelationsAction.SUMMON:
        act.parties = [one for one in act.parties if one not in act.target] or charge(draft, discourse) or act.parties
    main = discourse.scene.main if draft.alias == UNDERGONE else None
    if act.action in RECEIVED and not act.parties and main and act.target and main not in act.target:
        # "The minister said that the envoys would be expelled": his state does that, where no other is told.
        act.parties = [main]
    others = [one for one in act.target if one not in act.parties]
    if act.action is RelationsAction.RECALL:
        # Nobody recalls another's envoy: after the U.S. one was, or where Norway did something in the clause
        # before, "Japan recalled its ambassador" tells of its own.
        people = [one for one in discourse.actors(draft.drafts("target")) if isinstance(one, Person)]
        owned = [one for one in draft.drafts("target") if one.fields.get("possessor") and draft.alias == ACTED]
        own = discourse.actors(owned)
        others = [one for one in others if one not in {*map(state_of, [*people, *own])}]
    if others or not act.target or act.action is RelationsAction.RECALL:
        act.target = others or charge(draft, discourse)


def one_by_one(act: Relations, place: Place | None, told: Sequence[Event]) -> list[Relations]:
    """One act for each state that does it, except where they do it to each other."""
    if not act.target or (act.target == act.parties and act.action in MISSIONS):
        act.target = other_side(act, place, told)
    elif act.target == act.parties and act.action in RECEIVED:
        # "Peru broke ties with Chile and expelled its ambassador": nobody does that to envoys of his own.
        act.target = next(iter(done_by(act, told)), act.target)
    if len(act.parties) < 2 or not (act.target or act.action in ONE_SIDED):
        return [act]
    return [replace(act, parties=[party], target=list(act.target)) for party in act.parties]


def other_side(act: Relations, place: Place | None, told: Sequence[Event]) -> list[str]:
    """The side that an act without one is done to: the mission's country, or that of the party's act told last."""
    if act.action in MISSIONS and place and place.country and place.country not in act.parties:
        return [str(place.country)]
    before = [other for other in reversed(told) if isinstance(other, Relations)]
    by_it = done_by(act, told)
    if not by_it and act.action is RelationsAction.RECOGNIZE:
        # "Turkey also recognised it".
        by_it = [other.target for other in before[:1] if other.action is act.action]
    if not by_it and act.action in HOSTILE:
        by_it = [other.parties for other in before if set(other.target) & set(act.parties)]
        alike = [other.target for other in before if other.action is act.action and other.target]
        alike = alike or [other.target for other in before[:NEAR] if other.action in HOSTILE | ALONE and other.target]
        # What many do is done to the same: "Australia will expel two diplomats" after others expelled Russian ones.
        by_it = by_it or sorted(alike, key=alike.count, reverse=True)
    return list(by_it[0]) if by_it else []


def done_here(act: Relations, told: Sequence[Event], sentence: int) -> list[str]:
    """To whom those who act were told in the same sentence to have done something."""
    here = [one for one in told if one.evidence and one.evidence[-1].sentence == sentence]
    return next(iter(done_by(act, here)), [])


def done_by(act: Relations, told: Sequence[Event]) -> list[list[str]]:
    """To whom those who act have done something before, the last first."""
    before = (other for other in reversed(told) if isinstance(other, Relations))
    return [other.target for other in before if other.parties == act.parties]
