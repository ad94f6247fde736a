"""What was compiled is kept on disk between runs; it is only ever an optimisation.

A kept file is JSON, so reading it runs no code, and it is used only when it belongs to this user alone: another user's
file in its place is passed over, and so is anything that is not whole.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

import orjson

MOST_KEPT = 8
"""Files kept; older ones go."""


def folder() -> Path:
    """Where compiled rules are kept: CHANCERY_CACHE, or a folder of the user's cache."""
    told = os.environ.get("CHANCERY_CACHE")
    return Path(told) if told else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chancery"


def is_own(status: os.stat_result) -> bool:
    """Whether a file belongs to this user and nobody else may write it."""
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def kept(key: str) -> dict[str, Any] | None:
    """What was kept under a key, or None."""
    try:
        with (folder() / f"{key}.json").open("rb") as stream:
            if not is_own(os.fstat(stream.fileno())):
                return None
            digest, _, body = stream.read().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        found = orjson.loads(body)
    except (OSError, RuntimeError, orjson.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None


def keep(key: str, data: dict[str, Any]) -> None:
    """Keep data under a key, whole or not at all; a folder that cannot be written is no error."""
    try:
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_own(place.stat()):
            return
        body = orjson.dumps(data)
        with tempfile.NamedTemporaryFile(dir=place, delete=False) as stream:
            stream.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(stream.name).replace(place / f"{key}.json")
        files = sorted(place.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return
