"""Fictional authors of a code project: aliases as version control and mailing lists have them.

Names are typed by hand on many machines: logins for names, hostnames for domains, code hosts'
no-reply addresses, own scripts, nicknames, suffixes. Beside them stand namesakes, families,
colleagues with one initial, machines, robots and placeholders.
"""

# ruff: noqa: SIM905  (lists of names are read more easily as text)

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fiction import (
    COMMON_FAMILY,
    COMMON_GIVEN,
    NICKNAMES,
    SERVICES,
    Alias,
    fold_accents,
    person,
    plain,
    surname,
)

CHINESE_FAMILIES = {
    "王": "Wang", "李": "Li", "张": "Zhang", "刘": "Liu", "陈": "Chen", "周": "Zhou", "吴": "Wu",
    "徐": "Xu", "郭": "Guo", "何": "He",
}  # fmt: skip
CHINESE_GIVEN = {
    "小": "xiao", "明": "ming", "建": "jian", "国": "guo", "丽": "li", "华": "hua", "志": "zhi",
    "强": "qiang", "文": "wen", "海": "hai", "雪": "xue", "伟": "wei", "敏": "min", "涛": "tao",
}  # fmt: skip
RUSSIAN_GIVEN = {
    "Dmitry": "Дмитрий", "Sergei": "Сергей", "Yuliya": "Юлия", "Olga": "Ольга", "Alexey": "Алексей",
}  # fmt: skip
RUSSIAN = dict(zip("b d f g k l m n p r s t v z a e i o u".split(), "бдфгклмнпрствзаеиоу",
                   strict=True))  # fmt: skip
MIDDLES = "Alexander Maria Lee James Rose Andrew".split()
MACHINES = (
    "root", "ubuntu", "unknown", "Your Name", "Administrator", "vagrant", "Developer", "Build Bot",
    "jenkins", "user", "dev",
)  # fmt: skip


class Developer(NamedTuple):
    """A fictional author."""

    given: str
    family: str
    middle: str
    native: str
    login: str
    usual: str
    jobs: tuple[str, ...]


def developer(rng: random.Random, companies: Sequence[str]) -> Developer:
    """One author, with a login and a usual way to write the name."""
    base = person(rng, companies)
    given, family, native = base.given, base.family, ""
    if rng.random() < 0.06:
        given, family, native = foreign(rng)
    full = f"{given} {family}"
    usual = rng.choices(
        (full, base.handle, given, f"{given} {family[0]}", native or full), (84, 6, 4, 1, 5)
    )[0]
    middle = rng.choice(MIDDLES) if rng.random() < 0.15 else ""
    return Developer(given, family, middle, native, base.handle, usual, base.employers)


def foreign(rng: random.Random) -> tuple[str, str, str]:
    """Given name and family name in Latin letters, and both in their own script."""
    if rng.random() < 0.5:
        family, one, two = (
            rng.choice(sorted(CHINESE_FAMILIES)),
            *rng.choices(sorted(CHINESE_GIVEN), k=2),
        )
        given = (CHINESE_GIVEN[one] + CHINESE_GIVEN[two]).capitalize()
        return given, CHINESE_FAMILIES[family], f"{family}{one}{two}"
    given, letters = rng.choice(sorted(RUSSIAN_GIVEN)), sorted(RUSSIAN)
    vowels = [c for c in letters if c in "aeiou"]
    rest = [c for c in letters if c not in "aeiou"]
    stem = "".join(rng.choice(rest) + rng.choice(vowels) for _ in range(2)) + rng.choice("lnr")
    native = "".join(RUSSIAN[c] for c in stem)
    latin, cyrillic = rng.choice((("ov", "ов"), ("sky", "ский"), ("skiy", "ский"), ("in", "ин")))
    return given, (stem + latin).capitalize(), f"{RUSSIAN_GIVEN[given]} {native}{cyrillic}".title()


def names_of(one: Developer, rng: random.Random) -> Iterator[str]:
    """Names as configured on one machine or another, without end."""
    given, family = one.given, one.family
    full = f"{given} {family}"
    rarer = (
        one.login, given, "", full.lower(), fold_accents(full), f"{family}, {given}",
        f"{family} {given}", f"{given[0]}. {family}", f"{given} {family[0]}.",
        f"{NICKNAMES.get(given, given)} {family}", f"{full} (ACME)", f"{full}, MBA",
        f"{plain(given)}.{plain(family)}", f"{plain(given)}{plain(family)}", f"{given}{family}",
        f"{given} {one.middle} {family}", f"{given} {one.middle[:1]}. {family}", one.native,
        f"{full} ({one.native})" if one.native else full, f"Dr. {full}", f"{full} via lists",
        f"{one.login} ({full})", f"{given} '{one.login}' {family}",
    )  # fmt: skip
    weights = (24, 8, 4, 6, 5, 4, 4, 3, 3, 6, 2, 1, 3, 3, 2, 3, 3, 6, 2, 1, 1, 1, 1)
    while True:
        yield (
            one.usual if rng.random() < 0.66 else rng.choices(rarer, weights)[0].replace("  ", " ")
        )


