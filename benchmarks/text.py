"""How well messages are read, on labelled texts of others, beside baselines.

Usage: python benchmarks/text.py [--labels labels.tar.xz] [--mail FOLDER]

The labels are unpacked into a temporary folder; nothing of them is kept or printed. Where a part of
a set was looked at while the rules were written, the other part is a row of its own.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import re
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import numpy as np
import quotequail
import train_asks

from netaudit.text import acts, asks, complaints, new_text, quotes, signatures
from netaudit.text import words as lexicon
from netaudit.text.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
OWN_LABELS = Path(__file__).with_name("labels") / "enron_asks.csv"
_HEADER = re.compile(rb"(?:^|\n)From [^\n]*\n(?=[A-Za-z-]+:)")


class Row(NamedTuple):
    """One line of the table."""

    task: str
    data: str
    measured: str
    reach: str
    baseline: str


class Score(NamedTuple):
    """Precision and recall of yes-or-no answers."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)

    def __str__(self) -> str:
        return f"P {self.precision:.2f} R {self.recall:.2f}"


def score(said: list[bool], true: list[bool]) -> Score:
    """Precision and recall."""
    both = sum(s and t for s, t in zip(said, true, strict=True))
    return Score(both / (sum(said) or 1), both / (sum(true) or 1))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--labels", type=Path, default=SHARED / "labels" / "labels.tar.xz")
    parser.add_argument("--mail", type=Path, default=SHARED / "enron")
    given = parser.parse_args()
    if not given.labels.exists():
        sys.exit(f"{given.labels}: the labelled texts are not here; name them with --labels")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(given.labels) as archive:
            archive.extractall(folder, filter="data")
        labels = Path(folder) / "labels"
        rows = [*new_texts(labels), *signature_lines(labels), *asks_of_parakweet(labels)]
        rows += [*personal(labels), *complaining(labels)]
    rows += asks_of_own_labels(given.mail)
    widths = [
        max(len(column) for column in columns) for columns in zip(Row._fields, *rows, strict=True)
    ]
    for row in (Row._fields, *rows):
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


# --- new text ------------------------------------------------------------------------------------


def new_texts(labels: Path) -> Iterator[Row]:
    """Exact new text: everything above the first quoted header."""
    reach = {"Enron/annotated_all": (".96", ".94; .96 with quotequail"), "ASF": (".90", ".82; .87")}
    for part, (target, baseline) in reach.items():
        for splits in (("train",), ("test", "eval")):
            cases = list(_quagga(labels / "quagga" / part, splits, inline=part != "ASF"))
            own = _share(cases, lambda text: " ".join(quotes.written(text).lead))
            quail = _share(cases, _quotequail)
            note = "seen" if splits == ("train",) else "unseen"
            measured = f"{own:.3f} (quotequail alone {quail:.3f})"
            yield Row(
                "new text, exact",
                f"quagga {part} {note} n={len(cases)}",
                measured,
                target,
                baseline,
            )


def _quagga(folder: Path, splits: tuple[str, ...], *, inline: bool) -> Iterator[tuple[str, str]]:
    for split in splits:
        for path in sorted((folder / split).glob("*.ann")):
            try:
                mail = json.loads(path.read_text("utf-8"))
            except ValueError:
                continue
            heads = [each["start"] for each in mail["denotations"] if each["type"] == "Header"]
            first = min(heads, default=len(mail["text"]))
            if first or inline:
                yield mail["text"], mail["text"][:first]


def _share(cases: list[tuple[str, str]], read: Callable[[str], str]) -> float:
    return sum(read(text).split() == true.split() for text, true in cases) / len(cases)


def _quotequail(text: str) -> str:
    expanded, first = quotequail.quote(text, quote_intro_line=True)[0]
    return str(first) if expanded else ""


# --- signatures ----------------------------------------------------------------------------------


def signature_lines(labels: Path) -> Iterator[Row]:
    """Lines of signatures."""
    said: list[bool] = []
    true: list[bool] = []
    for path in sorted((labels / "forge_signatures").glob("*/*_body")):
        sender = path.with_name(path.name.replace("_body", "_sender")).read_text("utf-8", "replace")
        lines = [
            line
            for line in path.read_text("utf-8", "replace").split("\n")
            if not line.startswith("#reply#")
        ]
        name, address = parseaddr(sender.replace("[mailto:", "<").replace("]", ">"))
        plain = [line.removeprefix("#sig#") for line in lines]
        start = signatures.signature_start(plain, signatures.name_tokens(name or sender, address))
        for at, line in enumerate(lines):
            if plain[at].strip():
                said.append(at >= start)
                true.append(line.startswith("#sig#"))
    found = score(said, true)
    yield Row("signature lines", "forge", f"F1 {found.f1:.2f} ({found})", "F1 .85", "F1 .76")


