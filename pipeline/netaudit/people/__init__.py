"""Addresses, profiles and names -> one row per human.

`resolve` is the seam: what is joined and why is decided behind it (docs/methods.md, People).
"""

from __future__ import annotations

from netaudit.people.decisions import Decisions, Entry
from netaudit.people.resolve import People, resolve

__all__ = ["Decisions", "Entry", "People", "resolve"]
