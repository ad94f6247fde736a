"""`chancery explain`: why a text is read as it is."""

from typing import Annotated

import typer

from api.console import Rules

Text = Annotated[str, typer.Argument(help="A sentence or a few.", metavar="TEXT")]
GrammarName = Annotated[str | None, typer.Option("--grammar", help="Only the rules of this grammar (meeting).")]


def command(text: Text, grammar: GrammarName = None, rules: Rules = None) -> None:
    """Say what each word can be, which rule read what, and how far the others got.

    Example: chancery explain "The two ministers met in Geneva on Monday."
    """
    from engine.reader import Reader
    from engine.rulebook import Rulebook

    explanation = Rulebook(Reader.load(rules)).explain(text, grammar)
    for token in explanation.tokens:
        typer.echo(f"{token.start:5} {token.text:24} {' '.join(token.terminals)}")
    for reading in explanation.readings:
        typer.echo(f"\nread by {reading.rule}: {text[reading.start : reading.end]!r}\n{reading.tree}")
    for miss in explanation.near_misses:
        stood = text[miss.stopped_at :].split(maxsplit=1)[:1] or ["the end"]
        typer.echo(
            f"\n{miss.rule} began with {text[miss.start : miss.stopped_at].strip()!r} and stopped at {stood[0]!r}"
        )
        typer.echo(f"  it would have taken: {', '.join(miss.expected)}")
