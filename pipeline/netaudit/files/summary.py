"""summary.json: what other programs read first."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write(summary: Mapping[str, Any], path: Path) -> None:
    """Write strict JSON in UTF-8; figures that are not finite are null, times ISO 8601 in UTC."""
    text = json.dumps(_plain(summary), ensure_ascii=False, indent=2, allow_nan=False)
    path.write_bytes(text.encode("utf-8", "replace") + b"\n")


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if hasattr(value, "isoformat"):
        return None if value != value else f"{value:%Y-%m-%dT%H:%M:%SZ}"  # noqa: PLR0124
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)
