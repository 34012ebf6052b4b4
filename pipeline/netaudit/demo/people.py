"""The fictional people: names, addresses, habits of writing. Who they are, not what they do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from netaudit.demo.chance import stream, weighted
from netaudit.demo.phrasebook import load


@dataclass(frozen=True)
class Mailbox:
    """An address with the display name it is used with, from a time on."""

    address: str
    display: str
    since: datetime | None = None
    """None: always."""


@dataclass(frozen=True)
class Style:
    """How somebody's mail program and habits shape a message."""

    quoting: str = "gmail"
    """gmail, outlook, inline or none."""
    body: str = "plain"
    """plain, both or html."""
    charset: str = "utf-8"
    signature: str = "none"
    """none, dashes, bare or phone."""
    wraps: bool = False
    formal: bool = False
    greets: float = 0.85
    """Probability of a greeting."""
    reply_hours: float = 8.0
    """Median time to an answer."""


@dataclass
class Person:
    """A human of the fiction; the owner is one too."""

    id: str
    given: str
    family: str
    culture: str
    zone: str
    archetype: str
    language: str = "en"
    family_first: bool = False
    employer: str = ""
    employer_domain: str = ""
    employers: list[tuple[datetime | None, str]] = field(default_factory=list)
    """Since when which employer, where there were several; `employer` is the last."""
    position: str = ""
    mailboxes: list[Mailbox] = field(default_factory=list)
    profile: str = ""
    linkedin_name: tuple[str, str] = ("", "")
    calendar_name: str = ""
    style: Style = field(default_factory=Style)
    connected_at: datetime | None = None
    """When they connected on LinkedIn; None: not there, or not connected."""
    private: Mailbox | None = None
    """The owner's address for friends."""
    linkedin_share: float = 0.0
    """Share of the conversations that run on LinkedIn."""

    @property
    def name(self) -> str:
        """Full name in the order of its culture."""
        if self.family_first:
            return f"{self.family} {self.given}"
        return f"{self.given} {self.family}"

    def mailbox(self, at: datetime) -> Mailbox:
        """The address and display name in use at a time (UTC)."""
        current = self.mailboxes[0]
        for box in self.mailboxes:
            if box.since is not None and box.since <= at:
                current = box
        return current

    def employer_at(self, at: datetime) -> str:
        """Who employs the person at a time (UTC)."""
        current = self.employers[0][1] if self.employers else self.employer
        for since, name in self.employers:
            if since is None or since <= at:
                current = name
        return current

    @property
    def displays(self) -> list[str]:
        """Every name the person is seen under, in mail, on LinkedIn and in calendars."""
        names = [box.display for box in self.mailboxes]
        names += [" ".join(self.linkedin_name).strip(), self.calendar_name]
        return list(dict.fromkeys(name for name in names if name))


_FOLD = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "ı": "i",
                       "þ": "th", "Þ": "th", "ð": "d", "đ": "d", "Đ": "d"})  # fmt: skip


