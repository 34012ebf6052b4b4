"""What is told of an organisation, and what is not."""

from dataclasses import replace

import networkx as nx
import pytest
from tests.organisation import office

from netaudit.errors import UsageError
from netaudit.model import CIRCLES, DEPARTMENT_TIES, DEPARTMENTS, MEMBERS, TIES
from netaudit.organisation import graphs, structure
from netaudit.settings import AsOf, Organisation, Settings


@pytest.fixture(scope="module")
def usual():
    return office.view(office.usual())


def between(found, one, other):
    rows = found.department_ties
    return rows[(rows["one"] == one) & (rows["other"] == other)].iloc[0]


def test_two_departments_that_never_write_are_silent_and_no_others(usual):
    silent = usual.department_ties[usual.department_ties["is_silent"]]
    assert [tuple(row) for row in silent[["one", "other"]].to_numpy()] == [("law", "sales")]
    law_sales = between(usual, "law", "sales")
    assert law_sales["n_pairs"] == 36
    assert law_sales["n_writing"] == 0
    assert law_sales["expected_writing"] == pytest.approx(36 * 72 / 108)
    assert between(usual, "law", "works")["n_mutual"] == 36


def test_departments_count_letters_inside_and_across_each_once(usual):
    rows = usual.departments.set_index("department")
    assert rows.loc["law", "n_inside"] == 6 * 5 * 2
    assert rows.loc["works", ["n_out", "n_in"]].tolist() == [72, 72]
    assert rows["n_mailboxes"].tolist() == [6, 6, 6]
    assert rows["betweenness_share"].sum() == pytest.approx(1)
    assert rows["betweenness_share"].idxmax() == "works"


def test_frames_are_of_their_tables(usual):
    for table, frame in (
        (DEPARTMENTS, usual.departments), (DEPARTMENT_TIES, usual.department_ties),
        (CIRCLES, usual.circles), (MEMBERS, usual.members), (TIES, usual.ties),
    ):  # fmt: skip
        table.check(frame)


def test_reciprocity_between_departments_tells_who_writes():
    law, sales, _ = office.PEOPLE.values()
    found = office.view([*office.letters(law, sales, times=3), *office.letters(sales, law[:1])])
    row = between(found, "law", "sales")
    assert (row["n_out"], row["n_in"]) == (108, 6)
    assert row["reciprocity_low"] > 0.85


def test_what_came_before_since_does_not_count():
    law, sales, _ = office.PEOPLE.values()
    mail = [
        *office.letters(law, sales, day="2024-03-01", times=2),
        *office.letters(sales, law, day="2024-09-02"),
    ]
    later = replace(Settings(), as_of=AsOf(since="2024-09-01"))
    found = office.view(mail, settings=later)
    assert f"{found.since:%Y-%m-%d}" == "2024-09-01"
    assert tuple(between(found, "law", "sales")[["n_out", "n_in"]]) == (0, 36)
    longer = replace(Settings(), as_of=AsOf(since="2001-01-01"))
    assert office.view(mail, settings=longer).since == office.view(mail).since


def test_before_all_mail_there_is_nothing_to_weigh():
    found = office.view(office.usual(), as_of="1999-12-31")
    assert found.notes == (
        "No mail of people in the archive is from 1998-12-31 to 1999-12-31: nothing is weighed.",
    )
    assert found.figures["messages"] == found.figures["people"] == 0


def test_a_department_of_few_is_not_shown_and_told():
    listed = office.DEPARTMENTS.copy()
    listed.iloc[:2] = "board"
    found = office.view(office.usual(), listed=listed)
    assert found.departments["department"].tolist() == ["sales", "works"]  # law is four now
    assert not set(found.department_ties["one"]) & {"board", "law"}
    assert "2 departments of fewer than 5 people" in " ".join(found.notes)


def test_what_one_or_two_people_wrote_is_not_shown():
    law, sales, _ = office.PEOPLE.values()
    two, three = (
        between(office.view([*office.usual(), *office.letters(law[:n], sales)]), "law", "sales")
        for n in (2, 3)
    )
    assert two[["n_out", "reciprocity"]].isna().all()
    assert three["n_out"] == 18


def test_groups_of_two_are_refused():
    with pytest.raises(UsageError, match="min_group: 2"):
        office.view(office.usual(), settings=replace(Settings(), organisation=Organisation(2)))


