"""What the one who runs the server can set, with its defaults; each is read from an environment variable.

The variable of a setting is CHANCERY_ and its name in capitals: `max_depth` is CHANCERY_MAX_DEPTH. Lists are comma-
separated, switches are 1 or 0.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

# 0 answers kept: the answer cache is off.
_MAY_BE_NONE = frozenset({"CHANCERY_ANSWERS"})
_SWITCH = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and switches of the server; sizes in bytes, times in seconds, the rest in counts.

    `token` guards the mutations (without one they work from this machine only); `origins` lists the web origins that
    may read through CORS and WebSocket. `max_cost` counts the objects that a query can return; see `limits.py` for the
    others.
    """

    token: str = ""
    origins: tuple[str, ...] = ()
    introspection: bool = True
    suggestions: bool = True
    max_body: int = 4_000_000
    max_query: int = 100_000
    max_tokens: int = 2_000
    max_depth: int = 16
    max_aliases: int = 50
    max_fields: int = 1_000
    max_repeats: int = 20
    max_directives: int = 40
    max_list: int = 500
    default_list: int = 20
    max_cost: int = 20_000
    request_time: float = 10.0
    body_time: float = 5.0
    max_subscriptions: int = 50
    subscribers: int = 1_000
    poll_time: float = 0.25
    documents: int = 500
    answers: int = 500
    answer_bytes: int = 32_000_000
    persisted: int = 1_000
    compress_from: int = 2_000
    threads: int = 4
    trial_time: float = 8.0


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings as the environment has them; a malformed one raises ValueError that says what is allowed."""
    environment = os.environ if environment is None else environment
    given: dict[str, Any] = {}
    for setting in fields(Settings):
        name = f"CHANCERY_{setting.name.upper()}"
        if name in environment:
            given[setting.name] = _read(name, environment[name], setting.default)
    return Settings(**given)


def _read(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in _SWITCH:
            raise ValueError(f"{name} is {text!r}; allowed are 1 and 0; set one of them or remove it")
        return _SWITCH[text.lower()]
    if isinstance(default, tuple):
        return tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    if isinstance(default, str):
        return text
    kind = float if isinstance(default, float) else int
    try:
        number = kind(text)
    except ValueError:
        number = -1
    if number < 0 or (number == 0 and name not in _MAY_BE_NONE):
        what = "a number of seconds" if kind is float else "a whole number"
        raise ValueError(f"{name} is {text!r}; allowed is {what} above 0, such as {default}; correct or remove it")
    return number
