"""Times as LinkedIn exports and spreadsheets write them.

Times without a zone are taken as UTC; a day without a time is its midnight. Two-digit years are
of this century: LinkedIn opened in 2003. `1/29/26` is month first, as LinkedIn writes it, unless
the file shows that a spreadsheet put the day first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan janv ene gen",
            "feb fev febr",
            "mar marz mrz mars maerz",
            "apr avr abr",
            "may mai mag mayo",
            "jun juin giu",
            "jul juil lug",
            "aug aou aout ago",
            "sep sept set",
            "oct okt out ott",
            "nov",
            "dec dez dic",
        ),
        start=1,
    )
    for word in words.split()
}
_ACCENTS = str.maketrans("éèêûäáãç", "eeeuaaac")

_TIME = (
    r"(?:[T,\s]+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_NUMBERS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})" + _TIME)
_DAY_WORD = re.compile(
    r"(\d{1,2})\.?[\s-]+(?:de\s+)?([^\W\d_]{3,12})\.?,?[\s-]+(?:de\s+)?(\d{2,4})" + _TIME
)
_WORD_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2}),?\s+(\d{2,4})" + _TIME)
_JAVA = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) [A-Z]{2,5} (\d{4})"
)
_RANGE = re.compile(r"\s+[-–]\s+")
_LONGEST = 80


def is_day_first(values: Iterable[str]) -> bool:
    """Whether a file writes the day before the month: it holds a first number beyond 12."""
    for value in values:
        match = _NUMBERS.match(value.strip()[:_LONGEST])
        if match and len(match[1]) <= 2 and int(match[1]) > 12 and int(match[3]) <= 12:
            return True
    return False


@lru_cache(1 << 14)
def moment(value: str, *, day_first: bool = False) -> datetime | None:
    """The time in UTC, or None where the text is none."""
    text = " ".join(value[:_LONGEST].split())
    for pattern, parts in ((_NUMBERS, _numbers), (_DAY_WORD, _day_word), (_WORD_DAY, _word_day)):
        match = pattern.fullmatch(text)
        if match:
            return _made(parts(match, day_first), match.groups()[-5:])
    java = _JAVA.fullmatch(text)
    if java:
        month = _MONTHS.get(java[1].lower())
        return _made((int(java[6]), month, int(java[2])), (java[3], java[4], java[5], None, None))
    return None


def span(value: str, *, day_first: bool = False) -> tuple[datetime | None, datetime | None]:
    """Start and end of `Apr 08, 2024 07:00 AM - Apr 08, 2024 05:00 PM`; the end may be missing."""
    start, *rest = _RANGE.split(value[: 2 * _LONGEST].strip(), maxsplit=1)
    begins = moment(start, day_first=day_first)
    ends = moment(rest[0], day_first=day_first) if rest else None
    return begins, ends


Parts = tuple[int, int | None, int]


def _numbers(match: re.Match[str], day_first: bool) -> Parts:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return first, second, third
    is_day = day_first or match[2] == "." or first > 12
    return (_year(match[4]), second, first) if is_day else (_year(match[4]), first, second)


def _day_word(match: re.Match[str], _: bool) -> Parts:
    return _year(match[3]), _month(match[2]), int(match[1])


def _word_day(match: re.Match[str], _: bool) -> Parts:
    return _year(match[3]), _month(match[1]), int(match[2])


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) <= 2 else int(text)


def _month(word: str) -> int | None:
    plain = word.lower().translate(_ACCENTS)
    return _MONTHS.get(plain) or _MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3])


def _made(parts: Parts, clock: tuple[str | None, ...]) -> datetime | None:
    year, month, day = parts
    hour, minute, second, half, zone = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    try:
        local = datetime(
            year, month or 0, day, hours, int(minute or 0), int(second or 0), tzinfo=_zone(zone)
        )
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
