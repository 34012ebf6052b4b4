"""The command line: options, printing, exit codes; nothing else.

One file per command; `app` collects them. `main` is the only place that turns errors into exit
codes: 0 clean or with warnings, 1 failed, 2 wrong usage. No traceback reaches the user.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from typing import Annotated

import typer

from netaudit import __version__
from netaudit.errors import UserError

GC_ALLOCATIONS = 50_000
"""Objects made and kept before the youngest are looked through for cycles."""

app = typer.Typer(
    name="netaudit",
    help="Which of your professional relationships are real networking? "
    "An audit of your own mail and LinkedIn history, on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"netaudit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    os.umask(0o077)


for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    if not _module.startswith("_"):
        importlib.import_module(f"{__name__}.{_module}").add_to(app)


def main() -> None:
    """Run the command line."""
    # Looking for cycles took a fifth of the time of every import.
    gc.set_threshold(GC_ALLOCATIONS, 20, 50)
    try:
        app()
    except UserError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted; the archive is as it was", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        # The message of an unexpected error may hold mail text: only its kind and place are shown.
        _fail(f"unexpected {_place(error)}; please report this line", 1)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {where}"


def _fail(text: str, code: int) -> None:
    from netaudit.cli._terminal import harmless  # noqa: PLC0415

    sys.stderr.write(f"netaudit: {harmless(text)}\n")
    sys.exit(code)
