"""A store that the real reader filled, the service over it, and a server of its own for tests over the network."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import Chancery, create_app
from api.engine import Engine, empty_store
from api.execution.service import Request, Service
from api.settings import Settings
from engine.articles import validate_article
from engine.ingest import read_articles
from engine.reader import Reader
from engine.rulebook import Rulebook
from engine.rules import RULES
from engine.store import open_store
from engine.store.reference import Reference, read_reference

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
SEED_RECORD = "000_af30fc7277ce6754"
HERE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="session")
def reference() -> Reference:
    return read_reference(RULES)


@pytest.fixture(scope="session")
def engine(reader: Reader, reference: Reference) -> Engine:
    return Engine(reader, Rulebook(reader), empty_store(reference))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, engine: Engine, reference: Reference) -> Path:
    """A store with the seed article and the annotated ones, to be read only; `database` is a copy to write to."""
    path = tmp_path_factory.mktemp("store") / "filled.db"
    with open_store(path) as store:
        store.learn(reference)
        list(store.ingest_many(read_articles([ROOT / "seeds"]), engine))
        for file in sorted(GOLD.glob("*/*.json")):
            told = json.loads(file.read_text("utf-8"))
            fields = {name: told.get(name) for name in ("id", "text", "published_on", "dateline", "agency")}
            store.ingest(validate_article(fields), engine)
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Path:
    """A store of the test's own with the same articles."""
    copy = tmp_path / "store.db"
    copy.write_bytes(filled.read_bytes())
    return copy


@pytest.fixture(scope="session")
def service(filled: Path, engine: Engine) -> Iterator[Service]:
    service = Service(open_store(filled), engine, Settings(answers=0))
    yield service
    service.close()


@pytest.fixture(scope="session")
def ask(service: Service) -> Callable[..., dict[str, Any]]:
    """The `data` of a query over the filled store; errors fail the test."""

    def asking(query: str, **variables: Any) -> dict[str, Any]:
        prepared = service.prepare(Request(query, variables=variables))
        answer = json.loads(service.run(prepared, time.monotonic() + 60).body)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    return asking


@pytest.fixture
def make_app(database: Path, reader: Reader) -> Iterator[Callable[..., Chancery]]:
    """Makes applications over the test's own store, with the settings given."""
    made: list[Chancery] = []

    def making(**settings: Any) -> Chancery:
        made.append(create_app(database, reader, Settings(**settings)))
        return made[-1]

    yield making
    for app in made:
        app.service.close()


@pytest.fixture
def client(make_app: Callable[..., Chancery]) -> Callable[..., httpx.AsyncClient]:
    """Makes clients of an application with the settings given, as a program on the same machine."""

    def making(address: str = "127.0.0.1", **settings: Any) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(make_app(**settings), client=(address, 5000))
        return httpx.AsyncClient(transport=transport, base_url=HERE)

    return making


class Server:
    """`chancery serve` as a process of its own."""

    def __init__(self, database: Path, log: Path, *options: str | Path, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"{HERE}:{port}"
        self.url = f"{self.address}/graphql"
        self.log = log
        self.database = database
        self.environment = os.environ | environment
        command = [
            Path(sys.executable).with_name("chancery"),
            "serve",
            "--port",
            str(port),
            "--database",
            str(database),
            *map(str, options),
        ]
        with log.open("w") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=output, stderr=output)

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(600):
            try:
                if httpx.get(f"{self.address}/health").is_success:
                    return
            except httpx.TransportError:
                assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise TimeoutError(self.log.read_text())

    def post(self, query: str, **variables: Any) -> dict[str, Any]:
        """The answer to a request."""
        body = {"query": query, "variables": variables}
        answer: dict[str, Any] = httpx.post(self.url, json=body, timeout=30).json()
        return answer

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def server(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a copy of the filled store."""
    folder = tmp_path_factory.mktemp("server")
    database = folder / "served.db"
    database.write_bytes(filled.read_bytes())
    server = Server(database, folder / "log.txt")
    try:
        server.wait()
        yield server
    finally:
        server.stop()