def addresses_of(one: Developer, rng: random.Random) -> list[str]:
    """Addresses of an author: of jobs, mail services, code hosts, machines, an own domain."""
    g, f, login = plain(one.given), plain(one.family), one.login
    at_work = (f"{g}.{f}", f"{g}.{f}", f"{g[0]}{f}", g, login, f"{f}{g[0]}", f"{g[0]}.{f}")
    found = [f"{rng.choice(at_work)}@{job}" for job in one.jobs[: rng.choice((1, 1, 2))]]
    if rng.random() < 0.4:
        found.append(f"{rng.choice((login, login, f'{g}.{f}'))}@{rng.choice(SERVICES)}")
    if rng.random() < 0.2:
        number = f"{rng.randint(1000, 90_000_000)}+" if rng.random() < 0.8 else ""
        found.append(f"{number}{login}@users.noreply.github.com")
    if rng.random() < 0.1:
        machine = rng.choice((f"{login}-laptop.local", "localhost.localdomain", f"{f}-mbp.lan"))
        found.append(f"{rng.choice((login, g))}@{machine}")
    if rng.random() < 0.08:
        found.append(f"{rng.choice((g, 'me', 'git', login))}@{f}.{rng.choice(('dev', 'org'))}")
    return found


def aliases_of(one: Developer, rng: random.Random) -> Iterator[Alias]:
    """The aliases under which one author appears."""
    for address in addresses_of(one, rng):
        called = rng.random() < 0.22  # on this machine only so
        usual = rng.choice((one.login, one.login, one.given, "")) if called else one.usual
        names = names_of(one._replace(usual=usual), rng)
        yield next(names), address
        while rng.random() < 0.62:
            yield next(names), address


def traps(rng: random.Random, companies: Sequence[str]) -> Iterator[list[Alias]]:
    """People and machines who look like somebody else; each list is one identity."""
    shared = rng.choice(COMMON_GIVEN), rng.choice(COMMON_FAMILY)
    login = f"{plain(shared[0])}.{plain(shared[1])}"
    for place in rng.sample(companies, 3):
        yield [(" ".join(shared), f"{rng.choice((login, plain(shared[0])))}@{place}")]
    family, firm = surname(rng), rng.choice(companies)
    same = [name for name in COMMON_GIVEN if name[0] == "J"]
    for given in rng.sample(same, 2):  # colleagues, or siblings
        yield [(f"{given} {family}", f"{plain(given)}@{firm}")]
    yield [("", f"j{plain(family)}@{rng.choice((firm, rng.choice(companies)))}")]
    given, family = rng.choice(COMMON_GIVEN), surname(rng)
    yield [(f"{given} {family} Jr.", f"{plain(given)}@{rng.choice(companies)}")]
    yield [(f"{given} {family} Sr.", f"{plain(family)}@{rng.choice(companies)}")]
    for _ in range(3):
        word = rng.choice(MACHINES)
        host = f"ip-10-0-{rng.randint(0, 255)}-{rng.randint(0, 255)}.ec2.internal"
        user = plain(word)
        yield [(word, f"{user}@{rng.choice((host, rng.choice(companies)))}")]
    for _ in range(2):
        given = rng.choice(COMMON_GIVEN)
        yield [(given, f"{plain(given)}@{rng.choice(companies)}")]
    yield [("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")]
    yield [("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")]


def made(n_people: int, seed: int) -> tuple[list[Alias], list[int]]:
    """Aliases and whose they are."""
    rng = random.Random(seed)  # noqa: S311  (fiction, not secrets)
    companies = [f"{plain(surname(rng))}.com" for _ in range(max(n_people // 8, 20))]
    people = [list(aliases_of(developer(rng, companies), rng)) for _ in range(n_people)]
    people += [trap for _ in range(n_people // 150) for trap in traps(rng, companies)]
    owners: dict[Alias, int] = {}
    addresses: dict[str, int] = {}
    for number, aliases in enumerate(people):
        for alias in aliases:
            if addresses.setdefault(alias[1], number) == number:
                owners.setdefault(alias, number)
    kept = list(owners)
    rng.shuffle(kept)
    return kept, [owners[alias] for alias in kept]
