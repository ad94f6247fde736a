"""Rules that change on the disk come into force while the server runs."""

from __future__ import annotations

import logging
from pathlib import Path

import anyio.to_thread
from watchfiles import awatch

from api.engine import Engine
from engine.errors import RulesError
from engine.reader import Reader
from engine.rulebook import Rulebook
from engine.rules import RULES

log = logging.getLogger("chancery.rules")


async def watch_rules(engine: Engine, rules: Path = RULES) -> None:
    """Load the rules again after each change; those with errors are reported and the old ones stay in force."""
    async for _ in awatch(rules):
        try:
            reader = await anyio.to_thread.run_sync(Reader.load, rules)
        except RulesError as error:
            log.error("the rules have errors, so that those before stay in force:\n%s", error)
            continue
        if reader.version != engine.version:
            engine.replace(reader, Rulebook(reader))
            log.info("rules %s are in force", reader.version)
