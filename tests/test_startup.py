"""`netaudit --help` is quick because nothing heavy is imported for it."""

import subprocess
import sys

from typer.testing import CliRunner

from netaudit.cli import app

HEAVY = (
    "pandas", "numpy", "networkx", "pyarrow", "matplotlib", "scipy", "jinja2", "icalendar",
    "datasketch", "fast_mail_parser", "py3langid", "xlsxwriter", "itables", "rapidfuzz", "anyascii",
)  # fmt: skip


def test_the_command_line_imports_nothing_heavy():
    code = "import sys, netaudit.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": "pipeline"},
    ).stdout.split()  # fmt: skip
    assert "netaudit.cli" in loaded
    assert not [name for name in HEAVY if name in loaded]


def test_completion_can_be_shown(monkeypatch):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    result = CliRunner().invoke(app, ["--show-completion", "bash"], prog_name="netaudit")
    assert result.exit_code == 0
    assert "_NETAUDIT_COMPLETE=complete_bash" in result.stdout


def test_completion_knows_the_commands(monkeypatch):
    env = {"_NETAUDIT_COMPLETE": "complete_bash", "COMP_WORDS": "netaudit ", "COMP_CWORD": "1"}
    result = CliRunner().invoke(app, [], prog_name="netaudit", env=env)
    assert {"ingest", "status", "demo", "settings"} <= set(result.stdout.split())
