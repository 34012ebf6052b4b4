"""Names and subjects of strangers, made fit to be shown."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.shown import legal, one_line, shorten


@given(st.text())
def test_legal_text_is_well_formed_in_xml(text):
    ET.fromstring(f"<a>{legal(text).replace('&', '').replace('<', '')}</a>".encode())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\x00c", "a b c"),
        ("Ann \u202egnp.exe", "Ann \ufffdgnp.exe"),
        ("\ud800x\x1b[2J", "x[2J"),
        (None, ""),
        (float("nan"), ""),
        ("王小明", "王小明"),
    ],
)
def test_one_line(text, shown):
    assert one_line(text) == shown


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_one_line_is_the_same_beside_what_has_to_be_taken_out(text):
    """Plain ASCII takes a shorter way than a text with a control character in it."""
    assert one_line(text) == one_line(f"{text}\x01")


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short", 10, "short"),
        ("Anneliese Maria Brockmann", 20, "Anneliese Maria…"),
        ("x" * 30, 10, "x" * 9 + "…"),
    ],
)
def test_shorten(text, width, shown):
    assert shorten(text, width) == shown
    assert len(shorten(text, width)) <= width
