"""Rules that nobody has checked are read with in a process of their own, which is ended where it takes too long.

Rules are data: neither grammar nor table can run code. But a grammar may be slow to compile, and an expression of a
shape slow to match; so what is asked has a bounded time, and the process a bounded memory and no leave to write files.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from api.errors import ClientError, ErrorCode
from engine.errors import Finding, RulesError
from engine.rules import RULES
from engine.sources import Sources

MEMORY_BYTES = 2 << 30
"""Addresses that the process may have: ten times what the project's own rules take."""
STARTING_SECONDS = 60.0
"""What the process may take to start and to compile the project's own rules, beside the time of the question."""


class Sandbox:
    """The process, started with the first question and again after it was ended; one question at a time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.process: BaseProcess | None = None
        self.line: Connection | None = None

    def ask(self, sources: Sources, question: str, *arguments: Any) -> Any:
        """The answer of `Trials` to a question about these rules.

        Raises RulesError where they cannot be used, and ClientError where that takes too long or too many ask.
        """
        with self._turn() as line:
            line.send((dict(sources.files), question, arguments))
            if not line.poll(self.seconds):
                self.end()
                raise self._late()
            try:
                kind, answer = line.recv()
            except (EOFError, OSError):
                self.end()
                finding = Finding("rules", 1, "these rules need more memory than a trial has", "", "make them smaller")
                raise RulesError([finding]) from None
        if kind == "findings":
            raise RulesError(answer)
        return answer

    def end(self) -> None:
        """End the process; the next question starts another."""
        process, self.process, line, self.line = self.process, None, self.line, None
        if line is not None:
            line.close()
        if process is not None:
            process.kill()
            process.join()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[Connection]:
        """The line to a process that is ready, for one question."""
        if not self.lock.acquire(timeout=self.seconds):
            message = "others are trying rules just now; try again in a moment"
            raise ClientError(ErrorCode.LIMIT_EXCEEDED, message, status=503, limit="trials", allowed=1)
        try:
            if self.line is None or self.process is None or not self.process.is_alive():
                self.end()
                self.line = self._start()
            yield self.line
        finally:
            self.lock.release()

    def _start(self) -> Connection:
        # A fresh interpreter: a copy of this process would hold its locks and its connections to the store.
        fresh = multiprocessing.get_context("spawn")
        line, theirs = fresh.Pipe()
        self.process = fresh.Process(target=serve_trials, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        if not line.poll(STARTING_SECONDS):
            self.end()
            raise self._late()
        line.recv()
        return line

    def _late(self) -> ClientError:
        message = f"trying these rules took longer than {self.seconds:g} s; try a shorter text or simpler rules"
        return ClientError(ErrorCode.TIMEOUT, message, status=503)


def serve_trials(line: Connection) -> None:
    """Answer questions until the other side hangs up; what the process runs."""
    from api.trials import Trials

    _confine()
    trials = Trials()
    # Other rules share most files with these, and what they share is compiled once.
    with contextlib.suppress(RulesError):
        trials.answer(Sources.read(RULES), "version", ())
    line.send("ready")
    while True:
        try:
            files, question, arguments = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            answer = "answer", trials.answer(Sources(files), question, arguments)
        except RulesError as error:
            answer = "findings", error.findings
        except MemoryError:
            return
        except Exception as error:
            # Whatever is wrong with unchecked rules is told to their author.
            answer = "findings", [Finding("rules", 1, f"these rules cannot be used: {error!r}", "", "undo the change")]
        line.send(answer)


def _confine() -> None:
    try:
        import resource
    except ImportError:
        # Not on this system; the time is bounded all the same.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
