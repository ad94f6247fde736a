"""Reading an HTTP request as a GraphQL request: the body within its limits, JSON or parameters, persisted queries."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import orjson

from api.errors import ClientError, ErrorCode
from api.execution.documents import TYPICAL, Recent
from api.execution.service import Request
from api.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Scope = MutableMapping[str, Any]


class DisconnectedError(Exception):
    """The client went away before its request was complete."""


def bad_request(message: str) -> ClientError:
    """The error for a malformed HTTP request."""
    return ClientError(ErrorCode.BAD_REQUEST, message)


async def read_body(receive: Receive, settings: Settings, announced: str | None, *, waits: bool = True) -> bytes:
    """The body; raises TOO_LARGE as soon as it is, and TIMEOUT when it comes too slowly.

    With `waits` false all of it is there, and no clock is needed.
    """
    if announced is not None and announced.isdecimal() and int(announced) > settings.max_body:
        raise _too_large(settings)
    if not waits:
        return await _all_parts(receive, settings)
    try:
        async with asyncio.timeout(settings.body_time):
            return await _all_parts(receive, settings)
    except TimeoutError:
        message = f"the body took longer than {settings.body_time:g} s; send it at once"
        raise ClientError(ErrorCode.TIMEOUT, message, status=408) from None


async def _all_parts(receive: Receive, settings: Settings) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise DisconnectedError
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > settings.max_body:
            raise _too_large(settings)
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _too_large(settings: Settings) -> ClientError:
    message = f"the body is larger than {settings.max_body:,} bytes; send fewer articles at once"
    return ClientError(ErrorCode.TOO_LARGE, message, status=413, allowed=settings.max_body)


def check_content_type(header: str) -> None:
    """Raises UNSUPPORTED_MEDIA_TYPE for all but JSON in UTF-8: forms and plain text need no preflight in browsers."""
    media, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((p[len("charset=") :].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
    if media != "application/json" or charset not in {"utf-8", "utf8"}:
        raise ClientError(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type is {header[:80]!r}; allowed is application/json in UTF-8; set that header",
            status=415,
        )


def from_json(body: bytes | str, what: str) -> Any:
    """The JSON value; raises BAD_REQUEST that says where it is malformed."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"{what} is no JSON in UTF-8: {error}") from None


class Incoming:
    """Makes GraphQL requests of what came; keeps the queries that clients registered by their hash."""

    def __init__(self, settings: Settings) -> None:
        self.persisted: Recent[str, str] = Recent(settings.persisted, settings.persisted * TYPICAL)
        self.longest = settings.max_query

    def posted(self, body: bytes) -> Request:
        """The request in a body."""
        fields = from_json(body, "the body")
        if isinstance(fields, list):
            raise bad_request("the body is a list; batches are off; send each request by itself")
        if not isinstance(fields, dict):
            raise bad_request("the body is no JSON object; send one with `query`")
        return self.request(fields)

    def asked(self, query_string: bytes) -> Request:
        """The request in the parameters of a GET."""
        try:
            parameters = parse_qs(
                query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
            )
        except ValueError as error:
            raise bad_request(f"the parameters are malformed: {error}") from None
        fields: dict[str, Any] = {name: values[-1] for name, values in parameters.items()}
        for name in ("variables", "extensions"):
            if name in fields:
                fields[name] = from_json(fields[name], f"`{name}`") if fields[name] else None
        return self.request(fields)

    def request(self, fields: dict[str, Any]) -> Request:
        """The request of fields whose types nobody has checked yet."""
        query, name = fields.get("query"), fields.get("operationName")
        variables, extensions = fields.get("variables"), fields.get("extensions")
        for what, value, kind, kind_name in (
            ("query", query, str, "a string"),
            ("operationName", name, str, "a string"),
            ("variables", variables, dict, "an object"),
            ("extensions", extensions, dict, "an object"),
        ):
            if value is not None and not isinstance(value, kind):
                raise bad_request(f"`{what}` is {type(value).__name__}; allowed is {kind_name}")
        hashed = (extensions or {}).get("persistedQuery")
        if hashed is not None:
            query = self._persisted(hashed, query)
        if not query:
            raise bad_request("there is no `query`; send one")
        return Request(query, name, variables)

    def _persisted(self, hashed: Any, query: str | None) -> str:
        digest = hashed.get("sha256Hash") if isinstance(hashed, dict) else None
        if not isinstance(digest, str) or hashed.get("version") != 1:
            raise bad_request("`extensions.persistedQuery` is malformed; allowed is {version: 1, sha256Hash}")
        if query is None:
            known = self.persisted.get(digest)
            if known is None:
                message = "PersistedQueryNotFound"
                raise ClientError(ErrorCode.PERSISTED_QUERY_NOT_FOUND, message, status=200)
            return known
        if hashlib.sha256(query.encode()).hexdigest() != digest:
            raise ClientError(
                ErrorCode.PERSISTED_QUERY_MISMATCH, "`sha256Hash` is not the SHA-256 of `query`; send the right one"
            )
        if len(query) <= self.longest:
            self.persisted.put(digest, query, len(query))
        return query
