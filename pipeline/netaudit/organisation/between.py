"""Departments: what they write among themselves and to each other, and who is silent.

Nothing is said of a department of fewer than `min_group` people: they count as listed nowhere.
Silence is measured on pairs of people, not on letters, as letters come in bursts: were all
departments alike, each pair that could write would do so with the same probability, and so few
pairs as there are would be improbable. A pair *could write* when both stand in the mail of the
window, and letters of theirs would be seen when the mailbox of one of them is in the archive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import binom

from netaudit.model import DEPARTMENT_TIES, DEPARTMENTS
from netaudit.organisation.ties import balanced

if TYPE_CHECKING:
    from netaudit.organisation.everybody import Everybody

MIN_WRITERS = 3
"""A number of letters that one or two people wrote is not shown: it would be about them."""
SILENCE = 0.05
"""Probability below which so few writing pairs are no chance; Bonferroni's, over all rows."""


def shown(everybody: Everybody, min_group: int) -> pd.DataFrame:
    """The people of departments that are shown.

    Returns:
        The rows of `everybody.people` with a department of at least `min_group` people who stand in
        the mail of the window; `department` is categorical, in alphabetical order.
    """
    people = everybody.people[everybody.people["is_seen"] & everybody.people["department"].notna()]
    size = people["department"].value_counts()
    people = people[people["department"].isin(size.index[size >= min_group])]
    names = sorted(people["department"].unique())
    return people.assign(department=pd.Categorical(people["department"], names))


def table(
    everybody: Everybody, people: pd.DataFrame, pairs: pd.DataFrame, *, many: int
) -> pd.DataFrame:
    """model.DEPARTMENTS without `betweenness_share`.

    Args:
        everybody: the people and their messages.
        people: of `shown`.
        pairs: of `ties.pairs`; only those that are seen whole count.
        many: recipients from which a message is a mailing.
    """
    names = people["department"].cat.categories
    code = _codes(everybody, people)
    directed = _both_ways(pairs[pairs["is_seen_whole"]])
    flow, writers = _flow(directed, code, len(names))
    inside = np.diag(flow)
    out, into = flow.sum(axis=1) - inside, flow.sum(axis=0) - inside
    mailings, copies, by = _mailings(everybody, code, len(names), many)
    few = _too_few(by)
    return DEPARTMENTS.frame(
        {
            "department": names,
            "n_people": np.bincount(code[code >= 0], minlength=len(names)),
            "n_mailboxes": people.groupby("department", observed=False)["owner_id"].count().array,
            "n_inside": _hidden(inside, _too_few(np.diag(writers))),
            "n_out": _hidden(out, _too_few(_writers(directed, code, len(names)))),
            "n_in": pd.array(into, "Int64"),
            "n_mailings": _hidden(mailings, few),
            "n_copies": _hidden(copies, few),
        }
    )


