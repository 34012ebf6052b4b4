"""What is known of each alias: the names it goes by, where it belongs, when it was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from netaudit.names import local
from netaudit.names.compare import Agreement, compare
from netaudit.names.folding import fold
from netaudit.names.reading import Kind, Name, is_given, read
from netaudit.names.words import IMPERSONAL, MACHINE_USERS, NOT_IN_NAMES
from netaudit.people import mentions

if TYPE_CHECKING:
    import pandas as pd

MAX_NAMES = 4
"""Names looked at for one alias."""
MIN_SHARE = 0.25
"""A second person's name on an address counts from this share of its mail on: it is shared."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one alias.

    Attributes:
        alias: the address, profile or `name:...`.
        kind: address, profile or name.
        names: full names, the surest first: the bearer's own, else those others give it, else
            the one the local part or profile spells.
        spelt: the only name is the one that the alias itself spells.
        parts: names of one word (Jane, jdoe).
        handles: the login, and names of one word as they may be logins, without case.
        organisation: registered domain of the employer; empty for free mail, profiles, names.
        employers: folded names of employers that a LinkedIn export or an address book gives.
        first, last: days since 1970 of first and last mention; -1 for unknown.
        n_own: messages it sent.
        shared: several people send from it.
        impersonal: its local part is a role's or nobody's.
        disguised: a name on it hides what it is.
    """

    alias: str
    kind: str
    names: tuple[Name, ...] = ()
    spelt: bool = False
    parts: tuple[Name, ...] = ()
    handles: frozenset[str] = frozenset()
    organisation: str = ""
    employers: frozenset[str] = frozenset()
    first: int = -1
    last: int = -1
    n_own: int = 0
    shared: bool = False
    impersonal: bool = False
    disguised: bool = False

    @property
    def login(self) -> str:
        """The local part of an address without `+tag`, separators and case; else the slug."""
        return login_of(self.alias)


def login_of(alias: str) -> str:
    """The local part of an address without `+tag`, separators and case; the slug of a profile."""
    kind = mentions.kind_of(alias)
    if kind == "name":
        return ""
    head = alias.rpartition("/")[2] if kind == "profile" else local.personal_part(alias)
    return _alphanumeric(head)


def _alphanumeric(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def gather(found: pd.DataFrame) -> dict[str, Evidence]:
    """The evidence on every alias.

    Args:
        found: mentions (`mentions.COLUMNS`) of people's aliases.

    Returns:
        alias -> evidence, in alphabetical order.
    """
    names = _names(found)
    spans = _spans(found)
    employers = _employers(found)
    return {
        alias: _within(_of_alias(alias, names.get(alias, ()), employers.get(alias, ())), span)
        for alias, span in sorted(spans.items())
    }


def _within(one: Evidence, span: tuple[int, int, int]) -> Evidence:
    """The evidence with the first and last day, and how many messages the alias sent."""
    first, last, n_own = span
    return replace(one, first=first, last=last, n_own=n_own)


_Count = tuple[str, bool, int]
"""A display name, whether its bearer gave it, and how often."""


def _names(found: pd.DataFrame) -> dict[str, tuple[_Count, ...]]:
    named = found[found["name"].ne("")]
    counted = named.groupby(["alias", "name", "own"], as_index=False, observed=True).size()
    counted = counted.astype({"alias": "str", "name": "str"})
    counted = counted.sort_values(
        ["alias", "own", "size", "name"], ascending=[True, False, False, True]
    )
    result: dict[str, list[_Count]] = {}
    columns = (counted["alias"], counted["name"], counted["own"], counted["size"])
    for alias, name, own, size in zip(*(column.tolist() for column in columns), strict=True):
        result.setdefault(alias, []).append((name, own, size))
    return {alias: tuple(counts) for alias, counts in result.items()}


def _spans(found: pd.DataFrame) -> dict[str, tuple[int, int, int]]:
    days = found["at"].astype("int64") // 86_400_000_000
    frame = found[["alias", "own"]].assign(first=days, last=days)
    undated = found["at"].isna()
    frame.loc[undated, ["first", "last"]] = [10**9, -1]
    frame = frame.groupby("alias", observed=True).agg({"first": "min", "last": "max", "own": "sum"})
    frame["first"] = frame["first"].where(frame["first"] < 10**9, -1)
    columns = (frame["first"], frame["last"], frame["own"].astype("int64"))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return dict(zip(frame.index.astype("str").tolist(), rows, strict=True))


def _employers(found: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    rows = found.loc[found["organisation"].ne(""), ["alias", "organisation"]].drop_duplicates()
    rows = rows.astype("str")
    return {str(alias): tuple(part) for alias, part in rows.groupby("alias")["organisation"]}


@lru_cache(maxsize=1 << 16)
def _of_alias(alias: str, counts: tuple[_Count, ...], employers: tuple[str, ...]) -> Evidence:
    """What the names say, but for the days; audits as of other dates mostly ask for the same."""
    kind = mentions.kind_of(alias)
    read_names = [(read(text), own, size) for text, own, size in counts]
    own = [(name, size) for name, is_own, size in read_names if name.is_full and is_own]
    given = [(name, size) for name, is_own, size in read_names if name.is_full and not is_own]
    spelt = _spelt(alias, kind)
    parts = tuple(name for name, *_ in read_names if name.kind is Kind.PART)[:MAX_NAMES]
    names = _filled(_distinct(own) or _distinct(given), spelt)
    short = names or parts
    initials = spelt is None or 1 in (len(spelt.given), len(spelt.family))
    completed = _completed(short, alias) if kind == "address" and initials else None
    if completed:
        names, spelt = (completed, *names)[:MAX_NAMES], None
    elif names:
        spelt = None
    return Evidence(
        alias,
        kind,
        names or ((spelt,) if spelt else ()),
        spelt is not None,
        parts,
        _handles(alias, [text for text, *_ in counts], read_names),
        local.organisation(alias) if kind == "address" else "",
        frozenset(filter(None, map(fold, employers))),
        shared=_is_shared(own),
        impersonal=kind == "address" and _is_impersonal(local.words(alias)),
        disguised=any(name.kind is Kind.DISGUISED for name, *_ in read_names),
    )


def _handles(
    alias: str, texts: Iterable[str], names: Iterable[tuple[Name, bool, int]]
) -> frozenset[str]:
    """The login, one-word names, and what stands in quotes or before the name: zap (Jane Doe)."""
    words = {_alphanumeric(text) for text in texts if len(text.split()) == 1 and "@" not in text}
    words |= {name.nick for name, *_ in names if name.quoted and not is_given(name.nick)}
    return frozenset(
        handle for handle in {login_of(alias), *words} if len(handle) >= 3 and _is_own(handle)
    )


def _is_own(handle: str) -> bool:
    return _NOBODYS.isdisjoint((handle, handle.rstrip("0123456789")))


_NOBODYS = IMPERSONAL | NOT_IN_NAMES | MACHINE_USERS


def _is_impersonal(words: tuple[str, ...]) -> bool:
    alone = "".join(words)
    return alone in MACHINE_USERS or not IMPERSONAL.isdisjoint(words)


def _distinct(names: list[tuple[Name, int]]) -> tuple[Name, ...]:
    found: dict[tuple[str, str, tuple[str, ...]], Name] = {}
    for name, _ in names:
        found.setdefault((name.given, name.family, name.middle), name)
    return tuple(found.values())[:MAX_NAMES]


def _spelt(alias: str, kind: str) -> Name | None:
    if kind == "address":
        return local.read(alias)
    if kind == "name":
        name = read(alias.partition(":")[2])
        return name if name.is_full else None
    words = [w for w in fold(alias.rpartition("/")[2]).split() if len(w) > 1]
    name = read(" ".join(words[:3]))
    return name if name.is_full else None


def _filled(names: tuple[Name, ...], spelt: Name | None) -> tuple[Name, ...]:
    """The names, before them what the alias spells where they only have initials of it."""
    short = [name for name in names if 1 in (len(name.given), len(name.family))]
    if spelt is None or len(short) < len(names) or 1 in (len(spelt.given), len(spelt.family)):
        return names
    if any(compare(name, spelt) is Agreement.INITIAL for name in names):
        return (spelt, *names)[:MAX_NAMES]
    return names


MIN_FAMILY = 4
"""Letters that a login must have beside a given name or its initial to tell the family name."""


def _completed(names: tuple[Name, ...], alias: str) -> Name | None:
    """`James` or `James L.` of `jlebeiff@`, `j.lebeiff@`, `lebeiffj@`: James Lebeiff."""
    login = local.letters(alias)
    if is_given(login):
        return None
    for name in names:
        given, family = name.given, name.family
        if len(given) < 3 or len(family) > 1 or given in login[MIN_FAMILY:]:
            continue
        if not family and not is_given(given):  # perhaps a login
            continue
        rest = _beside(given, family, login)
        if len(rest) >= MIN_FAMILY and rest.isalpha():
            shown = f"{name.text.split()[0]} {rest.title()}"
            return Name(shown, Kind.PERSON, given, (), rest)
    return None


def _beside(given: str, initial: str, login: str) -> str:
    """What a login says beside a given name or its initial, where the family's initial agrees."""
    heads = (login.removeprefix(given), login.removeprefix(given[0]), login.removesuffix(given[0]))
    found = (rest for rest in heads if rest != login and rest.startswith(initial))
    return next(found, "")


def _is_shared(own: list[tuple[Name, int]]) -> bool:
    """Whether two people with different given names send from one address."""
    if len(own) < 2:
        return False
    total = sum(size for _, size in own)
    often = [name for name, size in own if size >= MIN_SHARE * total]
    return any(
        compare(one, other) is Agreement.CONFLICT and one.given != other.given
        for place, one in enumerate(often)
        for other in often[place + 1 :]
    )


def by_name(evidence: Mapping[str, Evidence]) -> dict[str, int]:
    """How many people, about, bear each given and each family name.

    Keys are `g:<given>` and `f:<family>`. Given names count once a family name, family names once
    an initial, so that forms of one person's name count once.
    """
    seen = {
        (name.given, name.family.replace(" ", ""))
        for one in evidence.values()
        for name in one.names
    }
    counts = Counter(f"g:{given}" for given, _ in seen)
    counts.update(f"f:{family}" for _, family in {(given[0], family) for given, family in seen})
    return counts
