"""Every regular expression of the package, and texts on which a careless one takes for ever."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any

import netaudit

BITS = (
    "a", " ", "(", ")", "<", ">", '"', "'", "\n", "\r\n", "\t", "=", "=?", "-", "--", "_", ".", ",",
    ":", ";", "@", "\\", "[", "]", "/", "+", "&", "!", "?", "1", "A", "é", "a ", "a.", "a@", "a,",
    "> ", "\n>", "a\n", "1:", "<a", "=?a?q?", "From ", "http://", "On ", " wrote",
)  # fmt: skip
AROUND = (("", ""), ("From ", ""), ("", "\0"), ("<", ""), ("\n", "!"))
Pattern = re.Pattern[Any]


def collected() -> dict[str, Pattern]:
    """Module and name -> pattern; those in tuples, lists, sets and dictionaries too."""
    found: dict[str, Pattern] = {}
    seen: set[tuple[Any, int]] = set()
    for info in pkgutil.walk_packages(netaudit.__path__, "netaudit."):
        if info.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            for number, pattern in enumerate(_patterns(value)):
                if (pattern.pattern, pattern.flags) not in seen:
                    seen.add((pattern.pattern, pattern.flags))
                    found[f"{info.name}.{name}" + (f"[{number}]" if number else "")] = pattern
    return found


def _patterns(value: object, depth: int = 3) -> Iterator[Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from _inside(value.values(), depth)
    elif depth and isinstance(value, tuple | list | set | frozenset):
        yield from _inside(value, depth)


def _inside(values: Iterable[object], depth: int) -> Iterator[Pattern]:
    for value in values:
        yield from _patterns(value, depth - 1)


def hostile(size: int) -> Iterator[tuple[str, str]]:
    """A name and a text of about `size` characters for each repeated bit."""
    for bit in BITS:
        for before, after in AROUND:
            text = before + bit * (size // len(bit)) + after
            yield f"{before!r} {bit!r} {after!r}", text


def applied(pattern: Pattern, text: str) -> int:
    """How often a pattern is found, after it was matched in every way."""
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    pattern.match(given)
    pattern.fullmatch(given)
    return sum(1 for _ in pattern.finditer(given))
