"""`netaudit review`: the quarterly ritual, a short list of people to act on, one by one."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netaudit.cli._audited import AsOf, Quarter, Since, audited, day, settings_of, steps
from netaudit.cli._forgetting import finished
from netaudit.cli._options import DEFAULT_OUT, Me, Out, SettingsFile
from netaudit.cli._terminal import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from netaudit.api import Audit
    from netaudit.cli._ritual import Ritual


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(review)


def review(
    *,
    out: Out = DEFAULT_OUT,
    as_of: AsOf = None,
    quarter: Quarter = None,
    since: Since = None,
    just_list: Annotated[
        bool, typer.Option("--list", help="Print the list and the answers so far; ask nothing.")
    ] = False,
    me: Me = None,
    settings_file: SettingsFile = None,
) -> None:
    """Go through the people to act on, one by one, with why.

    Answers: done, snooze, skip, ignore, tag, note. Each is kept in OUT/review.jsonl at once: stop
    whenever you like, the next call goes on where you stopped. Later lists honour the answers, and
    the next report tells what came of each. Answers may be piped in, one a line.
    """
    when = day(as_of, quarter)
    settings = settings_of(settings_file, me or [], since)
    finished(out)
    with steps() as tell:
        audit = audited(out, settings, when, tell)
    ritual = _ritual(audit, out)
    before = _listed(audit, out)
    show(_opening(audit, out, before), is_titled=True)
    if just_list:
        for card in _cards(ritual, before):
            _show_card(card)
        return
    try:
        ritual.run(before)
    except KeyboardInterrupt:
        show([""])
    show(_closing(_listed(audit, out), out))


def _ritual(audit: Audit, out: Path) -> Ritual:
    from netaudit.cli._ritual import Ritual  # noqa: PLC0415

    return Ritual(audit, out, _ask, _show_card, lambda: dt.datetime.now().astimezone())


def _show_card(lines: list[str]) -> None:
    show([""])
    show(lines, is_titled=True)


def _ask(prompt: str) -> str | None:
    """A line of standard input; None at its end."""
    typer.echo(f"\n{prompt}", nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        typer.echo("")
    return line if line else None


def _listed(audit: Audit, out: Path) -> pd.DataFrame:
    """The list with the answers so far: those answered first, then who is still to come."""
    from netaudit import actions, answers, journal  # noqa: PLC0415

    kept = journal.read(out)
    for number in kept.damaged:
        typer.echo(f"netaudit: {journal.FILE_NAME}: line {number} is no answer, left out", err=True)
    return answers.resumed(actions.choose(audit, kept.answers), kept.answers, audit)


def _opening(audit: Audit, out: Path, chosen: pd.DataFrame) -> list[str]:
    from netaudit import journal, outcomes, quarter  # noqa: PLC0415
    from netaudit.page.followups import ANSWER_WORDS, sentence  # noqa: PLC0415
    from netaudit.phrases import count  # noqa: PLC0415
    from netaudit.shown import records  # noqa: PLC0415

    lines = [
        f"Review of {quarter.window(audit.as_of).name}: {count(len(chosen), 'person', 'people')}."
    ]
    came = outcomes.of(audit, journal.read(out).answers)
    if len(came):
        lines += ["", sentence(came)]
        for row in records(came):
            said = ANSWER_WORDS.get(row["answer"], "") if isinstance(row["answer"], str) else ""
            told = f" ({said})" if said else ""
            lines.append(f"  {row['name']}{told}: {row['summary']}")
    if chosen.empty:
        lines.append("Nobody asks for your attention: too little is known, or all is well.")
    return lines


def _cards(ritual: Ritual, chosen: pd.DataFrame) -> Iterator[list[str]]:
    """Everybody on the list with the answers so far."""
    from netaudit.shown import records  # noqa: PLC0415

    evidence = ritual.evidence(chosen)
    for place, row in enumerate(records(chosen), 1):
        lines = ritual.card(row, f"{place} of {len(chosen)}", evidence)
        if isinstance(row["answer"], str):
            until = f" until {row['until']}" if isinstance(row["until"], str) else ""
            lines.append(f"  You said: {row['answer']}{until}")
        yield lines


def _closing(chosen: pd.DataFrame, out: Path) -> list[str]:
    from netaudit import journal  # noqa: PLC0415
    from netaudit.cli._ritual import tally  # noqa: PLC0415

    if chosen.empty:
        return []
    left = int(chosen["answer"].isna().sum())
    more = " Go on with netaudit review." if left else " netaudit report honours them."
    return ["", tally(chosen) + more, f"Kept in {out / journal.FILE_NAME}"]
