"""Sets of aliases that grow together, with pairs that must never meet in one."""

from __future__ import annotations

from collections.abc import Iterable


class Clusters:
    """A union-find that refuses what it was told to keep apart."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, alias: str) -> str:
        """The member that stands for an alias's set."""
        parent = self._parent.setdefault(alias, alias)
        while parent != self._parent[parent]:
            self._parent[alias] = self._parent[parent]  # halve the path
            alias, parent = parent, self._parent[parent]
        return parent

    def members(self, alias: str) -> set[str]:
        """Everything in an alias's set, itself among it."""
        root = self.root(alias)
        return self._members.get(root, {root})

    def may_join(self, one: str, other: str) -> bool:
        """Whether no member of one set must be kept apart from a member of the other."""
        small, large = sorted((self.members(one), self.members(other)), key=len)
        return not any(self._apart.get(alias, _NONE) & large for alias in small)

    def join(self, one: str, other: str) -> bool:
        """Join two sets; False, and nothing done, where they must be kept apart."""
        if self.root(one) == self.root(other):
            return True
        if not self.may_join(one, other):
            return False
        small, large = sorted(
            (self.root(one), self.root(other)), key=lambda r: len(self.members(r))
        )
        self._members[large] = self.members(large) | self.members(small)
        self._members.pop(small, None)
        self._parent[small] = large
        return True


_NONE: set[str] = set()
