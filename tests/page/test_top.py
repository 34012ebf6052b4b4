"""The first screen: what the quarter was, in sentences that can be believed."""

import dataclasses

from tests import fictional

from netaudit.charts import CHARTS, figure
from netaudit.model import ACTIONS
from netaudit.page.top import sentences


def one_way(direction):
    """The fictional audit of an archive without the other direction's messages."""
    audit = fictional.audit()
    rows = audit.history.interactions
    history = dataclasses.replace(
        audit.history, interactions=rows[rows["direction"].eq(direction)].reset_index(drop=True)
    )
    return dataclasses.replace(audit, history=history)


def test_balance_is_judged_where_both_sides_are_there():
    assert "real give and take" in sentences(fictional.audit(), ACTIONS.empty())[1]


def test_without_one_side_of_the_mail_no_balance_is_claimed():
    assert sentences(one_way("in"), ACTIONS.empty())[1] == (
        "Most of what you sent is not in this archive, so give and take cannot be judged."
    )
    assert sentences(one_way("out"), ACTIONS.empty())[1].startswith("Most of what was sent to you")


def test_mailings_whose_addressees_are_unknown_are_drawn():
    audit = fictional.audit()
    nobody = dataclasses.replace(audit, blasts=audit.blasts.head(1).assign(n_recipients=0))
    (chart,) = [one for one in CHARTS if one.name == "blasts"]
    figure(chart, nobody).canvas.draw()
