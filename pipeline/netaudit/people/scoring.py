"""How likely two aliases are one person's: odds, step by step, each step in words.

The model is Fellegi and Sunter's (1969) with frequency-based weights (Winkler 1989): prior odds
that a person has a second alias, divided by the number of namesakes to be expected in the
archive, times a likelihood ratio for each further circumstance. The ratios are judgements, checked
by the identity benchmark (docs/methods.md, People).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import prod

from netaudit.names import local
from netaudit.names.compare import Agreement, compare
from netaudit.names.folding import fold
from netaudit.names.frequency import INITIAL
from netaudit.names.local import Spelling
from netaudit.names.reading import Name
from netaudit.names.scripts import is_latin
from netaudit.names.words import LEGAL_FORMS
from netaudit.people.evidence import Evidence
from netaudit.people.rarity import Rarity

MAX_ODDS = 5000.0
"""Nothing in names alone is surer than this."""
AGAINST = 0.25
"""Likelihood ratio below which circumstances speak for two people."""
RARE_ODDS = 100.0
"""Odds by a full name in common that only a very rare one gives."""
LONG_FAMILY = 6
"""Letters of a family name that, after an initial, make a login that says whose it is."""


class Base(Enum):
    """What a comparison rests on."""

    NAME = "name"
    MAILBOX = "mailbox"
    WEAK = "initial, login or part of a name"


@dataclass(frozen=True)
class Match:
    """How likely two aliases are one person's.

    Attributes:
        alias, other: the aliases.
        odds: that they are, to 1.
        base: what it rests on.
        reasons: in words, the base first.
        against: something speaks for two people, or the name is too common to tell; else low odds
            only mean that little is known.
    """

    alias: str
    other: str
    odds: float
    base: Base
    reasons: tuple[str, ...]
    against: bool = False

    @property
    def probability(self) -> float:
        """The odds as a probability."""
        return self.odds / (1 + self.odds)


@dataclass(frozen=True)
class Together:
    """How two aliases occur in the same messages.

    Attributes:
        beside: messages with both as recipients.
        one_to_other, other_to_one: messages from one to the other among several recipients.
        alone: messages from one to the other alone.
    """

    beside: int = 0
    one_to_other: int = 0
    other_to_one: int = 0
    alone: int = 0


_Step = tuple[float, str]
"""A factor of the odds and its reason; an empty reason is not told."""


def score(
    one: Evidence, other: Evidence, rarity: Rarity, together: Callable[[str, str], Together]
) -> Match | None:
    """How likely two aliases are one person's; None where nothing says so or names differ.

    Args:
        one: the evidence on an alias.
        other: the evidence on another.
        rarity: of names in the archive.
        together: how two aliases occur in the same messages; asked only where names agree.
    """
    if one.disguised or other.disguised:
        return None
    if one.kind == other.kind == "address" and _same_mailbox(one, other):
        return Match(one.alias, other.alias, MAX_ODDS, Base.MAILBOX, ("the same mailbox",))
    base, odds, reason = _base(one, other, rarity)
    if odds <= 0:
        return None
    steps = [*_places(one, other, base, rarity), *_times(one, other)]
    steps += _meetings(together(one.alias, other.alias), rare=odds >= RARE_ODDS)
    steps += _middles(one, other)
    likelihood = prod(factor for factor, _ in steps)
    odds *= likelihood
    if one.shared or other.shared:
        odds, steps = min(odds, 2.0), [*steps, (1, "several people use one of them")]
    if one.impersonal or other.impersonal:
        odds, steps = min(odds, 9.0), [*steps, (1, "one is no personal address")]
    reasons = (reason, *(why for _, why in steps if why))
    against = base is Base.NAME or likelihood < AGAINST
    return Match(one.alias, other.alias, min(odds, MAX_ODDS), base, reasons, against)


def _same_mailbox(one: Evidence, other: Evidence) -> bool:
    return local.mailbox(one.alias) == local.mailbox(other.alias)


# --- the base: names and logins ------------------------------------------------------------------

_NONE = (Base.WEAK, 0.0, "")


def _base(one: Evidence, other: Evidence, rarity: Rarity) -> tuple[Base, float, str]:
    """What the comparison rests on, its odds, and the reason."""
    by_name = _by_names(one, other, rarity)
    if by_name is None:
        return _NONE  # two full names that are different people's
    shared = _shared_handle(one, other, rarity)
    if by_name[1] > 0:
        factor, why = _login_step(shared, by_name[0])
        return by_name[0], by_name[1] * factor, f"{by_name[2]}{why}"
    return max(
        _by_spelling(one, other, rarity),
        _by_spelling(other, one, rarity),
        _by_login(one, other, shared),
        key=lambda found: found[1],
    )


@dataclass(frozen=True)
class _Handle:
    """A login or one-word name that two aliases have in common.

    Attributes:
        text: the handle, empty for none.
        others: expected other people who use it.
        spells: it spells a name of either, so that namesakes may use it, too.
    """

    text: str = ""
    others: float = 0.0
    spells: bool = False


def _shared_handle(one: Evidence, other: Evidence, rarity: Rarity) -> _Handle:
    """The rarest handle of both."""
    both = one.handles & other.handles
    if not both:
        return _Handle()
    text = min(both, key=lambda handle: (rarity.same_login(handle), handle))
    names = (*one.names, *other.names)
    spells = any(local.spelling(f"{text}@", name) is not Spelling.NONE for name in names)
    return _Handle(text, rarity.same_login(text), spells)


def _login_step(shared: _Handle, base: Base) -> _Step:
    """What the same login adds to names that agree."""
    if not shared.text:
        return 1.0, ""
    if shared.spells:  # namesakes, too, are called after their name
        digits = len(shared.text) - len(shared.text.rstrip("0123456789"))
        factor = (2.5, 5.0, 20.0)[min(digits, 2)]  # the same number is a further coincidence
        return (factor if base is Base.NAME else max(factor, 8.0)), ", the same login"
    return 0.4 / (shared.others / 10 + 0.012), ", the same login"


_AGREEMENTS = {
    # how names agree: (prior odds of a second alias, others to be expected beside namesakes)
    Agreement.SAME: (0.4, 0.002),
    Agreement.FORM: (0.3, 0.006),
    Agreement.TYPO: (0.3, 0.01),
    Agreement.INITIAL: (0.25, 0.03),
}


def _by_names(one: Evidence, other: Evidence, rarity: Rarity) -> tuple[Base, float, str] | None:
    """Odds by full names; 0 where there are none to compare, None where they differ."""
    if not one.names or not other.names:
        return _NONE
    best: tuple[Base, float, str] | None = None
    for mine in one.names:
        for theirs in other.names:
            agreement = compare(mine, theirs)
            if agreement not in _AGREEMENTS:
                continue
            odds = _name_odds(agreement, mine, theirs, one.spelt or other.spelt, rarity)
            base = Base.NAME if agreement is not Agreement.INITIAL else Base.WEAK
            if best is None or odds > best[1]:
                best = (base, odds, f"{agreement.value} ({mine.text} / {theirs.text})")
    return best


def _name_odds(
    agreement: Agreement, mine: Name, theirs: Name, spelt: bool, rarity: Rarity
) -> float:
    prior, others = _AGREEMENTS[agreement]
    longer = max((mine, theirs), key=lambda name: len(name.given))
    names = [name for name in (mine, theirs) if not is_latin(name.family)]
    if len(names) != 1 or agreement is not Agreement.SAME:  # else the same in the rarer script
        names = [mine, theirs]
    namesakes = max(
        rarity.namesakes(
            name,
            by_initial=agreement is Agreement.INITIAL or len(longer.given) == 1,
            by_form=agreement is Agreement.FORM,
        )
        for name in names
    )
    if agreement is Agreement.TYPO:
        namesakes *= 10
    if spelt:  # the words of a local part need not be a name
        namesakes, others = namesakes * 2, others * 2
    return prior / (namesakes + others)


_SPELLINGS = {
    # how a local part spells a name: (prior odds, others to be expected)
    Spelling.FULL: (0.3, 0.006),
    Spelling.INITIAL: (0.25, 0.03),
    Spelling.GIVEN_INITIAL: (0.15, 0.06),
    Spelling.FAMILY: (0.1, 0.08),
    Spelling.GIVEN: (0.1, 0.15),
}


def _by_spelling(named: Evidence, bare: Evidence, rarity: Rarity) -> tuple[Base, float, str]:
    """Odds that a login without a full name is that of a person with one."""
    if bare.names or bare.kind != "address":
        return _NONE
    best = _NONE
    for name in named.names:
        for handle in sorted(bare.handles):
            spelling = local.spelling(f"{handle}@", name)
            if spelling not in _SPELLINGS:
                continue
            prior, others = _SPELLINGS[spelling]
            if spelling is Spelling.INITIAL and len(name.family) >= LONG_FAMILY:
                others /= 2  # hardly a word of another origin
            if len(name.given) == 1:  # one login beside another
                others *= 4
            odds = prior / (_spelling_namesakes(spelling, handle, name, rarity) + others)
            same = handle in named.handles and len(name.given) > 1
            odds *= _part_factor(bare, name, handle) * (8.0 if same else 1.0)
            base = Base.NAME if spelling is Spelling.FULL else Base.WEAK
            reason = f"{handle} spells {spelling.value} of {name.text}"
            best = max(best, (base, odds, reason), key=lambda found: found[1])
    return best


def _spelling_namesakes(spelling: Spelling, handle: str, name: Name, rarity: Rarity) -> float:
    if spelling is Spelling.FULL:
        return rarity.namesakes(name, by_form=name.given not in fold(handle))
    if spelling is Spelling.GIVEN:
        return rarity.n_people * max(rarity.given(name), rarity.given_share(fold(handle)))
    if spelling is Spelling.GIVEN_INITIAL:
        given = max(rarity.given(name), rarity.given_share(name.family))  # Doe Jane
        return rarity.n_people * given * INITIAL
    if spelling is Spelling.FAMILY:
        return rarity.n_people * rarity.family(name)
    return rarity.namesakes(name, by_initial=True)


def _part_factor(bare: Evidence, name: Name, handle: str) -> float:
    """What a name of one word (Jane) on the bare login says of a full name."""
    if not bare.parts:
        return 1.0
    agreements = {compare(part, name) for part in bare.parts}
    if Agreement.PART in agreements:
        return 8.0
    own = (bare.login.lower(), handle, fold(handle))
    told = [part for part in bare.parts if not any(part.given in login for login in own)]
    return 0.1 if told else 1.0


def _by_login(one: Evidence, other: Evidence, shared: _Handle) -> tuple[Base, float, str]:
    """Odds by the same login in two places, where at most one goes by a full name."""
    if not shared.text or shared.spells:
        return _NONE
    both = [(a.given, b.given) for a in one.parts for b in other.parts]
    if both and all(mine != theirs for mine, theirs in both):
        return _NONE
    odds = 0.4 / (shared.others + 0.012) * (3.0 if both else 1.0)
    if shared.text not in (one.login, other.login):
        return Base.WEAK, odds * 0.2, f"the same word for a name ({shared.text})"
    bare = not (one.names or other.names or one.parts or other.parts)
    if bare and one.organisation != other.organisation and one.organisation and other.organisation:
        odds *= 0.3  # a word like specials@ is many firms' login
    return Base.WEAK, odds, f"the same login ({shared.text})"


# --- further circumstances -----------------------------------------------------------------------


def _places(one: Evidence, other: Evidence, base: Base, rarity: Rarity) -> list[_Step]:
    """What the domains and employers of both say."""
    kinds = {one.kind, other.kind}
    if kinds == {"profile"}:
        return [(0.0005, "two profiles")]
    if "address" not in kinds:
        return [(3.0, "both on LinkedIn")]
    return _domains(one, other, base, rarity) if kinds == {"address"} else _employer(one, other)


def _domains(one: Evidence, other: Evidence, base: Base, rarity: Rarity) -> list[_Step]:
    """Two addresses in one organisation, in two, or with a mail service that all may use."""
    if not one.organisation and not other.organisation:
        return [(1.2, "")]
    if not one.organisation or not other.organisation:
        return [(2.0, "")]
    if one.organisation != other.organisation:
        return [(0.8, "at different organisations")]
    if _numbered(one, other):
        return [(0.05, f"numbered addresses at {one.organisation}")]
    # a namesake is the less likely to be there, too, the smaller the organisation
    least, most = (2.0, 5.0) if base is Base.WEAK else (1.0, 6.0)
    factor = min(most, max(least, 0.3 / rarity.share_of(one.organisation)))
    factor = 6.0 if one.login == other.login else factor
    return [(factor, f"both at {one.organisation}")]


def _numbered(one: Evidence, other: Evidence) -> bool:
    """`john.smith` and `john.smith2` in one organisation: how namesakes are told apart."""
    mine, theirs = one.login, other.login
    bare = [login.rstrip("0123456789") for login in (mine, theirs)]
    return mine != theirs and bare[0] == bare[1]


def _employer(one: Evidence, other: Evidence) -> list[_Step]:
    """A LinkedIn profile or name beside an address: does the employer fit the domain?"""
    member, address = (other, one) if one.kind == "address" else (one, other)
    steps: list[_Step] = [(1.5, "one on LinkedIn")]
    if not address.organisation or not member.employers:
        return steps
    domain = fold(address.organisation.rpartition(".")[0].replace(".", " ")).replace(" ", "")
    if any(_fits(employer, domain) for employer in member.employers):
        return [*steps, (15.0, f"employer and {address.organisation} agree")]
    return [*steps, (0.6, "employer and domain differ")]


def _fits(employer: str, domain: str) -> bool:
    words = [word for word in employer.split() if word not in LEGAL_FORMS]
    together = "".join(words)
    initials = "".join(word[0] for word in words)
    if len(domain) < 2 or not together:
        return False
    first = words[0] if len(words[0]) > 3 else together
    return domain in (together, initials) or domain.startswith(first) or together.startswith(domain)


def _times(one: Evidence, other: Evidence) -> list[_Step]:
    """Two employers at a time speak for two people, one after the other for a new job."""
    both = one.organisation and other.organisation and one.organisation != other.organisation
    if not both or min(one.n_own, other.n_own) < 3 or min(one.first, other.first) < 0:
        return []
    overlap = min(one.last, other.last) - max(one.first, other.first)
    if overlap > 180:
        return [(0.3, f"both in use for {overlap} days")]
    return [(2.0, "one after the other")] if overlap <= 30 else []


def _meetings(together: Together, *, rare: bool) -> list[_Step]:
    """Aliases in one message are rarely one person's, unless somebody is written to twice.

    That two bearers of a very rare name stand side by side is not likely, either.
    """
    if together.one_to_other and together.other_to_one:
        return [(0.02, "they write to each other")]
    if together.beside:
        return [(0.08 if rare else 0.02, f"both are recipients of {together.beside} messages")]
    if together.one_to_other or together.other_to_one:
        return [(0.1, "one writes to the other among others")]
    return [(0.7, "")] if together.alone else []


def _middles(one: Evidence, other: Evidence) -> list[_Step]:
    """A middle name or initial in common is one more coincidence to explain."""
    for mine in one.names:
        for theirs in other.names:
            if mine.middle and theirs.middle and compare(mine, theirs) is Agreement.SAME:
                return [(5.0, "")]
    return []
