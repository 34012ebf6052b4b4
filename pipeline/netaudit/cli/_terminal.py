"""What is printed to a terminal holds no control character that came from mail."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def harmless(text: str) -> str:
    r"""The text on one line; control and bidirectional characters are shown as `\xNN`."""
    return "".join(
        f"\\x{ord(c):02x}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c
        for c in text
    )


def show(lines: Iterable[str], *, is_titled: bool = False) -> None:
    """Print lines to standard output, each made harmless; on a terminal the first one bold.

    Args:
        lines: of text without markup.
        is_titled: whether the first one is a title.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for place, line in enumerate(lines):
        console.print(Text(harmless(line), style="bold" if is_titled and place == 0 else ""))
