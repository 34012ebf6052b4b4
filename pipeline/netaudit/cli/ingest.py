"""`netaudit ingest`: exports into the archive."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netaudit import storage
from netaudit.cli._forgetting import finished
from netaudit.cli._options import DEFAULT_OUT, Me, Out, SettingsFile
from netaudit.cli._terminal import harmless
from netaudit.errors import UsageError
from netaudit.settings import Settings, load

if TYPE_CHECKING:
    from netaudit.archive import Store
    from netaudit.ingest import Ingested, Result
    from netaudit.ingest.cluster import Workers
    from netaudit.ingest.pool import Pool
    from netaudit.storage import Location


MAX_FOR_OWNER = 100_000
"""Records up to which telling the owner takes no noticeable time."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def ingest(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="mbox, Gmail Takeout, Maildir, .eml, LinkedIn export, calendar: files or folders, "
            "or URLs of objects (s3://bucket/mail.mbox). "
            "Without any: what a newer version says of the texts in the archive.",
        ),
    ] = None,
    *,
    out: Out = DEFAULT_OUT,
    me: Me = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Read headers and calendars only; keep no text.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes that read; 0: one a processor.")
    ] = 0,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Read on a Dask cluster (tcp://host:8786) whose workers see the same storage.",
        ),
    ] = None,
    settings_file: SettingsFile = None,
) -> None:
    """Read exports into the archive.

    Safe to repeat, to interrupt, and to feed next quarter's bigger export: what is in the archive
    already is not read again. Without a path the texts kept in the archive are read anew where an
    older version of netaudit read them; no export is needed for that.
    """
    # Nothing here multiplies matrices: threads for that would only wait, in every process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    settings = load(settings_file, folder=Path.cwd())
    if no_text:
        settings = dataclasses.replace(
            settings, ingest=dataclasses.replace(settings.ingest, read_text=False)
        )
    addresses = _addresses(me or ())
    from netaudit.archive import Store  # noqa: PLC0415

    finished(out)
    store = Store(out / "archive")
    if not paths:
        _read_texts_anew(store, workers or settings.ingest.workers)
        return
    where = scheduler or workers or settings.ingest.workers
    result = _run([storage.at(path) for path in paths], store, settings, where, addresses)
    _warn(result)
    if result.ingested:
        _print(result, store, settings)
    if result.failures:
        raise typer.Exit(1)


def _addresses(given: Sequence[str]) -> list[str]:
    found = [address.strip().lower() for address in given]
    for address in found:
        if "@" not in address.strip("@"):
            raise UsageError(f"--me {address!r}: is no mail address")
    return sorted(set(found))


def _run(
    paths: Sequence[Location],
    store: Store,
    settings: Settings,
    where: str | int,
    me: Sequence[str],
) -> Result:
    """Ingest on a cluster (its scheduler's address) or on processes of this machine (how many)."""
    from netaudit import ingest  # noqa: PLC0415
    from netaudit.cli._progress import Bar  # noqa: PLC0415
    from netaudit.ingest import cluster, pool  # noqa: PLC0415

    if isinstance(where, str):
        readers: AbstractContextManager[Pool | Workers] = cluster.connect(
            where,
            store.folder.path.absolute(),
            [path.absolute() if isinstance(path, Path) else path for path in paths],
        )
    else:
        texts = settings.ingest.read_text and _are_many(paths)
        readers = pool.local(where, many_texts=texts, forked=True)
    with readers as found, Bar(found) as bar:
        return ingest.run(paths, store, settings, found.executor, bar, me=me, digests=found.digests)


def _are_many(paths: Sequence[Location]) -> bool:
    """Whether there is more to read than one worker takes at once; stores are taken to hold it."""
    from netaudit.ingest import fingerprint  # noqa: PLC0415

    here = [path for path in paths if isinstance(path, Path)]
    return len(here) < len(paths) or fingerprint.is_beyond(here, fingerprint.CHUNK_BYTES)


def _read_texts_anew(store: Store, workers: int) -> None:
    from netaudit.cli._progress import Bar  # noqa: PLC0415
    from netaudit.ingest import pool, reread  # noqa: PLC0415

    if not any(reread.is_old(entry) for entry in store.manifest.sources):
        typer.echo("Every text in the archive was read by this version: nothing to do.")
        return
    with pool.local(workers, many_texts=True) as processes, Bar(processes) as bar:
        result = reread.run(store, processes.executor, bar)
    typer.echo(f"{result.n_texts:,} texts read anew.")
    for path in result.without_texts:
        typer.echo(
            f"netaudit: warning: {harmless(path)}: its texts were not kept; ingest it again to "
            "have them read by this version",
            err=True,
        )


def _warn(result: Result) -> None:
    for failure in result.failures:
        typer.echo(f"netaudit: {harmless(failure)}", err=True)
    for warning in (*result.notes, *(w for one in result.ingested for w in _warnings(one))):
        typer.echo(f"netaudit: warning: {harmless(warning)}", err=True)
    for note in (n for one in result.ingested for n in _notes(one)):
        typer.echo(f"netaudit: {harmless(note)}", err=True)


def _notes(one: Ingested) -> list[str]:
    """What the readers noted: absent, empty, bounded."""
    notes = [f"{path}: {note}" for path, note in one.notes]
    if one.n_notes > len(notes):
        notes.append(f"{one.path}: {one.n_notes - len(notes):,} more notes")
    return notes


def _warnings(one: Ingested) -> list[str]:
    notes = [
        f"{path}: the message at byte {offset:,} is cut or too large; "
        "it is kept by its headers and what there is of it"
        for path, offset in one.cut
    ]
    if one.n_cut > len(one.cut):
        notes.append(f"{one.path}: {one.n_cut - len(one.cut):,} more messages are cut or too large")
    if one.earlier:
        notes.append(
            f"{one.path}: an earlier content of this path held what it no longer holds; both are "
            f"kept (`netaudit drop {one.earlier[0]}` takes the earlier one out)"
        )
    return notes


def _print(result: Result, store: Store, settings: Settings) -> None:
    from netaudit.cli._owner import found_owner, in_words  # noqa: PLC0415
    from netaudit.cli.status import overview  # noqa: PLC0415
    from netaudit.ingest import State  # noqa: PLC0415

    for one in result.ingested:
        how = one.state.value
        if one.copy_of:
            how = f"already in the archive as {one.copy_of}; all of it counts as duplicate"
        typer.echo(f"{harmless(one.path)}: {harmless(how)}")
    typer.echo()
    typer.echo(overview(store))
    if all(one.state is State.UNCHANGED for one in result.ingested):
        return
    if store.accounting()["kept"] <= MAX_FOR_OWNER:
        typer.echo(in_words(found_owner(store, settings)))
    else:
        typer.echo("`netaudit status` tells whom the archive is taken to belong to.")
