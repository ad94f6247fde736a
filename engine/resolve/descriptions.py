"""Whom a description means that is not the post by which the article has told him: "the premier", "the cleric"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.facts import MeetingLevel, Person
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.actors import Actor
from engine.resolve.bodies import PRIVATE, home_of, kind_of
from engine.resolve.posts import HEADING, full_post
from engine.resolve.service import ENVOY, STATE_ORGAN, is_private

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse

BROAD = "BROAD"
"""The class of posts that say what somebody is, whatever his office."""
PARTISAN = "PARTISAN"
"""The class of words for those whom a party sent into parliament."""
SPEAKING = "spokesman"
"""The seat of whoever speaks for another."""
OFFICE = "OFFICE"
"""The class of posts of states and bodies."""
CHIEF = "CHIEF"
"""The class of words for whoever heads an organ or body."""
CROWN = "crown"
SEATED = frozenset({"premier", "president", "pope", CROWN, ENVOY})
"""Seats whose holder goes by several words: the prime minister is the premier; of a crown, by those of no gender."""


def described_as(discourse: Discourse, draft: Draft, country: str | None) -> Person | None:
    """Who is meant by another word for the same seat, else the one spoken of just before whom a broad word fits."""
    level, seat = draft.defaults.get("level"), draft.defaults.get("seat")
    if draft.drafts("possessor") or draft.fields.get("bearer"):
        return None
    if seat in SEATED and not (seat == CROWN and "gender" in draft.defaults):
        told = (one for one in [*discourse.topic, *discourse.people.recent()] if country in (None, one.country))
        alike = (one for one in told if (one.level.name if one.level else None) == level)
        return next((one for one in alike if seat_of(discourse.lexicon, one.post) == seat), None)
    near = discourse.scene.persons or discourse.topic
    if not is_broad(discourse.lexicon, draft.text("post")) or discourse.unnamed is not None or len(near) != 1:
        return None
    person = near[0]
    if country not in (None, person.country):
        return None
    partisan = discourse.lexicon.reads_as(draft.text("post"), PARTISAN)
    return person if suits(discourse.lexicon, person, of_office=partisan or bool(level)) else None


def spoke_before(discourse: Discourse, draft: Draft) -> list[Actor]:
    """For whom somebody stands who is told by a post of no rank, as before without a name: "the diplomat"."""
    if discourse.scene.role == "object":
        return []
    again = draft.defaults.get("seat") == SPEAKING or is_broad(discourse.lexicon, draft.text("post"))
    if discourse.unnamed is None and again:
        return list(discourse.scene.quoted or discourse.quoted)
    return list(discourse.unnamed or []) if again or not draft.defaults.get("level") else []


def plainly_told(discourse: Discourse, draft: Draft) -> Person | None:
    """Who leads the state at home, whom "the president" means where others are told with their country: the one told
    without it, whom its sentence has not named."""
    if draft.alias != "definite" or draft.defaults.get("seat") not in HEADING or draft.fields.get("organization"):
        return None
    home = discourse.domestic or discourse.home
    leaders = [
        one for one in discourse.people.recent() if seat_of(discourse.lexicon, one.post) == draft.defaults["seat"]
    ]
    ours = [one for one in leaders if id(one) in discourse.people.homely and id(one) not in discourse.bygone]
    named = [*discourse.scene.persons, *discourse.scene.others_named]
    if not len(ours) == 1 < len(leaders) or ours[0] in named:
        return None
    # Where nothing tells for whom an article is written, it is whoever leads its news.
    first = next(one for one in discourse.people.found if one in leaders)
    return ours[0] if home == ours[0].country or (home is None and first is ours[0]) else None


def compatriot(discourse: Discourse, country: str | None) -> list[Actor]:
    """Whom "the Korean official" means: the only person of that country met so far, else the country."""
    of_country = [person for person in discourse.people.recent() if country and person.country == country]
    recent = [person for person in of_country if person in discourse.topic or person in discourse.scene.persons]
    if len(recent) == 1:
        return [discourse.noted(recent[0])]
    return [country] if country else []


def chief_of(discourse: Discourse, draft: Draft, country: str | None, body: str | None) -> Person | None:
    """Who heads the organ or body of which another word for its head tells: "the CIA chief" is its director."""
    told = (full_post(draft, discourse.lexicon) or "").lower().split()
    if not is_chief(discourse.lexicon, told):
        return None
    for person in [*discourse.topic, *discourse.people.recent()]:
        post = (person.post or "").lower().split()
        head, _, rest = (person.post or "").lower().partition(" of ")
        if rest and len(told) > 1 and {*told[:-1]} <= {*rest.split()}:
            # "The intelligence chief" is the director of national intelligence.
            post = [*told[:-1], *head.split()[-1:]]
        alike = len(told) > 1 and told[:-1] == post[:-1] and country in (None, person.country)
        if is_chief(discourse.lexicon, post) and (alike or (body is not None and body == person.organization)):
            return person
    return None


def unheld(discourse: Discourse, draft: Draft, body: str | None) -> list[Actor]:
    """The body, or the state whose organ it is, that the unnamed holder of a post stands for which names it: none of a
    trade, of no firm."""
    body = body or draft.defaults.get("organization") or organ_in(discourse.lexicon, draft.text("post") or "")
    if body is None or kind_of(discourse.lexicon, body) in PRIVATE or is_private(discourse.lexicon, draft.text("post")):
        return []
    return [body]


def organ_in(lexicon: Lexicon, post: str) -> str | None:
    """The state whose organ a post begins with: "State Department spokesman"."""
    words = post.split()
    organs = (" ".join(words[:size]) for size in range(len(words) - 1, 0, -1))
    return next((home_of(lexicon, organ) for organ in organs if kind_of(lexicon, organ) == STATE_ORGAN), None)


def is_chief(lexicon: Lexicon, post: list[str]) -> bool:
    """Whether a post, word by word, ends with a word for whoever heads something."""
    return lexicon.reads_as(" ".join(post[-1:]), CHIEF)


def suits(lexicon: Lexicon, person: Person, *, of_office: bool) -> bool:
    """Whether a broad word can be of a person: one of the service ("diplomat") of whoever has an office below the head
    of state or government, any other ("cleric") of whoever has none, and of those who lead something else."""
    forms = [form for form in lexicon.look_up((person.post or "").lower()) if OFFICE in form.terminals]
    if of_office:
        return bool(person.post) and person.level is not MeetingLevel.HEADS and not is_private(lexicon, person.post)
    return not any("seat" in form.row.values or "country" in form.row.values for form in forms)


def is_broad(lexicon: Lexicon, post: str | None) -> bool:
    """Whether a post only says what somebody is."""
    return lexicon.reads_as(post, BROAD)


def seat_of(lexicon: Lexicon, post: str | None) -> str | None:
    """The seat of a post, be it told with what stands before it ("Special Envoy")."""
    words = (post or "").lower().split()
    forms = [form for run in (" ".join(words), *words[-1:]) for form in lexicon.look_up(run)]
    return next((form.row.values["seat"] for form in forms if "seat" in form.row.values), None)
