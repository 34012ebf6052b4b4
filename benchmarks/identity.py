"""How well addresses are joined into people: precision and recall on pairs of aliases.

Fictional people with known truth: an alias is a display name with an address. Two worlds: the
correspondents of a mailbox (`fiction`), and the authors of a code project (`developers`), who are
set so that the simple baselines get about what was measured for them on the 767 real pairs of an
open-source project (same address P 1.0 R .31; and same full name P .94 R .80; simple rules
P .92 R .87). The hard cases of docs/methods.md are all among them.

    python benchmarks/identity.py [--people 2000] [--seeds 5]
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations

import developers
import fiction
from fiction import Alias

from netaudit.names import local
from netaudit.names.folding import fold
from netaudit.names.reading import read
from netaudit.people.matching import match

Pair = tuple[int, int]

# --- baselines -----------------------------------------------------------------------------------


def _by(keys: Callable[[Alias], Sequence[str]]) -> Callable[[Sequence[Alias]], list[int]]:
    """Joins aliases that have a key in common."""

    def joined(aliases: Sequence[Alias]) -> list[int]:
        parent = list(range(len(aliases)))

        def root(place: int) -> int:
            while parent[place] != place:
                place = parent[place]
            return place

        first: dict[str, int] = {}
        for place, alias in enumerate(aliases):
            for key in keys(alias):
                parent[root(place)] = root(first.setdefault(key, place))
        return [root(place) for place in range(len(aliases))]

    return joined


def _address(alias: Alias) -> list[str]:
    return [f"a:{alias[1]}"]


def _full_name(alias: Alias) -> list[str]:
    name = " ".join(sorted(fold(alias[0]).split()))
    return [f"a:{alias[1]}", *([f"n:{name}"] if name else [])]


def _simple_rules(alias: Alias) -> list[str]:
    keys = _full_name(alias)
    name = read(alias[0])
    if name.is_full and len(name.given) > 1:
        keys.append(f"l:{name.given}{name.family}")
    login = local.letters(alias[1])
    return [*keys, *([f"l:{login}"] if len(login) > 6 else [])]


METHODS: dict[str, Callable[[Sequence[Alias]], list[int]]] = {
    "same address": _by(_address),
    "and same full name": _by(_full_name),
    "and simple rules": _by(_simple_rules),
    "netaudit": match,
}


# --- measuring -----------------------------------------------------------------------------------


def pairs(groups: Sequence[int]) -> set[Pair]:
    """Pairs of places that are in one group."""
    members = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    return {pair for places in members.values() for pair in combinations(places, 2)}


def figures(found: set[Pair], truth: set[Pair]) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    right = len(found & truth)
    precision = right / len(found) if found else 1.0
    recall = right / len(truth) if truth else 1.0
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


WORLDS: dict[str, Callable[[int, int], tuple[list[Alias], list[int]]]] = {
    "correspondents of a mailbox, and traps": fiction.made,
    "authors of a code project, and traps": developers.made,
}


def main() -> None:
    """Print a table for each world."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    for title, made in WORLDS.items():
        print(f"{title}: {given.people} fictional people, mean of {given.seeds} seeds")
        _table([made(given.people, seed) for seed in range(given.seeds)])


def _table(worlds: Sequence[tuple[list[Alias], list[int]]]) -> None:
    print(f"{'method':<22}{'precision':>10}{'recall':>8}{'F1':>7}{'seconds':>9}")
    for name, method in METHODS.items():
        rows = []
        start = time.process_time()
        for aliases, owners in worlds:
            rows.append(figures(pairs(method(aliases)), pairs(owners)))
        seconds = (time.process_time() - start) / len(worlds)
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{name:<22}{means[0]:>10.3f}{means[1]:>8.3f}{means[2]:>7.3f}{seconds:>9.2f}")
    print()


if __name__ == "__main__":
    main()
