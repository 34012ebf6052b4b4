"""Time that every regular expression takes for four times the text: at most about four times more.

Patterns that are given short texts only may grow faster; they are listed with the bound.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from tests.faults.patterns import applied, collected, hostile

CHARS = 1_500
TIMES = 4
WORST = 9.0
"""Sixteen times would be quadratic; timers are coarse."""
NOTICED_SECONDS = 0.003
BOUNDED = {
    "netaudit.ical.answers._SUBJECT": "matched at the start only, subjects have 2,000 characters",
    "netaudit.ical.answers._WHEN": "titles have 490 characters",
    "netaudit.mail.addresses._ADDRESS": "searched in 2,000 characters, matched whole otherwise",
    "netaudit.linkedin.dates._RANGE": "given 160 characters",
}

WHOLE = {f"netaudit.mail.addresses.{name}" for name in ("_ANGLE", "_COMMENT", "_AT_FORM")}
"""Patterns that are matched against the whole text and never searched for in it."""


def main() -> int:
    """Print every pattern that grows too fast; 1 when one of them is given unbounded texts."""
    patterns = collected()
    found = []
    for name, pattern in patterns.items():
        use = pattern.fullmatch if name in WHOLE else partial(applied, pattern)
        growth, text = max(
            (_growth(use, short, long), what)
            for (what, short), (_, long) in zip(hostile(CHARS), hostile(TIMES * CHARS), strict=True)
        )
        if growth > WORST:
            why = BOUNDED.get(name, "")
            print(f"{name}: {growth:.0f} times on {text}{'; ' + why if why else ''}", flush=True)
            if not why:
                found.append(name)
    print(f"{len(patterns)} patterns, {len(found)} that grow too fast")
    return int(bool(found))


def _growth(use: Callable[[str], object], short: str, long: str) -> float:
    if _seconds(use, long) < NOTICED_SECONDS:
        return 0.0
    return _seconds(use, long) / max(min(_seconds(use, short) for _ in range(3)), 1e-5)


def _seconds(use: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    use(text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
