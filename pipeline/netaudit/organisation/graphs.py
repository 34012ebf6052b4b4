"""The organisation's graphs for other programs: of departments, and of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

from netaudit.shown import records

if TYPE_CHECKING:
    from netaudit.organisation.view import Organisation

NODE = ("name", "department", "owner_id", "n_out", "n_in", "n_ties", "circle", "betweenness",
        "n_cut_off")  # fmt: skip


def of_departments(found: Organisation) -> nx.DiGraph[str]:
    """A node a department; an edge where letters go, with `n` (missing ones are withheld)."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in records(found.departments):
        graph.add_node(row["department"], name=row["department"], n_people=row["n_people"])
    for row in records(found.department_ties):
        ends = (row["one"], row["other"])
        for (a, b), n in ((ends, row["n_out"]), (ends[::-1], row["n_in"])):
            if pd.isna(n):
                graph.add_edge(a, b)
            elif n:
                graph.add_edge(a, b, n=int(n), weight=float(n))
    return graph


def of_people(found: Organisation) -> nx.DiGraph[str]:
    """A node a person of the organisation, an edge where one wrote to another."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in records(found.members):
        values = {name: row[name] for name in NODE if not pd.isna(row[name])}
        graph.add_node(row["person_id"], **values)
    for row in records(found.ties):
        ends = (row["one"], row["other"])
        for (a, b), side in ((ends, "out"), (ends[::-1], "in")):
            if row[f"n_{side}"]:
                n, letters = row[f"n_{side}"], row[f"letters_{side}"]
                graph.add_edge(a, b, n=n, letters=letters, weight=float(n))
    return graph
