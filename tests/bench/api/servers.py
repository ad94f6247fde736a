"""The servers that the benchmark compares: each starts, answers the same four questions, and stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.api.tools import missing_node, node_packages, run

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PATIENCE = 120
CONNECTIONS = 16
QUESTIONS = {
    "a": "one node",
    "b": "50 meetings, participants, countries",
    "c": "500 of these",
    "d": "the article page",
}

CHANCERY = {
    "a": '{ node(id: "RXZlbnQ6Nzc") { ... on Meeting { id status when { start } place { name } } } }',
    "b": "{ meetings(first: 50) { nodes { id participants { name country { name } } } } }",
    "c": "{ meetings(first: 500) { nodes { id participants { name country { name } } } } }",
    "d": '{ article(id: "bench-77") { title publishedOn text sentences { index start end } events { id ... on Meeting '
    "{ participants { name } evidence { start end rule { name } } } } } }",
}
_MEETINGS = (
    "{ allMeetingsList(first: %d, orderBy: [STARTS_ON_DESC, ROW_ID_DESC]) { id participantsByMeetingIdList "
    "{ personByPersonId { name countryByCountryCode { name } } } } }"
)
POSTGRAPHILE = {
    "a": '{ node(id: "WyJNZWV0aW5nIiw3N10=") { ... on Meeting { id status startsOn place } } }',
    "b": _MEETINGS % 50,
    "c": _MEETINGS % 500,
    "d": '{ articleByRowId(rowId: "bench-77") { title publishedOn text sentencesByArticleNumberList { position start '
    "end } reportsByArticleNumberList { meetingByMeetingId { id participantsByMeetingIdList { personByPersonId { name "
    "} } evidencesByMeetingIdList { start end rule } } } } }",
}
_EVENTS = (
    '{ event(first: %d, sort_desc: starts_on, filter: {type: {eq: "MEETING"}}) { nodes { id event_actor_list(filter: '
    '{role: {eq: "PARTICIPANT"}}) { nodes { person_id { name country_id { name } } } } } } }'
)
DATASETTE = {
    "a": "{ event_row(id: 77) { id status starts_on place } }",
    "b": _EVENTS % 50,
    # (c) takes it minutes, which it goes on spending when nobody waits any more.
    "d": '{ article(filter: {id: {eq: "bench-77"}}) { nodes { title published_on text sentence_list { nodes { position '
    'start end } } report_list { nodes { event_id { id event_actor_list(filter: {role: {eq: "PARTICIPANT"}}) { nodes '
    "{ person_id { name } } } evidence_list { nodes { start end rule } } } } } } } }",
}


class Server:
    """A process that answers the questions at a URL."""

    def __init__(self, name: str, questions: dict[str, str], port: int, path: str = "/graphql") -> None:
        self.name = name
        self.questions = questions
        self.port = port
        self.url = f"http://127.0.0.1:{port}{path}"
        self.connections = CONNECTIONS
        self.process: subprocess.Popen[bytes] | None = None
        # Other processes that work for it.
        self.others: tuple[int, ...] = ()

    def processes(self) -> list[int]:
        """The ids of its first processes."""
        return [*self.others, *([self.process.pid] if self.process else [])]

    def start(self, log: Path, *command: str | Path, **environment: str) -> Server:
        """Start the process and wait until it answers."""
        with log.open("w") as output:
            self.process = subprocess.Popen(
                list(map(str, command)),
                cwd=ROOT,
                env=os.environ | environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        for _ in range(PATIENCE * 10):
            if self.process.poll() is not None:
                break
            try:
                self.ask("a")
            except (URLError, OSError):
                time.sleep(0.1)
            else:
                return self
        self.stop()
        raise SystemExit(f"{self.name} does not answer:\n{log.read_text()}")

    def ask(self, question: str) -> Any:
        """The data of its answer to a question; errors end the benchmark."""
        body = json.dumps({"query": self.questions[question]}).encode()
        try:
            with urlopen(Request(self.url, body, {"Content-Type": "application/json"}), timeout=PATIENCE) as response:
                answer = json.load(response)
        except HTTPError as error:
            raise SystemExit(f"{self.name} refuses ({question}): {error.read().decode()}") from error
        if answer.get("errors"):
            raise SystemExit(f"{self.name} answers ({question}) with {answer['errors']}")
        return answer["data"]

    def stop(self) -> None:
        """End the process."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def chancery(folder: Path, store: Path, workers: int, *, answers: bool = False) -> Server:
    """`chancery serve`; without `answers` nothing is kept from one request to the next but parsed documents."""
    name = f"chancery, {workers} process{'es' * (workers > 1)}{', answer cache' * answers}"
    server = Server(name, CHANCERY, free_port())
    program = Path(sys.executable).with_name("chancery")
    command = (program, "serve", "--port", str(server.port), "--workers", str(workers), "--database", store)
    environment = {} if answers else {"CHANCERY_ANSWERS": "0"}
    return server.start(folder / f"chancery-{server.port}.log", *command, **environment)


def postgraphile(folder: Path, url: str, database: int) -> Server:
    """PostGraphile 5, on the Node 22 of its package; `database` is the process of its database."""
    if missing := missing_node():
        raise SystemExit(missing)
    place = HERE / "postgraphile"
    node_packages(place)
    node = place / "node_modules" / ".bin" / "node"
    if not node.exists():
        # The one package whose own script is needed: it fetches the program.
        run(place, "npm", "rebuild", "node")
    version = json.loads((place / "node_modules" / "postgraphile" / "package.json").read_text())["version"]
    server = Server(f"PostGraphile {version}", POSTGRAPHILE, free_port())
    server.others = (database,)
    return server.start(
        folder / "postgraphile.log",
        *(node, place / "serve.mjs", url, str(server.port)),
        NODE_ENV="production",
        GRAPHILE_ENV="production",
    )


def datasette(folder: Path, store: Path, program: Path) -> Server:
    """datasette-graphql on the store itself, with its limits out of the way."""
    limits = {"plugins": {"datasette-graphql": {"time_limit_ms": 60_000, "num_queries_limit": 10_000}}}
    metadata = folder / "datasette.json"
    metadata.write_text(json.dumps(limits))
    said = subprocess.run([program, "plugins"], text=True, capture_output=True, check=True).stdout
    versions = {plugin["name"]: plugin["version"] for plugin in json.loads(said)}
    server = Server(
        f"datasette-graphql {versions['datasette-graphql']}", DATASETTE, free_port(), f"/graphql/{store.stem}"
    )
    # Two keep it busy; sixteen would each wait for seconds and be cut off.
    server.connections = 2
    settings = ("--setting", "sql_time_limit_ms", "60000", "--setting", "max_returned_rows", "100000")
    command = (program, "serve", store, "--port", str(server.port), "--metadata", metadata, *settings)
    return server.start(folder / "datasette.log", *command)
