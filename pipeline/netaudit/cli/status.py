"""`netaudit status`: what is in the archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netaudit.cli._options import DEFAULT_OUT, Out
from netaudit.cli._tables import aligned

if TYPE_CHECKING:
    from netaudit.archive import Store


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(
    out: Out = DEFAULT_OUT,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what is in the archive: sources, spans, counts, what was skipped and why."""
    from netaudit.archive import Store  # noqa: PLC0415

    store = Store(out / "archive")
    typer.echo(json.dumps(store.status(), indent=1) if as_json else overview(store))


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
    if found["me"]:
        lines.append(f"You are {', '.join(found['me'])} (given with --me).")
    return "\n".join(lines)


def _shown(value: Any) -> Any:
    return "-" if value is None else value


def _totals(found: dict[str, Any]) -> str:
    rows = ", ".join(f"{n:,} {name}" for name, n in found["rows"].items() if n)
    parts = [f"{found['read']:,} read = {found['kept']:,} kept + {found['duplicate']:,} duplicate"]
    parts.append(f"{found['skipped']:,} skipped")
    return f"{' + '.join(parts)}. Kept: {rows or 'nothing'}."
