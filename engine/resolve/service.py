"""Service: for whom people act by their posts: a state, a body, or nobody."""

from __future__ import annotations

import re

from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.resolve.bodies import PARTY, is_unofficial

STATE_ORGAN = "state_organ"
PRIVATE = "PRIVATE"
"""The class of what people are without an office."""
UNOFFICIAL = frozenset({PRIVATE, "BUSINESS"})
"""That, and the class of what they are in trade."""
ELECTED = "ELECTED"
"""The class of posts to which people are elected."""
RANK = "RANK"
"""The class of words before the post of whoever stands in for its holder."""
LOWER = {"MINISTERIAL": "VICE_MINISTERIAL", "HEADS": None}
"""The level of who stands in for somebody of another."""
PAIR = 2
"""Countries of which one is whose post stands beside the name."""
ENVOY = "envoy"
"""The seat that many hold at a time."""
OF_STATES = frozenset({"minister", "premier"})
"""Seats that no party has."""
INTERNATIONAL = "international"
"""The kind of bodies that states made."""
STATES = frozenset({"COUNTRY", "DEMONYM"})
STATE_WORDS = 3
"""Words of which the name of a state may be, those that matter here."""


def unranked(lexicon: Lexicon, post: str | None) -> str:
    """A post without the rank that stands before it where no list has it so: of a deputy police chief, the chief's."""
    post = post or ""
    first, _, rest = post.partition(" ")
    ranked = rest and lexicon.reads_as(first.lower(), RANK) and not lexicon.look_up(post)
    return rest if ranked else post


def spelled_out(lexicon: Lexicon, post: str | None) -> str | None:
    """A post with its abbreviations in full: a Sen. is a Senator."""
    words = [(word, [form.row.values.get("full") for form in lexicon.look_up(word)]) for word in (post or "").split()]
    return " ".join(next(filter(None, full), word) for word, full in words) or None


def ranked_post(draft: Draft) -> str | None:
    """The post that a person's record tells, with the rank that stands before its state: "Deputy Malian Minister"."""
    rank, post = draft.text("rank"), draft.text("post")
    return f"{rank} {post}" if rank and post else post


def level_told(draft: Draft, lexicon: Lexicon) -> str | None:
    """The level of the post that a person's record tells, by name: that of a deputy is lower."""
    level, post = draft.defaults.get("level"), ranked_post(draft)
    if draft.text("rank") and (listed := lexicon.look_up((post or "").lower())):
        return listed[0].row.values.get("level")
    deputy = unranked(lexicon, post) != (post or "") and " and " not in (post or "")
    return LOWER.get(level, level) if level and deputy else level


def told_besides(draft: Draft, lexicon: Lexicon) -> str | None:
    """The state of the post that stands beside one of a body: "secretary of the party and president of China"."""
    told = (one.defaults.get("country") for one in draft.drafts("aside") if one.rule == "country")
    if state := next(told, None):
        return state
    words = (draft.text("aside") or "").split()
    runs = (" ".join(words[at:end]) for at in range(len(words)) for end in range(at + STATE_WORDS, at, -1))
    forms = (form for run in runs for form in lexicon.look_up(run) if not STATES.isdisjoint(form.terminals))
    return next((form.row.values["country"] for form in forms), None)


def of_state(lexicon: Lexicon, post: str | None) -> bool:
    """Whether a post is a state's whichever party its holder is of: a minister's, a senator's."""
    forms = lexicon.look_up(unranked(lexicon, post))
    return any(ELECTED in form.terminals or form.row.values.get("seat") in OF_STATES for form in forms)


def serves(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether whoever has a post of a body acts for it, wherever he comes from: no minister, nor whom a state sends."""
    post = draft.text("post")
    forms = {terminal for form in lexicon.look_up(unranked(lexicon, post)) for terminal in form.terminals}
    return bool(post) and not (sent(draft) or of_state(lexicon, post) or "OFFICIAL_NOUN" in forms)


def is_elected(lexicon: Lexicon, post: str | None) -> bool:
    """Whether a post is one to which people are elected: a senator's, a lawmaker's."""
    return lexicon.reads_as(unranked(lexicon, post), ELECTED)


def sent(draft: Draft) -> bool:
    """Whether the body that a post names is where a state sends its holder, or one of its own organs."""
    return draft.defaults.get("kind") == STATE_ORGAN or draft.defaults.get("seat") == ENVOY


def is_private(lexicon: Lexicon, post: str | None) -> bool:
    """Whether a post is nobody's office, nor any joined with it: an analyst's, a lawyer's, a reporter's."""
    heads = [re.split(r" (?:of|for|on|in|at) ", part, maxsplit=1)[0] for part in (post or "").split(" and ")]
    joined = (form.terminals for head in heads[1:] for form in lexicon.look_up(head.rpartition(" ")[2]))
    office = any("POST" in terminals and UNOFFICIAL.isdisjoint(terminals) for terminals in joined)
    return not office and lexicon.reads_as(heads[0], PRIVATE)


def called(lexicon: Lexicon, organization: str | None) -> str | None:
    """A body's name without the preposition that opens its sentence: "For Acme chairman Lund" tells of Acme."""
    first, _, rest = (organization or "").partition(" ")
    opens = first.istitle() and any("PREP" in form.terminals for form in lexicon.look_up(first.lower()))
    return (rest or None) if opens else organization


def acts_for(
    draft: Draft, countries: list[str], organization: str | None, lexicon: Lexicon
) -> tuple[list[str], str | None, str | None]:
    """The countries that a person's record tells, and the country or else the body for which the person acts."""
    post, kind = draft.text("post"), draft.defaults.get("kind")
    organization = called(lexicon, organization)
    beside = len(draft.fields.get("post", ())) > 1
    if organization and (kind == PARTY or beside) and of_state(lexicon, post):
        # The body is that of the other post: "Finance Minister Rossi, the chairman of the IMF committee".
        countries, organization = countries or [draft.defaults.get("country", "")], None
    if organization and kind == PARTY and (state := told_besides(draft, lexicon)):
        countries, organization = [state], None
    # "China director at Human Rights Watch" tells of what she writes.
    own = not (of_state(lexicon, post) or sent(draft))
    about = own and bool(organization and countries) and is_unofficial(lexicon, organization or "")
    served = about or is_private(lexicon, post) or (kind == INTERNATIONAL and serves(draft, lexicon))
    # "Norway's prime minister, Kenyan President Otieno": two whom a list without more commas runs together.
    two = draft.alias == "titled" and kind is None and len(countries) == len(set(countries)) == PAIR
    nearest = -1 if two else 0
    country = (countries[nearest] or None) if countries and not (organization and served) else None
    return countries, country, None if country else organization
