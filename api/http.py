"""GraphQL over HTTP, as its specification has it: queries by GET or POST, mutations by POST, graphql-sse for both."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from graphql import OperationType

from api.accept import EVENTS, HTML, JSON, RESPONSE, media_type, takes_gzip
from api.access import may_write
from api.errors import ClientError, ErrorCode
from api.execution.answers import Version
from api.execution.documents import InvalidDocumentError
from api.execution.service import Answer, Prepared, Service, refusal, refused
from api.feed import Feed
from api.incoming import DisconnectedError, Incoming, Receive, Scope, Send, check_content_type, read_body
from api.protocol import WIRE
from api.sse import stream

GRAPHIQL = Path(__file__).parent / "static" / "graphiql"
_SHORT_REQUEST = 20_000
_SPEED_OVER_SIZE = 1
_VARY = (b"vary", b"Accept, Accept-Encoding, Origin")
_SAFE = (b"x-content-type-options", b"nosniff")


class Exchange:
    """One request over HTTP: its headers, and how its answer is to be written."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.send = send
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.media = JSON
        # Where the response is one that will be asked for again: keeps it by the bytes of the request.
        self.keep: Callable[[bytes, bytes], None] | None = None

    def header(self, name: bytes) -> str:
        """A header, "" where absent."""
        return self.headers.get(name, b"").decode("latin-1")

    async def respond(
        self, status: int, body: bytes, headers: list[tuple[bytes, bytes]], media: str | None = None
    ) -> None:
        """Send the whole response."""
        content_type = f"{media or self.media}; charset=utf-8".encode()
        lines = [(b"content-type", content_type), (b"content-length", str(len(body)).encode()), _VARY, _SAFE, *headers]
        if self.keep is not None and WIRE in self.scope:
            self.keep(self.scope[WIRE], b"".join(b"%s: %s\r\n" % line for line in lines) + b"\r\n" + body)
        await self.send({"type": "http.response.start", "status": status, "headers": lines})
        await self.send({"type": "http.response.body", "body": body})


