"""`netaudit status`: what is in the archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netaudit.cli._audited import Since, settings_of
from netaudit.cli._forgetting import PENDING
from netaudit.cli._options import DEFAULT_OUT, Out, SettingsFile
from netaudit.cli._owner import found_owner, in_words
from netaudit.cli._tables import aligned
from netaudit.cli._terminal import harmless

if TYPE_CHECKING:
    from netaudit.archive import Store
    from netaudit.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(
    out: Out = DEFAULT_OUT,
    settings_file: SettingsFile = None,
    since: Since = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what is in the archive: sources, spans, counts, what was skipped and why, and whose.

    The days are those of the first and the last record, stray dates included. Where only contact
    since a day counts, or a cadence is wanted for a tag, that is told too.
    """
    from netaudit.archive import Store  # noqa: PLC0415
    from netaudit.ingest import reread  # noqa: PLC0415
    from netaudit.notes import OLD_TEXTS  # noqa: PLC0415

    settings = settings_of(settings_file, [], since)
    store = Store(out / "archive")
    owner = found_owner(store, settings)
    if as_json:
        whose = {
            "name": owner.name,
            "addresses": sorted(owner.addresses),
            "profiles": sorted(owner.profiles),
            "doubts": list(owner.doubts),
        }
        told = {**store.status(), "owner": whose, **in_force(store, settings, out)}
        typer.echo(json.dumps(told, indent=1))
    else:
        lines = [overview(store), in_words(owner), *_in_words(in_force(store, settings, out))]
        typer.echo("\n".join(lines))
        if any(reread.is_old(entry) for entry in store.manifest.sources):
            typer.echo(OLD_TEXTS)
        if store.is_pending:
            typer.echo(PENDING)


def overview(store: Store) -> str:
    """The archive's sources and totals as text."""
    found = store.status()
    sources = found["sources"]
    if not sources:
        return "The archive is empty."
    head = ("id", "source", "read", "kept", "duplicate", "skipped", "from", "to", "path")
    columns = ("id", "source", "read", "kept", "duplicate", "skipped", "first", "last", "path")
    lines = [aligned(head, [[_shown(source[c]) for c in columns] for source in sources])]
    lines += [
        f"  {source['id']}: {n:,} skipped: {reason}"
        for source in sources
        for reason, n in source["skipped_by_reason"].items()
    ]
    lines.append("")
    lines.append(_totals(found))
    return "\n".join(lines)


def _shown(value: Any) -> Any:
    return "-" if value is None else value


def _totals(found: dict[str, Any]) -> str:
    rows = ", ".join(f"{n:,} {name}" for name, n in found["rows"].items() if n)
    parts = [f"{found['read']:,} read = {found['kept']:,} kept + {found['duplicate']:,} duplicate"]
    parts.append(f"{found['skipped']:,} skipped")
    if found["forgotten"]:
        parts.append(f"{found['forgotten']:,} forgotten")
    return f"{' + '.join(parts)}. Kept: {rows or 'nothing'}."


def in_force(store: Store, settings: Settings, out: Path) -> dict[str, Any]:
    """What the settings say of whom and what counts, beside what it applies to.

    Returns:
        `since`: None, or `day` and the `messages` of all channels that count from it on;
        `cadence`: tag -> `days` wanted and `tagged`, how many bear it.
    """
    from netaudit.asof import first_moment  # noqa: PLC0415
    from netaudit.people import decision_file  # noqa: PLC0415

    day, since = settings.as_of.since, None
    if day:
        sent = store.table("messages")["sent_at"]
        since = {"day": day, "messages": int((sent >= first_moment(day)).sum())}
    tags = [
        (tag.casefold(), alias)
        for entry in decision_file.load(out).tag
        for tag in entry.tags
        for alias in entry.who
    ]
    return {
        "since": since,
        "cadence": {
            tag: {"days": days, "tagged": len({a for t, a in tags if t == tag.casefold()})}
            for tag, days in settings.cadence.items()
        },
    }


def _in_words(found: dict[str, Any]) -> list[str]:
    """What is in force, a line each."""
    lines = []
    if found["since"]:
        since = found["since"]
        lines.append(f"Counts: contact since {since['day']}, {since['messages']:,} messages.")
    for tag, wanted in found["cadence"].items():
        n = wanted["tagged"]
        who = f"{n:,} tagged so" if n else "nobody is tagged so (netaudit people tag)"
        lines.append(f"Wanted: {harmless(tag)} every {wanted['days']:g} days; {who}.")
    return lines
