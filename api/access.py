"""Who may change the store: whoever has the token, or without one configured, a program on this machine."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from api.errors import ClientError, ErrorCode
from api.settings import Settings

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def may_write(settings: Settings, client: str | None, host: str, authorization: str) -> bool:
    """Whether mutations are allowed; `client` is the caller's address, the others are headers ("" where absent)."""
    if settings.token:
        scheme, _, token = authorization.partition(" ")
        given = token.strip().encode()
        return hmac.compare_digest(given, settings.token.encode()) and scheme.lower() == "bearer"
    # The Host header tells a page that had its name point to this machine from a program that was given the address.
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return is_loopback(client) and name.lower() in _LOCAL_NAMES


def unauthorized() -> ClientError:
    """The error for a mutation from someone who may not make it."""
    message = (
        "Mutations need the header Authorization: Bearer TOKEN with the server's CHANCERY_TOKEN; "
        "where none is set, they work only from the server's own machine."
    )
    return ClientError(ErrorCode.UNAUTHORIZED, message, status=401)


def is_loopback(client: str | None) -> bool:
    """Whether an address is one of this machine."""
    try:
        return client is not None and ip_address(client).is_loopback
    except ValueError:
        return False
