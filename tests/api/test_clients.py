"""Real clients against a real server, and the checks that other people's tools make of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from api.errors import ErrorCode
from tests.api.conftest import ROOT, Server
from tests.api.tools import CHECKS, CLIENTS, TESTS, client_python, node_packages, npx, run

SCHEMA = ROOT / "schema.graphql"
GENERATED = CLIENTS / "generated"
AUDITS = 61
FUZZ_EXAMPLES = 15


def test_every_audit_of_graphql_over_http_passes(server: Server) -> None:
    folder = CHECKS / "graphql-http-audit"
    node_packages(folder)
    assert f"{AUDITS} passed, 0 failed" in run(folder, "node", "audit.mjs", server.url)


def test_the_schema_is_free_of_lint() -> None:
    folder = CHECKS / "schema-lint"
    node_packages(folder)
    # ESLint looks at files below its configuration only.
    copy = folder / "schema.graphql"
    shutil.copy(SCHEMA, copy)
    try:
        assert npx(folder, "eslint", copy.name, SCHEMA=copy.name) == ""
    finally:
        copy.unlink()


def test_nothing_breaks_since_the_last_release() -> None:
    """A breaking change must be named in the part of the changelog that is not released yet."""
    node_packages(CLIENTS)
    released = TESTS / "released.graphql"
    tool = CLIENTS / "node_modules" / ".bin" / "graphql-inspector"
    done = subprocess.run([tool, "diff", released, SCHEMA], cwd=CLIENTS, text=True, capture_output=True, check=False)
    broken = re.findall(r"✖\s+(.+)", done.stdout)
    assert broken or done.returncode == 0, done.stdout + done.stderr
    announced = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert [change for change in broken if not set(re.findall(r"\w+\.\w+|[A-Z]\w+", change)) & words(announced)] == []


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+\.\w+|[A-Z]\w+", text))


def test_code_generators_read_schema_and_documents() -> None:
    node_packages(CLIENTS)
    (GENERATED / "relay").mkdir(parents=True, exist_ok=True)
    shutil.copy(SCHEMA, GENERATED / "schema.graphql")
    npx(CLIENTS, "graphql-codegen", "--config", "codegen.mjs")
    assert "warn" not in npx(CLIENTS, "relay-compiler", "relay.config.json").lower()
    assert {file.name for file in (GENERATED / "relay").iterdir()} >= {
        "MeetingsListQuery.graphql.ts",
        "MeetingsListSubscription.graphql.ts",
    }
    npx(CLIENTS, "tsc", "--project", ".")


def test_apollo_urql_and_subscription_clients_are_served(server: Server) -> None:
    node_packages(CLIENTS)
    assert run(CLIENTS, "node", "clients.mjs", server.url) == "all clients are served\n"


def test_the_gql_client_is_served(server: Server) -> None:
    run(CLIENTS, client_python(), CLIENTS / "gql_client.py", server.url)


def test_made_up_requests_are_answered(server: Server) -> None:
    codes = ",".join(code.name for code in ErrorCode)
    said = run(CLIENTS, client_python(), CLIENTS / "fuzz.py", server.url, str(FUZZ_EXAMPLES), codes)
    assert "requests answered" in said


def test_locks_name_no_registry() -> None:
    locks = [*TESTS.glob("*/package-lock.json"), *TESTS.glob("*/*/package-lock.json")]
    assert len(locks) == 3
    for lock in locks:
        assert '"resolved"' not in lock.read_text("utf-8"), lock
    assert "://" not in Path(CLIENTS / "requirements.txt").read_text("utf-8")
