"""The process that compiles edited rules beside a server: what is there soon reads the same as what comes later."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from api.workshop import Workshop
from engine.errors import RulesError
from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from engine.rules import RULES, rules_of
from engine.sources import Sources

SENTENCE = "Lim Sung-nam palavered with Kim Kye-gwan in Geneva on Monday, officials said."
PATIENCE = 120.0


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources.read(RULES)


@pytest.fixture(scope="module")
def workshop(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    # What an earlier run kept would be there at once.
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHANCERY_CACHE", str(tmp_path_factory.mktemp("cache")))
        workshop = Workshop(sources)
        yield workshop
        workshop.close()


def with_wording(sources: Sources, name: str) -> Sources:
    """Rules that read the sentence by a wording of that name."""
    added = f'       | _sides _adj "palavered" "with" _sides _tail -> {name}\n       | '
    return sources.edited({"meeting.lark": sources.text("meeting.lark").replace("       | ", added, 1)})


def refined(workshop: Workshop, sources: Sources) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while (form := workshop.refined(sources)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return form


def read(sources: Sources, form: dict[str, Any]) -> dict[str, Any]:
    return record(Reader(rules_of(sources, cached=False, form=form)).read(Article("palaver", SENTENCE, "2016-10-21")))


def rows(form: dict[str, Any]) -> int:
    """How many rows the nets of all tables have."""
    return sum(len(table[6][0]) for _, (_, table, *_), _ in form["groups"])


def test_what_is_there_soon_reads_the_same_as_what_comes_later(workshop: Workshop, sources: Sources) -> None:
    edited = with_wording(sources, "palavered")
    soon = workshop.soonest(edited)
    assert soon is not None
    told = read(edited, soon)
    assert [event["type"] for event in told["events"]] == ["MEETING", "STATEMENT"]
    later = refined(workshop, edited)
    assert read(edited, later) == told
    assert rows(later) < rows(soon)
    assert workshop.refined(edited) is None


def test_an_edit_is_answered_though_the_one_before_is_not_finished(workshop: Workshop, sources: Sources) -> None:
    first, second = with_wording(sources, "palavered_once"), with_wording(sources, "palavered_again")
    workshop.soonest(first)
    form = workshop.soonest(second)
    assert form is not None
    assert read(second, form)["events"]
    refined(workshop, second)
    assert workshop.refined(first) is None


def test_what_is_wrong_is_told(workshop: Workshop, sources: Sources) -> None:
    spoilt = sources.edited({"meeting.lark": sources.text("meeting.lark") + "_more: nowhere\n"})
    with pytest.raises(RulesError) as raised:
        workshop.soonest(spoilt)
    assert [finding.file for finding in raised.value.findings] == ["rules/meeting.lark"]


def test_who_asks_compiles_where_the_process_is_gone(sources: Sources) -> None:
    workshop = Workshop(sources)
    workshop.process.kill()
    assert workshop.soonest(sources) is None
    assert workshop.refined(sources) is None
    workshop.close()
