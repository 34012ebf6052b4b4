"""Ingests killed at every step that touches the disk; run as a program by test_kill.py.

    python kill.py FOLDER

One child after the other takes in the same export and kills itself, without a word to anybody, at
its n-th open, write, fsync, rename or removal. After each the archive must be the old or the new
one, and another run must give the golden one, byte for byte.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.ingest import toy

from netaudit import ingest, sources
from netaudit.archive import Store
from netaudit.settings import Ingest, Settings

CALLS = (
    "open", "fdopen", "write", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir",
)  # fmt: skip
SETTINGS = Settings(ingest=Ingest(read_text=False))
OLD = [("old" + letter, b"a body of this one") for letter in "abcde"]
NEW = [*OLD, *[("new" + letter, b"another body") for letter in "abcde"]]


def main(folder: Path) -> None:
    sources.all_sources = lambda: (toy,)  # type: ignore[assignment]
    export = folder / "export.toy"
    old, golden, out = folder / "old", folder / "golden", folder / "out"
    export.write_bytes(toy.export(OLD))
    take_in(export, old)
    shutil.copytree(old, golden)
    export.write_bytes(toy.export(NEW))
    take_in(export, golden)
    states = {"old": content(old), "new": content(golden)}
    seen = []
    for n in range(1000):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)
        killed = die_at(n, lambda: take_in(export, out))
        state = next(name for name, files in states.items() if files == named(out))
        seen.append(state)
        take_in(export, out)
        assert content(out) == states["new"], n
        if not killed:
            break
    assert seen == sorted(seen, key=["old", "new"].index), seen
    print(f"killed at {n} steps, {seen.count('old')} times the old state")


def take_in(export: Path, out: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        result = ingest.run([export], Store(out / "archive"), SETTINGS, executor)
    assert not result.failures, result.failures


def content(out: Path) -> dict[str, bytes]:
    folder = out / "archive"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def named(out: Path) -> dict[str, bytes]:
    """What the manifest makes of the files: those it does not name do not count."""
    counts = {*Store(out / "archive").manifest.file_names(), "manifest.json", "lock"}
    return {name: data for name, data in content(out).items() if name in counts}


def die_at(n: int, action: Callable[[], None]) -> bool:
    """Whether a child that does the action was killed at its n-th call."""
    pid = os.fork()
    if pid == 0:
        left = n

        def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
            def wrapped(*args: Any, **kwargs: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*args, **kwargs)

            return wrapped

        for name in CALLS:
            setattr(os, name, deadly(getattr(os, name)))
        action()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
