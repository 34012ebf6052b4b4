"""What holds for every test, and what several of them share."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("netaudit", parent=settings.default, deadline=None)
settings.load_profile("netaudit")


@pytest.fixture(scope="module")
def one_chart() -> Iterator[None]:
    """One chart stands for all: most of the time that a small report takes are its charts."""
    from netaudit import report
    from netaudit.charts import CHARTS
    from netaudit.charts.drawing import draw

    def same(audit):
        drawn = draw(CHARTS[0], audit)
        return {chart.name: replace(drawn, chart=chart) for chart in CHARTS}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "draw_all", same)
        yield
