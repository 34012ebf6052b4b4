"""How mail programs introduce what they quote: the patterns of `netaudit.text.quotes`.

Every pattern is matched against one stripped line of at most `MAX_LINE` characters and bounded, so
that a line costs time in proportion to its length. The words (lists/quotes.txt) come from the
programs' own translations.
"""

from __future__ import annotations

import re

from netaudit.text.lists import any_of, pattern, sections

MAX_LINE = 400
"""Characters of a line that are looked at; heads of quotes are shorter."""

_LISTS = sections("quotes")
_WROTE = any_of(_LISTS["wrote"])
_OPENS = "(?:on|am|le|el|em|op|den|il|dnia|w dniu|at|in|a|quoting|zitat von)"

WROTE_WORDS = (
    "wrote", "writes", "said", "schrieb", "geschrieben", "écrit", "escrib", "escreveu", "scritto",
    "scrisse", "schreef", "geschreven", "skrev", "napisał", "написал", "kirjoitti",
)  # fmt: skip
"""One of these stands in any line that `ATTRIBUTION_END` matches."""

ATTRIBUTION_END = re.compile(
    rf"(?:^|\W){_WROTE}(?:\s[^:\n]{{1,120}})?\s?(?::|\.\.\.)\s?(?:\[?\.\.\.\]?|-{{1,3}})?$",
    re.IGNORECASE,
)
"""The end of `On ... X wrote:`; German puts the name after the verb."""

ATTRIBUTION_START = re.compile(
    rf"[-*_>|=\s]{{0,8}}(?:{_OPENS}\s|[^\s]{{1,60}}@|[\"'<\[]"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d|\d{1,2}\s[a-z]{3})",
    re.IGNORECASE,
)

DATED = re.compile(
    r"\d{1,2}:\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[/.]\d{1,2}[/.]\d{2}"
    r"|[\w.+-]{1,64}@[\w.-]{1,200}|<[^>]{3,200}>",
)
"""What a line that names a quoted mail holds beside the verb: a time, a date or an address."""

GMAIL_HEAD = re.compile(
    rf"[-*_|=\s]{{0,8}}(?:{_OPENS}\s.{{0,60}})?"
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[a-zéû]{3,9})[-/. ]\d{4})\s?,?\s"
    r".{0,20}\d{1,2}:\d{2}.{0,200}<[^<>]{3,200}>\s?:$",
    re.IGNORECASE,
)
"""`2017-03-02 15:57 GMT+02:00 Name <a@b.example>:`, without a verb."""

OPENED = re.compile(rf"{_OPENS}\s.{{0,60}}\d{{1,2}}[:.h]\d{{2}}.{{0,200}}$", re.IGNORECASE)
"""A line that opens `On DATE at TIME, X <` and is wrapped before the verb."""

SEPARATOR = re.compile(
    rf"[-_=*#~+<>\s]{{0,80}}{any_of(_LISTS['separator'])}(?![a-z]).{{0,300}}$", re.IGNORECASE
)
"""`-----Original Message-----` and its kin; `MARKED` must hold too."""

SEPARATOR_WORDS = (
    "riginal", "orward", "message follows", "eparator", "rspr", "eitergeleitet", "essage", "ensaje",
    "eenviado", "essaggio", "ensagem", "ericht", "eddelande", "RIGINAL", "ORWARD", "ESSAGE",
)  # fmt: skip
"""One of these stands in any line that `SEPARATOR` matches."""

MARKED = re.compile(r"^[>\s]{0,10}(?:[-_=*#~+]{2,}|<)|(?:-{2,}|:|>)\s?$")
"""The dashes before or after, or the colon at the end, that tell a separator from a sentence."""

HEADER_LINE = re.compile(
    rf"[>|*\s]{{0,6}}({any_of(_LISTS['from'] + _LISTS['subject'] + _LISTS['header'])})"
    r"\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
"""One line of a quoted mail's head; group 1 is the header's name."""

TELLING_NAMES = frozenset("|".join(_LISTS["from"] + _LISTS["subject"]).split("|"))
"""Headers of which one must stand among two."""

DATE_LINE = re.compile(
    r"(?:.{0,160}\son\s|[^\d\n]{0,120}\s)?"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d)[,\s]{1,3}"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?(?:\s[A-Z]{2,4})?(?:\s?[-*])?\s*$",
    re.IGNORECASE,
)
"""Lotus Notes: a line that ends in `01/02/2001 03:04 PM`, mostly below a line with the name."""

PLEASE_RESPOND = re.compile(r"please respond to\b|sent by:|bitte antworten an\b", re.IGNORECASE)
"""What Lotus Notes puts between the date and `To:`."""

AD = pattern("quotes", "ad")

INITIALS_QUOTE = re.compile(r"[A-Za-z]{1,4}>{1,5}(?:\s|$)")
"""Supercite: `JS> text`."""
