"""The colours of charts, page and graph files, which colour-blind people tell apart.

Okabe and Ito 2008, "Color Universal Design". The paler ones are darkened until they stand out on
white by 3:1, as WCAG 2.2 asks of graphics (1.4.11); the yellow is left out.
"""

from __future__ import annotations

from typing import Final

ORANGE: Final = "#BF7B00"
SKY: Final = "#2E8FC7"
GREEN: Final = "#009E73"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#B95F93"
GREY: Final = "#7C838A"

INK: Final = "#1F2A33"
"""Words and axes."""
MUTED: Final = "#5A6670"
"""Second words."""
FAINT: Final = "#DDE2E6"
"""Grids and bands."""
PAPER: Final = "#FFFFFF"

STATUS_COLOURS: Final = {
    "active": GREEN,
    "new": SKY,
    "cooling": ORANGE,
    "dormant": VERMILLION,
    "one_off": GREY,
    "": GREY,
}
"""Status of a relationship -> colour; empty for people never spoken to."""

OUT: Final = BLUE
"""What the owner sends."""
IN: Final = VERMILLION
"""What comes in."""

CIRCLES: Final = (BLUE, ORANGE, GREEN, PURPLE, VERMILLION, SKY)
"""Colours of circles in order of size; the rest is grey."""


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
