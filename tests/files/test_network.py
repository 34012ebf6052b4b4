"""Graph files: hostile names and ids re-read, and Gephi finds names, sizes and colours."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netaudit.files.network import dressed, node_id, write_gexf, write_graphml

IDS = ["owner", "nul\x00", "vt\x0b", "esc\x1b", "\ufffe", "\ud800", "a\\u0000", "<&>\"'"]


@pytest.fixture
def graph():
    graph = nx.DiGraph()
    for node in IDS:
        graph.add_node(node, name=f"{node} x", status="dormant", circle=np.int64(2), id=None)
        graph.add_edge(
            "owner", node, strength=1.5, n=3, last=pd.Timestamp("2026-01-02", tz="UTC"), kind="tie",
            reciprocity=float("nan"),
        )  # fmt: skip
    return graph


def test_ids_stay_apart():
    assert len({node_id(node) for node in IDS}) == len(IDS)
    assert node_id("nul\x00") == "nul\\u0000"


def test_graphml_reads_back(graph, tmp_path):
    write_graphml(dressed(graph), tmp_path / "graph.graphml")
    again = nx.read_graphml(tmp_path / "graph.graphml")
    assert set(again) == {node_id(node) for node in IDS}
    assert again.nodes["vt\\u000b"]["label"] == "vt x"
    assert again.edges["owner", "vt\\u000b"]["last"].startswith("2026-01-02")
    assert "reciprocity" not in again.edges["owner", "vt\\u000b"]
    assert {"size", "r", "g", "b"} <= set(again.nodes["owner"])


def test_gexf_reads_back_and_is_the_same_every_time(graph, tmp_path):
    as_of = pd.Timestamp("2026-09-30T23:59:59Z")
    for name in ("a.gexf", "b.gexf"):
        write_gexf(dressed(graph), tmp_path / name, as_of=as_of)
    text = (tmp_path / "a.gexf").read_text(encoding="utf-8")
    assert text == (tmp_path / "b.gexf").read_text(encoding="utf-8")
    assert 'lastmodifieddate="2026-09-30"' in text
    again = nx.read_gexf(tmp_path / "a.gexf")
    assert set(again) == {node_id(node) for node in IDS}
    assert again.nodes["owner"]["viz"]["color"]["r"] == 213
    assert again.nodes["owner"]["viz"]["size"] > again.nodes["vt\\u000b"]["viz"]["size"]
