"""Sides: who a draft tells to take part in what it tells."""

from __future__ import annotations

from itertools import islice, pairwise

from engine.facts import Event, EventStatus, Person
from engine.interpret import Draft
from engine.marks import ATTENDING, GOVERNED, HOLDER, THEIRS
from engine.resolve.actors import Actor, is_country, state_of, unique
from engine.resolve.bodies import FIRM, home_of, is_unlisted, kind_of
from engine.resolve.discourse import Discourse
from engine.resolve.journeys import told_place
from engine.resolve.meetings import OFF, fellows, is_dated_summit
from engine.resolve.people import FAR_BACK
from engine.resolve.pronouns import GENDERS, fits

OTHER = "other"
"""The mark of a side that a wording leaves out: "a meeting with the king is planned"."""
PLURAL = frozenset({"they", "group"})
"""The marks of several told by a pronoun or by their number: "they", "the two"."""
NEAR = 2
"""People named last among whom the owner of a meeting is."""
ONES = "ones"
"""The mark of a meeting that is told as somebody's."""
TALKS = "talks"
"""The mark of talks so called."""
HOST = "host"
"""The mark of a side that is at home where others come to talk."""
LANDS = "lands"
"""The mark of a state whose talks they are: "U.S. talks with Cuba"."""
WITNESS = "witness"
"""The mark of whoever is present where others sign."""
THRONG = "throng"
"""The mark of sides told by number and rank only."""
UNNAMED = frozenset({THRONG, "pair", "sides"})
"""The marks of sides that may be nobody known: told by number and rank, or by half a pair ("Intra-Syrian")."""
OF_PEOPLE = frozenset({"party", "ngo", None})
"""The kinds of bodies that no state makes; of no kind are parties and unions by their name alone."""
INTERNATIONAL = "international"
"""The kind of bodies of all states, which are gatherings of these."""
NGO = "ngo"
"""The kind of bodies that speak at gatherings of states and are no sides of them."""
SEVERAL = 2
WITHHELD = OFF | {EventStatus.PROPOSED}
"""The statuses of what somebody asks of a body, or refuses it."""
SPOKESMAN = "spokesman"
"""The seat of those who speak for others."""


def sides_of(draft: Draft, discourse: Discourse) -> list[Actor]:
    """The sides told; the body that holds a gathering is one where it is not only where two others met."""
    settle_lands(draft, discourse)
    told = [one for one in draft.drafts("parties") if one.alias not in (HOLDER, OTHER, HOST, WITNESS)]
    holders = [one for one in draft.drafts("parties") if one.alias == HOLDER]
    sides = discourse.actors(told)
    if any(one.alias == ATTENDING for one in told):
        sides = theirs_of(draft, told, sides, discourse)
    known = any(mark.alias in ("definite", "known") for mark in draft.drafts("reference"))
    if not known and any(one.alias == OTHER for one in draft.drafts("parties")):
        people = any(isinstance(side, Person) for side in sides)
        sides = sides + (other_than(sides, discourse) if people else the_rest(sides, discourse))
    if any(mark.alias == ONES for mark in draft.drafts("reference")):
        sides = sides + owner_of(told, sides, discourse)
    if any(one.alias == HOST for one in draft.drafts("parties")):
        sides = sides + hosts_of(draft, sides, discourse)
        draft.fields["parties"] = [one for one in draft.drafts("parties") if one.alias != HOST]
    if not (sides or holders) and is_of_the_two(draft):
        sides = the_two(discourse)
    if holders:
        # "The charity appealed to delegates at the UN conference": it is no side of it.
        sides = [side for side in sides if not isinstance(side, str) or kind_of(discourse.lexicon, side) != NGO]
    aside = any(mark.alias == "sidelines" for mark in draft.drafts("reference"))
    if holders and not aside and len(unique([state_of(side) for side in sides])) < 2:
        sides = sides + [side for side in discourse.actors(holders) if side not in sides]
    if not sides:
        sides = the_pair(draft, discourse) or who_met(draft, discourse)
    sides = sides or by_witnesses(draft, discourse)
    session = in_session(draft, discourse)
    if session and not aside and len(unique([state_of(side) for side in sides])) < SEVERAL:
        sides = [*sides, session]
    if draft.rule == "meeting":
        if any(mark.alias == THEIRS for mark in draft.drafts("reference")):
            sides = fellows(sides, discourse.groups[-FAR_BACK:])
        sides = unique([spoken_for(side, discourse) for side in sides if not at_home(side, sides, discourse)])
    return sides


def by_witnesses(draft: Draft, discourse: Discourse) -> list[Actor]:
    """The states whose leaders look on while others sign, of which the article tells nothing else."""
    told = [one for one in draft.drafts("parties") if one.alias == WITNESS]
    states = unique([state_of(one) for one in discourse.actors(told)]) if told else []
    if told and len(states) < SEVERAL:
        draft.fields["parties"] = [one for one in draft.drafts("parties") if one not in told]
    return [state for state in states if state] if len(states) > 1 else []


