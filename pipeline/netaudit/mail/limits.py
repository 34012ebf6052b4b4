"""What is read of one message at most. Beyond a limit a message is kept by what lies before it."""

MESSAGE_BYTES = 32 << 20
"""A longer message is streamed past and kept by its headers and its first `KEPT_BYTES`."""
KEPT_BYTES = 1 << 20
HEADER_BYTES = 1 << 20
"""Of the header block."""
VALUE_BYTES = 512 << 10
"""Of one header's value."""
ADDRESSES = 10_000
"""In one header."""
SUBJECT_CHARS = 2_000
NAME_CHARS = 500
ADDRESS_CHARS = 320
"""64 for the local part, @, 255 for the domain (RFC 5321, 4.5.3.1)."""
ID_CHARS = 1_000
REFERENCES = 200
"""Message-IDs taken from References, the newest."""
LABELS = 200
MIME_DEPTH = 30
MIME_PARTS = 500
TEXT_BYTES = 1 << 20
"""Of a body's text, before it is decoded."""
CALENDAR_BYTES = 1 << 20
CALENDARS = 20
CACHED = 50_000
"""Distinct values that a memo keeps."""
