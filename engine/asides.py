"""Asides: who acts where actors right before a verb only end what is told of its subject ("X, who met his envoy, Y,
left")."""

from __future__ import annotations

from engine.cascade import Match
from engine.interpret import Draft
from engine.setting import Setting


def hand_over(setting: Setting, draft: Draft, match: Match) -> None:
    """Put the subject of a wording's verb in the place of the actors with which the wording begins, where these are
    whom a relative clause before tells of."""
    at = match.begin
    if not (setting.clauses.has(at, "ACTORS") and setting.clauses.ends_with_comma(at)):
        return
    subject = setting.subject_of(match)
    if subject is None or subject.at >= at or not setting.clauses.of_relative(at):
        return
    inside = {(one.begin, one.end) for one in setting.members(setting.items[at])}
    for name, values in draft.fields.items():
        others = [one for one in values if not (isinstance(one, Draft) and (one.begin, one.end) in inside)]
        if len(others) < len(values):
            draft.fields[name] = [*setting.members(setting.items[subject.at]), *others]
