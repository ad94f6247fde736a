import csv
import io
import sys
import xml.etree.ElementTree as ET
from typing import Any

import orjson
import pytest

from engine.export import COLUMNS, write_csv, write_graphml, write_jsonl, write_parquet
from engine.facts import Meeting, Person, Statement, StatementAct
from engine.record import record
from engine.store import Store, StoreError
from engine.store.models import Event as EventRow

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def told(store: Store, reader: Any) -> Store:
    lim, bliken = Person("Lim Sung-nam", "Lim", "KOR"), Person("Tony Bliken", "Bliken", "USA")
    meeting = Meeting(
        parties=["KOR", "USA", "UN"],
        participants=["Lim Sung-nam", "Tony Bliken"],
        when="2016-10-27",
        place="Tokyo",
        topics=["trade", "security; arms"],
    )
    said = Statement(speaker=["Lim Sung-nam"], act=StatementAct.SAY, content='He said "no",\nand left.')
    store.ingest(reader.tell("a", meeting, said, people=(lim, bliken)), reader)
    return store


def test_jsonl_gives_the_records_that_were_extracted(store: Store, reader: Any) -> None:
    articles = reader.articles()
    list(store.ingest_many(articles, reader))
    out = io.BytesIO()
    assert write_jsonl(store, out) == len(articles)
    lines = [orjson.loads(line) for line in out.getvalue().splitlines()]
    for line, article in zip(lines, articles, strict=True):
        extracted = record(reader.read(article))
        assert {k: v for k, v in line.items() if k != "people"} == {k: v for k, v in extracted.items() if k != "people"}
        assert line["people"][: len(extracted["people"])] == extracted["people"]


def test_csv_has_one_row_an_event(told: Store) -> None:
    out = io.BytesIO()
    assert write_csv(told, out) == 2
    rows = {row["type"]: row for row in csv.DictReader(io.StringIO(out.getvalue().decode()))}
    assert tuple(next(iter(rows.values()))) == COLUMNS
    meeting, said = rows["MEETING"], rows["STATEMENT"]
    assert meeting["parties"] == "KOR; USA; UN"
    assert meeting["participants"] == "Lim Sung-nam; Tony Bliken"
    assert (meeting["starts_on"], meeting["place_country"], meeting["articles"]) == ("2016-10-27", "JPN", "a")
    assert (said["speakers"], said["content"], said["quoted"]) == ("Lim Sung-nam", 'He said "no",\nand left.', "False")


def test_csv_of_an_empty_store_has_its_header(store: Store) -> None:
    out = io.BytesIO()
    assert write_csv(store, out) == 0
    assert out.getvalue().decode().strip() == ",".join(COLUMNS)


def test_graphml_joins_who_met(told: Store) -> None:
    out = io.BytesIO()
    assert write_graphml(told, out) == 2
    root = ET.fromstring(out.getvalue())
    keys = {key.get("id"): key.get("for") for key in root.iter(f"{NAMESPACE}key")}
    nodes = {node.get("id"): _told(node) for node in root.iter(f"{NAMESPACE}node")}
    edges = list(root.iter(f"{NAMESPACE}edge"))
    assert {data.get("key") for data in root.iter(f"{NAMESPACE}data")} <= keys.keys()
    assert all(edge.get("source") in nodes and edge.get("target") in nodes for edge in edges)
    met = {frozenset((nodes[e.get("source")]["name"], nodes[e.get("target")]["name"])) for e in edges}
    assert met == {frozenset(("South Korea", "United States")), frozenset(("Lim Sung-nam", "Tony Bliken"))}
    meeting = EventRow.get(EventRow.type == "MEETING")
    assert all(
        _told(edge) == {"event": str(meeting.id), "status": "OCCURRED", "when": "2016-10-27", "place": "Tokyo"}
        for edge in edges
    )


def _told(part: ET.Element) -> dict[str | None, str | None]:
    return {data.get("key"): data.text for data in part}


def test_parquet_without_pyarrow_says_how_to_get_it(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(StoreError, match=r"pip install 'chancery\[parquet\]'"):
        write_parquet(told, io.BytesIO())
