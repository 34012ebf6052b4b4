"""Signals and traits read anew from the kept texts, without the exports.

The program's reader of texts has a version (`text.VERSION`), and so has every source in the
archive. Where the archive's is older, what follows from the text is recomputed part by part; each
source is committed when it is whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netaudit import text
from netaudit.archive import Entry, Manifest, Part, Store, Writing, rewrite
from netaudit.archive.files import Folder, explain
from netaudit.archive.parts import RECORD, schema
from netaudit.ingest import worker
from netaudit.ingest.progress import Progress, Silent

if TYPE_CHECKING:
    import pyarrow as pa

TICK_SECONDS = 0.1
_TOLD_EVERY = 200


@dataclass(frozen=True)
class Result:
    """What was read anew.

    Attributes:
        n_texts: messages and posts whose texts were read.
        without_texts: paths of sources whose texts an older version read and nobody kept.
    """

    n_texts: int
    without_texts: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """One part, in an archive's folder."""

    folder: Path
    part: Part


def is_old(entry: Entry) -> bool:
    """Whether an older version read the source's texts."""
    return entry.reader.read_text and _version(entry) < text.VERSION


def n_old(manifest: Manifest) -> int:
    """Sources whose texts were kept and read by an older version."""
    return sum(is_old(entry) and entry.reader.keep_text for entry in manifest.sources)


def run(store: Store, executor: Executor, progress: Progress | None = None) -> Result:
    """Read the kept texts of every source anew that an older version read.

    Raises:
        UserError: the archive cannot be written, is in use or damaged. Sources committed before
            stay.
    """
    n_texts = 0
    with store.writing() as writing:
        old = [entry for entry in writing.manifest.sources if is_old(entry)]
        for entry in old:
            if entry.reader.keep_text:
                n_texts += _source(writing, entry, executor, progress or Silent())
    return Result(n_texts, tuple(entry.path for entry in old if not entry.reader.keep_text))


def read_part(task: Task) -> Part:
    """A part with its signals, traits and languages read anew.

    Raises:
        UserError: a file of it is missing or damaged.
        StorageError: the archive cannot be written.
    """
    folder = Folder(task.folder)
    try:
        if not task.part.rows.get("traits"):
            return task.part
        return rewrite.replaced(folder, task.part, _tables(folder, task.part))
    except OSError as error:
        raise explain(error, task.folder) from None


def _source(writing: Writing, entry: Entry, executor: Executor, progress: Progress) -> int:
    """Read one source anew and commit it."""
    folder = writing.folder
    old = {part.name: part for part in entry.parts}
    progress.begin(entry.path, sum(rewrite.text_bytes(folder, part) for part in old.values()))
    waiting = {
        executor.submit(read_part, Task(folder.path, part)): name for name, part in old.items()
    }
    new: dict[str, Part] = {}
    try:
        while waiting:
            done, _ = wait(waiting, timeout=TICK_SECONDS, return_when=FIRST_COMPLETED)
            progress.tick()
            for future in done:
                new[waiting.pop(future)] = future.result()
    except BaseException:
        for future in waiting:
            future.cancel()
        wait(waiting)
        raise
    finally:
        progress.end()
    others = [other for other in writing.manifest.sources if other != entry]
    writing.commit(writing.manifest.having(sources=[*others, _renewed(entry, new)]))
    writing.sweep()
    return sum(part.rows.get("traits", 0) for part in new.values())


def _renewed(entry: Entry, new: Mapping[str, Part]) -> Entry:
    pieces = tuple(
        dataclasses.replace(piece, parts=tuple(new[part.name] for part in piece.parts))
        for piece in entry.pieces
    )
    first, _, form = entry.reader.version.split(".")
    reader = dataclasses.replace(entry.reader, version=f"{first}.{text.VERSION}.{form}")
    return dataclasses.replace(entry, pieces=pieces, reader=reader)


def _version(entry: Entry) -> int:
    """The version of the texts' reader in `worker.reader`'s; of an unknown form, the oldest."""
    _, _, rest = entry.reader.version.partition(".")
    number = rest.partition(".")[0]
    return int(number) if number.isdecimal() and rest.count(".") == 1 else 0


def _tables(folder: Folder, part: Part) -> dict[str, pa.Table]:
    """Messages, signals and traits of a part, read anew."""
    import pyarrow as pa  # noqa: PLC0415

    traits = rewrite.table(folder, "traits", part)
    messages = rewrite.table(folder, "messages", part)
    texts = rewrite.table(folder, "texts", part)
    by_record = dict(_pairs(texts, "text"))
    subjects = dict(_pairs(messages, "subject"))
    languages = dict(_pairs(messages, "language"))
    signal_rows: list[tuple[object, ...]] = []
    trait_rows: list[tuple[object, ...]] = []
    told = [0, 0]
    for record, key in _pairs(traits, "key"):
        words = by_record.get(record) or ""
        found = text.signals(words, subjects.get(record) or "")
        signal_rows += [(key, *act, record) for act in found.acts]
        trait_rows.append((key, *found.traits, record))
        if record in languages:
            languages[record] = found.language
        told = _tell([told[0] + len(words), told[1] + 1], _TOLD_EVERY)
    _tell(told, 1)
    at = messages.schema.get_field_index("language")
    spoken = pa.array(list(languages.values()), messages.schema.field(at).type)
    return {
        "messages": messages.set_column(at, messages.schema.field(at), spoken),
        "signals": _table("signals", signal_rows),
        "traits": _table("traits", trait_rows),
    }


def _pairs(rows: pa.Table, column: str) -> zip[tuple[int, str | None]]:
    return zip(rows.column(RECORD).to_pylist(), rows.column(column).to_pylist(), strict=True)


def _table(name: str, rows: list[tuple[object, ...]]) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    form = schema(name)
    columns = list(zip(*rows, strict=True)) or [()] * len(form)
    arrays = [pa.array(values, f.type) for values, f in zip(columns, form, strict=True)]
    return pa.Table.from_arrays(arrays, schema=form)


def _tell(told: list[int], every: int) -> list[int]:
    """Tell how many bytes and texts were read, from so many texts on."""
    if worker.live is None or told[1] < every:
        return told
    worker.live(*told)
    return [0, 0]
