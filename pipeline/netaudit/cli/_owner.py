"""Whom the archive is taken to belong to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.cli._terminal import harmless

if TYPE_CHECKING:
    from netaudit.archive import Store
    from netaudit.owner import Owner
    from netaudit.settings import Settings


def found_owner(store: Store, settings: Settings) -> Owner:
    """The owner by the settings, the addresses given when ingesting, and the mail."""
    from netaudit import owner  # noqa: PLC0415

    tables = {name: store.table(name) for name in ("messages", "recipients", "owned")}
    return owner.find(tables, owner.with_told(settings, store).owner)


def in_words(owner: Owner) -> str:
    """Who it is, how to overrule it, and what is unclear."""
    lines = [f"Note: {harmless(doubt)}" for doubt in owner.doubts]
    if owner.addresses or owner.profiles:
        own = ", ".join(map(harmless, (*sorted(owner.addresses), *sorted(owner.profiles))))
        name = f"{harmless(owner.name)}, " if owner.name else ""
        lines.insert(0, f"Owner: {name}{own} (overrule with --me ADDRESS).")
    return "\n".join(lines) or "Owner: not found; name your addresses with --me ADDRESS."