def test_pairs_without_a_mailbox_are_neither_silent_nor_counted():
    works = office.PEOPLE["works"]
    found = office.view(office.usual(), owners=works)
    pairs = {(row["one"], row["other"]) for _, row in found.department_ties.iterrows()}
    assert pairs == {("law", "works"), ("sales", "works")}
    assert found.departments.set_index("department")["n_inside"].tolist() == [0, 0, 60]
    assert "6 of 18 people" in found.notes[0]


def test_only_the_window_counts():
    law, sales, _ = office.PEOPLE.values()
    old = office.letters(law, sales, day="2022-05-01")
    assert between(office.view([*office.usual(), *old]), "law", "sales")["n_writing"] == 0
    whole = replace(Settings(), organisation=Organisation(window_days=0))
    row = between(office.view([*office.usual(), *old], settings=whole), "law", "sales")
    assert row["n_writing"] == 36


def test_without_a_file_of_departments_the_mail_domain_makes_the_organisation():
    mail = [*office.usual(), *office.letters(office.EVERYBODY[:1], ["zoe@elsewhere.example"])]
    found = office.view(mail, listed=None)
    assert found.figures["people"] == 18
    assert found.figures["people_outside"] == 1
    assert found.departments.empty
    assert not found.members["addresses"].str.contains("elsewhere").any()


def test_mailings_are_counted_by_message_and_copy():
    crowd = [f"guest{n:02}@elsewhere.example" for n in range(25)]
    mail = [
        (f"blast{n}", f"2024-06-0{n + 1}", a, crowd) for n, a in enumerate(office.EVERYBODY[:3])
    ]
    found = office.view([*office.usual(), *mail])
    law = found.departments.set_index("department").loc["law"]
    assert (law["n_mailings"], law["n_copies"]) == (3, 75)
    assert found.figures["mailing_copies"] == 75


def test_teams_that_only_write_inside_are_circles():
    mail = [row for team in office.PEOPLE.values() for row in office.letters(team, team)]
    found = office.view(mail)
    assert found.circles["n_people"].tolist() == [6, 6, 6]
    assert sorted(found.circles["departments"]) == ["law", "sales", "works"]
    assert found.circles["n_ties_out"].tolist() == [0, 0, 0]
    assert found.figures["parts"] == 3


def test_who_alone_ties_two_teams_is_a_cut_point():
    law, sales, _ = office.PEOPLE.values()
    mail = [row for team in (law, sales) for row in office.letters(team, team)]
    mail += [*office.letters(law[:1], sales[:1]), *office.letters(sales[:1], law[:1])]
    found = office.view(mail, owners=[*law, *sales])
    assert found.figures["cut_points"] == 2
    assert found.figures["bridges"] == 1
    top = found.members.nlargest(2, "betweenness")
    assert set(top["addresses"]) == {law[0], sales[0]}
    assert top["n_cut_off"].tolist() == [5, 5]


def test_people_without_a_mailbox_get_no_betweenness():
    law, _, works = office.PEOPLE.values()
    found = office.view(office.usual(), owners=works)
    of = found.members.set_index("addresses")
    assert of.loc[law, "betweenness"].isna().all()
    assert of.loc[works, "n_cut_off"].eq(0).all()


def test_fewer_mailboxes_than_a_group_show_no_structure():
    found = office.view(office.usual(), owners=office.EVERYBODY[:4])
    assert found.figures["cut_points"] is None
    assert any("fewer than 5 mailboxes" in note for note in found.notes)


@pytest.mark.parametrize("seed", range(8))
def test_what_a_cut_point_holds_is_what_parts_without_it(seed):
    graph = nx.gnp_random_graph(24, 0.09, seed=seed)
    lost = structure.cut_off(graph)
    assert set(lost) == set(nx.articulation_points(graph))
    for point, count in lost.items():
        others = nx.node_connected_component(graph, point) - {point}
        parts = [len(part) for part in nx.connected_components(graph.subgraph(others))]
        assert count == sum(parts) - max(parts)


def test_graphs_have_departments_and_people(usual):
    departments, people = graphs.of_departments(usual), graphs.of_people(usual)
    assert set(departments) == {"law", "sales", "works"}
    assert departments.edges["law", "works"]["n"] == 36
    assert not departments.has_edge("law", "sales")
    assert len(people) == 18
    assert nx.get_node_attributes(people, "department")
