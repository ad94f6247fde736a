"""Whose post it is that an article tells without a country ("President Mubarak", "the foreign minister")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.facts import Person
from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.people import surname_first
from engine.resolve.service import ENVOY, STATE_ORGAN, STATE_WORDS, is_elected, is_private, of_state, ranked_post

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse

MINISTRY, MINISTER, PREMIER = "ministry", "minister", "premier"
"""What a post is of that only states with ministers have, their seat, and that of whoever leads them."""
HEADING = frozenset({"president", "premier"})
"""Seats of whoever leads a state, which no state has that the name is strange to."""
OF_GOVERNMENT = frozenset({"MINISTERIAL", "VICE_MINISTERIAL"})
"""Levels of posts that only members of a government hold."""
LAST = "last"
"""Where a family name stands that tells the state though given names stand before it in English."""
RENOWNED = "RENOWNED"
"""The terminal of family names that everybody knows."""
COMMON = "COMMON"
"""The class of posts of one state that others have too."""
LEADER = "LEADER"
"""The terminal of those who led or spoke for a state."""
WESTERN = 2
"""Words of most names; one of more is nobody else's."""
REBEL = "REBEL"
"""The terminal of posts of those who fight their own state."""
BYGONE = "bygone"
"""The mark of a post that is no longer held ("former", "then-")."""


def at_hand(discourse: Discourse, draft: Draft) -> str | None:
    """The country of a post told without one: the nearest that can have the post and has no other holder of it; of
    whoever has a family name that tells it, one where such names are at home before any other."""
    if discourse.scene.across and discourse.lexicon.reads_as(draft.text("post"), REBEL):
        # Rebels whom somebody meets abroad fight the state that the article is about.
        return next(iter(discourse.told), None)
    near = nearest(discourse, seat_told(draft), of_organ=is_organ(draft.text("unit"), discourse.lexicon))
    tried = dict.fromkeys(country for country in near if country)
    led = led_by(discourse, draft)
    sure = renowned_of(discourse, draft)
    if leader := next((country for country in led if country in tried or led[country] or country == sure), None):
        return leader
    others = discourse.scene.across | discourse.scene.others | sent_to(draft, discourse.lexicon)
    met = (country for country in tried if country not in others)
    homes, mainlands = at_home_in(draft, discourse.lexicon)
    can = (country for country in met if can_be_of(discourse, draft, country))
    if not homes:
        # Where an article names one country only, whom its minister meets is at home too.
        alone = discourse.told[0] if len(discourse.told) == 1 and discourse.told[0] in discourse.scene.across else None
        return next(can, alone)
    fitting = list(can)
    told = next((country for country in fitting if country in homes), None)
    if told is None and draft.defaults.get("seat") in HEADING:
        return homes[0] if len(mainlands) == 1 else None
    return told or next(iter(fitting), None)


def seat_told(draft: Draft) -> str | None:
    """The seat of a post; of a member of a government that every state calls otherwise, that rank."""
    level = draft.defaults.get("level")
    return draft.defaults.get("seat") or (level if level in OF_GOVERNMENT else None)


def led_by(discourse: Discourse, draft: Draft) -> dict[str, bool]:
    """The states that somebody of a record's name led or spoke for when the article was written, else those that one
    did before it; and whether the whole name tells it."""
    names = [name.replace("’", "'").split() for name in draft.fields.get("name", ()) if isinstance(name, str)]
    year = (discourse.article.published_on or "")[:4]
    found: dict[str, bool] = {}
    before: dict[str, bool] = {}
    for family, given in splits(names[0], discourse.lexicon) if names else ():
        for form in discourse.lexicon.look_up(family):
            values = form.row.values
            whole = bool(given) and any(agree(given, one) for one in values.get("given", "").split("|"))
            if LEADER not in form.terminals or values.get("since", "") > (year or "9999") or (given and not whole):
                continue
            leads = not year or year <= values.get("until", year)
            told = found if leads or whole else before
            told[values["country"]] = told.get(values["country"], False) or whole
    return found or before


