"""What reading a text costs: processor time of one message of a person, part by part.

Usage: python benchmarks/text_cost.py [--mail FOLDER] [--messages N] [--passes N]

Real mailboxes are read, and the texts of messages drawn from them at random are timed one by one
on one core, beside texts made to be slow, whose time must grow with their length alone. All are
read several times, each time with nothing remembered of texts, and a message's lowest time counts:
other work on the machine only ever adds to it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from netaudit import minhash, sources, text
from netaudit.model import Message
from netaudit.text import acts, signatures
from netaudit.text import words as lexicon

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "enron"
HOSTILE = ("a ", "(", ">", "> ", "On ", "\n", "@", "please if you ", "?", "é")
WARM = 300
"""Messages that are read before the clock counts: lists and models are loaded."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mail", type=Path, default=SHARED)
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--passes", type=int, default=5)
    given = parser.parse_args()
    paths = sorted(given.mail.glob("*.mbox*"))
    if not paths:
        sys.exit(f"{given.mail}: no mailboxes are here; name a folder of some with --mail")
    messages = [message for path in paths for message in people_of(path)]
    random.Random(0).shuffle(messages)  # noqa: S311
    report(messages[: given.messages], given.passes)
    for seed in HOSTILE:
        print(hostile(seed))


def hostile(seed: str) -> str:
    """A line on a text that repeats a few characters: ten times as long, ten times the time."""
    short, long = (seed * (n // len(seed)) for n in (10**5, 10**6))
    taken = [clocked(partial(text.read, body)) / 1e3 for body in (short, long)]
    return f"hostile {seed!r:18} 100 kB {taken[0]:8.1f} ms   1 MB {taken[1]:8.1f} ms"


def people_of(path: Path) -> list[Message]:
    """The messages of a mailbox whose bodies are read."""
    source = sources.recognise(path)
    units = [] if source is None else list(source.units(path))
    return [
        record
        for unit in units
        for record in sources.by_name(unit.source).read(unit)
        if isinstance(record, Message) and record.body is not None
    ]


def report(messages: list[Message], passes: int) -> None:
    """Median, mean and 95th percentile of each part and of the whole, in microseconds."""
    parts: dict[str, dict[int, float]] = {}
    for _ in range(passes):
        for at, message in enumerate(messages):
            for step, run in steps(message).items():
                forget()
                taken = clocked(run)
                if at >= WARM:
                    lowest = parts.setdefault(step, {})
                    lowest[at] = min(taken, lowest.get(at, taken))
    print(f"{max(0, len(messages) - WARM):,} messages of people; processor time, microseconds")
    print(f"{'':18}{'median':>8}{'mean':>8}{'p95':>8}   (whole: at most 150 wanted)")
    for step, lowest in parts.items():
        times = list(lowest.values())
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{step:18}{statistics.median(times):8.0f}{statistics.mean(times):8.0f}{p95:8.0f}")


def forget() -> None:
    """Empty what is remembered of texts that were read."""
    for function in (acts.of_sentence, signatures.kind_of_line, signatures.name_tokens):
        function.cache_clear()


def steps(message: Message) -> dict[str, Callable[[], object]]:
    """What is timed of a message, by name; sentences that were read before count as new."""
    body, subject = message.body or "", message.subject
    name, address = message.from_name, message.from_address
    new = text.new_text(body, name, address)
    tokens = lexicon.tokens(new)
    told = text.language(new, tokens)
    return {
        "new text": lambda: text.new_text(body, name, address),
        "words": lambda: lexicon.tokens(new),
        "language": lambda: text.language(new, tokens),
        "acts": lambda: acts.acts(new, told),
        "topic and tone": lambda: (lexicon.topic(tokens, told), lexicon.tone(tokens, told)),
        "near-duplicates": lambda: minhash.signature(new),
        "whole": lambda: text.read(body, subject, sender_name=name, sender_address=address),
    }


def clocked(run: Callable[[], object]) -> float:
    """Processor time of one call, in microseconds."""
    start = time.process_time_ns()
    run()
    return (time.process_time_ns() - start) / 1e3


if __name__ == "__main__":
    main()
