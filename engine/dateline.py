"""Where an article is written and for whom: told with it, or where its text begins."""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.interpret import Interpreter
from engine.layers import Item
from engine.lexicon import Form, tokens_of
from engine.resolve.discourse import Discourse, Place
from engine.resolve.service import STATE_ORGAN

FIRST_LINES = 4
"""Sentences within which a text tells its dateline: names of the page and of the author may stand before it."""
ALONE = "alone"
"""The mark of a dateline that counts only where nothing else stands in its line."""


def dateline_in(
    sentences: list[list[Item]], interpreter: Interpreter, alphabet: Alphabet
) -> tuple[str | None, str | None]:
    """The city and the agency of the datelines that the first lines of a text begin with."""
    bit = alphabet.bits["DATELINE"]
    city, agency = None, None
    for items in sentences[:FIRST_LINES]:
        if items and alphabet.masks[items[0].signature] & bit:
            draft = interpreter.phrase("DATELINE", items[0])
            if draft is not None and (draft.alias != ALONE or len(items) == 1):
                city, agency = city or draft.text("city"), agency or draft.text("agency")
    return city, agency


def tell(city: str | None, agency: str | None, discourse: Discourse) -> None:
    """Tell the place that an article is written from, and whose its agency is: a country's, or a body's."""
    for form in forms_of(city, discourse):
        if "CITY" in form.terminals or "CAPITAL" in form.terminals:
            discourse.here = Place(form.text, form.row.values.get("country"))
            break
    for form in forms_of(agency, discourse):
        values = form.row.values
        if "AGENCY" in form.terminals or values.get("kind") == STATE_ORGAN:
            discourse.home = values.get("country") or discourse.home
            discourse.domestic = values.get("domestic") or discourse.home
            discourse.official = values.get("kind") == STATE_ORGAN
        elif "BODY" in form.terminals and values.get("kind") == "international":
            discourse.home_body = values.get("organization")


def forms_of(text: str | None, discourse: Discourse) -> list[Form]:
    """What the lexicon has for some words."""
    return discourse.lexicon.look_up(" ".join(tokens_of(text or "")))
