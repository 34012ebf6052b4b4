"""Charts of single patterns: what was found, counted as the findings count it."""

import dataclasses
import xml.etree.ElementTree as ET
from functools import cache
from io import BytesIO

import matplotlib as mpl
import pandas as pd
import pytest
from tests import fictional
from tests.acts import OWNER, conversation

from netaudit import charts, patterns
from netaudit.charts import CHARTS, figure, rows
from netaudit.charts.style import applied
from netaudit.model import FINDINGS, POSTS

mpl.use("Agg")
BY_NAME = {chart.name: chart for chart in CHARTS}
ADA, JON, MARA = "ada@brook.example", "jon@lind.example", "mara@hill.example"
FAVOURS = [
    "Could you introduce me to your head of research?",
    "Would you write me a letter of recommendation?",
    "Could you forward my resume to your manager?",
    "Can you refer me for the opening in your team?",
]
PRIVATE = (
    "The kids loved the birthday party and the dog ate the cake, what a fun weekend at the beach."
)
HOSTILE = {"ada": "$x_1$ and \\frac{", "jon": "_שירה לוי 🌿", "mara": "x" * 300}


def lives():
    """Jon is written to when needed, Ada gives, Mara talks in private."""
    needs = [
        (f"n{n}", f"{2021 + n // 2}-{3 + 6 * (n % 2):02}-05", OWNER, [JON], text)
        for n, text in enumerate(FAVOURS)
    ]
    links = [
        (f"g{n}", f"2022-0{n + 1}-20", ADA, [OWNER], f"{n}: thought you might find this useful.")
        for n in range(4)
    ]
    thanks = [("t", "2022-01-21", OWNER, [ADA], "That was a good read.")]
    private = [
        (f"p{n}", f"2022-01-{2 * n + 1:02}", *((MARA, [OWNER]) if n % 2 else (OWNER, [MARA])),
         PRIVATE)
        for n in range(10)
    ]  # fmt: skip
    return needs + links + thanks + private


@cache
def told_lives(hostile=False):
    return audit(*lives(), names=HOSTILE if hostile else None)


def audit(*given, names=None, **tables):
    """The audit of messages, with every finding that the patterns make of it."""
    history = conversation(*given, **tables)
    if names:
        told = history.people.assign(name=history.people["person_id"].map(names).fillna("You"))
        ties = history.relationships.assign(name=history.relationships["person_id"].map(names))
        history = dataclasses.replace(history, people=told, relationships=ties)
    rules = patterns.configured({})
    found = [rule(history, history.as_of) for rule in rules]
    findings = pd.concat([part for part in found if len(part)] or [FINDINGS.empty()])
    return dataclasses.replace(
        fictional.audit(), as_of=history.as_of, history=history, patterns=rules,
        relationships=history.relationships, findings=findings.reset_index(drop=True),
    )  # fmt: skip


@cache
def both_ways():
    """The owner asks of Jon, Ada of the owner."""
    needs = lives()[: len(FAVOURS)]
    asked = [(f"a{n}", f"2024-0{n + 1}-05", ADA, [OWNER], t) for n, t in enumerate(FAVOURS[:3])]
    return audit(*needs, ("0", "2023-12-01", OWNER, [ADA], "Hello."), *asked)


def title(name, told):
    return figure(BY_NAME[name], told).axes[0].get_title(loc="left").replace("\n", " ")


def words(name, told, width=8.4):
    file = BytesIO()
    with applied():
        figure(BY_NAME[name], told, width).savefig(file, format="svg")
    root = ET.fromstring(file.getvalue())
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_pattern_has_a_chart_or_a_view():
    from netaudit.page.render import VIEWS

    shown = {pattern for chart in CHARTS for pattern in chart.patterns} | set(VIEWS)
    assert shown == {pattern.NAME for pattern in patterns.classes()}


def test_transactional_tells_the_asks_of_the_side_found():
    told = told_lives()
    assert title("transactional", told) == (
        "Of 1 person you ask far more than you give; 4 asks and 0 gives to Jon"
    )
    told = both_ways()
    assert title("transactional", told) == (
        "Of 1 person you ask far more than you give, and 1 person asks far more of you; 4 asks and "
        "0 gives to Jon"
    )
    shown = words("transactional", told)
    assert shown.index("You, to them") < shown.index("Jon") < shown.index("They, to you")


def test_giving_tells_who_gives():
    told = told_lives()
    assert title("giving", told) == "1 person gives more to you; 4 gives and 0 asks from Ada"
    assert {"Ada", "gives", "asks", "4", "0"} <= set(words("giving", told))


