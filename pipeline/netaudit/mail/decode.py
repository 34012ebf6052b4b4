"""Bytes of headers and bodies to text that is safe to store.

No control characters in headers, no lone surrogates anywhere; unknown or wrong charsets tolerated.
"""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from functools import lru_cache

from netaudit.mail import limits

_FOLD = re.compile(r"[\r\n]+[ \t]*")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[ \t]{2,}")
_CR = 13
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n")
_HIGH_CONTROLS = re.compile("[\x80-\x9f]")
"""C1: a terminal takes one of them for the start of an escape. Only texts beyond ASCII have any."""
_ASCII_BASED = frozenset({None, "ascii", "utf-8", "cp1252", "iso8859-15", "iso8859-2", "koi8-r"})
"""Codecs in which the bytes below 128 are ASCII, everywhere."""

_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "ks_c_5601-1987": "cp949",
    "windows-874": "cp874",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "x-gbk": "gb18030",
    "unicode-1-1-utf-7": "utf-7",
}
"""Names that mail uses, to the codec that reads what is meant."""
_LATIN_1 = frozenset({"iso8859-1", "latin-1", "latin_1"})


@lru_cache(maxsize=1024)
def _codec(charset: str) -> str | None:
    """The name of the Python codec of a charset label, None when unknown."""
    label = charset.strip(" \t\"'").partition("*")[0].lower()
    try:
        info = codecs.lookup(_CHARSETS.get(label, label))
        "".encode(info.name)  # refuses the codecs that are no charsets
    except (LookupError, ValueError):
        return None
    return "cp1252" if info.name in _LATIN_1 else info.name


def charset_text(raw: bytes, charset: str | None) -> str:
    """Text of bytes in a charset; where the label is wrong, as UTF-8 or else Windows-1252."""
    codec = _codec(charset) if charset else None
    for name in (codec, "utf-8", "cp1252"):
        if name is None or name == "ascii":
            continue
        try:
            return raw.decode(name)
        except (UnicodeError, ValueError):
            continue
    return raw.decode("latin-1")


def body_text(raw: bytes, charset: str | None) -> str:
    """Text of a body: line ends are LF, control characters but tab and line end are left out."""
    codec = _codec(charset) if charset else None
    if codec in _ASCII_BASED:
        text = charset_text(_clean_bytes(raw), charset)
        return text if text.isascii() else _HIGH_CONTROLS.sub("", text)
    return clean_text(charset_text(raw, charset))


def clean_text(text: str) -> str:
    """A body's text with LF line ends and without control characters but tab and line end."""
    clean = _clean_bytes(text.encode("utf-8", "ignore")).decode("utf-8")
    return clean if clean.isascii() else _HIGH_CONTROLS.sub("", clean)


def _clean_bytes(raw: bytes) -> bytes:
    """ASCII-based text with LF line ends and without control characters but tab and line end.

    On bytes it is done in one step of the C library, ten times faster than on text.
    """
    if _CR in raw:
        is_end = raw.find(b"\r\n") >= 0
        raw = raw.replace(b"\r", b"" if is_end else b"\n")
    return raw.translate(None, _CONTROLS)


def is_known(charset: str) -> bool:
    """Whether the label names a charset other than US-ASCII, which mail claims for anything."""
    codec = _codec(charset) if charset else None
    return codec is not None and codec != "ascii"


def safe(text: str) -> str:
    """A header's text on one line: control characters, line ends and surrogates become spaces."""
    if text.isprintable():
        return text.strip()
    return _SPACES.sub(" ", _UNSAFE.sub(" ", text)).strip()


def raw_text(raw: bytes) -> str:
    """A header's undecoded value: unfolded, 8-bit bytes as UTF-8 or else Windows-1252."""
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        text = charset_text(raw, None)
    if "\r" in text or "\n" in text:
        text = _FOLD.sub(" ", text)
    return text.strip()


def words(text: str) -> str:
    """The text with RFC 2047 encoded words decoded; what cannot be decoded stays as it is."""
    if "=?" not in text:
        return text
    try:
        chunks = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    parts = []
    for chunk, charset in chunks:
        if isinstance(chunk, str):
            parts.append(chunk)
        elif charset is None:
            parts.append(chunk.decode("raw-unicode-escape", "replace"))
        else:
            parts.append(charset_text(chunk, charset))
    return "".join(parts)


def unstructured(raw: bytes, most: int = limits.SUBJECT_CHARS) -> str:
    """The decoded, safe text of a header such as Subject, of at most `most` characters."""
    if len(raw) <= most and raw.isascii():
        text = raw.decode("ascii").strip()
        if text.isprintable() and "=?" not in text:
            return text
    return safe(words(raw_text(raw[: 8 * most])))[:most]
