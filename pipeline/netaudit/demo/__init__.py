"""The demo: a fictional professional's exports, with files that tell the truth about them.

A story is simulated from a seed (`story`), then written as the exports a real person would have
(`mbox`, `linkedin`, `ics`) and as the truth behind them (`truth`). The truth follows from how the
story was made, so that findings can be compared with it.
"""

from __future__ import annotations

import os
from pathlib import Path

from netaudit.errors import UserError

SEED = 1
"""The story shown by default."""


def write(folder: Path, *, seed: int = SEED, years: int = 4, scale: float = 1.0) -> list[Path]:
    """Write the exports and the truth files; the same arguments give the same bytes.

    Args:
        folder: made where it does not exist; files of an earlier demo are replaced.
        seed: any integer.
        years: length of the story, at least 2.
        scale: share of the population, above 0 and at most 1.

    Returns:
        The three exports, in the order in which they are best ingested.

    Raises:
        UserError: the folder cannot be made or written.
    """
    from netaudit.demo import ics, linkedin, mbox, truth  # noqa: PLC0415  (only where it is told)
    from netaudit.demo.story import tell  # noqa: PLC0415

    story = tell(seed, years=years, scale=scale)
    exports = {
        "demo.mbox": mbox.export(story),
        "demo-linkedin.zip": linkedin.export(story),
        "demo.ics": ics.export(story),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "truth").mkdir(exist_ok=True, mode=0o700)
        for name, content in {**exports, **truth.files(story)}.items():
            _write(folder / name, content)
    except OSError as error:
        raise UserError(f"{folder}: cannot be written ({error.strerror})") from None
    return [folder / name for name in exports]


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
