"""Posts told in one breath that two people hold: "the Secretary and Foreign Minister Sato" are two, but "Deputy Prime
Minister and Foreign Minister Sato" is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.facts import Person
from engine.interpret import Draft
from engine.resolve.actors import Actor
from engine.resolve.posts import whose_release

if TYPE_CHECKING:
    from engine.resolve.discourse import Discourse

AND = " and "


def people_of(discourse: Discourse, draft: Draft) -> list[Actor]:
    """The people of a record, who are in focus then."""
    return discourse.focus.naming(told_by(discourse, draft), draft.begin)


def told_by(discourse: Discourse, draft: Draft) -> list[Actor]:
    """The people of a record: before the one whom it names whoever else holds the first of its two posts."""
    post = draft.text("post") or ""
    first, _, second = post.partition(AND)
    names = [name for name in draft.fields.get("name", ()) if isinstance(name, str)]
    whole = draft.alias != "titled" or len(names) != 1 or not second or discourse.is_office(post)
    other = None if whole else holder(discourse, draft, first, names[0])
    if other is None:
        return discourse.persons(draft)
    fields = draft.fields | {"post": [second]}
    named = Draft(draft.rule, draft.alias, draft.begin, draft.end, fields, draft.defaults)
    return [discourse.noted(other) if isinstance(other, Person) else other, *discourse.persons(named)]


def holder(discourse: Discourse, draft: Draft, post: str, name: str) -> Actor | None:
    """Who is known to hold a post and is not whom the record names, else, of a post without a rank, whose press release
    it is."""
    held = discourse.people.holding(post, None)
    if held is not None:
        own = "country" in draft.fields or held is discourse.people.known(name)
        return None if own else held
    rows = [form.row.values for form in discourse.lexicon.look_up(post) if "POST" in form.terminals]
    if not rows or any("level" in values for values in rows):
        return None
    return whose_release(discourse, Draft(draft.rule, "definite", draft.begin, draft.end, {"post": [post]}, {}))
