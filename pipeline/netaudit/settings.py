"""Every threshold of the program in one place, and `netaudit.toml`, which overrides them.

Each section is a frozen dataclass; a field's `metadata["doc"]` says what it means and in which
unit. A pattern's thresholds are the fields of its own class, in `[patterns.<name>]`.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from netaudit.errors import UsageError

FILE_NAME = "netaudit.toml"

T = TypeVar("T")


def setting(default: Any, doc: str) -> Any:
    """A field with its meaning; lists default to empty tuples."""
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True)
class Owner:
    """Whose archive it is."""

    me: tuple[str, ...] = setting((), "the owner's own addresses; overrules what the data say")
    not_me: tuple[str, ...] = setting((), "addresses that are not the owner's (an assistant's)")


@dataclass(frozen=True)
class Ingest:
    """What the archive keeps."""

    keep_text: bool = setting(True, "keep the new text of people's messages (private, on disk)")
    read_text: bool = setting(True, "read asks, gives, tone and topic from people's messages")
    workers: int = setting(0, "processes that read; 0 for one a processor")


@dataclass(frozen=True)
class Direct:
    """Which messages count as exchange between two people."""

    max_recipients: int = setting(5, "distinct human recipients a direct message has at most")
    max_meeting_people: int = setting(8, "people a meeting has at most to count as contact")


@dataclass(frozen=True)
class Strength:
    """Tie strength: theta * 0.5 ** (age / half-life) / recipients, summed over messages."""

    half_life_days: float = setting(180.0, "days after which a message weighs half")
    theta_out: float = setting(2.0, "weight of what the owner sends")
    theta_in: float = setting(1.0, "weight of what comes in")
    meeting_weight: float = setting(1.0, "weight of a meeting, each direction")
    gesture_weight: float = setting(0.5, "weight of an endorsement, recommendation or invitation")


@dataclass(frozen=True)
class Replies:
    """What counts as an answer, and as a new conversation."""

    within_days: float = setting(14.0, "an answer comes within so many days")
    new_conversation_days: float = setting(30.0, "silence after which a thread counts as new")


@dataclass(frozen=True)
class Status:
    """Bounds of a relationship's status; dormant and cooling stand in [patterns.dormant]."""

    new_days: float = setting(90.0, "first contact within so many days: new")


@dataclass(frozen=True)
class Graph:
    """Ties between others, seen only through shared mail."""

    max_shared_people: int = setting(20, "others on a message at most for it to tie them")


@dataclass(frozen=True)
class AsOf:
    """How the default as-of date is found."""

    isolated_days: float = setting(30.0, "a day farther than this from any other activity is stray")
    since: str = setting("", "first day whose contact counts, like 2020-01-31; empty for all")


@dataclass(frozen=True)
class Report:
    """How the report is shown."""

    timezone: str = setting("", "IANA zone for shown times; empty for this machine's")
    max_graph_people: int = setting(60, "people drawn in the network chart at most")


@dataclass(frozen=True)
class Organisation:
    """What is shown of an archive of many people's exports."""

    min_group: int = setting(5, "people a department or circle has at least to be shown; 3 or more")
    window_days: float = setting(365.0, "days up to as-of whose messages count; 0 for all")


@dataclass(frozen=True)
class Settings:
    """All settings; `patterns` holds the raw overrides of pattern thresholds by pattern name."""

    owner: Owner = field(default_factory=Owner)
    ingest: Ingest = field(default_factory=Ingest)
    direct: Direct = field(default_factory=Direct)
    strength: Strength = field(default_factory=Strength)
    replies: Replies = field(default_factory=Replies)
    status: Status = field(default_factory=Status)
    graph: Graph = field(default_factory=Graph)
    as_of: AsOf = field(default_factory=AsOf)
    report: Report = field(default_factory=Report)
    organisation: Organisation = field(default_factory=Organisation)
    patterns: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    cadence: Mapping[str, float] = field(default_factory=dict)
    """Days between contacts wanted, by tag: `[cadence]`, `mentor = 90`."""


def nearest(word: str, known: list[str]) -> str:
    """` (did you mean X?)` for the known word nearest to a misspelt one, or nothing."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(sorted(known))})"


def build(cls: type[T], values: Mapping[str, object], where: str) -> T:
    """A settings dataclass from the values of one section.

    Args:
        cls: a frozen dataclass whose fields all have defaults.
        values: name -> value.
        where: the section's name, for the error.

    Raises:
        UsageError: an unknown key or a value of the wrong type.
    """
    hints = get_type_hints(cls)
    known = [f.name for f in dataclasses.fields(cls) if f.init]  # type: ignore[arg-type]
    given: dict[str, object] = {}
    for key, value in values.items():
        if key not in known:
            raise UsageError(f"unknown setting {key!r} in [{where}]{nearest(key, known)}")
        given[key] = _convert(value, hints[key], f"[{where}] {key}")
    return cls(**given)


def _convert(value: object, wanted: object, where: str) -> object:
    if wanted is bool and isinstance(value, bool):
        return value
    if wanted is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if wanted is str and isinstance(value, str):
        return value
    if wanted == tuple[str, ...]:
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list | tuple) and all(isinstance(v, str) for v in values):
            return tuple(values)
    name = getattr(wanted, "__name__", str(wanted)).replace("tuple", "list of text")
    raise UsageError(f"{where} must be of type {name}, not {value!r}")


def from_mapping(values: Mapping[str, object]) -> Settings:
    """Settings from the content of a `netaudit.toml`.

    Raises:
        UsageError: an unknown section or key, or a value of the wrong type.
    """
    sections = {f.name: f for f in dataclasses.fields(Settings)}
    hints = get_type_hints(Settings)
    parts: dict[str, Any] = {}
    for name, value in values.items():
        if name not in sections:
            raise UsageError(f"unknown section [{name}]{nearest(name, list(sections))}")
        if not isinstance(value, Mapping):
            raise UsageError(f"[{name}] must be a section with settings, not {value!r}")
        if name == "patterns":
            parts[name] = {k: _section(v, f"patterns.{k}") for k, v in value.items()}
        elif name == "cadence":
            parts[name] = {k: _convert(v, float, f"[cadence] {k}") for k, v in value.items()}
        else:
            parts[name] = build(hints[name], value, name)
    return Settings(**parts)


def _section(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise UsageError(f"[{where}] must be a section with settings, not {value!r}")
    return value


def load(path: Path | None, *, folder: Path | None = None) -> Settings:
    """Settings from a file.

    Args:
        path: the file named by the user, or None to take `netaudit.toml` from `folder` if there.
        folder: the working folder.

    Raises:
        UsageError: the named file is not there, is no TOML, or holds something unknown.
    """
    if path is None:
        path = folder / FILE_NAME if folder else None
        if path is None or not path.is_file():
            return Settings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is no valid TOML ({error})") from None
    try:
        return from_mapping(values)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None


def as_mapping(settings: Settings) -> dict[str, Any]:
    """The settings as plain values, for printing, summary.json and the report."""
    return dataclasses.asdict(settings)
