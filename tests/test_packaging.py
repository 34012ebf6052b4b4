"""The built wheel, installed away from the checkout, does everything the checkout does."""

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def run(*command, cwd: Path, **more) -> str:
    """Standard output of a command that must succeed, run without the checkout on its path."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env | {"HOME": str(cwd)}, text=True,
        capture_output=True, check=False, **more,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("netaudit-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The `netaudit` command of an environment that holds the wheel and today's dependencies."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "env", with_pip=True)
    python = home / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel, cwd=home)
    library = run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=home).strip()
    there = [path for path in site.getsitepackages() if Path(path).is_dir()]
    Path(library, "zz_dependencies.pth").write_text("\n".join(there) + "\n")
    place = run(python, "-c", "import netaudit; print(netaudit.__file__)", cwd=home).strip()
    assert Path(place).is_relative_to(home)
    return home / "env" / "bin" / "netaudit"


def test_wheel_carries_every_file_of_the_package(wheel):
    package = ROOT / "pipeline"
    tracked = {
        path.relative_to(package).as_posix()
        for path in (package / "netaudit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert tracked <= names
    assert not [name for name in names if name.startswith(("tests", "data"))]


def test_installed_program_goes_from_demo_to_archive(installed, tmp_path):
    assert run(installed, "--version", cwd=tmp_path).startswith("netaudit ")
    assert "ingest" in run(installed, "--help", cwd=tmp_path)
    assert "complete" in run(installed, "--show-completion", "bash", cwd=tmp_path)
    exports = run(installed, "demo", "demo", "--years", "2", "--scale", "0.1", cwd=tmp_path)
    run(installed, "ingest", *exports.split(), "--out", "out", cwd=tmp_path)
    assert "kept" in run(installed, "status", "--out", "out", cwd=tmp_path)