def ties(everybody: Everybody, people: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """model.DEPARTMENT_TIES: one row for each two departments, the most silent first.

    Two without a single mailbox in the archive have none: their letters would not be seen.

    Args:
        everybody: the people and their messages.
        people: of `shown`.
        pairs: of `ties.pairs`; only those that are seen whole count.
    """
    names = people["department"].cat.categories
    code = _codes(everybody, people)
    possible = _possible(people)
    a, b = np.nonzero(np.triu(possible, 1))
    possible = possible[a, b]
    seen = _between(pairs[pairs["is_seen_whole"]], code)
    letters, writers = _flow(_both_ways(seen), code, len(names))
    wrote = (seen["letters_out"] + seen["letters_in"] > 0).to_numpy()
    mutual = ((seen["letters_out"] > 0) & (seen["letters_in"] > 0)).to_numpy()
    n_writing, n_mutual = (
        _pair_counts(seen[rows], code, len(names))[a, b] for rows in (wrote, mutual)
    )
    density = n_writing.sum() / max(int(possible.sum()), 1)
    p = np.asarray(binom.cdf(n_writing, possible, density))
    frame = pd.DataFrame(
        {
            "one": names[a],
            "other": names[b],
            "n_out": _hidden(letters[a, b], _too_few(writers[a, b])),
            "n_in": _hidden(letters[b, a], _too_few(writers[b, a])),
            "out": letters[a, b],
            "into": letters[b, a],
            "n_pairs": possible,
            "n_writing": n_writing,
            "n_mutual": n_mutual,
            "expected_writing": possible * density,
            "p_silence": p,
            "is_silent": (p * len(a) < SILENCE) & (n_writing < possible * density),
        }
    )
    frame = balanced(frame, "out", "into")
    is_hidden = frame["n_out"].isna() | frame["n_in"].isna()
    of_balance = ["reciprocity", "reciprocity_low", "reciprocity_high"]
    frame.loc[is_hidden, of_balance] = np.nan
    order = frame.sort_values(["p_silence", "one", "other"], ignore_index=True)
    return DEPARTMENT_TIES.conform(order)


def _codes(everybody: Everybody, people: pd.DataFrame) -> np.ndarray:
    """The department of each row of `everybody.people` as a number, -1 for none that is shown."""
    code = np.full(len(everybody.people), -1)
    code[people.index] = people["department"].cat.codes
    return code


def _possible(people: pd.DataFrame) -> np.ndarray:
    """Pairs of people of two departments of whom at least one has a mailbox in the archive."""
    grouped = people.groupby("department", observed=False)["owner_id"]
    size = grouped.size().to_numpy()
    without = size - grouped.count().to_numpy()
    return np.asarray(np.outer(size, size) - np.outer(without, without))


def _between(pairs: pd.DataFrame, code: np.ndarray) -> pd.DataFrame:
    """The pairs of people of two different departments that are shown."""
    one, other = code[pairs["one"]], code[pairs["other"]]
    found: pd.DataFrame = pairs[(one >= 0) & (other >= 0) & (one != other)]
    return found


def _both_ways(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs as directed rows with `letters`."""
    there = {"one": "sender", "other": "person", "letters_out": "letters"}
    back = {"other": "sender", "one": "person", "letters_in": "letters"}
    parts = [
        pairs.rename(columns=names)[["sender", "person", "letters"]] for names in (there, back)
    ]
    return pd.concat(parts, ignore_index=True)


def _pair_counts(pairs: pd.DataFrame, code: np.ndarray, count: int) -> np.ndarray:
    """How many pairs of people, by their departments, symmetric."""
    found = np.zeros((count, count), dtype=np.int64)
    one, other = code[pairs["one"]], code[pairs["other"]]
    np.add.at(found, (one, other), 1)
    return found + found.T


def _flow(directed: pd.DataFrame, code: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Letters, and different people who wrote them, by department of sender and addressee."""
    rows = directed[directed["letters"] > 0]
    a, b = code[rows["sender"]], code[rows["person"]]
    known = (a >= 0) & (b >= 0)
    rows, a, b = rows[known], a[known], b[known]
    letters = np.zeros((count, count), dtype=np.int64)
    np.add.at(letters, (a, b), rows["letters"].to_numpy())
    who = pd.DataFrame({"a": a, "b": b, "sender": rows["sender"].to_numpy()}).drop_duplicates()
    writers = np.zeros((count, count), dtype=np.int64)
    np.add.at(writers, (who["a"].to_numpy(), who["b"].to_numpy()), 1)
    return letters, writers


def _writers(directed: pd.DataFrame, code: np.ndarray, count: int) -> np.ndarray:
    """Different people of each department who wrote to another that is shown."""
    a, b = code[directed["sender"]], code[directed["person"]]
    across = (a >= 0) & (b >= 0) & (a != b) & (directed["letters"] > 0).to_numpy()
    sender = directed["sender"].to_numpy()[across]
    return np.bincount(code[np.unique(sender)], minlength=count)


def _mailings(
    everybody: Everybody, code: np.ndarray, count: int, many: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Messages to many at once, their copies, and their writers, by department."""
    messages = everybody.messages
    messages = messages[(messages["sender"] >= 0) & (messages["n_humans"] >= many)]
    department = code[messages["sender"]]
    messages, department = messages[department >= 0], department[department >= 0]
    by = code[np.unique(messages["sender"].to_numpy())]
    copies = np.bincount(department, messages["n_humans"], minlength=count).astype(np.int64)
    return np.bincount(department, minlength=count), copies, np.bincount(by, minlength=count)


def _too_few(writers: np.ndarray) -> np.ndarray:
    return np.asarray((writers > 0) & (writers < MIN_WRITERS))


def _hidden(counts: np.ndarray, hidden: np.ndarray) -> pd.api.extensions.ExtensionArray:
    found = pd.array(counts, "Int64")
    found[hidden] = pd.NA
    return found
