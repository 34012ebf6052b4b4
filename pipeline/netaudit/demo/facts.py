"""What is true of one person of the story: aliases, balance, patterns, quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from netaudit.demo.archetypes import ARCHETYPES, Meaning, Phase
from netaudit.demo.gatherings import Gathering
from netaudit.demo.letters import Letter
from netaudit.demo.people import Mailbox, Person
from netaudit.demo.story import Story

_GREY_SHARE = 0.14
"""A tie of an ordinary part whose balance is farther than this from even is unclear."""
_GREY_MESSAGES = 5
_GREY_TIE = 4
"""With so many letters, both ways, somebody may call it a tie that has fallen silent."""
_GREY_SILENCE = 80
"""Days."""
_ENOUGH_MESSAGES = 14
_MAX_DIRECT = 5
_PAUSE_DAYS = 60


def iso(at: datetime) -> str:
    """A time (UTC) as it stands in the truth files."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


class Facts:
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
        """What the tie really was."""
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
            "first_contact": iso(letters[0].at) if letters else "",
            "last_contact": iso(letters[-1].at) if letters else "",
            "n_out_direct": n_out,
            "n_in_direct": n_in,
            "acts": self._acts(),
            "status": ARCHETYPES[person.archetype].status,
            "changes": self._changes(),
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
        return pattern == "need_driven" or sum(self._direct()) >= _ENOUGH_MESSAGES

    def _greeted(self) -> bool:
        """Whether a note with an invitation is all they ever said."""
        gestures = self.story.society.gestures
        return any(one.text for one in gestures if one.person is self.person)

    def _expected(self, meaning: Meaning) -> dict[str, str]:
        since = ""
        if self.phases:
            phase = self.phases[meaning.phase]
            day = phase.stop if meaning.after else phase.start
            since = iso(self.story.start + timedelta(days=day))
        return {"pattern": meaning.pattern, "direction": meaning.direction, "since": since}

    def _changes(self) -> list[dict[str, str]]:
        """Turns of the tie: lapsed, revived, and when a pattern set in later."""
        end = (self.story.end - self.story.start).total_seconds() / 86400
        turns = [("revived", phase.start) for last, phase in pairwise(self.phases)
                 if phase.start - last.stop > _PAUSE_DAYS]  # fmt: skip
        stops = [phase.stop for phase in self.phases]
        turns += [("lapsed", stop) for stop in stops if not self._goes_on(stop, end)]
        turns += [(m.pattern, self.phases[m.phase].start) for m in self._means() if m.phase]
        return [
            {"what": what, "at": iso(self.story.start + timedelta(days=day))}
            for what, day in sorted(turns, key=lambda turn: turn[1])
        ]

    def _goes_on(self, day: float, end: float) -> bool:
        """Whether the tie runs on after a phase's end, or the story ends with it."""
        return day > end - _PAUSE_DAYS or any(
            phase.start <= day + _PAUSE_DAYS < phase.stop for phase in self.phases
        )

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
        unclear |= self._unclear_when_silent(n_out, n_in)
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
        unclear = {"in_touch"} if self._runs_to_the_end() else set()
        opened = [letter for letter in self.letters if letter.answers is None]
        theirs = sum(letter.sender is not self.story.owner for letter in opened)
        if theirs > 0.55 * len(opened):
            unclear.add("sought_out")
        return unclear

    def _unclear_when_silent(self, n_out: int, n_in: int) -> set[str]:
        """A few letters both ways make a tie to some; mailings do not keep one alive."""
        if not (n_out and n_in) or n_out + n_in < _GREY_TIE:
            return set()
        last = max(letter.at for letter in self.letters if self._is_direct(letter))
        return {"dormant", "cooling"} if (self.story.end - last).days > _GREY_SILENCE else set()

    def _runs_to_the_end(self) -> bool:
        span = (self.story.end - self.story.start).total_seconds() / 86400
        return any(phase.stop > span - _PAUSE_DAYS for phase in self.phases)

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
