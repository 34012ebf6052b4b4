"""The review's journal: what the owner answered, one JSON object a line, kept for good.

`review.jsonl` in the output folder is the owner's to read and edit. A line is written whole, synced
before the next question is asked, and never changed; a kill leaves at most one torn line at the
end, which is left out when read.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netaudit.archive.files import FILE_MODE, Folder, explain
from netaudit.errors import UserError
from netaudit.model import ANSWERS

if TYPE_CHECKING:
    import pandas as pd

FILE_NAME = "review.jsonl"
_DAYS = ("as_of",)
_TIMES = ("at",)
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class Journal:
    """A journal as read.

    Attributes:
        answers: model.ANSWERS, in the order in which they were given.
        damaged: numbers of the lines that are no answer, from 1; they are left out.
    """

    answers: pd.DataFrame
    damaged: tuple[int, ...] = ()


def read(folder: Path) -> Journal:
    """The journal of an output folder; empty where there is none.

    Raises:
        UserError: it cannot be read.
    """
    import pandas as pd  # noqa: PLC0415

    path = folder / FILE_NAME
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Journal(ANSWERS.empty())
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    rows, damaged = [], []
    for number, line in enumerate(lines, 1):
        row = _row(line)
        if row is not None:
            rows.append(row)
        elif line.strip():
            damaged.append(number)
    if not rows:
        return Journal(ANSWERS.empty(), tuple(damaged))
    found = pd.DataFrame(rows, columns=ANSWERS.names)
    for column in (*_DAYS, *_TIMES):
        found[column] = pd.to_datetime(found[column], utc=True, format="ISO8601")
    return Journal(ANSWERS.conform(found), tuple(damaged))


def _row(line: bytes) -> dict[str, str | None] | None:
    """An answer's columns, or None for a line that is none."""
    try:
        values = json.loads(line)
    except ValueError:
        return None
    needed = ("at", "as_of", "who", "answer")
    if not isinstance(values, dict) or not all(isinstance(values.get(n), str) for n in needed):
        return None
    row = {name: values.get(name) for name in ANSWERS.names}
    if not all(value is None or isinstance(value, str) for value in row.values()):
        return None
    days = [*_DAYS, *_TIMES, *(["until"] if row["until"] else [])]
    return row if all(_is_time(row[name]) for name in days) else None


def _is_time(text: str | None) -> bool:
    try:
        dt.datetime.fromisoformat(text or "")
    except ValueError:
        return False
    return True


def append(folder: Path, answer: dict[str, str]) -> None:
    """Keep an answer: it is on the disk when this returns.

    Args:
        folder: the output folder.
        answer: values of model.ANSWERS by column; `at` and `as_of` in ISO 8601.

    Raises:
        UserError: the file cannot be written.
    """
    ordered: dict[str, Any] = {n: answer[n] for n in ANSWERS.names if answer.get(n)}
    text = json.dumps(ordered, ensure_ascii=False)
    line = text.encode("utf-8", "replace") + b"\n"
    place = Folder(folder)
    place.prepare()
    path = folder / FILE_NAME
    try:
        is_new = not path.exists()
        handle = os.open(path, _FLAGS, FILE_MODE)
        try:
            os.write(handle, (b"" if _ends_whole(handle) else b"\n") + line)
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            place.sync("")
    except OSError as error:
        raise explain(error, path) from None


def _ends_whole(handle: int) -> bool:
    """Whether the file ends with a whole line: a torn one is left as it is and ended first."""
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"
