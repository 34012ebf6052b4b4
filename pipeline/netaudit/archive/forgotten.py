"""Whom the archive forgets: told again by salted hashes, so that nothing of them need be kept.

An address, profile or name is kept as a keyed BLAKE2b hash under a salt that each archive draws for
itself: lists cannot be compared between archives nor looked up in tables made before. Whoever holds
the archive can still ask it about one address or name; that is what "not again" takes.

Two shorter lists of two-byte hashes (words of names, domains) only spare the work of asking about
every word of every letter; by their shortness they tell next to nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from netaudit import aliases as spelling

SALT_BYTES = 32
MASK = "█"
"""Stands for each character that was taken out: offsets in a text stay what they were."""
LONGEST_NAME = 6
"""Words of the longest name that is looked for in texts."""
MAX_KNOWN = 200_000
"""Answers that are remembered at a time."""

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_GAP = re.compile(r"[\s.,'’-]{1,3}")
_PROFILE = re.compile(r"linkedin\.com/(?:in|pub)/[^?#\s,;\"'<>]{1,300}", re.IGNORECASE)
_LOCAL = frozenset("!#$%&'*+/=?^_`{|}~.-")
_REACH = 256
_MAX_CUTS = 12


@dataclass(frozen=True)
class Forgotten:
    """Salted hashes of whom the archive forgets.

    Attributes:
        salt: hexadecimal; empty while nobody is forgotten.
        aliases: of addresses, profiles and `name:...`.
        names: of full names.
        words: two bytes each, of the words of the names.
        domains: two bytes each, of the addresses' domains.
        is_pending: tables are clean, files beside the archive may not be yet.
    """

    salt: str = ""
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    is_pending: bool = False

    def __bool__(self) -> bool:
        return bool(self.aliases)

    def digest(self, kind: str, text: str, size: int = 16) -> str:
        """The salted hash of a text."""
        data = text.encode("utf-8", "surrogatepass")
        person = kind.encode()
        return hashlib.blake2b(
            data, digest_size=size, key=bytes.fromhex(self.salt), person=person
        ).hexdigest()

    def adding(self, aliases: Iterable[str], names: Iterable[str]) -> Forgotten:
        """The same and more.

        Args:
            aliases: addresses, canonical profiles, `name:...`.
            names: as people write them; those that are no full names are left out.
        """
        salted = self if self.salt else replace(self, salt=secrets.token_bytes(SALT_BYTES).hex())
        aliases, full = list(aliases), [words for name in names if (words := full_name(name))]

        def more(
            old: tuple[str, ...], kind: str, texts: Iterable[str], size: int = 16
        ) -> tuple[str, ...]:
            return tuple(sorted({*old, *(salted.digest(kind, text, size) for text in texts)}))

        domains = [alias.rpartition("@")[2] for alias in aliases if "@" in alias]
        return replace(
            salted,
            aliases=more(self.aliases, "alias", aliases),
            names=more(self.names, "name", map(_joined, full)),
            words=more(self.words, "word", (word for words in full for word in words), 2),
            domains=more(self.domains, "domain", domains, 2),
        )


def full_name(name: str) -> tuple[str, ...]:
    """The folded words of a full name: two or more, or one in a script without spaces; else none.

    Single letters are left out: `Ann B. Lee` and `Ann Lee` are one name.
    """
    words = tuple(word for word in spelling.fold(name).split() if _counts(word))
    if not 1 <= len(words) <= LONGEST_NAME or (len(words) == 1 and not _is_whole(words[0])):
        return ()
    return words


def _counts(word: str) -> bool:
    """Whether a word is more than an initial."""
    return len(word) > 1 or unicodedata.category(word) == "Lo"


def _is_whole(word: str) -> bool:
    """Whether one word may be a full name: written in ideographs and the like."""
    return len(word) > 1 and all(unicodedata.category(c) == "Lo" for c in word)


def _joined(words: Iterable[str]) -> str:
    """The words of a name in one order: `Lee, Ann` is `Ann Lee`."""
    return " ".join(sorted(words))


@lru_cache(4)
def matcher(forgotten: Forgotten) -> Matcher:
    """What tells the forgotten; one for each process, so that it learns."""
    return Matcher(forgotten)


class Matcher:
    """Tells aliases and names of the forgotten."""

    def __init__(self, forgotten: Forgotten) -> None:
        self._forgotten = forgotten
        self._aliases = frozenset(forgotten.aliases)
        self._names = frozenset(forgotten.names)
        self._short = {"word": frozenset(forgotten.words), "domain": frozenset(forgotten.domains)}
        self._known: dict[tuple[str, str], bool] = {}
        self._tokens: dict[str, str] = {}

    def is_alias(self, alias: str | None) -> bool:
        """Whether an address (with a `+tag` or without), profile or `name:...` is theirs."""
        if not alias:
            return False
        alias = alias.lower()
        if self._is("alias", alias):
            return True
        local, at, domain = alias.rpartition("@")
        base, plus, _ = local.partition("+")
        return bool(at and plus and base) and self._is("alias", f"{base}@{domain}")

    def clean(self, text: str | None, names: bool = True) -> str | None:
        """The text with `MASK` for each character of their addresses, links and full names."""
        if not text:
            return text
        spans = [
            *self._addresses(text),
            *self._profiles(text),
            *(self._full(text) if names else ()),
        ]
        for start, stop in spans:
            text = f"{text[:start]}{MASK * (stop - start)}{text[stop:]}"
        return text

    def _is(self, kind: str, text: str) -> bool:
        found = self._known.get((kind, text))
        if found is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            if kind in self._short:
                found = self._forgotten.digest(kind, text, 2) in self._short[kind]
            else:
                among = self._aliases if kind == "alias" else self._names
                found = self._forgotten.digest(kind, text) in among
            self._known[kind, text] = found
        return found

    def _addresses(self, text: str) -> Iterator[tuple[int, int]]:
        at = text.find("@")
        while at >= 0:
            start, stop = _around(text, at)
            yield from self._address(text, start, at, stop)
            at = text.find("@", at + 1)

    def _address(self, text: str, start: int, at: int, stop: int) -> Iterator[tuple[int, int]]:
        """The address whose sign stands at `at`, and one written into it: `b+ann=x.org@list`."""
        for end in _ends(text, at + 1, stop):
            domain = text[at + 1 : end].lower()
            if not self._is("domain", domain):
                continue
            for begin in _begins(text, start, at):
                if self.is_alias(f"{text[begin:at].lower()}@{domain}"):
                    yield begin, end
                    return
        inner = text.rfind("=", start, at)
        if inner > start:
            yield from self._address(text, start, inner, at)

    def _profiles(self, text: str) -> Iterator[tuple[int, int]]:
        if "linkedin" not in text.lower():
            return
        for found in _PROFILE.finditer(text):
            for link in (found[0], found[0].rstrip(").]!*_/")):
                if self.is_alias(spelling.profile(link)):
                    yield found.start(), found.start() + len(link)
                    break

    def _full(self, text: str) -> Iterator[tuple[int, int]]:
        """Their full names: words of names that follow each other, put together."""
        if not self._names:
            return
        run: list[tuple[int, int, str]] = []
        last = -1
        for token in _TOKEN.finditer(text):
            word = self._word(token[0])
            if run and not _GAP.fullmatch(text, last, token.start()):
                yield from self._in_run(run)
                run = []
            if word:
                run.append((*token.span(), word))
            elif run and _counts(token[0]):
                yield from self._in_run(run)
                run = []
            last = token.end()
        yield from self._in_run(run)

    def _word(self, token: str) -> str:
        """The token folded if it may be a word of a name, else nothing."""
        found = self._tokens.get(token)
        if found is None:
            if len(self._tokens) >= MAX_KNOWN:
                self._tokens.clear()
            folded = spelling.fold(token)
            found = folded if _counts(token) and self._is("word", folded) else ""
            self._tokens[token] = found
        return found

    def _in_run(self, run: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
        place = 0
        while place < len(run):
            for length in range(min(LONGEST_NAME, len(run) - place), 0, -1):
                words = [word for _, _, word in run[place : place + length]]
                if (length > 1 or _is_whole(words[0])) and self._is("name", _joined(words)):
                    yield run[place][0], run[place + length - 1][1]
                    place += length - 1
                    break
            place += 1


def _around(text: str, at: int) -> tuple[int, int]:
    """The longest stretch around a sign that may be an address."""
    start = at
    while start > max(0, at - _REACH) and (text[start - 1].isalnum() or text[start - 1] in _LOCAL):
        start -= 1
    stop = at + 1
    while stop < min(len(text), at + _REACH) and (text[stop].isalnum() or text[stop] in ".-"):
        stop += 1
    return start, stop


def _begins(text: str, start: int, at: int) -> list[int]:
    """Where an address may begin: at the stretch's begin, or behind a sign in it."""
    inside = [i + 1 for i in range(start, at - 1) if text[i] in _LOCAL]
    return [start, *inside[-_MAX_CUTS:]] if start < at else []


def _ends(text: str, start: int, stop: int) -> list[int]:
    """Where a domain may end: at the stretch's end, or before a dot or dash in it."""
    inside = [i for i in range(stop - 1, start, -1) if text[i] in ".-"]
    return [stop, *inside[:_MAX_CUTS]] if start < stop else []