def known_leader(discourse: Discourse, draft: Draft) -> str | None:
    """The state that somebody told without an office led: by the whole name where the article names the state or the
    name is a long one, or by a renowned family name of one state."""
    long = len((draft.text("name") or "").split()) > WESTERN
    told = (country for country, whole in led_by(discourse, draft).items() if whole)
    whole = (country for country in told if long or country in discourse.told)
    return renowned_of(discourse, draft) or next(whole, None)


def renowned_of(discourse: Discourse, draft: Draft) -> str | None:
    """The one state that those have led by then who bear a renowned family name, said alone or after given names."""
    name, year = draft.text("name"), (discourse.article.published_on or "9999")[:4]
    families = [family for family, _ in splits((name or "").split(), discourse.lexicon)] if name else []
    forms = [form for family in families for form in discourse.lexicon.look_up(family)]
    led = {f.row.values["country"] for f in forms if LEADER in f.terminals and f.row.values.get("since", "") <= year}
    found = led_by(discourse, draft)
    led = {country for country, whole in found.items() if whole} or led
    renowned = len(led) == 1 and any(RENOWNED in form.terminals for form in forms)
    return next((country for country in led if country in found), None) if renowned else None


def by_name(name: str, post: str | None = None, defaults: dict[str, str] | None = None) -> Draft:
    """What tells of a person whose name stands in the words for something else: that name, and the post before it."""
    fields = {"name": [name]} if post is None else {"name": [name], "post": [post]}
    return Draft("person", "named" if post is None else "titled", 0, 0, fields, defaults)


def led_as(discourse: Discourse, draft: Draft, country: str | None) -> Person | None:
    """Whom a leader's post means that nobody was told to hold ("the president"): whoever its sentence named, or the one
    before was about, where no post is known of one who led a state, that one where it is told; the post is told so."""
    alone = discourse.lexicon.reads_as(draft.text("post"), "POST")
    near = discourse.scene.persons or discourse.topic
    if draft.defaults.get("seat") not in HEADING or not alone or len(near) != 1:
        return None
    state = known_leader(discourse, by_name(near[0].name))
    person = best_known(discourse, near[0], state)
    if person.post or state is None or country not in (None, state) or person.country not in (None, state):
        return None
    discourse.tell(person, draft, state, None)
    return person


def best_known(discourse: Discourse, near: Person, state: str | None) -> Person:
    """Who leads a state: the one near, or whom everybody knows to have led it where that one only spoke for it."""
    if near.post or state is None or renowned_of(discourse, by_name(near.name)) == state:
        return near
    others = [one for one in discourse.people.recent() if not one.post]
    known = [one for one in others if renowned_of(discourse, by_name(one.name)) == state]
    return known[0] if len(known) == 1 else near


def splits(name: list[str], lexicon: Lexicon) -> list[tuple[str, list[str]]]:
    """The family name and the given names of a name, as it may be written."""
    if len(name) == 1:
        return [(name[0], [])]
    if surname_first(name, lexicon):
        return [(name[0], name[1:]), (name[-1], name[:-1])]
    return [(name[-1], name[:-1])]


def agree(told: list[str], listed: str) -> bool:
    """Whether given names can be those of a table: the same, or more of them after the first."""
    one, other = (" ".join(names).lower().replace("-", " ").split() for names in (told, [listed]))
    return one == other or one[:1] == other


def is_organ(unit: str | None, lexicon: Lexicon) -> bool:
    """Whether what a post is of is a state's own by its name or kind: a ministry, "the State Council", no society."""
    words = (unit or "").split()
    forms = lexicon.look_up(words[-1]) if words else []
    return bool(words) and (words[0][:1].isupper() or any("ORGAN" in form.terminals for form in forms))


def at_home_in(draft: Draft, lexicon: Lexicon) -> tuple[list[str], set[str]]:
    """The states where the name of a record is at home, the main one first, and those that stand for all of one origin:
    told by a family name that stands first, or that tells them where it stands last."""
    names = [name.split() for name in draft.fields.get("name", ()) if isinstance(name, str)]
    if not names:
        return [], set()
    first = surname_first(names[0], lexicon)
    forms = lexicon.look_up(names[0][0 if first else -1])
    rows = [form.row.values for form in forms if first or form.row.values.get("stands") == LAST]
    homes = dict.fromkeys(code for values in rows for code in values.get("states", "").split("|") if code)
    return [*homes], {values["mainland"] for values in rows if "mainland" in values}


