"""Which media type a client wants, and whether it takes gzip, by the headers of RFC 9110."""

from __future__ import annotations

from functools import lru_cache

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
HTML = "text/html"


def _weights(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        if name:
            found.append((name, weight))
    return found


@lru_cache(maxsize=256)
def media_type(accept: str, *, page: bool = False) -> str | None:
    """The type to answer in, None where the client takes none; `page` where a web page could be the answer.

    A client that leaves it open gets application/json, as the GraphQL-over-HTTP specification asks.
    """
    offered = [JSON, RESPONSE, EVENTS]
    if page:
        offered.append(HTML)
    if not accept.strip():
        return JSON
    best: tuple[float, int, str] | None = None
    weights = _weights(accept)
    for place, (name, weight) in enumerate(weights):
        matched = name if name in offered else JSON if name in {"*/*", "application/*"} else None
        if matched is None or weight <= 0:
            continue
        rank = (weight, -place, matched)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None


@lru_cache(maxsize=64)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether the client takes gzip."""
    weights = dict(_weights(accept_encoding))
    return weights.get("gzip", weights.get("*", 0.0)) > 0
