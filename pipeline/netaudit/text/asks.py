"""How likely an English sentence is to ask its reader for something: a small linear model.

Logistic regression on the presence of words and runs of two and three words, with marks for the
start and the end of the sentence. benchmarks/train_asks.py made its weights (asks.json) from the
e-mail sentences of Parakweet's intent data (Apache-2.0); docs/methods.md has its figures.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from math import exp

from netaudit import bytetable

MAX_WORDS = 40
"""Words of a sentence that are read."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!:]")
_MARKS = "?!:"
_KEPT = bytetable.table("abcdefghijklmnopqrstuvwxyz'" + _MARKS, {"0123456789": "0"})


def words(sentence: str) -> list[str]:
    """The words of a sentence, lower case; a number is `0`."""
    return words_of(sentence.lower().replace("’", "'"))


def words_of(lower: str) -> list[str]:
    """`words` of a sentence in lower case whose apostrophes are plain."""
    if not lower.isascii():
        return _cut(_WORD.findall(lower))
    spaced = bytetable.spaced(lower, _KEPT)
    for mark in _MARKS:
        if mark in spaced:
            spaced = spaced.replace(mark, f" {mark} ")
    pieces = spaced.split()
    if "0" not in spaced and "'" not in spaced:
        return pieces[:MAX_WORDS]
    found: list[str] = []
    for piece in pieces:
        if "0" in piece or "'" in piece:
            found += _WORD.findall(piece)
        else:
            found.append(piece)
    return _cut(found)


def _cut(found: list[str]) -> list[str]:
    return ["0" if word[0].isdigit() else word for word in found[:MAX_WORDS]]


def features(tokens: list[str]) -> list[str]:
    """Runs of one to three words; `^` and `$` mark the sentence's ends, a run counts once."""
    marked = ["^", *tokens, "$"]
    runs = [" ".join(marked[at : at + n]) for n in (2, 3) for at in range(len(marked) - n + 1)]
    return tokens + runs


def probability(tokens: list[str]) -> float:
    """The probability that the sentence asks its reader for something, in [0, 1].

    Args:
        tokens: `words` of the sentence.
    """
    bias, tree = _model()
    marked = ["^", *tokens, "$", "", ""]
    held: dict[_Node, float] = {}
    for at, one in enumerate(map(tree.get, marked)):
        if one is not None:
            held[one] = one.weight
            two = one.then.get(marked[at + 1])
            if two is not None:
                held[two] = two.weight
                three = two.then.get(marked[at + 2])
                if three is not None:
                    held[three] = three.weight
    return 1 / (1 + exp(-sum(held.values(), bias)))


class _Node:
    """A word after the words above it in the tree: its weight, and what follows."""

    __slots__ = ("then", "weight")

    def __init__(self) -> None:
        self.weight = 0.0
        self.then: dict[str, _Node] = {}


@cache
def _model() -> tuple[float, dict[str, _Node]]:
    """The bias and the tree of runs of words."""
    content = json.loads(files("netaudit.text").joinpath("asks.json").read_text("utf-8"))
    root = _Node()
    for run, weight in content["weights"].items():
        node = root
        for word in run.split(" "):
            node = node.then.setdefault(word, _Node())
        node.weight = weight
    return float(content["bias"]), root.then
