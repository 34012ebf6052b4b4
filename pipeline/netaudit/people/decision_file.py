"""`people.toml`: the owner's decisions on people, readable and editable, and the way back.

Each change is also a line of `people.undo.jsonl` beside it, so that it can be taken back. Both
files are private (0600) and replaced as a whole, never half.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from netaudit.archive.files import Folder, explain
from netaudit.errors import UserError
from netaudit.people.decisions import Change, Decisions, Entry

FILE_NAME = "people.toml"
UNDO_NAME = "people.undo.jsonl"
KINDS = tuple(field.name for field in fields(Decisions))

_HEAD = """\
# Who is who, as you decided. `netaudit people` writes this file; you may edit it, too.
# merge: aliases of one person.   apart: the first is somebody else than each of the others.
# ignore: left out of relationships and findings.   tag: tags of a person.
# human, robot: addresses that a person uses, or no person.
# `who` holds mail addresses, LinkedIn profiles or `name:...`. Your own `note`s stay, comments
# do not.
"""


def load(folder: Path) -> Decisions:
    """The decisions kept in a folder; none where there is no file.

    Raises:
        UserError: the file cannot be read or is malformed, naming the place.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: is no UTF-8 text; save it as UTF-8") from None
    return parse(text, str(path))


def parse(text: str, where: str = FILE_NAME) -> Decisions:
    """Decisions from the text of a `people.toml`.

    Raises:
        UserError: naming `where` and the line or entry.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where}: is no valid TOML: {error}") from None
    unknown = sorted(set(values) - set(KINDS))
    if unknown:
        raise UserError(f"{where}: unknown [[{unknown[0]}]] (known: {', '.join(KINDS)})")
    return Decisions(**{kind: tuple(_entries(kind, values.get(kind, []), where)) for kind in KINDS})


def _entries(kind: str, values: object, where: str) -> Iterator[Entry]:
    if not isinstance(values, list):
        raise UserError(f"{where}: {kind} must be written as [[{kind}]]")
    for number, value in enumerate(values, 1):
        yield _entry(kind, value, f"{where}: [[{kind}]] number {number}")


def _entry(kind: str, value: object, where: str) -> Entry:
    known = {"who", "note", "tags"} if kind == "tag" else {"who", "note"}
    if not isinstance(value, dict) or not set(value) <= known:
        raise UserError(f"{where}: has other keys than {', '.join(sorted(known))}")
    who = _texts(value.get("who"), f"{where}: who")
    tags = _texts(value.get("tags"), f"{where}: tags") if kind == "tag" else ()
    note = value.get("note", "")
    if not isinstance(note, str):
        raise UserError(f"{where}: note must be text")
    if len(who) < (2 if kind in ("merge", "apart") else 1):
        raise UserError(f"{where}: who names too few")
    return Entry(tuple(_alias(alias) for alias in who), tags, note)


def _alias(text: str) -> str:
    return text.strip() if text.startswith("name:") else text.strip().lower()


def _texts(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(v, str) and v.strip() for v in value):
        return tuple(value)
    raise UserError(f'{where} must be a list of text, like ["jane@example.org"]')


def write(decisions: Decisions) -> str:
    """The text of a `people.toml`: `parse` gives the same decisions back."""
    blocks = [_HEAD]
    for kind in KINDS:
        for entry in getattr(decisions, kind):
            lines = [f"[[{kind}]]", f"who = {_list(entry.who)}"]
            lines += [f"tags = {_list(entry.tags)}"] if entry.tags else []
            lines += [f"note = {_text(entry.note)}"] if entry.note else []
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _list(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """A TOML basic string."""
    sound = value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- changes and the way back --------------------------------------------------------------------


def apply(folder: Path, change: Change) -> Decisions:
    """Make a change, keep it in the folder, and remember how to take it back.

    Raises:
        UserError: the folder cannot be written, or its file is malformed.
    """
    decisions = change.done(load(folder))
    _keep_steps(folder, [*_steps(folder), change])
    _replace(folder / FILE_NAME, write(decisions))
    return decisions


def undo(folder: Path) -> Change | None:
    """Take the last change back; the change, or None where there is none."""
    steps = _steps(folder)
    if not steps:
        return None
    *before, last = steps
    _replace(folder / FILE_NAME, write(last.undone(load(folder))))
    _keep_steps(folder, before)
    return last


def forget(
    folder: Path, is_theirs: Callable[[str], bool], clean: Callable[[str], str | None]
) -> None:
    """Take people out of the decisions and out of the way back.

    Args:
        folder: the output folder.
        is_theirs: tells their aliases.
        clean: masks them in a text.

    Raises:
        UserError: a file is malformed or cannot be written.
    """
    path = folder / FILE_NAME
    decisions = load(folder)
    kept = Decisions(
        **{
            kind: tuple(
                left
                for entry in getattr(decisions, kind)
                if (left := _left(kind, entry, is_theirs, clean))
            )
            for kind in KINDS
        }
    )
    if path.exists() and (kept != decisions or clean(old := path.read_text("utf-8")) != old):
        _replace(path, write(kept))
    steps = _steps(folder)
    spared = [
        step
        for step in steps
        if clean(step.what) == step.what
        and all(
            _left(kind, entry, is_theirs, clean) == entry
            for kind, entry in (*step.added, *step.removed)
        )
    ]
    if len(spared) < len(steps):
        _keep_steps(folder, spared)


def _left(
    kind: str,
    entry: Entry,
    is_theirs: Callable[[str], bool],
    clean: Callable[[str], str | None],
) -> Entry | None:
    """What is left of an entry without some people; None for nothing."""
    who = tuple(alias for alias in entry.who if not is_theirs(alias) and clean(alias) == alias)
    is_lost = kind == "apart" and who[:1] != entry.who[:1]
    if is_lost or len(who) < (2 if kind in ("merge", "apart") else 1):
        return None
    tags = tuple(tag for tag in entry.tags if clean(tag) == tag)
    return Entry(who, tags, entry.note if clean(entry.note) == entry.note else "")


def _keep_steps(folder: Path, steps: Sequence[Change]) -> None:
    _replace(folder / UNDO_NAME, "".join(f"{json.dumps(_as_json(step))}\n" for step in steps))


def _steps(folder: Path) -> list[Change]:
    path = folder / UNDO_NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_from_json(json.loads(line)) for line in lines]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError):
        raise UserError(
            f"{path}: is damaged; remove it (the decisions in {FILE_NAME} stay)"
        ) from None


def _as_json(change: Change) -> dict[str, Any]:
    def side(entries: tuple[tuple[str, Entry], ...]) -> list[list[Any]]:
        return [[kind, list(e.who), list(e.tags), e.note] for kind, e in entries]

    return {"what": change.what, "added": side(change.added), "removed": side(change.removed)}


def _from_json(value: Mapping[str, Any]) -> Change:
    def side(rows: list[list[Any]]) -> tuple[tuple[str, Entry], ...]:
        return tuple(
            (kind, Entry(tuple(who), tuple(tags), note))
            for kind, who, tags, note in rows
            if kind in KINDS
        )

    return Change(str(value["what"]), side(value["added"]), side(value["removed"]))


def _replace(path: Path, text: str) -> None:
    """Write a private file as a whole: a kill leaves the old one or the new one."""
    folder = Folder(path.parent)
    folder.prepare()
    try:
        folder.put(path.name, text.encode("utf-8"))
        folder.sync("")
    except OSError as error:
        raise explain(error, path) from None
