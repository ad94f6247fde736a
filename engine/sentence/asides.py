"""Asides: whose is what a verb tells where actors before it only end what is told of its subject ("X, who met his
envoy, Y, left", "X after talks with Y left")."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.sentence.clauses import Subject
from engine.sentence.setting import Setting


def hand_over(setting: Setting, draft: Draft, match: Match) -> None:
    """Give what a verb tells to its subject where a wording took for it the actors that end the aside between them."""
    at = match.begin
    if not setting.clauses.has(at, "ACTORS"):
        return
    subject = before_relative(setting, match) or before_aside(setting, match) or before_phrase(setting, match)
    if subject is None or subject.at >= at:
        return
    inside = {(one.begin, one.end) for one in setting.members(setting.items[at])}
    for name, values in draft.fields.items():
        others = [one for one in values if isinstance(one, str) or (one.begin, one.end) not in inside]
        if len(others) < len(values):
            draft.fields[name] = [*setting.members(setting.items[subject.at]), *others]


def before_relative(setting: Setting, match: Match) -> Subject | None:
    """The subject before a relative clause that ends with a name set off: "X, who met his envoy, Y, left"."""
    clauses, at = setting.clauses, match.begin
    return setting.subject_of(match) if clauses.ends_with_comma(at) and clauses.of_relative(at) else None


def before_aside(setting: Setting, match: Match) -> Subject | None:
    """The subject before an aside that goes on after its name: "X, who met Y in Riga on Monday, will visit Oslo"."""
    clauses = setting.clauses
    verb = clauses.verb_of(match) or match.begin
    if not clauses.has(verb - 1, "COMMA") or clauses.has(match.begin - 1, "SUB"):
        return None
    if any(clauses.has(at, "COMMA", "PERSON_RELATIVE") for at in range(match.begin + 1, verb - 1)):
        return None
    return setting.found.get(verb) or clauses.subject(verb)


def before_phrase(setting: Setting, match: Match) -> Subject | None:
    """The subject before what a preposition adds to it, which ends with a name: "X after talks with Y left"."""
    clauses = setting.clauses
    verb = clauses.verb_of(match)
    led = verb is not None and clauses.has(match.begin - 1, "PREP") and clauses.back(verb - 1) == match.begin
    return clauses.leading(verb) if led and verb is not None else None
