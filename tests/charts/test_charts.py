"""Charts: the title states the finding, no name can break a picture, the same in gives the same."""

import dataclasses
import io
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from tests import fictional

from netaudit import charts
from netaudit.charts import CHARTS, figure
from netaudit.charts.style import applied, names, shorten

mpl.use("Agg")
BY_NAME = {chart.name: chart for chart in CHARTS}


def saved(made, kind):
    file = io.BytesIO()
    with applied():
        made.savefig(file, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return file.getvalue()


def words(made):
    root = ET.fromstring(saved(made, "svg"))
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def title(name, audit):
    return figure(BY_NAME[name], audit).axes[0].get_title(loc="left").replace("\n", " ")


def empty(audit):
    nobody = audit.relationships.iloc[:0]
    history = dataclasses.replace(audit.history, interactions=audit.history.interactions.iloc[:0])
    return dataclasses.replace(
        audit, relationships=nobody, history=history, blasts=audit.blasts.iloc[:0]
    )


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize(("width", "hostile"), [(7.6, False), (7.6, True), (3.7, True)])
def test_every_name_is_drawn_and_well_formed(chart, width, hostile):
    made = figure(chart, fictional.audit(hostile), width)
    ET.fromstring(saved(made, "svg"))
    made.canvas.draw()


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_nothing_to_show_is_said(chart):
    made = figure(chart, empty(fictional.audit()))
    assert made.axes[0].get_title(loc="left")
    assert saved(made, "svg")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_same_picture_every_time(chart):
    audit = fictional.audit()
    first, second = (saved(figure(chart, audit), "svg") for _ in range(2))
    assert first == second
    assert b"dc:date" not in first


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_order_of_rows_changes_nothing(chart):
    audit = fictional.audit()
    turned = dataclasses.replace(audit, relationships=audit.relationships.iloc[::-1])
    assert saved(figure(chart, audit), "svg") == saved(figure(chart, turned), "svg")


def test_charts_are_offered_by_name():
    assert sorted(charts.__all__) == sorted(BY_NAME)
    assert all(getattr(charts, name) is chart.draw for name, chart in BY_NAME.items())


def test_draws_on_given_axes_and_leaves_the_figure_alone():
    import matplotlib.pyplot as plt

    made, axes = plt.subplots(1, 2, figsize=(9, 4))
    try:
        for chart in CHARTS:
            assert chart.draw(fictional.audit(hostile=True), axes[0]) is axes[0]
            made.canvas.draw()
            axes[0].clear()
        assert tuple(made.get_size_inches()) == (9, 4)
        assert not axes[1].has_data()
    finally:
        plt.close(made)


def test_dollar_signs_and_underscores_are_words():
    shown = words(figure(BY_NAME["reciprocity"], fictional.audit(hostile=True)))
    assert "$\\foo$ and $5" in shown
    assert "\u200a_hidden" in shown
    assert not any("\x1b" in word or "\u202e" in word for word in shown)


def test_reciprocity_names_the_most_lopsided():
    assert title("reciprocity", fictional.audit()) == (
        "12 of your 16 strongest ties are balanced; with Ella Brandt you do 88% of the writing"
    )


def test_one_sided_shows_what_was_found_and_the_longest_monologue():
    audit = fictional.audit()
    assert title("one_sided", audit) == (
        "2 people hardly write back; 64 messages went to Lee Chang-min, 9 came back"
    )
    shown = words(figure(BY_NAME["one_sided"], audit))
    assert {"Lee Chang-min", "Ella Brandt"} <= set(shown)
    assert "Mara Okonkwo" not in shown


def test_one_sided_tells_both_directions():
    audit = fictional.audit()
    ids = audit.relationships.set_index("name")["person_id"]
    theirs = audit.findings[audit.findings["pattern"] == "one_sided"].iloc[[0]]
    theirs = theirs.assign(person_id=ids["Dmitri Volkov"], direction="in", score=0.9)
    findings = pd.concat([audit.findings, theirs])
    assert title("one_sided", dataclasses.replace(audit, findings=findings)) == (
        "2 people hardly write back and you hardly write back to 1 person; 64 messages went to Lee"
        " Chang-min, 9 came back"
    )


def test_reciprocity_says_when_they_do_the_writing():
    rows = fictional.audit().relationships
    theirs = rows[rows["name"].isin(["Dmitri Volkov", "Mara Okonkwo"])]
    audit = dataclasses.replace(fictional.audit(), relationships=theirs)
    assert title("reciprocity", audit) == (
        "1 of your 2 strongest ties are balanced; Dmitri Volkov does 75% of the writing"
    )


def test_quiet_names_the_greatest_loss():
    assert title("quiet", fictional.audit()) == (
        "5 real exchanges have gone quiet; with Olu Adebayo, 63 messages and then 14 months of"
        " silence"
    )


def test_replies_compares_both_ways():
    rows = (
        fictional.audit().relationships.iloc[[40]].assign(reply_hours_in=3.0, reply_hours_out=216.0)
    )
    audit = dataclasses.replace(fictional.audit(), relationships=rows)
    who = rows["name"].iloc[0]
    assert title("replies", audit) == f"You answer {who} in 3 hours; {who} answers you in 9 days"


def test_network_tells_circles_and_who_links_them():
    audit = fictional.audit()
    assert title("network", audit) == (
        "Your 24 strongest ties form 5 circles; nobody but you links them"
    )
    graph = audit.graph.copy()
    ids = audit.relationships.set_index("name")["person_id"]
    graph.add_edge(ids["Ella Brandt"], ids["Mara Okonkwo"], kind="shared_mail", strength=9.0, n=3)
    linked = title("network", dataclasses.replace(audit, given_graph=graph))
    assert linked == "Your 24 strongest ties form 5 circles; Mara Okonkwo links two of them"


def test_network_stays_readable_with_many_people():
    audit = fictional.audit(extra=120)
    most = audit.settings.report.max_graph_people
    shown = words(figure(BY_NAME["network"], audit))
    assert len(shown) <= most + 20


def test_activity_counts_a_message_once_and_months_in_between():
    from netaudit.charts.activity import by_month

    at = pd.to_datetime(["2026-01-05", "2026-01-05", "2026-03-31"], utc=True)
    rows = pd.DataFrame(
        {"key": ["a", "a", "b"], "at": at, "direction": ["out", "out", "in"], "is_direct": True,
         "kind": "message"}
    )  # fmt: skip
    months = by_month(rows, pd.Timestamp("2026-04-02", tz="UTC"))
    assert months["out"].tolist() == [1, 0, 0, 0]
    assert months["in"].tolist() == [0, 0, 1, 0]


def test_people_without_a_name_show_their_address():
    rows = pd.DataFrame({"name": [np.nan, ""], "addresses": ["a@x.example; b@x.example", ""]})
    assert names(rows) == ["a@x.example", "(no name)"]
    assert shorten("a b", 10) == "a b"
