"""A real Chromium, without network, that reports what the page does."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


def executable() -> str:
    """Chromium's path; the test is skipped where there is none, unless it is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("NETAUDIT_REQUIRE_CHROMIUM") == "1":
            pytest.fail("NETAUDIT_REQUIRE_CHROMIUM=1, but there is no chromium")
        pytest.skip("no chromium on this machine: apt-get install chromium")
    return found


@dataclass
class Told:
    """What a page did that it must not do."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def nothing(self) -> bool:
        return not (self.console or self.requests or self.dialogs)


@contextmanager
def opened(browser, path, width=1440, scheme="light"):
    """The page at `path`, and what it did so far."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, told = context.new_page(), Told()
    page.on("console", lambda message: told.console.append(message.text))
    page.on("pageerror", lambda error: told.console.append(str(error)))
    page.on("dialog", lambda dialog: (told.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: _note(told, request.url))
    page.goto(path.as_uri())
    try:
        yield page, told
    finally:
        context.close()


def _note(told, url):
    if not url.startswith(("file:", "data:")):
        told.requests.append(url)
