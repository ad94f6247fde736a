"""Revisions: rules as they are in a revision of git, to compare with."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from engine.sources import SUFFIXES, Sources


def committed(folder: Path, revision: str) -> Sources:
    """The files of a folder of rules as they are in a revision of git.

    Raises LookupError with what git says where there is none.
    """
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "."]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", b"") or str(error).encode()
        raise LookupError(told.decode(errors="replace").strip()) from error
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        files = {
            member.name.removeprefix("./"): content.read()
            for member in archive.getmembers()
            if member.isfile()
            and Path(member.name).suffix in SUFFIXES
            and (content := archive.extractfile(member)) is not None
        }
    return Sources(files)
