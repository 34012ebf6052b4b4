"""Rows of messages.csv -> model.Message."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime

from netaudit import aliases
from netaudit.aliases import one_line
from netaudit.keys import content_key
from netaudit.linkedin import recipients
from netaudit.linkedin.tables import MAX_TEXT, SOURCE, File
from netaudit.model import Message

_TRUE = frozenset({"true", "yes", "1"})
_SPONSORED = "spinmail-quill-editor"
_MACHINE_FILES = ("guide", "role_play", "roleplay", "coach")
"""Files of talks with LinkedIn's own assistants, under the header of messages."""

_IS_HTML = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|strong|em|b|i)\b[^<>]{0,500}>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^<>]{0,100}>|</(?:p|div|li)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
_SPACE = re.compile(r"\s+")


def message(file: File, cells: Mapping[str, str], number: int) -> Message:
    """One message; drafts stand in the box `draft`, what no person sent carries a sign."""
    sender, profile = (
        one_line(cells.get("from", "")),
        aliases.profile(cells.get("senderprofileurl", "")),
    )
    content = cells.get("content", "")
    text = content[:MAX_TEXT]
    signs = _signs(file.stem, profile, content)
    to, count = recipients.split(
        cells.get("to", ""), cells.get("recipientprofileurls", ""), file.known
    )
    sent_at = file.time(cells, "date")
    folder = one_line(cells.get("folder", ""))
    subject = one_line(cells.get("subject", ""))
    return Message(
        key=_key(cells, sent_at, content),
        channel="linkedin",
        message_id=None,
        in_reply_to=None,
        references=None,
        sent_at=sent_at,
        utc_offset_minutes=None,
        from_address=profile if signs else file.known.alias(sender, profile),
        from_name=sender,
        sender_address=None,
        reply_to=None,
        subject=subject,
        thread_hint=one_line(cells.get("conversationid", ""))[:300] or None,
        labels=folder.replace(";", ","),
        box=_box(cells, folder),
        delivered_to="",
        automated_signs=signs,
        list_id=None,
        n_recipients=count,
        hidden_recipients=False,
        words=-1,
        language=None,
        size_bytes=len(content.encode("utf-8", "replace")),
        has_attachment=bool(cells.get("attachments")),
        is_truncated=len(content) > MAX_TEXT,
        source=SOURCE,
        source_path=file.path,
        source_offset=number,
        recipients=to,
        body=None if signs else as_text(text),
    )


def _key(cells: Mapping[str, str], sent_at: datetime | None, content: str) -> str:
    """Identity: conversation, time and text.

    Names and links are left out: LinkedIn rewrites them when members rename themselves or leave.
    """
    date = sent_at or cells.get("date", "")
    words = _SPACE.sub(" ", content)
    conversation = cells.get("conversationid", "") or cells.get("to", "")
    return content_key("linkedin message", conversation, date, cells.get("subject", ""), words)


def _signs(stem: str, profile: str, content: str) -> str:
    if not profile and _SPONSORED in content[:300]:
        return "sponsored"
    if any(word in stem for word in _MACHINE_FILES):
        return "assistant"
    return "organisation" if profile and not aliases.is_person(profile) else ""


def _box(cells: Mapping[str, str], folder: str) -> str:
    drafts = (cells.get("ismessagedraft", ""), cells.get("isconversationdraft", ""))
    if any(value.lower() in _TRUE for value in drafts):
        return "draft"
    # Sent messages stand in INBOX too, so that a folder never says who wrote.
    named = {"SENT": "sent", "SPAM": "spam", "TRASH": "trash", "DRAFT": "draft", "DRAFTS": "draft"}
    return named.get(folder.upper(), "inbox" if folder else "")


def as_text(content: str) -> str:
    """The message as plain text: some eras write paragraphs and links as HTML."""
    if not _IS_HTML.search(content):
        return content
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", content))).strip()