def test_need_driven_counts_the_conversations_that_began_with_an_ask():
    told = told_lives()
    assert title("need_driven", told) == (
        "You write to Jon with an ask 4 of 4 times, mostly after 6 months of silence"
    )
    assert " 4 of 4" in words("need_driven", told)


def test_personal_only_tells_how_rarely_work_comes_up():
    told = told_lives()
    assert title("personal_only", told) == (
        "With 1 person work hardly comes up: in 0 of 10 messages with Mara"
    )


def test_in_touch_and_sought_out_count_people():
    told = fictional.audit()
    n = told.findings["pattern"].value_counts()
    assert title("in_touch", told).startswith(f"You are in touch with {n['in_touch']} people; with")
    theirs = [
        mail
        for n in range(8)
        for mail in (
            (f"q{n}", f"2024-0{n + 1}-05", ADA, [OWNER], "What do you think of it?"),
            (f"r{n}", f"2024-0{n + 1}-06", OWNER, [ADA], "Good.", {"in_reply_to": f"q{n}"}),
        )
    ]
    told = audit(*theirs)
    assert (
        title("sought_out", told) == "1 person comes to you; they began 8 of your 8 conversations"
    )


def posts(*texts):
    day = pd.Timestamp("2024-05-01", tz="UTC")
    return POSTS.conform(
        pd.DataFrame(
            {
                "key": [f"post{n}" for n in range(len(texts))],
                "posted_at": [day + pd.Timedelta(days=200 * n) for n in range(len(texts))],
                "kind": "share",
                "source_offset": 0,
                "text": texts,
            }
        )
    )


def test_job_complaint_counts_the_posts_that_the_finding_quotes():
    told = audit(*lives()[:1], posts=posts("Spring is here.", "My job is hell.", "A book I liked."))
    row = {"pattern": "job_complaint", "score": 0.5, "confidence": 0.9, "evidence": "post1"}
    told = dataclasses.replace(told, as_of=pd.Timestamp("2027-01-01", tz="UTC"),
                               findings=FINDINGS.conform(pd.DataFrame([row])))  # fmt: skip
    assert title("job_complaint", told) == (
        "1 of your 3 posts and comments sounds like a complaint about the job, the last in "
        "November 2024"
    )
    assert {"sound like a complaint (1)", "all else (2)", "2024", "2025"} <= set(
        words("job_complaint", told)
    )


@pytest.mark.parametrize("width", [8.4, 3.7])
@pytest.mark.parametrize(
    "name", ["transactional", "need_driven", "personal_only", "giving", "in_touch", "sought_out"]
)
def test_hostile_names_are_words(name, width):
    told = told_lives(hostile=True)
    shown = words(name, told, width)
    known = {"transactional": "jon", "need_driven": "jon", "personal_only": "mara", "giving": "ada"}
    if name in known:
        start = HOSTILE[known[name]][:6]
        assert any(word.lstrip("\u200a").startswith(start) for word in shown)


def test_two_groups_share_the_rows_and_one_takes_all():
    made = pd.DataFrame(
        {"person_id": [f"p{n:02}" for n in range(40)], "direction": ["out"] * 30 + ["in"] * 10,
         "score": 0.5, "n": range(40)}
    )  # fmt: skip
    heads = {"out": "You", "in": "They"}
    assert [len(part) for part in rows.grouped(made, heads, "n").values()] == [8, 8]
    few = made[(made["direction"] == "out") | (made["n"] == 39)]
    assert [len(part) for part in rows.grouped(few, heads, "n").values()] == [15, 1]
    assert [len(part) for part in rows.grouped(made[:30], heads, "n").values()] == [16]


def test_heads_of_groups_stay_bold_on_the_page():
    from netaudit.charts.drawing import draw
    from netaudit.page.svg import inline

    picture = draw(BY_NAME["transactional"], both_ways()).wide
    (head,) = [line for line in inline(picture, "t", "l").split("<text") if "You, to them" in line]
    assert 'font-weight="' in head


def test_drawing_warns_of_no_font(caplog):
    told = told_lives(hostile=True)
    for name in ("transactional", "giving", "need_driven"):
        words(name, told)
    assert not caplog.records


def test_charts_of_findings_are_one_call():
    told = told_lives()
    axes = charts.need_driven(told)
    try:
        assert axes.has_data()
    finally:
        import matplotlib.pyplot as plt

        plt.close(axes.get_figure())
