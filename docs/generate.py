"""Write the reference parts of docs/ from the code: commands, settings, columns.

`make docs` runs it; tests/test_docs.py fails when something is missing.
"""

import re
from pathlib import Path

from typer.cli import get_docs_for_click
from typer.main import get_command

from netaudit import model
from netaudit.cli import app
from netaudit.files.toml import settings_toml
from netaudit.patterns import configured
from netaudit.settings import Settings

DOCS = Path(__file__).parent


def commands() -> str:
    """The reference of the command line."""
    command = get_command(app)
    context = command.make_context("netaudit", [], resilient_parsing=True)
    text = get_docs_for_click(obj=command, ctx=context, name="netaudit", title="Commands")
    return f"{text.rstrip()}\n"


def settings() -> str:
    """Every setting with its default and meaning."""
    toml = settings_toml(Settings(), configured({}))
    return (
        "# Settings\n\nWhat `netaudit settings` prints without a settings file: every default. "
        "Save it as `netaudit.toml`\nin the folder you work in, and change what you like; unknown "
        f"names are refused with the nearest\nknown one.\n\n```toml\n{toml}```\n"
    )


def columns(table: model.Table) -> str:
    """A table's columns as Markdown."""
    kinds = {"utc": "time, UTC"}
    rows = [
        f"| `{name}` | {kinds.get(dtype, dtype)} | {meaning.replace('|', '/')} |"
        for name, (dtype, meaning) in table.columns.items()
    ]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def outputs(text: str) -> str:
    """docs/outputs.md with the tables between its markers written anew."""
    tables = {table.name: table for table in vars(model).values() if isinstance(table, model.Table)}

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- columns {name} -->\n{columns(tables[name])}\n<!-- end -->"

    return re.sub(r"<!-- columns (\w+) -->.*?<!-- end -->", fill, text, flags=re.DOTALL)


def main() -> None:
    """Write all of them."""
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    (DOCS / "settings.md").write_text(settings(), encoding="utf-8")
    path = DOCS / "outputs.md"
    path.write_text(outputs(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
