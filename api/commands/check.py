"""`chancery check`: the rules and their examples."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.console import FINDINGS, Rules, counted, fail, print_findings

if TYPE_CHECKING:
    from engine.errors import Finding
    from engine.rules import Rules as Loaded


EXPLAIN = "delete it and ask chancery explain"


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


GrammarName = Annotated[str | None, typer.Argument(help="One grammar (meeting); all by default.", metavar="[GRAMMAR]")]
FormatOption = Annotated[
    Format, typer.Option("--format", help="text: a line each; json: a list; github: annotations of a pull request.")
]
Update = Annotated[
    bool, typer.Option("--update", help="Write what is read now into the examples that fail; review it with git diff.")
]
Watch = Annotated[bool, typer.Option("--watch", help="Check again at each save, until Ctrl-C.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="End with 1 where nothing is read wrongly but something is missing, too.")
]
New = Annotated[
    str | None,
    typer.Option("--new", help="Add this sentence, with what is read now, to the .corpus of GRAMMAR or of what it is."),
]
Published = Annotated[str | None, typer.Option(help="With --new: the day of the article (2016-10-21).")]
Title = Annotated[str | None, typer.Option(help="With --new: what the example is called; by default what reads it.")]


def command(
    grammar: GrammarName = None,
    rules: Rules = None,
    form: FormatOption = Format.TEXT,
    watch: Watch = False,
    strict: Strict = False,
    update: Update = False,
    new: New = None,
    published: Published = None,
    title: Title = None,
) -> None:
    """Check the rules: files, examples, near-misses, over-match, ambiguity, alternatives that no example reads.

    One line for each finding: where; what; what is allowed; what to do. Ends with 1 where an example is read
    wrongly; what else is found is no fault, but with --strict.

    Example: chancery check meeting
    """
    from engine.checks import check_rules
    from engine.errors import RulesError, UnknownGrammarError
    from engine.rules import RULES, load_rules

    folder = rules or RULES
    if watch:
        from api.watching import at_each_save

        at_each_save(folder, lambda: command(grammar, rules, form, strict=strict))
        return
    try:
        loaded = load_rules(folder)
        if new is not None:
            _add(loaded, folder, new, grammar, published, title)
            return
        if update:
            _update(loaded, folder, grammar)
            return
        findings, count = check_rules(loaded, grammar, gaps=True)
    except UnknownGrammarError as error:
        fail(str(error))
    except RulesError as error:
        findings, count = error.findings, 0
    _tell(findings, count, form, strict)


def _tell(findings: "list[Finding]", count: int, form: Format, strict: bool) -> None:
    print_findings(findings, form)
    wrong = sum(not finding.gap for finding in findings)
    if wrong or (strict and findings):
        raise typer.Exit(FINDINGS)
    if form is Format.TEXT:
        missing = f"; {counted(len(findings), 'finding')} to look at" if findings else ""
        typer.echo(f"{count} examples are read as they say{missing}")


def _update(rules: "Loaded", folder: Path, grammar: str | None) -> None:
    from engine.authoring.expectations import updated
    from engine.reader import Reader

    texts = updated(Reader(rules), grammar)
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
        typer.echo(f"rules/{path}: examples say what is read now; review them with git diff")
    if not texts:
        typer.echo("all examples are read as they say; nothing was written")


def _add(
    rules: "Loaded", folder: Path, text: str, grammar: str | None, published: str | None, title: str | None
) -> None:
    from engine.authoring.expectations import addition
    from engine.errors import UnknownGrammarError
    from engine.reader import Reader

    known = sorted(rules.grammars())
    if grammar is not None and grammar not in known:
        raise UnknownGrammarError(grammar, known)
    added = addition(Reader(rules), text, grammar, {"published": published} if published else None, title)
    if added is None:
        fail(f"nothing is read in {text!r}; name the grammar: chancery check GRAMMAR --new ...; {', '.join(known)}")
    (folder / added.path).write_text(added.text, encoding="utf-8")
    typer.echo(f"rules/{added.path}: added, with what is read now; review it\n\n{added.added}", nl=False)
    if not added.tells:
        typer.secho(f"\nnothing is read in it, so it is a near miss now: if it should be read, {EXPLAIN}", fg="yellow")
