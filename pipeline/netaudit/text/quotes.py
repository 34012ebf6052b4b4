"""What is new in a message: quoted mail, forwarded mail and the lines that introduce them go.

Lines are marked one by one and kept or dropped whole, so the result is made of lines of the
input in their order. A quote whose lines carry a mark (`>`) ends with its last marked line, so
inline answers and answers below stay; one without marks (Outlook, Lotus Notes) lasts to the end.
Time is linear in the input, of which at most `MAX_CHARS` characters are read.
"""

from __future__ import annotations

from typing import NamedTuple

from netaudit.text._quote_patterns import (
    AD,
    ATTRIBUTION_END,
    ATTRIBUTION_START,
    DATE_LINE,
    DATED,
    GMAIL_HEAD,
    HEADER_LINE,
    INITIALS_QUOTE,
    MARKED,
    MAX_LINE,
    OPENED,
    PLEASE_RESPOND,
    SEPARATOR,
    SEPARATOR_WORDS,
    TELLING_NAMES,
    WROTE_WORDS,
)

MAX_CHARS = 200_000
"""Characters of a body that are read: more than anybody writes in one message."""
MAX_LINES = 5_000
"""Lines of a body that are read."""

_HEAD_SPAN = 8
_WRAP = 4
_RULE = "-_=*#~+<"
_FIRST = ">|" + _RULE
_LAST = "-:>]"
_DATE_ENDS = "Mm0123456789*-T"
_OPEN_LETTERS = "OoAaLlEeDdIi"
_OPEN_WORDS = frozenset(("on", "am", "le", "el", "em", "op", "den", "il", "dnia", "at", "in", "a"))
_TORN = 40
_LONG = 55


def lines_of(body: str) -> list[str]:
    """The body's lines, within the limits, without line ends and trailing blanks."""
    text = body[:MAX_CHARS].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return [line.rstrip() for line in text.split("\n", MAX_LINES)[:MAX_LINES]]


class Written(NamedTuple):
    """What the sender wrote, signature included: lines of the body in their order.

    Attributes:
        lead: the lines above the first quote.
        below: the lines between and below quotes (inline answers, bottom posting).
    """

    lead: list[str]
    below: list[str]


def written(body: str) -> Written:
    """The lines of a body that are not quoted.

    Args:
        body: decoded plain text.
    """
    lines = lines_of(body)
    stripped = [line.strip() for line in lines]
    kept: list[int] = []
    first_quote = len(lines)
    at = 0
    below_quote = False
    while at < len(lines):
        text = stripped[at]
        head = None
        if text and (below_quote or _may_be_head(text)):
            if _is_quoted(text) or (below_quote and _is_wrapped(stripped, at)):
                first_quote = min(first_quote, at)
                below_quote = True
                at += 1
                continue
            head = _head_at(stripped, at)
        below_quote = head is not None
        if head is None:
            kept.append(at)
            at += 1
            continue
        start, after = head
        while kept and kept[-1] >= start:
            kept.pop()
        first_quote = min(first_quote, start)
        if not _marked_follows(stripped, after - 1):
            break
        at = after
    lead = [lines[i] for i in kept if i < first_quote]
    below = [lines[i] for i in kept if i > first_quote]
    return Written(trimmed(lead), trimmed(below))


def trimmed(lines: list[str]) -> list[str]:
    """Lines without blank ones at both ends."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return lines[first:last]


def _may_be_head(text: str) -> bool:
    """Whether a look at a line's ends leaves it open that it is quoted or heads a quote."""
    return (
        text[0] in _FIRST
        or text[-1] in _LAST
        or ":" in text
        or ">" in text[:5]
        or (text[-1] == "." and text[-3:] == "...")
        or (text[0] in _OPEN_LETTERS and text.split(None, 1)[0].lower() in _OPEN_WORDS)
    )


def _is_quoted(text: str) -> bool:
    if not text:
        return False
    if text[0] in ">|":
        return not text.startswith(">From ")  # the mark an mbox puts before a sentence
    return ">" in text[:5] and INITIALS_QUOTE.match(text) is not None


def _is_wrapped(stripped: list[str], at: int) -> bool:
    """The torn-off end of a long marked line, with marked lines on both sides."""
    return (
        0 < at < len(stripped) - 1
        and len(stripped[at]) <= _TORN
        and len(stripped[at - 1]) >= _LONG
        and _is_quoted(stripped[at - 1])
        and _is_quoted(stripped[at + 1])
    )


def _marked_follows(stripped: list[str], at: int) -> bool:
    """Whether this line or the next ones, after blank ones, carry a quote mark."""
    if _is_quoted(stripped[at]):
        return True
    for text in stripped[at + 1 : at + 4]:
        if text:
            return _is_quoted(text)
    return False


