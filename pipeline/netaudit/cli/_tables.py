"""Tables of plain text: aligned, harmless, whole (never cut to the terminal's width)."""

from __future__ import annotations

from collections.abc import Sequence

from netaudit.cli._terminal import harmless


def aligned(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under a head; numbers with thousands separators, to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    right = [all(isinstance(row[i], int) for row in rows) and rows for i in range(len(head))]
    lines = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in (head, *cells)
    ]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else harmless(str(value))
