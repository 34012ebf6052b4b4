"""`netaudit people`: who is who, and the owner's corrections of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netaudit.cli._options import DEFAULT_OUT, Out, SettingsFile
from netaudit.cli._tables import aligned
from netaudit.cli._terminal import harmless
from netaudit.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.people import Decisions, People
    from netaudit.people.decisions import Change

SHOWN_MATCHES = 8
"""People named when a text means several."""

_app = typer.Typer(help="Who is who: list, suggest, merge, split, ignore, tag, human, robot, undo.")

Who = Annotated[
    str, typer.Argument(metavar="WHO", help="A person_id, an address, a profile or a name.")
]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address.")]
OutHere = Annotated[
    Path | None, typer.Option("--out", help="Folder of the archive; may stand before, too.")
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows at most.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_app, name="people")


@_app.callback(invoke_without_command=True)
def _people(
    context: typer.Context,
    out: Out = DEFAULT_OUT,
    settings: SettingsFile = None,
    limit: Limit = 30,
) -> None:
    """Show who is who and correct it: suggest, merge, split, ignore, tag, human, robot, undo.

    Without a command: the people most often met. Decisions are kept in `people.toml` of the
    output folder, which you may edit; every command can be undone.
    """
    context.obj = _Place(out, settings)
    if context.invoked_subcommand is None:
        typer.echo(_top(context.obj.people(), limit))


@_app.command("show")
def show(context: typer.Context, who: Who, out: OutHere = None) -> None:
    """Show a person's addresses and profiles, and what joined them."""
    people = _place(context, out).people()
    typer.echo(_card(people, _person(people, who)))


@_app.command("suggest")
def suggest(context: typer.Context, limit: Limit = 20, out: OutHere = None) -> None:
    """List people who may be one, the likeliest first, with what speaks for and against it."""
    people = _place(context, out).people()
    rows = people.suggestions.head(limit)
    if rows.empty:
        typer.echo("Nothing to ask: no two people look alike enough.")
        return
    for row in rows.itertuples():
        one, other = str(row.alias), str(row.other_alias)
        typer.echo(f"{row.probability:.0%}  {_named(row.name, one)}  =  ", nl=False)
        typer.echo(f"{_named(row.other_name, other)}?")
        typer.echo(f"     {harmless(str(row.why))}")
    left = len(people.suggestions) - len(rows)
    more = f" {left:,} more with --limit." if left > 0 else ""
    typer.echo(f"\nnetaudit people merge A B, or split A B when they are two people.{more}")


@_app.command("merge")
def merge(context: typer.Context, one: Who, other: Who, out: OutHere = None) -> None:
    """Two people are one."""
    from netaudit.people.decisions import merged  # noqa: PLC0415

    place = _place(context, out)
    people, decisions = place.people(), place.decisions()
    first, second = _person(people, one), _person(people, other)
    if first == second:
        raise UserError(f"both are {_label(people, first)} already")
    alias, with_alias = _alias(people, one, first), _alias(people, other, second)
    change = merged(decisions, alias, with_alias, _name(people, first))
    people = place.apply(change)
    typer.echo(_card(people, _person(people, alias)))


@_app.command("split")
def split(
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="ALIAS", help="The address or profile.")],
    other: Annotated[
        str, typer.Argument(metavar="[OTHER]", help="Somebody else, to say they are two people.")
    ] = "",
    out: OutHere = None,
) -> None:
    """Take an address or profile out of its person, or say that two people are two."""
    from netaudit.people.decisions import parted  # noqa: PLC0415

    place = _place(context, out)
    people, decisions = place.people(), place.decisions()
    person = _person(people, who)
    alias = _alias(people, who, person)
    others = _aliases(people, person if not other else _person(people, other))
    if not other and not _is_alias(people, who):
        raise UserError(f"{_label(people, person)}: name the one to take out: {_listed(others)}")
    others = [one for one in others if one != alias]
    if not others:
        raise UserError(f"{harmless(alias)} is all there is of {_label(people, person)}")
    people = place.apply(parted(decisions, alias, others, _name(people, person)))
    for one in dict.fromkeys((_person(people, alias), _person(people, others[0]))):
        typer.echo(_card(people, one))


