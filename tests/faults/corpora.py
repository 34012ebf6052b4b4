"""The odd and broken mail of nine parsers' test suites, where it stands beside the project."""

from __future__ import annotations

import csv
import json
import tarfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.build import DATA
from tests.faults import parsers

ARCHIVE = DATA / "faults" / "mail-faults.tar.xz"
MAILS = (
    "cpython/test_email_data/msg_*.txt",
    "kmime/mails/*.mbox",  # single messages, whatever the name
    "mime4j/**/*.msg",
    "mime4j/mbox/**/mbox.rlug-*",
    "mimekit/**/messages/*.txt",
    "mimekit/**/*.eml",
    "mimekit/**/*.msg",
    "mimekit/**/thunderbird-signed.txt",
    "nodemailer/**/*.eml",
    "php-mime/tests/mails/*",
    "ruby-mail/**/*.eml",
    "ruby-mail/**/sample_output_multipart",
    "spamscope/tests/mails/mail_*",
)
MBOXES = ("imaptest/**/*.mbox", "mime4j/mbox/**/mbox.rlug", "mimekit/**/mbox/*.mbox.txt")


def unpacked(folder: Path) -> Path:
    """The archive's files in a folder."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder


def mails(folder: Path) -> list[Path]:
    """The single messages, in a fixed order."""
    return _found(folder, MAILS)


def mboxes(folder: Path) -> list[Path]:
    """The mailboxes, in a fixed order."""
    return _found(folder, MBOXES)


def _found(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    paths = {path for pattern in patterns for path in folder.glob(pattern)}
    return sorted(path for path in paths if path.is_file() and path.stat().st_size)


# --- the results that come with them


def mimekit_offsets(folder: Path) -> Iterator[tuple[Path, bool, list[tuple[int, int, int]]]]:
    """Mailbox, whether in its CRLF form, and (start, body, end) of each message in it."""
    for path in mboxes(folder):
        for form in ("unix", "dos"):
            name = path.name.removesuffix(".mbox.txt")
            told = path.with_name(f"{name}.{form}-offsets.json")
            if told.exists():
                found = json.loads(told.read_text("utf-8-sig"))
                yield (
                    path,
                    form == "dos",
                    [
                        (one["mboxMarkerOffset"], one["headersEndOffset"], one["endOffset"])
                        for one in found
                    ],
                )


def mime4j_leaves(mail: Path) -> int | None:
    """How many leaf parts mime4j sees in a message, inner messages unopened; None: not told."""
    told = mail.with_name(f"{mail.stem}_decoded.xml")
    if not told.exists():
        return None
    return _leaves(ET.fromstring(told.read_bytes()))


def _leaves(element: ET.Element) -> int:
    multipart = element.find("multipart")
    if multipart is None:
        return 1
    return sum(_leaves(part) for part in multipart.findall("body-part"))


# --- all of it beside the others


@dataclass(frozen=True)
class Comparison:
    """The program's reading beside what most parsers say.

    Attributes:
        mails: messages compared.
        fields: fields of them, on which at least two of three parsers agree.
        agreed: fields on which the program says the same.
        judged: cause -> how many differences have it.
        unexplained: field and file of the differences that nobody judged.
        not_mail: files in which the program sees no message.
    """

    mails: int
    fields: int
    agreed: int
    judged: Counter[str]
    unexplained: tuple[tuple[str, str], ...]
    not_mail: tuple[str, ...]


def judged() -> dict[tuple[str, str], str]:
    """Field and file -> why the program differs."""
    with Path(__file__).with_name("judged.csv").open(encoding="utf-8") as file:
        return {(row["field"], row["mail"]): row["cause"] for row in csv.DictReader(file)}


def compared(folder: Path) -> Comparison:
    """Every single message of the suites, field by field."""
    known = judged()
    fields = agreed = count = 0
    causes: Counter[str] = Counter()
    unexplained, not_mail = [], []
    for path in mails(folder):
        name, raw = path.relative_to(folder).as_posix(), path.read_bytes()
        own = parsers.ours(raw)
        if own is None:
            not_mail.append(name)
            continue
        count += 1
        for field, said in parsers.majority(raw).items():
            if said is None:
                continue
            fields += 1
            if parsers.same(field, own[field], said):
                agreed += 1
            elif (field, name) in known:
                causes[known[field, name]] += 1
            else:
                unexplained.append((field, name))
    return Comparison(count, fields, agreed, causes, tuple(unexplained), tuple(not_mail))
