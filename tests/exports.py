"""LinkedIn exports made for tests: every era of every header."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

NOTES = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses '
    'are missing, as ""LinkedIn"" says."\n\n'
)

CONNECTIONS = (
    "First Name",
    "Last Name",
    "URL",
    "Email Address",
    "Company",
    "Position",
    "Connected On",
)
CONNECTIONS_OLD = tuple(name for name in CONNECTIONS if name != "URL")

MESSAGES_9 = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "DATE", "SUBJECT",
    "CONTENT", "FOLDER",
)  # fmt: skip
MESSAGES_10 = (*MESSAGES_9[:5], "RECIPIENT PROFILE URLS", *MESSAGES_9[5:])
MESSAGES = {
    "9": MESSAGES_9,
    "10": MESSAGES_10,
    "11": (*MESSAGES_10, "ATTACHMENTS"),
    "11 draft": (*MESSAGES_10, "IS MESSAGE DRAFT"),
    "12": (*MESSAGES_10, "ATTACHMENTS", "IS MESSAGE DRAFT"),
    "13": (*MESSAGES_10, "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
}
INVITATIONS_OLD = ("From", "To", "Sent At", "Message", "Direction")
INVITATIONS = (*INVITATIONS_OLD, "inviterProfileUrl", "inviteeProfileUrl")


def link(slug: str) -> str:
    """A profile link as LinkedIn writes it."""
    return f"https://www.linkedin.com/in/{slug}"


def table(
    columns: Sequence[str],
    *rows: Mapping[str, str],
    delimiter: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
) -> str:
    """A CSV text with LF; cells that a row does not name are empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(name, "") for name in columns])
    return out.getvalue()


def export(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A zip of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
