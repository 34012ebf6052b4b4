"""Where the time of an ingest goes: microseconds of processor time a message, by stage.

Usage: python benchmarks/stages.py MBOX

In one process, each stage by itself: the first half of the messages warms what is remembered, the
second half is timed, so that new texts are new. Text stages count people's messages alone. Together
the stages take more than the sum of them: each finds the processor's caches full of the others'.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from netaudit import minhash, text
from netaudit.archive import PartWriter
from netaudit.archive.files import Folder
from netaudit.chararrays import Texts
from netaudit.ingest import fingerprint
from netaudit.ingest.worker import TOGETHER
from netaudit.mail import parse
from netaudit.mail.parse import Place
from netaudit.mail.split import Piece, Splitter
from netaudit.model import Message
from netaudit.text import acts, many

S = TypeVar("S")
T = TypeVar("T")


def timed(name: str, items: Sequence[S], work: Callable[[Sequence[S]], Sequence[T]]) -> list[T]:
    """Run a stage on the first half of its items, then on the others; print their share each."""
    half = len(items) // 2
    first = list(work(items[:half]))
    start = time.process_time()
    rest = work(items[half:])
    spent = time.process_time() - start
    print(f"| {name} | {spent / max(len(rest), 1) * 1e6:,.0f} |")
    return [*first, *rest]


def per_message(name: str, count: int, work: Callable[[], object]) -> None:
    """Run a stage that takes the file as a whole, and print its share a message."""
    start = time.process_time()
    work()
    print(f"| {name} | {(time.process_time() - start) / max(count, 1) * 1e6:,.0f} |")


def pieces(path: Path) -> list[Piece]:
    """The messages of a file, not parsed."""
    with path.open("rb", buffering=0) as file:
        return list(Splitter(file))


def parsed(path: Path, found: Sequence[Piece], *, bodies: bool) -> list[Message]:
    """The messages of the pieces."""
    place = Place("mbox", str(path), (), read_bodies=bodies)
    return [message for piece in found if (message := parse.read(piece, place))]


def write(path: Path, messages: Sequence[Message]) -> Sequence[Message]:
    """Messages as parts of an archive, in a folder that goes again."""
    with tempfile.TemporaryDirectory() as folder:
        writer = PartWriter(Folder(Path(folder)), str(path))
        for message in messages:
            writer.message(message)
        writer.flush()
    return messages


def together(items: Sequence[S], work: Callable[[Sequence[S]], Sequence[T]]) -> list[T]:
    """What a stage makes of its items, as many at once as ingest takes."""
    parts = (items[at : at + TOGETHER] for at in range(0, len(items), TOGETHER))
    return [made for part in parts for made in work(part)]


def read_text(messages: Sequence[Message]) -> list[text.Reading]:
    """The text stage of ingest."""
    asked = [text.Message(m.body or "", m.subject, m.from_name, m.from_address) for m in messages]
    return together(asked, text.read_many)


def signatures(read: Sequence[text.Reading]) -> list[str | None]:
    """The signatures of new texts that are ASCII."""
    plain = [one.text for one in read if one.text.isascii()]
    return together(plain, lambda some: minhash.signatures(Texts(some)))


def traits(read: Sequence[text.Reading]) -> list[float | None]:
    """Language, topic and tone of new texts that are ASCII, their subjects left out."""
    none = many.listed(Texts([]))

    def of(some: Sequence[str]) -> list[float | None]:
        found = many.listed(Texts(some))
        told = many.told(some, found)
        many.topics(found, none, told)
        return many.tones(found, told)

    return together([one.text for one in read if one.text.isascii()], of)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mbox", type=Path)
    path = parser.parse_args().mbox
    found = pieces(path)
    count = len(found)
    print(f"{path.name}: {count:,} messages, {path.stat().st_size / 1e6:,.0f} MB")
    print("| stage | µs a message |\n|---|---|")
    per_message("fingerprint (SHA-256 of every byte)", count, lambda: fingerprint.of(path))
    per_message("read and split", count, lambda: pieces(path))
    messages = timed("headers", found, lambda some: parsed(path, some, bodies=False))
    timed("write Parquet parts", messages, lambda some: write(path, some))
    messages = timed("headers and bodies", found, lambda some: parsed(path, some, bodies=True))
    people = [message for message in messages if message.body is not None]
    read = timed("text, whole stage", people, read_text)
    timed(
        "… new text",
        people,
        lambda some: [text.new_text(m.body or "", m.from_name, m.from_address) for m in some],
    )
    timed("… language, topic, tone", read, traits)
    timed("… signature", read, signatures)
    acts.of_sentence.cache_clear()
    timed("… acts", read, lambda some: [acts.acts(one.text, one.language) for one in some])
    print(f"\n{len(people):,} messages of people")


if __name__ == "__main__":
    main()
