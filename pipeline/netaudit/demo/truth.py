"""What is true of the story, for tests and for the curious: the files of `truth/`.

Nothing here looks at the program's thresholds. A pattern is *expected* where the part a person
plays means it, and *unclear* where chance made an ordinary tie look like one, or the part leaves
room; everywhere else it is not there.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from netaudit.demo import linkedin, mbox
from netaudit.demo.blasts import CAMPAIGNS
from netaudit.demo.facts import Facts, iso
from netaudit.demo.letters import Letter
from netaudit.demo.people import Person
from netaudit.demo.story import Story


def files(story: Story) -> dict[str, bytes]:
    """File name (below the demo's folder) -> content."""
    facts = {person.id: Facts(story, person) for person in story.cast.people}
    for letter in story.letters:
        for person_id in _parties(story, letter):
            facts[person_id].add(letter)
    return {
        "truth/README.md": _README.encode(),
        "truth/owner.json": _json(_owner(story)),
        "truth/people.json": _json(_people(facts.values())),
        "truth/quarters.jsonl": _lines(row for fact in facts.values() for row in fact.quarters()),
        "truth/messages.jsonl": _lines(
            [*(_message(letter) for letter in story.letters), *map(_machine, story.bulk)]
        ),
        "truth/acts.jsonl": _lines(row for letter in story.letters for row in _acts(letter)),
        "truth/blasts.json": _json(_blasts(story)),
        "truth/events.json": _json(_events(story)),
        "truth/posts.json": _json(_posts(story)),
        "truth/addresses.json": _json(_natures(story)),
        "truth/summary.json": _json(_summary(story)),
    }


_README = """\
# The truth behind the demo

The exports beside this folder tell a life that never happened. These files say what was meant.

- owner.json: the owner's names, addresses, profile
- people.json: everybody, with all addresses and names they appear under, the part they play
  (`archetype`), the patterns this means (`expected`, with `since`), the patterns on which fair
  observers may differ (`unclear`), the status at the end where the part decides it, and the turns
  the tie took (`changes`: lapsed, revived, or a pattern that set in). A pattern in neither list is
  not there. `reason` says of what the tie is made.
- quarters.jsonl: per person and quarter: messages of the quarter and so far, state at its end:
  none (no contact yet), running, lapsed (the tie is over, or pauses)
- messages.jsonl: every message of every export, with the typed text, the closing it ends
  with, and what it answers
- acts.jsonl: per sentence what it does (act, kind, detail), as in the table `signals`
- blasts.json: the owner's mass mailings; `kind` empty: mail to several that is none
- events.json: invitations with the owner's answer and where it can be read
- posts.json: the owner's posts and comments; `tone` complaint or criticism
- addresses.json: address -> person ids, or robot, list, role, spam
- summary.json: counts
"""


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(rows: Iterable[object]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _people(facts: Iterable[Facts]) -> list[dict[str, Any]]:
    """What is true of everybody; of two at one address nobody can say whose mail it is."""
    records = [fact.record() for fact in facts]
    at: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        for address in record["addresses"]:
            at[address].append(record)
    seen = {
        record["id"]: {one["pattern"] for one in record["expected"]} | set(record["unclear"])
        for record in records
    }
    for record in records:
        beside = [other["id"] for address in record["addresses"] for other in at[address]]
        expected = {one["pattern"] for one in record["expected"]}
        record["unclear"] = sorted(
            set().union(*(seen[one] for one in beside), record["unclear"]) - expected
        )
    return records


def _parties(story: Story, letter: Letter) -> list[str]:
    """The people who exchanged something with the owner in a letter."""
    owner = story.owner
    if letter.sender is not owner:
        return [letter.sender.id] if owner in letter.receivers else []
    return [person.id for person in letter.receivers if person is not owner]


def _owner(story: Story) -> dict[str, Any]:
    owner = story.owner
    boxes = [*owner.mailboxes, *([owner.private] if owner.private else [])]
    return {
        "name": owner.name,
        "addresses": sorted(box.address for box in boxes),
        "profile": owner.profile,
    }


def _message(letter: Letter) -> dict[str, Any]:
    def shown(people: Iterable[Person]) -> list[str]:
        return [person.id for person in people]

    return {
        "message_id": letter.id,
        "channel": letter.channel,
        "kind": "invitation" if letter.wording.intent == "invitation" else "letter",
        "sent_at": iso(letter.at),
        "from": letter.sender.id,
        "from_address": letter.mailbox(letter.sender).address if letter.channel == "mail" else "",
        "to": shown(letter.to),
        "cc": shown(letter.cc),
        "bcc": shown(letter.bcc),
        "subject": letter.subject,
        "thread": letter.thread,
        "answers": letter.answers.id if letter.answers else "",
        "language": letter.wording.language,
        "topic": letter.wording.topic,
        "intent": letter.wording.intent,
        "blast": letter.blast,
        "box": letter.box,
        "automated": False,
        "new_text": letter.new_text,
        "closing": letter.closing,
    }


def _machine(bulk: Any) -> dict[str, Any]:
    return {
        "message_id": bulk.id,
        "channel": "mail",
        "kind": bulk.nature,
        "sent_at": iso(bulk.at) if bulk.date_header is None else "",
        "from": bulk.author.id if bulk.author and bulk.nature == "list" else "",
        "from_address": bulk.address,
        "subject": bulk.subject,
        "box": bulk.box,
        "automated": bulk.nature in ("robot", "list", "spam"),
    }


def _acts(letter: Letter) -> Iterable[dict[str, str]]:
    for act in letter.wording.acts:
        yield {"message_id": letter.id, "language": letter.wording.language, **act._asdict()}


def _blasts(story: Story) -> list[dict[str, Any]]:
    kinds = {campaign.name: campaign.kind for campaign in CAMPAIGNS}
    sent: dict[str, list[Letter]] = defaultdict(list)
    for letter in story.letters:
        if letter.blast:
            sent[letter.blast].append(letter)
    return [_blast(story, name, kinds[name], letters) for name, letters in sent.items()]


def _blast(story: Story, name: str, kind: str, letters: list[Letter]) -> dict[str, Any]:
    receivers = [(person, letter) for letter in letters for person in letter.receivers]
    answers = [letter for letter in story.letters if letter.answers in letters]
    return {
        "name": name,
        "kind": kind,
        "first_at": iso(letters[0].at),
        "last_at": iso(letters[-1].at),
        "subject": letters[0].subject,
        "message_ids": [letter.id for letter in letters],
        "recipients": sorted(letter.mailbox(person).address for person, letter in receivers),
        "people": sorted(person.id for person, _ in receivers),
        "answered_by": sorted({letter.sender.id for letter in answers}),
    }


def _events(story: Story) -> dict[str, Any]:
    gatherings = [
        {
            "uid": event.uid,
            "summary": event.summary,
            "kind": event.kind,
            "organiser": event.organiser.id,
            "attendees": [person.id for person in event.attendees],
            "starts_at": iso(event.starts_at.astimezone(story.start.tzinfo)),
            "recurring": bool(event.rule),
            "moved": event.moved_from is not None,
            "cancelled": event.cancelled,
            "answer": event.answer,
            "answered_by": event.answered_by,
            "by_mail": event.by_mail,
            "in_calendar": event.in_calendar,
        }
        for event in story.gatherings
    ]
    conventions = [
        {"name": one.name, "starts_at": iso(one.starts_at), "status": one.status}
        for one in story.society.conventions
    ]
    return {"gatherings": gatherings, "linkedin": conventions}


def _posts(story: Story) -> list[dict[str, str]]:
    return [
        {"kind": post.kind, "posted_at": iso(post.at), "text": post.text, "link": post.link,
         "tone": post.tone}
        for post in story.society.posts
        if post.kind in ("share", "comment")
    ]  # fmt: skip


def _natures(story: Story) -> Mapping[str, Any]:
    natures: dict[str, Any] = {}
    for person in story.cast.people:
        for box in person.mailboxes:
            natures.setdefault(box.address, []).append(person.id)
    for bulk in story.bulk:
        if bulk.nature != "list":
            natures.setdefault(bulk.address, bulk.nature)
        elif bulk.to not in natures:
            natures[bulk.to] = "list"
    return dict(sorted(natures.items()))


def _summary(story: Story) -> dict[str, Any]:
    human = [letter for letter in story.letters if not letter.box]
    return {
        "seed": story.seed,
        "start": iso(story.start),
        "as_of": f"{max(letter.at for letter in human):%Y-%m-%d}",
        "people": len(story.cast.people),
        "mails": len(mbox.mails(story)) + len(story.bulk),
        "duplicates": mbox.DUPLICATES,
        "linkedin_messages": len(linkedin.notes(story)),
        "connections": sum(p.connected_at is not None for p in story.cast.people),
        "events": len(story.gatherings),
        "archetypes": dict(Counter(person.archetype for person in story.cast.people)),
    }
