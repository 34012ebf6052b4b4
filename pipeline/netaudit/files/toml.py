"""The effective settings as a `netaudit.toml` that says what each setting means."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from netaudit.patterns import Pattern
from netaudit.settings import Settings

_WIDTH = 88

_HEAD = """\
# netaudit.toml: every setting with its value in force. A file of this name in the working folder
# is read by itself; keep only what you change. Units stand in the names (days, hours).
"""


def settings_toml(settings: Settings, patterns: Iterable[Pattern]) -> str:
    """Valid TOML with a comment for each setting; reading it gives the same settings.

    Args:
        settings: in force.
        patterns: every pattern with its thresholds.
    """
    parts = [_HEAD]
    for section in dataclasses.fields(settings):
        value = getattr(settings, section.name)
        if dataclasses.is_dataclass(value):
            parts.append(_section(section.name, _sentence(type(value).__doc__), value))
    parts += [
        _section(f"patterns.{pattern.NAME}", _sentence(pattern.MEANING), pattern)
        for pattern in patterns
    ]
    parts.append(_cadence(settings))
    return "\n".join(parts)


def _section(name: str, meaning: str, values: Any) -> str:
    lines = [f"[{name}]", *_comment(meaning), ""]
    for setting in dataclasses.fields(values):
        lines += _comment(setting.metadata.get("doc", ""))
        lines += [f"{setting.name} = {toml_value(getattr(values, setting.name))}", ""]
    return "\n".join(lines)


def _cadence(settings: Settings) -> str:
    lines = ["[cadence]", *_comment("Days between contacts wanted, by tag, such as mentor = 90.")]
    lines += [f"{toml_value(tag)} = {toml_value(days)}" for tag, days in settings.cadence.items()]
    return "\n".join([*lines, ""])


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, _WIDTH):
        yield f"# {line}"


def toml_value(value: object) -> str:
    """A bool, number, text or list of them in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Iterable):
        return f"[{', '.join(toml_value(one) for one in value)}]"
    raise TypeError(f"a setting cannot be of type {type(value).__name__}")
