"""Time that every regular expression takes for four times the text: at most about four times more.

Patterns that are given short texts only may grow faster; they are listed with the bound.
"""

from __future__ import annotations

import sys
import time

from tests.faults.patterns import Pattern, applied, collected, hostile

CHARS = 1_500
TIMES = 4
WORST = 9.0
"""Sixteen times would be quadratic; timers are coarse."""
NOTICED_SECONDS = 0.003
BOUNDED = {
    "netaudit.ical.answers._SUBJECT": "matched at the start only, subjects have 2,000 characters",
    "netaudit.ical.answers._WHEN": "titles have 490 characters",
    "netaudit.mail.addresses._ANGLE": "matched whole only",
    "netaudit.mail.addresses._COMMENT": "matched whole only",
    "netaudit.mail.addresses._ADDRESS": "searched in 2,000 characters, matched whole otherwise",
    "netaudit.linkedin.dates._RANGE": "given 160 characters",
}


def main() -> int:
    """Print every pattern that grows too fast; 1 when one of them is given unbounded texts."""
    patterns = collected()
    found = []
    for name, pattern in patterns.items():
        growth, text = max(
            (_growth(pattern, short, long), what)
            for (what, short), (_, long) in zip(hostile(CHARS), hostile(TIMES * CHARS), strict=True)
        )
        if growth > WORST:
            why = BOUNDED.get(name, "")
            print(f"{name}: {growth:.0f} times on {text}{'; ' + why if why else ''}", flush=True)
            if not why:
                found.append(name)
    print(f"{len(patterns)} patterns, {len(found)} that grow too fast")
    return int(bool(found))


def _growth(pattern: Pattern, short: str, long: str) -> float:
    if _seconds(pattern, long) < NOTICED_SECONDS:
        return 0.0
    return _seconds(pattern, long) / max(min(_seconds(pattern, short) for _ in range(3)), 1e-5)


def _seconds(pattern: Pattern, text: str) -> float:
    start = time.process_time()
    applied(pattern, text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
