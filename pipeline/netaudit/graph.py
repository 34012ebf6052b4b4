"""The contact graph: the owner, their relationships, and ties between others where mail shows them.

An export sees ties between others only through mail it was part of: two people on one message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from netaudit import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netaudit.history import History

OWNER_ID = "owner"
"""The owner's node where no owner was found."""
MIN_CIRCLE = 3
"""People a circle has at least."""
MAX_CONSTRAINT_PEOPLE = 2000
"""Burt's constraint multiplies the adjacency by itself: only among so many of the strongest."""


def build(history: History) -> nx.DiGraph[str]:
    """The directed contact graph.

    Args:
        history: with relationships.

    Returns:
        Nodes are person ids: `name`, `organisation`, `status`, `is_owner`; where shared mail tells,
        also `circle` (from 1, the largest first) and `constraint` (Burt's: low for a bridge between
        others who do not know each other). Edges owner -> person and back: `kind` contact,
        `strength`, `n` (messages), `last` (ISO 8601) and `reciprocity` (missing when unknown).
        Edges between others: `kind` shared_mail, once a pair from the lesser id to the greater, the
        direction without meaning: `strength`, `n`, `last`.
    """
    owner = history.owner_id or OWNER_ID
    graph: nx.DiGraph[str] = nx.DiGraph()
    _add_people(graph, history, owner)
    _add_contacts(graph, history.relationships, owner)
    shared = shared_mail(history)
    _add_shared(graph, shared)
    nx.set_node_attributes(graph, circles(shared), "circle")
    strongest = history.relationships.nlargest(MAX_CONSTRAINT_PEOPLE, "strength")["person_id"]
    nx.set_node_attributes(graph, constraint(shared, set(strongest)), "constraint")
    return graph


def _add_people(graph: nx.DiGraph[str], history: History, owner: str) -> None:
    people = history.people[history.people["is_owner"]]
    name = "" if people.empty else str(people["name"].fillna("").iloc[0])
    graph.add_node(owner, name=name, organisation="", status="", is_owner=True)
    shown = history.relationships[["name", "organisation", "status"]].fillna("")
    values = _records(shown.assign(is_owner=False))
    graph.add_nodes_from(zip(history.relationships["person_id"], values, strict=True))


def _add_contacts(graph: nx.DiGraph[str], relationships: pd.DataFrame, owner: str) -> None:
    for side in ("out", "in"):
        rows = pd.DataFrame(
            {
                "person_id": relationships["person_id"],
                "strength": relationships[f"strength_{side}"],
                "n": relationships[f"n_{side}"],
                "last": _iso(relationships[f"last_{side}"]),
                "reciprocity": relationships["reciprocity"],
            }
        )
        rows = rows[(rows["n"] > 0) | (rows["strength"] > 0)]
        for row in _records(rows):  # networkx takes one dictionary an edge
            person = row.pop("person_id")
            known = {name: value for name, value in row.items() if pd.notna(value)}
            ends = (owner, person) if side == "out" else (person, owner)
            graph.add_edge(*ends, kind="contact", **known)


def _add_shared(graph: nx.DiGraph[str], shared: pd.DataFrame) -> None:
    values = shared[["strength", "n"]].assign(last=_iso(shared["last"]), kind="shared_mail")
    graph.add_edges_from(
        zip(shared["one"].tolist(), shared["other"].tolist(), _records(values), strict=True)
    )


