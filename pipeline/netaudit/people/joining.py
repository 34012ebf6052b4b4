"""Matches -> people: joined where sure, suggested where likely, kept apart where they clash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from netaudit.names.compare import Agreement, compare
from netaudit.people import candidates
from netaudit.people.clusters import Clusters
from netaudit.people.evidence import Evidence
from netaudit.people.rarity import measure
from netaudit.people.scoring import Base, Match, Together, score

JOIN_FROM = 0.95
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
    together: Callable[[str, str], Together],
) -> Joined:
    """Who is who.

    Args:
        evidence: alias -> evidence.
        stated: pairs that a decision, the owner's settings or a record says are one; joined
            first, whatever their names.
        apart: pairs that are not one.
        together: how two aliases occur in the same messages.
    """
    clusters, why = Clusters(apart), _Reasons()
    for match in stated:
        if clusters.join(match.alias, match.other):
            why.add(match)
    rarity = measure(evidence)
    scored = (
        score(evidence[one], evidence[other], rarity, together)
        for one, other in candidates.pairs(evidence)
    )
    matches = [match for match in scored if match and match.odds >= _odds(SUGGEST_FROM / 4)]
    doubtful = []
    for match in sorted(_against_rivals(matches), key=_order):
        if clusters.root(match.alias) == clusters.root(match.other):
            continue
        clash = _clash(clusters, match, evidence) if match.probability >= JOIN_FROM else ""
        if clash:
            doubtful.append(replace(match, odds=1.0, reasons=(*match.reasons, clash)))
        elif match.probability >= JOIN_FROM and clusters.join(match.alias, match.other):
            why.add(match)
        elif match.probability >= SUGGEST_FROM:
            doubtful.append(match)
    return Joined(clusters, why.of, _distinct(doubtful, clusters))


def _odds(probability: float) -> float:
    return probability / (1 - probability)


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


def _against_rivals(matches: list[Match]) -> list[Match]:
    """The matches with their odds divided among aliases that cannot all be meant.

    `jdoe@` fits John Doe as well as Jane Doe: then it is neither's for sure. Rivals of one match
    are the other matches of either alias, as far as they are somebody else's than the first.
    """
    known = {(match.alias, match.other): match.probability for match in matches}
    of: dict[str, list[tuple[str, float]]] = {}
    for match in matches:
        of.setdefault(match.alias, []).append((match.other, match.odds))
        of.setdefault(match.other, []).append((match.alias, match.odds))

    def rivalry(alias: str, meant: str) -> float:
        return sum(
            odds * (1 - known.get((min(meant, rival), max(meant, rival)), 0.0))
            for rival, odds in of[alias]
            if rival != meant
        )

    return [
        match
        if match.base is Base.MAILBOX
        else replace(
            match,
            odds=match.odds
            / (1 + max(rivalry(match.alias, match.other), rivalry(match.other, match.alias))),
        )
        for match in matches
    ]


def _clash(clusters: Clusters, match: Match, evidence: Mapping[str, Evidence]) -> str:
    """Two different full names that a join would bring into one person, in words, or nothing."""
    if match.base is Base.MAILBOX:
        return ""
    mine = {n for alias in clusters.members(match.alias) for n in _names(evidence, alias)}
    theirs = {n for alias in clusters.members(match.other) for n in _names(evidence, alias)}
    for one in sorted(mine, key=lambda name: name.text):
        for other in sorted(theirs, key=lambda name: name.text):
            if compare(one, other) is Agreement.CONFLICT:
                return f"but {one.text} is not {other.text}"
    return ""


def _names(evidence: Mapping[str, Evidence], alias: str) -> tuple:  # type: ignore[type-arg]
    one = evidence.get(alias)
    return one.names if one else ()


def _distinct(doubtful: list[Match], clusters: Clusters) -> tuple[Match, ...]:
    """One suggestion for each pair of people, the likeliest."""
    found: dict[tuple[str, str], Match] = {}
    for match in sorted(doubtful, key=_order):
        one, other = sorted((clusters.root(match.alias), clusters.root(match.other)))
        if one != other and clusters.may_join(one, other):
            found.setdefault((one, other), match)
    return tuple(found.values())
