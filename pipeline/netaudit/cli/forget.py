"""`netaudit forget`: a person out of everything the program keeps, for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netaudit.cli._forgetting import finished
from netaudit.cli._options import DEFAULT_OUT, Out, SettingsFile
from netaudit.cli._terminal import harmless
from netaudit.cli._who import Place, aliases_of, is_alias, label, row_of, the_person
from netaudit.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from netaudit.archive import Store
    from netaudit.people import People

COUNTED = {
    "messages": "messages",
    "events": "meetings",
    "connections": "LinkedIn connections",
    "gestures": "invitations, endorsements and recommendations",
    "contacts": "address book entries",
}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(forget)


def forget(
    who: Annotated[
        str, typer.Argument(metavar="PERSON", help="A name, an address, a profile or a person_id.")
    ],
    out: Out = DEFAULT_OUT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    settings_file: SettingsFile = None,
) -> None:
    """Forget a person: out of the archive, your decisions, the review's journal, every report.

    Later ingests leave them out, told by salted hashes; your exports are not touched. It cannot be
    undone except by `netaudit purge` and a new ingest.
    """
    from netaudit import forget as forgetting  # noqa: PLC0415
    from netaudit.archive import Store  # noqa: PLC0415

    finished(out)
    store = Store(out / "archive")
    if _is_forgotten(store, who):
        typer.echo(f"{harmless(who)}: is forgotten already.")
        return
    target = _target(Place(out, settings_file).people(), who)
    typer.echo("\n".join(_told(target, store, out)))
    if not yes:
        typer.confirm("Forget all of it?", abort=True, err=True)
    with _progress() as tell:
        left = forgetting.run(out, target.aliases, target.names, tell)
    for path in left.files:
        typer.echo(f"netaudit: {harmless(str(path))}: is yours and stays; look into it", err=True)
    for name in left.named:
        typer.echo(
            f"netaudit: {harmless(name)}: the name of this source names them and stays in the "
            "archive; rename the file, `netaudit drop` it and ingest it again",
            err=True,
        )
    typer.echo("Forgotten. Write reports again with `netaudit report`.")


@dataclass(frozen=True)
class _Target:
    """Whom to forget.

    Attributes:
        title: in a line.
        aliases: addresses, profiles and `name:...`.
        names: as they are written.
        namesakes: other people of the same name.
    """

    title: str
    aliases: tuple[str, ...]
    names: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()


def _is_forgotten(store: Store, who: str) -> bool:
    from netaudit.archive import matcher  # noqa: PLC0415
    from netaudit.people import People  # noqa: PLC0415

    forgotten = store.manifest.forgotten
    return bool(forgotten) and any(map(matcher(forgotten).is_alias, People.spellings(who)))


def _target(people: People, who: str) -> _Target:
    """Whom a text means: a person, else one address or profile that is nobody's."""
    from netaudit.people.names import namesakes, written  # noqa: PLC0415

    spellings = people.spellings(who)
    alone = [a for a in spellings if "@" in a or a.startswith("linkedin.com/")]
    if alone and not people.find(who):
        known = "" if is_alias(people, who) else " (not in the archive: later ingests leave it out)"
        return _Target(f"{harmless(alone[-1])}{known}", tuple(alone[-1:]))
    person = the_person(people, who)
    if bool(row_of(people, person)["is_owner"]):
        raise UserError("that is you: `netaudit purge` removes everything")
    names = written(people, person)
    same = namesakes(people, person, names)
    own = aliases_of(people, person)
    by_name = () if same else tuple(f"name:{name}" for name in map(_folded, names))
    aliases = tuple(dict.fromkeys([*own, *by_name]))
    return _Target(label(people, person), aliases, names, tuple(label(people, p) for p in same))


def _folded(name: str) -> str:
    from netaudit.aliases import fold  # noqa: PLC0415

    return fold(name)


def _told(target: _Target, store: Store, out: Path) -> Iterator[str]:
    """What will be forgotten."""
    from netaudit import outfolder  # noqa: PLC0415
    from netaudit.archive import Forgotten  # noqa: PLC0415

    yield f"To be forgotten: {target.title}"
    yield from (f"  {harmless(alias)}" for alias in target.aliases)
    for name in target.names:
        yield f"  the name {harmless(name)}, also where others wrote it"
    found = store.theirs(Forgotten().adding(target.aliases, target.names))
    counts = [f"{found[table]:,} {name}" for table, name in COUNTED.items() if found[table]]
    yield f"Out of the archive, copies counted too: {', '.join(counts) or 'nothing'}."
    if found["recipients"]:
        yield f"Out of the addressees of {found['recipients']:,} messages that stay."
    if reports := [p for p in outfolder.reports(out) if not p.name.startswith(".")]:
        yield f"All {len(reports):,} reports are removed: write again those that you need."
    for other in target.namesakes:
        yield f"Of the same name, and then without it: {other}"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar of the archive's parts, on standard error where that is a terminal."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("forgetting", total=None)
        yield lambda done, parts: bar.update(task, completed=done, total=parts)
