"""The contact graph: edges, circles and bridges, the same whatever the order or hashing."""

import dataclasses
import os
import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest
from tests.frames import OWNER, build_history

from netaudit import graph, relationships
from netaudit.settings import Settings, from_mapping

NAMES = "abcdefgh"
HUMANS = {"me": [OWNER], **{name: [f"{name}@x.example"] for name in NAMES}}
ADDRESS = {name: f"{name}@x.example" for name in NAMES}


def _history(*given, settings=None):
    history = build_history(HUMANS, *given, settings=settings)
    built = relationships.build(history, history.settings, history.as_of)
    return dataclasses.replace(history, relationships=built)


def _graph(*given, settings=None):
    return graph.build(_history(*given, settings=settings))


def _meeting(key, day, sender, *others):
    return (key, day, ADDRESS[sender], [OWNER, *[ADDRESS[name] for name in others]])


def _two_circles():
    days = [f"2024-03-{n + 1:02}" for n in range(20)]
    return [
        *[_meeting(f"x{n}", day, "abc"[n % 3], "abcd"[(n + 1) % 4]) for n, day in enumerate(days)],
        *[_meeting(f"y{n}", day, "efg"[n % 3], "efgh"[(n + 1) % 4]) for n, day in enumerate(days)],
        _meeting("bridge", "2024-04-01", "d", "e"),
        *[(f"z{name}", "2024-01-01", ADDRESS[name], [OWNER]) for name in NAMES],
    ]


def test_edges_between_owner_and_person_carry_both_directions():
    found = _graph(
        ("a", "2024-01-01T10:00", OWNER, [ADDRESS["a"]]), _meeting("b", "2024-01-02", "a")
    )
    assert set(found.edges) == {("me", "a"), ("a", "me")}
    out = found.edges["me", "a"]
    assert (out["kind"], out["n"], out["last"]) == ("contact", 1, "2024-01-01T10:00:00Z")
    assert out["strength"] > found.edges["a", "me"]["strength"] > 0
    assert out["reciprocity"] == 0.5
    assert found.nodes["a"]["name"] == "A"
    assert found.nodes["a"]["status"] == "dormant"


def test_ties_between_others_come_from_shared_mail():
    found = _graph(
        _meeting("1", "2024-01-01", "a", "b", "c"),
        _meeting("2", "2024-02-01", "b", "a"),
        _meeting("3", "2024-02-01", "c"),
    )
    tie = found.edges["a", "b"]
    assert (tie["kind"], tie["n"], tie["last"]) == ("shared_mail", 2, "2024-02-01T00:00:00Z")
    assert not found.has_edge("b", "a"), "once a pair"
    assert found.edges["b", "c"]["n"] == 1


def test_letters_between_two_tie_no_others_and_cost_nothing(monkeypatch):
    """Without anybody on a shared message no pairs are made, not all with all."""
    joined = []
    merge = pd.DataFrame.merge

    def watched(left, right, **how):
        found = merge(left, right, **how)
        joined.append(len(found))
        return found

    history = _history(*[_meeting(str(n), f"2024-01-{n:02}", "a") for n in range(1, 20)])
    monkeypatch.setattr(pd.DataFrame, "merge", watched)
    assert graph.shared_mail(history).empty
    assert joined == [0]


def test_messages_to_many_tie_nobody():
    settings = from_mapping({"graph": {"max_shared_people": 2}})
    given = [_meeting("1", "2024-01-01", "a", "b", "c"), *_two_circles()[-8:]]
    assert not [e for e in _graph(*given, settings=settings).edges if "me" not in e]


def test_circles_and_the_bridge_between_them():
    found = _graph(*_two_circles())
    circle = nx.get_node_attributes(found, "circle")
    assert {circle[name] for name in "abcd"} == {1}
    assert {circle[name] for name in "efgh"} == {2}
    constraint = nx.get_node_attributes(found, "constraint")
    assert set(constraint) == set(NAMES)
    assert all(value > 0 for value in constraint.values())


def test_constraint_is_networkx_own():
    shared = pd.DataFrame(
        {"one": ["a", "a", "b"], "other": ["b", "c", "c"], "weight": [1.0, 2.0, 3.0]}
    )
    plain = nx.Graph()
    plain.add_weighted_edges_from(shared[["one", "other", "weight"]].itertuples(index=False))
    found = graph.constraint(shared, {"a", "b", "c"})
    assert found == pytest.approx(nx.constraint(plain, nodes=list("abc"), weight="weight"))


def test_order_of_the_input_changes_nothing():
    given = _two_circles()
    one, other = _graph(*given), _graph(*given[::-1])
    assert nx.utils.graphs_equal(one, other)


@pytest.mark.slow
def test_hashing_of_texts_changes_nothing():
    code = (
        "from tests.test_graph import _graph, _two_circles; import json;"
        "g = _graph(*_two_circles()); print(json.dumps([list(g.nodes(data=True)), "
        "list(g.edges(data=True))], default=str))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": "pipeline:."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_nobody():
    assert list(_graph().nodes) == ["me"]
    assert Settings().graph.max_shared_people > 1
