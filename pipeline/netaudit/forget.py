"""A person out of the archive, of the owner's own files and of every report; for good.

The archive is first: with one rename its manifest names parts without the person and holds salted
hashes by which later ingests leave them out. It also says that the files beside it are still to be
cleaned, until they are: a killed run is finished by the next one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from netaudit import outfolder
from netaudit.archive import Entry, Matcher, Store, matcher
from netaudit.archive.files import Folder, explain
from netaudit.errors import UserError
from netaudit.people import decision_file


@dataclass(frozen=True)
class Left:
    """What was found afterwards.

    Attributes:
        files: files of the user's in the folders of reports; they may name the person.
        named: paths of sources that name the person.
    """

    files: tuple[Path, ...] = ()
    named: tuple[str, ...] = ()


def run(
    out: Path,
    aliases: Iterable[str],
    names: Iterable[str],
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Left:
    """Forget a person.

    Args:
        out: the output folder.
        aliases: addresses, canonical profiles and `name:...` of the person.
        names: the person's names.
        tell: called with the parts of the archive that are done, and all of them.

    Raises:
        UserError: the archive is in use or damaged, or something cannot be written.
    """
    with Store(out / "archive").writing() as writing:
        writing.forget(aliases, names, tell)
        forgotten = matcher(writing.manifest.forgotten)
        files = _clean(out, forgotten)
        writing.settle()
        return Left(tuple(files), _named(writing.manifest.sources, forgotten))


def finish(out: Path) -> bool:
    """Finish what a killed run left; whether there was anything.

    Raises:
        UserError: as `run`.
    """
    store = Store(out / "archive")
    if not store.is_pending:
        return False
    with store.writing() as writing:
        _clean(out, matcher(writing.manifest.forgotten))
        writing.settle()
    return True


def _clean(out: Path, forgotten: Matcher) -> list[Path]:
    """Clean the files beside the archive; the user's own ones that stay with the reports."""
    decision_file.forget(out, forgotten.is_alias, forgotten.clean)
    _clean_journal(out, forgotten)
    outfolder.remove(outfolder.temporary(out))
    return outfolder.remove_reports(out)


def _clean_journal(out: Path, forgotten: Matcher) -> None:
    """Take the person's lines out of the review's journal, and their name out of the others."""
    path = out / outfolder.JOURNAL
    try:
        old = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    lines = (_line(line, forgotten) for line in old.split(b"\n"))
    new = b"\n".join(line for line in lines if line is not None)
    if new != old:
        try:
            Folder(out).put(path.name, new)
        except OSError as error:
            raise explain(error, path) from None


def _line(line: bytes, forgotten: Matcher) -> bytes | None:
    """A line without the person; None for one about them, or torn and naming them."""
    text = line.decode("utf-8", "replace")
    try:
        values = json.loads(text)
    except ValueError:
        return line if forgotten.clean(text) == text else None
    if not isinstance(values, dict):
        return line if forgotten.clean(text) == text else None
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    who = texts.get("who", "")
    if forgotten.is_alias(who) or forgotten.clean(who) != who:
        return None
    cleaned = {key: forgotten.clean(value) for key, value in texts.items()}
    if cleaned == texts:
        return line
    return json.dumps({**values, **cleaned}, ensure_ascii=False).encode()


def _named(sources: Iterable[Entry], forgotten: Matcher) -> tuple[str, ...]:
    """Paths and members of sources that name the person: they are the user's own words."""
    found = []
    for entry in sources:
        places = [entry.path, *(p.below for p in entry.pieces), *(p.member for p in entry.pieces)]
        if any(forgotten.clean(place) != place for place in places):
            found.append(entry.path)
    return tuple(found)
