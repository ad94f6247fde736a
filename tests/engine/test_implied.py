"""Clauses whose verb has no subject of its own are read as if they had it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.facts import Article
from engine.reader import Reader
from engine.record import record
from engine.rulebook import Rulebook

DISMISSED = "dismissing Defense Minister Antti Lahti"
SOLBERG = "Norwegian Prime Minister Kari Solberg"


def read(reader: Reader, text: str) -> list[dict[str, Any]]:
    """What is told besides statements."""
    told = record(reader.read(Article("implied", text, "2016-10-21")))
    return [event for event in told["events"] if event["type"] != "STATEMENT"]


@pytest.mark.parametrize(
    "text",
    [
        f"By {DISMISSED}, {SOLBERG} angered the army.",
        f"{SOLBERG} angered the army by {DISMISSED}.",
        f"{SOLBERG}, {DISMISSED}, angered the army.",
        f"After {DISMISSED}, {SOLBERG} flew home.",
        f"{SOLBERG} was praised for {DISMISSED}.",
        f"Critics accused {SOLBERG} of {DISMISSED}.",
        f"{SOLBERG} regretted {DISMISSED}.",
        f"{SOLBERG} admitted to {DISMISSED}.",
        f"Protests forced {SOLBERG} to dismiss Defense Minister Antti Lahti.",
        f"{SOLBERG} was the first to dismiss Defense Minister Antti Lahti.",
        f"{SOLBERG} is reported to have dismissed Defense Minister Antti Lahti.",
        f"Having dismissed Defense Minister Antti Lahti, {SOLBERG} flew home.",
    ],
)
def test_such_a_clause_has_the_subject_it_is_said_of(reader: Reader, text: str) -> None:
    (event,) = read(reader, text)
    assert (event["status"], event["person"], event["parties"]) == ("OCCURRED", "Antti Lahti", ["NOR"])


@pytest.mark.parametrize(
    "text",
    [
        f"Without {DISMISSED}, {SOLBERG} could not win the vote.",
        f"Instead of {DISMISSED}, {SOLBERG} flew home.",
        f"{SOLBERG} denied {DISMISSED}.",
        f"{SOLBERG} refused to please the army by {DISMISSED}.",
        f"{SOLBERG} might please the army by {DISMISSED}.",
        f"If {SOLBERG} pleases the army by {DISMISSED}, talks end.",
        f"Protests failed to force {SOLBERG} to dismiss Defense Minister Antti Lahti.",
        f"{SOLBERG} is believed to have dismissed Defense Minister Antti Lahti.",
    ],
)
def test_what_is_not_told_as_done_is_not_read(reader: Reader, text: str) -> None:
    assert not read(reader, text)


def test_what_is_done_to_somebody_in_the_end_is_done(reader: Reader) -> None:
    told = "Norwegian Defense Minister Antti Lahti {} for a year before being dismissed."
    (event,) = read(reader, told.format("held the post"))
    assert (event["status"], event["person"], event["action"]) == ("OCCURRED", "Antti Lahti", "DISMISS")
    assert not read(reader, told.format("will hold the post"))


def test_its_evidence_are_its_own_words(reader: Reader) -> None:
    text = f"By {DISMISSED} on Monday, {SOLBERG} angered the army."
    (event,) = reader.read(Article("implied", text)).events
    assert [text[one.start : one.end] for one in event.evidence] == [f"{DISMISSED} on Monday"]


def test_what_is_done_by_it_is_done_on_its_day(reader: Reader) -> None:
    (event,) = read(reader, f"{SOLBERG} on Monday angered the army by {DISMISSED}.")
    assert event["when"] == "2016-10-17"
    (event,) = read(reader, f"Critics on Monday accused {SOLBERG} of {DISMISSED}.")
    assert "when" not in event


def test_an_explanation_shows_what_reads_it(reader: Reader) -> None:
    told = Rulebook(reader).explainer.explain(f"{SOLBERG} angered the army by {DISMISSED}.").readings
    assert [one.rule for one in told if one.facts] == ["appointment.dismissed"]
