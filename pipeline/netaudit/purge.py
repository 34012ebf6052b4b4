"""Everything of an output folder away: the archive, the reports, the owner's decisions and answers.

Only what the program itself writes is removed, by its names; what else stands there stays and is
told. The manifest goes first, so that a killed run leaves no archive that lacks parts, and the
lock last, so that the next run knows the folder again.
"""

from __future__ import annotations

from pathlib import Path

from netaudit import outfolder
from netaudit.archive import Store
from netaudit.archive import manifest as manifests
from netaudit.archive.files import TEMPORARY, explain
from netaudit.errors import UserError
from netaudit.model import STORED


def check(out: Path) -> None:
    """Make sure that a folder is one of the program's.

    Raises:
        UserError: it is not.
    """
    archive = out / "archive"
    for folder in (out, archive):
        if folder.is_symlink():
            raise UserError(f"{folder}: is a symbolic link; name the folder it points to")
    marks = (archive / manifests.NAME, archive / "lock")
    if not any(path.is_file() and not path.is_symlink() for path in marks):
        raise UserError(f"{out}: is no output folder of netaudit; nothing was removed")


def run(out: Path) -> list[Path]:
    """Remove all that the program wrote.

    Args:
        out: the output folder.

    Returns:
        What was not written by the program and stays.

    Raises:
        UserError: the folder is not the program's, the archive is in use, or something cannot be
            removed.
    """
    check(out)
    folder = Store(out / "archive").folder
    folder.prepare()
    with folder.locked():
        outfolder.remove([folder.path / manifests.NAME])
        outfolder.remove([path for table in STORED for path in _parts(folder.path / table)])
        outfolder.remove([path for path in folder.path.iterdir() if path.name.endswith(TEMPORARY)])
        for table in STORED:
            outfolder.remove_empty(folder.path / table)
        outfolder.remove([out / name for name in outfolder.OWN_FILES])
        outfolder.remove(outfolder.temporary(out))
        outfolder.remove_reports(out)
        outfolder.remove([folder.path / "lock"])
    outfolder.remove_empty(folder.path)
    outfolder.remove_empty(out)
    return sorted(path for path in out.rglob("*") if not path.is_dir()) if out.exists() else []


def _parts(folder: Path) -> list[Path]:
    """The files of a table, finished or not."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    try:
        return [p for p in folder.iterdir() if p.suffix in (".parquet", TEMPORARY)]
    except OSError as error:
        raise explain(error, folder) from None
