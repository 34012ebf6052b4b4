"""Who is in the story: the owner and a population, with the traps of real address books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from netaudit.demo.archetypes import ARCHETYPES
from netaudit.demo.chance import stream, weighted
from netaudit.demo.people import Directory, Mailbox, Person, Style, folded

JOB_CHANGE = 0.375
"""When the owner changes employer, as a share of the story."""

_TONGUES: Mapping[str, tuple[str | None, ...]] = {
    "balanced": (None, "de", "en", "fr", "es", "da", "en"),
    "colleague": ("en", "en", "en", "de"),
    "former_colleague": ("en", "en", "da"),
    "dormant": (None, "en", "de", "fr"),
    "personal_only": ("en", "en", "de", "en", "es"),
    "giving": ("en", "en", "en", "fr"),
    "need_driven_in": ("en", "en", "de"),
    "need_driven_out": ("en", "en", "en", "es"),
    "slow_rhythm": (None,),
    "noise": (None,),
    "two_mails": (None,),
    "one_off": (None,),
}
"""Languages of the people of a part, in turn; None lets their culture decide. Else English."""

_ON_LINKEDIN = {
    "never_conversed": 1.0, "new_connection": 1.0, "blast_only": 0.0, "list_only": 0.0,
    "personal_only": 0.3, "two_mails": 0.3, "one_off": 0.3,
}  # fmt: skip
_MOVES = ("balanced", "sought_out", "giving", "dormant", "one_sided_out", "need_driven_in")


@dataclass
class Cast:
    """The people of the story by part."""

    owner: Person
    parts: dict[str, list[Person]] = field(default_factory=dict)

    @property
    def people(self) -> list[Person]:
        """Everybody but the owner."""
        return [person for group in self.parts.values() for person in group]


def assemble(seed: int, start: datetime, end: datetime, scale: float) -> Cast:
    """The owner and the population.

    Args:
        seed: of the story.
        start: first moment of the story (UTC).
        end: its last moment (UTC).
        scale: share of each part's people; every part keeps at least one.
    """
    directory = Directory(seed)
    cast = Cast(_owner(start, end))
    rng = stream(seed, "cast")
    for name, part in ARCHETYPES.items():
        tongues = _TONGUES.get(name, ("en",))
        cast.parts[name] = [
            directory.person(name, language=tongues[number % len(tongues)])
            for number in range(max(1, round(part.count * scale)))
        ]
    _employ_team(cast)
    _traps(directory, cast)
    for person in cast.people:
        _settle(rng, directory, person, start, end)
    return cast


def _owner(start: datetime, end: datetime) -> Person:
    new = start + (end - start) * JOB_CHANGE
    return Person(
        id="owner",
        given="Nora",
        family="Lindgaard",
        culture="nordic",
        zone="Europe/Copenhagen",
        archetype="owner",
        employer="Halden Grid",
        employer_domain="haldengrid.example",
        employers=[(None, "Brightwater"), (new, "Halden Grid")],
        position="Head of Analytics",
        mailboxes=[
            Mailbox("nora.lindgaard@brightwater.example", "Nora Lindgaard"),
            Mailbox("nora@haldengrid.example", "Nora Lindgaard", new),
        ],
        private=Mailbox("nora.lindgaard@postbox.example", "Nora L."),
        profile="https://www.linkedin.com/in/nora-lindgaard-example",
        linkedin_name=("Nora", "Lindgaard"),
        calendar_name="Nora Lindgaard",
        style=Style(body="both", signature="dashes", reply_hours=5.0, greets=0.85),
    )


def _employ_team(cast: Cast) -> None:
    """Colleagues share the owner's employer of their time."""
    for part, employer, domain in (
        ("colleague", "Halden Grid", "haldengrid.example"),
        ("former_colleague", "Brightwater", "brightwater.example"),
    ):
        for person in cast.parts[part]:
            person.employer, person.employer_domain = employer, domain
            display = person.mailboxes[0].display
            address = f"{folded(person.given)}.{folded(person.family)}@{domain}"
            person.mailboxes = [Mailbox(address, display)]


def _traps(directory: Directory, cast: Cast) -> None:
    """Two humans of one name; two humans with one address."""
    noise = cast.parts["noise"]
    if len(noise) >= 4:
        noise[0] = directory.namesake(cast.parts["balanced"][0], "noise")
        address = f"{folded(noise[1].family)}.{folded(noise[2].family)}@inkpost.example"
        for person in noise[1:3]:
            person.mailboxes = [Mailbox(address, person.name)]


def _settle(
    rng: Random, directory: Directory, person: Person, start: datetime, end: datetime
) -> None:
    """Job changes, second addresses, LinkedIn."""
    if person.archetype in _MOVES and rng.random() < 0.3:
        directory.change_job(person, start + (end - start) * rng.uniform(0.35, 0.75))
    elif person.archetype not in ("noise", "colleague", "former_colleague") and rng.random() < 0.12:
        directory.second_address(person, start + (end - start) * rng.uniform(0.3, 0.8))
    _connect(rng, person, start, end)


def _connect(rng: Random, person: Person, start: datetime, end: datetime) -> None:
    if rng.random() >= _ON_LINKEDIN.get(person.archetype, 0.7):
        return
    span = (end - start).days
    if person.archetype == "new_connection":
        person.connected_at = end - timedelta(days=rng.uniform(5, 75))
        return
    person.linkedin_share = weighted(rng, {0.0: 5.0, 0.2: 3.0, 0.5: 1.0, 1.0: 1.0})
    if person.archetype in ("colleague", "former_colleague", "personal_only"):
        person.linkedin_share = 0.0
    early = person.linkedin_share == 1.0
    latest = 0 if early else span - 200
    person.connected_at = start + timedelta(days=rng.uniform(-500, latest))
