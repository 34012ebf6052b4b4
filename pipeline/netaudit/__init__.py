"""netaudit: which of your professional relationships are real networking?

In a notebook:

    import netaudit
    archive = netaudit.open("data/out")
    audit = archive.audit(as_of="2026-09-30")
    audit.relationships
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netaudit.api import open as open  # noqa: A004

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # pandas takes half a second: it is loaded when an archive is opened, not with the package.
    if name == "open":
        from netaudit import api  # noqa: PLC0415

        return api.open
    raise AttributeError(f"module 'netaudit' has no attribute {name!r}")