def _records(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A dictionary a row, with the values of Python."""
    names = [str(name) for name in rows.columns]
    columns = [rows[name].tolist() for name in rows.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def _iso(times: pd.Series) -> pd.Series:
    text: pd.Series = times.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return text


def shared_mail(history: History) -> pd.DataFrame:
    """Ties between others: pairs of people who stand on one human message, as sender or addressee.

    Messages to more than `graph.max_shared_people` say nothing about a pair; among k people each
    pair gets 1/(k - 1) of a message, so that everybody shares one message's worth.

    Returns:
        `one`, `other` (person ids, one < other), `n` (messages), `weight` (their shares),
        `strength` (shares halved with age like tie strength), `last` (utc); sorted by the pair.
    """
    seats = _seats(history)
    size = seats.groupby("message")["person"].transform("size")
    seats = seats.assign(share=1.0 / (size - 1).clip(lower=1))
    # After, not before: a column given to an empty frame brings all of its own rows back.
    seats = seats[(size > 1) & (size <= history.settings.graph.max_shared_people)]
    pairs = seats.merge(seats[["message", "person"]], on="message", suffixes=("", "_other"))
    whole = dict.fromkeys(["message", "person", "person_other"], "int64")  # lost when empty
    pairs = pairs[pairs["person"] < pairs["person_other"]].astype(whole)
    decay = 0.5 ** (_age_days(history) / history.settings.strength.half_life_days)
    pairs["strength"] = pairs["share"] * decay[pairs["message"].to_numpy()]
    grouped = pairs.groupby(["person", "person_other"], sort=True)
    found = grouped.agg(
        n=("message", "size"),
        weight=("share", "sum"),
        strength=("strength", "sum"),
        last=("message", "max"),  # messages are sorted by time
    ).reset_index()
    ids = history.relationships["person_id"]
    return pd.DataFrame(
        {
            "one": ids.array[found["person"].to_numpy()],
            "other": ids.array[found["person_other"].to_numpy()],
            "n": found["n"],
            "weight": found["weight"],
            "strength": found["strength"],
            "last": history.messages["sent_at"].array[found["last"].to_numpy()],
        }
    )


def _age_days(history: History) -> np.ndarray:
    age = history.as_of - history.messages["sent_at"]
    return np.asarray(age.dt.total_seconds() / 86400)


def _seats(history: History) -> pd.DataFrame:
    """Who stands on which human message: `message`, `person` (row in relationships), each once."""
    ids = pd.Index(history.relationships["person_id"])
    of_people = ids.get_indexer(pd.Index(history.people["person_id"]))
    addressed = history.addressed
    messages = np.concatenate([np.arange(len(history.messages)), addressed["message"]])
    people = np.concatenate(
        [
            lookup.positions(history.messages["from_person"], ids),
            of_people[addressed["person"].to_numpy()],
        ]
    )
    human = ~history.messages["is_automated"].to_numpy()[messages]
    kept = human & (people >= 0)
    return pd.DataFrame({"message": messages[kept], "person": people[kept]}).drop_duplicates()


def circles(shared: pd.DataFrame) -> dict[str, int]:
    """Circles of people who share mail with each other, numbered from 1, the largest first.

    Louvain communities (Blondel et al. 2008) of the pairs' weights. People are numbers here and the
    seed is fixed, so that neither the order of the input nor Python's hashing of texts matters.

    Returns:
        person id -> number; people in no circle of MIN_CIRCLE or more are left out.
    """
    names, graph = _numbered(shared, "weight")
    if not names:
        return {}
    found = nx.community.louvain_communities(graph, weight="weight", seed=1)
    large = [sorted(names[n] for n in circle) for circle in found if len(circle) >= MIN_CIRCLE]
    large.sort(key=lambda circle: (-len(circle), circle[0]))
    return {person: number for number, circle in enumerate(large, 1) for person in circle}


def constraint(shared: pd.DataFrame, among: set[str]) -> dict[str, float]:
    """Burt's constraint of each person, with respect to the pairs' weights.

    Burt 2004, "Structural Holes and Good Ideas". A low figure: their contacts do not know each
    other; a high one: everybody shares mail with everybody.

    Args:
        shared: from `shared_mail`.
        among: only these people and the ties between them are looked at.

    Returns:
        person id -> constraint; people without a tie are left out.
    """
    inside = shared[shared["one"].isin(among) & shared["other"].isin(among)]
    names, graph = _numbered(inside, "weight")
    if not names:
        return {}
    return {names[n]: float(value) for n, value in nx.constraint(graph, weight="weight").items()}


def _numbered(shared: pd.DataFrame, weight: str) -> tuple[list[str], nx.Graph[int]]:
    """The undirected graph of pairs with people as numbers, in the order of their ids."""
    names = sorted({*shared["one"].tolist(), *shared["other"].tolist()})
    number = {name: n for n, name in enumerate(names)}
    ones, others = (map(number.__getitem__, shared[end].tolist()) for end in ("one", "other"))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from(zip(ones, others, shared[weight].tolist(), strict=True))
    return names, graph
