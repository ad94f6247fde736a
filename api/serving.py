"""`chancery serve` as processes: one, or several that share a port, one file and the memory of the rules."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import uvicorn

from api.app import Chancery, create_app, settle_memory
from api.protocol import over
from engine.reader import Reader
from engine.rules import RULES

log = logging.getLogger("chancery.serve")
_BRIEF_LIFE = 5.0
_GOODBYE_SECONDS = 1


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A socket on the address; OSError where it is taken. `shared` lets other processes listen there too."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, reuse_port=shared)


def run(app: Chancery, listening: socket.socket) -> None:
    """Serve until a signal ends the process."""
    # An open subscription ends only when its client goes away; nobody who stops the server waits for that.
    config = uvicorn.Config(
        app, log_level="warning", http=over(app.service), timeout_graceful_shutdown=_GOODBYE_SECONDS
    )
    uvicorn.Server(config).run(sockets=[listening])


def serve(
    database: str, listening: socket.socket, workers: int, rules: Path | None = None, watch: bool = False
) -> None:
    """Serve with so many processes until a signal ends them all; with `watch`, each takes up changes of the rules."""
    make = partial(create_app, database, watch=watch, rules=rules or RULES)
    if watch:
        logging.basicConfig(format="%(message)s")
        logging.getLogger("chancery.rules").setLevel(logging.INFO)
    if workers == 1:
        run(make(), listening)
        return
    # Loaded before the fork, so that the processes share the memory.
    reader = Reader.load(rules)
    settle_memory()
    host, port = listening.getsockname()[:2]
    spreads = sys.platform == "linux"
    if spreads:
        # Linux spreads connections evenly over sockets, but not over processes that wait at one socket.
        listening.close()

    def work() -> None:
        run(make(reader), listen(host, port, shared=True) if spreads else listening)

    Workers(work, workers).supervise()


class Workers:
    """Child processes that do the same; one that dies is replaced, and all end with this process."""

    def __init__(self, work: Callable[[], None], count: int) -> None:
        self.work = work
        self.count = count
        self.begun: dict[int, float] = {}
        self.ending = False
        self.alive, self.owned = os.pipe()

    def supervise(self) -> None:
        """Start all, and return when all have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for _ in range(self.count):
            self._start()
        while self.begun:
            try:
                child, status = os.wait()
            except OSError as error:
                if error.errno == errno.ECHILD:
                    return
                raise
            self._mourn(child, status)

    def _end(self, *_: object) -> None:
        self.ending = True
        for child in self.begun:
            os.kill(child, signal.SIGTERM)

    def _mourn(self, child: int, status: int) -> None:
        lived = time.monotonic() - self.begun.pop(child)
        if self.ending:
            return
        if lived < _BRIEF_LIFE:
            log.error("a worker ended with %s at once, so all stop", os.waitstatus_to_exitcode(status))
            self._end()
            return
        self._start()

    def _start(self) -> None:
        child = os.fork()
        if child == 0:
            self._live()
        self.begun[child] = time.monotonic()

    def _live(self) -> NoReturn:
        """What the child does instead of all that its parent would."""
        code = 1
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            os.close(self.owned)
            threading.Thread(target=self._watch_parent, daemon=True).start()
            self.work()
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _watch_parent(self) -> None:
        """The parent never writes: the pipe's end is the parent's."""
        os.read(self.alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)
