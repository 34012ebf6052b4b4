"""What several parsers read in one message, in a form in which they can be compared.

Each gives the same fields: address and date as a person would read them, texts without
differences of white space. A field that a parser fails at is `FAILED`.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from fast_mail_parser import ParseError, parse_email

from netaudit.mail import body, headers, parse
from netaudit.mail.split import single
from netaudit.model import Message

FIELDS = ("from", "to", "subject", "date", "message_id", "text")
FAILED = "\0failed"
Fields = dict[str, str]


def ours(raw: bytes) -> Fields | None:
    """The program's own reading; None where it sees no message."""
    piece = single(raw)
    found = parse.read(piece, parse.Place("eml", "a.eml"))
    if found is None:
        return None
    block = headers.read(piece.data[: piece.body])
    if "date" not in block:  # the arrival stands in for it
        found = found._replace(sent_at=None)
    if found.body is None:  # automated mail's text is not wanted otherwise
        found = found._replace(body=body.read(block, piece, want_text=True).text)
    return of_message(found)


def of_message(found: Message) -> Fields:
    """The fields of a message that was read."""
    people = sorted({r.address for r in found.recipients if r.role in ("to", "cc")})
    return {
        "from": found.from_address,
        "to": " ".join(people),
        "subject": _plain(found.subject),
        "date": "" if found.sent_at is None else _instant(found.sent_at),
        "message_id": "".join((found.message_id or "").split()),
        "text": _plain(found.body or ""),
    }


def classic(raw: bytes) -> Fields:
    """The standard library with its old policy, values by `email.utils` and `email.header`."""
    mail = email.message_from_bytes(raw)

    def decoded(value: object) -> str:
        return str(email.header.make_header(email.header.decode_header(str(value or ""))))

    def text() -> str:
        for part in mail.walk():
            if part.get_content_type() == "text/plain" and not part.get_filename():
                data = part.get_payload(decode=True)
                assert isinstance(data, bytes)
                return data.decode(part.get_content_charset() or "ascii", "replace")
        return ""

    return {
        "from": _try(lambda: _first(_addresses([str(v) for v in mail.get_all("From", [])]))),
        "to": _try(
            lambda: " ".join(
                sorted(set(_addresses([str(v) for n in ("To", "Cc") for v in mail.get_all(n, [])])))
            )
        ),
        "subject": _try(lambda: _plain(decoded(mail["Subject"]))),
        "date": _try(lambda: _date(str(mail["Date"] or ""))),
        "message_id": _try(lambda: _id(str(mail["Message-ID"] or ""))),
        "text": _try(lambda: _plain(text())),
    }


def modern(raw: bytes) -> Fields:
    """The standard library with its new policy."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)

    def people(*names: str) -> list[str]:
        values = [v for name in names for v in mail.get_all(name, [])]
        return [a.addr_spec.lower() for v in values for a in v.addresses if "@" in a.addr_spec]

    def date() -> str:
        found = mail["Date"].datetime if mail["Date"] else None
        return "" if found is None else _instant(found)

    def text() -> str:
        body = mail.get_body(("plain",))
        return "" if body is None else str(body.get_content())

    return {
        "from": _try(lambda: _first(people("From"))),
        "to": _try(lambda: " ".join(sorted(set(people("To", "Cc"))))),
        "subject": _try(lambda: _plain(str(mail["Subject"] or ""))),
        "date": _try(date),
        "message_id": _try(lambda: _id(str(mail["Message-ID"] or ""))),
        "text": _try(lambda: _plain(text())),
    }


def fast(raw: bytes) -> Fields:
    """fast-mail-parser; its header values by `email.utils`."""
    try:
        mail = parse_email(raw)
    except (ParseError, ValueError):
        return dict.fromkeys(FIELDS, FAILED)
    heads = {name.lower(): value for name, value in mail.headers.items()}
    people = [str(heads[name]) for name in ("to", "cc") if name in heads]
    return {
        "from": _try(lambda: _first(_addresses([str(heads.get("from", ""))]))),
        "to": _try(lambda: " ".join(sorted(set(_addresses(people))))),
        "subject": _plain(mail.subject or ""),
        "date": _try(lambda: _date(mail.date or "")),
        "message_id": _id(str(heads.get("message-id", ""))),
        "text": _plain(mail.text_plain[0] if mail.text_plain else ""),
    }


PARSERS: dict[str, Callable[[bytes], Fields]] = {
    "classic": classic,
    "modern": modern,
    "fast": fast,
}


def majority(raw: bytes) -> dict[str, str | None]:
    """What at least two of the other parsers say of each field; None where no two agree."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = [read(raw) for read in PARSERS.values()]
    found: dict[str, str | None] = {}
    for name in FIELDS:
        value, count = Counter(one[name] for one in said).most_common(1)[0]
        found[name] = value if count > 1 and value != FAILED else None
    return found


def same(field: str, own: str, said: str) -> bool:
    """Whether two readings agree; the program joins all texts, and reads HTML too."""
    return own == said or (field == "text" and said in own)


def _try(read: Callable[[], str]) -> str:
    try:
        return read()
    except Exception:  # (they meet anything)
        return FAILED


def _plain(text: str) -> str:
    """Without white space, control characters and what could not be decoded."""
    return "".join(c for c in text if c.isprintable() and not c.isspace() and c != "\ufffd")


def _instant(moment: datetime) -> str:
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _date(text: str) -> str:
    return _instant(email.utils.parsedate_to_datetime(text)) if text.strip() else ""


def _id(text: str) -> str:
    inner = text.partition("<")[2].partition(">")[0] or text.strip().partition(" ")[0]
    return "".join(inner.split())


def _addresses(values: list[str]) -> list[str]:
    found = email.utils.getaddresses(values)
    return ["".join(address.split()).lower() for _, address in found if "@" in address]


def _first(found: list[str]) -> str:
    return found[0] if found else ""
