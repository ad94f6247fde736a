"""Errors of the store: each says what is wrong, where, and what to do."""

from __future__ import annotations


class StoreError(Exception):
    """A store that cannot be opened, read or written; `where` is the database as the user named it."""

    def __init__(self, what: str, where: str, do: str) -> None:
        super().__init__(f"{where}: {what}; {do}")
        self.what = what
        self.where = where
        self.do = do
