"""Exports that are named by a URL: objects of a store, read by byte ranges through fsspec.

`s3://bucket/mail.mbox` is read by pyarrow, which knows S3 and is installed anyway; any other
protocol by the package that fsspec names for it (`gcsfs`, `adlfs`). Credentials, region and
endpoint are those of the environment and of the cloud's own files, never of the URL. Nothing is
imported, and nobody is spoken to, before a URL is looked at.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeGuard, cast
from urllib.parse import unquote, urlsplit

from netaudit.errors import UserError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

BLOCK_BYTES = 1 << 20
"""Asked of a store at a time."""
S3 = ("s3", "s3a")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_REGION = re.compile(r"bucket is located in '([a-z0-9-]+)'")


class StoreError(UserError):
    """An object of a store cannot be read."""


@dataclass(frozen=True)
class Status:
    """What a store says of an object.

    Attributes:
        st_size: bytes.
        stamp: changes when the object is written anew (from its ETag or time of change).
    """

    st_size: int
    stamp: int


@dataclass(frozen=True)
class Remote:
    """An object of a store, or what stands below a prefix; of a `Path` what reading one needs.

    Attributes:
        url: as the user named it, without a last `/`.
    """

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of the URL."""
        return self.url.rpartition("/")[2]

    def open(self, mode: str = "rb", buffering: int = -1) -> BinaryIO:
        """The object's bytes, fetched by ranges as they are read.

        Args:
            mode: only `rb`.
            buffering: 0 to ask the store for each read's bytes alone.

        Raises:
            StoreError: it cannot be opened; also whenever it is read.
        """
        assert mode == "rb"
        with self._told():
            stream = _Ranges(self, self._store.open(self._key, "rb"))
        if buffering == 0:
            return cast("BinaryIO", stream)
        return io.BufferedReader(stream, BLOCK_BYTES)

    def stat(self) -> Status:
        """Size and stamp.

        Raises:
            StoreError: it is not there or may not be looked at.
        """
        with self._told():
            self._store.invalidate_cache()
            size = int(self._store.info(self._key)["size"])
            return Status(size, int(self._store.ukey(self._key)[:15], 16))

    def is_dir(self) -> bool:
        """Whether it is a prefix with objects below it, and no object."""
        with self._told():
            return bool(self._store.info(self._key)["type"] == "directory")

    def below(self) -> list[Remote]:
        """The objects below a prefix, by name.

        Raises:
            StoreError: they may not be listed.
        """
        with self._told():
            # Elsewhere the name of this wish differs, and so does what is done without it.
            wish = {"on_error": "raise"} if self._protocol in S3 else {}
            names = sorted(n for n in self._store.find(self._key, **wish) if n[-1:] != "/")
        return [Remote(f"{self.url}/{name[len(self._key) :].lstrip('/')}") for name in names]

    @property
    def _store(self) -> AbstractFileSystem:
        return _store(self._protocol)

    @property
    def _protocol(self) -> str:
        return self.url.partition("://")[0]

    @property
    def _key(self) -> str:
        """The object's name as its store's."""
        if self._protocol in S3:
            return self.url.partition("://")[2]
        return str(self._store._strip_protocol(self.url))

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever a store's library raises, as one line with its cure."""
        try:
            yield
        except UserError:
            raise
        except Exception as error:
            told = StoreError(f"{self.url}: {_cure(error, self)}")
        else:
            return
        raise told

    def bucket_is_there(self) -> bool:
        """Whether S3 has the object's bucket; True where that is not told."""
        if self._protocol not in S3:
            return True
        try:
            return bool(self._store.exists(self._key.partition("/")[0]))
        except Exception:
            return True


Location: TypeAlias = Path | Remote
"""Where an export is: in the file system, or in a store."""


def is_folder(path: Location) -> TypeGuard[Path]:
    """Whether it is a folder of the file system."""
    return not isinstance(path, Remote) and path.is_dir()


def at(name: str | Path) -> Location:
    """What a path or URL names; `file://` is a path.

    Raises:
        UserError: the URL holds credentials, or a file's names another machine.
    """
    match = _URL.fullmatch(name) if isinstance(name, str) else None
    if match is None:
        return Path(name)
    protocol, rest = match[1].lower(), match[2]
    if protocol == "file":
        return _file(str(name))
    if ":" in rest.partition("/")[0].rpartition("@")[0]:
        raise StoreError(
            f"{protocol}://: a URL with a password would stay in the archive; leave it out and "
            "have the credentials in the environment or in the cloud's own file"
        )
    return Remote(f"{protocol}://{rest.rstrip('/')}")


def _file(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise StoreError(f"{url}: names another machine; name a path of this one (file:///...)")
    return Path(unquote(parts.path))


@functools.cache
def _store(protocol: str) -> AbstractFileSystem:
    """The store of a protocol, with the environment's credentials."""
    try:
        import fsspec  # noqa: PLC0415
        from fsspec.registry import known_implementations  # noqa: PLC0415
    except ImportError:
        raise StoreError(
            f"{protocol}://: needs fsspec; install it with `pip install 'netaudit[cluster]'`"
        ) from None
    try:
        if protocol in S3:
            return _s3()
        return fsspec.filesystem(protocol, use_listings_cache=False)
    except ImportError:
        told = known_implementations.get(protocol, {}).get("err", "")
        raise StoreError(f"{protocol}://: a package is missing. {told}".rstrip()) from None
    except Exception as error:
        raise StoreError(
            f"{protocol}://: is nothing that exports can be read from ({type(error).__name__}); "
            "name a path, or s3://BUCKET/OBJECT"
        ) from None


def _s3() -> AbstractFileSystem:
    from fsspec.implementations.arrow import ArrowFSWrapper  # noqa: PLC0415
    from pyarrow.fs import S3FileSystem  # noqa: PLC0415

    # Arrow takes all but this from the environment by itself.
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    return ArrowFSWrapper(S3FileSystem(endpoint_override=endpoint or None))


class _Ranges(io.RawIOBase):
    """An open object, raw: every read is a byte range; what fails is told in the user's words.

    It is no OSError, which readers of damaged archives take for the archive's damage: half of an
    export would count as all of it when a network fails.
    """

    def __init__(self, remote: Remote, stream: Any) -> None:
        super().__init__()
        self._remote = remote
        self._stream = stream
        self.name = remote.url

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with self._remote._told():
            self._stream.seek(offset, whence)
            return int(self._stream.tell())

    def tell(self) -> int:
        return int(self._stream.tell())

    def readinto(self, buffer: Any, /) -> int:
        with self._remote._told():
            data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            with contextlib.suppress(Exception):
                self._stream.close()
        super().close()


def _cure(error: Exception, remote: Remote) -> str:
    """What went wrong, and what to do."""
    told = str(error)
    region = _REGION.search(told)
    if region is not None:
        return f"its bucket is in another region; set AWS_DEFAULT_REGION={region[1]}"
    if isinstance(error, PermissionError) or "ACCESS_DENIED" in told or "Forbidden" in told:
        return "cannot be read (permission denied); are the credentials in the environment?"
    if isinstance(error, FileNotFoundError) or "NO_SUCH_BUCKET" in told:
        if not remote.bucket_is_there():
            return "there is no such bucket, or it may not be seen with these credentials"
        return "is not there"
    if "NETWORK_CONNECTION" in told or isinstance(error, ConnectionError):
        return "its store does not answer; is the network there, and AWS_ENDPOINT_URL right?"
    return f"cannot be read from its store ({type(error).__name__}); try it again"
