"""Commands that change what is kept, killed at every step that touches the disk.

    python killing.py forget|purge|people FOLDER

One child after the other does the same and kills itself at its n-th open, write, fsync, rename or
removal. What is left must be the old or the new state, and doing it again must end as if nothing
had happened, byte for byte. Run by test_killed.py.
"""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tests.archive import building
from tests.ingest.kill import die_at, named

from netaudit import forget, purge
from netaudit.archive import Store
from netaudit.archive.forgotten import SALT_BYTES
from netaudit.errors import UserError
from netaudit.model import Recipient
from netaudit.people import decision_file
from netaudit.people.decisions import Change, Decisions, merged, tagged

ANN, BEN = "ann@example.org", "ben@example.org"
JOURNAL = f'{{"who": "{ANN}", "answer": "done"}}\n{{"who": "{BEN}", "answer": "done"}}\n'


def main(what: str, folder: Path) -> None:
    old = folder / "old"
    make(old)
    n, kinds = {"forget": _forget, "purge": _purge, "people": _people}[what](old, folder)
    print(f"killed at {n} steps: {' '.join(kinds)}")


def make(out: Path) -> None:
    """An output folder: two sources, decisions with a way back, a journal, a report."""
    to_ben, me = (Recipient("to", BEN, "Ben"),), building.ME.address
    to_both = (*to_ben, Recipient("cc", ANN, ""))
    message = building.message
    building.archive(
        out,
        {
            "/a": [message("a", "/a"), message("b", "/a", 1, from_address=BEN, from_name="Ben")],
            "/b": [
                message("c", "/b", from_address=me, recipients=to_both),
                message("d", "/b", 1, from_address=BEN, recipients=to_ben),
            ],
        },
    )
    decision_file.apply(out, tagged(ANN, ["client"], "Ann"))
    decision_file.apply(out, tagged(BEN, ["client"], "Ben"))
    (out / "review.jsonl").write_text(JOURNAL)
    charts = out / "reports" / "2020-06-30" / "charts"
    charts.mkdir(parents=True)
    (charts / "ann.svg").write_text(ANN)
    (charts.parent / "report.html").write_text(ANN)


def each(
    old: Path, out: Path, action: Callable[[], None], check: Callable[[], str]
) -> tuple[int, list[str]]:
    """Kill the action at every step; what `check` says of what is left, in order."""
    seen: list[str] = []
    for n in range(1000):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)
        killed = die_at(n, action)
        kind = check()
        if kind not in seen[-1:]:
            seen.append(kind)
        if not killed:
            return n, seen
    raise AssertionError("never ends")


def _forget(old: Path, folder: Path) -> tuple[int, list[str]]:
    draw = secrets.token_bytes
    secrets.token_bytes = lambda n: b"s" * n if n == SALT_BYTES else draw(n)
    out, golden = folder / "out", folder / "golden"
    shutil.copytree(old, golden)
    forget.run(golden, [ANN], ["Ann Lee"])
    assert not [p for p in golden.rglob("*") if p.is_file() and ANN.encode() in p.read_bytes()]
    after = content(golden)
    assert (
        len(Store(golden / "archive").table("messages"))
        == len(Store(old / "archive").table("messages")) - 1
    )
    before = named(old)

    def check() -> str:
        store = Store(out / "archive")
        forgotten = store.manifest.forgotten
        if not forgotten:
            assert named(out) == before
        if forgotten:
            forget.finish(out)
        else:
            forget.run(out, [ANN], ["Ann Lee"])
        assert content(out) == after
        return ("pending" if forgotten.is_pending else "done") if forgotten else "old"

    return each(old, out, lambda: _drop(forget.run(out, [ANN], ["Ann Lee"])), check)


def _purge(old: Path, folder: Path) -> tuple[int, list[str]]:
    out = folder / "out"
    (old / "mine.txt").write_text("the user's")

    def check() -> str:
        before = out / "archive" / "manifest.json"
        kind = "old" if before.exists() else "gone"
        try:
            purge.run(out)
        except UserError as error:
            assert "no output folder" in str(error)  # noqa: PT017
            kind = "done"
        assert {p.name for p in out.rglob("*") if p.is_file()} == {"mine.txt"}
        return kind

    return each(old, out, lambda: _drop(purge.run(out)), check)


def _people(old: Path, folder: Path) -> tuple[int, list[str]]:
    out = folder / "out"
    before = decision_file.load(old)
    change = merged(before, ANN, BEN)
    change = Change(change.what, change.added, (("tag", before.tag[0]),))
    after = change.done(before)

    def check() -> str:
        found = decision_file.load(out)
        assert found in (before, after)
        assert decision_file.apply(out, change) == after == decision_file.load(out)
        shutil.rmtree(folder / "undone", ignore_errors=True)
        shutil.copytree(out, folder / "undone")
        back(folder)
        return "old" if found == before else "new"

    def back(folder: Path) -> None:
        """Taking it back, killed at every step, leads back too."""
        undone, again = folder / "undone", folder / "again"
        for n in range(1000):
            shutil.rmtree(again, ignore_errors=True)
            shutil.copytree(undone, again)
            killed = die_at(n, lambda: _drop(decision_file.undo(again)))
            if alike(decision_file.load(again), after):
                decision_file.undo(again)
            assert alike(decision_file.load(again), before)
            if not killed:
                return

    return each(old, out, lambda: _drop(decision_file.apply(out, change)), check)


def alike(one: Decisions, other: Decisions) -> bool:
    """Whether two say the same, in whatever order."""
    return all(set(a) == set(b) and len(a) == len(b)
               for a, b in zip(vars(one).values(), vars(other).values(), strict=True))  # fmt: skip


def content(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def _drop(_: object) -> None:
    """A call's result is of no use here."""


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
