"""Regular expressions: none can take exponential time; `make torture` measures how each grows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.faults.patterns import applied, collected, hostile

MAX = re._constants.MAXREPEAT  # type: ignore[attr-defined]
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def ambiguous(pattern: str | bytes, flags: int = 0) -> bool:
    """Whether an unlimited repeat holds nothing but another one: `(a+)+`, `(a*)*`, `(a|b+)*x`.

    Such a repeat can be cut up in exponentially many ways when what follows does not match.
    """
    parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    return _search(list(parsed), inside=False, is_last=True)


def _search(items: list[Any], *, inside: bool, is_last: bool) -> bool:
    for number, (kind, value) in enumerate(items):
        last = is_last and number == len(items) - 1
        if str(kind) in REPEATS:
            _, high, body = value
            unlimited = high == MAX
            if unlimited and inside and len(items) == 1:
                return True
            # At the very end nothing can fail after a repeat, so that it is never cut up anew.
            within = unlimited and not last
            if _search(list(body), inside=within, is_last=last and not unlimited):
                return True
        elif str(kind) == "SUBPATTERN":
            if _search(list(value[3]), inside=inside and len(items) == 1, is_last=last):
                return True
        elif str(kind) == "BRANCH":
            alone = inside and len(items) == 1
            if any(_search(list(branch), inside=alone, is_last=last) for branch in value[1]):
                return True
    return False


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:a|b+)*c", r"((\w*)*)x", rb"(?:[^x]+|y)*z"])
def test_the_check_sees_what_it_looks_for(pattern):
    assert ambiguous(pattern)


@pytest.mark.parametrize("pattern", [r"(?:ab+)*c", r"a+b+", r'"(?:[^"\\]|\\.)*"', r"(?:a+|b)+"])
def test_the_check_lets_others_pass(pattern):
    assert not ambiguous(pattern)


def test_no_pattern_is_ambiguous():
    found = collected()
    assert len(found) > 100
    assert [name for name, p in found.items() if ambiguous(p.pattern, p.flags)] == []


def test_every_pattern_on_hostile_texts():
    texts = [text for _, text in hostile(120)]
    for pattern in collected().values():
        for text in texts:
            applied(pattern, text)
