"""Who a message went to: names joined by `, ` that hold commas, and links that may be missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from netaudit import aliases
from netaudit.model import Recipient

MAX_RECIPIENTS = 1_000

_BETWEEN_LINKS = re.compile(
    r"(?<![,;\s])[,;\s]+(?=(?:https?://|www\.|[a-z]{0,3}\.?linkedin\.com))", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.(?:[A-Za-z]{1,4}\.?){0,3}|[A-Z][A-Z0-9®™&/+-]{1,9}|(?:Ph|M|B|D|Ed)[A-Z][a-z]{0,3}"
    r"|Jr|Sr|Esq|II|III|IV)\.?"
)
_COMMON_NAMES = frozenset({"LI", "WU", "MA", "HU", "XU", "LU", "YU", "NG", "LE", "DO", "HO", "KIM"})


@dataclass
class Known:
    """Names and links that stand together somewhere in a file.

    Attributes:
        names: canonical profile -> name.
        profiles: folded name -> canonical profile; empty where two people share the name.
    """

    names: dict[str, str] = field(default_factory=dict)
    profiles: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, profile: str) -> None:
        """Remember that a name was written beside a link."""
        folded = aliases.fold(name)
        if not profile or aliases.is_hidden(name):
            return
        self.names[profile] = name
        if self.profiles.setdefault(folded, profile) != profile:
            self.profiles[folded] = ""

    def alias(self, name: str, profile: str) -> str:
        """The link, else the one known for the name, else the name itself; empty for nobody."""
        return profile or self.profiles.get(aliases.fold(name), "") or aliases.of_name(name)


def links(cell: str) -> list[str]:
    """The canonical profiles of a cell of links."""
    parts = _BETWEEN_LINKS.split(cell.strip()) if cell.strip() else []
    found = (aliases.profile(part) for part in parts[:MAX_RECIPIENTS])
    return [profile for profile in found if profile]


def split(names: str, urls: str, known: Known) -> tuple[tuple[Recipient, ...], int]:
    """The addressees of a message.

    Args:
        names: the TO cell.
        urls: the RECIPIENT PROFILE URLS cell; empty before mid-2023.
        known: names and links of the file's senders.

    Returns:
        Addressees that can be told apart, and how many there were in all (hidden ones too).
    """
    profiles = links(urls)
    listed = _names(names, profiles, known)
    if len(profiles) == len(listed):
        pairs: Iterable[tuple[str, str]] = zip(listed, profiles, strict=True)
    elif profiles:
        pairs = _matched(listed, profiles, known.names)
    else:
        pairs = ((name, "") for name in listed)
    found: dict[str, Recipient] = {}
    for name, profile in pairs:
        alias = known.alias(name, profile)
        if alias and alias not in found:
            found[alias] = Recipient("to", alias, aliases.one_line(name))
    return tuple(found.values()), max(len(listed), len(profiles))


def _names(cell: str, profiles: list[str], known: Known) -> list[str]:
    pieces = [piece.strip() for piece in cell.split(",") if piece.strip()][:MAX_RECIPIENTS]
    if len(profiles) == len(pieces):
        return pieces
    if len(profiles) == 1 and not any(aliases.is_hidden(piece) for piece in pieces):
        return [cell.strip()]
    return _grouped(pieces, known)


def _grouped(pieces: list[str], known: Known) -> list[str]:
    """Pieces joined to names: by names known to hold commas, and by titles after a name."""
    names: list[str] = []
    place = 0
    while place < len(pieces):
        length = next(
            (
                n
                for n in range(min(4, len(pieces) - place), 1, -1)
                if aliases.fold(" ".join(pieces[place : place + n])) in known.profiles
            ),
            1,
        )
        name = ", ".join(pieces[place : place + length])
        if length == 1 and names and _is_title(name):
            names[-1] += f", {name}"
        else:
            names.append(name)
        place += length
    return names


def _is_title(piece: str) -> bool:
    words = piece.split()
    return bool(words) and all(
        _TITLE.fullmatch(word) and word.upper() not in _COMMON_NAMES for word in words
    )


def _matched(
    listed: list[str], profiles: list[str], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Links with the names known for them; names left over stand alone."""
    left = {aliases.fold(name): name for name in listed}
    pairs = []
    for profile in profiles:
        name = names.get(profile, "")
        pairs.append((left.pop(aliases.fold(name), name), profile))
    if any(not name for name, _ in pairs):
        return pairs  # a name left over may be one of theirs
    return pairs + [(name, "") for name in left.values()]
