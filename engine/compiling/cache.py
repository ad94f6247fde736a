"""What was compiled is kept on disk between runs; it is only ever an optimisation.

A kept file is JSON, so reading it runs no code, and it is used only when it belongs to this user alone: another user's
file in its place is passed over, and so is anything that is not whole, or that was kept under another key.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import Any

import orjson

MOST_KEPT = 96 << 20
"""Bytes that all kept files may take; those that were not used for longest go."""
SUFFIX, PART = ".json", ".json.part"
"""What kept files end with, and those that are being written."""
ABANDONED = 3600
"""Seconds after which a file that is being written will not be finished any more."""


def folder() -> Path:
    """Where compiled rules are kept: CHANCERY_CACHE, or a folder of the user's cache."""
    told = os.environ.get("CHANCERY_CACHE")
    return Path(told) if told else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chancery"


def is_own(status: os.stat_result) -> bool:
    """Whether a file belongs to this user and nobody else may write it."""
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def digest(key: str, body: bytes) -> bytes:
    """By what a kept file is known to be whole and in its own place."""
    return hashlib.sha256(key.encode() + b"\n" + body).hexdigest().encode()


def kept(key: str) -> Any:
    """What was kept under a key, or None."""
    try:
        with (folder() / f"{key}{SUFFIX}").open("rb") as stream:
            if not is_own(os.fstat(stream.fileno())):
                return None
            told, body = stream.readline().rstrip(b"\n"), stream.read()
        return orjson.loads(body) if digest(key, body) == told else None
    except (OSError, RuntimeError, orjson.JSONDecodeError):
        return None


def renewed(key: str) -> bool:
    """Whether there is a file of this user for a key; it counts as used now."""
    try:
        file = folder() / f"{key}{SUFFIX}"
        if not is_own(file.stat()):
            return False
        os.utime(file)
    except (OSError, RuntimeError):
        return False
    return True


def keep(key: str, data: Any) -> None:
    """Keep data under a key, whole or not at all; a folder that cannot be written is no error."""
    try:
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_own(place.stat()):
            return
        body = orjson.dumps(data)
        with tempfile.NamedTemporaryFile(dir=place, suffix=PART, delete=False) as stream:
            stream.write(digest(key, body) + b"\n" + body)
        Path(stream.name).replace(place / f"{key}{SUFFIX}")
    except (OSError, RuntimeError):
        return


def prune() -> None:
    """Drop the files that were not used for longest where all take more than they may, and those left unfinished."""
    try:
        place = folder()
        if not is_own(place.stat()):
            return
        files = sorted(((file.stat(), file) for file in place.glob(f"*{SUFFIX}")), key=lambda one: -one[0].st_mtime)
        total = 0
        for status, file in files:
            total += status.st_size
            if total > MOST_KEPT:
                file.unlink(missing_ok=True)
        for file in place.glob(f"*{PART}"):
            if file.stat().st_mtime < time.time() - ABANDONED:
                file.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return
