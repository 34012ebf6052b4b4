"""Word and phrase lists, beside this module, as plain text.

A file holds sections (`[name]`); a line is one entry, `#` at its start makes it a comment. In
lists of patterns an entry is a regular expression without anchors; `pattern` joins the entries of
a section. Every repetition in an entry is bounded, so that matching stays linear.
"""

from __future__ import annotations

import re
from importlib.resources import files


def sections(name: str) -> dict[str, list[str]]:
    """The entries of a list by section.

    Args:
        name: the file's name without `.txt`.
    """
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        entry = line.strip()
        if entry.startswith("[") and entry.endswith("]"):
            current = found.setdefault(entry[1:-1], [])
        elif entry and not entry.startswith("#"):
            current.append(entry)
    return found


def any_of(entries: list[str]) -> str:
    """A group that matches any of the entries."""
    return f"(?:{'|'.join(entries)})"


def pattern(name: str, section: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The compiled alternation of a section, ignoring case, between two pieces of pattern."""
    return re.compile(f"{before}{any_of(sections(name)[section])}{after}", re.IGNORECASE)
