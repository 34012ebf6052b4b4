"""Fictional people and the aliases they go by, made from a seed, with known truth.

The mix of forms is set so that simple methods find about as much as on real aliases.
"""

# ruff: noqa: SIM905  (lists of names are read more easily as text)

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Alias = tuple[str, str]


class Person(NamedTuple):
    """A fictional person."""

    given: str
    family: str
    handle: str
    employers: tuple[str, ...]


COMMON_GIVEN = (
    "John Mary Robert Linda Michael Susan David Karen Thomas Julia Peter Anna Daniel Laura Stefan "
    "Katrin Jean Marie Carlos Ana Wei Jing Amit Priya Sergey Elena James Christopher Elizabeth"
).split()
RARE_GIVEN = (
    "Isolde Tarquin Odalys Leander Philippa Benedikt Rosalind Ottilie Cormac Saskia Evander "
    "Wilhelmina Anselm Theodora Lysander Perpetua Caspian Ulrike Zbigniew Björn Søren Zoë Łukasz"
).split()
COMMON_FAMILY = (
    "Smith Johnson Miller Brown Wilson Schmidt Müller Weber Martin Garcia Lopez Wang Chen Kumar "
    "Singh Nguyen Ivanov Rossi Dubois Jensen Taylor Thomas Clark Lee"
).split()
NICKNAMES = {
    "Robert": "Bob", "Susan": "Sue", "Michael": "Mike", "Thomas": "Tom", "James": "Jim",
    "Daniel": "Dan", "Christopher": "Chris", "Elizabeth": "Liz", "David": "Dave", "Stefan": "Steve",
    "Philippa": "Pippa", "Benedikt": "Ben", "Theodora": "Theo", "Sergey": "Sergei",
}  # fmt: skip
SERVICES = ("gmail.com", "gmail.com", "hotmail.com", "yahoo.com", "gmx.de", "web.de", "qq.com")
_ONSETS = ("b br c ch d f g gr h k kl l m n p r s sch st t tr v w z").split()
_VOWELS = ("a e i o u ei au").split()
_ENDS = ("ner berg mann ström eck ska ini ez ard low wood by sen dt ff").split()


def surname(rng: random.Random) -> str:
    """A made-up family name, seldom twice the same."""
    body = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(2))
    return (body + rng.choice(_ENDS)).capitalize()


def handle(rng: random.Random, given: str, family: str) -> str:
    """What somebody calls themselves at a mail service or code host."""
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(3))
    g, f = plain(given), plain(family)
    return rng.choice(
        (g[0] + f, g + f, f"{word}{rng.randint(1, 99)}", word, f"{g}{f[0]}", g[:3] + f[:3])
    )


def plain(text: str) -> str:
    """ASCII letters of a name in lower case, umlauts written out."""
    out = text.lower()
    for char, letters in {"ü": "ue", "ö": "oe", "ø": "o", "ë": "e", "ł": "l", "ä": "ae"}.items():
        out = out.replace(char, letters)
    return "".join(c for c in out if c.isascii() and c.isalpha())


def person(rng: random.Random, companies: Sequence[str]) -> Person:
    """One fictional person; one in fifty has a common given and a common family name."""
    drawn = rng.random()
    given = rng.choice(COMMON_GIVEN if drawn < 0.5 else RARE_GIVEN)
    given = f"{surname(rng)[:5]}a" if drawn > 0.75 else given
    common = rng.random() < (0.03 if given in COMMON_GIVEN else 0.2)
    family = rng.choice(COMMON_FAMILY) if common else surname(rng)
    jobs = tuple(rng.sample(companies, rng.choice((1, 1, 1, 2, 2, 3))))
    return Person(given, family, handle(rng, given, family), jobs)


def names_of(one: Person, rng: random.Random) -> Iterator[str]:
    """Display names a person goes by, without end: mostly the full one."""
    given, family = one.given, one.family
    rarer = (
        f"{family}, {given}", f"{family}, {given} (Legal)",
        f"{given} {rng.choice('ABKM')}. {family}",
        f"{NICKNAMES.get(given, given)} {family}", f"{given[0]}. {family}", given, one.handle, "",
        f"{given.upper()} {family.upper()}", fold_accents(f"{given} {family}"),
        f"Dr. {given} {family}", f"{given} {family} (Acme)", f"{given} {family[0]}",
        f"{family} {given}",
    )  # fmt: skip
    weights = (9, 4, 8, 10, 6, 2, 12, 10, 3, 6, 3, 4, 3, 4)
    while True:
        yield f"{given} {family}" if rng.random() < 0.7 else rng.choices(rarer, weights)[0]


