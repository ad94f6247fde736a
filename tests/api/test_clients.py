"""Real clients against a real server, and the checks that other people's tools make of it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from api.errors import ErrorCode
from engine.export import COLUMNS, events, write_parquet
from engine.store import open_store
from tests.api.conftest import ROOT, Server
from tests.api.tools import CHECKS, CLIENTS, TESTS, client_python, missing_node, node_packages, npx, run

pytestmark = pytest.mark.clients

SCHEMA = ROOT / "schema.graphql"
GENERATED = CLIENTS / "generated"
AUDITS = 61
FUZZ_EXAMPLES = 15


@pytest.fixture(scope="module", autouse=True)
def node() -> None:
    """Says at once what the machine lacks."""
    missing = missing_node()
    if missing:
        pytest.fail(missing, pytrace=False)


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


def inspected(schema: Path, changelog: Path) -> tuple[int, str]:
    """How graphql-inspector ends, and what it says, of a schema against that of the last release."""
    node_packages(CLIENTS)
    tool = CLIENTS / "node_modules" / ".bin" / "graphql-inspector"
    done = subprocess.run(
        [tool, "diff", TESTS / "released.graphql", schema, "--rule", CLIENTS / "announced.cjs"],
        cwd=CLIENTS,
        env=os.environ | {"CHANGELOG": str(changelog)},
        text=True,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_nothing_breaks_since_the_last_release() -> None:
    """A breaking change must be named in the newest part of the changelog."""
    code, said = inspected(SCHEMA, ROOT / "CHANGELOG.md")
    assert code == 0, said


def test_a_breaking_change_passes_only_where_the_changelog_names_it(tmp_path: Path) -> None:
    broken = tmp_path / "schema.graphql"
    text = (TESTS / "released.graphql").read_text("utf-8")
    broken.write_text(re.sub(r"  capital: String\n", "  capital: Int\n", text), "utf-8")
    silent, telling = tmp_path / "silent.md", tmp_path / "telling.md"
    silent.write_text("# Changelog\n\n## [2.0.0]\n\n- Country\n\n## [1.0.0]\n\n- `Country.capital`\n", "utf-8")
    telling.write_text("# Changelog\n\n## [2.0.0]\n\n- `Country.capital` is a number.\n", "utf-8")
    code, said = inspected(broken, silent)
    assert code == 1
    assert "Country.capital" in said
    code, said = inspected(broken, telling)
    assert code == 0, said


def test_code_generators_read_schema_and_documents() -> None:
    node_packages(CLIENTS)
    (GENERATED / "relay").mkdir(parents=True, exist_ok=True)
    shutil.copy(SCHEMA, GENERATED / "schema.graphql")
    assert "warn" not in npx(CLIENTS, "graphql-codegen", "--config", "codegen.mjs").lower()
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


def test_a_notebook_reads_parquet(filled: Path) -> None:
    """Types and lists are kept; the other formats are tested with the store."""
    from pyarrow import parquet

    out = io.BytesIO()
    with open_store(filled, read_only=True) as store:
        count = write_parquet(store, out)
        told = list(events(store))
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    assert tuple(table.column_names) == COLUMNS
    assert count == len(told) > 100
    assert table.to_pylist() == told


def test_locks_name_no_registry() -> None:
    locks = [lock for lock in ROOT.glob("tests/**/package-lock.json") if "node_modules" not in lock.parts]
    assert len(locks) == 4
    for lock in locks:
        assert '"resolved"' not in lock.read_text("utf-8"), lock
    assert "://" not in Path(CLIENTS / "requirements.txt").read_text("utf-8")