def _head_at(stripped: list[str], at: int) -> tuple[int, int] | None:
    """The head of a quote around a line: first line and the line after its last, or None."""
    text = stripped[at]
    if len(text) > MAX_LINE:
        return None
    return (
        (_separator(stripped, at) if text[0] in _RULE or text[-1] in "-:>" else None)
        or (_attribution(stripped, at) if text[-1] in ":-]" or text[-3:] == "..." else None)
        or _wrapped_attribution(stripped, at)
        or (_header_block(stripped, at) if ":" in text[:30] else None)
        or (_dated_name(stripped, at) if text[-1] in _DATE_ENDS and ":" in text else None)
    )


def _separator(stripped: list[str], at: int) -> tuple[int, int] | None:
    text = stripped[at]
    if any(word in text for word in SEPARATOR_WORDS) and SEPARATOR.match(text):
        if MARKED.search(text):
            return at, at + 1
    elif text[0] == "_" and text.strip("_") == "" and len(text) >= 8:
        after = _next_text(stripped, at + 1)
        if after is not None and (
            _header_block(stripped, after) or AD.search(stripped[after][:80])
        ):
            return at, after
    return None


def _attribution(stripped: list[str], at: int) -> tuple[int, int] | None:
    text = stripped[at]
    if _is_gmail_head(text):
        return at, at + 1
    if not any(word in text for word in WROTE_WORDS) or not ATTRIBUTION_END.search(text):
        return None
    first = at
    while first > max(0, at - _WRAP) and not ATTRIBUTION_START.match(stripped[first]):
        if not stripped[first - 1] or len(stripped[first - 1]) > MAX_LINE:
            break
        first -= 1
    if not ATTRIBUTION_START.match(stripped[first]):
        first = at
    whole = " ".join(stripped[first : at + 1])
    if DATED.search(whole) or _marked_follows(stripped, at):
        return first, at + 1
    return None


def _is_gmail_head(text: str) -> bool:
    return text[-1] == ":" and ">" in text[-3:] and GMAIL_HEAD.match(text) is not None


def _wrapped_attribution(stripped: list[str], at: int) -> tuple[int, int] | None:
    """`On DATE, X <` whose verb stands on one of the next lines, marked or not."""
    if stripped[at][0] not in _OPEN_LETTERS or not OPENED.match(stripped[at]):
        return None
    for index in range(at + 1, min(at + _WRAP, len(stripped))):
        text = stripped[index][:MAX_LINE]
        if text and (ATTRIBUTION_END.search(text) or _is_gmail_head(f"{stripped[at]} {text}")):
            return at, index + 1
    return None


def _header_block(stripped: list[str], at: int) -> tuple[int, int] | None:
    match = HEADER_LINE.match(stripped[at])
    if match is None:
        return None
    names = [match.group(1).lower()]
    last = at
    for index in range(at + 1, min(at + _HEAD_SPAN, len(stripped))):
        more = HEADER_LINE.match(stripped[index][:MAX_LINE])
        if more:
            names.append(more.group(1).lower())
            last = index
    known = set(names)
    if len(known) < 2 or (len(known) == 2 and not known & TELLING_NAMES):
        return None
    return _with_name(stripped, at), last + 1


def _dated_name(stripped: list[str], at: int) -> tuple[int, int] | None:
    """Lotus Notes' name and date above `To:`."""
    if not DATE_LINE.match(stripped[at]):
        return None
    after = _next_text(stripped, at + 1)
    follows = stripped[after][:MAX_LINE] if after is not None else ""
    complete = " on " in stripped[at] and "@" in stripped[at]
    if not (complete or HEADER_LINE.match(follows) or PLEASE_RESPOND.match(follows)):
        return None
    return _with_name(stripped, at + 1), at + 1


def _with_name(stripped: list[str], at: int) -> int:
    """The first line of a head: the date and the name that Lotus Notes puts above it."""
    above = _above(stripped, at)
    if above is None or not DATE_LINE.match(stripped[above][:MAX_LINE]):
        return at
    first = above
    if stripped[first][:1].isdigit() and first > 0 and 0 < len(stripped[first - 1]) <= 80:
        first -= 1
    return first


def _above(stripped: list[str], at: int) -> int | None:
    return next((i for i in range(at - 1, max(-1, at - 3), -1) if stripped[i]), None)


def _next_text(stripped: list[str], at: int) -> int | None:
    return next((i for i in range(at, min(at + 4, len(stripped))) if stripped[i]), None)
