"""netaudit: which of your professional relationships are real networking?

In a notebook:

    import netaudit
    archive = netaudit.open("data/out")
    audit = archive.audit(as_of="2026-09-30")
    audit.relationships
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netaudit.api import Archive, Audit, open  # noqa: A004

__version__ = "0.1.0"
__all__ = ["Archive", "Audit", "__version__", "open"]


def __getattr__(name: str) -> Any:
    # Late, so that the command line starts without pandas.
    if name in ("Archive", "Audit", "open"):
        from netaudit import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
