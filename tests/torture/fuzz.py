"""Fuzz every target for long, guided by the code it reaches (atheris) where that is installed.

    python -m tests.torture.fuzz [TARGET...] [--runs N] [--folder FOLDER]

Each target runs in processes of its own; what breaks one is written to FOLDER and told at the end.
Inputs that reach new code are kept in FOLDER too, so that a later run goes on from there. Without
atheris (it exists for Linux only), changed copies of the seeds are made blindly.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz.mutation import COMMON, WORDS
from tests.fuzz.targets import TARGETS, seeds

MAX_BYTES = 1 << 12
SLOWEST_SECONDS = 20
"""An input that takes longer is a finding."""


def main() -> int:
    """Run the targets and print a row for each; the exit code is the number of findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], default=[])
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    parser.add_argument("--drive", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.drive:
        _drive(given.drive, given.folder, given.runs)
        return 0
    has_atheris = importlib.util.find_spec("atheris") is not None
    print(f"driven by {'atheris' if has_atheris else 'blind changes of the seeds'}")
    print(f"{'target':<12}{'executions':>12}{'kept inputs':>13}{'CPU s':>8}  findings")
    findings = 0
    for name in given.targets or TARGETS:
        findings += _one(name, given.folder / name, given.runs, guided=has_atheris)
    return min(findings, 99)


def _one(name: str, folder: Path, runs: int, *, guided: bool) -> int:
    kept = folder / "kept"
    kept.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (kept / f"seed-{number}").write_bytes(data)
    (folder / "words").write_text("".join(f'"{_escaped(w)}"\n' for w in (*WORDS[name], *COMMON)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "tests.torture.fuzz", "--drive", name, "--folder", str(folder)]
    command += ["--runs", str(runs)]
    with (folder / "log").open("wb") as log:
        code = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = (folder / "log").read_text("utf-8", "replace")
    done = [int(n) for n in re.findall(r"(?:stat::number_of_executed_units:|^Done) (\d+)", told)]
    count = done[-1] if done else 0
    found = sorted(folder.glob("crash-*")) + sorted(folder.glob("timeout-*"))
    shown = ", ".join(path.name for path in found) or ("none" if code == 0 else f"see {folder}/log")
    print(f"{name:<12}{count:>12,}{len(list(kept.iterdir())):>13,}{seconds:>8,.0f}  {shown}")
    return len(found) or int(code != 0)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _drive(name: str, folder: Path, runs: int) -> None:
    if importlib.util.find_spec("atheris") is None:
        _blindly(name, folder, runs)
        return
    import atheris

    with atheris.instrument_imports(include=["netaudit"], enable_loader_override=False):
        for module in [m for m in sys.modules if m.startswith(("netaudit", "tests.fuzz.targets"))]:
            del sys.modules[module]
        fresh = importlib.import_module("tests.fuzz.targets")
    arguments = [
        sys.argv[0], str(folder / "kept"), f"-runs={runs}", f"-max_len={MAX_BYTES}",
        f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", "-print_final_stats=1",
        f"-timeout={SLOWEST_SECONDS}", "-rss_limit_mb=1500", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup(arguments, fresh.TARGETS[name])
    atheris.Fuzz()


def _blindly(name: str, folder: Path, runs: int) -> None:
    chance = random.Random(name)
    start, words = seeds(name), (*WORDS[name], *COMMON)
    for number in range(runs):
        data = chance.choice(start)
        for _ in range(chance.randint(1, 8)):
            at = int(chance.random() * len(data))
            new = chance.choice(words) * chance.choice((1, 1, 1, 0, 2, 30))
            data = data[:at] + new + data[at + chance.choice((0, 0, 1, 2, 7, 60)) :]
        began = time.process_time()
        try:
            TARGETS[name](data[:MAX_BYTES])
            assert time.process_time() - began < SLOWEST_SECONDS
        except Exception:
            (folder / f"crash-{number}").write_bytes(data[:MAX_BYTES])
            raise
    print(f"Done {runs}")


if __name__ == "__main__":
    sys.exit(main())
