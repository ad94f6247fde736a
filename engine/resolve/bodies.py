"""Bodies: what kind of body a name is of, and which bodies take part in the affairs of states."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.interpret import Draft
from engine.lexicon import Form, Lexicon, tokens_of
from engine.resolve.actors import is_country

FIRM = "company"
"""The kind of bodies that neither meet as states do nor give aid."""
PARTY = "party"
"""The kind of political parties."""
PRIVATE = frozenset({FIRM, "ngo"})
"""The kinds of bodies that no state or states made."""
BLOC = "bloc"
"""The kind of bodies that states form to act together."""
POLITY = "POLITY"
"""The class of words in the name of a body of no list by which it is one of the field: a party, a union."""


GROUP = "that_group"
"""The mark of a body told before as a group."""
FRESH = 2
"""Sentences for which the last body is "the group"."""


def forms_of(lexicon: Lexicon, body: str) -> list[Form]:
    """The forms that a body's short name can be; none of a state, whose code may be a party's letters (NLD)."""
    return [] if is_country(body) else lexicon.look_up(" ".join(tokens_of(body)))


def kind_of(lexicon: Lexicon, body: str) -> str | None:
    """The kind of a body by its short name; nothing for states, and for those that the lexicon does not list."""
    return next((form.row.values["kind"] for form in forms_of(lexicon, body) if "kind" in form.row.values), None)


def home_of(lexicon: Lexicon, body: str) -> str | None:
    """The country of a body by its short name."""
    return next((form.row.values["country"] for form in forms_of(lexicon, body) if "country" in form.row.values), None)


def organ_told(lexicon: Lexicon, organ: str) -> str | None:
    """The country of an organ by its name as written, with capitals: the Defense Department."""
    return home_of(lexicon, organ) if organ[:1].isupper() else None


def is_unlisted(lexicon: Lexicon, body: str) -> bool:
    """Whether a body is of no list, and by its name no party or union: a university, a newspaper."""
    if is_country(body) or kind_of(lexicon, body) is not None:
        return False
    return not any(POLITY in form.terminals for word in body.split() for form in lexicon.look_up(word))


def sends_missions(lexicon: Lexicon, body: str) -> bool:
    """Whether a side has missions abroad: a state, or a bloc that states form to act together (NATO, the EU)."""
    return is_country(body) or kind_of(lexicon, body) == BLOC


def is_unofficial(lexicon: Lexicon, body: str) -> bool:
    """Whether a body is none of the field: a firm, a society, or one of no list."""
    return kind_of(lexicon, body) in PRIVATE or is_unlisted(lexicon, body)


def is_official(lexicon: Lexicon, body: str, *, listed: bool) -> bool:
    """Whether a body is one of the field, and of a list where it must be `listed`: no party only by its name."""
    known = is_country(body) or kind_of(lexicon, body) is not None
    return (known or not listed) and not is_unofficial(lexicon, body)


@dataclass(slots=True)
class Bodies:
    """The bodies that an article has told: the `last` one, in which sentence, and each by the last word of its name."""

    last: str | None = None
    told_in: int = -9
    by_word: dict[str, str] = field(default_factory=dict)

    def tell(self, body: str, sentence: int) -> bool:
        """Keep a body that a sentence tells; gives that it does."""
        self.last, self.told_in = body, sentence
        word = body.rpartition(" ")[2].lower()
        self.by_word.pop(word, None)
        self.by_word[word] = body
        return True

    def meant(self, draft: Draft, lexicon: Lexicon, sentence: int) -> list[str]:
        """The body that a mark goes back to: "the council" is rather one that is called so than the last one."""
        word = (draft.text("organ") or "").lower()
        body = self.by_word.get(word, self.last)
        if word == PARTY:
            # "The party" is the political one told last, whatever its name.
            body = next((one for one in reversed(self.by_word.values()) if kind_of(lexicon, one) == PARTY), None)
        if body is None or draft.alias == "outlet" or (draft.alias == GROUP and sentence > self.told_in + FRESH):
            return []
        if draft.alias in ("that_society", GROUP):
            return [body]
        private = is_unofficial(lexicon, body) or (kind_of(lexicon, body) == PARTY != word)
        firm = private or kind_of(lexicon, body) is None
        return [body] if (firm if draft.alias == "that_firm" else not private) else []
