"""What the page says of one relationship, and times as the reader's clock shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from netaudit.phrases import count, hours, percent, span
from netaudit.shown import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netaudit.settings import Settings

STATUS_WORDS = {
    "active": "active",
    "new": "new",
    "cooling": "cooling",
    "dormant": "dormant",
    "one_off": "once only",
    "": "never spoken",
}
NAME_WIDTH = 80
SUBJECT_WIDTH = 140
UNKNOWN_WIDTH = 0.5
"""A share whose 90% interval is wider is not stated: too few messages."""


@dataclass(frozen=True)
class Clock:
    """Times as shown: in one zone, dates in words that nobody reads two ways."""

    zone: ZoneInfo

    @classmethod
    def of(cls, settings: Settings) -> Clock:
        """The zone of the settings, else UTC."""
        return cls(ZoneInfo(settings.report.timezone or "UTC"))

    def day(self, time: Any) -> str:
        """`30 Sep 2026`, empty for missing times."""
        if pd.isna(time):
            return ""
        there = time.tz_convert(self.zone)
        return f"{there.day} {there:%b %Y}"

    def moment(self, time: Any) -> str:
        """`30 Sep 2026, 14:05`, empty for missing times."""
        return "" if pd.isna(time) else f"{self.day(time)}, {time.tz_convert(self.zone):%H:%M}"


def name(row: Mapping[str, Any]) -> str:
    """A person's name, else first address."""
    given = shorten(row.get("name"), NAME_WIDTH)
    return given or shorten(row.get("addresses"), NAME_WIDTH).split(";")[0] or "(no name)"


def facts(row: Mapping[str, Any], clock: Clock) -> list[tuple[str, str]]:
    """What is known of a relationship, as term and value; unknown figures are left out.

    Args:
        row: of model.RELATIONSHIPS.
        clock: how times are shown.
    """
    told = [
        ("Direct messages", _exchange(row)),
        ("Your share", _share(row)),
        ("Answers", _answers(row)),
        ("Conversations", _opened(row)),
        ("Rhythm", _rhythm(row)),
        ("Asks and gives", _acts(row)),
        ("Contact", _since(row, clock)),
        ("Outlook", _outlook(row)),
        ("Why", one_line(row["p_active_reasons"])),
        ("Channels", one_line(row["channels"])),
        ("Addresses", shorten(row["addresses"], 300)),
        ("Profiles", shorten(row["profiles"], 300)),
    ]
    return [(term, value) for term, value in told if value]


def _exchange(row: Mapping[str, Any]) -> str:
    out, into = row["n_out_direct"], row["n_in_direct"]
    if not out and not into:
        return ""
    more = row["n_out"] + row["n_in"] - out - into
    beside = f"; {count(more, 'message')} in larger groups" if more else ""
    return f"{out:,} from you, {into:,} to you{beside}"


def _share(row: Mapping[str, Any]) -> str:
    if pd.isna(row["reciprocity"]):
        return ""
    low, high = percent(row["reciprocity_low"]), percent(row["reciprocity_high"])
    if row["reciprocity_high"] - row["reciprocity_low"] > UNKNOWN_WIDTH:
        return f"not enough messages to say: anything between {low} and {high} fits"
    return f"{percent(row['reciprocity'])}, with 90% certainty between {low} and {high}"


def _answers(row: Mapping[str, Any]) -> str:
    told = []
    for who, rate, time in (("you", "reply_rate_in", "reply_hours_in"),
                            ("they", "reply_rate_out", "reply_hours_out")):  # fmt: skip
        if pd.notna(row[rate]):
            typical = f", half of them within {hours(row[time])}" if pd.notna(row[time]) else ""
            told.append(f"{who} answered {_rate(row, rate)}{typical}")
    return "; ".join(told)


def _rate(row: Mapping[str, Any], rate: str) -> str:
    """`60% of 12 (37% to 80%)`; without a rate where too few messages say little."""
    asked = int(row[rate.replace("reply_rate", "asked")])
    low, high = row[f"{rate}_low"], row[f"{rate}_high"]
    if high - low > UNKNOWN_WIDTH:
        return f"{round(row[rate] * asked)} of {asked}, too few for a rate"
    return f"{percent(row[rate])} of {asked:,} ({percent(low)} to {percent(high)})"


def _opened(row: Mapping[str, Any]) -> str:
    share = row["initiated_out"]
    return "" if pd.isna(share) else f"{percent(share)} of them opened by you"


def _rhythm(row: Mapping[str, Any]) -> str:
    if pd.isna(row["gap_days"]):
        return ""
    last = f"last direct message {span(row['gap_days'])} before this report"
    if pd.isna(row["cadence_days"]):
        return last
    return f"usually every {span(max(row['cadence_days'], 1))}; {last}"


def _acts(row: Mapping[str, Any]) -> str:
    known = [(c, n) for c, n in (("asks_out", "you asked"), ("gives_out", "you gave"),
             ("asks_in", "they asked"), ("gives_in", "they gave")) if pd.notna(row[c])]  # fmt: skip
    return ", ".join(f"{text} {count(row[column], 'time')}" for column, text in known)


def _since(row: Mapping[str, Any], clock: Clock) -> str:
    first, last = clock.day(row["first_contact"]), clock.day(row["last_contact"])
    if not first:
        return ""
    return f"on {first}" if first == last else f"from {first} to {last}"


def _outlook(row: Mapping[str, Any]) -> str:
    if pd.isna(row["p_active"]):
        return ""
    return f"{percent(row['p_active'])} likely to exchange a message in the next 180 days"