def of_one_state(discourse: Discourse, draft: Draft) -> str | None:
    """The state that a post tells by its words alone; none of a post that others have too ("Defence Secretary")
    where the article tells of that one by nothing else, nor of a lawmaker there who is told from elsewhere, nor of one
    whose name is at home in another state that it tells of.
    """
    country, post, here = draft.defaults.get("country"), draft.text("post"), discourse.here
    shared = discourse.lexicon.reads_as(post, COMMON)
    lawmaker = is_elected(discourse.lexicon, post)
    if country in discourse.strange and (shared or (lawmaker and here is not None)):
        return None
    # "Rep. Lee Terry" is no Korean, nor a "Kim" whose given names are not written as there.
    western = not any(
        len(name.split()) > 2 or "-" in name for name in draft.fields.get("name", ()) if isinstance(name, str)
    )
    homes, _ = at_home_in(draft, discourse.lexicon) if lawmaker and not western else ([], None)
    return None if homes and country not in homes and not {*homes}.isdisjoint(discourse.told) else country


def told_with(draft: Draft) -> bool:
    """Whether a record tells whose post it is, be it by a post of one state, or by a name that tells no post."""
    post = draft.fields.get("post")
    return bool(not post or draft.fields.get("country") or draft.defaults.get("country"))


def told_later(members: list[Draft]) -> frozenset[str]:
    """The countries told of those in a list of whom its first, told without one, is an equal."""
    first, *rest = members
    level = first.defaults.get("level")
    if first.fields.get("country") or first.rule != "person" or not level:
        return frozenset()
    equals = (draft for draft in rest if draft.fields.get("name") and draft.defaults.get("level") == level)
    told = (one for draft in equals for one in draft.fields.get("country", ()))
    return frozenset(one for one in told if isinstance(one, str))


def nearest(discourse: Discourse, seat: str | None, of_organ: bool = False) -> Iterator[str | None]:
    """The countries that a post may be of, likeliest first.

    That of the words around it, of the list or of the scene; that of the organ told last where the post is
    `of_organ`; the agency's own state where the news is domestic; then what the sentence tells: for its subject the
    state quoted and the sentence before, for others the state named last; then where the article is written, for whom,
    and what it is about.
    """
    scene = discourse.scene
    here = discourse.here.country if discourse.here else None
    yield from (scene.near, scene.listed, scene.frame)
    if discourse.official and (scene.role != "object" or seat == "spokesman"):
        yield discourse.home
    if of_organ:
        yield from (discourse.organ, here)
    if at_home(discourse, here, seat):
        yield here or discourse.domestic
    organ = discourse.organ if seat == "spokesman" else None
    about = discourse.told if discourse.home_body or scene.across else []
    last = discourse.country
    ours = {*discourse.told, discourse.domestic}
    if seat is None and discourse.here is None and last not in ours:
        # A state only named once is none that whoever has no seat is of, where nobody is known to act for it.
        last = next((one.country for one in discourse.people.recent() if one.country == last), None)
    before = (here, last) if scene.passing and here in discourse.told else (last,)
    if scene.role == "main":
        yield from (scene.voice, *about, *before, organ, scene.latest)
    elif scene.role == "object":
        # Whom a traveller meets is at home where the journey led.
        led_to = discourse.spots[-1][1].country if scene.across and discourse.spots else None
        yield from (scene.latest, scene.main, led_to, organ, *about, *before)
    else:
        yield from (scene.main, organ, *about, *before, scene.latest)
    if not discourse.home_body:
        yield here
    yield from discourse.told
    if not scene.across or discourse.domestic in discourse.told:
        yield discourse.domestic


