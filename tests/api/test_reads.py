"""What queries find: connections, filters, search, relations, extraction and the rules."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.engine import Engine
from api.errors import ClientError, ErrorCode
from api.execution.service import Request, Service
from api.settings import Settings
from engine.articles import validate_article
from engine.store import open_store
from tests.api.conftest import SEED_RECORD

Ask = Callable[..., dict[str, Any]]
MEETINGS = (
    "query ($first: Int, $after: String, $last: Int, $before: String, $order: EventOrder) { meetings(first: $first, "
    "after: $after, last: $last, before: $before, orderBy: $order) { totalCount nodes { id when { start } } "
    "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
)
ORDERS: list[dict[str, Any] | None] = [
    None,
    {"field": "PLACE", "direction": "ASCENDING"},
    {"field": "WHEN", "direction": "ASCENDING", "then": {"field": "PLACE", "direction": "DESCENDING"}},
    {"field": "STATUS", "direction": "DESCENDING", "then": {"field": "WHEN"}},
]


@pytest.mark.parametrize("order", ORDERS)
def test_pages_hold_everything_once_in_both_directions(ask: Ask, order: dict[str, Any] | None) -> None:
    whole = [node["id"] for node in ask(MEETINGS, first=500, order=order)["meetings"]["nodes"]]
    assert len(whole) > 20
    forward: list[str] = []
    after = None
    while True:
        page = ask(MEETINGS, first=7, after=after, order=order)["meetings"]
        assert page["totalCount"] == len(whole)
        assert page["pageInfo"]["hasPreviousPage"] == bool(forward)
        assert [edge["node"]["id"] for edge in page["edges"]] == [node["id"] for node in page["nodes"]]
        forward += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert forward == whole
    backward: list[str] = []
    before = None
    while True:
        page = ask(MEETINGS, last=7, before=before, order=order)["meetings"]
        backward = [node["id"] for node in page["nodes"]] + backward
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
    assert backward == whole


def test_latest_come_first(ask: Ask) -> None:
    starts = [node["when"]["start"] for node in ask(MEETINGS, first=500)["meetings"]["nodes"] if node["when"]]
    assert starts == sorted(starts, reverse=True)


def test_cursors_stay_when_rows_come_in(database: Path, engine: Engine) -> None:
    service = Service(open_store(database), engine, Settings())

    def page(after: str | None) -> dict[str, Any]:
        prepared = service.prepare(Request(MEETINGS, variables={"first": 5, "after": after}))
        found: dict[str, Any] = json.loads(service.run(prepared, time.monotonic() + 60).body)["data"]["meetings"]
        return found

    first = page(None)
    expected = page(first["pageInfo"]["endCursor"])["nodes"]
    text = "Foreign ministers of Norway and Chile met in Lima on Monday."
    service.store.ingest(validate_article({"text": text, "published_on": "2031-05-06"}), engine)
    assert page(None)["nodes"] != first["nodes"]
    assert page(first["pageInfo"]["endCursor"])["nodes"] == expected
    service.close()


def refused(service: Service, query: str, **variables: Any) -> dict[str, Any]:
    try:
        prepared = service.prepare(Request(query, variables=variables))
    except ClientError as error:
        return {"message": error.message, **dict(error.extensions or {})}
    answer = json.loads(service.run(prepared, time.monotonic() + 60).body)
    return {"message": answer["errors"][0]["message"], **answer["errors"][0]["extensions"]}


@pytest.mark.parametrize(
    ("query", "code", "says"),
    [
        ('{ meetings(after: "nonsense") { totalCount nodes { id } } }', "BAD_CURSOR", "endCursor"),
        ("{ meetings(first: 501) { nodes { id } } }", "BAD_USER_INPUT", "500"),
        ("{ meetings(first: -1) { nodes { id } } }", "BAD_USER_INPUT", "0 to"),
        ("{ meetings(first: 1, last: 1) { nodes { id } } }", "BAD_USER_INPUT", "give one"),
        ('{ relation(between: ["KOR"]) { countries { code } } }', "BAD_USER_INPUT", "give two"),
        ('{ search(text: "?!") { totalCount } }', "BAD_USER_INPUT", "no word"),
        ('{ person(id: "1") { name } }', "BAD_USER_INPUT", "Person"),
        ('{ events(filter: {from: "2017-01-01", to: "2016-01-01"}) { totalCount } }', "BAD_USER_INPUT", "`from`"),
        ('{ explain(text: "A met B.", grammar: "nothing") { tree: __typename } }', "BAD_USER_INPUT", "meeting"),
        ('{ explain(text: " ") { tree: __typename } }', "BAD_ARTICLE", "empty"),
        ('{ extract(input: {text: "<html><p>Hello</p>"}) { people { name } } }', "BAD_ARTICLE", "HTML"),
    ],
)
def test_bad_input_says_what_is_allowed(service: Service, query: str, code: str, says: str) -> None:
    error = refused(service, query)
    assert error["code"] == code
    assert says in error["message"]


def test_a_cursor_of_another_order_is_refused(service: Service, ask: Ask) -> None:
    cursor = ask(MEETINGS, first=1)["meetings"]["pageInfo"]["endCursor"]
    assert refused(service, MEETINGS, first=1, after=cursor, order={"field": "PLACE"})["code"] == "BAD_CURSOR"


@pytest.mark.parametrize("day", ["2016-13-01", "2016-02-30", "yesterday", "2016-1-1", "20160101", ""])
def test_impossible_days_are_refused(service: Service, day: str) -> None:
    from api.execution.documents import InvalidDocumentError

    query = "query ($day: Date) { events(filter: {from: $day}) { totalCount } }"
    with pytest.raises(InvalidDocumentError) as raised:
        service.prepare(Request(query, variables={"day": day}))
    assert "2016-10-27" in raised.value.errors[0]["message"]


EVENTS = """query ($filter: EventFilter, $after: String) { events(first: 200, after: $after, filter: $filter) {
    pageInfo { hasNextPage endCursor } nodes { id type status
    when { start end } place { name } parties { ... on Country { code } ... on Organization { name } }
    evidence { text rule { name } article { id } } ... on Meeting { participants { name } topics } } } }"""


def events(ask: Ask, **filter: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = ask(EVENTS, filter=filter, after=after)["events"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


def sides(event: dict[str, Any]) -> set[str]:
    return {party.get("code") or party["name"] for party in event["parties"]}


def test_filters_leave_what_they_say(ask: Ask) -> None:
    everything = events(ask)
    conditions: dict[str, tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = {
        "types": ({"types": ["MEETING", "VISIT"]}, lambda e: e["type"] in {"MEETING", "VISIT"}),
        "status": ({"status": ["PLANNED"]}, lambda e: e["status"] == "PLANNED"),
        "parties": ({"parties": ["KOR", "USA"]}, lambda e: {"KOR", "USA"} <= sides(e)),
        "any": (
            {"anyParty": ["JPN", "UN Security Council"]},
            lambda e: bool({"JPN", "UN Security Council"} & sides(e)),
        ),
        "place": ({"place": "tokyo"}, lambda e: (e["place"] or {}).get("name") == "Tokyo"),
        "days": (
            {"from": "2016-10-01", "to": "2016-10-31"},
            lambda e: bool(e["when"]) and e["when"]["end"] >= "2016-10-01" and e["when"]["start"] <= "2016-10-31",
        ),
        "rule": ({"rule": "meeting"}, lambda e: any(v["rule"]["name"].startswith("meeting.") for v in e["evidence"])),
        "topic": ({"topic": "energy"}, lambda e: any("energy" in topic for topic in e.get("topics", ()))),
        "text": ({"text": "trilateral"}, lambda e: any("trilateral" in v["text"].lower() for v in e["evidence"])),
        "participant": (
            {"participant": "LIM SUNG-NAM", "types": ["MEETING"]},
            lambda e: any(p["name"] == "Lim Sung-nam" for p in e.get("participants", ())),
        ),
        "together": (
            {"types": ["MEETING"], "status": ["PLANNED"], "parties": ["KOR"], "from": "2016-01-01"},
            lambda e: (
                e["type"] == "MEETING"
                and e["status"] == "PLANNED"
                and "KOR" in sides(e)
                and bool(e["when"])
                and e["when"]["end"] >= "2016-01-01"
            ),
        ),
    }
    for name, (filter, holds) in conditions.items():
        expected = [event["id"] for event in everything if holds(event)]
        assert expected, name
        assert [event["id"] for event in events(ask, **filter)] == expected, name


def test_events_of_an_article(ask: Ask) -> None:
    article = ask("query ($id: ID!) { article(id: $id) { id events { id } people { name } } }", id=SEED_RECORD)[
        "article"
    ]
    found = {event["id"] for event in events(ask, article=article["id"])}
    assert found == {event["id"] for event in article["events"]}
    again = ask("query ($id: ID!) { node(id: $id) { id ... on Article { recordId } } }", id=article["id"])["node"]
    assert again == {"id": article["id"], "recordId": SEED_RECORD}


def test_evidence_is_where_it_says(ask: Ask) -> None:
    article = ask(
        "query ($id: ID!) { article(id: $id) { text sentences { start end text } mentions { start end text } "
        "events { evidence { start end text article { recordId } } } } }",
        id=SEED_RECORD,
    )["article"]
    evidence = [stretch for event in article["events"] for stretch in event["evidence"]]
    own = [stretch for stretch in evidence if stretch["article"]["recordId"] == SEED_RECORD]
    stretches = [*article["sentences"], *article["mentions"], *own]
    assert len(stretches) > 50
    for stretch in stretches:
        assert article["text"][stretch["start"] : stretch["end"]] == stretch["text"]


def test_article_filters(ask: Ask) -> None:
    query = (
        "query ($filter: ArticleFilter) { articles(filter: $filter, first: 100) { nodes { recordId publishedOn } } }"
    )

    def found(**filter: Any) -> set[str]:
        return {node["recordId"] for node in ask(query, filter=filter)["articles"]["nodes"]}

    everything = found()
    assert SEED_RECORD in found(agency="yonhap", dateline="SEOUL")
    assert SEED_RECORD in found(text="bilateral meetings")
    assert SEED_RECORD not in found(text='"meetings bilateral"')
    assert found(**{"from": "2016-10-21", "to": "2016-10-21"}) == {
        node["recordId"] for node in ask(query)["articles"]["nodes"] if node["publishedOn"] == "2016-10-21"
    }
    assert SEED_RECORD in found(country="JPN", eventType="WEAPON_TEST")
    assert set() < found(eventType="EXERCISE") < everything
    person = ask('{ people(filter: {name: "yun byung"}) { nodes { id name } } }')["people"]["nodes"][0]
    assert person["name"] == "Yun Byung-se"
    assert SEED_RECORD in found(person=person["id"])


def test_people_countries_and_bodies(ask: Ask) -> None:
    data = ask("""{ people(filter: {country: "KOR", post: "vice foreign"}) { nodes { name posts { title
        evidence { text } } counterparts { name } events(first: 9) { totalCount nodes { type } } } }
      country(code: "kor") { code name capital people(first: 2) { totalCount }
        events(filter: {types: [MEETING]}) { totalCount } }
      nowhere: country(code: "XXX") { code }
      countries(filter: {name: "korea", inEvents: true}) { nodes { code } }
      organizations(filter: {name: "security council"}) { nodes { name events(first: 1) { totalCount } } } }""")
    (lim,) = data["people"]["nodes"]
    assert lim["name"] == "Lim Sung-nam"
    assert lim["posts"][0]["title"] == "Vice Foreign Minister"
    assert {person["name"] for person in lim["counterparts"]} == {"Tony Bliken", "Shinsuke Sugiyama"}
    assert data["country"]["capital"] == "Seoul"
    assert data["country"]["events"]["totalCount"] > 3
    assert data["nowhere"] is None
    assert {node["code"] for node in data["countries"]["nodes"]} == {"KOR", "PRK"}
    assert sum(node["events"]["totalCount"] for node in data["organizations"]["nodes"]) > 0


def test_series_and_sidelines(ask: Ask) -> None:
    nodes = ask("""{ meetings(filter: {participant: "Lim Sung-nam"}, first: 50) { nodes { id ordinal place { name }
        series { id ordinal when { start } } sidelinesOf { id } } } }""")["meetings"]["nodes"]
    fifth = next(node for node in nodes if node["ordinal"] == 5)
    assert [(other["ordinal"], other["when"]["start"]) for other in fifth["series"]] == [
        (1, "2015-04-01"),
        (5, "2016-10-27"),
    ]
    beside = [node["sidelinesOf"]["id"] for node in nodes if node["sidelinesOf"]]
    assert len(beside) == 2
    assert set(beside) <= {other["id"] for other in fifth["series"]}


def test_relation_counts_by_month(ask: Ask) -> None:
    relation = ask("""{ relation(between: ["KOR", "JPN"]) { countries { code } events(first: 500) { totalCount
        nodes { when { start } } } byMonth { month cooperative conflictual neutral } part: byMonth(from: "2016-01-01") {
        month } } nothing: relation(between: ["KOR", "XXX"]) { countries { code } } }""")
    months = relation["relation"]["byMonth"]
    dated = [node for node in relation["relation"]["events"]["nodes"] if node["when"]]
    assert sum(month["cooperative"] + month["conflictual"] + month["neutral"] for month in months) == len(dated)
    assert [month["month"] for month in months] == sorted({node["when"]["start"][:7] for node in dated})
    assert {"month": "2016-10", "cooperative": 1, "conflictual": 0, "neutral": 0} in months
    assert all(month["month"] >= "2016-01" for month in relation["relation"]["part"])
    assert relation["nothing"] is None


def test_search_marks_and_escapes(ask: Ask) -> None:
    query = (
        "query ($text: String!, $after: String) { search(text: $text, first: 2, after: $after) { totalCount "
        "pageInfo { hasNextPage endCursor } nodes { excerpt relevance result { __typename ... on Person { name } } } "
        "} }"
    )
    hits = ask(query, text="Lim")["search"]
    assert hits["nodes"][0]["result"] == {"__typename": "Person", "name": "Lim Sung-nam"}
    assert hits["nodes"][0]["excerpt"] == "<mark>Lim</mark> Sung-nam"
    assert ask(query, text="trilateral meeting")["search"]["nodes"][0]["result"] == {"__typename": "Article"}
    seen, after = 0, None
    while True:
        page = ask(query, text="minister", after=after)["search"]
        seen += len(page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == page["totalCount"] > 2
    for text in ('"', "NEAR(", "a* OR *", "x:y", "-minus", '"unclosed phrase'):
        ask(query, text=f"minister {text}")


def test_extraction_is_that_of_the_store(service: Service, ask: Ask) -> None:
    fields = (
        "mentions { kind start end text time { start } } people { name } events { id type status "
        "parties { ... on Country { code } } evidence { start end rule { name } } }"
    )
    stored = ask(
        f"query ($id: ID!) {{ article(id: $id) {{ text publishedOn dateline agency {fields} }} }}", id=SEED_RECORD
    )
    article = stored["article"]
    told = {name: article.pop(name) for name in ("text", "publishedOn", "dateline", "agency")}
    before = service.version()
    read = ask(
        f"query ($i: ArticleInput!) {{ extract(input: $i) {{ sentences {{ index }} unread {{ text }} {fields} }} }}",
        i=told,
    )["extract"]
    assert service.version() == before
    for name in ("mentions", "people"):
        assert read[name] == article[name]
    assert sorted(e["type"] for e in read["events"]) == sorted(e["type"] for e in article["events"])
    assert len(read["unread"]) < len(read["sentences"])


def test_explanation_ties_rules_to_events(ask: Ask) -> None:
    text = "South Korea's Foreign Minister Yun Byung-se met Japan's Foreign Minister Fumio Kishida in Tokyo."
    explained = ask(
        'query ($text: String!) { explain(text: $text, grammar: "meeting") { tokens { text start end terminals } '
        "readings { rule { name grammar { name } line source } tree event { type status } } nearMisses { rule { name "
        "} } } }",
        text=text,
    )["explain"]
    (reading,) = [r for r in explained["readings"] if r["event"]]
    assert reading["rule"]["grammar"]["name"] == "meeting"
    assert reading["rule"]["line"] > 0
    assert reading["event"] == {"type": "MEETING", "status": "OCCURRED"}
    for token in explained["tokens"]:
        assert text[token["start"] : token["end"]] == token["text"]


def test_rules_and_coverage(ask: Ask) -> None:
    data = ask("""{ grammars { name file description rules { name line } }
        grammar(name: "meeting") { source rules { name matchCount examples { passes } } }
        nothing: grammar(name: "none") { name } no: rule(name: "a.b") { name }
        coverage { articles sentences readSentences byGrammar { grammar { name } events }
          unread(first: 3) { totalCount nodes { text } } } }""")
    assert {"meeting", "statement", "weapon_test", "resolution"} <= {grammar["name"] for grammar in data["grammars"]}
    assert sum(rule["matchCount"] for rule in data["grammar"]["rules"]) > 0
    assert any(rule["examples"] for rule in data["grammar"]["rules"])
    assert data["nothing"] is None
    assert data["no"] is None
    coverage = data["coverage"]
    assert coverage["unread"]["totalCount"] == coverage["sentences"] - coverage["readSentences"] > 0
    assert coverage["articles"] > 10
    assert any(counted["grammar"]["name"] == "meeting" and counted["events"] > 0 for counted in coverage["byGrammar"])


def test_coverage_says_what_to_write_next(ask: Ask) -> None:
    query = """{ coverage { sentences readSentences byGrammar { grammar { name } events sentences }
        byAgency { agency sentences readSentences } unmatched { name }
        harvest(first: 5) { phrase count examples } } }"""
    coverage = ask(query)["coverage"]
    assert sum(agency["sentences"] for agency in coverage["byAgency"]) == coverage["sentences"]
    assert sum(agency["readSentences"] for agency in coverage["byAgency"]) == coverage["readSentences"]
    assert all(0 < counted["sentences"] <= coverage["readSentences"] for counted in coverage["byGrammar"])
    assert all("." in rule["name"] for rule in coverage["unmatched"])
    counts = [one["count"] for one in coverage["harvest"]]
    assert 0 < len(counts) <= 5
    assert counts == sorted(counts, reverse=True)
    assert all(one["examples"] for one in coverage["harvest"])


def test_explanation_tells_slots_and_near_misses(ask: Ask) -> None:
    text = "Lim Sung-nam met privately alongside Kim Kye-gwan in Geneva."
    explained = ask(
        "query ($text: String!) { explain(text: $text) { readings { file line slots { name mark text start end } } "
        "untouched { text start end } nearMisses { rule { name } file line stood words phrases "
        "classes { name file words } } } }",
        text=text,
    )["explain"]
    (reading,) = explained["readings"]
    assert reading["slots"][0] == {"name": "parties", "mark": None, "text": "Lim Sung-nam", "start": 0, "end": 12}
    assert [stretch["text"] for stretch in explained["untouched"]] == ["alongside Kim Kye-gwan in Geneva."]
    miss = explained["nearMisses"][0]
    assert (miss["rule"]["name"].split(".")[0], miss["file"], miss["stood"]) == (
        "meeting",
        "rules/meeting.lark",
        "alongside",
    )
    assert '","' in miss["words"]
    assert "TIME" in miss["phrases"]
    classes = {each["name"]: each for each in miss["classes"]}
    assert classes["ADV"]["file"] == "rules/lexicon/function.csv"
    assert "abroad" in classes["ADV"]["words"]
    assert classes["LY"] == {"name": "LY", "file": "rules/shapes.csv", "words": []}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Kenya and Uganda did not sign the accord.",
            "the sentence tells that it did not happen, or that nobody did it",
        ),
        ("The two sides met.", "too little is told of it to stand alone: MEETING status=OCCURRED"),
        ("Kenya and Uganda met.", None),
    ],
)
def test_explanation_tells_why_a_reading_gave_no_event(ask: Ask, text: str, why: str | None) -> None:
    explained = ask("query ($text: String!) { explain(text: $text) { readings { unmade event { type } } } }", text=text)
    (reading,) = explained["explain"]["readings"]
    assert reading["unmade"] == why
    assert (reading["event"] is None) == (why is not None)


def test_a_rule_that_is_gone_keeps_its_name(database: Path, engine: Engine) -> None:
    store = open_store(database)
    store.connection.execute("UPDATE evidence SET rule = 'lost.wording'")
    service = Service(store, engine, Settings())
    query = "{ events(first: 1) { nodes { evidence { rule { name line source grammar { name file } } } } } }"
    answer = json.loads(service.run(service.prepare(Request(query)), time.monotonic() + 60).body)
    rule = answer["data"]["events"]["nodes"][0]["evidence"][0]["rule"]
    assert rule["name"] == "lost.wording"
    assert (rule["line"], rule["source"], rule["grammar"]["name"]) == (0, "", "lost")
    service.close()


def test_errors_have_documented_codes() -> None:
    assert all(code.value.endswith(".") for code in ErrorCode)
