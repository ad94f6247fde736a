"""Verbs added with "and" or "but": whether they go on with what somebody said, or with himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.times.tense import differs, is_bare_after, is_pluperfect

if TYPE_CHECKING:
    from engine.sentence.clauses import Clauses, Subject

REPORTING = ("SAY_ACTIVE", "WARN_ACTIVE", "URGE_ACTIVE", "PRAISE_ACTIVE")
"""Verbs by which a speaker goes on after what he grants."""


def says_otherwise(clauses: Clauses, verb: int, added: int) -> bool:
    """Whether a verb is of what somebody said, and one added in the past is not: "said Oslo is wrong and urged"; or
    one is added for whoever is to do it ("demanded that Mali stop and agree") or says more."""
    found, at = clauses.subject(verb), clauses.onto(added)
    if found is None or not clauses.has(added - 1, "and", "but", "or"):
        return False
    if is_bare_after(clauses.items[verb], clauses.items[at]) or grants(clauses, found, at):
        return True
    perfect = clauses.has(at, *REPORTING) and is_pluperfect(clauses.items[verb])
    if not (perfect or differs(clauses.items[verb], clauses.items[at])):
        return False
    that = clauses.has(found.at - 1, "that")
    before = clauses.back(found.at - 1 - that)
    return clauses.finite(before) and (that or clauses.has(before, "SAY_ACTIVE", "TELL_ACTIVE"))


def grants(clauses: Clauses, subject: Subject, added: int) -> bool:
    """Whether a subject is of a clause before which a speaker goes on: "praised Mali after it left but warned"."""
    opened = clauses.has(subject.at - 1, "SUB") and clauses.has(clauses.back(added - 1), "but")
    return opened and clauses.has(added, *REPORTING) and clauses.governor(subject.at - 1) is not None
