"""`netaudit people`: who is who, and the owner's corrections of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netaudit.cli._options import DEFAULT_OUT, Out, SettingsFile
from netaudit.cli._tables import aligned
from netaudit.cli._terminal import harmless
from netaudit.cli._who import (
    Place,
    alias_of,
    aliases_of,
    is_alias,
    label,
    name_of,
    named,
    row_of,
    the_person,
)
from netaudit.errors import UserError

if TYPE_CHECKING:
    from netaudit.people import People

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
    context.obj = Place(out, settings)
    if context.invoked_subcommand is None:
        typer.echo(_top(context.obj.people(), limit))


@_app.command("show")
def show(context: typer.Context, who: Who, out: OutHere = None) -> None:
    """Show a person's addresses and profiles, and what joined them."""
    people = _place(context, out).people()
    typer.echo(_card(people, the_person(people, who)))


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
        typer.echo(f"{row.probability:.0%}  {named(row.name, one)}  =  ", nl=False)
        typer.echo(f"{named(row.other_name, other)}?")
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
    first, second = the_person(people, one), the_person(people, other)
    if first == second:
        raise UserError(f"both are {label(people, first)} already")
    alias, with_alias = alias_of(people, one, first), alias_of(people, other, second)
    change = merged(decisions, alias, with_alias, name_of(people, first))
    people = place.apply(change)
    typer.echo(_card(people, the_person(people, alias)))


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
    person = the_person(people, who)
    alias = alias_of(people, who, person)
    others = aliases_of(people, person if not other else the_person(people, other))
    if not other and not is_alias(people, who):
        raise UserError(f"{label(people, person)}: name the one to take out: {_listed(others)}")
    others = [one for one in others if one != alias]
    if not others:
        raise UserError(f"{harmless(alias)} is all there is of {label(people, person)}")
    people = place.apply(parted(decisions, alias, others, name_of(people, person)))
    for one in dict.fromkeys((the_person(people, alias), the_person(people, others[0]))):
        typer.echo(_card(people, one))


@_app.command("ignore")
def ignore(context: typer.Context, who: Who, out: OutHere = None) -> None:
    """Leave a person out of relationships and findings."""
    from netaudit.people.decisions import ignored  # noqa: PLC0415

    place = _place(context, out)
    people = place.people()
    person = the_person(people, who)
    place.apply(ignored(alias_of(people, who, person), name_of(people, person)))
    typer.echo(f"Ignored from now on: {label(people, person)}.")


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
    person = the_person(people, who)
    clean = [text.strip().lower().replace(";", ",") for text in tags if text.strip()]
    if not clean:
        raise UserError("name at least one tag, like mentor")
    place.apply(tagged(alias_of(people, who, person), clean, name_of(people, person)))
    typer.echo(f"{label(people, person)}: {harmless(', '.join(clean))}.")


@_app.command("human")
def human(context: typer.Context, address: Address, out: OutHere = None) -> None:
    """Say that a person uses an address that was taken for a robot's, a list's or a role's."""
    place = _place(context, out)
    people = _set_nature(place, address, "human")
    typer.echo(_card(people, the_person(people, address)))


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


def _set_nature(place: Place, address: str, nature: str) -> People:
    """Keep what the owner says of an address; who is who after it."""
    from netaudit.people.decisions import of_nature  # noqa: PLC0415

    people, address = place.people(), address.strip().lower()
    known = people.aliases[people.aliases["alias"] == address]
    if known.empty or "@" not in address:
        raise UserError(f"no mail from or to {harmless(address)}; name a mail address")
    if known["nature"].iloc[0] == nature:
        raise UserError(f"{harmless(address)} is a {nature}'s already")
    person = known["person_id"].iloc[0]
    if isinstance(person, str) and bool(row_of(people, person)["is_owner"]):
        raise UserError(f"{harmless(address)} is yours; see --me and [owner] not_me")
    return place.apply(of_nature(place.decisions(), address, nature))


def _place(context: typer.Context, out: Path | None) -> Place:
    """The place that the options before or after the command name."""
    place: Place = context.obj
    return dataclasses.replace(place, out=out) if out else place


# --- people -> words -----------------------------------------------------------------------------


def _listed(aliases: list[str]) -> str:
    return harmless(", ".join(aliases))


def _card(people: People, person: str) -> str:
    row = row_of(people, person)
    rows = people.aliases[people.aliases["person_id"] == person]
    facts = [str(row[column]) for column in ("organisation", "tags") if row[column]]
    head = " - ".join([str(row["name"]), *facts, *(["you"] if row["is_owner"] else []), person])
    lines = [harmless(head)]
    for alias, why in zip(rows["alias"], rows["why"], strict=True):
        lines.append(f"  {harmless(str(alias))}" + (f"   {harmless(str(why))}" if why else ""))
    return "\n".join(lines)


def _top(people: People, limit: int) -> str:
    seen = (
        people.mentions["alias"]
        .astype("str")
        .map(people.aliases.dropna(subset="person_id").set_index("alias")["person_id"])
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
