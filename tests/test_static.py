"""What the package's source may not hold: code out of data, programs, connections."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline" / "netaudit"
MODULES = {
    "pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "ctypes", "pty",
    "subprocess", "socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx",
    "aiohttp", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "webbrowser", "xmlrpc",
    "code", "codeop", "runpy", "fsspec", "pyarrow.fs", "s3fs", "boto3", "botocore",
}  # fmt: skip
CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.execvp",
    "os.spawnv", "os.posix_spawn", "pd.read_pickle", "pandas.read_pickle", "yaml.load",
    "importlib.util.spec_from_file_location",
}  # fmt: skip
METHODS = {"read_pickle", "to_pickle", "extractall", "system", "popen"}
KEYWORDS = {"allow_pickle", "shell"}
ALLOWED = {
    # types of memory that two processes share; no library is loaded
    "ingest/pool.py": {"ctypes", "ctypes.Array", "ctypes.c_uint64"},
    # objects of stores that the user names by a URL
    "storage.py": {
        "fsspec", "fsspec.AbstractFileSystem", "fsspec.registry",
        "fsspec.registry.known_implementations", "fsspec.implementations.arrow",
        "fsspec.implementations.arrow.ArrowFSWrapper", "pyarrow.fs", "pyarrow.fs.S3FileSystem",
    },
}  # fmt: skip


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_bytes())


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
            if isinstance(node.func, ast.Attribute):
                yield f".{node.func.attr}"
            yield from (f"{keyword.arg}=" for keyword in node.keywords)


def wrong(tree: ast.AST) -> set[str]:
    parts = {name: name.split(".") for name in imported(tree)}
    modules = {
        name
        for name, path in parts.items()
        if any(".".join(path[:n]) in MODULES for n in range(1, len(path) + 1))
    }
    forbidden = {*CALLS, *(f".{name}" for name in METHODS), *(f"{name}=" for name in KEYWORDS)}
    return modules | {name for name in called(tree) if name in forbidden}


def test_the_package_runs_no_code_of_data_no_program_and_no_connection() -> None:
    found = {name: wrong(tree) - ALLOWED.get(name, set()) for name, tree in sources()}
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_the_check_sees_what_it_is_for() -> None:
    bad = """
import pickle, os
from urllib import request
eval("1"); os.system("ls"); frame.to_pickle("x"); archive.extractall()
np.load(f, allow_pickle=True)
"""
    assert wrong(ast.parse(bad)) == {
        "pickle", "urllib.request", "eval", "os.system", ".to_pickle", ".extractall", ".system",
        "allow_pickle=",
    }  # fmt: skip


def test_every_pinned_package_is_in_the_reviewed_list() -> None:
    pinned = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    reviewed = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^([a-z0-9][a-z0-9-]*)==", pinned, re.MULTILINE))
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", reviewed, re.MULTILINE))
    assert names == listed - {"package"}
    assert pinned.count("==") <= pinned.count("--hash=sha256:")
