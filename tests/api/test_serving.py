"""The server as a process: requests answered before they are parsed, and several processes at one port."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from api.app import Chancery
from api.protocol import AnsweringProtocol, over
from tests.api.conftest import Server

COUNT = "{ articles(first: 1) { totalCount } }"
KNOWN = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
ANSWER = b"content-length: 5\r\n\r\nknown"


class Transport(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


@pytest.fixture
def connect(make_app: Callable[..., Chancery]) -> Callable[[], tuple[AnsweringProtocol, Transport]]:
    """Makes connections to an application that knows the answer to one request."""
    app = make_app(body_time=0.3)
    app.service.wire.put(KNOWN, ANSWER, app.service.version())

    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(60)

    def connecting() -> tuple[AnsweringProtocol, Transport]:
        state = ServerState()
        state.default_headers = [(b"date", b"today")]
        protocol = over(app.service)(Config(nothing, http=AnsweringProtocol), state, {}, asyncio.get_running_loop())
        transport = Transport()
        protocol.connection_made(transport)
        return protocol, transport

    return connecting


Connect = Callable[[], tuple[AnsweringProtocol, Transport]]


def test_a_known_request_is_answered_at_once(connect: Connect) -> None:
    async def once() -> None:
        protocol, transport = connect()
        for _ in range(2):
            protocol.data_received(KNOWN)
        assert transport.written == (b"HTTP/1.1 200 OK\r\ndate: today\r\n" + ANSWER) * 2
        protocol.connection_lost(None)

    asyncio.run(once())


@pytest.mark.parametrize(
    "before",
    [
        b"PO",
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nX-Long: ",
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (len(KNOWN) + 9),
        b"GET /graphql HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_only_looks_like_a_request_is_not_taken_for_one(connect: Connect, before: bytes) -> None:
    """Inside another request, or while one waits for its answer, the same bytes are something else."""

    async def once() -> None:
        protocol, transport = connect()
        protocol.data_received(before)
        protocol.data_received(KNOWN)
        await asyncio.sleep(0)
        assert b"known" not in transport.written
        protocol.connection_lost(None)

    asyncio.run(once())


def test_a_head_that_does_not_come_is_given_up(connect: Connect) -> None:
    async def once() -> None:
        protocol, transport = connect()
        protocol.data_received(KNOWN)
        transport.written = b""
        for byte in KNOWN[:20]:
            protocol.data_received(bytes([byte]))
            await asyncio.sleep(0.02)
        assert transport.written.startswith(b"HTTP/1.1 408 ")
        assert transport.closed
        protocol.connection_lost(None)

    asyncio.run(once())


def test_an_idle_connection_is_closed_and_a_busy_one_is_not(connect: Connect) -> None:
    async def once() -> None:
        protocol, transport = connect()
        protocol.timeout_keep_alive = 0.2
        protocol.timeout_keep_alive_handler()
        assert transport.closed
        busy, transport = connect()
        busy.timeout_keep_alive = 0.2
        for _ in range(10):
            busy.data_received(KNOWN)
            await asyncio.sleep(0.05)
            busy.timeout_keep_alive_handler()
        assert not transport.closed
        await asyncio.sleep(0.4)
        assert transport.closed

    asyncio.run(once())


def test_a_change_of_the_store_is_seen_at_once(connect: Connect) -> None:
    async def once() -> None:
        protocol, transport = connect()
        protocol.data_received(KNOWN)
        await asyncio.sleep(0)
        protocol.service.store.connection.execute("UPDATE store_state SET version = version + 1")
        transport.written = b""
        protocol.data_received(KNOWN)
        assert transport.written == b""
        protocol.connection_lost(None)
        await asyncio.sleep(0)

    asyncio.run(once())


def test_a_head_in_two_parts_is_read(connect: Connect) -> None:
    async def once() -> None:
        protocol, transport = connect()
        protocol.data_received(KNOWN[:20])
        protocol.data_received(KNOWN[20:])
        await asyncio.sleep(0.5)
        assert protocol.answering
        assert not transport.closed
        protocol.connection_lost(None)

    asyncio.run(once())


def request_bytes(query: str, *headers: str) -> bytes:
    body = json.dumps({"query": query})
    lines = ["POST /graphql HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()


def read_answer(responses: BinaryIO) -> tuple[str, Any]:
    """Head and body of one response."""
    lines = list(iter(responses.readline, b"\r\n"))
    length = next(int(line[16:]) for line in lines if line.lower().startswith(b"content-length: "))
    return b"".join(lines).decode(), json.loads(responses.read(length))


def test_repeated_requests_see_what_others_store(server: Server) -> None:
    port = httpx.URL(server.url).port or 80
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as responses:

        def ask(request: bytes) -> tuple[str, Any]:
            connection.sendall(request)
            return read_answer(responses)

        asked = [ask(request_bytes(COUNT)) for _ in range(4)]
        assert len({json.dumps(answer) for _, answer in asked}) == 1
        strip = [sorted(line for line in head.split("\r\n") if not line.startswith("date:")) for head, _ in asked]
        assert all(lines == strip[0] for lines in strip)
        assert all("\r\ndate: " in head for head, _ in asked)
        connection.sendall(request_bytes(COUNT) * 2)
        assert read_answer(responses)[1] == asked[0][1]
        assert read_answer(responses)[1] == asked[0][1]
        server.post('mutation { ingestArticles(input: [{text: "Mali and Chad held talks."}]) { __typename } }')
        counts = [answer["data"]["articles"]["totalCount"] for _, answer in (asked[0], ask(request_bytes(COUNT)))]
        assert counts[1] == counts[0] + 1
        ask(request_bytes(COUNT, "Connection: close"))
        assert responses.read(1) == b""


@pytest.fixture(scope="module")
def crew(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two processes over a copy of the filled store, that let another site read."""
    folder = tmp_path_factory.mktemp("crew")
    database = folder / "served.db"
    database.write_bytes(filled.read_bytes())
    server = Server(database, folder / "log.txt", "--workers", "2", CHANCERY_ORIGINS="https://desk.example")
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def workers_of(server: Server) -> set[int]:
    """The processes that a server started."""
    found = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    return set(map(int, found.split()))


def test_all_processes_answer_alike(crew: Server) -> None:
    answers = set()
    for _ in range(12):
        with httpx.Client() as client:
            answers.add(client.post(crew.url, json={"query": COUNT}).text)
    assert len(answers) == 1
    assert len(workers_of(crew)) == 2


def test_origins_are_told_every_time(crew: Server) -> None:
    with httpx.Client(headers={"Origin": "https://desk.example"}) as client:
        for _ in range(4):
            answer = client.post(crew.url, json={"query": COUNT})
            assert answer.headers["access-control-allow-origin"] == "https://desk.example"


def test_a_worker_that_dies_is_replaced(crew: Server) -> None:
    time.sleep(5.5)
    first = workers_of(crew)
    os.kill(min(first), signal.SIGKILL)
    for _ in range(100):
        now = workers_of(crew)
        if len(now) == 2 and now != first:
            break
        time.sleep(0.1)
    assert len(now - first) == 1
    for _ in range(8):
        assert "errors" not in crew.post(COUNT)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent(database: Path, tmp_path: Path, number: signal.Signals) -> None:
    server = Server(database, tmp_path / "log.txt", "--workers", "2")
    server.wait()
    workers = workers_of(server)
    assert len(workers) == 2
    server.process.send_signal(number)
    server.process.wait(20)
    for _ in range(100):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail(f"{workers} still run")
