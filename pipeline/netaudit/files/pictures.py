"""Charts as files: SVG whose words stay words, and PNG; the same audit gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from netaudit.charts import figure
from netaudit.charts.style import applied

if TYPE_CHECKING:
    from pathlib import Path

    from netaudit.audit import Audit
    from netaudit.charts import Chart

DOTS_PER_INCH = 160


def write(chart: Chart, audit: Audit, folder: Path) -> None:
    """Draw a chart and write `<name>.svg` and `<name>.png` into the folder."""
    made = figure(chart, audit)
    with applied():
        vector = io.BytesIO()
        made.savefig(vector, format="svg", metadata={"Date": None})
        # Viewers have their own last resort.
        text = vector.getvalue().replace(b"'Last Resort High-Efficiency'", b"sans-serif")
        (folder / f"{chart.name}.svg").write_bytes(text)
        made.savefig(
            folder / f"{chart.name}.png",
            format="png",
            dpi=DOTS_PER_INCH,
            metadata={"Software": None},
        )
