"""Narrowed: who says something where words right after him tell of whom one speaks, without commas ("a diplomat who
declined to be named said", "an official traveling with Rossi told reporters")."""

from __future__ import annotations

from engine.cascade import Match
from engine.sentence.clauses import Clauses, Subject

TELLS = ("SAY_ACTIVE", "TELL_ACTIVE", "WARN_ACTIVE", "URGE_ACTIVE", "PRAISE_ACTIVE", "CONDEMN_ACTIVE", "EXPRESS_ACTIVE")
BEFORE = ("FRAME", "DATELINE", "and", "but", "TIME")
"""What may stand before those with whom a sentence begins."""
BOUNDS = tuple("COMMA MARK DASH QUOTE STOP ( ) that which".split())
"""What parts those with whom a sentence begins from a verb that is not theirs."""


def subjects_of(clauses: Clauses) -> dict[int, Subject | None]:
    """The subject of each verb of a sentence that has one, also where it is narrowed before it speaks."""
    verbs = sorted(clauses.finites)
    found: dict[int, Subject | None] = {at: one for at in verbs if (one := clauses.subject(at)) is not None}
    for verb in verbs:
        if verb not in found and clauses.has(verb, *TELLS) and (one := narrowed(clauses, verb)) is not None:
            found[verb] = one
    return found


def narrowed(clauses: Clauses, verb: int) -> Subject | None:
    """Those with whom a sentence begins, where "who" or a participle right after them tells who they are up to a
    verb."""
    at = next((at for at in range(verb) if not clauses.has(at, *BEFORE)), verb)
    if not clauses.has(at, "ACTORS") or any(clauses.has(one, *BOUNDS) for one in range(at + 1, verb)):
        return None
    verbs = [one for one in range(at + 1, verb) if clauses.finite(one)]
    if clauses.has(at + 1, "VERB_ING"):
        return None if verbs else Subject(at)
    relative = clauses.has(at + 1, "PERSON_RELATIVE") and not clauses.has(at + 1, "which")
    own = [one for one in verbs if clauses.subject(one) == Subject(at)]
    return Subject(at) if relative and len(verbs) == len(own) == 1 else None


def besides(clauses: Clauses, match: Match, at: int) -> Subject | None:
    """The subject of the participle at an item that tells what is done besides: of whom somebody says the deed before
    where it is no speech ("officials said Chad acted, recalling its envoy"); none of what others are asked to do so
    ("urged Chad to act by recalling it")."""
    governor = clauses.governor(at) if clauses.has(at - 1, "by") else None
    asked = range(governor + 2, at) if governor is not None else ()
    if any(clauses.has(one, "VERB_TO") and clauses.has(one - 1, "ACTORS") for one in asked):
        return None
    deed = match.grammar != "statement" and clauses.has(at - 1, "COMMA")
    verb = next((back for back in range(at - 1, 0, -1) if clauses.finite(back)), None) if deed else None
    found = clauses.subject(verb) if verb is not None and not clauses.has(verb, "SAY_ACTIVE") else None
    if found is not None and found.at < (verb or 0):
        before = found.at - 2 if clauses.has(found.at - 1, "that") else found.at - 1
        says = clauses.finite(before) and clauses.has(before, "SAY_ACTIVE", "TELL_ACTIVE")
        teller = clauses.subject(before) if says else None
        # A person or state that speaks may as well be who does so.
        if says and (teller is None or not clauses.has(teller.at, "PERSON", "PLACE")):
            return found
    return clauses.joined(at)
