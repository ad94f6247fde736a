"""The processor time of processes and all that they started: unlike the clock, other programs hardly change it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def seconds(roots: Iterable[int]) -> float:
    """What the processes with these ids, their children and theirs have used, user and system together."""
    parents, used = {}, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            # The name in brackets may hold spaces.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(folder.name)
        parents[number] = int(fields[1])
        used[number] = int(fields[11]) + int(fields[12])
    wanted = set(roots)
    while grown := {number for number, parent in parents.items() if parent in wanted} - wanted:
        wanted |= grown
    return sum(used.get(number, 0) for number in wanted) / _TICK
