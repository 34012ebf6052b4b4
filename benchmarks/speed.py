"""How fast `netaudit ingest` is, beside counting separators and beside other programs.

Part of `bench.py`. Every command runs in turn with the others; medians are taken. Each other
program gets an environment of its own in the folder. The yardstick is `grep -c '^From '`, the least
that a program can do that looks at every byte.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import mailbox_maker
from measure import Run, middle, run

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = ROOT.parent / "shared" / "tools" / "make_mbox.py"

STDLIB = """
import mailbox, sys
n = 0
for m in mailbox.mbox(sys.argv[1]):
    m["From"], m["To"], m["Cc"], m["Date"], m["Subject"], m["Message-ID"]
    n += 1
print(n)
"""
NETWORK = """
import sys
from emailnetwork.extract import MBoxReader
print(sum(1 for _ in MBoxReader(sys.argv[1]).extract()))
"""
RATOM = """
import sqlite3, subprocess, sys
from pathlib import Path
ratom = str(Path(sys.executable).parent / "ratom")
words = [ratom, "report", "-m", "-o", sys.argv[2], sys.argv[1]]
subprocess.run(words, check=True, capture_output=True)
print(sqlite3.connect(sys.argv[2]).execute("select count(*) from message").fetchone()[0])
"""


@dataclass(frozen=True)
class Candidate:
    """A program to time.

    Attributes:
        name: as printed.
        command: words; `{mbox}` and `{out}` are replaced.
        found: a pattern whose group 1 in the output is the number of messages, thousands apart.
    """

    name: str
    command: tuple[str, ...]
    found: str = r"(\d+)\s*$"


def own_candidates() -> list[Candidate]:
    """The yardsticks, the standard library and netaudit."""
    netaudit = (sys.executable, "-m", "netaudit", "ingest", "{mbox}", "--out", "{out}")
    read = r"([\d,]+) read = "
    return [
        Candidate("grep -c", ("grep", "-c", "^From ", "{mbox}")),
        Candidate("wc -l", ("wc", "-l", "{mbox}"), found=r"^(\d+)"),
        Candidate("netaudit, text off", (*netaudit, "--no-text"), found=read),
        Candidate("netaudit", netaudit, found=read),
        Candidate("stdlib mailbox", (sys.executable, "-c", STDLIB, "{mbox}")),
    ]


def peers(folder: Path, kind: str, without: Collection[str] = ()) -> list[Candidate]:
    """Other programs that read mailboxes, as far as they can be installed here."""
    bins = {
        name: environment(folder, name)
        for name in ("google-takeout-utils", "emailnetwork", "libratom")
        if name not in without and (name != "libratom" or kind == "small")
    }
    commands = {
        "google-takeout-utils": (
            "bin/google-takeout-utils", "search-email", "--re-index", "--count", "--mbox", "{mbox}",
        ),
        "emailnetwork": ("bin/python", "-c", NETWORK, "{mbox}"),
        "libratom": ("bin/python", "-c", RATOM, "{mbox}", "{out}"),
    }  # fmt: skip
    return [
        Candidate(name, (str(place / commands[name][0]), *commands[name][1:]), found=r"(\d[\d,]*)")
        for name, place in bins.items()
        if place is not None
    ]


def environment(folder: Path, package: str) -> Path | None:
    """An environment that holds the package, or None where it cannot be installed."""
    place = folder / "peers" / package
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        got = subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", package],
            check=False, capture_output=True,
        )  # fmt: skip
        if got.returncode:
            shutil.rmtree(place)
            return None
    return place


def generate(kind: str, messages: int, folder: Path) -> Path:
    """A generated mailbox; kept in the folder for the next time."""
    path = folder / f"{kind}-{messages}.mbox"
    if path.exists():
        return path
    if not GENERATOR.exists():
        mailbox_maker.write(kind, path, messages)
    else:
        subprocess.run(
            [sys.executable, str(GENERATOR), kind, str(path), str(messages)],
            check=True, capture_output=True,
        )  # fmt: skip
    return path


def timed(candidates: list[Candidate], mbox: Path, runs: int, folder: Path) -> dict[str, Run]:
    """Medians of each candidate on one file; the candidates take turns."""
    results: dict[str, list[Run]] = {c.name: [] for c in candidates}
    mbox.read_bytes()  # a warm cache for all
    for _ in range(runs):
        for candidate in candidates:
            out = folder / "out"
            shutil.rmtree(out, ignore_errors=True)
            out.unlink(missing_ok=True)  # a file of libratom's
            places = {"{mbox}": str(mbox), "{out}": str(out)}
            words = [places.get(word, word) for word in candidate.command]
            results[candidate.name].append(run(words))
    return {name: middle(taken) for name, taken in results.items()}


def table(title: str, candidates: list[Candidate], results: dict[str, Run]) -> str:
    """One Markdown table."""
    yardstick = results["grep -c"].wall
    lines = [
        f"### {title}",
        "",
        "| program | wall s | CPU s | peak MB | × grep -c | messages found |",
        "|---|---|---|---|---|---|",
    ]
    for candidate in candidates:
        r = results[candidate.name]
        hit = re.search(candidate.found, r.output, re.MULTILINE)
        found = hit.group(1).replace(",", "") if hit and not r.code else f"exit code {r.code}"
        lines.append(
            f"| {candidate.name} | {r.wall:.2f} | {r.cpu:.2f} | {r.peak_mb:.0f} "
            f"| {r.wall / yardstick:.1f} | {found} |"
        )
    return "\n".join(lines)
