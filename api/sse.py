"""graphql-sse in its distinct-connections mode: one operation a response, its results as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from graphql import OperationType

from api.errors import ClientError
from api.execution.service import Answer, Prepared, Service, refusal
from api.feed import Feed
from api.incoming import Receive, Send

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"vary", b"Accept, Origin"),
]
# Proxies close a connection that is silent for a minute.
_HEARTBEAT = 15.0


async def stream(
    service: Service, feed: Feed, prepared: Prepared, may_write: bool, receive: Receive, send: Send
) -> None:
    """Send each answer as `next`, then `complete`, until the client goes away."""
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    work = asyncio.create_task(_send_all(service, feed, prepared, may_write, send))
    gone = asyncio.create_task(_disconnected(receive))
    await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
    for task in (work, gone):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await task


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_all(service: Service, feed: Feed, prepared: Prepared, may_write: bool, send: Send) -> None:
    beating = asyncio.create_task(_beat(send))
    try:
        async for answer in _answers(service, feed, prepared, may_write):
            await send(_part(b"event: next\ndata: " + answer.body + b"\n\n"))
        await send({"type": "http.response.body", "body": b"event: complete\ndata:\n\n", "more_body": False})
    finally:
        beating.cancel()


async def _answers(service: Service, feed: Feed, prepared: Prepared, may_write: bool) -> AsyncIterator[Answer]:
    try:
        if prepared.kind is not OperationType.SUBSCRIPTION:
            yield await service.answer(prepared, may_write=may_write)
            return
        async for answer in feed.answers(prepared):
            yield answer
    except ClientError as error:
        yield refusal(error)


async def _beat(send: Send) -> None:
    await send(_part(b":\n\n"))
    while True:
        await asyncio.sleep(_HEARTBEAT)
        await send(_part(b":\n\n"))


def _part(body: bytes) -> dict[str, object]:
    return {"type": "http.response.body", "body": body, "more_body": True}
