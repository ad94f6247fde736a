"""Errors that a client sees: a sentence that says what, where, what is allowed and what to do, and a code.

Any other exception is masked: the client gets INTERNAL and an id, the log has the same id with the traceback.
"""

from __future__ import annotations

import logging
import secrets
from enum import Enum
from typing import Any

from graphql import GraphQLError

log = logging.getLogger("chancery.api")


class ErrorCode(Enum):
    """Every value that `extensions.code` of an error can have."""

    BAD_REQUEST = "The HTTP request is malformed: its body, its parameters or its JSON."
    GRAPHQL_PARSE_FAILED = "The document is not GraphQL."
    GRAPHQL_VALIDATION_FAILED = "The document does not fit the schema."
    OPERATION_NOT_FOUND = "The document has no operation, or none of the name given."
    BAD_USER_INPUT = "An argument or variable has a value that is not allowed."
    BAD_CURSOR = "A cursor of `after` or `before` was not made by this connection with this order."
    BAD_ARTICLE = "An article cannot be read: empty, too long, markup, control characters or a malformed date."
    LIMIT_EXCEEDED = "The document is deeper, longer or wider than allowed; `limit`, `allowed` and `found` say which."
    COST_EXCEEDED = "The query can return more objects than allowed; `cost` and `allowed` say how many."
    TIMEOUT = "The request took longer than allowed."
    TOO_LARGE = "The body is larger than allowed."
    UNAUTHORIZED = "A mutation came without the token, or from another machine where no token is set."
    METHOD_NOT_ALLOWED = "A mutation came by GET, or another method than GET or POST was used."
    UNSUPPORTED_MEDIA_TYPE = "The body is not application/json, or batched."
    NOT_ACCEPTABLE = "The Accept header names no media type that the server writes."
    PERSISTED_QUERY_NOT_FOUND = "The server does not know the hash; send the query with it once."
    PERSISTED_QUERY_MISMATCH = "The hash is not the SHA-256 of the query sent with it."
    SUBSCRIPTION_NOT_ALLOWED = "A subscription came over plain HTTP; use graphql-transport-ws or graphql-sse."
    INTROSPECTION_DISABLED = "Introspection is switched off here."
    RULES_READ_ONLY = "Rules cannot be saved here: the server does not watch them, or has no token."
    STORE_UNWRITABLE = "The store cannot be written: read-only, locked for too long, or the disk is full."
    INTERNAL = "The server failed; the log has the details under the `id` given."


class ClientError(GraphQLError):
    """An error whose message is meant for the client; `details` go beside the code in `extensions`."""

    def __init__(self, code: ErrorCode, message: str, status: int = 400, **details: Any) -> None:
        super().__init__(message, extensions={"code": code.name, **details})
        self.code = code
        self.status = status

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (self.code.name, self.message, self.status, dict(self.extensions or {})))


def _rebuilt(code: str, message: str, status: int, extensions: dict[str, Any]) -> ClientError:
    extensions.pop("code", None)
    return ClientError(ErrorCode[code], message, status, **extensions)


def bad_input(message: str) -> ClientError:
    """The error for a value that is not allowed."""
    return ClientError(ErrorCode.BAD_USER_INPUT, message)


def formatted(error: GraphQLError, code: ErrorCode = ErrorCode.BAD_USER_INPUT) -> dict[str, Any]:
    """The error as the response writes it; what was not raised for the client is logged and masked.

    `code` is for errors of graphql-core itself, which have none.
    """
    original = error.original_error
    if original is not None and not isinstance(original, GraphQLError):
        identifier = secrets.token_hex(6)
        log.error("error %s at %s", identifier, error.path, exc_info=original)
        shown = GraphQLError("The server failed; tell its keeper the id.", nodes=error.nodes, path=error.path)
        answer: dict[str, Any] = dict(shown.formatted)
        answer["extensions"] = {"code": ErrorCode.INTERNAL.name, "id": identifier}
        return answer
    answer = dict(error.formatted)
    answer["extensions"] = {"code": code.name, **(answer.get("extensions") or {})}
    return answer
