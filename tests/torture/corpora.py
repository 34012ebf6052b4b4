"""The table of odd and broken mail: what is read as most parsers read it, and why not the rest."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.faults import corpora


def main() -> int:
    """Print the table; 1 where more than 1% of the fields differ without a judged cause."""
    if not corpora.ARCHIVE.exists():
        print(f"skipped: no {corpora.ARCHIVE.name} beside the project")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = corpora.compared(corpora.unpacked(Path(folder)))
    print(f"messages          {found.mails:>6,}")
    print(f"no messages       {len(found.not_mail):>6,}")
    print(f"fields compared   {found.fields:>6,}")
    print(f"the same          {found.agreed:>6,}  {found.agreed / found.fields:.1%}")
    for cause, count in found.judged.most_common():
        print(f"{count:>6,}  {cause}")
    print(f"{len(found.unexplained):>6,}  not explained")
    for field, name in found.unexplained:
        print(f"        {field} {name}")
    return int(len(found.unexplained) > found.fields * 0.01)


if __name__ == "__main__":
    sys.exit(main())
