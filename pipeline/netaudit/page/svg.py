"""A chart as SVG inside the page: its colours follow the page's scheme, its words the page's font.

The page's Content-Security-Policy forbids inline styles, so that what matplotlib writes as `style`
becomes presentation attributes; the palette's colours become the page's CSS variables.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from netaudit import palette
from netaudit.charts.style import TITLE_ID

if TYPE_CHECKING:
    from netaudit.charts.drawing import Picture

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_VARIABLES = {
    getattr(palette, name).lower(): f"var(--{name.lower()})"
    for name in ("ORANGE", "SKY", "GREEN", "BLUE", "VERMILLION", "PURPLE", "GREY", "INK", "MUTED",
                 "FAINT", "PAPER")
}  # fmt: skip
_KEPT = frozenset(
    [
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linejoin",
        "stroke-linecap",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "fill-opacity",
        "opacity",
        "font-size",
        "font-weight",
        "text-anchor",
        "clip-path",
        "fill-rule",
    ]
)
_DECIMALS = re.compile(r"(\.\d\d)\d+")


def inline(picture: Picture, name: str, label: str) -> str:
    """The picture without its title as an `<svg>` element for HTML.

    Args:
        picture: of a chart.
        name: unique on the page; leads all ids.
        label: what a screen reader says.
    """
    root = ET.fromstring(picture.svg)  # noqa: S314  (written by matplotlib just now)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style") or child.get("id") == TITLE_ID:
                parent.remove(child)
    prefixes = {element.get("id", ""): "" for element in root.iter() if element.get("id")}
    used = set(re.findall(r"#([\w-]+)", ET.tostring(root, encoding="unicode")))
    for element in root.iter():
        _plain(element, name, used & set(prefixes))
    _as_root(root, label, picture.title_points)
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _plain(element: ET.Element, name: str, used: set[str]) -> None:
    """One element without namespace, inline style and needless ids."""
    element.tag = element.tag.removeprefix(_SVG)
    own = element.attrib.pop("id", None)
    if own in used:
        element.set("id", f"{name}-{own}")
    target = element.attrib.pop(_HREF, None)
    if target is not None:
        element.set("href", f"#{name}-{target[1:]}" if target.startswith("#") else target)
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if key.strip() in _KEPT:
            element.set(key.strip(), value.strip())
    for key, value in element.attrib.items():
        element.set(key, _value(key, value, name))


def _value(key: str, value: str, name: str) -> str:
    if key in ("fill", "stroke"):
        return _VARIABLES.get(value.lower(), value)
    if key == "clip-path":
        return value.replace("url(#", f"url(#{name}-")
    if key == "transform" and value.startswith("rotate(-0"):
        return ""
    return _DECIMALS.sub(r"\1", value) if key in ("d", "x", "y", "transform", "points") else value


def _as_root(root: ET.Element, label: str, cut: float) -> None:
    left, top, width, height = (float(number) for number in root.get("viewBox", "").split())
    box = f"{left:g} {top + cut:.1f} {width:g} {height - cut:.1f}"
    for key in list(root.attrib):
        del root.attrib[key]
    root.attrib.update(
        {"viewBox": box, "role": "img", "aria-label": label, "stroke-linejoin": "round",
         "class": "chart", "fill": "var(--ink)"}
    )  # fmt: skip
