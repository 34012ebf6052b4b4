"""Time that every regular expression takes for four times the text: at most about four times more.

    python -m tests.torture.regexes [NAME...]

Patterns that are given short texts only may grow faster; they are listed with the bound.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from tests.faults.patterns import Pattern, applied, collected, hostile

CHARS = 1_500
TIMES = 4
WORST = 9.0
"""Sixteen times would be quadratic; timers are coarse."""
NOTICED_SECONDS = 0.003
BOUNDED = {
    "netaudit.ical.answers._WHEN": "titles have 490 characters",
    "netaudit.linkedin.dates._RANGE": "given 160 characters",
    "netaudit.mail.addresses._ADDRESS": "searched in 2,000 characters, matched whole otherwise",
    "netaudit.names.reading._BRACKETS": "names have 200 characters, and no two spaces in a row",
    "netaudit.names.reading._RELAY": "as _BRACKETS",
    "netaudit.names.reading._TAIL": "as _BRACKETS",
}
"""Patterns that may grow faster, and the bound of what they are given."""
AT_START = {
    "netaudit.ical.answers._SUBJECT",
    "netaudit.mail.dates._ISO",
    "netaudit.mail.dates._USUAL",
    "netaudit.mail.parse._USUAL_ID",
    "netaudit.mail.split._HEADER_CUT",
    "netaudit.sources._mail._CALENDAR",
    "netaudit.text._quote_patterns.DATE_LINE",
    "netaudit.text.signatures._DISCLAIMER",
}
"""Patterns that are matched at one place and never searched for."""
WHOLE = {
    "netaudit.mail.addresses._ANGLE",
    "netaudit.mail.addresses._AT_FORM",
    "netaudit.mail.addresses._COMMENT",
    "netaudit.mail.dates._USUAL_DAY",
    "netaudit.mail.signs._NO_REPLY",
    "netaudit.names.local._NUMBERED_LOGIN",
    "netaudit.names.local._REWRITTEN",
    "netaudit.outfolder._REPORT",
}
"""Patterns that are matched against the whole text and never searched for in it."""


def main() -> int:
    """Print every pattern that grows too fast; 1 when one of them is given unbounded texts."""
    patterns = collected()
    wanted = sys.argv[1:] or list(patterns)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        worst = dict(zip(wanted, pool.map(_worst, wanted), strict=True))
    found = {name: told for name, told in worst.items() if told[0] > WORST}
    for name, (growth, text) in found.items():
        print(f"{name}: {growth:.0f} times on {text}; {BOUNDED.get(name, 'GIVEN ANY TEXT')}")
    unbounded = [name for name in found if name not in BOUNDED]
    print(f"{len(wanted)} patterns, {len(unbounded)} that grow too fast")
    return int(bool(unbounded))


def _worst(name: str) -> tuple[float, str]:
    """The first growth of a pattern's time that is too great, else the greatest, and its text."""
    use = partial(_used, name, collected()[name])
    texts = zip(*(hostile(CHARS * TIMES**n) for n in range(3)), strict=True)
    greatest = (0.0, "")
    for three in texts:
        greatest = max(greatest, (_growth(use, *(text for _, text in three)), three[0][0]))
        if greatest[0] > WORST:
            break
    return greatest


def _used(name: str, pattern: Pattern, text: str) -> object:
    """A pattern on a text, in the way it is used."""
    if name not in WHOLE | AT_START:
        return applied(pattern, text)
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    return pattern.fullmatch(given) if name in WHOLE else pattern.match(given)


def _growth(use: Callable[[str], object], short: str, long: str, longer: str) -> float:
    """How many times longer a text takes that is `TIMES` as long, at both of two steps."""
    took = _seconds(use, long)
    if took < NOTICED_SECONDS:
        return 0.0
    took = min(took, _seconds(use, long))
    growth = took / max(min(_seconds(use, short) for _ in range(3)), 1e-5)
    return growth if growth <= WORST else min(growth, _seconds(use, longer) / took)


def _seconds(use: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    use(text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
