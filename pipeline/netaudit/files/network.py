"""The contact graph as GraphML and GEXF: names, sizes and colours set, as Gephi reads them."""

from __future__ import annotations

import math
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from netaudit.palette import STATUS_COLOURS, rgb
from netaudit.shown import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import networkx as nx
    import pandas as pd

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_id(text: object) -> str:
    r"""An id that XML can hold; what it cannot is spelt out (`\u0000`), so that ids stay apart."""
    escaped = str(text).replace("\\", "\\\\") if _NOT_XML.search(str(text)) else str(text)
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def plain(value: object) -> str | int | float | bool | None:
    """A value as these formats know it, or None for what is missing or not finite."""
    if value is None or isinstance(value, bool | str):
        return one_line(value) if isinstance(value, str) else value
    if hasattr(value, "isoformat"):
        return None if value != value else str(value.isoformat())  # noqa: PLR0124
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return one_line(str(value)) or None


def cleaned(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """The graph with ids and values that every XML reader takes; missing ones left out."""
    import networkx as nx  # noqa: PLC0415

    out: nx.DiGraph[str] = nx.DiGraph()
    for node, data in graph.nodes(data=True):
        out.add_node(node_id(node), **_plain(data))
    for source, target, data in graph.edges(data=True):
        out.add_edge(node_id(source), node_id(target), **_plain(data))
    return out


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    values = {_attribute(key): plain(value) for key, value in data.items()}
    return {key: value for key, value in values.items() if value is not None}


def _attribute(name: str) -> str:
    # GEXF takes these for its own.
    return (
        f"{name}_" if name in ("id", "label", "pid", "for", "start", "end", "type", "viz") else name
    )


def _sizes(graph: nx.DiGraph[str]) -> dict[str, float]:
    """Diameter by node: its area grows with the strength of its edges; 4 to 60."""
    strengths = {
        node: sum(
            float(data.get("strength", 0.0))
            for *_, data in [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
        )
        for node in graph
    }
    most = max(strengths.values(), default=0.0) or 1.0
    return {node: 4.0 + 56.0 * math.sqrt(value / most) for node, value in strengths.items()}


def dressed(plain_graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """The graph as it is written.

    Ids and values are cleaned; label, size, colour and weight stand under the names that Gephi's
    GraphML reader takes.
    """
    graph = cleaned(plain_graph)
    sizes = _sizes(graph)
    for node, data in graph.nodes(data=True):
        red, green, blue = rgb(STATUS_COLOURS.get(str(data.get("status", "")), STATUS_COLOURS[""]))
        data.update(label=str(data.get("name") or node), size=round(sizes[node], 2))
        data.update(r=red, g=green, b=blue)
    for _, _, data in graph.edges(data=True):
        if "strength" in data:
            data["weight"] = float(data["strength"])
    return graph


def write_graphml(graph: nx.DiGraph[str], path: Path) -> None:
    """Write a dressed graph as GraphML."""
    from networkx.readwrite.graphml import write_graphml_lxml  # noqa: PLC0415

    write_graphml_lxml(graph, path, named_key_ids=True)


def write_gexf(graph: nx.DiGraph[str], path: Path, *, as_of: pd.Timestamp) -> None:
    """Write a dressed graph as GEXF, dated as of the report; size and colour are viz attributes."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415

    writer = GEXFWriter(version="1.2draft")
    writer.xml[0].set("lastmodifieddate", f"{as_of:%Y-%m-%d}")  # else: today, read from the clock
    with _visual(graph):
        writer.add_graph(graph)
    with path.open("wb") as file:
        writer.write(file)


@contextmanager
def _visual(graph: nx.DiGraph[str]) -> Iterator[None]:
    """Size and colour of the nodes as viz attributes meanwhile; a copy would take as much again."""
    taken = {}
    for node, data in graph.nodes(data=True):
        colour = {key: data.pop(key) for key in "rgb"}
        taken[node] = colour | {"size": data.pop("size")}
        data["viz"] = {"color": colour | {"a": 1.0}, "size": taken[node]["size"]}
    try:
        yield
    finally:
        for node, data in graph.nodes(data=True):
            del data["viz"]
            data.update(taken[node])
