"""Figures as one says them, in titles of charts and on the page."""

from __future__ import annotations

import math


def count(number: float, noun: str, plural: str = "") -> str:
    """`1 message`, `1,200 messages`."""
    whole = int(number)
    return f"{whole:,} {noun if whole == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """`83%`; `under 1%` and `over 99%` rather than a false 0% or 100%."""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share:.0%}"


def span(days: float) -> str:
    """A length of time: `today`, `12 days`, `5 months`, `3 years`."""
    if math.isnan(days):
        return "unknown"
    if days < 1:
        return "under a day"
    if days < 60:
        return count(round(days), "day")
    if days < 700:
        return count(round(days / 30.44), "month")
    return count(round(days / 365.25), "year")


def hours(number: float) -> str:
    """A time to answer: `20 minutes`, `3 hours`, `9 days`."""
    if math.isnan(number):
        return "unknown"
    if number < 1:
        return count(max(1, round(number * 60)), "minute")
    if number < 36:
        return count(round(number), "hour")
    return count(round(number / 24), "day")


def change(now: float, before: float) -> str:
    """`12% more than`, `a third`... kept plain: `as many as`, `12% fewer than`, `3 times`."""
    if before <= 0 or math.isnan(before):
        return ""
    ratio = now / before
    if abs(ratio - 1) < 0.03:
        return "about as many as"
    if ratio >= 2:
        return f"{ratio:.0f} times as many as"
    return f"{abs(ratio - 1):.0%} {'more' if ratio > 1 else 'fewer'} than"
