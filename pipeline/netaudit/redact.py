"""An audit that can be shown: people as stable pseudonyms, and no text of anybody's.

What stands in the redacted audit is listed here column by column; any other text is left out, so
that a column added later is private until somebody decides otherwise. Sentences of findings are
written anew from frames that hold nothing private, never by searching and replacing.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from netaudit import notes, written
from netaudit.audit import withheld
from netaudit.model import ALIASES, FINDINGS, JOIN, SUGGESTIONS, TEXTS
from netaudit.people import People
from netaudit.phrases import count
from netaudit.settings import Owner as OwnerSettings

if TYPE_CHECKING:
    import networkx as nx

    from netaudit import audit as audits
    from netaudit.history import History
    from netaudit.owner import Owner

Audit = TypeVar("Audit", bound="audits.Audit")

YOU = "you"
"""Stands for each of the owner's addresses."""
OWNER_NAME = "The owner"
NOTE = "This report is redacted: people are pseudonyms, and texts, organisations and tags left out."

_WORDS = frozenset(
    {"act", "answer", "box", "channel", "channels", "direction", "fate", "kind", "nature",
     "pattern", "patterns", "role", "source"}
)  # fmt: skip
"""Columns of the program's own words."""
_PERSONS = frozenset({"person_id", "other_person_id", "from_person"})
_KEYS = frozenset({"key", "thread", "answers_key", "blast_id", "uid"})
_KEY_LISTS = frozenset({"evidence"})
_NUMBERED = {"subject": "subject", "sentence": "sentence", "text": "text", "summary": "event"}
"""Texts that are told apart: each different one becomes a numbered word."""
_TIE = frozenset({"status", "p_active_reasons"})
_NODE = frozenset({"status", "circle", "is_owner"})
_EDGE = frozenset({"kind", "strength", "n", "last", "reciprocity", "weight"})


def redacted(audit: Audit) -> Audit:
    """The same audit without names, addresses, organisations and texts.

    A person has the same pseudonym in every report of the archive. Keys of messages become numbers
    that hold within one report.
    """
    names = _Names(audit)
    history = _history(audit.history, names)
    return dataclasses.replace(
        audit,
        settings=dataclasses.replace(audit.settings, owner=OwnerSettings(), cadence={}),
        owner=history.owner,
        people=_people(history.people),
        history=history,
        relationships=names.scrub(audit.relationships, keep=_TIE),
        findings=_findings(audit, history, names),
        blasts=history.blasts,
        connections=names.scrub(audit.connections),
        notes=(NOTE, *notes.of(history, withheld(history, audit.patterns))),
        is_redacted=True,
        given_graph=_graph(audit.graph, names),
    )


def accounting(given: Mapping[str, Any]) -> dict[str, Any]:
    """The accounting of the input with numbers in place of the sources' paths."""
    sources = [
        {**source, "path": f"source {n}"} for n, source in enumerate(given["sources"], start=1)
    ]
    return {**given, "sources": sources}


def answers(given: pd.DataFrame, audit: audits.Audit) -> pd.DataFrame:
    """What the owner said in reviews, of pseudonyms and without notes.

    Args:
        given: model.ANSWERS.
        audit: the private one, which says who is who.
    """
    names = _Names(audit)
    known = audit.people.aliases.dropna(subset="person_id").drop_duplicates("alias")
    who = given["who"].map(known.set_index("alias")["person_id"]).map(names.id).astype("str")
    kept = names.scrub(given, keep={"step", "reason", "until"})
    note = given["note"].mask(given["note"].notna(), "(a note, left out)")
    return kept.assign(who=who, note=note)[who.notna()]


