"""A fictional owner with some years of mail, put through the real stages: what report tests read.

Every person and text is invented. `audit()` is small and has something for every section;
`hostile=True` gives people and subjects names that attack spreadsheets, charts and pages.
"""

from __future__ import annotations

import dataclasses
import hashlib
from functools import cache

import numpy as np
import pandas as pd

from netaudit import blasts, connections, history, patterns, relationships
from netaudit.audit import Audit, with_patterns
from netaudit.model import ALIASES, MESSAGES, PEOPLE, RECIPIENTS, STORED, SUGGESTIONS
from netaudit.owner import Owner
from netaudit.people import People
from netaudit.settings import Settings

AS_OF = pd.Timestamp("2026-09-30T23:59:59.999999Z")
ME = "nora.lindqvist@example.org"
SEED = 7

# name, address, organisation is read from the domain; first day and last day (days before as-of),
# direct messages out and in
CAST = [
    ("Mara Okonkwo", "mara@brightwater.example", 1500, 3, 90, 84),
    ("Tomás Ferreira", "tomas.ferreira@brightwater.example", 1400, 6, 64, 70),
    ("Ingrid Solberg", "ingrid@fjordlab.example", 1300, 12, 41, 45),
    ("Lee Chang-min", "lee@harborline.example", 1000, 20, 58, 9),
    ("王小明", "xiaoming@lanternworks.example", 900, 8, 22, 30),
    ("שירה לוי", "shira@olive.example", 800, 30, 14, 12),
    ("Priya Raghunathan", "priya@brightwater.example", 700, 2, 35, 33),
    ("Bartholomew Featherstonehaugh-Cholmondeley", "bart@estate.example", 650, 40, 8, 9),
    ("Olu Adebayo", "olu@harborline.example", 1450, 420, 30, 28),
    ("Greta Winkler", "greta@alpenglow.example", 1350, 700, 22, 25),
    ("Hamid Rezaei", "hamid@fjordlab.example", 1200, 260, 18, 16),
    ("Sofia Marchetti", "sofia@alpenglow.example", 1100, 130, 20, 21),
    ("Yuki Tanabe", "yuki@lanternworks.example", 500, 110, 12, 14),
    ("Dmitri Volkov", "dmitri@harborline.example", 600, 15, 3, 31),
    ("Recruiter Anja Blom", "anja@talentbridge.example", 300, 25, 1, 14),
    ("Paul Verhoeven-Ito", "paul@brightwater.example", 80, 4, 9, 11),
    ("Zainab Yusuf", "zainab@olive.example", 60, 10, 4, 5),
    ("Connor O’Shea", "connor@harborline.example", 45, 45, 1, 0),
    ("Ella Brandt", "ella@alpenglow.example", 420, 35, 16, 1),
    ("Rui Costa", "rui@fjordlab.example", 1000, 18, 27, 25),
    ("Noor Haddad 🌿", "noor@olive.example", 950, 22, 19, 18),
    ("Petra Novák", "petra@alpenglow.example", 1250, 60, 25, 22),
    ("Kwame Mensah", "kwame@brightwater.example", 640, 9, 30, 29),
    ("Aiko Mori", "aiko@lanternworks.example", 330, 14, 11, 10),
]  # fmt: skip
HOSTILE = [
    '"><img src=x onerror=alert(1)>',
    "</script><svg/onload=alert(2)>",
    "=HYPERLINK(1)",
    "$\\foo$ and $5",
    "_hidden",
    "javascript:alert(3)",
    "nul\x00vt\x0besc\x1b[2J",
    "Ann \u202egnp.exe",
    "line\u2028break",
    "x" * 400,
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; '\"`",
]
SUBJECTS = ["Site visit", "Draft of the tender", "Coffee on Thursday?", "Numbers for March",
            "Panel at the conference", "Thank you", "Reading you might like", "Budget"]  # fmt: skip


def tables(cast, subjects=SUBJECTS, blasts=True) -> dict[str, pd.DataFrame]:
    """The stored tables of a cast's mail."""
    rng = np.random.default_rng(SEED)
    mail: list[dict] = []
    circles: dict[str, list[tuple]] = {}
    for person in cast:
        circles.setdefault(person[1].rpartition("@")[2], []).append(person)
        _exchange(mail, rng, person[:2], person[2:4], person[4:], subjects)
    for members in circles.values():  # mail to a whole circle: ties between others
        for age in rng.integers(5, 600, size=6 if len(members) > 1 else 0):
            there = [address for _, address, first, last, *_ in members if last < age < first]
            mail.append(_message(len(mail), ME, "Nora Lindqvist", age, subjects[0], there[:4]))
    if blasts:
        strangers = [f"guest{n}@elsewhere.example" for n in range(40)]
        everyone = [address for _, address, *_ in cast]
        mail.append(
            _message(len(mail), ME, "Nora Lindqvist", 75, subjects[3], everyone + strangers)
        )
        mail.append(_message(len(mail), ME, "Nora Lindqvist", 400, subjects[4], strangers[:25]))
    mail = [message for message in mail if message["to"]]
    frames = {name: table.empty() for name, table in STORED.items()}
    recipients = [
        {"key": m["key"], "role": "to", "address": a, "name": ""} for m in mail for a in m["to"]
    ]
    frames["messages"] = MESSAGES.conform(pd.DataFrame(mail)).sort_values(
        ["sent_at", "key"], ignore_index=True
    )
    frames["recipients"] = RECIPIENTS.conform(pd.DataFrame(recipients))
    return frames


