"""Standing: whether what is told of an event is enough for it to stand alone."""

from __future__ import annotations

from engine import facts
from engine.resolve.acts import acts
from engine.resolve.measures import measured
from engine.resolve.meetings import joins, meets
from engine.resolve.report import Report

ALONE = (facts.Agreement, facts.Sanction, facts.Exercise, facts.Resolution, facts.Aid)
"""Facts that stand where their words point back to one not told before."""
ARMED = (facts.Exercise, facts.Sanction)
"""What sport calls so too is none in an article about it: drills, and penalties."""
WEIGHED = "meeting.discussed"
"""The phrasing of what a body may weigh without a meeting."""


def stands(report: Report) -> bool:
    """Whether an event tells enough to stand alone: a meeting needs two sides, a body, or a name and a time."""
    event = report.event
    if isinstance(event, facts.Statement):
        return True
    if report.further or report.retold:
        return False
    if not acts(event, known=report.definite, thronged=report.thronged) or not measured(event):
        return False
    if report.sport and isinstance(event, ARMED):
        return False
    if not isinstance(event, facts.Meeting):
        return not report.definite or bool(event.parties) or isinstance(event, ALONE)
    if report.thronged and event.parties:
        return True
    # A forum that is only named may be what speaks.
    unnamed = report.unnamed and (report.finite or bool(event.when or event.place or event.ordinal))
    if event.status is facts.EventStatus.CANCELLED and event.evidence[0].rule == WEIGHED:
        # "They failed to debate the strikes": nobody called that off.
        return False
    about = bool(event.topics) and event.evidence[0].rule != WEIGHED
    called = report.finite and (report.title is not None or about)
    return meets(event, report.actors, report.sport, unnamed, report.foreign, called) or (
        report.joining and joins(event, report.place, report.thronged, report.summit, report.actors)
    )
