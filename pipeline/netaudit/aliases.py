"""How a person is written in every table: a mail address, a LinkedIn profile, or a folded name.

- a mail address, lower case;
- a profile: `linkedin.com/in/<slug>`, whatever scheme, country, query or case the link had;
- `name:<folded name>` where an export gives nothing but a name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

NAME_PREFIX = "name:"

_PROFILE = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]{1,20}\.)?linkedin\.com/"
    r"(in|pub|company|school|showcase)/([^?#\s,;\"'<>]{1,300})",
    re.IGNORECASE,
)
_PLAIN = r"[^@\s<>\"',;:\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]{1,200}"
_ADDRESS = re.compile(f"{_PLAIN}@{_PLAIN}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NO_WORD = re.compile(r"[\W_]+")

_HIDDEN = frozenset(
    {
        "linkedin member",
        "linkedin user",
        "linkedin mitglied",
        "membre de linkedin",
        "membre linkedin",
        "utilisateur linkedin",
        "miembro de linkedin",
        "usuario de linkedin",
        "usuario do linkedin",
        "membro do linkedin",
        "utente linkedin",
    }
)
"""What LinkedIn writes for a member who closed the account or hides, folded."""


@lru_cache(1 << 16)
def profile(url: str) -> str:
    """The canonical form of a LinkedIn link.

    Args:
        url: a link with or without scheme, country sub-domain, query, in any case.

    Returns:
        `linkedin.com/in/<slug>` (`/company/...` for an organisation's page), or an empty string
        where it is no link of a person or organisation.
    """
    match = _PROFILE.match(url.strip())
    if not match:
        return ""
    slug = unicodedata.normalize("NFC", unquote(match[2])).strip("/ ").casefold()
    kind = match[1].lower()
    if kind == "in":
        slug = slug.partition("/")[0]  # /in/name/de, /in/name/overlay/...
    slug = _printable(slug)
    return f"linkedin.com/{kind}/{slug}" if slug else ""


def address_of(value: str) -> str:
    """The mail address in a cell or a `mailto:` link, lower case; empty where there is none."""
    text = value[:1_000].strip()
    if text[:7].lower() == "mailto:":
        text = text[7:]
    found = _ADDRESS.search(text)
    return found[0].lower() if found else ""


def one_line(value: str) -> str:
    """A name or title on one line, without control characters, at most 500 characters."""
    return _CONTROL.sub(" ", value[:2_000]).strip()[:500]


def is_person(alias: str) -> bool:
    """Whether a canonical profile is a person's, not an organisation's page."""
    return alias.startswith(("linkedin.com/in/", "linkedin.com/pub/"))


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """A name without case, accents, punctuation and doubled spaces, for comparing."""
    text = name
    for _ in range(2):  # compatibility forms may bring capitals back
        text = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in text if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", bare).strip()


def is_hidden(name: str) -> bool:
    """Whether the name stands for nobody: empty, or LinkedIn's words for a hidden member."""
    folded = fold(name)
    return not folded or folded in _HIDDEN


def of_name(name: str) -> str:
    """`name:` and the folded name; an empty string for a hidden member."""
    return "" if is_hidden(name) else NAME_PREFIX + fold(name)


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and not c.isspace())
