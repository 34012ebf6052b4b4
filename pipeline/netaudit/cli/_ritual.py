"""The review as a conversation: one person after the other, an answer each, kept at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netaudit import answers, journal, quarter, steps
from netaudit.candidates import REASONS
from netaudit.cli import _portrait
from netaudit.page import words
from netaudit.page.evidence import Evidence
from netaudit.phrases import count
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.audit import Audit

VERBS = {
    "done": "it is done, or you will do it today",
    "snooze": "put it off: snooze 2w, snooze 2026-12-01; 30 days without",
    "skip": "not this time",
    "ignore": "leave this person out of all reports (netaudit people undo)",
    "tag": "tag mentor: tags of the person; the question stays",
    "note": "note TEXT: for your own memory; the question stays",
    "more": "all that is known of the relationship",
    "quit": "stop here; netaudit review goes on at this place",
}
SHORT = {"d": "done", "s": "snooze", "k": "skip", "i": "ignore", "t": "tag", "n": "note",
         "m": "more", "q": "quit"}  # fmt: skip
MENU = "(d)one  (s)nooze  s(k)ip  (i)gnore  (t)ag  (n)ote  (m)ore  (q)uit  ?"
_ASKING = ("", "?", "h", "help")
SNOOZE_DAYS = 30
MOST_SNOOZE_DAYS = 3660
TEXT_WIDTH = 2000
_SPAN = re.compile(r"(\d{1,4})\s*(d|w|m)[a-z]*")
_UNIT_DAYS = {"d": 1, "w": 7, "m": 30}


@dataclass(frozen=True)
class Said:
    """An answer as understood.

    Attributes:
        verb: of VERBS; empty for what was not understood.
        until: of snooze.
        text: of note; the tags of tag, joined by a space; else what to tell the user.
    """

    verb: str
    until: str = ""
    text: str = ""


def understand(line: str, today: dt.date) -> Said:
    """What a typed line means: a verb of VERBS or its letter, and what follows it."""
    word, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    verb = SHORT.get(word.lower(), word.lower())
    if verb not in VERBS:
        known = "\n".join(f"  {name:<8}{meaning}" for name, meaning in VERBS.items())
        told = f"“{shorten(line, 60)}” is none. " if word.lower() not in _ASKING else ""
        return Said("", text=f"{told}Answers are:\n{known}")
    if verb == "snooze":
        return _until(rest, today)
    if verb in ("tag", "note") and not rest:
        return Said("", text=f"{verb}: write it behind the word, as in: {_EXAMPLE[verb]}")
    if verb == "tag":
        tags = [tag.lower() for tag in re.split(r"[\s,;]+", rest) if tag]
        return Said(verb, text=" ".join(tags)) if tags else Said("", text=_EXAMPLE[verb])
    return Said(verb, text=rest[:TEXT_WIDTH] if verb == "note" else "")


_EXAMPLE = {"tag": "tag mentor", "note": "note called her on Tuesday"}


def _until(text: str, today: dt.date) -> Said:
    span = _SPAN.fullmatch(text.lower())
    try:
        if not text:
            until = today + dt.timedelta(days=SNOOZE_DAYS)
        elif span:
            until = today + dt.timedelta(days=int(span[1]) * _UNIT_DAYS[span[2]])
        else:
            until = dt.date.fromisoformat(text)
    except ValueError:
        return Said("", text="snooze: a date like 2026-12-01, or 10d, 2w, 3m")
    if not 0 < (until - today).days <= MOST_SNOOZE_DAYS:
        return Said("", text=f"snooze: {until} is not in the next ten years")
    return Said("snooze", until=until.isoformat())


@dataclass(frozen=True)
class Ritual:
    """A review of one day's list.

    Attributes:
        audit: as of the day.
        out: the output folder, which holds the journal and the decisions.
        ask: prints a prompt and gives the line typed, None at the end of the input.
        tell: prints lines, a title first.
        now: the time of an answer.
    """

    audit: Audit
    out: Path
    ask: Callable[[str], str | None]
    tell: Callable[[list[str]], None]
    now: Callable[[], dt.datetime]

    def run(self, chosen: pd.DataFrame) -> None:
        """Ask for everybody on the list who has no answer yet, until the owner quits.

        Args:
            chosen: model.ACTIONS with the answers so far.
        """
        evidence = self.evidence(chosen)
        rows = records(chosen)
        for place, row in enumerate(rows, 1):
            if row["answer"] in answers.FINAL:
                continue
            self.tell(self.card(row, f"{place} of {len(rows)}", evidence))
            if not self._settle(row):
                return

    def evidence(self, chosen: pd.DataFrame) -> Evidence:
        """Looks up the evidence of the list."""
        clock = words.Clock.of(self.audit.settings)
        return Evidence(self.audit.history, clock, chosen["evidence"])

    def card(self, row: dict[str, Any], place: str, evidence: Evidence) -> list[str]:
        """A person of the list: the step, why, and the evidence."""
        titles = {p.NAME: p.TITLE for p in self.audit.patterns} | REASONS
        name = words.name(row)
        person = row["person_id"]
        lines = [
            f"[{place}] {steps.WORDS[row['step']]} {name}",
            f"  {titles[row['reason']]}: {shorten(row['summary'], 400)}",
            f"  → {row['suggestion']}",
        ]
        lines += [f"  {line}" for line in _portrait.timeline(self.audit, person)[1:]]
        lines += _portrait.balance(self.audit, person)
        lines += _portrait.shown(evidence, row["evidence"], 3)
        if isinstance(row["note"], str):
            lines.append(f"  Your note: {row['note']}")
        return lines

    def _settle(self, row: dict[str, Any]) -> bool:
        """Ask until there is a final answer; False when the owner stops."""
        while True:
            line = self.ask(f"{MENU} > ")
            said = Said("quit") if line is None else understand(line, self.now().date())
            if said.verb == "quit":
                return False
            self._act(said, row)
            if said.verb in answers.FINAL:
                return True

    def _act(self, said: Said, row: dict[str, Any]) -> None:
        if not said.verb:
            self.tell(said.text.splitlines())
        elif said.verb == "more":
            for part in _portrait.portrait(self.audit, row["person_id"], 36):
                self.tell(part)
        else:
            self._decide(said, row)
            self._keep(said, row)
            told = " ".join(part for part in (said.verb, said.until, said.text) if part)
            self.tell([f"  kept: {told}"])

    def _decide(self, said: Said, row: dict[str, Any]) -> None:
        """Who is left out and who has which tag stands with the decisions on people."""
        from netaudit.people import decision_file  # noqa: PLC0415
        from netaudit.people.decisions import ignored, tagged  # noqa: PLC0415

        alias, name = alias_of(self.audit, row["person_id"]), words.name(row)
        if said.verb == "ignore":
            decision_file.apply(self.out, ignored(alias, name))
        elif said.verb == "tag":
            decision_file.apply(self.out, tagged(alias, said.text.split(), name))

    def _keep(self, said: Said, row: dict[str, Any]) -> None:
        journal.append(
            self.out,
            {
                "at": self.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
                "as_of": f"{quarter.last_day(self.audit.as_of):%Y-%m-%d}",
                "who": alias_of(self.audit, row["person_id"]),
                "name": words.name(row),
                "step": row["step"],
                "reason": row["reason"],
                "answer": said.verb,
                "until": said.until,
                "note": said.text,
            },
        )


def alias_of(audit: Audit, person: str) -> str:
    """What names a person for good: an address, else a profile, else a name."""
    rows = audit.people.aliases[audit.people.aliases["person_id"].eq(person)]
    kinds = rows["kind"].map({"address": 0, "profile": 1, "name": 2})
    return str(rows.assign(order=kinds).sort_values(["order", "alias"])["alias"].iloc[0])


def tally(chosen: pd.DataFrame) -> str:
    """How far the review is, in words."""
    given = chosen["answer"].dropna()
    said = given[given.isin(answers.FINAL)].value_counts()
    parts = ", ".join(f"{n} {verb}" for verb, n in said.items())
    told = f"{count(int(said.sum()), 'person', 'people')} of {len(chosen)} answered"
    return f"{told}: {parts}." if parts else f"{told}."
