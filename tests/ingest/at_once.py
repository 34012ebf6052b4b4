"""Several ingests of one archive at the same moment; run as a program by test_at_once.py.

    python at_once.py FOLDER COUNT same|different

Each child either takes its export in or is told in a line that another one is writing. Ingesting
afterwards what was refused must give what one after the other gives, byte for byte.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.ingest import toy
from tests.ingest.kill import content, take_in

from netaudit import sources
from netaudit.archive import Store
from netaudit.errors import UserError

REFUSED = 3


def main(folder: Path, count: int, are_same: bool) -> None:
    sources.all_sources = lambda: (toy,)  # type: ignore[assignment]
    exports = [_export(folder, 0 if are_same else n) for n in range(count)]
    golden, out = folder / "golden", folder / "out"
    for export in exports:
        take_in(export, golden)
    ready, go = os.pipe()
    children = [_child(export, out, ready, go) for export in exports]
    os.close(go)  # the last writer is gone: all children read the end at once
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert set(codes) <= {0, REFUSED}, codes
    assert 0 in codes
    Store(out / "archive").accounting()
    for export in exports:
        take_in(export, out)
    assert content(out) == content(golden)
    print(f"{codes.count(0)} of {count} at once")


def _export(folder: Path, n: int) -> Path:
    export = folder / f"export{n}.toy"
    letters = [(f"m{'abcdefgh'[n]}{'abcdefghij'[i]}", b"x" * (i + 20)) for i in range(10)]
    export.write_bytes(toy.export(letters))
    return export


def _child(export: Path, out: Path, ready: int, go: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.close(go)
    os.read(ready, 1)
    try:
        take_in(export, out)
    except UserError as error:
        os._exit(REFUSED if "another netaudit is writing" in str(error) else 1)
    except BaseException:
        os._exit(2)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "same")
