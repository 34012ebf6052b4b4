"""The colours of charts, page and graph files, which colour-blind people tell apart.

Okabe and Ito 2008, "Color Universal Design"; the yellow is left out: it is too pale on white.
"""

from __future__ import annotations

from typing import Final

ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#8C9196"

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
IN: Final = ORANGE
"""What comes in."""

CIRCLES: Final = (BLUE, ORANGE, GREEN, PURPLE, VERMILLION, SKY)
"""Colours of circles in order of size; the rest is grey."""


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
