"""Unpacking gzip: the same bytes as the standard library's, and no fewer before a fault."""

import gzip
import io
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.sources import _gunzip
from netaudit.sources._gunzip import Gunzip

FAULTS = (EOFError, OSError, zlib.error)


def read(stream, size):
    """All that a stream hands out before its end or fault, and whether it ended well."""
    found = b""
    try:
        while block := stream.read1(size):
            assert len(block) <= size
            found += block
    except FAULTS:
        return found, False
    return found, True


def packed(seed, size):
    text = random.Random(seed).choices(b"ab\n ", k=size)
    return gzip.compress(bytes(text), 6, mtime=0)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    monkeypatch.setattr(_gunzip, "PACKED_BYTES", 97)


@given(st.lists(st.binary(max_size=2_000), min_size=1, max_size=4), st.integers(1, 900),
       st.integers(0, 3))  # fmt: skip
def test_members_after_each_other_are_one_text(parts, size, zeros):
    data = b"".join(gzip.compress(part) + b"\0" * zeros for part in parts)
    assert read(Gunzip(io.BytesIO(data)), size) == (b"".join(parts), True)


@given(st.integers(0, 5_000), st.integers(1, 4_000))
def test_a_cut_file_gives_all_that_can_be_unpacked(size, cut):
    data = packed(1, size)[:cut]
    expected = zlib.decompressobj(31).decompress(data)
    found, ended = read(Gunzip(io.BytesIO(data)), 500)
    assert found == expected
    assert ended == (cut >= len(packed(1, size)))


@given(st.integers(18, 1_400), st.integers(1, 255))
def test_a_damaged_file_gives_what_stands_before_the_damage(place, flip):
    data = bytearray(packed(2, 5_000))
    data[place % len(data)] ^= flip
    by_library, _ = read(gzip.GzipFile(fileobj=io.BytesIO(bytes(data))), 1)
    found, _ = read(Gunzip(io.BytesIO(bytes(data))), 500)
    assert found.startswith(by_library)


def test_what_is_no_gzip_after_a_member_is_a_fault():
    found, ended = read(Gunzip(io.BytesIO(packed(3, 900) + b"From a@b.example")), 400)
    assert (len(found), ended) == (900, False)
