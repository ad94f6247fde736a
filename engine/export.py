"""What a store holds, for those who want a notebook rather than a query: jsonl, csv, parquet, graphml.

jsonl holds the extraction records, one article a line; csv and parquet one event a row; graphml people and countries as
nodes and meetings as edges, one between each two people and each two countries that met.
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from itertools import combinations
from types import MappingProxyType
from typing import Any, BinaryIO

import orjson

from engine.record import assembled, to_json_line
from engine.store import Store, StoreError

_ARTICLE = ("number", "id", "published_on", "dateline", "agency", "title", "url", "text")
_TOLD = (
    "id type status when_iso starts_on ends_on granularity place place_country level mode name ordinal sidelines_of "
    "act quoted content action weapon post amount article_count first_reported_on last_reported_on"
).split()
_LISTS = ("parties", "participants", "speakers", "targets", "person", "topics", "articles")
COLUMNS = (*_TOLD, *_LISTS)
_ROLES = MappingProxyType(
    {"PARTY": "parties", "PARTICIPANT": "participants", "SPEAKER": "speakers", "TARGET": "targets", "PERSON": "person"}
)
_INTEGERS = ("id", "ordinal", "sidelines_of", "article_count")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


def write_jsonl(store: Store, out: BinaryIO) -> int:
    """Write the records of all articles in the order they came in; gives their number."""
    count = 0
    for whole in records(store):
        out.write(to_json_line(whole))
        count += 1
    return count


def records(store: Store) -> Iterator[dict[str, Any]]:
    """The record of each article, as `extract` printed it when the article was read."""
    bodies = dict(store.connection.execute("SELECT id, name FROM organization"))
    for row in store.connection.execute(f"SELECT {', '.join(_ARTICLE)} FROM article ORDER BY number"):
        article = dict(zip(_ARTICLE, row, strict=True))
        yield _record(store, article, bodies)


def _record(store: Store, article: dict[str, Any], bodies: Mapping[int, str]) -> dict[str, Any]:
    number = (article["number"],)
    ask = store.connection.execute
    people = [
        {"name": name, "country": country, "organization": bodies.get(body), "post": post}
        for name, country, body, post in ask(
            "SELECT name, country_id, organization_id, post FROM appearance WHERE article_id = ? ORDER BY position",
            number,
        )
    ]
    events = [
        orjson.loads(facts)
        for (facts,) in ask("SELECT facts FROM report WHERE article_id = ? ORDER BY position", number)
    ]
    mentions = _dicts(
        ask('SELECT kind, start, "end", text, value FROM mention WHERE article_id = ? ORDER BY position', number)
    )
    cut = ask(
        'SELECT position AS "index", start, "end", truncated FROM sentence WHERE article_id = ? AND truncated '
        "ORDER BY position",
        number,
    )
    return assembled(
        article,
        [{name: value for name, value in person.items() if value is not None} for person in people],
        events,
        mentions,
        [row | {"truncated": True} for row in _dicts(cut)],
    )


def _dicts(rows: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def events(store: Store) -> Iterator[dict[str, Any]]:
    """All events as rows of COLUMNS, by time and id; parties are codes and names, people names, articles ids."""
    lists = _lists(store)
    columns = ", ".join(f"{name}_id" if name in ("place_country", "sidelines_of") else name for name in _TOLD)
    for row in store.connection.execute(f"SELECT {columns} FROM event ORDER BY starts_on, id"):
        told: dict[str, Any] = dict(zip(_TOLD, row, strict=True))
        told["quoted"] = None if told["quoted"] is None else bool(told["quoted"])
        yield told | {name: lists.get((told["id"], name), []) for name in _LISTS}


def _lists(store: Store) -> dict[tuple[int, str], list[str]]:
    lists: dict[tuple[int, str], list[str]] = {}
    for event, role, name in store.connection.execute(
        "SELECT a.event_id, a.role, coalesce(a.country_id, o.name, p.name) FROM event_actor a "
        "LEFT JOIN organization o ON o.id = a.organization_id LEFT JOIN person p ON p.id = a.person_id "
        "ORDER BY a.event_id, a.role, a.position"
    ):
        lists.setdefault((event, _ROLES[role]), []).append(name)
    for statement, column in (
        ("SELECT event_id, text FROM event_topic ORDER BY event_id, position", "topics"),
        (
            "SELECT r.event_id, a.id FROM report r JOIN article a ON a.number = r.article_id ORDER BY a.number",
            "articles",
        ),
    ):
        for event, text in store.connection.execute(statement):
            lists.setdefault((event, column), []).append(text)
    return lists


def write_csv(store: Store, out: BinaryIO) -> int:
    """Write one row an event with a header; several values in one cell are parted by "; "."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rows = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    rows.writeheader()
    count = 0
    for event in events(store):
        rows.writerow(event | {name: "; ".join(event[name]) for name in _LISTS})
        count += 1
    # The stream stays the caller's, who may go on writing to it.
    text.detach()
    return count


