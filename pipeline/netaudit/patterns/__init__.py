"""Patterns: one file per pattern or positive sign. A new pattern is one new module here.

A pattern module defines one public frozen dataclass that carries `NAME`; its fields (made with
`settings.setting`) are the thresholds, and calling it with the history and the as-of time gives a
frame of `model.FINDINGS`. Its settings appear in `netaudit.toml` under `[patterns.<NAME>]`, its
section in the report by itself: `TITLE`, `MEANING` and `MAY_BE_WRONG` are its texts. One that says
`NEEDS_TEXT = True` is withheld, and the report says so, where no texts were read; one that says
`NEEDS_BOTH_SIDES = True` where most of what the owner sent, or received, is not in the archive.
`STEPS` names the kind of next step (`netaudit.steps`) by direction ("" for findings without one)
that puts its people on the list of those to act on.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, cast

from netaudit.errors import UsageError
from netaudit.settings import build, nearest

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.history import History


Kind = TypeVar("Kind")


class Pattern(Protocol):
    """What a pattern class offers."""

    NAME: ClassVar[str]
    """The name in findings.csv."""
    POSITIVE: ClassVar[bool]
    """A sign of good networking rather than a pattern to look at."""
    ORDER: ClassVar[int]
    """Place in the report."""
    TITLE: ClassVar[str]
    """Heading in the report."""
    MEANING: ClassVar[str]
    """One kind sentence: what it means."""
    MAY_BE_WRONG: ClassVar[str]
    """The known false alarms."""

    STEPS: ClassVar[Mapping[str, str]]
    """What there is to do, a name of `netaudit.steps` by direction; for good signs mostly none."""

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings (`model.FINDINGS`) as of a time; nothing later than it is looked at."""


@cache
def classes() -> tuple[type[Pattern], ...]:
    """Every pattern's class, in the order of the report."""
    found: list[type[Pattern]] = []
    for info in pkgutil.iter_modules(__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        found += [
            cast("type[Pattern]", cls)
            for _, cls in inspect.getmembers(module, inspect.isclass)
            if cls.__module__ == module.__name__ and hasattr(cls, "NAME")
        ]
    return tuple(sorted(found, key=lambda cls: (cls.POSITIVE, cls.ORDER, cls.NAME)))


def configured(overrides: Mapping[str, Mapping[str, object]]) -> tuple[Pattern, ...]:
    """Every pattern with its thresholds.

    Args:
        overrides: pattern name -> {threshold: value}, from `[patterns.*]` of netaudit.toml.

    Raises:
        UsageError: an unknown pattern or threshold.
    """
    known = {cls.NAME: cls for cls in classes()}
    for name in overrides:
        if name not in known:
            raise UsageError(f"unknown pattern [patterns.{name}]{nearest(name, list(known))}")
    return tuple(
        build(cls, overrides.get(cls.NAME, {}), f"patterns.{cls.NAME}") for cls in classes()
    )


def of_kind(configured: Iterable[Pattern], kind: type[Kind]) -> Kind:
    """The one of a class among the configured patterns; with its defaults where it is not there."""
    return next((pattern for pattern in configured if isinstance(pattern, kind)), None) or kind()
