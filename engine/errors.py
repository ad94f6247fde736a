"""Errors of rules: each says what is wrong, where, what is allowed and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in rules/: `file` relative to the folder that holds rules/, `line` from 1, three sentences.

    A `gap` is nothing that is read wrongly, but an example that is missing or a rule that is not needed.
    """

    file: str
    line: int
    what: str
    allowed: str = ""
    do: str = ""
    gap: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: " + "; ".join(part for part in (self.what, self.allowed, self.do) if part)


class RulesError(Exception):
    """Rules that cannot be used; `findings` holds every thing found wrong."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings

    def __reduce__(self) -> tuple[type[RulesError], tuple[list[Finding]]]:
        """What another process makes it from."""
        return RulesError, (self.findings,)


class UnknownGrammarError(Exception):
    """A name that is no grammar's; `known` are those that are."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"no grammar {name!r}; allowed: {', '.join(known)}")
        self.known = known
