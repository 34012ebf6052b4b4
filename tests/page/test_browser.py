"""The page in a real browser: quiet, offline, accessible, usable by keyboard, without script."""

from pathlib import Path

import pandas as pd
import pytest
from tests import fictional
from tests.page.browser import ARGUMENTS, executable, opened

from netaudit.page import Earlier, render

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def browser():
    path = executable()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    made = {
        "plain": render(fictional.audit(), fictional.ACCOUNTING, Earlier(quarter=before)),
        "hostile": render(fictional.audit(hostile=True), fictional.ACCOUNTING, Earlier()),
        "many": render(fictional.audit(extra=400), fictional.ACCOUNTING, Earlier()),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_quiet_and_offline(browser, files, name):
    with opened(browser, files / f"{name}.html") as (page, told):
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        for number in range(5):
            page.locator("button.open").nth(number).click()
        page.get_by_label("Search").fill("alert")
        page.wait_for_timeout(100)
        assert page.evaluate("document.querySelectorAll('script').length") == 2
        assert page.evaluate("document.querySelectorAll('img, iframe, object, link').length") == 0
    assert told.nothing(), told


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_accessible(browser, files, scheme, width):
    import axe_playwright_python

    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    with opened(browser, files / "plain.html", width, scheme) as (page, _):
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        page.locator("button.open").first.click()
        page.evaluate(axe)
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        assert not found, [
            (one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found
        ]
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_table_sorts_filters_and_searches(browser, files):
    with opened(browser, files / "many.html") as (page, _):
        rows = page.locator("#people tbody tr")
        assert rows.count() == 25
        info = page.locator(".dt-info")
        assert "of 464 people" in info.inner_text()
        page.locator('select[data-column="1"]').select_option("dormant")
        dormant = page.locator("#people tbody tr td:nth-child(2)").all_inner_texts()
        assert set(dormant) == {"dormant"}
        page.locator('select[data-column="1"]').select_option("")
        page.locator('select[data-column="8"]').select_option("One-sided")
        assert sorted(page.locator("#people button.open").all_inner_texts()) == [
            "Ella Brandt", "Lee Chang-min",
        ]  # fmt: skip
        page.locator('select[data-column="8"]').select_option("")
        page.get_by_label("Search").fill("王小明")
        assert page.locator("#people button.open").all_inner_texts() == ["王小明"]


def test_a_row_opens_by_keyboard(browser, files):
    with opened(browser, files / "plain.html") as (page, _):
        button = page.locator("#people button.open").first
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert "96 from you, 84 to you" in page.locator("tr .inside").inner_text()
        page.keyboard.press("Enter")
        assert page.locator("tr .inside").count() == 0


def test_readable_without_script(browser, files):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((files / "plain.html").as_uri())
    assert page.locator("#people tbody tr").count() == 50
    assert page.locator("noscript").inner_text()
    page.locator("details.card summary").first.click()
    assert page.locator("details.card[open] table.evidence").is_visible()
    context.close()
