"""What happens in the store, whichever process does it: the log of changes, polled while somebody listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from graphql import FieldNode

from api.context import Context
from api.errors import ClientError, ErrorCode
from api.execution.service import Answer, Prepared, Service
from api.pool import Reading
from api.rows.filters import event_conditions
from api.rows.root import articles_by_record
from api.rows.rulebook import ReloadRow
from api.rows.tables import EVENT, row_class

_BATCH = 500


class Feed:
    """Wakes the listeners when the store or the rules change."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.listeners = 0
        self.changed = asyncio.Event()
        self.polling: asyncio.Task[None] | None = None

    async def _poll(self) -> None:
        seen = self.service.version()
        while self.listeners:
            await asyncio.sleep(self.service.settings.poll_time)
            now = self.service.version()
            if now != seen:
                seen = now
                self.wake()

    def wake(self) -> None:
        """Let every listener look for news; for the thread that serves requests only."""
        self.changed.set()
        self.changed = asyncio.Event()

    def _join(self) -> None:
        if self.listeners >= self.service.settings.subscribers:
            raise ClientError(
                ErrorCode.LIMIT_EXCEEDED,
                f"{self.listeners} subscriptions are open, as many as allowed; try again later",
                status=503,
                limit="subscribers",
                allowed=self.service.settings.subscribers,
            )
        self.listeners += 1
        if self.polling is None or self.polling.done():
            self.polling = asyncio.create_task(self._poll())

    async def answers(self, prepared: Prepared) -> AsyncIterator[Answer]:
        """An answer for each thing listened for that happens from now on; raises ClientError when too many listen."""
        self._join()
        try:
            listening = Listening(self.service, prepared)
            while True:
                changed = self.changed
                for published in listening.news():
                    yield await self.service.deliver(prepared, published)
                if not listening.behind:
                    await changed.wait()
        finally:
            self.listeners -= 1


class Listening:
    """One subscription: where in the log it is, and what it listens for."""

    def __init__(self, service: Service, prepared: Prepared) -> None:
        self.service = service
        (field,) = prepared.plan.root.fields
        assert isinstance(field.node, FieldNode)
        self.name = field.name
        self.conditions = event_conditions(field.given(prepared.variables).get("filter"))
        self.reload = service.reload
        self.behind = False
        with service.pool.reading(float("inf"), snapshot=False) as reading:
            found = reading.connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
        self.position: int = found[0]

    def news(self) -> list[Any]:
        """What happened since the last call; `behind` then tells whether there is more."""
        if self.name == "rulesReloaded":
            return self._reloads()
        with self.service.pool.reading(float("inf")) as reading:
            return self._articles(reading) if self.name == "articleIngested" else self._events(reading)

    def _reloads(self) -> list[Any]:
        reload = self.service.reload
        if reload is self.reload:
            return []
        self.reload = reload
        return [ReloadRow(reload)]

    def _changes(self, reading: Reading, kind: str) -> list[Any]:
        statement = "SELECT id, kind, article, event FROM change WHERE id > ? ORDER BY id LIMIT ?"
        changes = reading.connection.execute(statement, (self.position, _BATCH)).fetchall()
        self.behind = len(changes) == _BATCH
        if changes:
            self.position = changes[-1][0]
        return [change for change in changes if change[1] == kind]

    def _articles(self, reading: Reading) -> list[Any]:
        records = [change[2] for change in self._changes(reading, "ARTICLE_INGESTED")]
        context = Context(reading.connection, self.service.settings, self.service.engine)
        found = articles_by_record(context, records, None)
        return [found[record] for record in dict.fromkeys(records) if record in found]

    def _events(self, reading: Reading) -> list[Any]:
        events = list(dict.fromkeys(change[3] for change in self._changes(reading, "EVENT_REPORTED")))
        if not events:
            return []
        columns, row = row_class(EVENT, None)
        places = ", ".join("?" * len(events))
        where = " AND ".join([f"event.id IN ({places})", *self.conditions.where])
        statement = f"SELECT {columns} FROM event WHERE {where}"
        found = map(row.make, reading.connection.execute(statement, (*events, *self.conditions.parameters)))
        known = {event.key: event for event in found}
        return [known[event] for event in events if event in known]
