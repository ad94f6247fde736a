"""Unmade facts: why what a rule read gave none."""

from __future__ import annotations

from collections.abc import Iterable

from engine.corpus import brief
from engine.facts import Event, Evidence
from engine.resolve.events import Reports

DENIED = "the sentence tells that it did not happen, or that nobody did it"
TOO_LITTLE = "too little is told of it to stand alone"
OF_CLAUSE = "its clause tells none: nobody in it does it, it is asked, wished or thought, or another reading tells it"


def told_there(events: Iterable[Event], rule: str, start: int, end: int) -> tuple[str, ...]:
    """The events that a rule told in a stretch of the text, one a line."""
    told = (event for event in events if any(is_there(one, rule, start, end) for one in event.evidence))
    return tuple(f"{event.TYPE.name} {brief(event)}" for event in told)


def is_there(evidence: Evidence, rule: str, start: int, end: int) -> bool:
    """Whether a rule told something in a stretch of the text."""
    return evidence.rule == rule and evidence.start < end and start < evidence.end


def why_unmade(reports: Reports, rule: str, start: int, end: int) -> str:
    """Why what a rule read in a stretch of the text gave no fact; where too little is told, with what is."""
    here = [event for evidence, event in reports.unmade if is_there(evidence, rule, start, end)]
    if None in here:
        return DENIED
    events = [event for event in here if event is not None] + [report.event for report in reports.found]
    told = told_there(events, rule, start, end)
    return f"{TOO_LITTLE}: {told[0]}" if told else OF_CLAUSE
