"""Files that only their owner may read, written whole or not at all.

Everything the archive does to the disk goes through `Folder`: another kind of storage is another
class with these methods.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from netaudit.errors import UserError

FILE_MODE = 0o600
FOLDER_MODE = 0o700
TEMPORARY = ".tmp"


class StorageError(UserError):
    """The archive's own disk fails: whatever else is tried would fail too."""


def explain(error: OSError, path: Path) -> StorageError:
    """An operating system's error as one line with its cure."""
    cure = {
        errno.ENOSPC: "the disk is full: free some space and run it again",
        errno.EDQUOT: "the disk quota is used up: free some space and run it again",
        errno.EFBIG: "the file would be larger than the system allows",
        errno.EACCES: "no permission: change it, or name another folder with --out",
        errno.EPERM: "no permission: change it, or name another folder with --out",
        errno.EROFS: "the file system is read-only: name another folder with --out",
        errno.ENOTDIR: "a part of the path is a file, not a folder: name another folder with --out",
        errno.ENAMETOOLONG: "the name is too long: name another folder with --out",
        errno.ENOENT: "is not there any more: run it again",
    }.get(error.errno or 0, error.strerror or type(error).__name__)
    return StorageError(f"{path}: {cure}")


class Folder:
    """A private folder.

    Args:
        path: where it is; made by `prepare`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self) -> None:
        """Make the folder if need be, for its owner alone.

        Raises:
            UserError: it cannot be made or written, or it or its parent is a link or a file.
        """
        for path in (self.path.parent, self.path):
            if path.is_symlink():
                raise UserError(
                    f"{path}: is a symbolic link; name the folder it points to with --out"
                )
            if path.exists() and not path.is_dir():
                raise UserError(f"{path}: is a file, not a folder; name another with --out")
        try:
            _make(self.path)
            if stat.S_IMODE(self.path.stat().st_mode) != FOLDER_MODE:
                self.path.chmod(FOLDER_MODE)
        except OSError as error:
            raise explain(error, self.path) from None
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise UserError(f"{self.path}: cannot be written; name another folder with --out")

    def put(self, name: str, data: bytes | memoryview) -> None:
        """Write a file durably: all of it is there under its name, or nothing.

        Raises:
            OSError: the disk is full and the like; nothing of the file is left.
        """
        target = self.path / name
        _make(target.parent)
        temporary = target.parent / f".{secrets.token_hex(8)}{TEMPORARY}"
        try:
            with os.fdopen(os.open(temporary, _NEW, FILE_MODE), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)  # noqa: PTH105  (one name for the tests to fail at)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise

    def sync(self, *names: str) -> None:
        """Make the renames in the named subfolders durable ("" is the folder itself)."""
        for name in names:
            handle = os.open(self.path / name, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def names(self, subfolder: str) -> set[str]:
        """The names in a subfolder; none where it is missing."""
        try:
            return set(os.listdir(self.path / subfolder))  # noqa: PTH208  (names, not paths)
        except FileNotFoundError:
            return set()

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        (self.path / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock, which dies with the process.

        Raises:
            UserError: another process holds it.
        """
        path = self.path / "lock"
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
        except OSError as error:
            raise explain(error, path) from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UserError(
                    f"{self.path}: another netaudit is writing to this archive; "
                    "wait until it has finished"
                ) from None
            except OSError as error:
                raise explain(error, path) from None
            yield
        finally:
            os.close(handle)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def _make(path: Path) -> None:
    """Make a folder and what is missing above it, for their owner alone whatever the umask."""
    if path.is_dir():
        return
    _make(path.parent)
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=FOLDER_MODE)
