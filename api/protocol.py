"""HTTP/1.1 as uvicorn speaks it, but that a request seen before, byte for byte, is answered before it is parsed."""

from __future__ import annotations

from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.execution.answers import Answers
from api.execution.service import Service

WIRE = "chancery.wire"
"""The key in a request's scope of the bytes that brought it; absent where they held more or less than one request."""
_STATUS = b"HTTP/1.1 200 OK\r\n"


class AnsweringProtocol(HttpToolsProtocol):
    """One connection; `service` is set by `over`, in a class made for it."""

    service: Service
    wire: Answers

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.begun = 0
        self.completed = 0
        self.common: object = None
        self.start = b""

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
            return
        known = self.wire.get(data, self.service.version()) if self.wire.kept else None
        if known is not None and not self.flow.write_paused and not self.transport.is_closing():
            self.transport.write(self._start_line() + known)
            # Arms the timeout of an idle connection, as after any other response.
            self.on_response_complete()
            return
        begun = self.begun
        super().data_received(data)
        whole = self.begun == self.completed == begun + 1
        if whole and self.answering and self.cycle.keep_alive and not self.expect_100_continue:
            cast(dict[str, Any], self.scope)[WIRE] = data

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
    return type("ServiceProtocol", (AnsweringProtocol,), {"service": service, "wire": service.wire})
