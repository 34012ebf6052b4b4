"""How many other people in an archive would bear a name, or use a login, by chance.

Frequency-based matching: a rare name in common is strong evidence, a common one weak (Newcombe
and others 1959, Fellegi and Sunter 1969, Winkler 1989).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum

from netaudit.names import frequency
from netaudit.names.frequency import (
    INITIAL,
    RARE_FAMILY,
    RARE_GIVEN,
    family_share,
    least_given_share,
)
from netaudit.names.nicknames import forms, groups
from netaudit.names.reading import Name
from netaudit.people.evidence import Evidence, by_name

MIN_PEOPLE = 2000
"""A small archive still is a draw from a large world: people are at least so many."""
SMOOTHING = 500
"""A few names of a small archive say little of how frequent they are."""
CLUSTERING = 1.5
"""Given and family names go together by country: pairs are more frequent than their product."""


@dataclass(frozen=True)
class Rarity:
    """Frequencies of names and logins in one archive.

    Attributes:
        n_people: aliases in it, at least MIN_PEOPLE.
        counts: distinct names by `g:<given>` and `f:<family>`.
        n_names: distinct full names.
        logins: distinct organisations (or mail services) in which a login occurs.
        organisations: aliases by organisation.
        profiles: LinkedIn profiles by the key of the name on them: so many people bear it.
    """

    n_people: int
    counts: Mapping[str, int]
    n_names: int
    logins: Mapping[str, int]
    organisations: Mapping[str, int]
    profiles: Mapping[str, int]
    _namesakes: dict[tuple[str, str, bool, bool], float] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def share_of(self, organisation: str) -> float:
        """Share of the archive's aliases that are in an organisation, above 0."""
        return max(self.organisations.get(organisation, 0), 1) / self.n_people

    def namesakes(self, name: Name, *, by_initial: bool = False, by_form: bool = False) -> float:
        """Expected other people of this name.

        Args:
            name: a full name.
            by_initial: of the family name, the given name only known to begin with a letter.
            by_form: of the family name with any form of the given name.
        """
        asked = (name.given, name.family, by_initial, by_form)
        if asked not in self._namesakes:
            self._namesakes[asked] = self._expected(name, by_initial=by_initial, by_form=by_form)
        return self._namesakes[asked]

    def _expected(self, name: Name, *, by_initial: bool, by_form: bool) -> float:
        given = INITIAL if by_initial else self.given_share(name.given)
        if by_form:
            given = fsum(map(self.given_share, forms(name.given)))  # of a set, in any order
        given = max(given, least_given_share(name.given, name.family))
        expected = self.n_people * given * self.family(name) * CLUSTERING
        return max(expected, (self.profiles.get(name.key, 1) - 1) / 4)  # each may be meant

    def family(self, name: Name) -> float:
        """Share of people with the family name: of tables, or of this archive where larger."""
        family = name.family.replace(" ", "")
        return max(family_share(family), self._share(f"f:{family}"))

    def given(self, name: Name) -> float:
        """Share of people with the given name."""
        return self.given_share(name.given)

    def given_share(self, given: str) -> float:
        """Share of people with a given name: of tables, or of this archive where larger."""
        return max(frequency.given_share(given), self._share(f"g:{given}"))

    def _share(self, key: str) -> float:
        """Share of the archive's names, the two that are compared left out."""
        return max(self.counts.get(key, 0) - 2, 0) / (self.n_names + SMOOTHING)

    def same_login(self, login: str) -> float:
        """Expected other people who use a login that spells no name they are known by."""
        letters = "".join(c for c in login if not c.isdigit())
        if not letters:  # phone numbers and student numbers are nobody else's
            return self.n_people * 10.0 ** (2 - len(login))
        if groups(letters) or frequency.given_share(letters) > RARE_GIVEN:
            return self.n_people * max(frequency.given_share(letters), 0.005)
        by_name = max(family_share(letters), INITIAL * family_share(letters[1:]))
        if by_name > RARE_FAMILY:  # smith, jsmith
            return self.n_people * by_name
        seen = 0.2 * max(self.logins.get(login, 1) - 5, 0)  # one person may use it everywhere
        return self.n_people * _BY_LENGTH.get(len(login), 1e-6) + seen


_BY_LENGTH = {1: 0.1, 2: 0.02, 3: 1e-3, 4: 2e-4, 5: 3e-5, 6: 1e-5, 7: 4e-6}
"""Share of people who use a login of so many characters that is no common name."""


def measure(evidence: Mapping[str, Evidence]) -> Rarity:
    """The frequencies in an archive."""
    counts = by_name(evidence)
    places = {
        (handle, one.organisation or one.alias.rpartition("@")[2])
        for one in evidence.values()
        for handle in one.handles
    }
    n_names = len({name.key for one in evidence.values() for name in one.names})
    logins = Counter(login for login, _ in places)
    organisations = Counter(one.organisation for one in evidence.values() if one.organisation)
    members = (one for one in evidence.values() if one.kind == "profile" and not one.spelt)
    profiles = Counter(key for one in members for key in {name.key for name in one.names})
    n_people = max(len(evidence), MIN_PEOPLE)
    return Rarity(n_people, counts, n_names, logins, organisations, profiles)
