"""Commands, settings and columns are documented; `make docs` writes their reference."""

import dataclasses
import re
from pathlib import Path

import pytest
from typer.main import get_command

from netaudit import model
from netaudit.cli import app
from netaudit.patterns import configured
from netaudit.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"
CURE = "run `make docs`"


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of the same or a higher level."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.DOTALL | re.MULTILINE
    )
    return found[1] if found else ""


def commands():
    command = get_command(app)
    context = command.make_context("netaudit", [], resilient_parsing=True)
    return _named(command, context, "netaudit")


def _named(command, context, name):
    yield name, command
    for sub in getattr(command, "commands", {}):
        yield from _named(command.commands[sub], context, f"{name} {sub}")


@pytest.mark.parametrize(("name", "command"), [c for c in commands() if c[0] != "netaudit"])
def test_every_command_and_option_is_documented(name, command):
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    level = "#" * (name.count(" ") + 1)
    part = section(text, f"{level} `{name}`")
    assert part, f"{name} is missing in docs/commands.md: {CURE}"
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in part or f" {option}" in part, f"{name} {option}: {CURE}"


def test_every_setting_is_documented_with_its_default():
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    sections = {f.name: f.default_factory() for f in dataclasses.fields(Settings)
                if f.name not in ("patterns", "cadence")}  # fmt: skip
    sections |= {f"patterns.{pattern.NAME}": pattern for pattern in configured({})}
    for name, values in sections.items():
        found = re.search(rf"^\[{re.escape(name)}\]\n(.*?)(?=^\[|\Z)", text, re.DOTALL | re.M)
        assert found, f"[{name}] is missing in docs/settings.md: {CURE}"
        for field in dataclasses.fields(values):
            assert re.search(rf"^{field.name} = ", found[1], re.M), f"[{name}] {field.name}: {CURE}"


TABLES = [*model.STORED.values(), model.RELATIONSHIPS, model.FINDINGS, model.BLASTS, model.PEOPLE,
          model.ACTIONS, model.OUTCOMES, model.ANSWERS, model.MAILBOXES, model.DEPARTMENTS,
          model.DEPARTMENT_TIES, model.CIRCLES, model.MEMBERS, model.TIES,
          model.COPIES]  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_of_a_public_table_is_documented(table):
    text = (DOCS / "outputs.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- columns {table.name} -->(.*?)<!-- end -->", text, re.DOTALL)
    assert found, f"docs/outputs.md has no place for the table {table.name}"
    for column, (_, meaning) in table.columns.items():
        assert meaning
        assert f"| `{column}` |" in found[1], f"{table.name}.{column}: {CURE}"


def test_links_between_documents_lead_somewhere():
    root = DOCS.parent
    for page in [*root.glob("*.md"), *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
