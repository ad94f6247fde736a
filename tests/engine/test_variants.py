"""The seed's sentences with other countries, names, posts, cities, days, tenses and voices: the facts must follow."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.facts import Extraction, Meeting

Record = Callable[..., dict[str, Any]]
ROLES = "{a}'s Vice Foreign Minister {x} and his {b} and {c} counterparts, {y} and {z}"


def events(record: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [event for event in record["events"] if event["type"] == kind]


def people(record: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    return {one["name"]: (one.get("country"), one.get("post")) for one in record["people"]}


NAMES = [
    (
        ("South Korea", "KOR"),
        ("American", "USA"),
        ("Japanese", "JPN"),
        "Lim Sung-nam",
        "Tony Bliken",
        "Shinsuke Sugiyama",
    ),
    (("China", "CHN"), ("Russian", "RUS"), ("Indian", "IND"), "Zhang Yesui", "Sergei Ryabkov", "Vijay Gokhale"),
    (("Egypt", "EGY"), ("Jordanian", "JOR"), ("Saudi", "SAU"), "Hamdi Loza", "Nasser Judeh", "Adel al-Jubeir"),
    (("Japan", "JPN"), ("South Korean", "KOR"), ("Chinese", "CHN"), "Takeo Mori", "Cho Hyun", "Le Yucheng"),
    (("Spain", "ESP"), ("French", "FRA"), ("German", "DEU"), "Jose Garcia", "Anne Martin", "Peter Weber"),
    (("Brazil", "BRA"), ("Argentine", "ARG"), ("Chilean", "CHL"), "Antonio Silva", "Jorge Gomez", "Maria Lopez"),
    (("Turkey", "TUR"), ("Iranian", "IRN"), ("Iraqi", "IRQ"), "Ahmet Yildiz", "Abbas Araghchi", "Ali Hassan"),
    (("Vietnam", "VNM"), ("Indonesian", "IDN"), ("Australian", "AUS"), "Nguyen Quoc Dung", "Maria Smith", "John Brown"),
]


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case[0][1])
def test_names_are_dealt_out_to_countries_in_order(record: Record, case: Any) -> None:
    (a, code_a), (b, code_b), (c, code_c), x, y, z = case
    sides = ROLES.format(a=a, b=b, c=c, x=x, y=y, z=z)
    got = record(f"The trilateral meeting will be held on Thursday, bringing together {sides}.")
    post = "Vice Foreign Minister"
    assert people(got) == {x: (code_a, post), y: (code_b, post), z: (code_c, post)}
    [meeting] = events(got, "MEETING")
    assert sorted(meeting["parties"]) == sorted([code_a, code_b, code_c])
    assert sorted(meeting["participants"]) == sorted([x, y, z])
    assert (meeting["status"], meeting["when"], meeting["level"]) == ("PLANNED", "2016-10-27", "VICE_MINISTERIAL")


@pytest.mark.parametrize("size", [2, 4])
def test_two_and_four_counterparts(record: Record, size: int) -> None:
    nations = ["American", "Japanese", "Chinese", "Russian"][:size]
    names = ["Tony Bliken", "Shinsuke Sugiyama", "Li Baodong", "Igor Morgulov"][:size]
    listed = ", ".join(nations[:-1]) + f" and {nations[-1]}"
    named = ", ".join(names[:-1]) + f" and {names[-1]}"
    got = record(f"South Korea's Vice Foreign Minister Lim Sung-nam met his {listed} counterparts, {named}, in Seoul.")
    codes = ["USA", "JPN", "CHN", "RUS"][:size]
    assert people(got) == {"Lim Sung-nam": ("KOR", "Vice Foreign Minister")} | {
        name: (code, "Vice Foreign Minister") for name, code in zip(names, codes, strict=True)
    }
    assert {party for meeting in events(got, "MEETING") for party in meeting["parties"]} == {"KOR", *codes}


@pytest.mark.parametrize(
    ("wording", "status"),
    [
        ("will meet", "PLANNED"),
        ("are to meet", "PLANNED"),
        ("are scheduled to meet", "PLANNED"),
        ("are expected to meet", "PLANNED"),
        ("plan to meet", "PLANNED"),
        ("met", "OCCURRED"),
        ("have met", "OCCURRED"),
        ("are meeting", "ONGOING"),
        ("may meet", "PROPOSED"),
        ("hope to meet", "PROPOSED"),
        ("refused to meet", "CANCELLED"),
        ("did not meet", None),
        ("have yet to meet", None),
        ("will not meet", "CANCELLED"),
    ],
)
def test_status_follows_the_verb_group(record: Record, wording: str, status: str | None) -> None:
    got = record(f"Senior officials from South Korea and Japan {wording} in Tokyo.")
    assert [meeting["status"] for meeting in events(got, "MEETING")] == ([status] if status else [])


@pytest.mark.parametrize(
    ("city", "place"), [("Tokyo", "Tokyo"), ("Geneva", "Geneva"), ("Panmunjom", "Panmunjom"), ("Bangkok", "Bangkok")]
)
@pytest.mark.parametrize(
    ("day", "when"), [("Monday", "2016-10-24"), ("Wednesday", "2016-10-26"), ("Thursday", "2016-10-27")]
)
def test_city_and_day_of_a_planned_meeting(record: Record, city: str, place: str, day: str, when: str) -> None:
    got = record(f"Officials from the United States and North Korea will meet in {city} on {day}.")
    [meeting] = events(got, "MEETING")
    assert (meeting["place"], meeting["when"], sorted(meeting["parties"])) == (place, when, ["PRK", "USA"])


@pytest.mark.parametrize(
    ("day", "when"), [("Monday", "2016-10-17"), ("Thursday", "2016-10-20"), ("Friday", "2016-10-21")]
)
def test_a_past_weekday_lies_behind(record: Record, day: str, when: str) -> None:
    [test] = events(record(f"On {day}, North Korea test-fired a missile."), "WEAPON_TEST")
    assert (test["when"], test["parties"], test["weapon"]) == (when, ["PRK"], "MISSILE")


@pytest.mark.parametrize(
    ("country", "code"), [("North Korea", "PRK"), ("Iran", "IRN"), ("India", "IND"), ("Pakistan", "PAK")]
)
@pytest.mark.parametrize(("word", "ordinal"), [("fifth", 5), ("second", 2)])
def test_nuclear_tests_count(record: Record, country: str, code: str, word: str, ordinal: int) -> None:
    got = record(f"{country} conducted its {word} nuclear test in September.")
    [test] = events(got, "WEAPON_TEST")
    assert (test["parties"], test["weapon"], test["ordinal"], test["when"]) == ([code], "NUCLEAR", ordinal, "2016-09")


@pytest.mark.parametrize(("dateline", "agency", "code"), [("Seoul", "Yonhap", "KOR"), ("Tokyo", "Kyodo", "JPN")])
def test_the_ministry_here_is_of_the_dateline(record: Record, dateline: str, agency: str, code: str) -> None:
    got = record("They will go on, the foreign ministry here said Friday.", dateline=dateline, agency=agency)
    [statement] = events(got, "STATEMENT")
    assert (statement["speaker"], statement["act"], statement["when"]) == (code, "SAY", "2016-10-21")


def test_without_a_date_nothing_is_guessed(record: Record) -> None:
    got = record("Officials from South Korea and Japan will meet in Tokyo next week.", published_on=None)
    assert "when" not in events(got, "MEETING")[0]


@pytest.mark.parametrize(
    ("post", "title", "level"),
    [
        ("Foreign Minister", "Foreign Minister", "MINISTERIAL"),
        ("Defense Minister", "Defense Minister", "MINISTERIAL"),
        ("President", "President", "HEADS"),
        ("Deputy Foreign Minister", "Deputy Foreign Minister", "VICE_MINISTERIAL"),
        ("special envoy", "Special Envoy", "WORKING"),
    ],
)
def test_other_posts_are_carried_over_to_the_counterpart(record: Record, post: str, title: str, level: str) -> None:
    got = record(f"Russian {post} Ivan Petrov met his Chinese counterpart, Wang Jun, in Moscow on Monday.")
    assert people(got) == {"Ivan Petrov": ("RUS", title), "Wang Jun": ("CHN", title)}
    [meeting] = events(got, "MEETING")
    assert (meeting["level"], meeting["place"], meeting["when"]) == (level, "Moscow", "2016-10-17")


@pytest.mark.parametrize(
    ("wording", "status"),
    [
        ("was held", "OCCURRED"),
        ("will be held", "PLANNED"),
        ("is to be held", "PLANNED"),
        ("was postponed", "POSTPONED"),
    ],
)
def test_the_passive_tells_the_status_too(record: Record, wording: str, status: str) -> None:
    got = record(f"A meeting between South Korea and Japan {wording} in Tokyo.")
    assert [meeting["status"] for meeting in events(got, "MEETING")] == [status]


def test_the_seed_ties_meetings_on_the_sidelines_and_names_gatherings(read: Callable[..., Extraction]) -> None:
    gold = json.loads((Path(__file__).parent.parent / "gold" / "seed.json").read_text(encoding="utf-8"))
    found = read(gold["text"]).events
    tied = [event.sidelines_of for event in found if isinstance(event, Meeting) and event.sidelines_of is not None]
    assert [found[index].place for index in tied] == ["Tokyo", "Tokyo"]
    names = [event.name for event in found if isinstance(event, Meeting) and event.name]
    assert names == ["two-plus-two", "Security Consultative Meeting"]
