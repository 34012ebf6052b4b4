"""All long runs, one after the other; the exit code is 1 when one of them found something."""

from __future__ import annotations

import subprocess
import sys

RUNS = ("corpora", "regexes", "crashes", "sameness", "fuzz")
"""Modules of this package; each prints its table and exits with something else than 0 on a find."""


def main() -> int:
    """Run every module; options go to `fuzz`."""
    failed = []
    for name in RUNS:
        print(f"\n== {name}", flush=True)
        options = sys.argv[1:] if name == "fuzz" else []
        command = [sys.executable, "-m", f"{__package__}.{name}", *options]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    print(f"\nfound something: {', '.join(failed)}" if failed else "\nnothing found")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
