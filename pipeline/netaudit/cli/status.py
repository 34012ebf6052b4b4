"""`netaudit status`: what is in the archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netaudit.cli._forgetting import PENDING
from netaudit.cli._options import DEFAULT_OUT, Out, SettingsFile
from netaudit.cli._owner import found_owner, in_words
from netaudit.cli._tables import aligned
from netaudit.settings import load

if TYPE_CHECKING:
    from netaudit.archive import Store


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(
    out: Out = DEFAULT_OUT,
    settings_file: SettingsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what is in the archive: sources, spans, counts, what was skipped and why, and whose.

    The days are those of the first and the last record, stray dates included.
    """
    from netaudit.archive import Store  # noqa: PLC0415
    from netaudit.ingest import reread  # noqa: PLC0415
    from netaudit.notes import OLD_TEXTS  # noqa: PLC0415

    settings = load(settings_file, folder=Path.cwd())
    store = Store(out / "archive")
    owner = found_owner(store, settings)
    if as_json:
        whose = {
            "name": owner.name,
            "addresses": sorted(owner.addresses),
            "profiles": sorted(owner.profiles),
            "doubts": list(owner.doubts),
        }
        typer.echo(json.dumps({**store.status(), "owner": whose}, indent=1))
    else:
        typer.echo(f"{overview(store)}\n{in_words(owner)}")
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