@_app.command("ignore")
def ignore(context: typer.Context, who: Who, out: OutHere = None) -> None:
    """Leave a person out of relationships and findings."""
    from netaudit.people.decisions import ignored  # noqa: PLC0415

    place = _place(context, out)
    people = place.people()
    person = _person(people, who)
    place.apply(ignored(_alias(people, who, person), _name(people, person)))
    typer.echo(f"Ignored from now on: {_label(people, person)}.")


@_app.command("tag")
def tag(
    context: typer.Context,
    who: Who,
    tags: Annotated[list[str], typer.Argument(metavar="TAG...", help="mentor, client, family...")],
    out: OutHere = None,
) -> None:
    """Give a person tags; [cadence] of the settings says how often a tag wants contact."""
    from netaudit.people.decisions import tagged  # noqa: PLC0415

    place = _place(context, out)
    people = place.people()
    person = _person(people, who)
    clean = [text.strip().lower().replace(";", ",") for text in tags if text.strip()]
    if not clean:
        raise UserError("name at least one tag, like mentor")
    place.apply(tagged(_alias(people, who, person), clean, _name(people, person)))
    typer.echo(f"{_label(people, person)}: {harmless(', '.join(clean))}.")


@_app.command("human")
def human(context: typer.Context, address: Address, out: OutHere = None) -> None:
    """Say that a person uses an address that was taken for a robot's, a list's or a role's."""
    place = _place(context, out)
    people = _set_nature(place, address, "human")
    typer.echo(_card(people, _person(people, address)))


@_app.command("robot")
def robot(context: typer.Context, address: Address, out: OutHere = None) -> None:
    """Say that no person uses an address: its mail is automated."""
    place = _place(context, out)
    _set_nature(place, address, "robot")
    typer.echo(f"No person's from now on: {harmless(address.strip().lower())}.")


@_app.command("undo")
def undo(context: typer.Context, out: OutHere = None) -> None:
    """Take the last correction back."""
    from netaudit.people import decision_file  # noqa: PLC0415

    change = decision_file.undo(_place(context, out).out)
    typer.echo(f"Taken back: {harmless(change.what)}." if change else "There is nothing to undo.")


@dataclasses.dataclass(frozen=True)
class _Place:
    """Where the archive is, and whose."""

    out: Path
    settings: Path | None

    def decisions(self) -> Decisions:
        """What was decided so far."""
        from netaudit.people import decision_file  # noqa: PLC0415

        return decision_file.load(self.out)

    def apply(self, change: Change) -> People:
        """Keep a change; who is who after it."""
        from netaudit.people import decision_file  # noqa: PLC0415

        decision_file.apply(self.out, change)
        return self.people()

    def people(self) -> People:
        """Who is who, after all decisions."""
        from netaudit import owner, robots  # noqa: PLC0415
        from netaudit.archive import Store  # noqa: PLC0415
        from netaudit.people import resolve  # noqa: PLC0415
        from netaudit.settings import load  # noqa: PLC0415

        store = Store(self.out / "archive")
        chosen = load(self.settings, folder=Path.cwd()).owner
        chosen = dataclasses.replace(chosen, me=chosen.me or store.me)
        tables = store.tables()
        found = owner.find(tables, chosen)
        decisions = self.decisions()
        said = decisions.natures()
        natures = robots.natures(tables["messages"], tables["recipients"], found, said)
        return resolve(tables, found, natures, decisions)


