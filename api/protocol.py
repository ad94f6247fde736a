"""HTTP/1.1 as uvicorn speaks it, with two additions.

A request seen before, byte for byte, is answered before it is parsed; and one whose head does not arrive in time is
given up, so that slow connections do not pile up.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.execution.answers import Answers, Version
from api.execution.service import Service

WIRE = "chancery.wire"
"""The key in a request's scope of the bytes that brought it; absent where they held more or less than one request."""
_STATUS = b"HTTP/1.1 200 OK\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Moment:
    """The store's version, looked up once for all requests that were there when the event loop last looked for any."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.version: Version | None = None

    def now(self, loop: asyncio.AbstractEventLoop) -> Version:
        """The version, not older than any request that is being read."""
        if self.version is None:
            self.version = self.service.version()
            loop.call_soon(self._pass)
        return self.version

    def _pass(self) -> None:
        self.version = None


class AnsweringProtocol(HttpToolsProtocol):
    """One connection; `service`, `wire` and `moment` are set by `over`, in a class made for them."""

    service: Service
    wire: Answers
    moment: Moment

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.begun = 0
        self.completed = 0
        self.common: object = None
        self.start = b""
        self.head_due: float | None = None
        self.upgraded = False
        self.answered_at = float("-inf")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a first request as long as for any other."""
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def on_message_begin(self) -> None:
        """Count the requests that begin."""
        self.begun += 1
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Count the requests that are whole."""
        self.completed += 1
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        """Answer what is known; let anything else be parsed."""
        if self.begun != self.completed or self.answering:
            super().data_received(data)
            self._await_head()
            return
        known = self.wire.get(data, self.moment.now(self.loop)) if self.wire.kept else None
        if known is not None and not self.flow.write_paused and not self.transport.is_closing():
            self.transport.write(self._start_line() + known)
            self.server_state.total_requests += 1
            self.answered_at = self.loop.time()
            return
        begun = self.begun
        super().data_received(data)
        whole = self.begun == self.completed == begun + 1
        if whole and self.answering and self.cycle.keep_alive and not self.expect_100_continue:
            cast(dict[str, Any], self.scope)[WIRE] = data
        self._await_head()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection; an answer given meanwhile left the timer as it was, because setting one costs."""
        idle = self.loop.time() - self.answered_at
        if idle >= self.timeout_keep_alive:
            super().timeout_keep_alive_handler()
        else:
            left = self.timeout_keep_alive - idle
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)

    def _await_head(self) -> None:
        """Bytes that come one by one do not put off the end of patience; a body has a patience of its own."""
        if self.begun == self.completed or self.answering:
            self.head_due = None
            return
        if self.head_due is None:
            self.head_due = self.loop.time() + self.service.settings.body_time
        self.timeout_keep_alive_task = self.loop.call_at(self.head_due, self._give_up)

    def _give_up(self) -> None:
        if not self.transport.is_closing() and not self.upgraded:
            self.transport.write(_TOO_SLOW)
            self.transport.close()

    def handle_websocket_upgrade(self) -> None:
        """From here on the connection is another protocol's."""
        self.upgraded = True
        super().handle_websocket_upgrade()

    @property
    def answering(self) -> bool:
        """Whether a request waits for its answer."""
        cycle: RequestResponseCycle | None = self.cycle
        return bool(self.pipeline) or (cycle is not None and not cycle.response_complete)

    def _start_line(self) -> bytes:
        common = self.server_state.default_headers
        if common is not self.common:
            self.common = common
            self.start = _STATUS + b"".join(b"%s: %s\r\n" % header for header in common)
        return self.start


def over(service: Service) -> type[AnsweringProtocol]:
    """The protocol for a service."""
    return type(
        "ServiceProtocol", (AnsweringProtocol,), {"service": service, "wire": service.wire, "moment": Moment(service)}
    )
