"""The service: a request in, its answer out, whatever brought the request."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import orjson
from graphql import GraphQLError, OperationDefinitionNode, OperationType, execute_sync
from graphql.execution.values import VariableValues, get_variable_values

from api.access import unauthorized
from api.context import Context
from api.engine import Engine, Reload
from api.errors import ClientError, ErrorCode, formatted
from api.execution import breadth
from api.execution.answers import Answers, Version
from api.execution.cost import check_cost
from api.execution.documents import Document, Documents, InvalidDocumentError, Plan
from api.pool import Pool
from api.rows.rulebook import ReloadRow
from api.sandbox import Sandbox
from api.schema.build import core_schema
from api.settings import Settings
from engine.store.store import Store

TRIAL = "tryRules"
"""The field that asks the sandbox."""


@dataclass(slots=True, eq=False)
class Request:
    """What a client asks, as JSON brings it."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None


@dataclass(slots=True, eq=False)
class Prepared:
    """A request that may be executed."""

    request: Request
    document: Document
    operation: OperationDefinitionNode
    variables: VariableValues
    plan: Plan
    heavy: bool

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.operation.operation


@dataclass(slots=True, eq=False)
class Answer:
    """A response's body as JSON; `version` is that of the store and rules that it was read at."""

    body: bytes
    status: int = 200
    executed: bool = True
    errors: bool = False
    version: Version | None = None


def refused(errors: list[dict[str, Any]], status: int = 400) -> Answer:
    """The answer to a request that was not executed."""
    return Answer(orjson.dumps({"errors": errors}), status, executed=False, errors=True)


def refusal(error: ClientError) -> Answer:
    """The answer to a request that an error stopped."""
    return refused([formatted(error)], error.status)


class Service:
    """Everything that answering needs; one for each process."""

    def __init__(self, store: Store, engine: Engine, settings: Settings) -> None:
        self.store = store
        self.reload = Reload(engine)
        self.settings = settings
        self.pool = Pool(store.path)
        self.documents = Documents(settings)
        self.answers = Answers(settings.answers, settings.answer_bytes)
        # Whole responses by the bytes of their request, for those that are asked again and again.
        self.wire = Answers(settings.answers, settings.answer_bytes)
        self.limiter = anyio.CapacityLimiter(settings.threads)
        self.writing = anyio.CapacityLimiter(1)
        self.sandbox = Sandbox(settings.trial_time)
        # Trials wait for their one process here, not on the threads of other heavy queries.
        self.trying = anyio.CapacityLimiter(1)
        # Where edited rules may be saved; nowhere, unless changes there are taken up.
        self.folder: Path | None = None

    @property
    def engine(self) -> Engine:
        """The rules in force and what reads with them; a request asks once and keeps what it got."""
        return self.reload.engine

    def close(self) -> None:
        """Close the store and all connections to it."""
        self.sandbox.end()
        self.pool.close()
        self.store.close()

    def version(self) -> Version:
        """The version of the store and of the rules."""
        return self.pool.version(), self.reload.version

    def prepare(self, request: Request) -> Prepared:
        """The request parsed, validated, planned and within all limits; raises ClientError or InvalidDocumentError."""
        document = self.documents.document(request.query)
        operation = document.operation(request.operation_name or None)
        hidden = not self.settings.suggestions
        variables = get_variable_values(
            core_schema(), operation.variable_definitions or (), request.variables or {}, hide_suggestions=hidden
        )
        if isinstance(variables, list):
            raise InvalidDocumentError([formatted(error) for error in variables])
        try:
            plan = document.plan(operation, variables)
            is_heavy = plan.is_heavy
            if is_heavy is None:
                is_heavy = check_cost(plan.root, variables, self.settings).heavy
                plan.is_heavy = is_heavy if not operation.variable_definitions else None
        except ClientError:
            raise
        except GraphQLError as error:
            raise InvalidDocumentError([formatted(error)]) from error
        return Prepared(request, document, operation, variables, plan, is_heavy)

    async def answer(self, prepared: Prepared, *, may_write: bool = False) -> Answer:
        """The answer to a query or mutation: on this thread where it is quick, else on another.

        Raises UNAUTHORIZED for a mutation that the client may not make.
        """
        deadline = time.monotonic() + self.settings.request_time
        if prepared.kind is OperationType.MUTATION:
            # Writing has no deadline: half a mutation would be worse than a slow one.
            if not may_write:
                raise unauthorized()
            return await anyio.to_thread.run_sync(lambda: self.run(prepared, float("inf")), limiter=self.writing)
        if prepared.heavy or prepared.plan.introspects:
            tries = any(field.name == TRIAL for field in prepared.plan.root.fields)
            limiter = self.trying if tries else self.limiter
            return await anyio.to_thread.run_sync(lambda: self.run(prepared, deadline), limiter=limiter)
        return self.run(prepared, deadline)

    async def deliver(self, prepared: Prepared, published: Any) -> Answer:
        """The answer of a subscription for one thing that happened."""
        deadline = time.monotonic() + self.settings.request_time
        # Many things can happen at once; others are served in between.
        await anyio.sleep(0)
        return self.run(prepared, deadline, published=published)

    def run(self, prepared: Prepared, deadline: float, *, published: Any = None) -> Answer:
        """Execute on this thread; `published` is what a subscription delivers."""
        snapshot = prepared.kind is not OperationType.MUTATION
        # One reference, read once: rules that change meanwhile are for the next request.
        reload = published.reload if isinstance(published, ReloadRow) else self.reload
        with self.pool.reading(deadline, snapshot=snapshot) as reading:
            version = (reading.version(), reload.version) if snapshot else None
            context = Context(
                reading.connection,
                self.settings,
                reload.engine,
                self.store,
                deadline,
                published,
                reload,
                self.sandbox,
                self.folder,
            )
            try:
                data = None if prepared.plan.introspects or not snapshot else self._quickly(context, prepared)
                result = {"data": data} if data is not None else self._exactly(context, prepared)
                return Answer(orjson.dumps(result), errors="errors" in result, version=version)
            except ClientError as error:
                return refusal(error)

    def _quickly(self, context: Context, prepared: Prepared) -> dict[str, Any] | None:
        try:
            return breadth.execute(context, prepared.plan.root, prepared.variables)
        except Exception as error:
            context.check_time()
            if isinstance(error, ClientError) and error.code in (ErrorCode.TIMEOUT, ErrorCode.LIMIT_EXCEEDED):
                raise
            # Whatever is wrong, graphql-core finds it again and says at which field.
            return None

    def _exactly(self, context: Context, prepared: Prepared) -> dict[str, Any]:
        context.groups.clear()
        result = execute_sync(
            core_schema(),
            prepared.document.node,
            variable_values=prepared.request.variables,
            operation_name=prepared.request.operation_name or None,
            context_value=context,
        )
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer = {"errors": [formatted(error) for error in result.errors], **answer}
        return answer
