"""What is wanted of `netaudit ingest` beside what it does: again, grown, packed, large, growing."""

from __future__ import annotations

import base64
import math
import os
import shutil
import tarfile
import zipfile
from itertools import pairwise
from pathlib import Path

import speed
from measure import Run
from reach import Line, ingest, ratio, repeated

PACKED = "Takeout/Mail/All mail Including Spam and Trash.mbox"
GROWN = 1.05
MEMORY_MB = 600
LIMITS = {"gmail": (6.0, 12.0), "small": (15.0, 50.0)}
"""Wall time as a multiple of `grep -c`: without text, with everything."""
FASTER = {"gmail": {"stdlib mailbox": 20.0, "google-takeout-utils": 5.0},
          "small": {"stdlib mailbox": 5.0, "google-takeout-utils": 5.0}}  # fmt: skip
"""How many times faster than others, without text."""


def beside(kind: str, results: dict[str, Run]) -> list[Line]:
    """Lines out of the table of programs (`speed.timed`)."""
    lines = []
    grep = results["grep -c"]
    for name, limit in zip(("netaudit, text off", "netaudit"), LIMITS[kind], strict=True):
        lines.append(Line(f"{kind}: {name}, against grep -c", limit, *_of(results[name], grep)))
        peak = results[name].peak_mb
        lines.append(Line(f"{kind}: {name}, memory of all processes", MEMORY_MB, peak, "MB"))
    for peer, times in FASTER[kind].items():
        for name, wanted in (("netaudit, text off", times), ("netaudit", 1.0)):
            found, detail = None, "not there"
            if peer in results:
                found, detail = ratio(results[peer], results[name])
            what = f"{kind}: {name}, faster than {peer}"
            lines.append(Line(what, wanted, found, detail=detail, at_least=True))
    return lines


def _of(some: Run, other: Run) -> tuple[float | None, str, str]:
    found, detail = ratio(some, other)
    return found, "×", detail


def again(mbox: Path, folder: Path, runs: int) -> list[Line]:
    """A second ingest of the same export, against a checksum of it."""
    out = folder / "again"
    repeated(ingest(mbox, out), 1, fresh=out)
    second = repeated(ingest(mbox, out), runs)
    checksum = repeated(["b2sum", str(mbox)], runs)
    return [Line("the same export again, against b2sum", 1.5, *_of(second, checksum))]


def grown(mbox: Path, folder: Path, runs: int) -> list[Line]:
    """An ingest of an export that grew by 5% at its end, against the first."""
    out, known, path = folder / "grown", folder / "known", folder / "grown.mbox"
    first = repeated(ingest(mbox, out), runs, fresh=out)
    with mbox.open("rb") as whole, path.open("wb") as file:
        file.write(whole.read(_boundary(mbox, int(mbox.stat().st_size / GROWN))))
    repeated(ingest(path, known), 1, fresh=known)
    shutil.copyfile(mbox, path)
    second = repeated(ingest(path, out), runs, fresh=out, source=known)
    path.unlink()
    return [Line("an export grown by 5%, against the first ingest", 0.3, *_of(second, first))]


def _boundary(mbox: Path, near: int) -> int:
    """Where a message begins, at or before an offset (within 64 MB)."""
    with mbox.open("rb") as file:
        start = max(near - (64 << 20), 0)
        file.seek(start)
        return start + max(file.read(near - start).rfind(b"\nFrom ") + 1, 0)


def packed(mbox: Path, folder: Path, runs: int) -> list[Line]:
    """Takeouts, against the programs that unpack them."""
    lines = []
    zipped, tarred = folder / "takeout-bench.zip", folder / "takeout-bench.tgz"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(mbox, PACKED)
    with tarfile.open(tarred, "w:gz", compresslevel=6) as tar:
        tar.add(mbox, PACKED)
    for path, command in ((zipped, "unzip -p"), (tarred, "tar xOf")):
        out = folder / "packed"
        ours = repeated(ingest(path, out), runs, fresh=out)
        theirs = repeated(["sh", "-c", f'{command} "$0" > /dev/null', str(path)], runs)
        what = f"Takeout {path.suffix}, against {command}"
        lines.append(Line(what, 2.0, *_of(ours, theirs)))
        path.unlink()
    return lines


def large(folder: Path, megabytes: int) -> list[Line]:
    """Memory for one message of a size."""
    path, out = folder / "large.mbox", folder / "large"
    block = base64.encodebytes(os.urandom(57 * 10_000))
    with path.open("wb") as file:
        file.write(_head("a@b.example", "me@c.example", 1))
        file.write(b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n")
        file.write(b"Content-Type: text/plain\n\nsee attached\n--x\n")
        file.write(b"Content-Type: application/octet-stream\n")
        file.write(b"Content-Transfer-Encoding: base64\n\n")
        for _ in range(megabytes * 1_000_000 // len(block)):
            file.write(block)
        file.write(b"--x--\n\n" + _head("me@c.example", "a@b.example", 2) + b"\nthanks\n")
    took = repeated(ingest(path, out, text=True), 1, fresh=out)
    path.unlink()
    found = None if took.code else took.peak_mb
    detail = f"{took.wall:.1f} s"
    return [Line(f"one message of {megabytes} MB, memory", MEMORY_MB, found, "MB", detail)]


def _head(sender: str, to: str, day: int) -> bytes:
    return (
        f"From {sender} Mon Jan  {day} 00:00:00 2024\nFrom: {sender}\nTo: {to}\nSubject: x\n"
        f"Date: {day} Jan 2024 00:00:00 +0000\n"
    ).encode()


def growth(kind: str, messages: int, folder: Path, runs: int) -> list[Line]:
    """The exponent with which time grows over two decades of size, where it is steepest."""
    points = []
    out = folder / "growth"
    for part in (100, 10, 1):
        mbox = speed.generate(kind, max(messages // part, 10), folder)
        took = repeated(ingest(mbox, out), runs, fresh=out)
        points.append((mbox.stat().st_size, took))
    found = max(
        math.log(after[1].wall / before[1].wall) / math.log(after[0] / before[0])
        for before, after in pairwise(points)
    )
    detail = ", ".join(f"{size / 1e6:,.0f} MB {t.wall:.2f} s" for size, t in points)
    peaks = [took.peak_mb for _, took in points]
    return [
        Line(f"{kind}: growth of time with size, exponent", 1.05, found, "", detail),
        Line(f"{kind}: memory of the largest", MEMORY_MB, max(peaks), "MB",
             ", ".join(f"{peak:,.0f}" for peak in peaks)),
    ]  # fmt: skip
