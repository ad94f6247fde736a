"""`chancery check`: the rules and their examples."""

from typing import Annotated

import typer

from api.console import FINDINGS, Rules, fail

GrammarName = Annotated[str | None, typer.Argument(help="One grammar (meeting); all by default.", metavar="[GRAMMAR]")]


Watch = Annotated[bool, typer.Option("--watch", help="Check again at each save, until Ctrl-C.")]


def command(grammar: GrammarName = None, rules: Rules = None, watch: Watch = False) -> None:
    """Check the rules: every file, and that each example is read as it says; one line for each finding.

    Example: chancery check meeting
    """
    if watch:
        from api.watching import at_each_save
        from engine.rules import RULES

        at_each_save(rules or RULES, lambda: command(grammar, rules))
        return
    from engine.checks import check
    from engine.errors import RulesError

    try:
        findings, count = check(rules, grammar)
    except KeyError as error:
        fail(f"no grammar {grammar!r}; allowed: {', '.join(error.args[0])}")
    except RulesError as error:
        findings, count = error.findings, 0
    for finding in findings:
        typer.echo(str(finding))
    if findings:
        raise typer.Exit(FINDINGS)
    typer.echo(f"{count} examples are read as they say")
