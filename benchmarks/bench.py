"""How fast netaudit is and how much memory it takes, beside what is wanted and beside others.

Usage: python benchmarks/bench.py [--only PART,...] [--gmail N] [--small N] [--life N] [--runs N]
                                  [--folder DIR] [--without NAME,...]

Two mailboxes are generated (by `speed.GENERATOR` where it is there, else by `mailbox_maker`):
*gmail* (about 52 kB a message: long headers, attachments) and *small* (about 2.8 kB a message),
and the archive of a made-up life for the report. Every command runs `--runs` times; medians are
printed. Parts: ingest (beside other programs, each in an environment of its own), again, grown,
packed, growth, large, people, report, quarters, graph, start. The last table says what is wanted,
what was measured, and whether that is met.

The full size is `--gmail 20000 --small 180000 --life 1000000 --addresses 100000 --graph-people
20000 --graph-edges 300000`, and `--growth-gmail 200000` for 10 GB.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import bench_ingest
import bench_report
import speed
from reach import Line, table

PEOPLE_SHARE = 50
"""Messages of the made-up life for each person in it."""


def ingest(args: argparse.Namespace, folder: Path) -> list[Line]:
    """Both mailboxes, beside other programs."""
    lines = []
    for kind, messages in (("gmail", args.gmail), ("small", args.small)):
        mbox = speed.generate(kind, messages, folder)
        candidates = speed.own_candidates()
        candidates += speed.peers(folder, kind, args.without)
        results = speed.timed(candidates, mbox, args.runs, folder)
        size = mbox.stat().st_size / 1e6
        title = f"{kind}: {messages:,} messages, {size:,.0f} MB"
        print(speed.table(title, candidates, results), end="\n\n", flush=True)
        lines += bench_ingest.beside(kind, results)
    return lines


def growth(args: argparse.Namespace, folder: Path) -> list[Line]:
    """The exponent for both mailboxes, from a hundredth of their size on."""
    sizes = {"gmail": args.growth_gmail or args.gmail, "small": args.small}
    return [
        line
        for kind, messages in sizes.items()
        for line in bench_ingest.growth(kind, messages, folder, args.runs)
    ]


def life(args: argparse.Namespace, folder: Path) -> tuple[Path, str]:
    """The archive for the report, and its size in words."""
    people = max(args.life // PEOPLE_SHARE, 100)
    out = bench_report.archive(folder, args.life, people)
    return out, f"{args.life:,} messages, {people:,} people"


def graph(args: argparse.Namespace, _folder: Path) -> list[Line]:
    """Choices of networkx; a text of its own, for nothing is wanted of them."""
    print(bench_report.graph(args.graph_people, args.graph_edges), flush=True)
    return []


PARTS: dict[str, Callable[[argparse.Namespace, Path], list[Line]]] = {
    "start": lambda args, _: bench_report.start(args.runs),
    "ingest": ingest,
    "again": lambda a, f: bench_ingest.again(speed.generate("gmail", a.gmail, f), f, a.runs),
    "grown": lambda a, f: bench_ingest.grown(speed.generate("gmail", a.gmail, f), f, a.runs),
    "packed": lambda a, f: bench_ingest.packed(speed.generate("gmail", a.gmail, f), f, a.runs),
    "growth": growth,
    "large": lambda args, folder: bench_ingest.large(folder, args.large),
    "people": lambda args, folder: bench_report.people(folder, args.addresses),
    "report": lambda args, folder: bench_report.report(*life(args, folder), args.runs),
    "quarters": lambda args, folder: bench_report.quarters(*life(args, folder)),
    "graph": graph,
}


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(PARTS), help="parts, joined by commas")
    parser.add_argument("--gmail", type=int, default=2_000, help="messages of the gmail file")
    parser.add_argument("--small", type=int, default=5_000, help="messages of the small file")
    parser.add_argument("--growth-gmail", type=int, help="messages of the largest; as --gmail")
    parser.add_argument("--life", type=int, default=50_000, help="messages for the report")
    parser.add_argument("--addresses", type=int, default=10_000, help="of people told apart")
    parser.add_argument("--graph-people", type=int, default=5_000)
    parser.add_argument("--graph-edges", type=int, default=50_000)
    parser.add_argument("--large", type=int, default=300, help="MB of the one large message")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without", default="", help="other programs to leave out, by commas")
    parser.add_argument("--folder", type=Path, help="where files and environments are kept")
    args = parser.parse_args()
    args.only, args.without = args.only.split(","), args.without.split(",")
    if unknown := set(args.only) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return args


def main() -> None:
    """Run the parts and print the tables."""
    args = parsed()
    folder = args.folder or Path(tempfile.mkdtemp(prefix="netaudit-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in ("pandas", "networkx"))
    print(
        f"{datetime.now(UTC):%d %B %Y}, Python {platform.python_version()}, {versions}, "
        f"{os.cpu_count()} processors\n"
    )
    lines: list[Line] = []
    for name, part in PARTS.items():
        if name in args.only:
            print(f"# {name}", file=sys.stderr, flush=True)
            lines += part(args, folder)
    print(table(lines))


if __name__ == "__main__":
    main()
