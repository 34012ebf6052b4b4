"""Ties of real mailboxes at several cut dates, and what happened to them next.

A mailbox is audited as of a date in its middle; the rest of it says who was in touch again. The
cuts are the quarters' ends from March 2000, and the last is the end of May 2001: its 180 days end
on 27 November 2001, before the company's collapse in December silenced everybody. A later date is
refused, for all owners alike and whatever their own mail looks like. Every owner has at least 100
direct messages and 30 ties of two days or more before a cut.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import waiting

import netaudit
from netaudit import ingest, relationships
from netaudit.api import Archive
from netaudit.archive import Store
from netaudit.history import History
from netaudit.settings import Ingest, Settings

ROOT = Path(__file__).resolve().parent.parent
ENRON = ROOT.parent / "shared" / "data" / "enron"
CUTS = ("2000-03-31", "2000-06-30", "2000-09-30", "2000-12-31", "2001-03-31", "2001-05-31")
LAST_DAY = pd.Timestamp("2001-11-30T23:59:59Z")
"""No horizon reaches beyond it."""
MIN_DIRECT = 100
MIN_TIES = 30


@dataclass(frozen=True)
class Cut:
    """One owner's mailbox at one date.

    Attributes:
        owner: name of the mailbox.
        as_of: the cut.
        ties: relationships with direct contact, joined with the figures behind p_active and with
            `contact_180`, `contact_90` (bool), `n_next` (direct messages in 180 days),
            `n_next_year_out`, `n_next_year_in`; index person_id.
        direct: direct messages up to the cut: model.INTERACTIONS.
        contacts: every interaction up to the cut.
        findings: model.FINDINGS as of the cut.
        opened: messages open at the cut, and whether an answer came (`waiting.opened`).
        sent: messages after the cut, beside the rate of answering said (`waiting.sent`).
    """

    owner: str
    as_of: pd.Timestamp
    ties: pd.DataFrame
    direct: pd.DataFrame
    contacts: pd.DataFrame
    findings: pd.DataFrame
    opened: pd.DataFrame
    sent: pd.DataFrame


def cuts(
    mailboxes: Path = ENRON, dates: tuple[str, ...] = CUTS, kept: Path | None = None
) -> Iterator[Cut]:
    """Every owner at every date that leaves enough before and after it.

    Args:
        mailboxes: the folder of mailboxes and `owners.json`.
        dates: the cuts.
        kept: a folder in which the archives stay for another run; reading takes most of the time.
    """
    owners = [entry["owner"] for entry in json.loads((mailboxes / "owners.json").read_text())]
    with tempfile.TemporaryDirectory(prefix="netaudit-accuracy-") as folder:
        for owner in owners:
            archive = _archive(mailboxes / f"{owner}.mbox.gz", (kept or Path(folder)) / owner)
            future = archive.audit().history
            for date in dates:
                cut = _cut(owner, archive, future, pd.Timestamp(f"{date}T23:59:59.999999Z"))
                if cut is not None:
                    yield cut


def _archive(mbox: Path, out: Path) -> Archive:
    if (out / "archive").exists():
        return netaudit.open(out)
    with ThreadPoolExecutor(1) as executor:
        ingest.run(
            [mbox],
            Store(out / "archive"),
            Settings(ingest=Ingest(keep_text=False)),
            executor,
        )
    return netaudit.open(out)


def _cut(owner: str, archive: Archive, future: History, as_of: pd.Timestamp) -> Cut | None:
    if as_of + pd.Timedelta(days=180) > LAST_DAY:
        return None
    audit = archive.audit(as_of=as_of)
    history = audit.history
    contacts = history.interactions
    direct = contacts[contacts["is_direct"] & contacts["kind"].eq("message")]
    if len(direct) < MIN_DIRECT:
        return None
    figures = relationships.activity_figures(history)
    if (figures["is_single"] == 0).sum() < MIN_TIES:
        return None
    ties = audit.relationships.set_index("person_id").loc[figures.index].join(figures)
    same = _same_people(history, future)
    ties = ties.join(_next(history, future, same, as_of))
    return Cut(
        owner,
        as_of,
        ties,
        direct,
        contacts,
        audit.findings,
        waiting.opened(history, future, same),
        waiting.sent(history, future, same),
    )


def _same_people(history: History, future: History) -> dict[str, str]:
    """person_id of the future -> person_id at the cut; later merges are followed by address."""
    then = history.aliases.set_index("alias")["person_id"]
    now = future.aliases.dropna(subset="person_id").assign(then=lambda a: a["alias"].map(then))
    known = now.dropna(subset="then").drop_duplicates("person_id")
    return dict(zip(known["person_id"], known["then"], strict=True))


def _next(
    history: History, future: History, same: dict[str, str], as_of: pd.Timestamp
) -> pd.DataFrame:
    """What followed, by the person_id at the cut."""
    contacts = future.interactions
    later = contacts[
        contacts["is_direct"] & contacts["kind"].eq("message") & (contacts["at"] > as_of)
    ]
    person = later["person_id"].map(same)
    days = (later["at"] - as_of).dt.total_seconds() / 86400
    frame = pd.DataFrame(
        {
            "n_next": days <= 180,
            "n_next_90": days <= 90,
            "n_next_year_out": later["direction"].eq("out") & (days <= 365),
            "n_next_year_in": later["direction"].eq("in") & (days <= 365),
        }
    )
    counts = frame.groupby(person).sum()
    people = history.people["person_id"]
    counts = counts.reindex(people).fillna(0).astype("int64")
    counts["contact_180"] = counts["n_next"] > 0
    counts["contact_90"] = counts["n_next_90"] > 0
    return counts
