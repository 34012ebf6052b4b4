"""The new text of a message: what its sender wrote in it, without quotes, signature, disclaimer."""

from __future__ import annotations

from netaudit.text import quotes, signatures


def new_text(body: str, sender_name: str = "", sender_address: str = "") -> str:
    r"""What the sender wrote in this message.

    Args:
        body: decoded plain text.
        sender_name: display name, to know a signature by.
        sender_address: address, likewise.

    Returns:
        Lines of the body joined by `\n`, the ones above the first quote before the ones below;
        it can be written as UTF-8.
    """
    tokens = signatures.name_tokens(sender_name, sender_address)
    lead, below = quotes.written(body)
    lines = _own(lead, tokens)
    if below:
        answers = _own(below, tokens)
        if answers:
            lines = [*lines, "", *answers] if lines else answers
    text = "\n".join(lines)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character pair, from a broken charset
        text = text.encode("utf-8", "replace").decode()
    return text


def _own(lines: list[str], tokens: frozenset[str]) -> list[str]:
    if not lines:
        return lines
    return quotes.trimmed(
        signatures.without_signature(signatures.without_disclaimer(lines), tokens)
    )
