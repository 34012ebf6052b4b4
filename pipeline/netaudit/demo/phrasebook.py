"""The sentences of one language, and a voice that speaks them."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from netaudit.demo.chance import Bag


@cache
def load(name: str) -> Mapping[str, Any]:
    """A file of `phrases/`, without its suffix."""
    source = files("netaudit.demo") / "phrases" / f"{name}.toml"
    content: Mapping[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    return content


class Voice:
    """Somebody's way to speak: draws sentences of a language and fills their slots.

    Args:
        language: ISO 639-1 code of a file in `phrases/`.
        rng: the speaker's stream.
    """

    def __init__(self, language: str, rng: Random) -> None:
        self.language = language
        self.rng = rng
        self._phrases = load(language)
        self._bag = Bag(rng)

    def knows(self, key: str) -> bool:
        """Whether the language has sentences under a key such as `ask.referral`."""
        section, _, name = key.partition(".")
        return bool(self._phrases.get(section, {}).get(name))

    def say(self, key: str, **slots: str) -> str:
        """A sentence of a key such as `ask.referral`, its slots filled."""
        return self.fill(self._bag.draw(key, self._entries(key)), **slots)

    def every(self, key: str, **slots: str) -> list[str]:
        """All sentences of a key in their order, the slots filled alike."""
        return [self.fill(entry, **slots) for entry in self._entries(key)]

    def fill(self, template: str, **slots: str) -> str:
        """A template with its slots filled; `{x_cap}` is `{x}` with a capital."""
        values: dict[str, str] = {}
        for _, name, _, _ in string.Formatter().parse(template):
            if name:
                values[name] = self._slot(name, slots)
        return template.format(**values)

    def _entries(self, key: str) -> list[str]:
        section, _, name = key.partition(".")
        entries: list[str] = self._phrases[section][name]
        return entries

    def _slot(self, name: str, slots: Mapping[str, str]) -> str:
        if name.endswith("_cap"):
            value = self._slot(name.removesuffix("_cap"), slots)
            return value[:1].upper() + value[1:]
        if name in slots:
            return slots[name]
        if name == "company":
            return self._bag.draw(name, load("names")["employers"]["names"])
        return self._bag.draw(f"slot.{name}", self._entries(f"slot.{name}"))