def _exchange(mail, rng, who, days, counts, subjects):
    name, address = who
    ages = np.sort(rng.uniform(days[1], days[0], size=sum(counts)))[::-1]
    ages[-1], ages[0] = days[1] + 0.2, max(days[0], days[1] + 0.2)
    outgoing = rng.permutation([True] * counts[0] + [False] * counts[1])
    slow = {True: rng.uniform(0.05, 1.5), False: rng.uniform(0.05, 4)}  # mean days to an answer
    for n in range(1, len(ages)):
        if outgoing[n] != outgoing[n - 1] and rng.random() < 0.7:
            ages[n] = max(ages[n - 1] - rng.exponential(slow[bool(outgoing[n])]), days[1] + 0.1)
    before = None
    for age, out in sorted(zip(ages, outgoing, strict=True), key=lambda pair: -pair[0]):
        sender = (ME, "Nora Lindqvist") if out else (address, name)
        to = [address] if out else [ME]
        subject = subjects[int(rng.integers(len(subjects)))]
        message = _message(len(mail), *sender, age, subject, to)
        if before and before["from_address"] != message["from_address"]:
            message["in_reply_to"] = before["message_id"]
            message["subject"] = f"Re: {before['subject']}".replace("Re: Re: ", "Re: ")
        mail.append(message)
        before = message


def _message(number, address, name, age, subject, to):
    return {
        "key": hashlib.md5(str(number).encode()).hexdigest(), "channel": "mail",
        "message_id": f"{number}@example.org",
        "sent_at": AS_OF - pd.Timedelta(days=float(age)), "utc_offset_minutes": 120,
        "from_address": address, "from_name": name, "subject": subject, "labels": "",
        "box": "sent" if address == ME else "inbox", "n_recipients": len(to),
        "hidden_recipients": False, "words": 40, "size_bytes": 2000, "has_attachment": False,
        "is_truncated": False, "source": "mbox", "source_path": "mail.mbox",
        "source_offset": number * 2000, "to": to,
    }  # fmt: skip


def known(cast) -> People:
    """Who everybody is: one address, one person."""
    rows = [
        ("owner", "Nora Lindqvist", ME),
        *((f"p{n:03d}", c[0], c[1]) for n, c in enumerate(cast)),
    ]
    rows += [(f"g{n:03d}", "", f"guest{n}@elsewhere.example") for n in range(40)]
    frame = pd.DataFrame(rows, columns=["person_id", "name", "addresses"])
    frame["is_owner"] = frame["person_id"] == "owner"
    frame["organisation"] = frame["addresses"].str.extract(r"@(\w+)\.")[0].str.title()
    frame["profiles"] = frame["tags"] = ""
    aliases = pd.DataFrame({"alias": frame["addresses"], "person_id": frame["person_id"]})
    aliases = aliases.assign(kind="address", nature="human", why="the same address")
    ids = dict(zip(frame["person_id"], frame["person_id"], strict=True))
    asked = SUGGESTIONS.empty()
    return People(PEOPLE.conform(frame), ALIASES.conform(aliases), asked, ids, pd.DataFrame)


def cast(hostile: bool = False, extra: int = 0):
    """The people, with hostile names in place of the first ones, or with `extra` more."""
    people = list(CAST)
    if hostile:
        for n, name in enumerate(HOSTILE):
            people[n] = (name, *people[n][1:])
    rng = np.random.default_rng(SEED)
    for n in range(extra):
        first = int(rng.integers(40, 1500))
        last = int(rng.integers(1, first))
        counts = rng.integers(0, 8, size=2) + 1
        address = f"person{n}@company{n % 97}.example"
        people.append((f"Person Number{n}", address, first, last, int(counts[0]), int(counts[1])))
    return people


ACCOUNTING = {
    "sources": [
        {"source": "mbox", "path": "mail.mbox", "read": 2210, "kept": 2100, "duplicate": 100,
         "skipped": 10, "skipped_by_reason": {"no headers": 7, "cut": 3}},
        {"source": "linkedin", "path": "export.zip!Connections.csv", "read": 40, "kept": 40,
         "duplicate": 0, "skipped": 0, "skipped_by_reason": {}},
    ],
    "read": 2250, "kept": 2140, "duplicate": 100, "skipped": 10,
}  # fmt: skip


@cache
def audit(hostile: bool = False, extra: int = 0, as_of: pd.Timestamp = AS_OF) -> Audit:
    """The audit of the fictional owner."""
    people, settings = cast(hostile, extra), Settings()
    stored = tables(people, HOSTILE if hostile else SUBJECTS)
    stored["messages"] = stored["messages"][stored["messages"]["sent_at"] <= as_of]
    who, owner = known(people), Owner(frozenset({ME}), frozenset(), "Nora Lindqvist")
    past = history.build(
        stored, automated=pd.Series(False, index=stored["messages"].index), owner=owner,
        people=who, settings=settings, as_of=as_of,
    )  # fmt: skip
    past = blasts.add(past, blasts.MassMailing())
    rows = relationships.build(past, settings, as_of)
    past = dataclasses.replace(past, relationships=rows)
    rules = patterns.configured({})
    withheld = [rule for rule in rules if getattr(rule, "NEEDS_TEXT", False)]
    found = [rule(past, as_of) for rule in rules if rule not in withheld]
    findings = pd.concat([part for part in found if len(part)], ignore_index=True)
    return Audit(
        as_of=as_of, settings=settings, owner=owner, people=who, history=past,
        relationships=with_patterns(rows, findings), findings=findings, blasts=past.blasts,
        connections=connections.fates(past), patterns=rules,
        notes=("This export holds no calendar.",),
    )  # fmt: skip
