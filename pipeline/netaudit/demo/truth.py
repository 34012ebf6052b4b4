"""What is true of the story, for tests and for the curious: the files of `truth/`.

Nothing here looks at the program's thresholds. A pattern is *expected* where the part a person
plays means it, and *unclear* where chance made an ordinary tie look like one, or the part leaves
room; everywhere else it is not there.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from netaudit.demo import linkedin, mbox
from netaudit.demo.archetypes import ARCHETYPES, Meaning, Phase
from netaudit.demo.blasts import CAMPAIGNS
from netaudit.demo.gatherings import Gathering
from netaudit.demo.letters import Letter
from netaudit.demo.people import Mailbox, Person
from netaudit.demo.story import Story

_GREY_SHARE = 0.14
"""A tie of an ordinary part whose balance is farther than this from even is unclear."""
_GREY_MESSAGES = 5
_ENOUGH_MESSAGES = 14
_MAX_DIRECT = 5


def files(story: Story) -> dict[str, bytes]:
    """File name (below the demo's folder) -> content."""
    facts = {person.id: _Facts(story, person) for person in story.cast.people}
    for letter in story.letters:
        for person_id in _parties(story, letter):
            facts[person_id].add(letter)
    return {
        "truth/README.md": _README.encode(),
        "truth/owner.json": _json(_owner(story)),
        "truth/people.json": _json([fact.record() for fact in facts.values()]),
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
  (`archetype`), the patterns this means (`expected`, with `since`), and the patterns on which fair
  observers may differ (`unclear`). A pattern in neither list is not there. `reason` says of what
  the tie is made.
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


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _parties(story: Story, letter: Letter) -> list[str]:
    """The people who exchanged something with the owner in a letter."""
    owner = story.owner
    if letter.sender is not owner:
        return [letter.sender.id] if owner in letter.receivers else []
    return [person.id for person in letter.receivers if person is not owner]


class _Facts:
    """Everything that happened between the owner and one person."""

    def __init__(self, story: Story, person: Person) -> None:
        self.story = story
        self.person = person
        self.letters: list[Letter] = []

    def add(self, letter: Letter) -> None:
        """One more message between the two."""
        self.letters.append(letter)

    @property
    def phases(self) -> list[Phase]:
        return self.story.phases[self.person.id]

    def record(self) -> dict[str, Any]:
        """The person's entry in people.json."""
        person, letters = self.person, self.letters
        n_out, n_in = self._direct()
        return {
            "id": person.id,
            "name": person.name,
            "archetype": person.archetype,
            "language": person.language,
            "addresses": sorted({box.address for box in self._used()}),
            "display_names": sorted({name for name in person.displays if name}),
            "profile": person.profile if person.connected_at or self._on("linkedin") else "",
            "linkedin_name": " ".join(person.linkedin_name) if person.connected_at else "",
            "connected_on": f"{person.connected_at:%Y-%m-%d}" if person.connected_at else "",
            "organisation": person.employer,
            "channels": [c for c in ("mail", "linkedin", "calendar") if self._on(c)],
            "first_contact": _iso(letters[0].at) if letters else "",
            "last_contact": _iso(letters[-1].at) if letters else "",
            "n_out_direct": n_out,
            "n_in_direct": n_in,
            "acts": self._acts(),
            "expected": [self._expected(meaning) for meaning in self._means()],
            "unclear": self._unclear(n_out, n_in),
            "reason": [_reason(phase) for phase in self.phases],
        }

    def _used(self) -> list[Mailbox]:
        used = [letter.mailbox(self.person) for letter in self.letters if letter.channel == "mail"]
        used += [self.person.mailbox(event.invited_at) for event in self._events()]
        return used

    def _events(self) -> list[Gathering]:
        """The gatherings the person holds or is invited to."""
        return [
            event
            for event in self.story.gatherings
            if self.person is event.organiser or self.person in event.attendees
        ]

    def _on(self, channel: str) -> bool:
        if channel == "calendar":
            return any(event.in_calendar for event in self._events())
        connected = channel == "linkedin" and self.person.connected_at is not None
        return connected or any(letter.channel == channel for letter in self.letters)

    def _direct(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[int, int]:
        """Direct messages (out, in), answers to mass mailings left out."""
        counts = Counter(
            letter.sender is self.story.owner
            for letter in self.letters
            if self._is_direct(letter)
            and (since is None or letter.at >= since)
            and (until is None or letter.at < until)
        )
        return counts[True], counts[False]

    def _is_direct(self, letter: Letter) -> bool:
        """Between the two, among few people, neither mass mailing nor the answer to one."""
        if letter.blast or (letter.answers is not None and letter.answers.blast):
            return False
        if letter.box or letter.wording.intent == "invitation":
            return False
        addressed = letter.sender is self.person or self.person in letter.to
        return addressed and len(letter.receivers) <= _MAX_DIRECT

    def _acts(self) -> dict[str, int]:
        """Counts such as `ask_out`, of direct messages."""
        counts: Counter[str] = Counter()
        for letter in self.letters:
            if self._is_direct(letter):
                side = "out" if letter.sender is self.story.owner else "in"
                counts.update(f"{act.act}_{side}" for act in letter.wording.acts)
        return dict(sorted(counts.items()))

    def _means(self) -> list[Meaning]:
        means = ARCHETYPES[self.person.archetype].means
        return [meaning for meaning in means if self._shows(meaning.pattern)]

    def _shows(self, pattern: str) -> bool:
        """Whether there was enough of what the part means for anybody to see it."""
        if pattern == "never_conversed":
            return not self._greeted()
        if pattern == "mass_blast":
            return any(letter.blast for letter in self.letters)
        return pattern in ("need_driven", "revived") or sum(self._direct()) >= _ENOUGH_MESSAGES

    def _greeted(self) -> bool:
        """Whether a note with an invitation is all they ever said."""
        gestures = self.story.society.gestures
        return any(one.text for one in gestures if one.person is self.person)

    def _expected(self, meaning: Meaning) -> dict[str, str]:
        since = ""
        if self.phases:
            phase = self.phases[meaning.phase]
            day = phase.stop if meaning.after else phase.start
            since = _iso(self.story.start + timedelta(days=day))
        return {"pattern": meaning.pattern, "direction": meaning.direction, "since": since}

    def _unclear(self, n_out: int, n_in: int) -> list[str]:
        """Patterns that may or may not be found with good reason."""
        part = ARCHETYPES[self.person.archetype]
        expected = {meaning.pattern for meaning in self._means()}
        unclear = {meaning.pattern for meaning in part.means} | set(part.unclear)
        n = n_out + n_in
        share = n_out / n if n else 0.5
        acts = self._acts()
        for side in ("out", "in"):
            asks, gives = acts.get(f"ask_{side}", 0), acts.get(f"give_{side}", 0)
            if asks >= 3 and asks > 1.2 * gives:
                unclear.add("transactional")
            if gives >= 2:
                unclear.add("giving")
            if self._opens_in_need(side):
                unclear.add("need_driven")
        if any(letter.blast for letter in self.letters):
            unclear.add("mass_blast")
        if n >= _GREY_MESSAGES and abs(share - 0.5) > _GREY_SHARE:
            unclear.add("one_sided")
        if n >= _GREY_MESSAGES and 0.25 < share < 0.75:
            unclear.add("reciprocal")
        if n >= _GREY_MESSAGES:
            unclear |= self._unclear_in_time()
        if self._personal_share() > 0.5 and n >= _GREY_MESSAGES:
            unclear.add("personal_only")
        return sorted(unclear - expected)

    def _opens_in_need(self, side: str) -> bool:
        """Whether one side opened half of its conversations, three at least, with an ask."""
        opened = [
            any(act.act == "ask" for act in letter.wording.acts)
            for letter in self.letters
            if letter.answers is None
            and (letter.sender is self.story.owner) == (side == "out")
            and self._is_direct(letter)
        ]
        return sum(opened) >= 3 and sum(opened) >= 0.5 * len(opened)

    def _unclear_in_time(self) -> set[str]:
        unclear = {"in_touch"} if self._state(self.story.end) == "running" else set()
        opened = [letter for letter in self.letters if letter.answers is None]
        theirs = sum(letter.sender is not self.story.owner for letter in opened)
        if theirs > 0.6 * len(opened):
            unclear.add("sought_out")
        if (self.story.end - self.letters[-1].at).days > 80:
            unclear |= {"dormant", "cooling"}
        return unclear

    def _personal_share(self) -> float:
        topics = [letter.wording.topic for letter in self.letters if letter.wording.topic]
        return topics.count("personal") / len(topics) if topics else 0.0

    def quarters(self) -> Iterable[dict[str, Any]]:
        """The person's rows in quarters.jsonl."""
        for name, first, after in quarters(self.story.start, self.story.end):
            n_out, n_in = self._direct(first, after)
            so_far = self._direct(None, after)
            if not self.letters or self.letters[0].at >= after:
                continue
            last = max(letter.at for letter in self.letters if letter.at < after)
            yield {
                "id": self.person.id,
                "quarter": name,
                "state": self._state(after),
                "days_since_last": (after - last).days,
                "n_out_direct": n_out,
                "n_in_direct": n_in,
                "n_out_direct_so_far": so_far[0],
                "n_in_direct_so_far": so_far[1],
            }

    def _state(self, at: datetime) -> str:
        day = (at - self.story.start).total_seconds() / 86400
        last = (self.story.end - self.story.start).total_seconds() / 86400
        day = min(day, last - 0.01)
        running = any(phase.start <= day < phase.stop for phase in self.phases)
        return "running" if running else "lapsed"


def quarters(start: datetime, end: datetime) -> Iterable[tuple[str, datetime, datetime]]:
    """(name such as 2026Q3, first moment, first moment after) of the quarters of a span."""
    day = date(start.year, (start.month - 1) // 3 * 3 + 1, 1)
    while day <= end.date():
        number = (day.month - 1) // 3
        after = date(day.year + (number == 3), (number + 1) % 4 * 3 + 1, 1)
        first = datetime(day.year, day.month, 1, tzinfo=start.tzinfo)
        yield f"{day.year}Q{number + 1}", first, datetime(after.year, after.month, 1,
                                                          tzinfo=start.tzinfo)  # fmt: skip
        day = after


def _reason(phase: Phase) -> dict[str, Any]:
    return {
        "start_day": round(phase.start, 1),
        "stop_day": round(phase.stop, 1),
        "gap_days": round(phase.gap_days, 1),
        "owner_opens": phase.owner_opens,
        "owner_answers": phase.owner_answers,
        "they_answer": phase.they_answer,
    }


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
        "sent_at": _iso(letter.at),
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
        "sent_at": _iso(bulk.at) if bulk.date_header is None else "",
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
        "first_at": _iso(letters[0].at),
        "last_at": _iso(letters[-1].at),
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
            "starts_at": _iso(event.starts_at.astimezone(story.start.tzinfo)),
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
        {"name": one.name, "starts_at": _iso(one.starts_at), "status": one.status}
        for one in story.society.conventions
    ]
    return {"gatherings": gatherings, "linkedin": conventions}


def _posts(story: Story) -> list[dict[str, str]]:
    return [
        {"kind": post.kind, "posted_at": _iso(post.at), "text": post.text, "link": post.link,
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
        "start": _iso(story.start),
        "as_of": f"{max(letter.at for letter in human):%Y-%m-%d}",
        "people": len(story.cast.people),
        "mails": len(mbox.mails(story)) + len(story.bulk),
        "duplicates": mbox.DUPLICATES,
        "linkedin_messages": len(linkedin.notes(story)),
        "connections": sum(p.connected_at is not None for p in story.cast.people),
        "events": len(story.gatherings),
        "archetypes": dict(Counter(person.archetype for person in story.cast.people)),
    }
