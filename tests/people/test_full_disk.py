"""A disk that is full at any write leaves the old or the new decisions, and says so in a line."""

import os
from pathlib import Path

import pytest
from tests.full_disk import Full

from netaudit.archive import files
from netaudit.errors import UserError
from netaudit.people import decision_file
from netaudit.people.decisions import tagged


@pytest.mark.parametrize("call", ["open", "fdopen", "fsync", "replace"])
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    old = decision_file.apply(tmp_path, tagged("ann@example.org", ["client"]))
    change = tagged("ben@example.org", ["mentor"])
    new = change.done(old)
    for n in range(20):
        with monkeypatch.context() as patch:
            patch.setattr(files.os, call, Full(n, getattr(os, call)))
            try:
                decision_file.apply(tmp_path, change)
            except UserError as error:
                assert "disk is full" in str(error)  # noqa: PT017
            else:
                break
        assert decision_file.load(tmp_path) in (old, new)
        assert not list(tmp_path.glob("*.tmp"))
    assert n > 1
    assert decision_file.load(tmp_path) == new
