"""Where the time of an ingest goes: microseconds of processor time a message, by stage.

Usage: python benchmarks/stages.py MBOX

In one process, each stage on all messages by itself; text stages count people's messages alone.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from netaudit import minhash, text
from netaudit.archive import PartWriter
from netaudit.archive.files import Folder
from netaudit.ingest import fingerprint
from netaudit.mail import parse
from netaudit.mail.parse import Place
from netaudit.mail.split import Piece, Splitter
from netaudit.model import Message
from netaudit.text import acts
from netaudit.text import words as lexicon

T = TypeVar("T")


def timed(name: str, count: int, work: Callable[[], T]) -> T:
    """Run a stage twice, the second time with warm caches, and print its share a message."""
    work()
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    print(f"| {name} | {spent / max(count, 1) * 1e6:,.0f} |")
    return result


def pieces(path: Path) -> list[Piece]:
    """The messages of a file, not parsed."""
    with path.open("rb", buffering=0) as file:
        return list(Splitter(file))


def parsed(path: Path, found: list[Piece], *, bodies: bool) -> list[Message]:
    """The messages of the pieces."""
    place = Place("mbox", str(path), (), read_bodies=bodies)
    return [message for piece in found if (message := parse.read(piece, place))]


def write(path: Path, messages: list[Message]) -> None:
    """Messages as parts of an archive, in a folder that goes again."""
    with tempfile.TemporaryDirectory() as folder:
        writer = PartWriter(Folder(Path(folder)), str(path))
        for message in messages:
            writer.message(message)
        writer.flush()


def read_text(message: Message) -> text.Reading:
    """The text stage of ingest."""
    return text.read(
        message.body or "",
        message.subject,
        sender_name=message.from_name,
        sender_address=message.from_address,
    )


def median_text(people: list[Message]) -> float:
    """Median microseconds of the text stage."""
    spent = []
    for message in people:
        start = time.process_time_ns()
        read_text(message)
        spent.append((time.process_time_ns() - start) / 1000)
    return statistics.median(spent) if spent else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mbox", type=Path)
    path = parser.parse_args().mbox
    found = pieces(path)
    count = len(found)
    print(f"{path.name}: {count:,} messages, {path.stat().st_size / 1e6:,.0f} MB")
    print("| stage | µs a message |\n|---|---|")
    timed("fingerprint (SHA-256 of every byte)", count, lambda: fingerprint.of(path))
    timed("read and split", count, lambda: pieces(path))
    messages = timed("headers", count, lambda: parsed(path, found, bodies=False))
    timed("write Parquet parts", count, lambda: write(path, messages))
    messages = timed("headers and bodies", count, lambda: parsed(path, found, bodies=True))
    people = [message for message in messages if message.body is not None]
    read = timed("text, whole stage", len(people), lambda: [*map(read_text, people)])
    timed(
        "… new text",
        len(people),
        lambda: [text.new_text(m.body or "", m.from_name, m.from_address) for m in people],
    )
    timed("… language", len(people), lambda: [text.language(one.text) for one in read])
    timed("… words", len(people), lambda: [lexicon.tokens(one.text) for one in read])
    timed("… signature", len(people), lambda: [minhash.signature(one.text) for one in read])
    timed("… acts", len(people), lambda: [acts.acts(one.text, one.language) for one in read])
    print(
        f"\n{len(people):,} messages of people; text stage, median: {median_text(people):,.0f} µs"
    )


if __name__ == "__main__":
    main()
