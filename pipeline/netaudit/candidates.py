"""Who might be acted on, and why: findings with a step, loose ends, ties about to go quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import findings, lookup, obligations, phrases, steps
from netaudit.model import JOIN
from netaudit.patterns import of_kind
from netaudit.patterns.dormant import Dormant
from netaudit.relationships import exchange

if TYPE_CHECKING:
    from netaudit.audit import Audit
    from netaudit.history import History

REPLY_OWED, PROMISED = "reply_owed", "promised"
COOLING, CADENCE = "cooling", "cadence"
REASONS = {
    REPLY_OWED: "Waits for an answer",
    PROMISED: "Open promise",
    COOLING: "Going quiet",
    CADENCE: "Beyond the rhythm you want",
}
"""Reasons that are no pattern's, in words."""
COLUMNS = ["person_id", "step", "reason", "direction", "weight", "summary", "suggestion",
           "evidence", "told_at"]  # fmt: skip
SAY_HELLO = "Send a short hello with something they would like to know, and no ask in it."
TALKED_ON = 0.5
"""An open ask counts so much where the owner wrote to the person later, about something else."""


def find(audit: Audit) -> pd.DataFrame:
    """Every reason to act on a person with a relationship, several a person.

    Returns:
        `person_id`, `step` (of `steps`), `reason` (a pattern's name or one of REASONS),
        `direction`, `weight` (how sure and how marked it is, in [0, 1]), `summary`, `suggestion`,
        `evidence`, `told_at` (UTC: when the newest of its evidence was sent; missing for none).
    """
    parts = [_findings(audit), _loose_ends(audit.history), _cooling(audit), _cadence(audit)]
    made = [part for part in parts if len(part)]
    found = pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=COLUMNS)
    found = found[found["person_id"].isin(audit.relationships["person_id"])]
    told = _told_at(found["evidence"], audit.history)
    # Open ends and silence have no direction: without a finding there is no such column yet.
    return found.assign(told_at=told).reindex(columns=COLUMNS).reset_index(drop=True)


def _told_at(evidence: pd.Series, history: History) -> pd.Series:
    keys = evidence.fillna("").str.split(JOIN).explode()
    place = lookup.positions(keys, history.messages["key"])
    sent = history.messages["sent_at"].array.take(place, allow_fill=True)
    times = pd.Series(sent, index=keys.index)
    return times.groupby(level=0).max().reindex(evidence.index)


def _findings(audit: Audit) -> pd.DataFrame:
    """Findings whose pattern names a step for their direction."""
    named = pd.DataFrame(
        [(p.NAME, side, step) for p in audit.patterns for side, step in _steps(p).items()],
        columns=["pattern", "side", "step"],
    )
    rows = audit.findings.dropna(subset="person_id")
    rows = rows[rows["suggestion"].fillna("").ne("")]
    rows = rows.assign(side=rows["direction"].fillna("")).merge(named, on=["pattern", "side"])
    weight = rows["score"].fillna(0.5) * rows["confidence"].fillna(0.5)
    return rows.assign(weight=weight).rename(columns={"pattern": "reason"})


def _steps(pattern: object) -> dict[str, str]:
    """A pattern's steps by direction; one that names none asks to let things be."""
    given = getattr(pattern, "STEPS", None)
    if given is None and not getattr(pattern, "POSITIVE", False):
        return dict.fromkeys(("", "in", "out"), steps.DEFAULT)
    return dict(given or {})


def _loose_ends(history: History) -> pd.DataFrame:
    """Asks without an answer and promises without a follow-up, the newest of each person."""
    if history.signals.empty:
        return pd.DataFrame()
    sure = obligations.Rules().min_probability
    asked = obligations.reply_owed(history).drop_duplicates("person_id", keep="last")
    last_out = history.relationships.set_index("person_id")["last_out"].reindex(asked["person_id"])
    talked_on = last_out.to_numpy() > asked["at"].to_numpy()
    asked = asked.assign(
        step=steps.ANSWER,
        reason=REPLY_OWED,
        weight=np.where(talked_on, TALKED_ON, 1.0) * sure,
        summary=asked["name"] + " asked on " + _told(asked, "no answer to it was found"),
        suggestion="Answer in a line or two, even if it is a no.",
    )
    owed = obligations.promised(history).drop_duplicates("person_id", keep="last")
    owed = owed.assign(
        step=steps.PROMISE,
        reason=PROMISED,
        weight=sure,
        summary="You promised on " + _told(owed, "nothing was sent to them since"),
        suggestion="Keep the promise, or say when you will.",
    )
    return pd.concat([asked, owed], ignore_index=True).rename(columns={"key": "evidence"})


def _told(rows: pd.DataFrame, since: str) -> pd.Series:
    """When, what came of it, and the sentence."""
    day = rows["at"].dt.strftime("%Y-%m-%d").astype("str")
    told: pd.Series = day + f", and {since}: “" + rows["sentence"].astype("str") + "”"
    return told


def _cooling(audit: Audit) -> pd.DataFrame:
    """Two-way ties silent for longer than their rhythm that are not dormant yet."""
    silence = of_kind(audit.patterns, Dormant)
    ties = audit.relationships
    rows = ties[ties["status"].eq("cooling") & silence.is_tie(ties)]
    known = rows["n_contact_days"] / (rows["n_contact_days"] + 10)
    usual = rows["interval_days"].clip(lower=1).map(phrases.span).astype("str")
    own = "before that you wrote every " + usual + " on average"
    return _quiet(audit, rows, COOLING, known * (1 - rows["p_active"].fillna(0.5)), own)


def _cadence(audit: Audit) -> pd.DataFrame:
    """People with a tag whose wanted rhythm has passed."""
    ties = audit.relationships
    rows = ties[ties["silent_days"] > ties["wanted_days"]]
    wanted = "you want to be in touch every " + rows["wanted_days"].map(phrases.span).astype("str")
    return _quiet(audit, rows, CADENCE, 1 - rows["wanted_days"] / (rows["silent_days"] + 1), wanted)


def _quiet(
    audit: Audit, rows: pd.DataFrame, reason: str, weight: pd.Series, rhythm: pd.Series
) -> pd.DataFrame:
    """Candidates for a hello, out of relationships: how long the silence is, against what."""
    contacts = audit.history.interactions
    messages = exchange(contacts[contacts["person_id"].isin(rows["person_id"])])
    keys = findings.evidence(messages).reindex(rows["person_id"])
    silence = rows["silent_days"].map(phrases.span).astype("str")
    return rows[["person_id"]].assign(
        step=steps.RECONNECT,
        reason=reason,
        weight=weight,
        summary="No direct message with " + rows["name"] + " for " + silence + "; " + rhythm + ".",
        suggestion=SAY_HELLO,
        evidence=keys.array,
    )
