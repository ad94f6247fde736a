"""Targets: whom sanctions hit, and what resolutions are about, where their own words do not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from engine.facts import Event, Resolution, Sanction, SanctionAction, Statement
from engine.resolve.actors import is_country
from engine.resolve.discourse import Discourse
from engine.resolve.measures import same_text
from engine.resolve.meetings import FUTURE
from engine.resolve.report import Report
from engine.resolve.sameness import merge
from engine.resolve.values import agree, within

OFTEN, TIMES_MORE = 5, 3
"""How often an article names the state that it is about, and how many times as often as the next."""

UNDONE = frozenset({SanctionAction.EASE, SanctionAction.LIFT})
"""What is done to sanctions in force."""
ONLY_NAMED = "sanction.only_named"
"""The phrasing of sanctions by that word alone."""
OF_OWNER = "sanction.of_owner"
"""The phrasing of tariffs by whose they are alone."""


def aimed(reports: Sequence[Report], discourse: Discourse, nations: Sequence[Sequence[str]]) -> Iterator[Report]:
    """The reports of an article, sanctions of no target with whom their sentence or the article's other sanctions tell
    they hit, without those of which it tells neither that nor whose they are; resolutions with the only target that
    its others and sanctions of bodies tell. `nations` are the states that each sentence names.
    """
    sanctions = [report.event for report in reports if isinstance(report.event, Sanction)]
    meant = about(sanctions, [report.event for report in reports])
    hit = {one for event in sanctions for one in event.target if is_country(one)}
    imposing = {party for event in sanctions for party in event.parties}
    imposing |= {discourse.domestic or "", discourse.home or ""}
    main = next((country for country in discourse.told if country not in imposing), None)
    kept: list[tuple[Report, bool]] = []
    texts: list[Report] = []
    for report in reports:
        event = report.event
        if isinstance(event, Resolution) and len(meant) == 1:
            event.target = event.target or [*meant]
        if isinstance(event, Resolution):
            text = next((old for old in texts if same_text(old.event, event)), None)
            if text is not None and within(text.event.when, event.when):
                merge(text, report)
                continue
            texts.append(report)
        guessed = isinstance(event, Sanction) and not event.target
        if isinstance(event, Sanction) and guessed:
            here = {one for told in event.evidence for one in nations[told.sentence]} - {*event.parties}
            others = hit & here if report.unread else hit - {*event.parties}
            asked = event.parties or event.action is not SanctionAction.IMPOSE
            event.target = target_among(here, others, main if asked and not report.unread else None)
            if not event.target and event.action in UNDONE:
                event.target = the_one(here - imposing - said_in(event, reports), nations)
            if not (event.target or report.unread):
                event.target = [*filter(None, [foremost(nations, imposing)])]
            if is_told_elsewhere(event, hit, sanctions):
                continue
        if isinstance(event, Sanction) and event.target:
            same = next((old for old, unsaid in kept if alike(old, report, told=not (guessed or unsaid))), None)
            if same is not None:
                merge(same, report)
                continue
            kept.append((report, guessed))
        if not isinstance(event, Sanction) or event.parties or event.target:
            yield report


def the_one(here: set[str], nations: Sequence[Sequence[str]]) -> list[str]:
    """The only state of a sentence that the article names more than once."""
    again = [one for one in here if sum(one in told for told in nations) > 1]
    return again if len(again) == 1 else []


def said_in(event: Event, reports: Sequence[Report]) -> set[str]:
    """Who says something in the sentences that tell of an event."""
    told = {one.sentence for one in event.evidence}
    spoken = (report.event for report in reports if isinstance(report.event, Statement))
    return {who for one in spoken if any(at.sentence in told for at in one.evidence) for who in one.speaker}


def is_told_elsewhere(event: Sanction, hit: set[str], sanctions: Sequence[Sanction]) -> bool:
    """Whether sanctions are told of by that word alone, or by whose they are alone, and the article says more of those
    that it tells of elsewhere."""
    rules = {told.rule for told in event.evidence}
    if rules == {OF_OWNER} and not event.target:
        return any(one is not event and not {*one.parties}.isdisjoint(event.parties) for one in sanctions)
    return rules == {ONLY_NAMED} and bool(hit.intersection(event.target))


def alike(old: Report, new: Report, *, told: bool) -> bool:
    """Whether sanctions, now that it is known whom they hit, are those of an earlier report; where both `told` that,
    only those that are to come, and what becomes of them."""
    a, b = old.event, new.event
    if not (isinstance(a, Sanction) and isinstance(b, Sanction)) or (a.action, a.target) != (b.action, b.target):
        return False
    sides = agree(sorted(a.parties), sorted(b.parties)) and within(a.when, b.when)
    again = not told or b.status in FUTURE or b.action is not SanctionAction.IMPOSE
    return sides and again and (a.status in FUTURE) == (b.status in FUTURE)


def about(sanctions: Sequence[Sanction], events: Sequence[Event]) -> set[str]:
    """Whom an article's resolutions and the sanctions of bodies are about."""
    by_bodies = [event.target for event in sanctions if not any(map(is_country, event.parties))]
    votes = [event.target for event in events if isinstance(event, Resolution)]
    return {one for target in (*by_bodies, *votes) for one in target}


def foremost(nations: Sequence[Sequence[str]], imposing: set[str]) -> str | None:
    """The state that an article is about: of those not `imposing` sanctions the one that it names often, and far more
    often than any other."""
    named = Counter(one for told in nations for one in told if one not in imposing).most_common(2)
    (first, often), (_, less) = [*named, ("", 0), ("", 0)][:2]
    return first if often >= OFTEN and often >= TIMES_MORE * less else None


def target_among(here: set[str], hit: set[str], main: str | None) -> list[str]:
    """Whom sanctions hit of which that is not told: the only state in their sentence (`here`) that the article's others
    `hit`, the only one that these hit at all, else the `main` one of the article where their sentence names it; nobody
    where it is open.
    """
    for meant in (here & hit, hit, here & {main}):
        if len(meant) == 1:
            return [*meant]
    return []
