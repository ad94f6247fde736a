from typing import Any

import pytest

from engine.store.matching import choose_person, keys_of, likeness, merged

MEETING = {
    "type": "MEETING",
    "status": "PLANNED",
    "parties": ["KOR", "USA"],
    "participants": ["Lim Sung-nam", "Tony Bliken"],
    "when": "2016-10-27",
    "place": "Tokyo",
}
TEST = {"type": "WEAPON_TEST", "status": "OCCURRED", "parties": ["PRK"], "weapon": "NUCLEAR", "when": "2016-09-09"}
STATEMENT = {
    "type": "STATEMENT",
    "status": "OCCURRED",
    "speaker": "Lim Sung-nam",
    "act": "SAY",
    "content": "the situation is graver than ever before",
}
RESOLUTION = {
    "type": "RESOLUTION",
    "status": "OCCURRED",
    "parties": ["UN"],
    "action": "ADOPT",
    "name": "Resolution 2270",
}
APPOINTMENT = {
    "type": "APPOINTMENT",
    "status": "OCCURRED",
    "parties": ["KOR"],
    "person": "Yun Byung-se",
    "action": "APPOINT",
    "when": "2016-03-02",
}


def other(facts: dict[str, Any], **slots: Any) -> dict[str, Any]:
    """The facts with other slots; None takes one away."""
    return {name: value for name, value in (facts | slots).items() if value is not None}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (MEETING, other(MEETING, status="OCCURRED")),
        (MEETING, other(MEETING, participants=None, place=None)),
        (MEETING, other(MEETING, parties=["JPN", "KOR", "USA"])),
        (MEETING, other(MEETING, when="2016-10")),
        (MEETING, other(MEETING, when="2016-10-24/2016-10-30")),
        (MEETING, other(MEETING, participants=["Lim Sung-Nam", "Tony Bliken"], level="VICE_MINISTERIAL")),
        (TEST, other(TEST, when="2016-09", ordinal=5)),
        (other(TEST, weapon="MISSILE"), other(TEST, weapon="BALLISTIC_MISSILE")),
        (STATEMENT, other(STATEMENT, status="OCCURRED", quoted=True)),
        (RESOLUTION, other(RESOLUTION, when="2016-03-02")),
        (APPOINTMENT, other(APPOINTMENT, parties=None, post="Foreign Minister")),
    ],
)
def test_reports_of_one_happening_match_and_find_each_other(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert likeness(one, two) > 0
    assert likeness(two, one) == likeness(one, two)
    assert set(keys_of(one)[0]) & set(keys_of(two)[1])
    assert set(keys_of(two)[0]) & set(keys_of(one)[1])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (MEETING, other(MEETING, when="2016-10-28")),
        (MEETING, other(MEETING, when=None)),
        (MEETING, other(MEETING, when="2016")),
        (MEETING, other(MEETING, place="Seoul")),
        (MEETING, other(MEETING, mode="PHONE")),
        (MEETING, other(MEETING, ordinal=5) | {"ordinal": 5}),
        (MEETING, other(MEETING, parties=["KOR", "JPN"], participants=None)),
        (MEETING, other(MEETING, parties=["KOR"], participants=None)),
        (MEETING, other(MEETING, participants=["Yun Byung-se", "John Kerry"])),
        (TEST, other(TEST, parties=["USA"])),
        (TEST, other(TEST, weapon="ROCKET")),
        (STATEMENT, other(STATEMENT, content="the situation is much better than before")),
        (STATEMENT, other(STATEMENT, act="WARN")),
        (other(STATEMENT, content=None), other(STATEMENT, content=None)),
        (RESOLUTION, other(RESOLUTION, name="Resolution 2321")),
        (other(RESOLUTION, name=None), other(RESOLUTION, name=None)),
        (RESOLUTION, other(RESOLUTION, action="VETO")),
        (APPOINTMENT, other(APPOINTMENT, action="RESIGN")),
        (APPOINTMENT, other(APPOINTMENT, person="Lim Sung-nam")),
        (MEETING, {**MEETING, "type": "VISIT"}),
    ],
)
def test_different_happenings_stay_apart(one: dict[str, Any], two: dict[str, Any]) -> None:
    one = other(one, ordinal=4) if "ordinal" in two else one
    assert likeness(one, two) == 0 or not set(keys_of(one)[0]) & set(keys_of(two)[1])


def test_a_city_and_its_country_are_no_contradiction() -> None:
    city = MEETING | {"place_country": "JPN", "place_is_country": False}
    country = MEETING | {"place": "Japan", "place_country": "JPN", "place_is_country": True}
    elsewhere = MEETING | {"place": "China", "place_country": "CHN", "place_is_country": True}
    assert likeness(city, country) > 0
    assert likeness(city, elsewhere) == 0
    assert merged([city, country])["place"] == merged([country, city])["place"] == "Tokyo"


def test_the_newest_report_decides_and_lists_gather() -> None:
    later = {"type": "MEETING", "status": "OCCURRED", "parties": ["USA", "JPN"], "when": "2016-10", "topics": ["trade"]}
    together = merged([MEETING | {"topics": ["security"]}, later])
    assert together["status"] == "OCCURRED"
    assert together["parties"] == ["KOR", "USA", "JPN"]
    assert together["topics"] == ["security", "trade"]
    assert together["when"] == "2016-10-27"
    assert together["place"] == "Tokyo"


def test_merging_leaves_the_reports_as_they_were() -> None:
    report = MEETING | {"topics": ["security"]}
    merged([report, other(MEETING, topics=["trade"])])
    assert report["topics"] == ["security"]


@pytest.mark.parametrize(
    ("candidates", "name", "side", "chosen"),
    [
        ({1: ("KOR", None)}, "Lim Sung-nam", ("KOR", None), 1),
        ({1: ("KOR", None)}, "Lim Sung-nam", (None, None), 1),
        ({1: (None, None)}, "Lim Sung-nam", ("KOR", None), 1),
        ({1: ("KOR", None)}, "Ban Ki-moon", (None, 7), 1),
        ({1: ("KOR", None)}, "Lim Sung-nam", ("USA", None), None),
        ({1: ("KOR", None), 2: ("PRK", None)}, "Kim Chol", ("PRK", None), 2),
        ({1: ("KOR", None), 2: ("PRK", None)}, "Kim Chol", (None, None), None),
        ({1: ("KOR", None)}, "Lim", ("KOR", None), 1),
        ({1: (None, None)}, "Lim", (None, None), None),
        ({1: ("KOR", None)}, "Lim", (None, None), None),
        ({}, "Lim Sung-nam", ("KOR", None), None),
    ],
)
def test_a_namesake_is_the_same_person_only_without_doubt(
    candidates: dict[int, tuple[str | None, int | None]],
    name: str,
    side: tuple[str | None, int | None],
    chosen: int | None,
) -> None:
    assert choose_person(candidates, name, side) == chosen
