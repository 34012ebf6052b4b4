"""What is wanted of a program's speed beside what was measured: the lines of one table."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Run, middle, run

NETAUDIT = (sys.executable, "-m", "netaudit")


@dataclass(frozen=True)
class Line:
    """One thing that is wanted.

    Attributes:
        what: in words.
        wanted: at most this much; at least, where `at_least`.
        measured: the figure; None where nothing could be measured.
        unit: `×`, `MB` or nothing.
        detail: what the figure is made of.
        at_least: more is better.
    """

    what: str
    wanted: float
    measured: float | None
    unit: str = "×"
    detail: str = ""
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether it is met, and by how much it is not."""
        if self.measured is None:
            return "not measured"
        off = self.wanted / self.measured if self.at_least else self.measured / self.wanted
        return "met" if off <= 1 else f"missed, {off:.2g} times off"

    def cells(self) -> tuple[str, ...]:
        """As printed."""
        bound = "≥" if self.at_least else "≤"
        shown = "–" if self.measured is None else f"{_number(self.measured)} {self.unit}".strip()
        wanted = f"{bound} {_number(self.wanted)} {self.unit}".strip()
        return self.what, wanted, shown, self.verdict, self.detail


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(lines: Sequence[Line]) -> str:
    """One Markdown table."""
    head = ("what", "wanted", "measured", "", "made of")
    rows = [head, ("---",) * len(head), *(line.cells() for line in lines)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def ratio(some: Run, other: Run) -> tuple[float | None, str]:
    """How many times as long one run took as another by the clock, and the seconds of both."""
    if some.code or other.code:
        return None, f"exit codes {some.code} and {other.code}"
    by_cpu = f", {some.cpu / other.cpu:.1f} × by CPU" if other.cpu > 0 else ""
    return some.wall / other.wall, f"{some.wall:.2f} s : {other.wall:.2f} s{by_cpu}"


def repeated(
    command: Sequence[str], runs: int, *, fresh: Path | None = None, source: Path | None = None
) -> Run:
    """Medians of several runs.

    Args:
        command: words.
        runs: how many.
        fresh: an output folder emptied before each run.
        source: a folder copied to `fresh` before each run.
    """
    taken = []
    for _ in range(runs):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
            if source is not None:
                shutil.copytree(source, fresh)
        taken.append(run(command))
    return middle(taken)


def ingest(path: Path, out: Path, *, text: bool = False) -> list[str]:
    """The command that reads an export."""
    return [*NETAUDIT, "ingest", str(path), "--out", str(out), *([] if text else ["--no-text"])]