def write_parquet(store: Store, out: BinaryIO) -> int:
    """Write one row an event, lists as lists; needs the extra `parquet` (pyarrow)."""
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        what, do = "parquet needs pyarrow, which is not installed", "pip install 'chancery[parquet]'"
        raise StoreError(what, store.path, do) from None
    kinds = {name: pyarrow.string() for name in _TOLD} | {name: pyarrow.int64() for name in _INTEGERS}
    kinds |= {name: pyarrow.list_(pyarrow.string()) for name in _LISTS} | {"quoted": pyarrow.bool_()}
    schema = pyarrow.schema([(name, kinds[name]) for name in COLUMNS])
    table = pyarrow.Table.from_pylist(list(events(store)), schema=schema)
    parquet.write_table(table, out)
    count: int = table.num_rows
    return count


def write_graphml(store: Store, out: BinaryIO) -> int:
    """Write the graph of who met whom; gives the number of edges."""
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(f"{{{_GRAPHML}}}graphml")
    keys = {"node": ("kind", "name", "country"), "edge": ("event", "status", "when", "place")}
    for target, names in keys.items():
        for name in names:
            attributes = {"id": name, "for": target, "attr.name": name, "attr.type": "string"}
            ET.SubElement(root, f"{{{_GRAPHML}}}key", attributes)
    graph = ET.SubElement(root, f"{{{_GRAPHML}}}graph", {"id": "meetings", "edgedefault": "undirected"})
    ask = store.connection.execute
    for code, name in ask("SELECT code, name FROM country ORDER BY code"):
        _part(graph, "node", {"id": f"country:{code}"}, kind="country", name=name, country=code)
    for number, name, code in ask("SELECT id, name, country_id FROM person ORDER BY id"):
        _part(graph, "node", {"id": f"person:{number}"}, kind="person", name=name, country=code)
    count = 0
    for count, (ends, told) in enumerate(_meetings(store), 1):
        _part(graph, "edge", {"id": f"e{count}", "source": ends[0], "target": ends[1]}, **told)
    ET.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return count


def _meetings(store: Store) -> Iterator[tuple[tuple[str, str], dict[str, str | None]]]:
    met: dict[tuple[int, str], list[str]] = {}
    for event, country, person in store.connection.execute(
        "SELECT event_id, country_id, person_id FROM event_actor WHERE role IN ('PARTY', 'PARTICIPANT') "
        "AND organization_id IS NULL ORDER BY event_id, role, position"
    ):
        name = f"country:{country}" if country else f"person:{person}"
        met.setdefault((event, name.partition(":")[0]), []).append(name)
    for event, status, when, place in store.connection.execute(
        "SELECT id, status, when_iso, place FROM event WHERE type = 'MEETING' ORDER BY starts_on, id"
    ):
        for kind in ("country", "person"):
            for ends in combinations(dict.fromkeys(met.get((event, kind), ())), 2):
                yield ends, {"event": str(event), "status": status, "when": when, "place": place}


def _part(graph: ET.Element, tag: str, attributes: dict[str, str], **told: str | None) -> None:
    part = ET.SubElement(graph, f"{{{_GRAPHML}}}{tag}", attributes)
    for key, value in told.items():
        if value is not None:
            ET.SubElement(part, f"{{{_GRAPHML}}}data", {"key": key}).text = value


FORMATS: Mapping[str, Callable[[Store, BinaryIO], int]] = MappingProxyType(
    {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet, "graphml": write_graphml}
)
