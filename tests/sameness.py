"""One ingest and one audit, and the digest of every byte they make; run by test_sameness.py.

    python sameness.py FOLDER WORKERS CHUNK PATH...

Prints the digest of each stored table and of each file of the report that is no picture.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from netaudit import api, ingest
from netaudit.archive import Store
from netaudit.files import cells, network
from netaudit.ingest import pool
from netaudit.model import BLASTS, FINDINGS, RELATIONSHIPS, STORED
from netaudit.settings import Settings
from netaudit.sources import mbox


def main(folder: Path, workers: int, chunk: int, paths: list[Path]) -> None:
    mbox.UNIT_BYTES = chunk
    store = Store(folder / "archive")
    with pool.local(workers) as processes:
        result = ingest.run(paths, store, Settings(), processes.executor)
    assert not result.failures, result.failures
    for name in STORED:
        text = store.table(name).to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S.%fZ")
        print(name, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    audit = api.Archive(folder).audit("2026-09-30")
    made = folder / "made"
    made.mkdir()
    for table, frame in (
        (RELATIONSHIPS, audit.relationships),
        (FINDINGS, audit.findings),
        (BLASTS, audit.blasts),
    ):
        cells.write_csv(table.conform(frame), made / f"{table.name}.csv")
    graph = network.dressed(audit.graph)
    network.write_graphml(graph, made / "graph.graphml")
    network.write_gexf(graph, made / "graph.gexf", as_of=audit.as_of)
    for path in sorted(made.iterdir()):
        print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), [Path(p) for p in sys.argv[4:]])
