"""A folder that appears whole or not at all, readable by its owner only."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from netaudit.errors import UserError

_NEW, _OLD = ".new-", ".old-"


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A temporary folder beside `target` that takes its place when the block ends well.

    An older folder of that name is moved aside first and removed last. A kill leaves the old or
    the new one, or, between two renames, the old one under a hidden name, which the next call
    puts back. Files the user added to the old folder are carried over.

    Raises:
        UserError: the place cannot be written to.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _recover(target)
        new = Path(tempfile.mkdtemp(prefix=f"{_NEW}{target.name}-", dir=target.parent))
    except OSError as error:
        raise UserError(f"{target}: cannot be written ({error.strerror})") from None
    try:
        yield new
        _private(new)
        _swap(new, target)
    except OSError as error:
        raise UserError(f"{target}: cannot be written ({error.strerror})") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _private(folder: Path) -> None:
    folder.chmod(0o700)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _swap(new: Path, target: Path) -> None:
    old = target.parent / f"{_OLD}{target.name}"
    if target.exists():
        target.rename(old)
    new.rename(target)
    _clear(old, target)


def _clear(old: Path, target: Path) -> None:
    """Remove the old folder; what is not in the new one was put there by the user."""
    if not old.exists():
        return
    for path in old.iterdir():
        if not (target / path.name).exists():
            path.rename(target / path.name)
    shutil.rmtree(old)


def _recover(target: Path) -> None:
    """Mend what a killed run left: unfinished folders go, an old one without successor returns."""
    for unfinished in target.parent.glob(f"{_NEW}{target.name}-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    old = target.parent / f"{_OLD}{target.name}"
    if old.exists() and not target.exists():
        old.rename(target)
    elif old.exists():
        _clear(old, target)
