"""What is wanted of `netaudit report` and of the start beside what they do."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import life
from measure import Run, run
from reach import NETAUDIT, Line, ratio, repeated

MEMORY_MB = 2_000
QUARTERS = 8

YARDSTICK = """
import sys
from pathlib import Path
import pandas as pd
from netaudit.model import RELATIONSHIPS
archive = Path(sys.argv[1]) / "archive"
names = ("messages", "recipients", "texts", "signals", "traits")
tables = {name: pd.read_parquet(archive / name) for name in names}
rows = tables["messages"][["from_address", "sent_at"]]
for column in RELATIONSHIPS.names:
    rows.groupby("from_address")["sent_at"].agg("max")
print(len(rows))
"""
TABLES = """
import sys
from pathlib import Path
import netaudit
from netaudit.files import cells
out = Path(sys.argv[1])
audit = netaudit.open(out).audit()
for name in ("relationships", "findings", "blasts", "actions"):
    cells.write_csv(getattr(audit, name), out / f"{name}.csv")
print(len(audit.relationships))
"""
AUDITS = """
import sys, time
import pandas as pd
import netaudit
archive = netaudit.open(sys.argv[1])
archive.tables
last = archive.messages["sent_at"].max().normalize()
days = [(last - pd.DateOffset(months=3 * n)).date() for n in range(int(sys.argv[2]))]
def took(weigh):
    for day in days:
        start = time.process_time()
        weigh(day)
        yield time.process_time() - start
audits, ties = list(took(archive.audit)), list(took(archive.ties))
print("audit took", sum(audits), audits[0])
print("ties took", sum(ties), audits[0])
"""
GRAPH = """
import sys, time
import networkx as nx
import numpy as np
people, edges = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(1)
ends = (rng.random((2, edges)) ** 2 * people).astype(int)  # some have many ties, most few
graph = nx.Graph()
graph.add_nodes_from(range(people))
weights = rng.random(edges)
graph.add_weighted_edges_from(zip(*ends.tolist(), weights.tolist()))
few = sorted(graph, key=graph.degree, reverse=True)[:500]
inside = graph.subgraph(few)
choices = {
    "Louvain communities": lambda: nx.community.louvain_communities(graph, seed=1),
    "label propagation": lambda: list(
        nx.community.fast_label_propagation_communities(graph, seed=1)
    ),
    "betweenness, 50 pivots": lambda: nx.betweenness_centrality(graph, k=50, seed=1),
    "PageRank": lambda: nx.pagerank(graph),
    "Burt's constraint, 500 people": lambda: nx.constraint(inside, weight="weight"),
}
print(f"graph of {len(graph):,} people and {graph.number_of_edges():,} edges")
for name, choice in choices.items():
    start = time.process_time()
    choice()
    print(f"{name}: {time.process_time() - start:.1f} s")
"""


def archive(folder: Path, messages: int, people: int) -> Path:
    """The archive of a made-up life; kept in the folder for the next time."""
    out = folder / f"life-{messages}-{people}"
    if not (out / "archive" / "manifest.json").exists():
        life.write(out, messages, people)
    return out


def report(out: Path, size: str, runs: int) -> list[Line]:
    """The report and its tables alone, against reading and grouping with pandas."""
    yardstick = repeated(_python(YARDSTICK, out), runs)
    tables = repeated(_python(TABLES, out), 1)
    whole = repeated([*NETAUDIT, "report", "--out", str(out)], 1)
    lines = []
    for name, taken, wanted in (("tables", tables, 3.0), ("all, with page and charts", whole, 6.0)):
        found, detail = ratio(taken, yardstick)
        what = f"report of {size}: {name}, against pandas"
        lines.append(Line(what, wanted, found, detail=detail))
    found = None if whole.code else whole.peak_mb
    return [*lines, Line(f"report of {size}: memory", MEMORY_MB, found, "MB")]


def quarters(out: Path, size: str) -> list[Line]:
    """Eight past quarters in one process, against one audit: whole audits, and ties alone."""
    taken = run([*_python(AUDITS, out), str(QUARTERS)])
    lines = []
    for weighed, what in (("audit", "whole audits"), ("ties", "ties alone")):
        hit = re.search(rf"{weighed} took ([\d.]+) ([\d.]+)", taken.output)
        found = float(hit[1]) / float(hit[2]) if hit else None
        detail = f"{float(hit[1]):.1f} s : {float(hit[2]):.1f} s of CPU" if hit else _last(taken)
        name = f"{size}: {QUARTERS} past quarters, {what}, against one audit"
        lines.append(Line(name, 2.0, found, detail=detail))
    return lines


def graph(people: int, edges: int) -> str:
    """What choices of networkx cost on a graph of such a size, as printed."""
    taken = run([sys.executable, "-c", GRAPH, str(people), str(edges)])
    return taken.output if not taken.code else _last(taken)


def start(runs: int) -> list[Line]:
    """`--help` against importing what it is made with."""
    ours = repeated([*NETAUDIT, "--help"], runs)
    typer = repeated([sys.executable, "-c", "import typer"], runs)
    found, detail = ratio(ours, typer)
    return [Line("netaudit --help, against import typer", 3.0, found, detail=detail)]


def people(folder: Path, addresses: int) -> list[Line]:
    """Seconds to tell apart the people of so many addresses."""
    n_people = addresses * 10 // 21
    out = archive(folder, addresses * 4, n_people)
    taken = run(_python(PEOPLE, out))
    hit = re.search(r"([\d.]+) s (\d+) aliases", taken.output)
    found = float(hit[1]) if hit else None
    detail = f"{int(hit[2]):,} addresses, {taken.peak_mb:,.0f} MB" if hit else _last(taken)
    return [Line(f"people of {addresses:,} addresses told apart", 60.0, found, "s", detail)]


PEOPLE = """
import sys, time
from pathlib import Path
from netaudit import asof, owner, robots
from netaudit.archive import Store
from netaudit.people import Decisions, resolve
from netaudit.settings import Settings
tables = asof.cut(Store(Path(sys.argv[1]) / "archive").tables(), asof.NEVER)
mine = owner.find(tables, Settings().owner)
natures = robots.classify(tables["messages"], tables["recipients"], mine, {}).natures
start = time.process_time()
found = resolve(tables, mine, natures, Decisions())
print(f"{time.process_time() - start:.1f} s {len(found.aliases)} aliases")
"""


def _python(script: str, out: Path) -> list[str]:
    return [sys.executable, "-c", script, str(out)]


def _last(taken: Run) -> str:
    lines = taken.output.strip().splitlines() or [""]
    return f"exit code {taken.code}: {lines[-1][:200]}"