def _set_nature(place: _Place, address: str, nature: str) -> People:
    """Keep what the owner says of an address; who is who after it."""
    from netaudit.people.decisions import of_nature  # noqa: PLC0415

    people, address = place.people(), address.strip().lower()
    known = people.aliases[people.aliases["alias"] == address]
    if known.empty or "@" not in address:
        raise UserError(f"no mail from or to {harmless(address)}; name a mail address")
    if known["nature"].iloc[0] == nature:
        raise UserError(f"{harmless(address)} is a {nature}'s already")
    person = known["person_id"].iloc[0]
    if isinstance(person, str) and bool(_row(people, person)["is_owner"]):
        raise UserError(f"{harmless(address)} is yours; see --me and [owner] not_me")
    return place.apply(of_nature(place.decisions(), address, nature))


def _place(context: typer.Context, out: Path | None) -> _Place:
    """The place that the options before or after the command name."""
    place: _Place = context.obj
    return dataclasses.replace(place, out=out) if out else place


# --- words -> people -----------------------------------------------------------------------------


def _person(people: People, who: str) -> str:
    """The one person a text means.

    Raises:
        UserError: nobody, or several.
    """
    found = people.find(who)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"nobody is known as {harmless(who)}; `netaudit people` lists who is")
    shown = "; ".join(_label(people, one) for one in found[:SHOWN_MATCHES])
    more = f" and {len(found) - SHOWN_MATCHES} more" if len(found) > SHOWN_MATCHES else ""
    raise UserError(f"{harmless(who)} may be {shown}{more}: name an address or the id")


def _aliases(people: People, person: str) -> list[str]:
    rows = people.aliases
    return list(rows.loc[rows["person_id"] == person, "alias"])


def _is_alias(people: People, who: str) -> bool:
    return bool(people.aliases["alias"].isin(people.spellings(who)).any())


def _alias(people: People, who: str, person: str) -> str:
    """The alias that a text names, else the person's first."""
    named = people.spellings(who)
    aliases = _aliases(people, person)
    return next((alias for alias in aliases if alias in named), aliases[0])


# --- people -> words -----------------------------------------------------------------------------


def _row(people: People, person: str) -> pd.Series:
    return people.people[people.people["person_id"] == person].iloc[0]


def _name(people: People, person: str) -> str:
    return str(_row(people, person)["name"])


def _label(people: People, person: str) -> str:
    addresses = _aliases(people, person)
    return f"{_named(_name(people, person), addresses[0])} [{person}]"


def _named(name: object, alias: str) -> str:
    return harmless(alias if name in ("", alias) else f"{name} <{alias}>")


def _listed(aliases: list[str]) -> str:
    return harmless(", ".join(aliases))


def _card(people: People, person: str) -> str:
    row = _row(people, person)
    rows = people.aliases[people.aliases["person_id"] == person]
    facts = [str(row[column]) for column in ("organisation", "tags") if row[column]]
    head = " - ".join([str(row["name"]), *facts, *(["you"] if row["is_owner"] else []), person])
    lines = [harmless(head)]
    for alias, why in zip(rows["alias"], rows["why"], strict=True):
        lines.append(f"  {harmless(str(alias))}" + (f"   {harmless(str(why))}" if why else ""))
    return "\n".join(lines)


def _top(people: People, limit: int) -> str:
    seen = people.mentions["alias"].map(
        people.aliases.dropna(subset="person_id").set_index("alias")["person_id"]
    )
    often = seen.value_counts()
    rows = people.people.assign(n=people.people["person_id"].map(often).fillna(0).astype("int64"))
    rows = rows.sort_values(["n", "person_id"], ascending=[False, True]).head(limit)
    columns = ("person_id", "name", "organisation", "tags", "n", "addresses")
    cells = [[int(row[c]) if c == "n" else row[c] for c in columns] for _, row in rows.iterrows()]
    table = aligned(("id", "name", "organisation", "tags", "seen", "addresses"), cells)
    asks = len(people.suggestions)
    hint = f" `netaudit people suggest` asks about {asks:,} more." if asks else ""
    return f"{table}\n\n{len(people.people):,} people.{hint}"
