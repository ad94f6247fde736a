"""Edited rules are compiled by a process of their own, on all cores, while this one goes on serving.

A process that serves has threads, so no copies of it may be made that would share the work.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from engine.compiling.compile import compiled, prepare, refined
from engine.errors import Finding, RulesError
from engine.rules import emptied, form_of, uncollected
from engine.sources import Sources

PATIENCE_SECONDS = 1.0
"""How long the process may take to end by itself."""
HOLD_SECONDS = 1.0
"""How long it waits after an edit before it goes on with what the edit left to do: authors often save twice."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the process tells of the rules of one version: what is wrong with them, else their compiled form, of which
    those `pieces` come along that it has not told before."""

    version: str
    findings: list[Finding] = field(default_factory=list)
    form: dict[str, Any] | None = None
    pieces: dict[str, Any] = field(default_factory=dict)


class Workshop:
    """The process, which begins with what an edit of these files will leave as it is; one edit at a time."""

    def __init__(self, sources: Sources) -> None:
        self.lock = threading.Lock()
        self.pieces: dict[str, Any] = {}
        fresh = multiprocessing.get_context("spawn")
        self.line, theirs = fresh.Pipe()
        # No daemon, which could not have its own copies; it ends when this side hangs up.
        self.process: BaseProcess = fresh.Process(target=work, args=(theirs, dict(sources.files)))
        self.process.start()
        theirs.close()

    def begin(self, sources: Sources) -> None:
        """Wait until the process is ready for the first edit of these files, and take over what it knows of them."""
        # What is wrong with them is told by who serves with them.
        with contextlib.suppress(RulesError):
            self.soonest(sources)

    def soonest(self, sources: Sources) -> dict[str, Any] | None:
        """A compiled form of rules that is there soon, or None where the process cannot tell it; raises RulesError."""
        with self.lock:
            try:
                self.line.send(dict(sources.files))
                told = self.heard()
            except (EOFError, OSError):
                return None
        if told.findings:
            raise RulesError(told.findings)
        return told.form

    def refined(self, sources: Sources) -> dict[str, Any] | None:
        """The form with which these rules read fastest, once it is there; None before, and after it was told."""
        with self.lock:
            try:
                self.line.send(None)
                told = self.heard()
            except (EOFError, OSError):
                return None
        return told.form if told.version == sources.version else None

    def heard(self) -> Told:
        """What the process tells next, with all pieces in their places; raises EOFError or OSError where it is gone."""
        told: Told = self.line.recv()
        if told.form is not None:
            self.pieces |= told.pieces
            self.pieces = {key: self.pieces[key] for key in keys_of(told.form)}
            for part in (told.form["lexicon"], *told.form["groups"]):
                part[1] = self.pieces[part[0]]
        return told

    def close(self) -> None:
        """Hang up, which ends the process."""
        self.line.close()
        self.process.join(PATIENCE_SECONDS)
        self.process.kill()
        self.process.join()


def keys_of(form: dict[str, Any]) -> list[str]:
    """The keys of a form's pieces."""
    return [form["lexicon"][0], *(group[0] for group in form["groups"])]


def work(line: Connection, files: dict[str, bytes]) -> None:
    """Compile what is sent until the other side hangs up; what the process runs."""
    # Whoever interrupts the server hangs up here too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with uncollected():
        # What is wrong with these rules is told by who serves with them.
        with contextlib.suppress(RulesError):
            prepare(Sources(files))
        with contextlib.suppress(EOFError, OSError):
            Bench(line).serve()


class Bench:
    """The other end of the line, which only speaks when it is asked: two that send at once would wait for each other.

    `told` are the keys of the pieces that were told, `left` is what the last edit left to do, not before `due`, and
    `whole` the form in which it is done.
    """

    def __init__(self, line: Connection) -> None:
        self.line = line
        self.told: list[str] = []
        self.left: Iterator[None] | None = None
        self.due = 0.0
        self.whole: tuple[Sources, dict[str, Any]] | None = None

    def serve(self) -> None:
        """Answer each question, and do what an edit left to do until the next; raises EOFError where nobody listens."""
        while True:
            if self.left is None or self.line.poll(max(self.due - time.monotonic(), 0)):
                self.answer(self.line.recv())
            else:
                next(self.left, None)

    def answer(self, files: dict[str, bytes] | None) -> None:
        """Tell the form of edited files that is there soonest, or, asked for none, the whole of the last where that is
        there by now."""
        if files is None:
            told, self.whole = self.whole, None
            self.tell(told[0].version if told else "", [], told[1] if told else None)
            return
        sources = Sources(files)
        findings, form = attempt(sources)
        self.tell(sources.version, findings, form)
        self.whole, self.left = None, self.finish(sources) if form else None
        self.due = time.monotonic() + HOLD_SECONDS

    def finish(self, sources: Sources) -> Iterator[None]:
        """Make, step by step, what was not waited for, and the whole where something was not."""
        lacked = False
        for _ in refined(sources):
            lacked = True
            yield
        form = form_of(sources, cached=True)
        self.whole, self.left = (sources, form) if lacked else None, None

    def tell(self, version: str, findings: list[Finding], form: dict[str, Any] | None) -> None:
        """Send what was found, without the pieces that were sent before."""
        pieces: dict[str, Any] = {}
        if form is not None:
            pieces = {key: piece for key, piece, *_ in (form["lexicon"], *form["groups"]) if key not in self.told}
            form, self.told = emptied(form), keys_of(form)
        self.line.send(Told(version, findings, form, pieces))


def attempt(sources: Sources) -> tuple[list[Finding], dict[str, Any] | None]:
    """What is wrong with rules, else the compiled form that is there soonest."""
    try:
        return [], compiled(sources, keeping=True, soon=True)
    except RulesError as error:
        return error.findings, None
    except Exception:
        # Who asked tries it too, and tells what it was.
        return [], None
