"""The reader that the engine's tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.facts import Article, Extraction
from engine.reader import Reader
from engine.record import record as record_of

PUBLISHED = "2016-10-21"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Extraction]:
    """Read a text as a Yonhap article from Seoul of the seed's day, unless told otherwise."""

    def reading(text: str, **told: Any) -> Extraction:
        article = {"published_on": PUBLISHED, "dateline": "Seoul", "agency": "Yonhap", **told}
        return reader.read(Article("test", text, **article))

    return reading


@pytest.fixture(scope="session")
def record(read: Callable[..., Extraction]) -> Callable[..., dict[str, Any]]:
    """The record of a text."""
    return lambda text, **told: record_of(read(text, **told))
