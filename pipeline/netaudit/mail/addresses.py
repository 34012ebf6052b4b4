"""Address headers: From, To, Cc, Bcc, Reply-To.

A header is cut into its addresses here, because the standard library loses all for one bad one
(strict) or adds addresses that nobody wrote (not strict); each address then is read alone. The
usual forms are matched directly, everything else goes to `email.utils.getaddresses`, one address
at a time, and is believed only where it returns one that stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from email.utils import getaddresses
from functools import lru_cache, partial
from inspect import signature
from typing import TypeVar

from netaudit.mail import limits
from netaudit.mail.decode import raw_text, safe, words

T = TypeVar("T")
Mailbox = tuple[str, str]
"""An address in lower case and a decoded display name, which may be empty."""

_SPECIAL = re.compile(r'["(;:\[]|=\?')
_PIECE = re.compile(
    r'(?:[^,;"=(<\[]+'
    r'|"(?:[^"\\]|\\.)*"'  # quoted
    r"|=\?[^?]{0,100}\?[bqBQ]\?[^?]*\?="  # encoded word: a comma in it separates nothing
    r"|\((?:[^()\\]|\\.)*\)"  # comment
    r"|<[^<>]*>|\[[^\[\]]*\]"
    r"|[^,;])+"
)
_GROUP = re.compile(r'^(?:"(?:[^"\\]|\\.)*"|[^":<>@()\[\]])*:(?!:)')
_ATOM = r"[^\s<>()\[\],;:\"\\@]+"
_DOMAIN = r"(?:[^\s<>()\[\],;:\"\\@]+|\[[^\[\]\s@]+\])"
_ADDRESS = re.compile(rf"{_ATOM}@{_DOMAIN}")
_QUOTED_LOCAL = re.compile(rf'"((?:[^"\\]|\\.){{1,64}})"@({_DOMAIN})')
_ANGLE = re.compile(r"([^<]*)<([^<>]*)>[\s.,]*")
_COMMENT = re.compile(rf"({_ATOM}@{_DOMAIN})\s*\(([^()]*)\)")
_COMMENTS = re.compile(r"\((?:[^()\\]|\\.)*\)")
_PLAIN = r"\w[\w.+'=-]{0,63}@(?:[\w-]{1,63}\.){1,3}[\w-]{1,63}"
_NAME = r"""(?:[^"<>()\[\],;:\\@=]|\([\w .'-]{0,60}\)){1,200}"""
_ENCODED_NAME = r"(?:=\?[\w-]{1,40}\?[bqBQ]\?[\w=+/.,!*-]{0,200}\?= ?){1,9}"
_USUAL = re.compile(
    rf' *(?:(?:"([^"<>\\=]{{1,200}})"|({_NAME})|({_ENCODED_NAME}))? *<({_PLAIN})>|({_PLAIN}))'
    r" *(?:,|\Z)",
    re.ASCII,
)
"""An address as nearly all are written: `Ana (home) <a@b.org>`, `"Alba, Ana" <a@b.org>`, `a@b.org`,
or with the name in encoded words."""
_AT_FORM = re.compile(r"<?([\w.+=-]+)\s+at\s+((?:[\w-]+\.)+[\w-]+)>?\s*(?:\(([^()]*)\))?")
"""Archives of mailing lists hide addresses: `jk at host.com (Jay Kay)`."""
_QUOTED_PIECES = re.compile(rb'(?:[^,"]++|"[^"]*+"|")++')
"""What stands between commas that are not quoted."""
_QUOTE = 34
_FEW_BYTES = 5 * limits.ADDRESSES
"""Shorter headers hold fewer addresses of the usual form than the limit."""
_ESCAPED = re.compile(r"\\(.)")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\xa0\u200b\ufeff\ud800-\udfff]")
_INVISIBLE = re.compile(r"(?! )[\s\x00-\x1f\x7f-\xa0\u200b\ufeff\ud800-\udfff]")
_PIECE_CHARS = 2_000
# Newer Pythons default to strict, which gives nothing for a piece with anything odd in it.
_getaddresses = (
    partial(getaddresses, strict=False)
    if "strict" in signature(getaddresses).parameters
    else getaddresses
)


def clean_address(text: str) -> str:
    """An address in lower case without spaces, quotes around it or a final dot; "" for none."""
    if not text.isascii() or not text.isprintable() or " " in text:
        text = _BLANK.sub("", text)
    return _within_limits(text.strip("'`").rstrip(".").lower())


def _within_limits(text: str) -> str:
    if len(text) > limits.ADDRESS_CHARS or not 0 < text.find("@") < len(text) - 1:
        return ""
    return text


def clean_name(text: str) -> str:
    """A display name: decoded, unquoted, safe."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = _ESCAPED.sub(r"\1", text[1:-1])
    elif '"' in text:
        text = text.replace('"', "")
    name = safe(words(text)) if "=?" in text else safe(text)
    if len(name) > 1 and name[0] in "'\"" and name[0] == name[-1]:
        name = name[1:-1].strip()
    return name[: limits.NAME_CHARS]


_encoded_name = lru_cache(maxsize=limits.CACHED)(clean_name)


@lru_cache(maxsize=limits.CACHED)
def _mailbox(piece: str) -> Mailbox | None:
    """One address as written."""
    piece = piece.strip()
    if "\xa0" in piece and _ADDRESS.fullmatch(piece.replace("\xa0", "")):
        piece = piece.replace("\xa0", "")
    if _ADDRESS.fullmatch(piece) or _QUOTED_LOCAL.fullmatch(piece):
        address = _bare(piece)
        return (address, "") if address else None
    return _angle(piece) or _commented(piece) or _odd(piece)


def _angle(piece: str) -> Mailbox | None:
    match = _ANGLE.fullmatch(piece)
    if match is None:
        return None
    name, inner = match[1], match[2].strip()
    address = _bare(inner.rpartition(":")[2] if inner.startswith("@") else inner)
    if not address:
        return None
    return address, clean_name(name)


def _bare(text: str) -> str:
    """The address alone, or ""."""
    quoted = _QUOTED_LOCAL.fullmatch(text)
    if quoted:
        local = _ESCAPED.sub(r"\1", quoted[1])
        plain = f"{local}@{quoted[2]}"
        if _ADDRESS.fullmatch(plain):
            return clean_address(plain)
        return _within_limits(_INVISIBLE.sub("", text).lower())
    text = _BLANK.sub("", text.removeprefix("mailto:"))
    return clean_address(text) if _ADDRESS.fullmatch(text) else ""


def _commented(piece: str) -> Mailbox | None:
    match = _COMMENT.fullmatch(piece)
    if match:
        address = clean_address(match[1])
        return (address, clean_name(match[2])) if address else None
    match = _AT_FORM.fullmatch(piece) if " at " in piece else None
    if match:
        address = clean_address(f"{match[1]}@{match[2]}")
        return (address, clean_name(match[3] or "")) if address else None
    return None


def _odd(piece: str) -> Mailbox | None:
    """Any other form: by the standard library, else the first thing that looks like an address."""
    if "@" not in piece or len(piece) > _PIECE_CHARS:
        return None
    try:
        found = _getaddresses([piece])
    except (RecursionError, ValueError, IndexError, AttributeError):
        found = []
    written = _BLANK.sub("", _COMMENTS.sub("", piece)).lower()
    for name, text in found:
        address = _bare(text)
        if address and (address in written or address in piece.lower()):
            return address, clean_name(name)
    match = _ADDRESS.search(piece)
    address = clean_address(match[0]) if match else ""
    return (address, "") if address else None


def _pieces(text: str) -> list[str]:
    """The addresses of a header's text as written; groups are opened."""
    if not _SPECIAL.search(text):
        return text.split(",")
    pieces = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        if ":" in piece:
            piece = _GROUP.sub("", piece, count=1)
        pieces.append(piece)
        if len(pieces) > limits.ADDRESSES:
            break
    return pieces


def _usual(text: str) -> tuple[Mailbox, ...] | None:
    """The addresses of a header that holds nothing but `_USUAL` ones, at a fifth of the cost."""
    if not text.isprintable():
        return None
    found: list[Mailbox] = []
    at = 0
    while at < len(text):
        match = _USUAL.match(text, at)
        mailbox = None if match is None else _of_usual(match)
        if match is None or mailbox is None:
            return None
        found.append(mailbox)
        at = match.end()
    return tuple(found[: limits.ADDRESSES])


def _of_usual(match: re.Match[str]) -> Mailbox | None:
    """The address that `_USUAL` matches; None for a name that may be quoted in single quotes."""
    quoted, plain, encoded, angle, bare = match.groups()
    name = _encoded_name(encoded) if encoded else (quoted or plain or "").strip()
    if name.startswith("'") and not encoded:
        return None
    return (angle or bare).lower(), name


def _read(raw: bytes) -> tuple[Mailbox, ...]:
    text = raw_text(raw[: limits.VALUE_BYTES])
    usual = _usual(text)
    return _careful(text) if usual is None else usual


def _careful(text: str) -> tuple[Mailbox, ...]:
    """The addresses of any header."""
    pieces = _pieces(text)[: limits.ADDRESSES]
    found = [_mailbox(piece) for piece in pieces]
    if None not in found:
        return tuple(found)  # type: ignore[arg-type]
    return tuple(_joining_halves(pieces, found))


def _joining_halves(pieces: list[str], found: list[Mailbox | None]) -> Iterator[Mailbox]:
    """The addresses; a piece without one may be the first half of the next one's name."""
    before = ""
    for piece, mailbox in zip(pieces, found, strict=True):
        if mailbox is None:
            before = piece.strip()
            continue
        if before and mailbox[1] and _is_half_name(before, piece):
            mailbox = (mailbox[0], clean_name(before) + ", " + mailbox[1])  # noqa: PLW2901
        before = ""
        yield mailbox


def _is_half_name(before: str, piece: str) -> bool:
    """Whether a comma stood unquoted in a name: `Doe, Jane <jane@doe.example>`."""
    return "@" not in before and "<" not in before and "<" in piece and before.count(" ") < 3


_remembered = lru_cache(maxsize=limits.CACHED)(_read)


class Known(dict[bytes, T]):
    """Addresses as written, between the commas of a header -> what is made of them.

    Of an address of the `_USUAL` form nothing depends on what stands before or after it. A piece
    of any other form is a KeyError.
    """

    def __init__(self, make: Callable[[Mailbox], T]) -> None:
        self._make = make

    def __missing__(self, piece: bytes) -> T:
        mailbox = self._mailbox(piece)
        if len(self) >= limits.CACHED:
            self.clear()
        made = self[piece] = self._make(mailbox)
        return made

    def _mailbox(self, piece: bytes) -> Mailbox:
        return _known[piece]

    def read(self, raw: bytes) -> list[T] | None:
        """What is made of each address of a header's value; None where one is not usual."""
        if len(raw) > _FEW_BYTES:
            return None
        if _QUOTE in raw:
            pieces = _QUOTED_PIECES.findall(raw)
            if len(b",".join(pieces)) < len(raw):  # nothing between two commas
                return None
        else:
            pieces = raw.split(b",")
        try:
            return [self[piece.strip(b" ")] for piece in pieces]
        except KeyError:
            return None


class _Mailboxes(Known[Mailbox]):
    """What all others are made of: each address is read once, whatever headers it stands in."""

    def __init__(self) -> None:
        super().__init__(lambda mailbox: mailbox)

    def _mailbox(self, piece: bytes) -> Mailbox:
        text = piece.decode("ascii") if piece.isascii() else ""
        match = _USUAL.fullmatch(text) if text.isprintable() else None
        mailbox = None if match is None else _of_usual(match)
        if mailbox is None:
            raise KeyError(piece)
        return mailbox


_known = _Mailboxes()


def mailboxes(raw: bytes) -> Sequence[Mailbox]:
    """The addresses of a header's value, in order.

    Values without an address (`undisclosed-recipients:;`, local names) give none.
    """
    return _known.read(raw) or careful(raw)


def careful(raw: bytes) -> tuple[Mailbox, ...]:
    """The addresses of a header that is not made of usual ones alone."""
    return _remembered(raw) if len(raw) < 200 else _read(raw)


def first(raws: list[bytes] | None) -> Mailbox:
    """The first address of the headers of one name; ("", name) where only a name stands there."""
    if not raws:
        return "", ""
    for raw in raws:
        found = mailboxes(raw)
        if found:
            return found[0]
    return "", clean_name(raw_text(raws[0][: limits.NAME_CHARS]).replace("<", "").replace(">", ""))
