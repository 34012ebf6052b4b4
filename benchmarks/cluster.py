"""Ingest on a Dask cluster of this machine beside ingest on its own processes; `make cluster-demo`.

    python benchmarks/cluster.py [--workers N ...] [PATH...]

Without paths the fictional exports of `netaudit demo` are taken, and once more from an object store
of this machine (moto's server), into which they are put first. Prints wall seconds, seconds of
processor time of all processes, memory (MB, of the local processes together; of the greatest
process of the cluster), bytes that went over the loopback interface per byte of input, and whether
both archives are the same, byte for byte. The loopback figure counts every program of the machine:
let nothing else run, or give this one a network of its own. With an object store it is what was
fetched from it, too:

    unshare -rn sh -c 'ip link set lo up; python benchmarks/cluster.py PATH...'
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path

import measure

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests import cluster
from tests.ingest import store

INTERFACES = Path("/proc/net/dev")


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[2])
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="netaudit-") as name:
        folder = Path(name)
        paths = [path.resolve() for path in options.paths] or demo(folder / "demo")
        right = table("files", [str(path) for path in paths], paths, folder, options.workers)
        if not options.paths:
            right &= stored(paths, folder, options.workers)
    return 0 if right else 1


def stored(paths: list[Path], folder: Path, workers: list[int]) -> bool:
    """The same with the exports in an object store."""
    with store.running() as s3:
        os.environ.update(s3.environment)
        urls = [s3.put(path.name, path.read_bytes()) for path in paths]
        return table("objects", urls, paths, folder, workers)


def table(kind: str, names: list[str], paths: list[Path], folder: Path, workers: list[int]) -> bool:
    """Measure one way to name the exports and print it."""
    size = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} exports as {kind}, {size / 1e6:,.1f} MB")
    print(f"{'':14}{'wall s':>8}{'CPU s':>8}{'MB':>8}{'loopback':>9}  archive")
    rows = [row(names, folder / kind, number, size) for number in workers]
    return all(rows)


def demo(folder: Path) -> list[Path]:
    """A fictional person's exports."""
    _netaudit("demo", str(folder))
    return [folder / name for name in ("demo.mbox", "demo-linkedin.zip", "demo.ics")]


def row(names: list[str], folder: Path, workers: int, size: int) -> bool:
    """Measure so many local processes and cluster workers, and print a line for each."""
    here, there = folder / f"local-{workers}", folder / f"cluster-{workers}"
    words = ["ingest", *names, "--out"]
    run = _netaudit(*words, str(here), "--workers", str(workers))
    print(f"{f'local, {workers}':14}{run.wall:8.1f}{run.cpu:8.1f}{run.peak_mb:8.0f}", flush=True)
    with cluster.running(folder / f"workers-{workers}", [""] * workers) as found:
        pids = [pid for process in found.processes for pid in measure.family(process.pid)]
        idle, before = sum(map(cpu_seconds, pids)), loopback_bytes()
        run = _netaudit(*words, str(there), "--scheduler", found.address)
        moved = loopback_bytes() - before
        cpu = run.cpu + sum(map(cpu_seconds, pids)) - idle
        most = max(map(peak_mb, pids))
    same = content(here) == content(there)
    print(
        f"{f'cluster, {workers}':14}{run.wall:8.1f}{cpu:8.1f}{most:8.0f}{moved / size:9.2%}  "
        f"{'the same' if same else 'differs'}",
        flush=True,
    )
    return same


def cpu_seconds(pid: int) -> float:
    """User and system seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    """The most memory a process had, shared pages included."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def loopback_bytes() -> int:
    """Bytes received on the loopback interface so far."""
    for line in INTERFACES.read_text().splitlines():
        name, _, figures = line.partition(":")
        if name.strip() == "lo":
            return int(figures.split()[0])
    return 0


def content(out: Path) -> dict[str, bytes]:
    """Every file of an archive."""
    folder = out / "archive"
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _netaudit(*words: str) -> measure.Run:
    run = measure.run([sys.executable, "-m", "netaudit", *words])
    if run.code:
        sys.exit(run.output)
    return run


if __name__ == "__main__":
    sys.exit(main())
