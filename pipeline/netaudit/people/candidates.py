"""Pairs of aliases worth comparing, found by keys that one person's aliases have in common.

Work grows with the number of aliases, not with its square: a key that very many share is looked
at only among neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from itertools import product

from netaudit.names import local
from netaudit.names.compare import nearly_alike, spellings, splits
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
    found: set[tuple[str, str]] = set()
    for block in _blocks(evidence, keys):
        found.update(_within(block))
    for block in _blocks(evidence, near_keys):
        found.update(pair for pair in _within(block) if _nearly(evidence, *pair))
    for bearers in _by_login(evidence).values():
        found.update(_looked_for(bearers))
    return sorted(found)


def _blocks(
    evidence: Mapping[str, Evidence], keys_of: Callable[[Evidence], set[str]]
) -> Iterable[list[str]]:
    """Aliases with a key in common, two at least, in alphabetical order."""
    first: dict[str, str] = {}  # most keys are one alias's
    blocks: dict[str, list[str]] = {}
    for alias, one in evidence.items():
        for key in keys_of(one):
            earlier = first.setdefault(key, alias)
            if earlier is not alias:
                blocks.setdefault(key, [earlier]).append(alias)
    return blocks.values()


def _within(block: list[str]) -> Iterator[tuple[str, str]]:
    """All pairs of a small block, pairs of near neighbours of a large one."""
    reach = _reach(len(block))
    for place, one in enumerate(block):
        for other in block[place + 1 : place + 1 + reach]:
            yield one, other


def _reach(size: int) -> int:
    return size if size <= MAX_BLOCK else MAX_BLOCK // 2


def _nearly(evidence: Mapping[str, Evidence], one: str, other: str) -> bool:
    names = product(evidence[one].names, evidence[other].names)
    return any(nearly_alike(mine, theirs) for mine, theirs in names)


class Weight(IntEnum):
    """How much an alias is looked for by a login; two are compared from COMPARED on together.

    Two full names say by themselves whether they are one person's.
    """

    GIVEN_ONLY = 0
    FULL_NAME = 1
    INITIAL = 2
    NAMELESS = 3


COMPARED = 3


def _by_login(evidence: Mapping[str, Evidence]) -> Mapping[str, list[tuple[str, Weight]]]:
    """Who uses or may use each login, in alphabetical order, where anybody is looked for by it."""
    used = {alias: login_keys(one) for alias, one in evidence.items()}
    blocks: dict[str, list[tuple[str, Weight]]] = {
        login: []
        for alias, one in evidence.items()
        if not one.names or any(map(_is_short, one.names))
        for login, weight in used[alias].items()
        if weight > Weight.FULL_NAME
    }
    for alias, found in used.items():
        for login in found.keys() & blocks.keys():
            blocks[login].append((alias, found[login]))
    return blocks


def _is_short(name: Name) -> bool:
    return 1 in (len(name.given), len(name.family))


def _looked_for(bearers: list[tuple[str, Weight]]) -> Iterator[tuple[str, str]]:
    """Pairs of near neighbours under one login that are worth comparing."""
    reach = _reach(len(bearers))
    for place, (one, weight) in enumerate(bearers):
        if weight > Weight.FULL_NAME:
            around = bearers[max(place - reach, 0) : place + 1 + reach]
            for other, further in around:
                if one != other and weight + further >= COMPARED:
                    yield (one, other) if one < other else (other, one)


def keys(one: Evidence) -> set[str]:
    """What an alias can be found by."""
    found = {key for name in one.names for key in _known_by(name)}
    if one.kind == "address":
        found.add(f"m:{local.mailbox(one.alias)}")
    return found


def near_keys(one: Evidence) -> set[str]:
    """What a name with an initial or a letter wrong can be found by."""
    return {key for name in one.names for key in _nearly_known_by(name)}


def login_keys(one: Evidence) -> dict[str, Weight]:
    """The logins that an alias uses or that its bearer may use, rare given names among them.

    jane@ may be any Jane's; two who only have the given name in common are not one person.
    """
    givens = {name.given for name in one.names if len(name.given) >= MIN_LOGIN}
    found = {given: Weight.GIVEN_ONLY for given in givens if given_share(given) < RARE_LOGIN}
    own = Weight.INITIAL if all(map(_is_short, one.names)) else Weight.FULL_NAME
    own = own if one.names else Weight.NAMELESS
    for handle in one.handles:
        bare = handle.rstrip("0123456789")
        found |= {handle: own, bare: own, fold(bare): own}
    for name in sorted(one.names, key=_is_short):
        weight = Weight.INITIAL if _is_short(name) else Weight.FULL_NAME
        found |= {login: weight for login in logins(name) if len(login) >= MIN_LOGIN}
    return found


@lru_cache(maxsize=1 << 16)
def _known_by(name: Name) -> tuple[str, ...]:
    """The keys of a name; people and dates ask for the same names again and again."""
    return tuple(_name_keys(name))


@lru_cache(maxsize=1 << 16)
def _nearly_known_by(name: Name) -> tuple[str, ...]:
    family = name.family.replace(" ", "")
    initial = f"i:{name.given[0]} {family}"
    if len(name.given) <= 1:
        return (initial,)
    # a letter wrong further on, or before
    return initial, f"t:{name.given} {family[:3]}", f"t:{name.given} {family[0]}…{family[-2:]}"


def _name_keys(name: Name) -> Iterator[str]:
    family = name.family.replace(" ", "")
    yield f"n:{name.key}"
    if len(name.given) > 1:
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


@lru_cache(maxsize=1 << 16)
def logins(name: Name) -> frozenset[str]:
    """What the bearer of a name may be called by a computer."""
    given, family = name.given, name.family.replace(" ", "")
    found = {given + family, family + given, given[0] + family, family + given[0]}
    found |= {(given[0] + family)[:8], given + family[0]}
    if name.middle:
        found.add(given[0] + name.middle[0][0] + family)
    return frozenset(login for login in found if login)
