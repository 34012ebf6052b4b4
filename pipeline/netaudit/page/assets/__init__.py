"""The page's style and script, and the policy that lets in these two and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from netaudit.errors import UserError


@dataclass(frozen=True)
class Assets:
    """Inline style and script with their Content-Security-Policy."""

    style: str
    script: str
    policy: str


@cache
def assets() -> Assets:
    """The style sheet; DataTables out of the installed itables with the page's own few lines.

    Raises:
        UserError: the installed itables holds no offline bundle of the known form.
    """
    here = files(__name__)
    style = here.joinpath("page.css").read_text(encoding="utf-8")
    own = here.joinpath("page.js").read_text(encoding="utf-8")
    # A module of its own, so that none of its names reaches the page; closing tags inside texts
    # of the script are broken up, as they would end the element.
    script = re.sub(r"</(script)", r"<\\/\1", f"{_datatables()}\n{own}", flags=re.IGNORECASE)
    policy = (
        "default-src 'none'; img-src data:; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return Assets(style, script, policy)


def style_policy() -> str:
    """The policy of a page without script: the style sheet and nothing else."""
    style = f"style-src '{_digest(assets().style)}'"
    return f"default-src 'none'; {style}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _datatables() -> str:
    """The bundle with its jQuery under a known name in place of its exports."""
    bundle = files("itables").joinpath("html", "dt_bundle.js").read_text(encoding="utf-8")
    exported = re.search(r"export\s*\{[^}]*?([\w$]+) as jQuery[^}]*\};?", bundle)
    if exported is None:
        raise UserError("itables: the installed version is not known to netaudit; install it again")
    before, after = bundle[: exported.start()], bundle[exported.end() :]
    return f"{before}\nconst jQuery = {exported[1]};\n{after}"
