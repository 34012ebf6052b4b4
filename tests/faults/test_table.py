"""The table of docs/reliability.md names every class and only tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
TABLE = TEXT.partition("## The classes of faults")[2].partition("\n## ")[0]


def test_every_class_has_a_row_with_a_test() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\|(.*)\|$", TABLE, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 47))
    assert all("::test_" in shown for _, shown in rows)


def test_every_named_test_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TABLE)
    assert len(named) > 46
    for path, test in named:
        assert re.search(rf"^def {test}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), test