def fold_accents(text: str) -> str:
    """The name as somebody without the right keyboard types it."""
    return " ".join(plain(word).capitalize() for word in text.split())


def addresses_of(one: Person, rng: random.Random) -> list[str]:
    """A person's addresses: of each job, perhaps private ones."""
    g, f = plain(one.given), plain(one.family)
    at_work = (f"{g}.{f}", f"{g}.{f}", f"{g[0]}{f}", f"{g}", f"{g}_{f}", f"{g[0]}.{f}", one.handle)
    found = [f"{rng.choice(at_work)}@{job}" for job in one.employers]
    if rng.random() < 0.6:
        local_part = rng.choice((one.handle, one.handle, f"{g}.{f}", f"{g}{f}{rng.randint(1, 99)}"))
        found.append(f"{local_part}@{rng.choice(SERVICES)}")
    if rng.random() < 0.1:
        found.append(f"{g}@{f}.{rng.choice(('de', 'net', 'org'))}")
    return found


def aliases_of(one: Person, rng: random.Random) -> Iterator[Alias]:
    """The aliases under which one person appears."""
    names = names_of(one, rng)
    usual = next(names)
    for address in addresses_of(one, rng):
        yield (usual if rng.random() < 0.75 else next(names)), address
        while rng.random() < 0.42:
            yield next(names), address


def traps(rng: random.Random, companies: Sequence[str]) -> Iterator[list[Alias]]:
    """People and others who look like somebody else; each list is one identity."""
    given, family = rng.choice(COMMON_GIVEN), surname(rng)
    company = rng.choice(companies)
    sibling = rng.choice(
        [name for name in COMMON_GIVEN if name[0] == given[0] and name != given] or ["Gus"]
    )
    yield [(f"{given} {family}", f"{plain(given)}.{plain(family)}@{company}")]
    yield [(f"{sibling} {family}", f"{plain(sibling)}.{plain(family)}@{rng.choice(SERVICES)}")]
    yield [("", f"{plain(given)[0]}{plain(family)}@{rng.choice(companies)}")]  # whose?
    shared = rng.choice(COMMON_GIVEN), rng.choice(COMMON_FAMILY)
    for place in rng.sample(companies, 2):  # namesakes
        yield [(" ".join(shared), f"{plain(shared[0])}.{plain(shared[1])}@{place}")]
    for service in ("linkedin.example", "code.example"):
        yield [(f"{given} {family} via {service}", f"notifications@{service}")]
    for word in (rng.choice(("info", "sales", "support")), "admin", "root"):
        yield [(rng.choice((word, "", "Customer Service")), f"{word}@{rng.choice(companies)}")]
    yield [
        (rng.choice(COMMON_GIVEN), f"{rng.choice(COMMON_GIVEN).lower()}@{rng.choice(companies)}")
    ]
    disguise = str.maketrans("aeo", "аео")
    yield [(f"{given} {family}".translate(disguise), f"{plain(family)}@spoof.example")]


def made(n_people: int, seed: int) -> tuple[list[Alias], list[int]]:
    """Aliases and whose they are."""
    rng = random.Random(seed)  # noqa: S311  (fiction, not secrets)
    companies = [f"{surname(rng).lower()}.com" for _ in range(max(n_people // 8, 20))]
    companies = [plain(c.removesuffix(".com")) + ".com" for c in companies]
    owners: dict[Alias, int] = {}
    people = [list(aliases_of(person(rng, companies), rng)) for _ in range(n_people)]
    people += [trap for _ in range(n_people // 50) for trap in traps(rng, companies)]
    for number, aliases in enumerate(people):
        for alias in aliases:
            owners.setdefault(alias, number)
    addresses: dict[str, int] = {}
    kept = [a for a, n in owners.items() if addresses.setdefault(a[1], n) == n]
    rng.shuffle(kept)
    return kept, [owners[alias] for alias in kept]