def in_session(draft: Draft, discourse: Discourse) -> str | None:
    """The body that is a gathering by its own name: "spoke at the General Assembly on Monday"."""
    name = draft.defaults.get("name") if draft.rule == "meeting" else None
    return name if name and kind_of(discourse.lexicon, name) == INTERNATIONAL else None


def settle_lands(draft: Draft, discourse: Discourse) -> None:
    """Drop from a draft the states that only tell which talks they are: not the one whose talks with one other state
    they are, of which nobody else takes part ("U.S. talks with Cuba resumed")."""
    told = draft.drafts("parties")
    lands = [one for one in told if one.alias == LANDS]
    if not lands:
        return
    rest = [one for one in told if one.alias != LANDS]
    others = [one for one in rest if one.rule != "parties" and one.begin > lands[0].begin]
    before = [one for one in rest if one not in others and one.alias != OTHER]
    home = [state_of(side) for side in discourse.actors(lands)]
    states = unique([state_of(side) for side in discourse.actors(others)])
    theirs = draft.rule == "meeting" and len(home) == 1 == len(states) and home[0] not in states
    if theirs and all(state_of(side) == home[0] for side in discourse.actors(before)):
        rest = [*before, *lands, *others]
    draft.fields["parties"] = list(rest)


def pairs(draft: Draft, sides: list[Actor], discourse: Discourse) -> list[list[Actor]]:
    """Who met whom where several did so one by one: each of those told before the words that stand between them with
    the one after these ("X and Y met separately with Z"), else the first with each of the others, as where words stand
    between these too ("X met with Y and later with Z")."""
    told = draft.drafts("parties")
    gaps = [(after.begin - before.end, after.begin) for before, after in pairwise(told) if after.begin - before.end > 1]
    begin = max(gaps, default=(0, 0))[1]
    last = unique([actor for one in told if one.begin >= begin > 0 for actor in discourse.meant(one)])
    first = [side for side in sides if side not in last]
    if len(gaps) == 1 and len(last) == 1 and len(first) > 1:
        return [[side, last[0]] for side in first]
    return [[sides[0], other] for other in sides[1:]]


def kinds_of_sides(draft: Draft) -> set[str | None]:
    """The marks of the records by which its sides are told, each in the place of the mark that holds it."""
    return {inner.alias for side in draft.drafts("parties") for inner in (side.drafts("of") or [side])}


def names_nobody(draft: Draft, event: Event) -> bool:
    """Whether a wording names no side ("talks on Syria in Geneva"), or not who did something at a known summit."""
    return kinds_of_sides(draft) <= (UNNAMED | {ATTENDING} if is_dated_summit(event) else UNNAMED)


def other_than(sides: list[Actor], discourse: Discourse) -> list[Actor]:
    """Who meets those of one state where the wording tells nobody else ("a meeting with X is planned"): whoever the
    sentence before was about, where that is of another."""
    states = {state_of(side) for side in sides}
    others: list[Actor] = [
        one for one in discourse.subject if isinstance(one, Person) and state_of(one) not in states | {None}
    ]
    return others[-1:] if len(states) == 1 and discourse.subject_in == discourse.sentence - 1 else []


def the_rest(sides: list[Actor], discourse: Discourse) -> list[Actor]:
    """Who meets those of one state where neither the wording nor the sentence before tells it: the states that were
    told to meet them, where these are always the same."""
    states = {state_of(side) for side in sides}
    groups = [{state_of(one) for one in group} - {None} for group in discourse.groups]
    met = [group - states for group in groups if states < group]
    first = next((group for group in discourse.groups if states < {state_of(one) for one in group}), [])
    same = len(states) == 1 and all(group == met[0] for group in met)
    return unique([state_of(one) for one in first if state_of(one) not in states]) if same else []


def leaves_out(draft: Draft) -> bool:
    """Whether sides are told by number and rank only, or one is left out of talks told with their day or place."""
    kinds = {one.alias for one in draft.drafts("parties")}
    return THRONG in kinds_of_sides(draft) or (OTHER in kinds and ("when" in draft.fields or "place" in draft.fields))


def is_of_the_two(draft: Draft) -> bool:
    """Whether talks are told by a verb of their own, with their day or place, by nobody who talks and by nothing that
    they are about: "talks broke down in May"."""
    settled = "when" in draft.fields or "place" in draft.fields
    talks = any(mark.alias == TALKS for mark in draft.drafts("reference"))
    own = "head" in draft.fields and not any(GOVERNED in mark.defaults for mark in draft.drafts("status"))
    untold = not draft.drafts("parties") and "topics" not in draft.fields
    return draft.rule == "meeting" and talks and settled and own and untold


def the_pair(draft: Draft, discourse: Discourse) -> list[Actor]:
    """Who "they" or "the two" are that met where a sentence tells one person as its subject and one other, of another
    state: "the chancellor raised it with the president when the two met"."""
    told = draft.rule == "meeting" and not PLURAL.isdisjoint(kinds_of_sides(draft))
    both = unique([*discourse.scene.persons, *discourse.scene.others_named]) if told else []
    states = {state_of(one) for one in both} - {None}
    return both if len(both) == SEVERAL == len(states) else []