def pseudonym(person_id: str) -> str:
    """A new id for a person; nobody without the archive can tell whose."""
    digest = hashlib.sha256(f"pseudonym\0{person_id}".encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii")[:8]


class _Names:
    """What every id, key and text is replaced with; made once for an audit."""

    def __init__(self, audit: audits.Audit) -> None:
        history = audit.history
        people = history.people.loc[~history.people["is_owner"], "person_id"]
        self._ids = {person: pseudonym(person) for person in people}
        self._ids |= {person: OWNER_NAME for person in [history.owner_id] if person}
        self._own = audit.owner.addresses
        ordered = history.messages["key"]
        self._keys = {key: f"message {n:06d}" for n, key in enumerate(ordered, start=1)}

    def id(self, person: object) -> str | None:
        """The new id of a person."""
        return self._ids.get(person) if isinstance(person, str) else None

    def name(self, person: object) -> str | None:
        """What a person is called."""
        made = self.id(person)
        return made if made is None or made == OWNER_NAME else f"Person {made}"

    def key(self, key: str) -> str:
        """The number of a message or another record."""
        return self._keys.setdefault(key, f"record {len(self._keys) + 1:06d}")

    def scrub(self, frame: pd.DataFrame, keep: Collection[str] = ()) -> pd.DataFrame:
        """The frame with figures and times as they are and no text but known words."""
        out = {name: self._column(frame, str(name), keep) for name in frame.columns}
        return pd.DataFrame(out, index=frame.index)

    def _column(self, frame: pd.DataFrame, name: str, keep: Collection[str]) -> pd.Series:
        column = frame[name]
        if str(column.dtype) not in ("str", "object", "string", "category"):
            return column
        if name in _WORDS or name in keep:
            return column
        made: pd.Series
        if name in _PERSONS:
            made = column.map({one: self.id(one) for one in column.dropna().unique()})
        elif name == "name" and "person_id" in frame:
            people = frame["person_id"]
            made = people.map({one: self.name(one) for one in people.dropna().unique()})
        elif name in _KEYS:
            made = column.map({one: self.key(one) for one in column.dropna().unique()})
        elif name in _KEY_LISTS:
            made = column.map(self._list, na_action="ignore")
        elif name == "from_address":
            made = column.isin(self._own).map({True: YOU, False: ""})
        elif name in _NUMBERED:
            numbers = pd.Series(pd.factorize(column)[0] + 1, index=column.index)
            made = (f"{_NUMBERED[name]} " + numbers.astype("str")).where(column.notna())
        else:
            made = pd.Series(index=column.index, dtype="str")
        return made.astype("str")

    def _list(self, cell: str) -> str:
        return JOIN.join(self.key(key) for key in cell.split(JOIN))


def _history(history: History, names: _Names) -> History:
    frames: dict[str, Any] = {
        field.name: names.scrub(getattr(history, field.name))
        for field in dataclasses.fields(history)
        if isinstance(getattr(history, field.name), pd.DataFrame)
    }
    frames["relationships"] = names.scrub(history.relationships, keep=_TIE)
    frames["aliases"] = history.aliases.iloc[:0]
    frames["written"] = written.Held(
        TEXTS.empty(),
        frames["traits"].assign(minhash="known" if notes.has_signatures(history) else None),
    )
    frames["blasts"] = _blasts(history.blasts, names)
    settings = dataclasses.replace(history.settings, owner=OwnerSettings(), cadence={})
    return dataclasses.replace(history, **frames, owner=_owner(history.owner), settings=settings)


def _people(people: pd.DataFrame) -> People:
    """Who is who: every pseudonym is itself."""
    ids = people["person_id"]
    rows = pd.DataFrame({"alias": ids, "kind": "name", "person_id": ids, "nature": "human"})
    return People(
        people, ALIASES.conform(rows), SUGGESTIONS.empty(), dict(zip(ids, ids, strict=True)),
        pd.DataFrame,
    )  # fmt: skip


def _owner(owner: Owner) -> Owner:
    addresses = frozenset({YOU}) if owner.addresses else owner.addresses
    return dataclasses.replace(
        owner,
        addresses=addresses,
        profiles=frozenset(),
        name=OWNER_NAME,
        doubts=(),
        other_senders=frozenset(),
    )


def _blasts(blasts: pd.DataFrame, names: _Names) -> pd.DataFrame:
    """Mailings by their number, the oldest first."""
    number = blasts["first_at"].rank(method="first").astype("Int64").astype("str")
    return names.scrub(blasts).assign(subject=("mailing " + number).astype("str"))


def _findings(audit: audits.Audit, history: History, names: _Names) -> pd.DataFrame:
    """The same findings, their sentences told anew from the redacted history."""
    old = names.scrub(audit.findings)
    asked = [pattern for pattern in audit.patterns if pattern.NAME in set(old["pattern"])]
    made = [pattern(history, audit.as_of) for pattern in asked]
    told = _of(pd.concat([rows for rows in made if len(rows)] or [FINDINGS.empty()]))
    by = ["pattern", "direction", "person_id", "of"]
    told = told.drop_duplicates(by)[[*by, "summary", "suggestion"]]
    rows = _of(old.drop(columns=["summary", "suggestion"])).merge(told, on=by, how="left")
    plain = [
        f"Read from {count(len(evidence.split(JOIN)), 'record')}"
        + ("." if pd.isna(since) else f", since {since:%B %Y}.")
        for evidence, since in zip(rows["evidence"].fillna(""), rows["since"], strict=True)
    ]
    summary = rows["summary"].fillna(pd.Series(plain, index=rows.index, dtype="str"))
    return FINDINGS.check(rows.assign(summary=summary)[list(audit.findings.columns)])


def _of(findings: pd.DataFrame) -> pd.DataFrame:
    """What tells findings of one pattern apart where they are on nobody: their evidence."""
    nobody = findings["person_id"].isna()
    return findings.assign(of=findings["evidence"].where(nobody, "").astype("str"))


def _graph(graph: nx.DiGraph[str], names: _Names) -> nx.DiGraph[str]:
    made: nx.DiGraph[str] = type(graph)()
    for node, data in graph.nodes(data=True):
        kept = {key: value for key, value in data.items() if key in _NODE}
        made.add_node(names.id(node) or names.key(node), name=names.name(node) or "", **kept)
    for one, other, data in graph.edges(data=True):
        kept = {key: value for key, value in data.items() if key in _EDGE}
        made.add_edge(names.id(one) or names.key(one), names.id(other) or names.key(other), **kept)
    return made
