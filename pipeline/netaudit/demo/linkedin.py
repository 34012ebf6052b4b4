"""The story's LinkedIn export: the files and headers of a Complete export of 2026."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from netaudit.demo.chance import stream
from netaudit.demo.letters import Letter
from netaudit.demo.people import Person
from netaudit.demo.society import Gesture, Post
from netaudit.demo.story import Story

_FIXED = (2026, 10, 1, 6, 0, 0)

_NOTES = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses '
    "are missing. You will only see email addresses for connections who have allowed their "
    'connections to see or download their email address."\n\n'
)

Rows = Iterable[Sequence[object]]


def export(story: Story) -> bytes:
    """The zip file."""
    files = {
        "Connections.csv": _NOTES + _connections(story).rstrip("\n"),
        "messages.csv": _messages(story),
        "Invitations.csv": _invitations(story),
        "Shares.csv": _shares(_posts(story, "share")),
        "Comments.csv": _comments(_posts(story, "comment")),
        "Reactions.csv": _table(
            "Date,Type,Link", ((_stamp(p.at), p.text, p.link) for p in _posts(story, "reaction"))
        ),
        "Votes.csv": _table(
            "Date,Link,OptionText", ((_stamp(p.at), p.link, p.text) for p in _posts(story, "vote"))
        ),
        "InstantReposts.csv": _table(
            "Date,Link", ((_stamp(p.at), p.link) for p in _posts(story, "repost"))
        ),
        "Endorsement_Received_Info.csv": _endorsements(story, "in", "Endorser"),
        "Endorsement_Given_Info.csv": _endorsements(story, "out", "Endorsee"),
        "Recommendations_Received.csv": _recommendations(story, "in"),
        "Recommendations_Given.csv": _recommendations(story, "out"),
        "Events.csv": _events(story),
        "Profile.csv": _profile(story),
        "Email Addresses.csv": _addresses(story),
    }
    buffer = io.BytesIO()
    # Stored, not deflated: compressors differ between machines, and a demo must not.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _FIXED)
            info.external_attr = 0o600 << 16
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


def notes(story: Story) -> list[Letter]:
    """The letters that travel through LinkedIn."""
    return [letter for letter in story.letters if letter.channel == "linkedin"]


def _table(header: str, rows: Rows, *, quote_all: bool = False) -> str:
    buffer = io.StringIO()
    buffer.write(header + "\n")
    if quote_all:
        csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _name(person: Person) -> str:
    return " ".join(person.linkedin_name)


def _posts(story: Story, kind: str) -> list[Post]:
    return [post for post in story.society.posts if post.kind == kind]


def _connections(story: Story) -> str:
    rng = stream(story.seed, "connections")
    people = [p for p in story.cast.people if p.connected_at is not None]
    people.sort(key=lambda p: (p.connected_at, p.id), reverse=True)
    rows: list[Sequence[object]] = []
    for person in people:
        assert person.connected_at is not None
        address = person.mailboxes[-1].address if rng.random() < 0.06 else ""
        position = "" if rng.random() < 0.05 else person.position
        rows.append((*person.linkedin_name, person.profile, address, person.employer, position,
                     f"{person.connected_at:%d %b %Y}"))  # fmt: skip
    rows += [("", "", "", "", "", "", f"{story.end:%d %b %Y}")] * 2
    return _table("First Name,Last Name,URL,Email Address,Company,Position,Connected On", rows)


def _messages(story: Story) -> str:
    owner = story.owner
    rows: list[tuple[datetime, Sequence[object]]] = []
    for letter in notes(story):
        to = ", ".join(_name(person) for person in letter.receivers)
        urls = ",".join(person.profile for person in letter.receivers)
        rows.append((letter.at, (
            f"2-{letter.thread}", "", _name(letter.sender), letter.sender.profile, to, urls,
            _stamp(letter.at), "" if letter.answers else letter.subject, letter.body, "INBOX", "",
            "No", "No",
        )))  # fmt: skip
    for number, advert in enumerate(story.society.adverts):
        rows.append((advert.at, (
            f"2-ad{number:04d}", "", advert.name, "", _name(owner), owner.profile,
            _stamp(advert.at), advert.subject, advert.html, "INBOX", "", "No", "No",
        )))  # fmt: skip
    for number, (at, person, text) in enumerate(story.society.drafts):
        rows.append((at, (
            f"2-draft{number:04d}", "", _name(owner), owner.profile, _name(person), person.profile,
            _stamp(at), "", text, "INBOX", "", "Yes", "No",
        )))  # fmt: skip
    rows.sort(key=lambda row: row[0], reverse=True)
    header = ("CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
              "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,"
              "IS CONVERSATION DRAFT")  # fmt: skip
    quoted = ",".join(f'"{name}"' for name in header.split(","))
    return _table(quoted, [row for _, row in rows], quote_all=True)


def _gestures(story: Story, kind: str, direction: str = "") -> list[Gesture]:
    return [
        gesture
        for gesture in story.society.gestures
        if gesture.kind == kind and direction in ("", gesture.direction)
    ]


def _invitations(story: Story) -> str:
    owner = story.owner
    rows = []
    for gesture in _gestures(story, "invitation"):
        sides = (gesture.person, owner) if gesture.direction == "in" else (owner, gesture.person)
        clock = gesture.at
        when = f"{clock.month}/{clock.day}/{clock:%y}, {clock.hour % 12 or 12}:{clock:%M %p}"
        rows.append((*map(_name, sides), when, gesture.text,
                     "INCOMING" if gesture.direction == "in" else "OUTGOING",
                     sides[0].profile, sides[1].profile))  # fmt: skip
    return _table("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl", rows)


def _shares(posts: Sequence[Post]) -> str:
    """Lines of a commentary are quoted pieces inside the cell, as LinkedIn writes them."""
    rows = [
        (f"{post.at:%Y-%m-%d %H:%M:%S}", post.link, _pieces(post.text), post.shared, "",
         "MEMBER_NETWORK")
        for post in posts
    ]  # fmt: skip
    return _table("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility", rows)


def _pieces(text: str) -> str:
    return text.replace('"', '""').replace("\n", '"\n"') if "\n" in text else text


def _comments(posts: Sequence[Post]) -> str:
    r"""Inner quotes are escaped as `\"`, which is not how CSV does it, but what LinkedIn writes."""
    lines = ["Date,Link,Message"]
    for number, post in enumerate(posts):
        text = post.text.replace('"', '\\"')
        day = "" if number % 17 == 5 else f"{post.at:%Y-%m-%d %H:%M:%S}"
        lines.append(f'{day},{post.link},"{text}"')
    return "\n".join(lines) + "\n"


def _endorsements(story: Story, direction: str, who: str) -> str:
    rows = [
        (f"{g.at:%Y/%m/%d %H:%M:%S} UTC", g.text, *g.person.linkedin_name,
         g.person.profile.removeprefix("https://"), g.status)
        for g in _gestures(story, "endorsement", direction)
    ]  # fmt: skip
    header = (f"Endorsement Date,Skill Name,{who} First Name,{who} Last Name,{who} Public Url,"
              "Endorsement Status")  # fmt: skip
    return _table(header, rows)


def _recommendations(story: Story, direction: str) -> str:
    rows = [
        (*g.person.linkedin_name, g.person.employer, g.person.position, g.text,
         f"{g.at:%m/%d/%y, %I:%M %p}", g.status)
        for g in _gestures(story, "recommendation", direction)
    ]  # fmt: skip
    return _table("First Name,Last Name,Company,Job Title,Text,Creation Date,Status", rows)


def _events(story: Story) -> str:
    form = "%b %d, %Y %I:%M %p"
    rows = [
        (one.name, f"{one.starts_at:{form}} - {one.ends_at:{form}}", one.status, "")
        for one in story.society.conventions
    ]
    return _table("Event Name,Event Time,Status,External Url", rows)


def _profile(story: Story) -> str:
    owner = story.owner
    header = ("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,"
              "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers")  # fmt: skip
    row = (owner.given, owner.family, "", "", "", f"{owner.position} at {owner.employer}", "",
           "Utilities", "", "Aarhus, Denmark", "", "", "")  # fmt: skip
    return _table(header, [row])


def _addresses(story: Story) -> str:
    owner = story.owner
    boxes = [owner.private, *reversed(owner.mailboxes)]
    rows = [
        (box.address, "Yes", "Yes" if number == 1 else "No", f"{story.start:%Y-%m-%d %H:%M:%S} UTC")
        for number, box in enumerate(boxes)
        if box is not None
    ]
    return _table("Email Address,Confirmed,Primary,Updated On", rows)
