"""Circles, bridges, and who holds the network together.

The graph has a node for each person of the organisation whose mailbox is in the archive, and an
edge for each two who wrote letters to each other, both ways. People without a mailbox here are left
out: only a part of their mail is seen, and whoever's mailbox is there would seem to stand between
them.

- circles: Louvain communities (Blondel et al. 2008), edges weighted by the lesser of the two counts
  of letters;
- bridges: edges whose loss would part the network (Tarjan 1974);
- betweenness: Brandes 2001, every edge of length one; of more than EXACT_PEOPLE people from a
  sample of PIVOTS of them (Brandes & Pich 2007), of more than MAX_PEOPLE not at all;
- cut points: people without whom somebody would be parted from the rest (Hopcroft & Tarjan 1973).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

EXACT_PEOPLE = 2_000
MAX_PEOPLE = 50_000
PIVOTS = 500


@dataclass(frozen=True)
class Structure:
    """What the graph of mailboxes says.

    Attributes:
        graph: nodes are rows in people.
        circles: sets of people, the largest first; those of one person left out.
        betweenness: by person; empty for more than MAX_PEOPLE.
        cut_off: how many people each cut point keeps tied to the rest; empty likewise.
        bridges: pairs of people.
    """

    graph: nx.Graph[int]
    circles: tuple[frozenset[int], ...]
    betweenness: dict[int, float]
    cut_off: dict[int, int]
    bridges: tuple[tuple[int, int], ...]


def of(people: pd.DataFrame, pairs: pd.DataFrame) -> Structure:
    """The structure of the mailboxes' network.

    Args:
        people: as in `Everybody`.
        pairs: of `ties.pairs`.
    """
    graph = _graph(people, pairs)
    found = nx.community.louvain_communities(graph, weight="weight", seed=1) if len(graph) else []
    circles = sorted((frozenset(c) for c in found if len(c) > 1), key=lambda c: (-len(c), min(c)))
    if len(graph) > MAX_PEOPLE:
        return Structure(graph, tuple(circles), {}, {}, ())
    pivots = PIVOTS if len(graph) > EXACT_PEOPLE else None
    between = nx.betweenness_centrality(graph, k=pivots, seed=1) if len(graph) else {}
    pairs_alone = cast("Iterator[tuple[int, int]]", nx.bridges(graph))
    bridges = sorted((min(a, b), max(a, b)) for a, b in pairs_alone)
    return Structure(graph, tuple(circles), between, cut_off(graph), tuple(bridges))


def _graph(people: pd.DataFrame, pairs: pd.DataFrame) -> nx.Graph[int]:
    has_box = (people["owner_id"].notna() & people["is_inside"]).to_numpy()
    letters = pairs[["letters_out", "letters_in"]].min(axis=1)
    both = pairs[has_box[pairs["one"]] & has_box[pairs["other"]] & (letters > 0)]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(has_box).tolist())
    weights = letters[both.index].tolist()
    graph.add_weighted_edges_from(
        zip(both["one"].tolist(), both["other"].tolist(), weights, strict=True)
    )
    return graph


def cut_off(graph: nx.Graph[int]) -> dict[int, int]:
    """Cut points -> how many people would be parted from the greatest rest of their component.

    Read off the tree of blocks and cut points: what hangs on each side of one is the sum of what
    hangs beyond it, so that no point has to be taken out and the graph searched again.
    """
    points = set(nx.articulation_points(graph))
    if not points:
        return {}
    tree: nx.Graph[tuple[str, int]] = nx.Graph()
    own: dict[tuple[str, int], int] = {("point", p): 1 for p in points}
    blocks = cast("Iterator[set[int]]", nx.biconnected_components(graph))
    for number, block in enumerate(blocks):
        here = ("block", number)
        own[here] = len(block - points)
        tree.add_edges_from((here, ("point", p)) for p in block & points)
    lost: dict[int, int] = {}
    for component in nx.connected_components(tree):
        lost |= _sides(tree.subgraph(component), own)
    return lost


def _sides(tree: nx.Graph[tuple[str, int]], own: dict[tuple[str, int], int]) -> dict[int, int]:
    """Of each point of a tree: all beyond it but its greatest side."""
    root = min(tree)
    order = list(nx.dfs_preorder_nodes(tree, root))
    parent = {child: up for up, child in nx.dfs_edges(tree, root)}
    below = dict.fromkeys(order, 0)
    for node in reversed(order):
        below[node] += own[node]
        if node in parent:
            below[parent[node]] += below[node]
    total = below[root]
    lost = {}
    for node in order:
        if node[0] == "point":
            sides = [below[n] for n in tree[node] if parent.get(n) == node]
            sides.append(total - below[node])
            lost[node[1]] = sum(sides) - max(sides)
    return lost
