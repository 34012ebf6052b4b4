"""The page as text: complete, safe, the same every time, small enough."""

import dataclasses
import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from markupsafe import escape
from tests import fictional

from netaudit.page import Earlier, render
from netaudit.page.assets import assets
from netaudit.page.words import Clock

SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL)
VOID = {"meta", "rect", "br", "input", "img", "link", "hr"}


class Tree(HTMLParser):
    """Element names, attributes and balance."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.wrong = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def page(hostile=False, earlier=None, **changes):
    audit = dataclasses.replace(fictional.audit(hostile), **changes)
    return render(audit, fictional.ACCOUNTING, earlier or Earlier())


@pytest.fixture(scope="module")
def plain():
    return page()


@pytest.fixture(scope="module")
def hostile():
    return page(hostile=True)


def test_well_formed_and_ids_are_unique(plain):
    tree = Tree(plain)
    assert not tree.wrong
    assert not tree.open
    ids = [attrs["id"] for _, attrs in tree.seen if attrs.get("id")]
    assert len(ids) == len(set(ids))


def test_every_link_leads_somewhere_on_the_page(plain):
    tree = Tree(plain)
    ids = {attrs.get("id") for _, attrs in tree.seen}
    links = [attrs["href"] for tag, attrs in tree.seen if "href" in attrs]
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)


def test_a_section_for_every_pattern_with_its_texts(plain):
    for pattern in fictional.audit().patterns:
        assert f'<section id="{pattern.NAME}"' in plain
        assert escape(pattern.MEANING) in plain
        assert escape(pattern.MAY_BE_WRONG) in plain
        for field in dataclasses.fields(pattern):
            assert f"patterns.{pattern.NAME}.{field.name}" in plain


def test_evidence_stands_beside_the_finding(plain):
    cards = plain.split('<details class="card">')[1:]
    lee = next(card for card in cards if '<bdi class="name">Lee Chang-min' in card)
    assert "64 from you, 9 to you" in lee
    assert "with 90% certainty between" in lee
    assert lee.count("<tr><td>") == 12
    assert "from you</td>" in lee


def test_nothing_of_a_stranger_becomes_markup(hostile, plain):
    without = SCRIPT.sub("", hostile)
    assert "<img" not in without
    assert "onload" not in re.sub(r">[^<]*<", "><", without)
    assert "<svg/onload" not in hostile
    assert not Tree(hostile).wrong
    assert hostile.count("<script") == plain.count("<script")


def test_data_of_the_table_cannot_end_its_element(hostile):
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', hostile, re.DOTALL)[1]
    assert not re.search("[<>&\u2028\u2029]", data)
    rows = json.loads(data)
    names = [row[0] for row in rows["people"]]
    assert "</script><svg/onload=alert(2)>" in names
    assert not any("\u202e" in name for name in names)


def test_policy_names_style_and_script_by_digest_alone(plain):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', plain)[1]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]*\sstyle=", SCRIPT.sub("", plain))
    assert not re.search(r"https?://(?!www\.w3\.org/)", SCRIPT.sub("", plain))


def test_script_holds_no_closing_tag():
    assert "</script" not in assets().script.lower()
    assert assets() is assets()


def test_same_page_every_time(plain):
    assert page() == plain


def test_no_date_but_those_of_the_archive(plain):
    years = {
        int(year)
        for year in re.findall(
            r"\b(20\d\d)\b", re.sub(r"<(style|script)\b.*?</\1>", "", plain, flags=re.DOTALL)
        )
    }
    assert max(years) == 2026


def test_comparisons_appear_where_the_history_reaches(plain):
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    text = page(earlier=Earlier(quarter=before))
    assert "What changed" in text
    assert "Sofia Marchetti" in text.split("Newly quiet")[1].split("Revived")[0]
    assert "What changed" not in plain


def test_an_empty_archive_still_makes_a_page():
    audit = fictional.audit()
    past = dataclasses.replace(
        audit.history, interactions=audit.history.interactions.iloc[:0],
        messages=audit.history.messages.iloc[:0],
    )  # fmt: skip
    text = page(
        relationships=audit.relationships.iloc[:0], findings=audit.findings.iloc[:0],
        blasts=audit.blasts.iloc[:0], history=past, given_graph=audit.graph.subgraph([]).copy(),
    )  # fmt: skip
    assert "Nobody asks for your attention" in text
    assert not Tree(text).wrong


@pytest.mark.slow
def test_a_thousand_people_stay_under_five_megabytes():
    audit = fictional.audit(extra=950)
    assert len(audit.relationships) >= 1000
    text = render(audit, fictional.ACCOUNTING, Earlier())
    assert len(text.encode()) < 5_000_000


def test_times_are_shown_in_the_readers_zone():
    settings = fictional.audit().settings
    there = dataclasses.replace(settings.report, timezone="Pacific/Kiritimati")
    clock = Clock.of(dataclasses.replace(settings, report=there))
    assert clock.moment(pd.Timestamp("2026-09-30T12:30:00Z")) == "1 Oct 2026, 02:30"
    assert clock.day(pd.NaT) == ""
