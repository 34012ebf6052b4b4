"""A disk that is full from some call on."""

from __future__ import annotations

import errno
from typing import Any


class Full:
    """A call of `os` that finds the disk full from the n-th time on.

    Attributes:
        left: how often it would still have worked; negative once it failed.
    """

    def __init__(self, n: int, call: Any) -> None:
        self.left = n
        self._call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._call(*args, **kwargs)
