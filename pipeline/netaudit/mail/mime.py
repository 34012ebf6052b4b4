"""The outline of a MIME body: where its leaf parts lie, found by their boundaries alone.

Nothing is decoded and nothing is copied but part headers, so that a message with large attachments
costs one search through its bytes. Depth and number of parts are bounded here, before any library
sees a part.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from netaudit.mail import headers, limits
from netaudit.mail.headers import Headers
from netaudit.mail.split import body_start

_HEAD_BYTES = 64 << 10
"""A part's header block is looked for in so many bytes."""
_USUAL_BYTES = 200


class Part(NamedTuple):
    """A leaf of a message's tree.

    Attributes:
        headers: the part's own (or the message's, where it is no multipart).
        kind: content type in lower case, `text/plain` where none is given.
        start: index of its content in the message.
        stop: index after its content.
    """

    headers: Headers
    kind: str
    start: int
    stop: int

    @property
    def is_attachment(self) -> bool:
        """It has a file name or an attachment disposition."""
        disposition = self.headers.get("content-disposition")
        if disposition:
            value = disposition[0].strip().lower()
            if value.startswith(b"attachment") or value.find(b"filename") >= 0:
                return True
        elif self.kind == "message/rfc822":
            return True
        types = self.headers.get("content-type")
        return types is not None and headers.parameter(types[0], b"name") != ""


def kind_of(found: Headers, default: str = "text/plain") -> str:
    """The content type without parameters, in lower case."""
    values = found.get("content-type")
    if not values:
        return default
    return _kind(values[0][:200], default)


@lru_cache(maxsize=limits.CACHED // 10)
def _kind(value: bytes, default: str) -> str:
    kind = value.partition(b";")[0].strip().lower().decode("latin-1")
    if "/" not in kind:
        return "text/plain" if kind in ("", "text") else default
    return kind


class TooManyParts(Exception):  # noqa: N818  (the outline ends; what was found before it counts)
    """The tree is deeper or wider than the limits."""


def leaves(found: Headers, data: bytes, start: int) -> Iterator[Part]:
    """The leaf parts of a message in order.

    Args:
        found: the message's headers.
        data: the message.
        start: where its body begins.

    Raises:
        TooManyParts: beyond `limits.MIME_DEPTH` or `limits.MIME_PARTS`, after the parts before.
    """
    # A stack instead of recursion; containers are opened in place, children pushed in reverse.
    stack = [(found, kind_of(found), start, len(data), 0)]
    seen = 0
    while stack:
        part_headers, kind, begin, stop, depth = stack.pop()
        seen += 1
        if depth > limits.MIME_DEPTH or seen > limits.MIME_PARTS:
            raise TooManyParts
        boundary = _boundary(part_headers) if kind.startswith("multipart/") else b""
        if not boundary:
            yield Part(part_headers, _unless_multipart(kind), begin, stop)
            continue
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        children = []
        for child_start, child_stop in _split(data, begin, stop, boundary):
            child, content = _part_headers(data, child_start, child_stop)
            children.append((child, kind_of(child, default), content, child_stop, depth + 1))
            if len(children) > limits.MIME_PARTS:
                break
        if not children:
            yield Part(part_headers, "text/plain", begin, stop)
        stack.extend(reversed(children))


def _unless_multipart(kind: str) -> str:
    """The kind of a leaf; a multipart without a boundary is read as text."""
    return "text/plain" if kind.startswith("multipart/") else kind


def _boundary(found: Headers) -> bytes:
    values = found.get("content-type")
    return headers.parameter(values[0], b"boundary").encode("latin-1") if values else b""


def _split(data: bytes, start: int, stop: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Start and stop of each part between the boundary's delimiter lines."""
    delimiter = b"\n--" + boundary
    at = start - 1 if data.startswith(delimiter[1:], start) else data.find(delimiter, start, stop)
    opened = -1
    while at >= 0:
        after = at + len(delimiter)
        is_last = data.startswith(b"--", after)
        # A longer boundary that begins alike is another one: `--b-1` opens no part of `b`.
        if is_last or data[after : after + 1] in (b"\n", b"\r", b" ", b"\t", b""):
            if opened >= 0:
                yield opened, max(at, opened)
            if is_last:
                return
            opened = data.find(b"\n", after, stop) + 1
            if not opened:
                return
        at = data.find(delimiter, max(opened - 1, after), stop)
    if opened >= 0:
        yield opened, stop


def _part_headers(data: bytes, start: int, stop: int) -> tuple[Headers, int]:
    """A part's headers and where its content begins."""
    end = min(start + _HEAD_BYTES, stop)
    body = body_start(data, start, end)
    if body >= 0:
        block = data[start:body]
        return (_usual_headers if len(block) < _USUAL_BYTES else headers.read)(block), body
    found = headers.read(data[start:end])
    return found, stop if found else start


_usual_headers = lru_cache(maxsize=limits.CACHED // 10)(headers.read)
"""Most parts begin as others do; who gets them must not change them."""
