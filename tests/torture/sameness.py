"""The same answer under every mix of zone, locale, hash seed, order, workers and chunk size.

python -m tests.torture.sameness
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from pathlib import Path

from tests.test_sameness import BASE, digests

from netaudit import demo

ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8")
SEEDS = ("0", "1", "4242")
HOW = ((1, 1 << 25, 1), (2, 50_000, -1), (4, 7_000, 1))


def main() -> int:
    wrong = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        demo.write(folder, years=2, scale=0.2)
        (folder / "base").mkdir()
        base = digests(folder / "base", folder, BASE, 1, 1 << 25, 1)
        mixes = list(itertools.product(ZONES, LOCALES, SEEDS, HOW))
        for n, (zone, locale, seed, how) in enumerate(mixes):
            place = folder / f"mix{n}"
            place.mkdir()
            env = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
            if digests(place, folder, env, *how) != base:
                wrong.append((zone, locale, seed, how))
            print(f"\r{n + 1} of {len(mixes)}", end="", flush=True)
    print(f"\r{len(mixes)} mixes, {len(wrong)} differ {wrong or ''}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
