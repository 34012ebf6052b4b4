"""What a notebook sees: an archive's tables, and audits of it with their charts."""

from __future__ import annotations

import dataclasses
import importlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netaudit import actions, journal, outcomes, robots, written
from netaudit import audit as audits
from netaudit import owner as owners
from netaudit.archive import Store
from netaudit.history import of_messages
from netaudit.model import ANSWERS, STORED
from netaudit.people import Decisions, decision_file, resolve
from netaudit.settings import Settings
from netaudit.threads import threads
from netaudit.written import Stored

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

SHOWN = (
    "key", "channel", "message_id", "sent_at", "utc_offset_minutes", "from_address", "from_name",
    "subject", "thread", "labels", "is_automated", "n_recipients", "words", "source", "source_path",
    "source_offset",
)  # fmt: skip
"""The columns of `Archive.messages` that come first; the archive's others follow."""

UNREAD = {
    **written.LEFT_OUT,
    "messages": (
        *("reply_to", "labels", "size_bytes", "has_attachment", "is_truncated"),
        *("source", "source_path", "source_offset"),
    ),
}
"""Columns of stored tables that no audit looks at: a third of the room they take."""


def open(out: str | Path = "data/out") -> Archive:  # noqa: A001  (netaudit.open is the contract)
    """The archive of an output folder.

    Args:
        out: the folder given to `netaudit ingest --out`.

    Raises:
        UserError: it holds no archive.
    """
    return Archive(Path(out))


class Archive:
    """An archive's tables as frames, read when first asked for.

    Args:
        out: the folder that holds `archive/`.
        settings: whose archive it is and what counts; the defaults without.

    Raises:
        UserError: it holds no archive.
    """

    def __init__(self, out: Path, settings: Settings | None = None) -> None:
        self._out = out
        self._store = Store(out / "archive")
        self._settings = owners.with_told(settings or Settings(), self._store)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every stored table: model.STORED names -> frames."""
        known = self.__dict__.get("_audited", {})
        return {
            name: known[name] if name in known and name not in UNREAD else self._store.table(name)
            for name in STORED
        }

    @cached_property
    def _audited(self) -> Mapping[str, pd.DataFrame]:
        """The tables as far as an audit looks at them."""
        return self.__dict__.get("tables") or self._store.tables(UNREAD)

    @cached_property
    def messages(self) -> pd.DataFrame:
        """One row per kept message of any channel, automated ones too, by time.

        `thread` is the key of the conversation's first message; `words` counts new text, -1 where
        the text was not read; `sent_at` is UTC, NaT when unknown.
        """
        stored, recipients = self.tables["messages"], self.tables["recipients"]
        owner = owners.find(self.tables, self._settings.owner)
        full = stored.assign(
            thread=threads(stored, of_messages(recipients, stored)),
            is_automated=robots.automated(stored, recipients, owner, self.decisions.natures()),
        )
        return full[[*SHOWN, *(name for name in full.columns if name not in SHOWN)]]

    @property
    def recipients(self) -> pd.DataFrame:
        """One row per message and addressee: key, role (to, cc, bcc), address, name."""
        return self.tables["recipients"]

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per human: person_id, name, addresses, profiles, organisation, is_owner, tags."""
        owner = owners.find(self.tables, self._settings.owner)
        messages, recipients = self.tables["messages"], self.tables["recipients"]
        natures = robots.natures(messages, recipients, owner, self.decisions.natures())
        return resolve(self.tables, owner, natures, self.decisions).people

    @property
    def skipped(self) -> pd.DataFrame:
        """What could not be read: path, offset (bytes, of the message in its file), reason."""
        return self.tables["skipped"]

    @cached_property
    def copies(self) -> pd.DataFrame:
        """Every copy of each message that the sources hold more than once.

        key, source_id, source_path, source_offset, labels, box, is_kept.
        """
        return self._store.copies()

    @property
    def accounting(self) -> dict[str, Any]:
        """What was read, kept, a duplicate, skipped, by source: `input` of summary.json."""
        return self._store.accounting()

    @property
    def decisions(self) -> Decisions:
        """What the owner said of people (`people.toml`)."""
        return decision_file.load(self._out)

    @property
    def answers(self) -> pd.DataFrame:
        """What the owner said in reviews (`review.jsonl`): model.ANSWERS."""
        return journal.read(self._out).answers

    def audit(
        self, as_of: str | dt.date | pd.Timestamp | None = None, settings: Settings | None = None
    ) -> Audit:
        """The audit as of a time.

        Args:
            as_of: a day like `2026-09-30` (its end, UTC) or a moment; None for the last day with
                human mail.
            settings: other thresholds than the archive was opened with.

        Raises:
            UserError: nothing in the archive has a date and none was given.
            UsageError: `as_of` is no date.
        """
        chosen = owners.with_told(settings, self._store) if settings else self._settings
        found = audits.audit(
            self._audited, chosen, as_of, self.decisions, written=Stored(self._store)
        )
        values = {f.name: getattr(found, f.name) for f in dataclasses.fields(found)}
        return Audit(**values, answers=self.answers)

    def ties(self, as_of: str | dt.date | pd.Timestamp | None = None) -> pd.DataFrame:
        """The relationships as of a time, without patterns: two thirds of an audit's work.

        Args:
            as_of: as for `audit`.

        Returns:
            model.RELATIONSHIPS.

        Raises:
            UserError, UsageError: as `audit`.
        """
        return audits.ties(
            self._audited, self._settings, as_of, self.decisions, Stored(self._store)
        )


@dataclass(frozen=True)
class Audit(audits.Audit):
    """An audit whose charts can be drawn: `audit.plot.reciprocity()`.

    Attributes:
        answers: model.ANSWERS, what the owner said in reviews.
    """

    answers: pd.DataFrame = field(default_factory=ANSWERS.empty)

    @property
    def actions(self) -> pd.DataFrame:
        """The people to act on, the most worthwhile first: model.ACTIONS."""
        return actions.choose(self, self.answers)

    def outcomes(self, before: audits.Audit | None = None) -> pd.DataFrame:
        """What came of the last review, or without one of the list of an earlier audit.

        Returns:
            model.OUTCOMES.
        """
        return outcomes.of(self, self.answers, before)

    @property
    def plot(self) -> Plots:
        """The report's charts."""
        return Plots(self)


class Plots:
    """Every chart of the report as a method: `plot.<name>(ax=None) -> matplotlib Axes`."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    def __dir__(self) -> list[str]:
        return sorted(_charts().__all__)

    def __getattr__(self, name: str) -> Callable[..., Axes]:
        charts = _charts()
        if name.startswith("_") or name not in charts.__all__:
            raise AttributeError(
                f"no chart {name!r}; there are {', '.join(sorted(charts.__all__))}"
            )
        chart = getattr(charts, name)

        def draw(*args: Any, **options: Any) -> Axes:
            axes: Axes = chart(self._audit, *args, **options)
            return axes

        draw.__doc__ = chart.__doc__
        return draw


def _charts() -> Any:
    # Matplotlib is imported only when a chart is asked for.
    return importlib.import_module("netaudit.charts")