class GraphQLEndpoint:
    """The ASGI application behind /graphql, but for WebSocket."""

    def __init__(self, service: Service, feed: Feed) -> None:
        self.service = service
        self.settings = service.settings
        self.feed = feed
        self.incoming = Incoming(service.settings)
        self.page = (GRAPHIQL / "index.html").read_bytes()
        self.policy = (GRAPHIQL / "csp.txt").read_text("utf-8").strip().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = Exchange(scope, send)
        try:
            await self._respond(exchange, receive)
        except DisconnectedError:
            return
        except ClientError as error:
            await self._write(exchange, refusal(error))
        except InvalidDocumentError as error:
            await self._write(exchange, refused(error.errors))

    async def _respond(self, exchange: Exchange, receive: Receive) -> None:
        method = exchange.scope["method"]
        query_string: bytes = exchange.scope["query_string"]
        media = media_type(exchange.header(b"accept"), page=method in {"GET", "HEAD"})
        if media == HTML:
            headers = [(b"content-security-policy", self.policy), (b"referrer-policy", b"no-referrer")]
            await exchange.respond(200, self.page if method == "GET" else b"", headers, HTML)
            return
        if media is None:
            message = f"Accept names nothing that is written here; allowed are {RESPONSE}, {JSON} and {EVENTS}"
            raise ClientError(ErrorCode.NOT_ACCEPTABLE, message, status=406)
        exchange.media = JSON if media == EVENTS else media
        if method == "POST":
            check_content_type(exchange.header(b"content-type"))
            waits = WIRE not in exchange.scope
            body = await read_body(receive, self.settings, exchange.header(b"content-length") or None, waits=waits)
            key = body
        elif method == "GET":
            body, key = b"", b"?" + query_string
        else:
            message = f"the method is {method}; allowed are GET and POST"
            raise ClientError(ErrorCode.METHOD_NOT_ALLOWED, message, status=405)
        if media == EVENTS:
            prepared = self.service.prepare(self.incoming.posted(body) if body else self.incoming.asked(query_string))
            self._check_method(prepared, method)
            await stream(self.service, self.feed, prepared, self._may_write(exchange), receive, exchange.send)
            return
        await self._answer(exchange, method, key, body)

    async def _answer(self, exchange: Exchange, method: str, key: bytes, body: bytes) -> None:
        version = self.service.version()
        if method == "POST" or not exchange.headers.get(b"if-none-match"):
            kept = self.service.answers.get(key, version)
            if kept is not None:
                answer = Answer(kept, version=version)
                await self._write(exchange, answer, cacheable=method == "GET", repeated=True)
                return
        request = self.incoming.posted(body) if method == "POST" else self.incoming.asked(key[1:])
        prepared = self.service.prepare(request)
        self._check_method(prepared, method)
        if prepared.kind is OperationType.SUBSCRIPTION:
            message = "subscriptions come over graphql-transport-ws, or by POST with Accept: text/event-stream"
            raise ClientError(ErrorCode.SUBSCRIPTION_NOT_ALLOWED, message)
        is_query = prepared.kind is OperationType.QUERY
        if method == "GET" and exchange.headers.get(b"if-none-match") == etag(version):
            await exchange.send({"type": "http.response.start", "status": 304, "headers": [*_caching(version), _VARY]})
            await exchange.send({"type": "http.response.body", "body": b""})
            return
        answer = await self.service.answer(prepared, may_write=is_query or self._may_write(exchange))
        if is_query and not answer.errors and answer.version is not None and len(key) <= _SHORT_REQUEST:
            self.service.answers.put(key, answer.body, answer.version)
        await self._write(exchange, answer, cacheable=method == "GET" and is_query)

    def _check_method(self, prepared: Prepared, method: str) -> None:
        if method == "GET" and prepared.kind is OperationType.MUTATION:
            raise ClientError(ErrorCode.METHOD_NOT_ALLOWED, "mutations come by POST only", status=405)

    def _may_write(self, exchange: Exchange) -> bool:
        client = exchange.scope.get("client")
        host, authorization = exchange.header(b"host"), exchange.header(b"authorization")
        return may_write(self.settings, client[0] if client else None, host, authorization)

    async def _write(
        self, exchange: Exchange, answer: Answer, *, cacheable: bool = False, repeated: bool = False
    ) -> None:
        status, body = answer.status, answer.body
        if status == 400 and exchange.media == JSON and not _is_transport_error(body):
            # Clients that know application/json alone take any other status for a fault of the network.
            status = 200
        headers = [(b"cache-control", b"no-store")]
        if cacheable and not answer.errors and answer.version is not None:
            headers = _caching(answer.version)
        if status == 405:
            headers.append((b"allow", b"GET, POST"))
        if status == 401:
            headers.append((b"www-authenticate", b'Bearer realm="chancery"'))
        if len(body) >= self.settings.compress_from and takes_gzip(exchange.header(b"accept-encoding")):
            body = gzip.compress(body, _SPEED_OVER_SIZE)
            headers.append((b"content-encoding", b"gzip"))
        # CORS adds headers of its own behind this.
        if repeated and answer.version is not None and b"origin" not in exchange.headers:
            exchange.keep = partial(self.service.wire.put, version=answer.version)
        await exchange.respond(status, body, headers)


def _is_transport_error(body: bytes) -> bool:
    return f'"code":"{ErrorCode.BAD_REQUEST.name}"'.encode() in body


def etag(version: Version) -> bytes:
    """The validator of every answer, which depends on store and rules alone; weak, because gzip changes the bytes."""
    store, rules = version
    return b'W/"' + hashlib.sha256(f"{store} {rules}".encode()).hexdigest()[:20].encode() + b'"'


def _caching(version: Version) -> list[tuple[bytes, bytes]]:
    return [(b"etag", etag(version)), (b"cache-control", b"no-cache")]
