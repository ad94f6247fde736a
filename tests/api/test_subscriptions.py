"""Subscriptions over graphql-transport-ws and graphql-sse hear what another process ingests."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from api.app import create_app
from api.engine import Engine, Reload
from api.execution.service import Request
from api.settings import Settings
from engine.reader import Reader
from tests.api.conftest import ROOT, Server

pytestmark = pytest.mark.anyio
PROTOCOL = Subprotocol("graphql-transport-ws")
MEETINGS = (
    'subscription { eventReported(filter: {parties: ["PER"], types: [MEETING]}) { id type parties { '
    "... on Country { code } } evidence { text article { title } } } }"
)
ARTICLES = "subscription { articleIngested { title events { type } } }"
WITHIN_SECONDS = 1.0


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@contextlib.asynccontextmanager
async def connected(server: Server, *, init: bool = True, **options: Any) -> AsyncIterator[ClientConnection]:
    url = server.url.replace("http://", "ws://")
    async with connect(url, subprotocols=[PROTOCOL], **options) as socket:
        if init:
            await send(socket, {"type": "connection_init"})
            assert await receive(socket) == {"type": "connection_ack"}
        yield socket


async def send(socket: ClientConnection, message: dict[str, Any]) -> None:
    await socket.send(json.dumps(message))


async def receive(socket: ClientConnection, seconds: float = 10) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        message: dict[str, Any] = json.loads(await socket.recv())
        return message


async def subscribe(socket: ClientConnection, identifier: str, query: str, **variables: Any) -> None:
    payload = {"query": query, "variables": variables}
    await send(socket, {"id": identifier, "type": "subscribe", "payload": payload})


async def ingest(server: Server, folder: Path, title: str, text: str) -> float:
    """Ingest an article by a process of its own; gives the moment at which that ended."""
    file = folder / f"{title}.json"
    file.write_text(json.dumps({"id": title, "title": title, "text": text, "published_on": "2016-10-21"}))
    command = [Path(sys.executable).with_name("chancery"), "ingest", str(file), "--database", str(server.database)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=-3, stderr=-3)
    assert await process.wait() == 0
    return time.monotonic()


async def test_a_websocket_hears_another_process(server: Server, tmp_path: Path) -> None:
    async with connected(server) as socket:
        await subscribe(socket, "events", MEETINGS)
        await subscribe(socket, "articles", ARTICLES)
        await asyncio.sleep(0.5)
        await ingest(server, tmp_path, "other", "The foreign ministers of Norway and Kenya met in Oslo on Monday.")
        done = await ingest(server, tmp_path, "lima", "The foreign ministers of Peru and Kenya met in Lima on Monday.")
        heard: dict[str, list[Any]] = {"events": [], "articles": []}
        while len(heard["articles"]) < 2 or not heard["events"]:
            message = await receive(socket)
            assert message["type"] == "next"
            heard[message["id"]].append(message["payload"]["data"])
        assert time.monotonic() - done < WITHIN_SECONDS
        (event,) = heard["events"]
        assert {"code": "PER"} in event["eventReported"]["parties"]
        assert event["eventReported"]["evidence"][0]["article"]["title"] == "lima"
        assert [each["articleIngested"]["title"] for each in heard["articles"]] == ["other", "lima"]
        await send(socket, {"id": "articles", "type": "complete"})
        await send(socket, {"id": "events", "type": "complete"})
        await ingest(server, tmp_path, "later", "The foreign ministers of Peru and Ghana met in Lima on Tuesday.")
        with pytest.raises(TimeoutError):
            await receive(socket, 1)


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_server_sent_events_hear_another_process(server: Server, tmp_path: Path, method: str) -> None:
    headers = {"Accept": "text/event-stream"}
    asked: dict[str, Any] = {"json": {"query": ARTICLES}} if method == "POST" else {"params": {"query": ARTICLES}}
    async with (
        httpx.AsyncClient(timeout=20) as http,
        http.stream(method, server.url, headers=headers, **asked) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.aiter_lines()
        assert await anext(lines) == ":"
        await asyncio.sleep(0.5)
        text = f"The foreign ministers of Peru and Togo met in Lima {method}."
        done = await ingest(server, tmp_path, f"sse-{method}", text)
        heard = [line async for line in take_until(lines, "data:")]
        assert time.monotonic() - done < WITHIN_SECONDS
    assert "event: next" in heard
    assert json.loads(heard[-1].removeprefix("data: "))["data"]["articleIngested"]["title"] == f"sse-{method}"


async def take_until(lines: AsyncIterator[str], start: str) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line.startswith(start):
            return


async def test_a_query_as_server_sent_events(server: Server) -> None:
    async with httpx.AsyncClient() as http:
        body = {"query": '{ country(code: "PER") { name } }'}
        answer = await http.post(server.url, json=body, headers={"Accept": "text/event-stream"})
    events = [part for part in answer.text.split("\n\n") if part and part != ":"]
    assert events == ['event: next\ndata: {"data":{"country":{"name":"Peru"}}}', "event: complete\ndata:"]


async def test_queries_mutations_and_errors_over_websocket(server: Server) -> None:
    async with connected(server) as socket:
        await subscribe(socket, "1", "query ($c: String!) { country(code: $c) { name } }", c="PER")
        assert await receive(socket) == {"id": "1", "type": "next", "payload": {"data": {"country": {"name": "Peru"}}}}
        assert await receive(socket) == {"id": "1", "type": "complete"}
        await subscribe(socket, "2", 'mutation { deleteArticle(id: "nothing") { deleted } }')
        assert (await receive(socket))["payload"] == {"data": {"deleteArticle": {"deleted": False}}}
        assert (await receive(socket))["type"] == "complete"
        await subscribe(socket, "3", "{ nothing }")
        error = await receive(socket)
        assert (error["id"], error["type"]) == ("3", "error")
        assert error["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        await send(socket, {"type": "ping"})
        assert await receive(socket) == {"type": "pong"}


async def converse(socket: ClientConnection, messages: list[str | bytes]) -> None:
    """Send messages and listen until the server hangs up."""
    for message in messages:
        await socket.send(message)
    while True:
        await receive(socket)


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([{"id": "1", "type": "subscribe", "payload": {"query": ARTICLES}}], 4401),
        ([{"type": "connection_init"}, {"type": "connection_init"}], 4429),
        ([{"type": "start"}], 4400),
        ([{"type": "connection_init"}, {"type": "subscribe", "payload": {"query": ARTICLES}}], 4400),
        ([{"type": "connection_init"}, *[{"id": "1", "type": "subscribe", "payload": {"query": ARTICLES}}] * 2], 4409),
    ],
)
async def test_broken_protocol_closes(server: Server, messages: list[Any], code: int) -> None:
    async with connected(server, init=False) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await converse(socket, [json.dumps(message) for message in messages])
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


@pytest.mark.parametrize("message", ["no json", "[]", b"bytes"])
async def test_what_is_no_message_closes(server: Server, message: str | bytes) -> None:
    async with connected(server) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await converse(socket, [message])
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4400


async def test_the_legacy_protocol_is_off(server: Server) -> None:
    url = server.url.replace("http://", "ws://")
    async with connect(url, subprotocols=[Subprotocol("graphql-ws")]) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4406


async def test_pages_of_other_sites_are_kept_out(server: Server) -> None:
    with pytest.raises(InvalidStatus):
        async with connected(server, origin="https://evil.example"):
            pass
    async with connected(server, origin=server.address):
        pass


async def test_changed_rules_are_told(filled: Path, tmp_path: Path) -> None:
    database = tmp_path / "store.db"
    database.write_bytes(filled.read_bytes())
    app = create_app(database, Reader.load(), Settings(poll_time=0.05))
    prepared = app.service.prepare(Request("subscription { rulesReloaded { rulesVersion at grammars { name } } }"))
    answers = aiter(app.feed.answers(prepared))
    waiting = asyncio.ensure_future(anext(answers))
    await asyncio.sleep(0.2)
    other = Reader.load()
    other.version = "changed"
    app.service.reload = Reload(Engine(other, app.service.engine.rulebook))
    app.feed.wake()
    async with asyncio.timeout(20):
        told = json.loads((await waiting).body)["data"]["rulesReloaded"]
    assert told["rulesVersion"] == "changed"
    assert "meeting" in {grammar["name"] for grammar in told["grammars"]}
    await answers.aclose()  # type: ignore[attr-defined]
    assert app.feed.listeners == 0
    app.service.close()
