"""The program `chancery`: its commands are the modules of api/commands, each with a function `command`.

A command's module imports what is heavy inside its function, so that `chancery extract` starts without the web and the
store. Exit codes: 0 fine, 1 findings, 2 misuse.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import typer
from typer.core import TyperGroup

from api import commands
from api.console import fail, is_misuse


class Commands(TyperGroup):
    """Turns the errors that say what, where and what to do into messages without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; errors that tell of misuse end it with exit code 2."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not is_misuse(error):
                raise
            fail(str(error))


app = typer.Typer(
    name="chancery",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads diplomatic news with grammars and serves the facts as typed GraphQL."
    "\n\nExample: chancery extract seeds",
    context_settings={"help_option_names": ["-h", "--help"]},
)

for _module in iter_modules(commands.__path__):
    app.command(_module.name)(import_module(f"{commands.__name__}.{_module.name}").command)
