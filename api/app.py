"""The Starlette application: /graphql, /health and GraphiQL's files."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from api.engine import Engine, empty_store
from api.execution.service import Service
from api.feed import Feed
from api.http import GRAPHIQL, GraphQLEndpoint
from api.reload import watch_rules
from api.settings import Settings, settings_from
from api.websocket import GraphQLSocket
from engine.reader import Reader
from engine.rulebook import Rulebook
from engine.rules import RULES
from engine.store.reference import read_reference
from engine.store.store import open_store

Application = Callable[[Any, Any, Any], Awaitable[None]]
_PATHS = frozenset({"/graphql", "/graphql/"})


class Chancery(Starlette):
    """The application; `service` answers, `feed` tells subscribers what happens."""

    service: Service
    feed: Feed
    endpoint: Application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection; GraphQL over HTTP skips the router, which would take a good part of a short answer."""
        if scope["type"] == "http" and scope["path"] in _PATHS:
            await self.endpoint(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(
    database: str | Path = "chancery.db",
    reader: Reader | None = None,
    settings: Settings | None = None,
    watch: bool = False,
) -> Chancery:
    """The application over a store, which is made where there is none; raises StoreError, RulesError or ValueError.

    `settings` are read from the environment when left out. With `watch`, rules that change on the disk come into force.
    """
    settings = settings_from() if settings is None else settings
    reader = Reader.load() if reader is None else reader
    reference = read_reference(RULES)
    engine = Engine(reader, Rulebook(reader), empty_store(reference))
    store = open_store(database)
    store.learn(reference)
    service = Service(store, engine, settings)
    feed = Feed(service)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        settle_memory()
        watching = asyncio.create_task(watch_rules(engine)) if watch else None
        yield
        if watching is not None:
            watching.cancel()
        service.close()

    async def health(request: Request) -> JSONResponse:
        version, rules = service.version()
        listening = feed.listeners
        told = {"status": "ok", "storeVersion": version, "rulesVersion": rules, "subscriptions": listening}
        return JSONResponse(told)

    async def home(request: Request) -> RedirectResponse:
        return RedirectResponse("/graphql")

    socket = GraphQLSocket(service, feed)
    app = Chancery(
        routes=[
            Route("/", home),
            Route("/health", health),
            WebSocketRoute("/graphql", socket.serve_connection),
            WebSocketRoute("/graphql/", socket.serve_connection),
            Mount("/static/graphiql", StaticFiles(directory=GRAPHIQL)),
        ],
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.service, app.feed = service, feed
    app.endpoint = _with_origins(GraphQLEndpoint(service, feed), settings)
    return app


def settle_memory() -> None:
    """Keep the garbage collector from walking the rules and the schema, which live as long as the process.

    They are a few million objects: without this, every tenth answer would wait for a look at all of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _with_origins(endpoint: Application, settings: Settings) -> Application:
    """Let the pages of listed origins read; without any, browsers keep other sites' pages out."""
    if not settings.origins:
        return endpoint
    return CORSMiddleware(
        endpoint,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["ETag"],
        max_age=3600,
    )
