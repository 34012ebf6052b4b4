"""Notebooks run from top to bottom on a small archive and are kept without outputs."""

import re
import warnings
from pathlib import Path

import nbformat
import pytest
from tests.letters import write_mbox
from typer.testing import CliRunner

from netaudit.cli import app

FOLDER = Path(__file__).parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_kept_without_outputs_and_paths(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'"/|[A-Z]:\\|/home/|/Users/', text)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_runs(path, tmp_path, monkeypatch):
    write_mbox(tmp_path / "mail.mbox")
    out = tmp_path / "out"
    made = CliRunner().invoke(
        app, ["ingest", str(tmp_path / "mail.mbox"), "--out", str(out), "--workers", "1"]
    )
    assert made.exit_code == 0, made.output
    monkeypatch.setenv("NETAUDIT_OUT", str(out))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    source = str(Path(__file__).parents[2] / "pipeline")
    monkeypatch.setenv("PYTHONPATH", source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the kernel's own machinery, not the notebook's code
        from nbclient import NotebookClient

        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}
        )
        client.execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    for cell in notebook.cells:
        if "audit.plot" in cell.source and cell.cell_type == "code":
            assert any("image/png" in output.get("data", {}) for output in cell.outputs)
    assert not [o for o in shown if o.get("name") == "stderr"], [o.get("text") for o in shown]
