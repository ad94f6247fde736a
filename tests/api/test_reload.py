"""Rules that change on the disk: good ones come into force whole and in every process, bad ones are told and do not."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import Chancery, create_app
from api.execution.service import Request
from api.reload import take_up
from api.settings import Settings
from engine.rules import RULES
from engine.sources import Sources
from tests.api.conftest import Server

SENTENCE = "Lim Sung-nam palavered with Kim Kye-gwan in Geneva."
EXAMPLE = f"\n=== palavered\n{SENTENCE}\n---\nMEETING status=OCCURRED place=Geneva\n"
STATE = (
    "{ rules { rulesVersion errors { file line what allowed todo } } "
    'grammar(name: "meeting") { source } '
    f'explain(text: "{SENTENCE}") {{ readings {{ rule {{ name }} }} }} }}'
)
TOLD = "subscription { rulesReloaded { rulesVersion errors { file line what } } }"
PATIENCE = 120.0


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Rules to change."""
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


@pytest.fixture
def app(database: Path, rules: Path) -> Iterator[Chancery]:
    app = create_app(database, settings=Settings(), rules=rules)
    yield app
    app.service.close()


def with_wording(rules: Path, alias: str) -> None:
    """Let the rules read the sentence by a wording of that name."""
    path = rules / "meeting.lark"
    lines = [line for line in path.read_text("utf-8").splitlines() if '"palavered"' not in line]
    at = next(number for number, line in enumerate(lines) if line.startswith("       | "))
    lines.insert(at, f'       | _sides _adj "palavered" "with" _sides _tail -> {alias}')
    path.write_text("\n".join(lines) + "\n", "utf-8")


def spoil(rules: Path) -> int:
    """Make a mistake in a grammar; gives its line."""
    path = rules / "meeting.lark"
    text = path.read_text("utf-8")
    path.write_text(text + "_more: nowhere\n", "utf-8")
    return text.count("\n") + 1


def state(app: Chancery) -> dict[str, Any]:
    answer = app.service.run(app.service.prepare(Request(STATE)), time.monotonic() + PATIENCE)
    data: dict[str, Any] = json.loads(answer.body)["data"]
    return data


def wordings(data: dict[str, Any]) -> set[str]:
    return {reading["rule"]["name"] for reading in data["explain"]["readings"]}


def test_a_good_edit_comes_into_force(app: Chancery, rules: Path) -> None:
    before = state(app)
    assert not wordings(before)
    with_wording(rules, "palavered")
    asyncio.run(take_up(app.service, Sources.read(rules)))
    after = state(app)
    assert wordings(after) == {"meeting.palavered"}
    assert '"palavered"' in after["grammar"]["source"]
    assert after["rules"]["errors"] == []
    assert after["rules"]["rulesVersion"] != before["rules"]["rulesVersion"]


def test_a_bad_edit_is_told_and_the_last_good_rules_stay(app: Chancery, rules: Path) -> None:
    with_wording(rules, "palavered")
    asyncio.run(take_up(app.service, Sources.read(rules)))
    good = state(app)
    text = (rules / "meeting.lark").read_text("utf-8")
    line = spoil(rules)
    asyncio.run(take_up(app.service, Sources.read(rules)))
    bad = state(app)
    assert wordings(bad) == {"meeting.palavered"}
    assert bad["rules"]["rulesVersion"] == good["rules"]["rulesVersion"]
    assert bad["grammar"] == good["grammar"]
    assert [(error["file"], error["line"]) for error in bad["rules"]["errors"]] == [("rules/meeting.lark", line)]
    (rules / "meeting.lark").write_text(text, "utf-8")
    asyncio.run(take_up(app.service, Sources.read(rules)))
    assert state(app) == good


def test_a_bad_example_is_told_too(app: Chancery, rules: Path) -> None:
    path = rules / "meeting.corpus"
    path.write_text(path.read_text("utf-8") + "\n=== no facts\nA text.\n---\nMEETNIG\n", "utf-8")
    asyncio.run(take_up(app.service, Sources.read(rules)))
    (error,) = state(app)["rules"]["errors"]
    assert (error["file"], error["what"]) == ("rules/meeting.corpus", "MEETNIG is no fact")


def test_an_example_alone_changes_what_is_shown(app: Chancery, rules: Path) -> None:
    query = '{ rule(name: "meeting.palavered") { examples { text passes } } }'
    with_wording(rules, "palavered")
    asyncio.run(take_up(app.service, Sources.read(rules)))

    async def examples() -> Any:
        # Over HTTP, where answers are kept.
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
            return (await http.post("/graphql", json={"query": query})).json()["data"]["rule"]["examples"]

    assert asyncio.run(examples()) == []
    path = rules / "meeting.corpus"
    path.write_text(path.read_text("utf-8") + EXAMPLE, "utf-8")
    asyncio.run(take_up(app.service, Sources.read(rules)))
    assert asyncio.run(examples()) == [{"text": SENTENCE, "passes": True}]


