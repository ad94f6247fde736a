"""Parts: work on many things that is done by as many processes as there are cores."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """One of `count` parts that are about as large as each other, by its number from 0."""

    number: int
    count: int

    def of(self, things: Sequence[T]) -> list[T]:
        """Its share of some things; neighbours, which are mostly alike, fall into different parts."""
        return list(things[self.number :: self.count])


ALL = Part(0, 1)
"""Everything."""


def cores() -> int:
    """How many processes may work at once: one where a copy of this process could take over locks that are held."""
    if sys.platform != "linux" or threading.active_count() > 1 or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0))


class Pile(Generic[T]):
    """Things that are taken one by one, by whichever of some copies of this process is free."""

    def __init__(self, things: Sequence[T]) -> None:
        self.things = things
        self.taken = multiprocessing.get_context("fork").Value("i", 0)

    def __iter__(self) -> Iterator[T]:
        while True:
            with self.taken.get_lock():
                number = self.taken.value
                self.taken.value += 1
            if number >= len(self.things):
                return
            yield self.things[number]


def in_parts(work: Callable[[Part], T], count: int) -> list[T]:
    """What the work gives for each of so many parts, in their order; the first is done here, the others by copies of
    this process, and here too where a copy fails, so that its error is raised. Results must be what pickle can send.
    """
    lines = [begun(work, Part(number, count)) for number in range(1, count)]
    return [work(Part(0, count)), *(heard(work, part, line) for part, line in lines)]


def begun(work: Callable[[Part], T], part: Part) -> tuple[Part, Connection]:
    """A part that a copy of this process has begun, and the line on which it tells what it found."""
    context = multiprocessing.get_context("fork")
    line, theirs = context.Pipe(duplex=False)
    context.Process(target=tell, args=(work, part, theirs), daemon=True).start()
    theirs.close()
    return part, line


def tell(work: Callable[[Part], T], part: Part, line: Connection) -> None:
    """Do a part and send what it gives; where that fails, hang up."""
    try:
        line.send(work(part))
    except (Exception, KeyboardInterrupt):
        line.close()


def heard(work: Callable[[Part], T], part: Part, line: Connection) -> T:
    """What a copy sends; where it hangs up, the work is done here."""
    with line:
        try:
            return line.recv()  # type: ignore[no-any-return]
        except EOFError:
            return work(part)
