"""Rules that change on the disk come into force while the server runs, as a whole or not at all."""

from __future__ import annotations

import contextlib
import gc
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
from watchfiles import awatch

from api.engine import Engine, Reload, taught
from api.execution.service import Service
from api.watching import LATEST_MILLISECONDS, LOOK_MILLISECONDS, SETTLED_MILLISECONDS
from api.workshop import Workshop
from engine.corpus import all_examples
from engine.errors import Finding, RulesError
from engine.reader import Reader
from engine.rulebook import Rulebook
from engine.rules import rules_of
from engine.sources import Sources
from engine.store.reference import TABLES, read_reference

log = logging.getLogger("chancery.rules")


async def watch_rules(service: Service, rules: Path, told: Callable[[], None]) -> None:
    """Load the rules again after each change; `told` is called after each time, on the thread that serves requests."""
    seen = service.engine.sources
    with contextlib.closing(Workshop(seen)) as workshop:
        # Once it has told all that it knows, an edit need bring only what is new.
        await anyio.to_thread.run_sync(workshop.begin, seen)
        async for _ in awatch(
            rules,
            debounce=LATEST_MILLISECONDS,
            step=SETTLED_MILLISECONDS,
            rust_timeout=LOOK_MILLISECONDS,
            yield_on_timeout=True,
        ):
            try:
                sources = await anyio.to_thread.run_sync(Sources.read, rules)
            except OSError:
                # A file that was replaced while it was read; the next look finds it.
                continue
            before = service.engine
            if sources != seen:
                seen = sources
                await take_up(service, sources, workshop)
                told()
            elif form := await anyio.to_thread.run_sync(workshop.refined, before.sources):
                await replace_form(service, form)
            if service.engine is not before:
                await anyio.to_thread.run_sync(forget)


async def take_up(service: Service, sources: Sources, workshop: Workshop | None = None) -> None:
    """Put rules in force; where they have errors, those before stay and the errors are told."""
    before = service.reload
    try:
        engine = await anyio.to_thread.run_sync(changed_engine, before.engine, sources, workshop)
    except RulesError as error:
        findings = error.findings
    except Exception as error:
        # Watching goes on whatever it was.
        log.debug("the rules could not be read", exc_info=True)
        findings = [Finding("rules", 1, f"the rules cannot be read: {error!r}", do="mend the files changed last")]
    else:
        await put_in_force(service, engine)
        return
    service.reload = Reload(before.engine, tuple(findings))
    log.error("%s\nthe rules have errors: those before stay in force", "\n".join(map(str, findings)))


async def put_in_force(service: Service, engine: Engine) -> None:
    """Let every request that begins from now on be answered by an engine."""
    before = service.reload
    if engine is before.engine and not before.findings:
        return
    if engine.template is not before.engine.template:
        # The store must know a new country before the first article that names it; writers wait for each other.
        reference = read_reference(engine.sources)
        await anyio.to_thread.run_sync(service.store.learn, reference, limiter=service.writing)
    service.reload = Reload(engine)
    log.info("rules %s are in force", engine.version)


async def replace_form(service: Service, form: dict[str, Any]) -> None:
    """Let the rules in force be read with by another form of them; nobody need be told."""
    before = service.reload
    engine = await anyio.to_thread.run_sync(engine_of, before.engine.sources, form, before.engine.template)
    service.reload = Reload(engine, before.findings)


def forget() -> None:
    """Free the rules of before, and keep later collections from walking those in force."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def changed_engine(before: Engine, sources: Sources, workshop: Workshop | None) -> Engine:
    """An engine with the rules of these files, or the one before where nothing is new; raises RulesError."""
    if sources == before.sources:
        return before
    all_examples(sources)
    form = workshop.soonest(sources) if workshop else None
    template = before.template
    if any(sources.files.get(table) != before.sources.files.get(table) for table in TABLES):
        template = taught(template, read_reference(sources))
    return engine_of(sources, form, template)


def engine_of(sources: Sources, form: dict[str, Any] | None, template: bytes) -> Engine:
    """An engine with the rules of these files, or of their compiled form where that is known; raises RulesError."""
    reader = Reader(rules_of(sources, cached=True, form=form))
    return Engine(reader, Rulebook(reader), template, sources)
