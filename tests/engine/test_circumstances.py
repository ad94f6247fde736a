"""The time and place of an event that its clause tells apart from its verb's wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.facts import Article
from engine.reader import Reader

Record = Callable[..., dict[str, Any]]

TOLD = [
    ("The Security Council today imposed an arms embargo on Libya.", {"when": "2016-10-21"}),
    ("On Oct. 2, Russia vetoed a draft resolution on Syria in the UN Security Council.", {"when": "2016-10-02"}),
    ("Canada expelled the Iranian ambassador over the affair on Tuesday.", {"when": "2016-10-18"}),
    ("Late on Tuesday, at a villa by the lake in Geneva, Chad signed a treaty with Mali.", {"place": "Geneva"}),
    (
        "Mali expelled the Chadian ambassador, whom it had summoned on Monday.",
        {"action": "SUMMON", "target": "TCD", "when": "2016-10-17"},
    ),
    ("Talks in Abuja ended on Oct. 3, when Chad and Mali signed a border treaty.", {"when": "2016-10-03"}),
    (
        "French President Anne Morel flew to Oslo, where she met Swedish Foreign Minister Karl Lund.",
        {"place": "Oslo"},
    ),
]
APART = [
    "Chad and Mali signed a border treaty after days of talks that had begun on Monday.",
    "Chad and Mali signed a border treaty, an official said on Tuesday.",
    "Chad and Mali signed a border treaty that runs until December.",
    "Mali expelled the Chadian ambassador, whom it had blamed on Monday.",
    "Mali expelled the Chadian ambassador to protest against Monday's raid.",
    "France vetoed a draft resolution on Syria in the UN Security Council and said it would table its own on Monday.",
]


def told(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in record["events"] if event["type"] not in ("STATEMENT", "VISIT")]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_the_clause_tells_it(record: Record, text: str, wanted: dict[str, str]) -> None:
    assert any(wanted.items() <= event.items() for event in told(record(text)))


@pytest.mark.parametrize("text", APART)
def test_another_clause_tells_it(record: Record, text: str) -> None:
    events = told(record(text))
    assert events
    assert [event for event in events if "when" in event and event["type"] != "MEETING"] == []


def test_what_owns_the_next_word_is_no_time_and_no_place(record: Record) -> None:
    text = "In Washington, the Organization of American States opened an emergency session at Ecuador's request."
    assert [event.get("place") for event in told(record(text))] == ["Washington"]


def test_later_in_the_day_goes_on_with_the_news(record: Record) -> None:
    text = (
        "Japanese Foreign Minister Taro Ito spoke of the launch of Aug. 29. "
        "Later in the day, Ito held talks with Swedish Foreign Minister Karl Lund in Seoul."
    )
    assert [event.get("when") for event in told(record(text)) if event["type"] == "MEETING"] == ["2016-10-21"]


def test_of_several_times_the_last_is_the_event_s(record: Record) -> None:
    text = "Swedish Foreign Minister Karl Lund agreed on Tuesday to meet Japanese Foreign Minister Taro Ito on Oct. 25."
    assert [event["when"] for event in told(record(text))] == ["2016-10-25"]


BORROWED = [
    ("The ministers of Chad and Mali in Oslo signed a border treaty.", "AGREEMENT", {"place": "Oslo"}),
    (
        "Talks ended in Oslo on Oct. 3, when Chad and Mali signed a border treaty.",
        "AGREEMENT",
        {"when": "2016-10-03", "place": "Oslo"},
    ),
    ("Chad, Mali and Peru on Tuesday signed a border treaty.", "AGREEMENT", {"when": "2016-10-18"}),
    ("On Tuesday, Chad announced the expulsion of the Iranian ambassador.", "RELATIONS", {"when": "2016-10-18"}),
    ("Chad hailed the accord on Tuesday and expelled the Iranian ambassador.", "RELATIONS", {"when": "2016-10-18"}),
    (
        "French President Anne Morel announced the move on Sunday in a call with Swedish Foreign Minister Karl Lund.",
        "MEETING",
        {"when": "2016-10-16"},
    ),
    (
        "French President Anne Morel flew to Oslo on Monday, where she met Swedish Foreign Minister Karl Lund.",
        "MEETING",
        {"when": "2016-10-17", "place": "Oslo"},
    ),
    (
        "The trip began with a stop in Oslo on Monday, where French President Anne Morel met Swedish Foreign Minister "
        "Karl Lund.",
        "MEETING",
        {"when": "2016-10-17", "place": "Oslo"},
    ),
    (
        "On Monday, French President Anne Morel flew to Oslo to meet Swedish Foreign Minister Karl Lund.",
        "MEETING",
        {"when": "2016-10-17", "place": "Oslo"},
    ),
    (
        "Mali praised the talks on Tuesday, two days after Chad expelled the Iranian ambassador.",
        "RELATIONS",
        {"when": "2016-10-16"},
    ),
    (
        "French President Anne Morel flew to Oslo on Monday. There she met Swedish Foreign Minister Karl Lund.",
        "MEETING",
        {"place": "Oslo"},
    ),
]
NOT_BORROWED = [
    "Chad hailed the accord on Tuesday and will expel the Iranian ambassador.",
    "Chad hailed the accord on Tuesday and Mali expelled the Iranian ambassador.",
    "Chad on Tuesday regretted the expulsion of the Iranian ambassador by Mali.",
    "Chad hailed the accord on Tuesday, years after Mali expelled the Iranian ambassador.",
]


@pytest.mark.parametrize(("text", "kind", "wanted"), BORROWED)
def test_a_clause_borrows_what_it_hangs_on_tells(record: Record, text: str, kind: str, wanted: dict[str, str]) -> None:
    assert any(wanted.items() <= event.items() for event in record(text)["events"] if event["type"] == kind)


@pytest.mark.parametrize("text", NOT_BORROWED)
def test_another_s_time_is_not_borrowed(record: Record, text: str) -> None:
    acts = [event for event in record(text)["events"] if event["type"] == "RELATIONS"]
    assert acts
    assert [act for act in acts if "when" in act] == []


def test_what_is_said_here_has_the_place_of_the_dateline(record: Record) -> None:
    text = "Swedish Foreign Minister Karl Lund said here on Friday that talks would go on."
    assert [(event["when"], event["place"]) for event in record(text)["events"]] == [("2016-10-21", "Seoul")]


def test_what_stands_before_its_day_is_evidence_from_the_verb_on(reader: Reader) -> None:
    text = "Russia expelled on Monday four British diplomats."
    (event,) = reader.read(Article("deferred", text, "2006-11-13")).events
    (evidence,) = event.evidence
    assert (event.when, text[evidence.start : evidence.end]) == (
        "2006-11-13",
        "expelled on Monday four British diplomats",
    )
