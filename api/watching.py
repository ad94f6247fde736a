"""When files of the rules are saved: how soon that is noticed, and work that is done again each time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import typer
from watchfiles import watch

from engine.sources import Sources

SETTLED_MILLISECONDS = 30
"""A save is taken up once nothing more changes for so long: editors write in several steps."""
LATEST_MILLISECONDS = 400
"""A save is taken up after so long at the latest."""
LOOK_MILLISECONDS = 1000
"""The files are looked at so often where nothing is told of them: before watching began, or on a network's disk."""


def at_each_save(rules: Path, work: Callable[[], None]) -> None:
    """Do the work, and again after each change of the rules, until the user interrupts; it may raise typer.Exit."""
    seen: Sources | None = None
    changes = watch(
        rules,
        debounce=LATEST_MILLISECONDS,
        step=SETTLED_MILLISECONDS,
        rust_timeout=LOOK_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    while True:
        try:
            sources = Sources.read(rules)
        except OSError:
            # A file that was replaced while it was read; the next look finds it.
            sources = seen or Sources({})
        if sources != seen:
            seen = sources
            # What it found is told; the next save may mend it.
            with contextlib.suppress(typer.Exit):
                work()
            typer.secho(f"watching {rules}; Ctrl-C ends", dim=True, err=True)
        if next(changes, None) is None:
            return