def test_a_new_country_can_be_named_at_once(app: Chancery, rules: Path) -> None:
    path = rules / "lexicon" / "country.csv"
    text = path.read_text("utf-8")
    country = {"country": "XKX", "COUNTRY": "Ruritania", "DEMONYM": "Ruritanian", "CAPITAL": "Strelsau"}
    row = ",".join(country.get(column, "") for column in text.partition("\n")[0].split(","))
    path.write_text(f"{text}{row}\n", "utf-8")
    asyncio.run(take_up(app.service, Sources.read(rules)))
    text = "The foreign ministers of Ruritania and Kenya met in Strelsau on Monday."
    article = f'{{ text: "{text}", publishedOn: "2016-10-21" }}'
    for query in (
        f"{{ extract(input: {article}) {{ events {{ parties {{ ... on Country {{ name }} }} }} }} }}",
        f"mutation {{ ingestArticles(input: [{article}]) {{ results {{ eventCount }} }} }}",
    ):
        answer = json.loads(app.service.run(app.service.prepare(Request(query)), float("inf")).body)
        assert "errors" not in answer
        assert "Ruritania" in str(answer) or "{'eventCount': 1}" in str(answer)


def test_no_request_sees_half_a_reload(app: Chancery, rules: Path) -> None:
    """Requests on several threads while the rules change again and again: an answer is of one version."""
    seen: dict[str, set[tuple[str, ...]]] = {}
    mixed: list[Any] = []
    over = threading.Event()

    def ask() -> None:
        prepared = app.service.prepare(Request(STATE))
        while not over.is_set():
            data = json.loads(app.service.run(prepared, time.monotonic() + PATIENCE).body)["data"]
            read = sorted(name.partition(".")[2] for name in wordings(data))
            named = [f"version{n}" for n in range(3) if f"-> version{n}\n" in data["grammar"]["source"]]
            seen.setdefault(data["rules"]["rulesVersion"], set()).add(tuple(read))
            if read != named:
                mixed.append((read, named))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(3):
        with_wording(rules, f"version{number}")
        asyncio.run(take_up(app.service, Sources.read(rules)))
    over.set()
    for thread in threads:
        thread.join()
    assert mixed == []
    assert len(seen) > 1
    assert all(len(read) == 1 for read in seen.values())


class Listener:
    """Hears over server-sent events what a server tells of its rules."""

    def __init__(self, server: Server) -> None:
        self.heard: list[dict[str, Any]] = []
        self.ready = threading.Event()
        self.server = server
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()
        assert self.ready.wait(PATIENCE)

    def _listen(self) -> None:
        headers = {"Accept": "text/event-stream"}
        with (
            contextlib.suppress(httpx.TransportError),
            httpx.stream("POST", self.server.url, json={"query": TOLD}, headers=headers, timeout=None) as response,
        ):
            for line in response.iter_lines():
                self.ready.set()
                if line.startswith("data: {"):
                    self.heard.append(json.loads(line.removeprefix("data: "))["data"]["rulesReloaded"])


def until(true: Callable[[], Any], server: Server) -> Any:
    """What is true at last."""
    end = time.monotonic() + PATIENCE
    while not (value := true()):
        assert time.monotonic() < end, server.log.read_text()
        time.sleep(0.02)
    return value


CONNECTIONS = 40
"""So many new connections reach every one of two workers."""


def told_everywhere(server: Server, name: str, given: Callable[[Any], bool]) -> bool:
    """Whether every worker's health says so."""
    return all(given(httpx.get(f"{server.address}/health").json()[name]) for _ in range(CONNECTIONS))


def test_every_worker_takes_up_a_save(database: Path, rules: Path, tmp_path: Path) -> None:
    server = Server(database, tmp_path / "log.txt", "--watch", "--workers", "2", "--rules", rules)
    try:
        server.wait()
        before = httpx.get(f"{server.address}/health").json()["rulesVersion"]
        listeners = [Listener(server) for _ in range(6)]
        with_wording(rules, "palavered")
        until(lambda: told_everywhere(server, "rulesVersion", lambda version: version != before), server)
        until(lambda: all(listener.heard for listener in listeners), server)
        line = spoil(rules)
        until(lambda: all(len(listener.heard) > 1 for listener in listeners), server)
        until(lambda: told_everywhere(server, "rulesErrors", bool), server)
        for listener in listeners:
            good, bad = listener.heard
            assert good["errors"] == []
            assert bad["rulesVersion"] == good["rulesVersion"]
            assert bad["errors"][0]["file"] == "rules/meeting.lark"
            assert wordings(server.post(STATE)["data"]) == {"meeting.palavered"}
        until(lambda: f"rules/meeting.lark:{line}: " in server.log.read_text(), server)
    finally:
        server.stop()
