"""The fictional owner's mail as an mbox file, for tests that go through the command line."""

from __future__ import annotations

from email.utils import format_datetime

import pandas as pd
from tests import fictional


def write_mbox(path, hostile: bool = False) -> int:
    """Write the mail of `fictional.tables` and return the number of messages."""
    stored = fictional.tables(
        fictional.cast(hostile), fictional.HOSTILE if hostile else fictional.SUBJECTS
    )
    to = stored["recipients"].groupby("key")["address"].agg(", ".join)
    names = {ME: "Nora Lindqvist"} | {c[1]: c[0] for c in fictional.cast(hostile)}
    lines = [_letter(row, to[row["key"]], names) for row in stored["messages"].to_dict("records")]
    path.write_bytes(b"\n".join(lines))
    return len(lines)


ME = fictional.ME


def _letter(row, to, names) -> bytes:
    date = row["sent_at"].to_pydatetime(warn=False)
    heads = {
        "From": f"{_word(names.get(row['from_address'], ''))} <{row['from_address']}>",
        "To": to,
        "Subject": _word(row["subject"]),
        "Date": format_datetime(date),
        "Message-ID": f"<{row['message_id']}>",
        "X-Gmail-Labels": "Sent" if row["from_address"] == ME else "Inbox",
    }
    if pd.notna(row["in_reply_to"]):
        heads["In-Reply-To"] = f"<{row['in_reply_to']}>"
    head = "".join(f"{name}: {value}\n" for name, value in heads.items())
    start = f"From {row['from_address']} {date:%a %b %d %H:%M:%S %Y}\n"
    return f"{start}{head}\nThe numbers you wanted are below, number {row['key']}.\n".encode()


def _word(text: str) -> str:
    """An RFC 2047 word, so that every character gets through."""
    from base64 import b64encode

    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="
