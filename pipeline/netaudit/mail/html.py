"""The text of an HTML body, by lxml: linear, and nothing is fetched."""

from __future__ import annotations

import re

from netaudit.mail import limits

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
     "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
     "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"}
)  # fmt: skip
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote"})
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_DEEPEST_QUOTE = 20


def html_text(html: str) -> str:
    """The visible text, one line a block; quoted blocks are marked with `> ` as in plain mail."""
    from lxml import etree  # noqa: PLC0415  (only where a message has no plain text)

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    data = html[: limits.TEXT_BYTES].encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None:
        return ""
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            writer.open(tag, element.text)
        else:
            writer.close(tag, element.tail)
    return writer.text()


class _Writer:
    """Lines of text, as they would be seen."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._skipping = 0

    def open(self, tag: str, text: str | None) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag == "br":
            self._end_line(always=True)
        elif tag in _BLOCKS:
            self._end_line()
            if tag in _APART:
                self._blank_line()
        if tag == "blockquote":
            self._quotes += 1
        self._add(text)

    def close(self, tag: str, tail: str | None) -> None:
        if tag in _BLOCKS:
            self._end_line()
            if tag in _APART:
                self._blank_line()
        elif tag in ("td", "th"):
            self._line.append(" ")
        if tag == "blockquote":
            self._quotes -= 1
        if tag in _SKIPPED:
            self._skipping -= 1
        self._add(tail)

    def _add(self, text: str | None) -> None:
        if text and not self._skipping:
            self._line.append(text)

    def _prefix(self) -> str:
        return "> " * min(self._quotes, _DEEPEST_QUOTE)

    def _blank_line(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._prefix().rstrip())

    def _end_line(self, *, always: bool = False) -> None:
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line.clear()
        if line or always:
            self._lines.append((self._prefix() + line).rstrip())

    def text(self) -> str:
        self._end_line()
        while self._lines and not self._lines[-1].strip("> "):
            self._lines.pop()
        return _BLANK_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")