def folded(text: str) -> str:
    """Lower-case ASCII letters and digits of a name, as they stand in addresses."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLD))
    return re.sub(r"[^a-z0-9]+", "", plain.encode("ascii", "ignore").decode().lower())


def domain_of(employer: str) -> str:
    """The mail domain of an employer."""
    return f"{folded(employer)}.example"


class Directory:
    """Hands out people with distinct names and addresses."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._names = load("names")
        self._taken: set[str] = set()
        self._count = 0

    def person(self, archetype: str, *, language: str | None = None) -> Person:
        """A new person.

        Args:
            archetype: what part they play.
            language: the language they write to the owner in; None to let the culture decide.
        """
        self._count += 1
        rng = stream(self._seed, "person", str(self._count))
        culture, given, family = self._unused_name(rng, language)
        facts = self._names["culture"][culture]
        person = Person(
            id=f"p{self._count:03d}",
            given=given,
            family=family,
            culture=culture,
            zone=facts["zone"],
            archetype=archetype,
            language=language or rng.choice(facts["tongues"]),
            family_first=facts.get("family_first", False),
        )
        self._employ(rng, person)
        person.style = _style(rng)
        person.mailboxes = [Mailbox(self._address(rng, person), self._display(rng, person))]
        self._profile(rng, person)
        person.calendar_name = person.name if rng.random() < 0.7 else ""
        return person

    def namesake(self, other: Person, archetype: str) -> Person:
        """Another human with the same name, at another employer."""
        person = self.person(archetype, language=other.language)
        rng = stream(self._seed, "namesake", person.id)
        person.given, person.family, person.culture = other.given, other.family, other.culture
        person.family_first = other.family_first
        while person.employer == other.employer:
            self._employ(rng, person)
        person.mailboxes = [Mailbox(self._address(rng, person), person.name)]
        person.calendar_name = person.name
        self._profile(rng, person)
        return person

    def change_job(self, person: Person, at: datetime) -> None:
        """The person has another employer and address from that time on."""
        rng = stream(self._seed, "job", person.id)
        before = person.employer
        person.employers = [(None, before)]
        while person.employer == before:
            self._employ(rng, person)
        person.employers.append((at, person.employer))
        person.mailboxes.append(
            Mailbox(self._address(rng, person, at_work=True), self._display(rng, person), at)
        )

    def second_address(self, person: Person, at: datetime) -> None:
        """The person writes from a private address, with another form of the name, from then on."""
        rng = stream(self._seed, "private", person.id)
        home = rng.choice(self._names["employers"]["homes"])
        address = self._free(f"{folded(self.nickname(person))}.{folded(person.family)}", home)
        nick = self.nickname(person)
        person.mailboxes.append(Mailbox(address, f"{nick} {person.family}", at))

    def nickname(self, person: Person) -> str:
        """What friends call the person."""
        nick: str = self._names["nickname"].get(person.given, person.given)
        return nick

    def _unused_name(self, rng: Random, language: str | None) -> tuple[str, str, str]:
        """(culture, given name, family name) that nobody has yet."""
        cultures: dict[str, Any] = self._names["culture"]
        fitting = [c for c, f in cultures.items() if language is None or language in f["tongues"]]
        while True:
            culture = rng.choice(fitting)
            facts = cultures[culture]
            given = rng.choice(facts[rng.choice(("f", "m"))])
            family = rng.choice(facts["family"])
            if f"{given} {family}" not in self._taken:
                self._taken.add(f"{given} {family}")
                return culture, given, family

    def _employ(self, rng: Random, person: Person) -> None:
        person.employer = rng.choice(self._names["employers"]["names"])
        person.employer_domain = domain_of(person.employer)
        person.position = rng.choice(load("en")["post"]["headline"]).format(
            role_cap=rng.choice(load("en")["slot"]["role"]).split(" ", 1)[1].capitalize(),
            topic=(topic := rng.choice(load("en")["slot"]["topic"])),
            topic_cap=topic.capitalize(),
            company=person.employer,
        )

    def _address(self, rng: Random, person: Person, *, at_work: bool = False) -> str:
        given, family = folded(person.given), folded(person.family)
        work = at_work or rng.random() < 0.75
        homes = self._names["employers"]["homes"]
        form = rng.choice(
            [f"{given}.{family}", f"{given[:1]}.{family}", f"{given[:1]}{family}", f"{given}",
             f"{family}.{given}", f"{given}_{family}", f"{given}.{family}"]
        )  # fmt: skip
        return self._free(form, person.employer_domain if work else rng.choice(homes))

    def _free(self, local: str, domain: str) -> str:
        address, number = f"{local}@{domain}", 1
        while address in self._taken:
            number += 1
            address = f"{local}{number}@{domain}"
        self._taken.add(address)
        return address

    def _display(self, rng: Random, person: Person) -> str:
        forms = {
            person.name: 12.0,
            f"{person.given} {person.family}": 2.0,
            f"{self.nickname(person)} {person.family}": 2.0,
            f"{person.family}, {person.given}": 2.0,
            f"{person.family}, {person.given} ({self._department(rng)})": 2.0,
            f"{person.given[:1]}. {person.family}": 1.0,
            "": 1.0,
        }
        script = self._names["script"]
        if person.given in script and person.family in script:
            own = (
                (person.family, person.given)
                if person.family_first
                else (person.given, person.family)
            )
            forms[("" if person.family_first else " ").join(script[part] for part in own)] = 6.0
        return weighted(rng, forms)

    def _department(self, rng: Random) -> str:
        department: str = rng.choice(self._names["employers"]["departments"])
        return department

    def _profile(self, rng: Random, person: Person) -> None:
        slug = f"{folded(person.given)}-{folded(person.family)}-example-{person.id}"
        person.profile = f"https://www.linkedin.com/in/{slug}"
        given = self.nickname(person) if rng.random() < 0.3 else person.given
        family = person.family
        if rng.random() < 0.1:
            family = f"{family}, {rng.choice(('Ph.D.', 'MBA', 'PMP'))}"
        person.linkedin_name = (given, family)


def _style(rng: Random) -> Style:
    return Style(
        quoting=weighted(rng, {"gmail": 6, "outlook": 3, "inline": 1, "none": 1.5}),
        body=weighted(rng, {"plain": 6, "both": 3, "html": 1}),
        charset=weighted(rng, {"utf-8": 8, "iso-8859-1": 1, "windows-1252": 1}),
        signature=weighted(rng, {"none": 4, "dashes": 3, "bare": 2, "phone": 1}),
        wraps=rng.random() < 0.3,
        formal=rng.random() < 0.25,
        greets=rng.uniform(0.4, 1.0),
        reply_hours=rng.lognormvariate(2.0, 0.8),
    )
