"""Stable ids of people, made of what is in the archive alone.

The id of an alias is a hash of the alias and of the key (a hash of the content) of the first
message or record in which it appears; a person's id is that of the alias that appears first of
all. So the same inputs in any order give the same ids, nobody can guess an id from an address,
and what is added later and younger changes none.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping

LENGTH = 12
"""Characters of an id after its `p`: 60 bits."""


def alias_id(alias: str, key: str, length: int = LENGTH) -> str:
    """The id of an alias that first appears in the message or record with this key."""
    digest = hashlib.sha256(f"{alias}\0{key}".encode("utf-8", "surrogatepass")).digest()
    enough = digest[: -(-length // 8) * 5]  # eight characters are five bytes
    return "p" + base64.b32encode(enough).decode("ascii").lower()[:length]


def alias_ids(first_keys: Mapping[str, str]) -> dict[str, str]:
    """The ids of all aliases, distinct: where two are alike, both are made longer.

    Args:
        first_keys: alias -> key of its first appearance.
    """
    found = {alias: alias_id(alias, key) for alias, key in first_keys.items()}
    length = LENGTH
    while len(set(found.values())) < len(found):
        length += 4
        often = Counter(found.values())
        found = {
            alias: value if often[value] == 1 else alias_id(alias, first_keys[alias], length)
            for alias, value in found.items()
        }
    return found
