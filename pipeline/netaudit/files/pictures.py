"""Charts as files: SVG whose words stay words, and PNG; the same audit gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.charts.style import applied

if TYPE_CHECKING:
    from pathlib import Path

    from netaudit.charts.drawing import Drawing

DOTS_PER_INCH = 160


def write(drawing: Drawing, folder: Path) -> None:
    """Write `<name>.svg` and `<name>.png` of a chart into the folder."""
    name = drawing.chart.name
    # Viewers have their own last resort.
    text = drawing.wide.svg.replace(b"'Last Resort High-Efficiency'", b"sans-serif")
    (folder / f"{name}.svg").write_bytes(text)
    with applied():
        drawing.figure.savefig(
            folder / f"{name}.png",
            format="png",
            dpi=DOTS_PER_INCH,
            metadata={"Software": None},
        )
