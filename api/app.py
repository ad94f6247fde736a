"""The Starlette application: /graphql, /health and the pages."""

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
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Lifespan

from api.engine import Engine, empty_store
from api.execution.service import Service
from api.feed import Feed
from api.http import GraphQLEndpoint
from api.pages import routes
from api.reload import watch_rules
from api.settings import Settings, settings_from
from api.websocket import GraphQLSocket
from engine.reader import Reader
from engine.rulebook import Rulebook
from engine.rules import RULES
from engine.sources import Sources
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
    rules: Path = RULES,
) -> Chancery:
    """The application over a store, which is made where there is none; raises StoreError, RulesError or ValueError.

    `settings` are read from the environment when left out. With `watch`, rules of the folder that change on
    the disk come into force.
    """
    settings = settings_from() if settings is None else settings
    # A reader made before this process was started has rules that may have changed since; watching finds that out.
    sources = reader.rules.sources if isinstance(reader, Reader) else Sources.read(rules)
    reader = Reader.load(sources) if reader is None else reader
    reference = read_reference(sources)
    engine = Engine(reader, Rulebook(reader), empty_store(reference), sources)
    store = open_store(database)
    store.learn(reference)
    service = Service(store, engine, settings)
    if watch and settings.token:
        service.folder = rules
    feed = Feed(service)

    socket = GraphQLSocket(service, feed)
    app = Chancery(
        routes=[
            Route("/health", _health(service, feed)),
            WebSocketRoute("/graphql", socket.serve_connection),
            WebSocketRoute("/graphql/", socket.serve_connection),
            *routes(),
        ],
        lifespan=_lifespan(service, feed, rules if watch else None),
    )
    app.router.redirect_slashes = False
    app.service, app.feed = service, feed
    app.endpoint = _with_origins(GraphQLEndpoint(service, feed), settings)
    return app


def _lifespan(service: Service, feed: Feed, watched: Path | None) -> Lifespan[Starlette]:
    """What goes on from start to end: rules saved in the folder `watched`, where there is one, come into force."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        settle_memory()
        watching = asyncio.create_task(watch_rules(service, watched, feed.wake)) if watched else None
        yield
        if watching is not None:
            watching.cancel()
        service.close()

    return lifespan


def _health(service: Service, feed: Feed) -> Callable[[Request], Awaitable[JSONResponse]]:
    """What a supervisor asks: whether all is well, and what is in force."""

    async def health(request: Request) -> JSONResponse:
        reload = service.reload
        told = {
            "status": "ok",
            "storeVersion": service.pool.version(),
            "rulesVersion": reload.engine.version,
            "rulesErrors": len(reload.findings),
            "subscriptions": feed.listeners,
        }
        return JSONResponse(told)

    return health


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
