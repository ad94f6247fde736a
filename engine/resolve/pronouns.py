"""Whom "he", "she", "his" and "it" mean: the nearest person of that gender, or the unnamed one who spoke before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from engine.facts import Person
from engine.interpret import Draft
from engine.lexicon import tokens_of
from engine.resolve.actors import Actor, is_country
from engine.resolve.people import NUMERALS, surname_first

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse

GENDERS = {"she": "f", "he": "m", "pronoun": "m"}
"""The gender that a mark tells."""


def gender_told(draft: Draft) -> str | None:
    """The gender that a record of one person tells: by Mr. or Mrs., else by the given name or the post."""
    if len(draft.fields.get("name", ())) > 1:
        return None
    marks = draft.drafts("gender")
    return GENDERS.get(marks[0].alias or "") if marks else draft.defaults.get("gender")


def is_wed(draft: Draft) -> bool:
    """Whether a record tells a woman by a post without a rank: the first lady, who bears another's family name."""
    return "post" in draft.fields and "level" not in draft.defaults and gender_told(draft) == "f"


def gender_of(discourse: Discourse, person: Person) -> str | None:
    """A person's gender as the article has told it, else that of the given name."""
    known = discourse.genders.get(id(person))
    if known is None:
        tokens = [token for token in tokens_of(person.name) if token not in NUMERALS]
        first = [] if len(tokens) < 2 or surname_first(tokens, discourse.lexicon) else tokens[:1]
        forms = [form for token in first for form in discourse.lexicon.look_up(token) if "GIVEN" in form.terminals]
        known = next((form.row.values["gender"] for form in forms if "gender" in form.row.values), None)
    return known


def fits(discourse: Discourse, person: Person | None, gender: str | None) -> bool:
    """Whether a pronoun of that gender, if it tells one, can mean a person."""
    return person is not None and (gender is None or gender_of(discourse, person) in (None, gender))


def meant_by(discourse: Discourse, gender: str | None) -> list[Actor]:
    """Who a pronoun of that gender, if it tells one, means: of the likeliest the first that can be, who has it then.

    After an unnamed person spoke it is that one, if nobody is named since.
    """
    scene = discourse.scene
    for actor in candidates(discourse):
        if scene.ends_speech and any(actor is one for one in scene.spoken_of):
            continue
        if not isinstance(actor, Person):
            return [actor]
        if fits(discourse, actor, gender):
            actor = surely_she(discourse, actor, gender)
            if gender:
                discourse.genders[id(actor)] = gender
            return [actor]
    return []


def surely_she(discourse: Discourse, person: Person, gender: str | None) -> Person:
    """Whom "she" means: a person of whom nothing tells a woman, or the one woman besides whom the sentence names
    ("Graham praised Sally Yates, saying she")."""
    if gender != "f" or gender_of(discourse, person) is not None:
        return person
    women = [one for one in discourse.scene.others_named if gender_of(discourse, one) == "f"]
    return women[-1] if women else person


def candidates(discourse: Discourse) -> Iterator[Actor]:
    """Those who a pronoun may mean, the likeliest first.

    Whoever a sentence ends with ("..., he said") is none whom it speaks of, but who spoke in the sentence before; else
    it is the last subject of the sentence, its unnamed main subject, or what the sentence before was about, then
    anybody named lately.
    """
    scene = discourse.scene
    if not scene.ends_speech:
        if scene.goes_on and scene.person_leads:
            yield from scene.persons[:1]
        yield from reversed(scene.persons)
        if scene.role == "subject" and not scene.persons:
            yield from scene.teller
            yield from reversed(scene.others_named if scene.subordinate else [])
    if discourse.unnamed is not None:
        yield from discourse.unnamed
        return
    yield from only_heard(discourse)
    if scene.adds and scene.ends_speech:
        yield from (one for one in discourse.speakers if isinstance(one, Person))
    if scene.ends_speech and discourse.subject_in == discourse.sentence - 1:
        yield from (one for one in discourse.speakers if isinstance(one, Person) and one in discourse.subject)
    if scene.ends_speech and (scene.crowd_before or any(one in scene.persons for one in discourse.topic)):
        # After what others only described say of somebody, or where the sentence itself tells of him, who spoke before.
        yield from (one for one in discourse.speakers if isinstance(one, Person) and one not in scene.persons)
    if scene.ends_speech and not discourse.led:
        # The sentence before tells of nobody first: who spoke last goes on.
        yield from (one for one in discourse.speakers if isinstance(one, Person))
    yield from scene.holder
    yield from discourse.topic
    yield from reversed(scene.persons)
    yield from discourse.others
    yield from discourse.people.recent()


def only_heard(discourse: Discourse) -> list[Actor]:
    """Who spoke in the sentence before and is known by nothing but a name, which no list tells."""
    lately = discourse.subject_in == discourse.sentence - 1
    names = [one for one in discourse.speakers if isinstance(one, str) and not is_country(one)] if lately else []
    return [one for one in names if not discourse.lexicon.look_up(one) and discourse.people.speaks(one)]


def other_than_subject(discourse: Discourse) -> list[Actor]:
    """Whom "him" means: not the subject of its own clause, which may be only described ("critics accused him")."""
    told = discourse.scene.persons
    subject = [] if discourse.scene.by_others else told[-1:]
    near = (one for one in discourse.people.recent() if one not in told)
    others = [*islice(near, 1), *discourse.topic, *(one for one in told if one not in subject)]
    return list([person for person in others if person not in subject and fits(discourse, person, "m")][-1:])


def it_means(discourse: Discourse) -> list[Actor]:
    """The state or body that "it" means: as a subject only the one that the clause or sentence before was about, as an
    object not the subject.
    """
    scene = discourse.scene
    if scene.role != "object" and not scene.lead and scene.ends_speech and scene.spoke_for:
        return [scene.spoke_for]
    if scene.role != "object" and (discourse.unnamed == [] if not scene.lead else scene.ends_speech):
        # After "the report said" it is the report; it ends a sentence with what the one before spoke of.
        silent = not scene.lead or discourse.unnamed is not None
        return [] if silent else [one for one in discourse.speakers if isinstance(one, str)]
    leads: list[Actor | None] = [scene.lead if scene.role == "subject" else None, discourse.lead]
    if scene.role == "object":
        leads = [one for one in (discourse.party, discourse.lead) if one != scene.main]
    elif (scene.ends_speech or discourse.outlet) and discourse.subject_in == discourse.sentence - 1:
        # Who spoke last goes on.
        leads += [one for one in discourse.speakers if isinstance(one, str)]
    return [one for one in leads if one is not None][:1]
