"""Pairs of aliases worth comparing, found by keys that one person's aliases have in common.

Work grows with the number of aliases, not with its square: a key that very many share is looked
at only among neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netaudit.names import local
from netaudit.names.compare import spellings, splits
from netaudit.names.folding import fold
from netaudit.names.frequency import given_share
from netaudit.names.nicknames import groups
from netaudit.names.reading import Name
from netaudit.names.scripts import is_latin
from netaudit.people.evidence import Evidence

MAX_BLOCK = 40
"""Aliases that are compared all with all under one key; of more, each with so many neighbours."""
MIN_LOGIN = 4
"""Characters of a login made of a name that can tell people apart."""
RARE_LOGIN = 1e-3
"""Share of people with a given name below which its bearers are looked for by it alone."""


def pairs(evidence: Mapping[str, Evidence]) -> list[tuple[str, str]]:
    """Distinct pairs of aliases with a key in common, each in alphabetical order, sorted."""
    blocks: dict[str, list[tuple[str, int]]] = {}
    for alias, one in evidence.items():
        found = keys(one)
        for key in found:
            blocks.setdefault(key, []).append((alias, 1 if one.names else 2))
        for key in given_names(one) - found:
            blocks.setdefault(key, []).append((alias, 0))
    return sorted({pair for block in blocks.values() if len(block) > 1 for pair in _within(block)})


def _within(block: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """All pairs of a small block, pairs of near neighbours of a large one.

    Args:
        block: aliases in alphabetical order, each with a weight: 0 has only the given name in
            common, 1 more than that, 2 bears no full name that could differ. Two are compared
            from 2 on.
    """
    reach = len(block) if len(block) <= MAX_BLOCK else MAX_BLOCK // 2
    for place, (one, weight) in enumerate(block):
        for other, further in block[place + 1 : place + 1 + reach]:
            if weight + further >= 2:
                yield one, other


def keys(one: Evidence) -> set[str]:
    """What an alias can be found by."""
    found = {key for name in one.names for key in _name_keys(name)}
    if one.kind == "address":
        found.add(f"m:{local.mailbox(one.alias)}")
    for handle in one.handles:
        bare = handle.rstrip("0123456789")
        found |= {f"l:{handle}", f"l:{bare}", f"l:{fold(bare)}"}
    for name in one.names:
        found |= {f"l:{login}" for login in logins(name) if len(login) >= MIN_LOGIN}
    return found


def given_names(one: Evidence) -> set[str]:
    """Keys for a login that is a rare given name: jane@ may be any Jane's.

    Two who only have the given name in common are not one person: those are not compared.
    """
    givens = {name.given for name in one.names if len(name.given) >= MIN_LOGIN}
    return {f"l:{given}" for given in givens if given_share(given) < RARE_LOGIN}


def _name_keys(name: Name) -> Iterator[str]:
    family = name.family.replace(" ", "")
    yield f"n:{name.key}"
    yield f"i:{name.given[0]} {family}"
    if len(name.given) > 1:
        yield f"t:{name.given} {family[:3]}"  # a letter wrong further on
        for part in name.family.split():
            if len(part) > 3:
                yield f"p:{name.given} {part}"  # one of two family names
    yield from _other_spellings(name)
    for group in groups(name.given):
        yield f"g:{group} {family}"
    for middle in name.middle:
        if len(middle) > 1:
            yield f"n:{' '.join(sorted((middle, family)))}"
            yield f"n:{' '.join(sorted((middle, name.given)))}"


def _other_spellings(name: Name) -> Iterator[str]:
    """Keys for another order of many words, other habits of spelling, another script."""
    for given, last in splits(name) if name.middle or " " in name.family else ():
        yield f"n:{' '.join(sorted((given, last)))}"
    for given, last in spellings(name):
        yield f"s:{' '.join(sorted((given, last)))}"
    if name.native:
        yield f"s:{name.native}"
    elif not is_latin(name.family):
        yield from (f"s:{name.given}{name.family}", f"s:{name.family}{name.given}")


def logins(name: Name) -> set[str]:
    """What the bearer of a name may be called by a computer."""
    given, family = name.given, name.family.replace(" ", "")
    found = {given + family, family + given, given[0] + family, family + given[0]}
    found |= {(given[0] + family)[:8], given + family[0]}
    if name.middle:
        found.add(given[0] + name.middle[0][0] + family)
    return {login for login in found if login}
