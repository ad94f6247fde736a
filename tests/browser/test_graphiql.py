"""GraphiQL in a headless Chromium without a network, against the real server with the seed article."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.browser.chromium import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "api" / "static" / "graphiql"
WITHIN_SECONDS = 1.0
CHANCERY = Path(sys.executable).with_name("chancery")
EDITORS = "globalThis.__MONACO?.editor.getEditors() ?? []"
RESULT = f"({EDITORS}).find((each) => each.getModel()?.uri.path.endsWith('response.json'))"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's store is."""
    return tmp_path_factory.mktemp("store") / "chancery.db"


@pytest.fixture(scope="module")
def address(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, on a fresh database that holds the seed article."""
    environment = os.environ | {"CHANCERY_DATABASE": str(database)}
    subprocess.run([CHANCERY, "ingest", "seeds"], cwd=ROOT, env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "server.txt"
    with log.open("w") as output:
        command = [CHANCERY, "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            wait_until_healthy(server, f"http://127.0.0.1:{port}/health", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            assert server.poll() is None, f"the server ended early:\n{log.read_text()}"
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer:\n{log.read_text()}")


@pytest.fixture
def page(address: str, tmp_path: Path) -> Iterator[Page]:
    """GraphiQL as somebody sees it who comes for the first time; no test may leave a complaint or leave the house."""
    with Page(tmp_path / "profile") as page:
        page.open(f"{address}/graphql")
        page.wait_for("document.querySelector('.graphiql-query-editor .view-line')")
        yield page
        page.evaluate("new Promise((done) => setTimeout(done, 200))")
        assert page.complaints == []
        own = (f"{address}/", f"{address.replace('http', 'ws', 1)}/", "data:", "about:")
        outside = [url for url in page.requests if not url.startswith(own)]
        assert outside == []


def test_execute_shows_who_met(page: Page) -> None:
    assert page.evaluate("document.title") == "Chancery"

    page.click(".graphiql-execute-button")
    line = page.wait_for(f"({RESULT})?.getModel().findMatches('Lim Sung-nam')[0]?.range.startLineNumber")
    page.evaluate(f"({RESULT}).revealLineInCenter({line})")

    shown = "document.querySelector('.graphiql-response .view-lines').innerText.replaceAll('\\u00a0', ' ')"
    page.wait_for(f"{shown}.includes('Lim Sung-nam')")
    assert '"errors"' not in page.evaluate(f"({RESULT}).getModel().getValue()")


def test_first_query_is_valid_in_the_schema(page: Page) -> None:
    query = f"({EDITORS}).find((each) => each.getModel()?.uri.path.endsWith('.graphql')).getModel()"
    marks = "globalThis.__MONACO.editor.getModelMarkers({}).map((mark) => mark.message)"
    page.evaluate(f"globalThis.first = {query}.getValue()")
    # The editor marks what the schema lacks; so no mark means that it looked and found nothing.
    page.evaluate(f"{query}.setValue('{{ nowhere }}')")
    page.wait_for(f"{marks}.join().includes('nowhere')")

    page.evaluate(f"{query}.setValue(globalThis.first)")
    page.wait_for(f"{marks}.length === 0")


def test_a_link_opens_its_query_and_what_is_edited_goes_into_the_address(page: Page, address: str) -> None:
    query = f"({EDITORS}).find((each) => each.getModel()?.uri.path.endsWith('.graphql')).getModel()"
    asked = urlencode({"query": "query ($n: Int) { countries(first: $n) { totalCount } }", "variables": '{"n": 1}'})
    page.open(f"{address}/graphql?{asked}")
    page.wait_for("document.querySelector('.graphiql-query-editor .view-line')")
    page.wait_for(f"({query}).getValue().includes('countries')")

    page.click(".graphiql-execute-button")
    page.wait_for(f"({RESULT})?.getModel().getValue().includes('totalCount')")
    assert '"errors"' not in page.evaluate(f"({RESULT}).getModel().getValue()")

    page.evaluate(f"{query}.setValue('{{ rules {{ rulesVersion }} }}')")
    page.wait_for("new URLSearchParams(location.search).get('query') === '{ rules { rulesVersion } }'")
    assert page.evaluate("new URLSearchParams(location.search).get('variables')") == '{"n": 1}'


def test_explorer_and_docs_open(page: Page) -> None:
    page.click('button[aria-label="Show GraphiQL Explorer"]')
    page.wait_for("document.querySelector('.docExplorerWrap')?.innerText.includes('meetings')")

    page.click('button[aria-label="Show Documentation Explorer"]')
    page.wait_for("document.querySelector('.graphiql-doc-explorer-content')?.innerText.includes('Query')")


def test_a_tab_hears_what_another_process_reads(page: Page, address: str, database: Path, tmp_path: Path) -> None:
    query = f"({EDITORS}).find((each) => each.getModel()?.uri.path.endsWith('.graphql')).getModel()"
    asked = 'subscription { eventReported(filter: {parties: ["KOR"]}) { id type } }'
    page.evaluate(f"{query}.setValue({json.dumps(asked)})")
    # GraphiQL looks for the operation's name a moment after the last change.
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    page.click(".graphiql-execute-button")
    page.wait_for("document.querySelector('.graphiql-execute-button').getAttribute('aria-label').includes('Stop')")
    wait_for_listener(address)
    for name, text in (
        ("other", "The foreign ministers of Peru and Kenya met in Lima on Monday."),
        ("heard", "The foreign ministers of South Korea and Kenya met in Seoul on Monday."),
    ):
        file = tmp_path / f"{name}.txt"
        file.write_text(text)
        command = [CHANCERY, "ingest", str(file), "--database", str(database)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    stored = time.monotonic()
    page.wait_for(f"({RESULT})?.getModel().getValue().includes('MEETING')")
    assert time.monotonic() - stored < WITHIN_SECONDS
    assert page.evaluate(f"({RESULT}).getModel().getValue().match(/eventReported/g).length") == 1
    page.click(".graphiql-execute-button")


def wait_for_listener(address: str) -> None:
    """Until the subscription is there: the server says how many are."""
    deadline = time.monotonic() + 20
    while json.load(urlopen(f"{address}/health"))["subscriptions"] < 1:
        assert time.monotonic() < deadline, "nobody subscribed"
        time.sleep(0.05)


def test_colours_follow_the_system(page: Page) -> None:
    brightness = (
        "getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor"
        ".match(/[\\d.]+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0)"
    )
    editor = "document.querySelector('.graphiql-query-editor .monaco-editor').classList.contains('vs-dark')"
    for scheme, dark in (("dark", "true"), ("light", "false")):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        page.wait_for(f"({brightness} < 382) === {dark}")
        page.wait_for(f"{editor} === {dark}")


def test_page_carries_the_strict_policy(address: str) -> None:
    policy = (STATIC / "csp.txt").read_text().strip()
    assert "unsafe-eval" not in policy
    request = Request(f"{address}/graphql", headers={"Accept": "text/html"})
    with urlopen(request) as answer:
        assert answer.headers["Content-Security-Policy"] == policy
        assert "<script>" not in answer.read().decode()
