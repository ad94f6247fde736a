"""A PostgreSQL of its own, for as long as the benchmark runs, with the rows of a store."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TABLES = {
    "country": ("code text PRIMARY KEY, name text NOT NULL, capital text", "code, name, capital FROM country"),
    "person": (
        "id int PRIMARY KEY, name text NOT NULL, family_name text NOT NULL, country_code text REFERENCES country",
        "id, name, family_name, country_id FROM person",
    ),
    "article": (
        "number int PRIMARY KEY, id text UNIQUE NOT NULL, text text NOT NULL, published_on date, agency text, "
        "title text",
        "number, id, text, published_on, agency, title FROM article",
    ),
    "sentence": (
        'article_number int REFERENCES article, position int, start int, "end" int, '
        "PRIMARY KEY (article_number, position)",
        'article_id, position, start, "end" FROM sentence',
    ),
    "mention": (
        'article_number int REFERENCES article, position int, kind text, start int, "end" int, text text, '
        "person_id int REFERENCES person, PRIMARY KEY (article_number, position)",
        'article_id, position, kind, start, "end", text, person_id FROM mention',
    ),
    "meeting": (
        "id int PRIMARY KEY, status text NOT NULL, starts_on date, ends_on date, place text",
        "id, status, starts_on, ends_on, place FROM event WHERE type = 'MEETING'",
    ),
    "participant": (
        "meeting_id int REFERENCES meeting, position int, person_id int REFERENCES person, "
        "PRIMARY KEY (meeting_id, position)",
        "event_id, position, person_id FROM event_actor WHERE role = 'PARTICIPANT'",
    ),
    "report": (
        "article_number int REFERENCES article, position int, meeting_id int REFERENCES meeting, "
        "PRIMARY KEY (article_number, position)",
        "article_id, position, event_id FROM report",
    ),
    "evidence": (
        "id int PRIMARY KEY, article_number int REFERENCES article, meeting_id int REFERENCES meeting, sentence int, "
        'start int, "end" int, rule text',
        'id, article_id, event_id, sentence, start, "end", rule FROM evidence',
    ),
}
"""Each table's columns, and where its rows come from."""
INDEXES = (
    "person (country_code)",
    "mention (person_id)",
    "meeting (starts_on, id)",
    "participant (person_id)",
    "report (meeting_id)",
    "evidence (article_number)",
    "evidence (meeting_id)",
)


def programs() -> Path:
    """The folder of initdb, pg_ctl and psql: Debian's newest version, else one on the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in [*debian, *map(Path, os.get_exec_path())]:
        if all((folder / program).exists() for program in ("initdb", "pg_ctl", "psql")):
            return folder
    raise SystemExit("the benchmark needs PostgreSQL; on Debian: apt-get install postgresql")


@contextmanager
def postgres(folder: Path, port: int, store: Path) -> Iterator[tuple[str, int]]:
    """A running database with the rows of a store: its connection URL, and the id of its first process."""
    data = folder / "postgres"
    data.mkdir(mode=0o700)
    as_user: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(data, "postgres")
        folder.chmod(0o755)

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs() / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    run("initdb", "-A", "trust", "-U", "bench", "-E", "UTF8")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c shared_buffers=256MB"
    run("pg_ctl", "-w", "-o", options, "-l", str(data / "log"), "start")
    try:
        url = f"postgres://bench@127.0.0.1:{port}/postgres"
        fill(url, store)
        yield url, int((data / "postmaster.pid").read_text().split()[0])
    finally:
        run("pg_ctl", "-m", "fast", "stop")


def fill(url: str, store: Path) -> None:
    """Copy the rows of a store."""
    connection = sqlite3.connect(store)
    for table, (columns, source) in TABLES.items():
        rows = io.StringIO()
        csv.writer(rows).writerows(connection.execute(f"SELECT {source}"))
        psql(url, f"CREATE TABLE {table} ({columns})")
        psql(url, f"COPY {table} FROM STDIN CSV", rows.getvalue())
    for index in INDEXES:
        psql(url, f"CREATE INDEX ON {index}")
    psql(url, "VACUUM ANALYZE")
    connection.close()


def psql(url: str, sql: str, rows: str = "") -> None:
    """Run one statement."""
    command = [str(programs() / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, url]
    subprocess.run(command, input=rows, text=True, check=True)
