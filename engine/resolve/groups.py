"""Groups: which of those told together are "the two", "both leaders" or "they"."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from engine.facts import Agreement, Aid, Event, Meeting, Person, Relations, Visit
from engine.interpret import Draft
from engine.resolve.actors import Actor, is_country, state_of, unique
from engine.resolve.bodies import home_of, is_unlisted
from engine.resolve.focus import BACK, PEOPLE_BACK, last_two, main_pair
from engine.resolve.people import FAR_BACK
from engine.resolve.values import far

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse

BETWEEN = (Agreement, Aid, Meeting, Relations, Visit)
"""Facts that bring two states together, which are "the two countries" afterwards."""
CHIEFS = "chiefs"
"""The alias of those who lead two states just told: "their presidents"."""
LATTER = "latter"
"""The alias of who was named last: "the latter"."""
TOGETHER = ("they", "group", "sides", "throng", "chiefs", "latter")
"""The aliases of those told together."""
NEARBY = 60
"""Tokens back to whoever that is."""
THEY = "they"
"""The alias of several by a pronoun."""
HEADS = "HEADS"
"""The level of posts that only heads of state or government hold."""


def brought_together(event: Event, actors: list[Actor]) -> list[list[Actor]]:
    """The two states that a happening brings together, as a group, or those who act for them; none where it is one of
    others."""
    if not isinstance(event, BETWEEN):
        return []
    target = getattr(event, "target", None) or []
    both = unique([*actors, *([target] if isinstance(target, str) else target)])
    states = unique([state_of(actor) for actor in both])
    if len(states) != 2:
        return []
    return [both if len(both) == 2 else states]


def keep(discourse: Discourse, event: Event, both: list[list[Actor]]) -> None:
    """Keep those whom a happening brings together as a group. After one of a year gone by, to which an article only
    goes back, "the two" are again those of the news."""
    anchor = discourse.chronology.anchor
    discourse.groups += both
    if not anchor or not far(event.when, anchor) or (event.when or "") >= str(anchor.year):
        discourse.news = both or discourse.news
    elif isinstance(event, BETWEEN):
        discourse.groups += discourse.news


def put_together(discourse: Discourse, doers: list[Actor], done_to: list[Actor], *, met: bool) -> None:
    """Keep whoever does something and whom it is done to as a group: for good where they meet, else
    for "the two" of this sentence or the next."""
    if len(doers) != 1:
        return
    if met:
        discourse.groups.append([*doers, *done_to])
    elif all(isinstance(one, Person) for one in (*doers, *done_to)):
        discourse.beside = (discourse.sentence, [*doers, *done_to])


def beside(draft: Draft, discourse: Discourse) -> list[list[Actor]]:
    """The two of whom one did something to the other just before, whom "the two" means."""
    at, both = discourse.beside
    return [both] if draft.alias in ("group", "sides") and 0 <= discourse.sentence - at <= 1 else []


def those_told(draft: Draft, discourse: Discourse) -> list[Actor]:
    """Those whom a word for several told together means."""
    if draft.alias == THEY and (speakers := go_on(discourse)) is not None:
        return speakers
    goes_on = discourse.scene.role == "main" and not discourse.scene.subordinate
    return latest_group(draft, known_groups(draft, discourse), discourse.scene.several_before if goes_on else [])


def known_groups(draft: Draft, discourse: Discourse) -> list[list[Actor]]:
    """The groups that "the two" may be, the latest last: before any told, "the two countries" are the only two that an
    article names. "Their leaders" are those of whom the sentence has told, or
    the one before where they are its main subject."""
    if draft.alias == LATTER:
        return named_last(draft, discourse)
    if draft.alias == CHIEFS:
        before = discourse.groups[-1:] if discourse.scene.role == "main" else []
        return discourse.groups[discourse.scene.groups :] or before
    if draft.alias == THEY:
        near = discourse.groups[discourse.scene.since[0] :][-FAR_BACK:]
        return list(filter(None, near or discourse.news))
    pair = (
        list(map(str, discourse.told))
        if draft.alias == "sides" and len(discourse.told) == 2 and not discourse.bodies.last
        else []
    )
    return list(filter(None, [[*pair], *in_focus(draft, discourse), *beside(draft, discourse)]))


def in_focus(draft: Draft, discourse: Discourse) -> list[list[Actor]]:
    """The groups told so far, and before those that the last sentences told the two states or people in their focus."""
    if draft.alias == "sides":
        groups = [without_parties(group, discourse) for group in discourse.groups[-FAR_BACK:]]
        two, (_, told) = main_pair(discourse.focus, draft.begin, discourse.told), discourse.focus.since(BACK)
    elif draft.alias == "group":
        groups = discourse.groups[-FAR_BACK:]
        two, (_, told) = last_two(discourse.focus, draft.begin), discourse.focus.since(PEOPLE_BACK)
        two = two if all_hold(two, draft) else []
    else:
        return discourse.groups[-FAR_BACK:]
    newer = max(0, len(groups) - (len(discourse.groups) - told))
    return [*groups[:newer], two, *groups[newer:]]


def all_hold(people: list[Actor], draft: Draft) -> bool:
    """Whether the post by which people are told is one that each of them can hold."""
    level = draft.defaults.get("level")
    ranks = {one.level.name if one.level else None for one in people if isinstance(one, Person)}
    return level is None or ranks == {level}


def without_parties(group: list[Actor], discourse: Discourse) -> list[Actor]:
    """A group without the political parties of the states that it tells besides; none of bodies that no list tells."""
    states = [state for state in map(state_of, group) if state]
    bodies = [state for state in states if not is_country(state)]
    if any(is_unlisted(discourse.lexicon, body) for body in bodies):
        return []
    theirs = {body for body in bodies if home_of(discourse.lexicon, body) in states}
    return [one for one in group if state_of(one) not in theirs] if theirs else group


def go_on(discourse: Discourse) -> list[Actor] | None:
    """Those who "they" are by what was just told, nobody where they are only described, else None: the plural subject;
    at the end of a sentence the several who spoke last; at its head the party or band that alone the one before was
    about."""
    scene = discourse.scene
    if scene.has_they(len(discourse.groups), discourse.unnamed):
        return list(scene.several or discourse.unnamed or [])
    if scene.ends_speech and len(discourse.speakers) > 1:
        return list(discourse.speakers)
    first = scene.latest is None and not (scene.persons or scene.others_named)
    alone = scene.spoke_for if first and scene.since[-2:] == (scene.groups,) * 2 else None
    return [alone] if alone and not is_country(alone) else None


def named_last(draft: Draft, discourse: Discourse) -> list[list[Actor]]:
    """Who was named last before "the latter", alone or in a list; no capital, where something may be."""
    before = [
        (end, actors)
        for (_, alias, _, end), actors in discourse.settled.items()
        if end <= draft.begin < end + NEARBY and alias != "capital" and actors
    ]
    return [[max(before, key=itemgetter(0))[1][-1]]] if before else []


def latest_group(draft: Draft, groups: list[list[Actor]], speakers: list[Actor]) -> list[Actor]:
    """The latest group of the size that is told: "the two", "both leaders" (people), "both countries" (states);
    "they" may be those who spoke last, but no single person."""
    told = draft.defaults.get("number") or draft.text("count")
    size = (
        int(told)
        if told and told.isdigit()
        else {THEY: None, CHIEFS: None, LATTER: 1, "throng": 0}.get(draft.alias or "", 2)
    )
    latest = groups[::-1]
    people = [group for group in latest if holds(group, draft)]
    # "The two leaders" are no leader and the state that he visited.
    alike = [group for group in latest if len({isinstance(actor, Person) for actor in group}) == 1]
    if draft.alias == "group" and draft.text("post") and not draft.defaults.get("level"):
        # "Both candidates" are no states.
        alike = []
    order = people + alike if draft.text("post") else alike + latest if draft.alias == "group" else latest
    for group in order:
        states = unique([state_of(actor) for actor in group])
        members = states if draft.alias in ("sides", "throng", CHIEFS) else list(group)
        if draft.alias == "group" and len(members) != size:
            members = states
        if size is None or len(members) == size:
            return members
    alone = len(speakers) == 1 and isinstance(speakers[0], Person)
    return list(speakers) if draft.alias == THEY and not alone else []


def holds(group: list[Actor], draft: Draft) -> bool:
    """Whether a group is of people who can hold the post that is told: no heads of state are "the two ministers"."""
    people = [actor for actor in group if isinstance(actor, Person)]
    if len(people) < len(group):
        return False
    level = draft.defaults.get("level")
    heads = {person.level is not None and person.level.name == HEADS for person in people}
    return level is None or (level == HEADS) in heads