def at_home(discourse: Discourse, here: str | None, seat: str | None) -> bool:
    """Whether a post without a country is of the state where or for whose readers the article is written."""
    if discourse.domestic is None or discourse.official:
        return False
    if here is not None and here == discourse.home:
        return True
    ours = here == discourse.domestic or (here is None and discourse.home in (None, discourse.domestic))
    return ours and seat not in (None, "spokesman")


def can_be_of(discourse: Discourse, draft: Draft, country: str) -> bool:
    """Whether a country has such a post, and nobody else met so far holds it."""
    seat = draft.defaults.get("seat")
    if MINISTRY in (draft.text("post") or "").lower().split():
        seat = MINISTER
    elif not has_one_holder(draft):
        return True
    name = discourse.lexicon.first(country, "COUNTRY") or ""
    forms = discourse.lexicon.look_up(name)
    lacks = {one for form in forms for one in form.row.values.get("lacks", "").split("|")}
    if seat in lacks:
        # Whoever is prime minister has ministers, though no foreign one.
        junior = not discourse.lexicon.look_up((draft.text("post") or "").lower()) or discourse.told == [country]
        return seat == MINISTER and PREMIER not in lacks and junior
    return bygone(draft) or not held(discourse, draft, country)


def whose_release(discourse: Discourse, draft: Draft) -> str | None:
    """Whose a post told alone is in a press release: the government's, or the body's, that issued it."""
    post = draft.text("post")
    if discourse.official and discourse.home:
        ours = not is_private(discourse.lexicon, post) and can_be_of(discourse, draft, discourse.home)
        return discourse.home if ours else None
    return discourse.home_body if discourse.is_office(post) and "level" not in draft.defaults else None


def has_one_holder(draft: Draft) -> bool:
    """Whether only one can hold the post of a state at a time: no senator's, no envoy's."""
    return draft.defaults.get("seat") not in (None, ENVOY)


def held(discourse: Discourse, draft: Draft, country: str) -> bool:
    """Whether somebody else is known to hold the same post of a country."""
    names = [name for name in draft.fields.get("name", ()) if isinstance(name, str)]
    this = discourse.people.known(names[0]) if names else None
    for person in discourse.people.holders(draft.text("post") or "", country):
        if person is not this:
            other = discourse.scene.latest or discourse.scene.main
            sure = id(person) not in discourse.people.guessed or (other is not None and other != country)
            # Two ministers of one sentence are not both of the state that either could be of.
            sure = sure or any(evidence.sentence == discourse.sentence for evidence in person.evidence)
            if sure and id(person) not in discourse.bygone:
                return True
    return False


def bygone(draft: Draft) -> bool:
    """Whether the post is told as one no longer held."""
    return any(mark.alias == BYGONE for mark in draft.drafts("reference"))


def full_post(draft: Draft, lexicon: Lexicon) -> str | None:
    """The post that a record tells, with what of a state it is of: "Chairman of the Joint Chiefs of Staff"."""
    post, unit = ranked_post(draft), draft.text("unit")
    if unit and of_state(lexicon, post) and len(draft.fields.get("post", ())) > 1:
        unit = None
    alone = draft.defaults.get("kind") == STATE_ORGAN and len(draft.fields.get("post", ())) == 1
    organ = draft.text("organization") if alone else None
    first, _, rest = (organ or "").partition(" ")
    if organ and lexicon.reads_as(first, "COUNTRY"):
        organ = rest
    if post and unit:
        return f"{post} of the {unit}"
    if post and organ and " of " not in post and not set(organ.lower().split()) & set(post.lower().split()):
        return f"{organ} {post}"
    return post


def sent_to(draft: Draft, lexicon: Lexicon) -> frozenset[str]:
    """The states that a post names to which its holder is sent, or for which: "ambassador to Pakistan", "director for
    China"."""
    _, *told = re.split(r" (?:to|for|mission in) ", draft.text("post") or "", maxsplit=1, flags=re.IGNORECASE)
    words = " ".join(told).split()
    runs = (" ".join(words[at:end]) for at in range(len(words)) for end in range(at + STATE_WORDS, at, -1))
    forms = (form for run in runs for form in lexicon.look_up(run) if "COUNTRY" in form.terminals)
    return frozenset(form.row.values["country"] for form in forms)
