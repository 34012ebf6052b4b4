"""Who is who in a plain list of names and addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netaudit import aliases
from netaudit.people import mentions
from netaudit.people.evidence import gather
from netaudit.people.joining import join
from netaudit.people.scoring import Together

_HIDDEN_AT = re.compile(r" (?:at|\(at\)|\[at\]) ", re.IGNORECASE)
"""Archives of mailing lists hide addresses: `jane at doe.example`."""


def match(given: Sequence[tuple[str, str]]) -> list[int]:
    """Which entries of a list are one person's, by names and addresses alone.

    Args:
        given: display name and mail address (or LinkedIn link); either may be empty.

    Returns:
        a number for each entry, the same for one person's, from 0 in order of appearance. An
        entry with neither a name nor an address is a person of its own.
    """
    import pandas as pd  # noqa: PLC0415

    alias = [_alias(name, address) or f"#{place}" for place, (name, address) in enumerate(given)]
    found = pd.DataFrame(
        {
            "alias": pd.Series(alias, dtype="str"),
            "name": pd.Series([name for name, _ in given], dtype="str"),
            "key": "",
            "at": pd.Series(pd.NaT, index=range(len(alias)), dtype="datetime64[us, UTC]"),
            "own": True,
            "counts": True,
            "organisation": "",
        },
        columns=mentions.COLUMNS,
    )
    joined = join(gather(found), (), (), lambda _aliases: lambda _one, _other: Together())
    numbers: dict[str, int] = {}
    return [numbers.setdefault(joined.clusters.root(one), len(numbers)) for one in alias]


def _alias(name: str, address: str) -> str:
    address = _HIDDEN_AT.sub("@", " ".join(address.split()))
    return aliases.profile(address) or address.lower() or aliases.of_name(name)
