"""The page: one self-contained HTML file, readable without script, without any remote resource."""

from netaudit.page.render import render
from netaudit.page.top import Earlier

__all__ = ["Earlier", "render"]
