"""Matches -> people: joined where sure, suggested where likely, kept apart where they clash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from netaudit.names.compare import Agreement, compare
from netaudit.names.reading import Name
from netaudit.people import candidates
from netaudit.people.clusters import Clusters
from netaudit.people.evidence import Evidence
from netaudit.people.rarity import measure
from netaudit.people.scoring import Base, Match, Together, score

JOIN_FROM = 0.9
"""Probability from which two aliases are joined."""
SUGGEST_FROM = 0.4
"""Probability from which the owner is asked."""


@dataclass(frozen=True)
class Joined:
    """Who is who among aliases.

    Attributes:
        clusters: sets of aliases of one person each.
        why: alias -> what joined it to the others, in words.
        doubtful: matches that were not joined, likeliest first.
    """

    clusters: Clusters
    why: Mapping[str, str]
    doubtful: tuple[Match, ...]


def join(
    evidence: Mapping[str, Evidence],
    stated: Iterable[Match],
    apart: Iterable[tuple[str, str]],
    meetings: Callable[[set[str]], Callable[[str, str], Together]],
) -> Joined:
    """Who is who.

    Args:
        evidence: alias -> evidence.
        stated: pairs that a decision, the owner's settings or a record says are one; joined
            first, whatever their names.
        apart: pairs that are not one.
        meetings: given aliases, a function that says how two of them occur together.
    """
    clusters, why = Clusters(apart), _Reasons()
    for match in stated:
        if clusters.join(match.alias, match.other):
            why.add(match)
    rarity = measure(evidence)
    pairs = candidates.pairs(evidence)
    together = meetings({alias for pair in pairs for alias in pair})
    scored = (score(evidence[one], evidence[other], rarity, together) for one, other in pairs)
    matches = [match for match in scored if match]
    known = {(match.alias, match.other): match for match in matches}
    doubtful = []
    for match in sorted(_against_rivals(matches, known, evidence), key=_order):
        if match.probability < SUGGEST_FROM:
            break
        if clusters.root(match.alias) == clusters.root(match.other):
            continue
        clash = _clash(clusters, match, evidence, known) if match.probability >= JOIN_FROM else ""
        if clash:
            doubtful.append(replace(match, odds=1.0, reasons=(*match.reasons, clash)))
        elif match.probability >= JOIN_FROM and clusters.join(match.alias, match.other):
            why.add(match)
        else:
            doubtful.append(match)
    return Joined(clusters, why.of, _distinct(doubtful, clusters))


def _order(match: Match) -> tuple[bool, float, str, str]:
    return match.base is not Base.MAILBOX, -match.odds, match.alias, match.other


class _Reasons:
    """What joined each alias to the others."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def add(self, match: Match) -> None:
        alias, other = match.alias, match.other
        if other in self.of and alias not in self.of:
            alias, other = other, alias
        text = f"with {alias}: {', '.join(match.reasons)}"
        self.of[other] = f"{self.of[other]}; {text}" if other in self.of else text


_Known = Mapping[tuple[str, str], Match]
"""Match by pair of aliases in alphabetical order; pairs that were not compared lack."""


def _against_rivals(
    matches: list[Match], known: _Known, evidence: Mapping[str, Evidence]
) -> list[Match]:
    """The matches worth suggesting, their odds divided among aliases that cannot all be meant.

    `jdoe@` fits John Doe as well as Jane Doe: then it is neither's for sure. Rivals of one match
    are the other matches of either alias, as far as they are somebody else's than the first; a
    full name in common has only the like for rivals.
    """
    of: dict[str, list[tuple[str, Match]]] = {}
    for match in matches:
        of.setdefault(match.alias, []).append((match.other, match))
        of.setdefault(match.other, []).append((match.alias, match))

    def excluded(one: str, other: str) -> float:
        """How sure it is that two aliases are not one person's."""
        match = known.get(_pair(one, other))
        if match:
            return max(0.0, 1 - 2 * match.probability) if match.against else 0.0
        mine, theirs = evidence[one].names, evidence[other].names
        return float(_differing(list(mine), list(theirs)) is not None)

    def rivalry(alias: str, meant: str, base: Base) -> float:
        return sum(
            rival.odds * excluded(meant, other)
            for other, rival in of[alias]
            if other != meant and base in (Base.WEAK, rival.base)
        )

    def divided(match: Match) -> Match:
        one, other = match.alias, match.other
        rivals = max(rivalry(one, other, match.base), rivalry(other, one, match.base))
        return replace(match, odds=match.odds / (1 + rivals)) if rivals else match

    return [
        match if match.base is Base.MAILBOX else divided(match)
        for match in matches
        if match.probability >= SUGGEST_FROM
    ]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _clash(
    clusters: Clusters, match: Match, evidence: Mapping[str, Evidence], known: _Known
) -> str:
    """What speaks against bringing two sets into one person, in words, or nothing."""
    if match.base is Base.MAILBOX:
        return ""
    mine = sorted(clusters.members(match.alias))
    theirs = sorted(clusters.members(match.other))
    for one in mine:
        for other in theirs:
            pair = known.get(_pair(one, other))
            if pair and pair.against and pair.probability < SUGGEST_FROM:
                return f"but {one} is hardly {other}"
    differ = _differing(_names(evidence, mine), _names(evidence, theirs))
    return f"but {differ[0].text} is not {differ[1].text}" if differ else ""


def _names(evidence: Mapping[str, Evidence], aliases: list[str]) -> list[Name]:
    found = {n: None for alias in aliases if alias in evidence for n in evidence[alias].names}
    return list(found)


def _differing(names: list[Name], others: list[Name]) -> tuple[Name, Name] | None:
    """Two names that are different people's, one of each set.

    Where the owner put different names into one person, any name of that person will do.
    """
    if len(names) == len(others) == 1:
        return (names[0], others[0]) if compare(names[0], others[0]) is Agreement.CONFLICT else None
    pairs = [(one, other) for one in names for other in others]
    differ = [pair for pair in pairs if compare(*pair) is Agreement.CONFLICT]
    mixed = any(
        compare(one, other) is Agreement.CONFLICT
        for side in (names, others)
        for one, other in combinations(side, 2)
    )
    return differ[0] if differ and not (mixed and len(differ) < len(pairs)) else None


def _distinct(doubtful: list[Match], clusters: Clusters) -> tuple[Match, ...]:
    """One suggestion for each pair of people, the likeliest."""
    found: dict[tuple[str, str], Match] = {}
    for match in sorted(doubtful, key=_order):
        one, other = sorted((clusters.root(match.alias), clusters.root(match.other)))
        if one != other and clusters.may_join(one, other):
            found.setdefault((one, other), match)
    return tuple(found.values())
