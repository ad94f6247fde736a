"""The subprotocol graphql-transport-ws of the graphql-ws library; the legacy subprotocol graphql-ws is off."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any
from urllib.parse import urlsplit

import orjson
from graphql import OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.access import may_write
from api.errors import ClientError, ErrorCode, formatted
from api.execution.documents import InvalidDocumentError
from api.execution.service import Prepared, Service
from api.feed import Feed
from api.incoming import Incoming, from_json

PROTOCOL = "graphql-transport-ws"
_INIT_SECONDS = 10.0
BAD_MESSAGE, UNAUTHORIZED, BAD_PROTOCOL, INIT_TIMEOUT, DUPLICATE, TWO_INITS = 4400, 4401, 4406, 4408, 4409, 4429


class ProtocolError(Exception):
    """The client broke the protocol; `code` closes the connection."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class GraphQLSocket:
    """Accepts connections and serves each until it closes."""

    def __init__(self, service: Service, feed: Feed) -> None:
        self.service = service
        self.feed = feed
        self.incoming = Incoming(service.settings)

    async def serve_connection(self, socket: WebSocket) -> None:
        """Serve one connection."""
        if not self._is_own_origin(socket):
            await socket.close(1008)
            return
        if PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(BAD_PROTOCOL, f"Subprotocol not acceptable; use {PROTOCOL}")
            return
        await socket.accept(PROTOCOL)
        connection = Connection(self.service, self.feed, self.incoming, socket)
        try:
            await connection.serve()
        except ProtocolError as error:
            await socket.close(error.code, error.reason)
        except WebSocketDisconnect:
            pass
        finally:
            await connection.end()

    def _is_own_origin(self, socket: WebSocket) -> bool:
        """Browsers name the page's origin; a page of another site may not use a reader's connection to this one."""
        origin = socket.headers.get("origin")
        if origin is None or origin in self.service.settings.origins:
            return True
        return urlsplit(origin).netloc == socket.headers.get("host")


class Connection:
    """One connection with its running operations by their ids."""

    def __init__(self, service: Service, feed: Feed, incoming: Incoming, socket: WebSocket) -> None:
        self.service = service
        self.feed = feed
        self.socket = socket
        self.incoming = incoming
        self.running: dict[str, asyncio.Task[None]] = {}
        self.acknowledged = False
        self.may_write = False

    async def serve(self) -> None:
        """Answer messages until the client goes; raises ProtocolError where it breaks the rules."""
        try:
            async with asyncio.timeout(_INIT_SECONDS) as waiting:
                while True:
                    message = await self._message()
                    if await self._handle(message):
                        waiting.reschedule(None)
        except TimeoutError:
            raise ProtocolError(INIT_TIMEOUT, "Connection initialisation timeout") from None

    async def _message(self) -> dict[str, Any]:
        try:
            text = await self.socket.receive_text()
        except KeyError:
            raise ProtocolError(BAD_MESSAGE, "Messages are text") from None
        if len(text) > self.service.settings.max_body:
            raise ProtocolError(BAD_MESSAGE, "The message is too large")
        try:
            message = from_json(text, "the message")
        except ClientError:
            raise ProtocolError(BAD_MESSAGE, "The message is no JSON") from None
        if not isinstance(message, dict):
            raise ProtocolError(BAD_MESSAGE, "The message is no JSON object")
        return message

    async def _handle(self, message: dict[str, Any]) -> bool:
        """Do what a message asks; true once the connection is acknowledged."""
        match message.get("type"):
            case "connection_init":
                await self._init(message.get("payload"))
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                if task := self.running.pop(str(message.get("id")), None):
                    task.cancel()
            case other:
                raise ProtocolError(BAD_MESSAGE, f"Unknown message type {str(other)[:40]!r}")
        return self.acknowledged

    async def _init(self, payload: Any) -> None:
        if self.acknowledged:
            raise ProtocolError(TWO_INITS, "Too many initialisation requests")
        if payload is not None and not isinstance(payload, dict):
            raise ProtocolError(BAD_MESSAGE, "The payload is no JSON object")
        given = (payload or {}).get("authorization") or self.socket.headers.get("authorization", "")
        client = self.socket.client
        host = self.socket.headers.get("host", "")
        self.may_write = may_write(self.service.settings, client.host if client else None, host, str(given))
        self.acknowledged = True
        await self._send({"type": "connection_ack"})

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if not self.acknowledged:
            raise ProtocolError(UNAUTHORIZED, "Unauthorized")
        identifier, payload = message.get("id"), message.get("payload")
        if not isinstance(identifier, str) or not identifier or not isinstance(payload, dict):
            raise ProtocolError(BAD_MESSAGE, "A subscribe message has an id and a payload")
        if identifier in self.running:
            raise ProtocolError(DUPLICATE, f"Subscriber for {identifier[:80]} already exists")
        most = self.service.settings.max_subscriptions
        try:
            if len(self.running) >= most:
                raise ClientError(
                    ErrorCode.LIMIT_EXCEEDED,
                    f"{most} operations run on this connection, as many as allowed; complete one first",
                    limit="subscriptions",
                    allowed=most,
                )
            prepared = self.service.prepare(self.incoming.request(payload))
        except ClientError as error:
            await self._send({"id": identifier, "type": "error", "payload": [formatted(error)]})
        except InvalidDocumentError as error:
            await self._send({"id": identifier, "type": "error", "payload": error.errors})
        else:
            self.running[identifier] = asyncio.create_task(self._run(identifier, prepared))

    async def _run(self, identifier: str, prepared: Prepared) -> None:
        prefix = b'{"id":' + orjson.dumps(identifier) + b',"type":"next","payload":'
        try:
            if prepared.kind is OperationType.SUBSCRIPTION:
                async for answer in self.feed.answers(prepared):
                    await self._send_bytes(prefix + answer.body + b"}")
            else:
                answer = await self.service.answer(prepared, may_write=self.may_write)
                await self._send_bytes(prefix + answer.body + b"}")
            await self._send({"id": identifier, "type": "complete"})
        except ClientError as error:
            await self._send({"id": identifier, "type": "error", "payload": [formatted(error)]})
        except (WebSocketDisconnect, RuntimeError):
            # The client went away while an answer was on its way.
            return
        finally:
            if self.running.get(identifier) is asyncio.current_task():
                del self.running[identifier]

    async def _send(self, message: dict[str, Any]) -> None:
        await self._send_bytes(orjson.dumps(message))

    async def _send_bytes(self, message: bytes) -> None:
        await self.socket.send_text(message.decode())

    async def end(self) -> None:
        """Stop whatever still runs."""
        tasks = list(self.running.values())
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
