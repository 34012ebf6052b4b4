"""What is printed to a terminal holds no control character that came from mail."""

from __future__ import annotations

import unicodedata


def harmless(text: str) -> str:
    r"""The text on one line; control and bidirectional characters are shown as `\xNN`."""
    return "".join(
        f"\\x{ord(c):02x}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c
        for c in text
    )
