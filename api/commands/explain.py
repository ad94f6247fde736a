"""`chancery explain`: why a text is read as it is."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.console import Rules, fail

if TYPE_CHECKING:
    from engine.authoring.explanation import Explanation, NearMissText, ReadingText
    from engine.authoring.proposals import Proposal
    from engine.reader import Reader

_SHOWN = 4
# A list that a person reads: what there is more is counted.
_LISTED = 8

Text = Annotated[str, typer.Argument(help="A sentence or a few.", metavar="TEXT")]
GrammarName = Annotated[str | None, typer.Option("--grammar", help="Only the rules of this grammar (meeting).")]
Misses = Annotated[int, typer.Option("--misses", help="How many of the rules that began and failed to show.", min=0)]
Take = Annotated[
    int,
    typer.Option("--take", help="Write the proposal of this number into the rules; review it with git diff.", min=0),
]


def command(
    text: Text, grammar: GrammarName = None, misses: Misses = _SHOWN, take: Take = 0, rules: Rules = None
) -> None:
    """Say what each word can be, which rule read what, how far the others got, and what edits would read more.

    Example: chancery explain "The two ministers met in Geneva on Monday."
    """
    from engine.reader import Reader
    from engine.rulebook import Rulebook
    from engine.rules import RULES

    reader = Reader.load(rules)
    rulebook = Rulebook(reader)
    if grammar is not None and grammar not in rulebook.files:
        fail(f"no grammar {grammar!r}; allowed: {', '.join(sorted(rulebook.files))}")
    explanation = rulebook.explain(text, grammar)
    _tell(explanation, text, misses)
    if sys.stderr.isatty():
        typer.secho("\nseeking edits that would read more ...", dim=True, err=True)
    proposals = rulebook.propose(text, grammar)
    for number, proposal in enumerate(proposals, 1):
        _propose(number, proposal)
    if grammar is None and (explanation.untouched or not explanation.readings):
        typer.echo("\nTo seek facts of one kind only, and how far each of its wordings got: --grammar visit")
    if take > len(proposals):
        fail(f"there is no proposal {take}; allowed: 1 to {len(proposals)}" if proposals else "nothing is proposed")
    if take:
        _write(rules or RULES, reader, proposals[take - 1])


def _tell(explanation: "Explanation", text: str, misses: int) -> None:
    _head("Words")
    for token in explanation.tokens:
        # What a grammar quotes or shapes for itself says nothing to the reader of a sentence.
        told = [name for name in token.terminals if name[0] != "_" and ":" not in name and name not in ("ANY", "LOWER")]
        typer.echo(f"{token.start:5} {typer.style(token.text, bold=True):24} {' '.join(told)}")
    for reading in explanation.readings:
        _read(reading)
    if explanation.untouched:
        _head("No rule touched")
        for stretch in explanation.untouched:
            typer.echo(f"  {stretch.text!r}")
    shown: set[tuple[str, ...]] = set()
    for miss in explanation.near_misses[:misses]:
        _miss(miss, text, shown)


def _head(text: str) -> None:
    typer.echo(f"\n{typer.style(text, fg='cyan', bold=True)}")


def _read(reading: "ReadingText") -> None:
    _head(f"Read by {reading.rule}, {reading.file}:{reading.line}")
    for fact in reading.facts or (f"no fact: {reading.unmade}",):
        typer.echo(f"  {typer.style(fact, fg='green')}")
    for slot in reading.slots:
        mark = f" -> {slot.mark}" if slot.mark else ""
        typer.echo(f"  {slot.name}{mark}: {slot.text!r}")
    typer.echo("\n".join(f"    {line}" for line in reading.tree.splitlines()))


def _miss(miss: "NearMissText", text: str, shown: set[tuple[str, ...]]) -> None:
    _head(f"Nearly {miss.rule}, {miss.file}:{miss.line}")
    typer.echo(f"  it read {text[miss.start : miss.stopped_at].strip()!r} and stopped at {miss.stood or 'the end'!r}")
    for what, names in (("words", miss.words), ("phrases", miss.phrases), ("classes", miss.classes)):
        lines = tuple(map(str, names))
        if lines in shown and what == "classes":
            typer.echo("  classes that it would have taken: the same as above")
        elif names:
            shown.add(lines)
            more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
            joint = "\n    " if what == "classes" else " "
            listed = joint.join(lines[:_LISTED])
            typer.echo(f"  {what} that it would have taken:{joint}{listed}{more}")


def _propose(number: int, proposal: "Proposal") -> None:
    where = "in the place of line" if proposal.replaces else "below line"
    _head(f"Proposal {number}: {proposal.file}, {where} {proposal.line}")
    typer.echo(f"{typer.style(proposal.text, bold=True)}\n  {proposal.why}")
    for fact in proposal.reads.splitlines():
        typer.echo(f"  then read: {typer.style(fact, fg='green')}")


def _write(folder: Path, reader: "Reader", proposal: "Proposal") -> None:
    path = proposal.file.removeprefix("rules/")
    (folder / path).write_text(proposal.applied(reader.rules.sources).text(path), encoding="utf-8")
    grammar = proposal.reads.partition(" ")[0].lower()
    typer.echo(f"\n{proposal.file} is written; add an example: chancery check {grammar} --new ...")
    typer.echo("then see that no other is read otherwise: chancery check")