def who_met(draft: Draft, discourse: Discourse) -> list[Actor]:
    """Whose "their meeting" is that a wording tells by itself ("Their talks lasted an hour"): of the two told together
    last, where these are of two states."""
    own = draft.rule == "meeting" and not draft.drafts("parties")
    theirs = own and any(mark.alias == THEIRS for mark in draft.drafts("reference"))
    latest = discourse.groups[-1] if theirs and discourse.groups else []
    states = unique([state_of(one) for one in latest])
    return latest if len(latest) == SEVERAL == len(states) else []


def the_two(discourse: Discourse) -> list[Actor]:
    """The two states that were told together last, where the article is about both."""
    latest = discourse.groups[-1] if discourse.groups else []
    states = unique([state_of(one) for one in latest])
    return states if len(states) == 2 and set(states) <= set(discourse.told) else []


def owner_of(told: list[Draft], sides: list[Actor], discourse: Discourse) -> list[Actor]:
    """Whose "his summit with" one person is, where that was taken for the person met: the man of another state whom the
    sentence tells before."""
    met = [one for one in told if one.rule == "person" and one.alias not in GENDERS]
    alone = sides[0] if len(sides) == 1 else None
    if not isinstance(alone, Person) or alone not in [actor for one in met for actor in discourse.meant(one)]:
        return []
    near = [one for one in islice(discourse.people.recent(), NEAR) if one is not alone and fits(discourse, one, "m")]
    others: list[Actor] = [one for one in near if state_of(one) not in (None, state_of(alone))]
    return others[:1]


def hosts_of(draft: Draft, sides: list[Actor], discourse: Discourse) -> list[Actor]:
    """With whom those of one state talk abroad where nobody else is told: with those who are at home there, if the
    article is about them, too, and not only about a city where others meet."""
    place = told_place(draft.drafts("place"), discourse)
    abroad = place.country if place is not None and place.country in discourse.told else None
    states = {state_of(side) for side in sides}
    # A body that holds its own gathering somewhere meets nobody there.
    travels = any(isinstance(side, Person) or is_country(side) for side in sides)
    return [abroad] if abroad and travels and len(states) == 1 and abroad not in states else []


def theirs_of(draft: Draft, told: list[Draft], sides: list[Actor], discourse: Discourse) -> list[Actor]:
    """The sides of a meeting at which somebody speaks: where its wording tells both, who speaks is of these or none;
    of an accord none who only speaks of what followed it ("Lund praised the retreat after an accord signed in May")."""
    known = {state_of(one) for one in discourse.actors([one for one in told if one.alias != ATTENDING])}
    if draft.rule == "agreement" and not known:
        return [side for side in sides if not isinstance(side, Person)]
    return [side for side in sides if state_of(side) in known] if len(known) > 1 else sides


def spoken_for(side: Actor, discourse: Discourse) -> Actor | None:
    """A side of a meeting, or the state or body of whoever only speaks for one."""
    if not isinstance(side, Person) or not side.post:
        return side
    forms = discourse.lexicon.look_up(side.post.split()[-1])
    return state_of(side) if any(form.row.values.get("seat") == SPOKESMAN for form in forms) else side


def held_by_people(event: Event, draft: Draft, sides: list[Actor], discourse: Discourse) -> bool:
    """Whether a gathering is one of a body that no state makes: no meeting of sides, whoever speaks there, unless
    states are ("the two Koreas held Red Cross talks"); or a body of all states that only acts."""
    session = in_session(draft, discourse)
    does = session in discourse.subject and discourse.subject_in == discourse.sentence
    if session and (does or event.status in WITHHELD):
        # "The assembly on Monday voted", "urged the assembly to vote": a body that acts, or is to, is no gathering.
        return True
    holders = [one for one in draft.drafts("parties") if one.alias == HOLDER]
    bodies = [state_of(side) or "" for inner in holders for one in inner.drafts("of") for side in discourse.meant(one)]
    theirs = any(not is_country(body) and kind_of(discourse.lexicon, body) in OF_PEOPLE for body in bodies)
    return theirs and len({state for side in sides if (state := state_of(side)) and is_country(state)}) < SEVERAL


def at_home(side: Actor, sides: list[Actor], discourse: Discourse) -> bool:
    """Whether a side is a firm or of no list of bodies, or what a state's people make, a political party or a society,
    alone or beside that state; one that no list tells is of the state at home."""
    body = state_of(side)
    if body is None or is_country(body):
        return False
    kind = kind_of(discourse.lexicon, body)
    if kind == FIRM or is_unlisted(discourse.lexicon, body):
        return True
    if not isinstance(side, str) or kind not in OF_PEOPLE:
        return False
    home = home_of(discourse.lexicon, side) or (discourse.domestic if kind is None else None)
    return len(sides) == 1 or home in {state_of(other) for other in sides} - {None}
