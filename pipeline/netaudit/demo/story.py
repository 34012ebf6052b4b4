"""The whole story: cast, ties, mass mailings, gatherings, machines, LinkedIn, from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from netaudit.demo.archetypes import ARCHETYPES, Phase
from netaudit.demo.blasts import CAMPAIGNS, Campaign, Mailing
from netaudit.demo.cast import Cast, assemble
from netaudit.demo.chance import stream
from netaudit.demo.gatherings import Calendar, Gathering
from netaudit.demo.letters import Letter
from netaudit.demo.people import Person
from netaudit.demo.robots import Bulk, Machines
from netaudit.demo.society import PublicLife, Society
from netaudit.demo.ties import Scene, Tie

END = datetime(2026, 9, 30, 19, 0, tzinfo=UTC)
"""The story's last moment: a fixed date, so that a demo never changes."""


@dataclass
class Story:
    """Everything that happened.

    Attributes:
        phases: person id -> the phases the tie really had, in days since `start`.
        letters: messages between people and on events, of mail and LinkedIn, oldest first.
        bulk: what machines sent, oldest first.
    """

    seed: int
    start: datetime
    end: datetime
    cast: Cast
    phases: dict[str, list[Phase]]
    letters: list[Letter]
    bulk: list[Bulk]
    gatherings: list[Gathering]
    society: Society

    @property
    def owner(self) -> Person:
        """Whose story it is."""
        return self.cast.owner


def tell(seed: int, *, years: int = 4, scale: float = 1.0) -> Story:
    """The story of a seed.

    Args:
        seed: any integer; the same one gives the same story, byte for byte.
        years: length, at least 2; it always ends on the same day.
        scale: share of the population (0 < scale <= 1); every part keeps at least one person.
    """
    end = END
    start = end.replace(year=end.year - years, hour=0)
    cast = assemble(seed, start, end, scale)
    scene = Scene(start, end, cast.owner, _circle(cast), cast.parts["colleague"])
    phases: dict[str, list[Phase]] = {}
    letters: list[Letter] = []
    for person in cast.people:
        phases[person.id], told = _tie(seed, scene, cast, person)
        letters += told
    letters += _blasts(seed, scene, cast)
    calendar = Calendar(scene, stream(seed, "gatherings"))
    calendar.plan(cast.parts["colleague"], cast.parts["balanced"], count=max(24, round(64 * scale)))
    letters += [letter for letter in calendar.letters if letter.at <= end]
    letters.append(_last_words(seed, scene, cast.parts["balanced"][0]))
    _file_away(stream(seed, "boxes"), letters)
    return Story(
        seed=seed,
        start=start,
        end=end,
        cast=cast,
        phases=phases,
        letters=sorted(letters, key=lambda letter: (letter.at, letter.id)),
        bulk=_machines(seed, scene, cast, scale),
        gatherings=calendar.gatherings,
        society=_society(seed, scene, cast),
    )


def _circle(cast: Cast) -> list[Person]:
    return [p for part in ("balanced", "sought_out", "giving") for p in cast.parts[part]]


def _tie(seed: int, scene: Scene, cast: Cast, person: Person) -> tuple[list[Phase], list[Letter]]:
    rng = stream(seed, "tie", person.id)
    if person.archetype == "former_colleague":
        scene = replace(scene, team=cast.parts["former_colleague"])
    tie = Tie(scene, person, rng)
    span = (scene.end - scene.start).total_seconds() / 86400
    if person.archetype == "two_mails":
        return [], _two_mails(tie, span)
    if person.archetype == "one_off":
        return [], _one_off(tie, span)
    phases = ARCHETYPES[person.archetype].phases(rng, span)
    return phases, tie.tell(phases)


def _two_mails(tie: Tie, span: float) -> list[Letter]:
    """Two messages in all: both from one side, or one from each."""
    rng, owner, person = tie.rng, tie.scene.owner, tie.person
    first, second = rng.choice(((owner, owner), (person, person), (owner, person)))
    day = rng.uniform(0, span - 60)
    for sender, at in ((first, day), (second, day + rng.uniform(8, 50))):
        receiver = person if sender is owner else owner
        tie.write(sender, (receiver,), rng.choice(("update", "schedule")), tie.scene.moment(at))
    return tie.letters


def _one_off(tie: Tie, span: float) -> list[Letter]:
    """A question and its answer on one day."""
    rng, owner, person = tie.rng, tie.scene.owner, tie.person
    asker, other = (owner, person) if rng.random() < 0.5 else (person, owner)
    at = tie.scene.moment(int(rng.uniform(0, span - 2))) + timedelta(hours=9)
    letter = tie.write(asker, (other,), "ask.information", at)
    if letter is not None:
        later = letter.at + timedelta(minutes=rng.randint(20, 90))
        tie.write(other, (asker,), "answer.information", later, answers=letter)
    return tie.letters


def _blasts(seed: int, scene: Scene, cast: Cast) -> list[Letter]:
    letters: list[Letter] = []
    for campaign in CAMPAIGNS:
        rng = stream(seed, "blast", campaign.name)
        letters += Mailing(scene, campaign, rng).send(_recipients(rng, cast, campaign))
    return letters


def _recipients(rng: Random, cast: Cast, campaign: Campaign) -> list[Person]:
    if campaign.text == "team":
        return cast.parts["colleague"][: campaign.size]
    parts = (
        "balanced",
        "former_colleague",
        "dormant",
        "sought_out",
        "giving",
        "noise",
        "slow_rhythm",
    )
    known = [p for part in parts for p in cast.parts[part]]
    strangers = cast.parts["blast_only"]
    n_known = min(round(campaign.size * campaign.known_share), len(known))
    n_strangers = min(campaign.size - n_known, len(strangers))
    chosen: list[Person] = rng.sample(known, n_known) + rng.sample(strangers, n_strangers)
    rng.shuffle(chosen)
    return chosen


def _last_words(seed: int, scene: Scene, person: Person) -> Letter:
    """A mail on the very last day, so that the story's as-of date is its end."""
    tie = Tie(scene, person, stream(seed, "last words"))
    letter = tie.write(scene.owner, (person,), "update", scene.end - timedelta(hours=9))
    assert letter is not None
    return letter


def _file_away(rng: Random, letters: Sequence[Letter]) -> None:
    """A few messages of people lie in Spam or Trash, as they do in life."""
    for letter in sorted(letters, key=lambda one: (one.at, one.id)):
        if letter.channel == "mail" and rng.random() < 0.006 and not letter.blast:
            letter.box = rng.choice(("Spam", "Trash")) if letter.sender.id != "owner" else "Trash"


def _machines(seed: int, scene: Scene, cast: Cast, scale: float) -> list[Bulk]:
    machines = Machines(scene, stream(seed, "machines"), scale=scale)
    known = [p for p in cast.people if p.connected_at is not None]
    list_people = [*cast.parts["list_only"], *cast.parts["balanced"][:3]]
    bulk = machines.run(known or cast.people, list_people)
    return sorted(bulk, key=lambda one: (one.at, one.id))


def _society(seed: int, scene: Scene, cast: Cast) -> Society:
    connected = [p for p in cast.people if p.connected_at is not None]
    strangers = ("never_conversed", "new_connection")
    close = [p for p in connected if p.archetype not in strangers]
    return PublicLife(scene, stream(seed, "society")).live(connected, close)