# --- asks ----------------------------------------------------------------------------------------


def _is_ask(sentence: str) -> bool:
    return any(act == "ask" for act, _, _ in acts.of_sentence(sentence, "en"))


def asks_of_parakweet(labels: Path) -> Iterator[Row]:
    """Asks by a model that has not seen the sentence (five folds), alone and with the rules.

    The labels count offers and formulas of courtesy as asks, the rules leave them out.
    """
    texts, asked = train_asks.read(labels / "parakweet" / "train.txt")
    probability = train_asks.cross_validated(train_asks.prepared(texts)[0], asked)
    unseen = {tuple(asks.words(text)): each for text, each in zip(texts, probability, strict=True)}
    with mock.patch.object(asks, "probability", lambda tokens: unseen.get(tuple(tokens), 0.0)):
        acts.of_sentence.cache_clear()
        with_rules = np.array([_is_ask(text) for text in texts])
    acts.of_sentence.cache_clear()
    for name, said in (("the model", probability >= acts.MIN_ASK), ("with rules", with_rules)):
        yield Row(
            "ask, per sentence",
            f"Parakweet, {name}, 5-fold n={len(texts)}",
            str(Score(*train_asks.natural(said, asked))),
            "P .80 at R .70",
            "rules P .79 R .60; TF-IDF P .66 R .81",
        )


def asks_of_own_labels(folder: Path) -> list[Row]:
    """Asks among 300 sentences of five mailboxes, labelled by this project's authors."""
    with OWN_LABELS.open(encoding="utf-8", newline="") as file:
        wanted = {
            (row["message_id"], row["sentence_sha256"]): row["ask"] == "1"
            for row in csv.DictReader(file)
        }
    ids = {message_id for message_id, _ in wanted}
    said: list[bool] = []
    true: list[bool] = []
    for path in sorted(folder.glob("*.mbox.gz")):
        for message_id, text in _messages(path, ids):
            for sentence in sentences(text):
                digest = hashlib.sha256(sentence.text.encode()).hexdigest()[:16]
                if (message_id, digest) in wanted:
                    said.append(_is_ask(sentence.text))
                    true.append(wanted.pop((message_id, digest)))
    found = score(said, true)
    name = f"Enron, own labels n={len(true)}"
    return [Row("ask, per sentence", name, str(found), "P .70 at R .60", "")]


def _messages(path: Path, ids: set[str]) -> Iterator[tuple[str, str]]:
    for part in _HEADER.split(gzip.decompress(path.read_bytes())):
        mail = message_from_bytes(part)
        message_id = str(mail.get("Message-ID", "")).strip("<> \n")
        if message_id in ids and not mail.is_multipart():
            body = mail.get_payload(decode=True)
            text = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
            sender = parseaddr(str(mail.get("From", "")))[1].lower()
            yield message_id, new_text(text, str(mail.get("X-From", "")), sender)


def _half(text: str) -> int:
    """0 or 1, by a hash of the text; complaints of half 0 were read while the cues were made."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % 2


# --- topic and tone ------------------------------------------------------------------------------


def personal(labels: Path) -> Iterator[Row]:
    """Personal mail (categories 1.2 and 1.3) against the rest, by the first coarse genre."""
    said: list[bool] = []
    narrow: list[bool] = []
    wide: list[bool] = []
    for path in sorted((labels / "enron_with_categories").glob("*/*.txt")):
        genres = {
            line.split(",")[1]
            for line in path.with_suffix(".cats").read_text("utf-8").splitlines()
            if line.startswith("1,")
        }
        mail = message_from_bytes(path.read_bytes())
        body = mail.get_payload(decode=True)
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
        topic = lexicon.topic(lexicon.tokens(f"{mail.get('Subject', '')}\n{text}"), "en")
        said.append(topic is not None and topic.personal >= 0.5)
        narrow.append("2" in genres)
        wide.append(bool(genres & {"2", "3"}))
    for name, true in (("1.2", narrow), ("1.2 and 1.3", wide)):
        data = f"Berkeley {name} n={sum(true)}/{len(true)}"
        yield Row("personal", data, str(score(said, true)), "P .85 at R .50", "TF-IDF P .82 R .37")


def complaining(labels: Path) -> Iterator[Row]:
    """Complaints among tweets."""
    with (labels / "complaints_2019" / "complaints.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 2 and row[2] in ("0", "1")]
    for part, name in ((0, "seen"), (1, "unseen")):
        some = [r for r in rows if _half(r[1]) == part]
        said = [complaints.complaint(row[1], "en") is not None for row in some]
        yield Row(
            "complaint",
            f"complaints_2019 {name} n={len(some)}",
            str(score(said, [row[2] == "1" for row in some])),
            "P .75 at R .60",
            "VADER P .58 R .42; TF-IDF P .71 R .62",
        )


if __name__ == "__main__":
    main()
