"""How a message looks: greeting, closing, signature, quoted text, as mail programs write them."""

from __future__ import annotations

import textwrap
from random import Random

from netaudit.demo.letters import Letter
from netaudit.demo.people import Mailbox, Person
from netaudit.demo.phrasebook import Voice

_MAX_QUOTED_LINES = 60

_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
}
_DAYS = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "de": ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
    "fr": ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    "es": ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
}
_OUTLOOK = {
    "en": ("-----Original Message-----", "From", "Sent", "To", "Subject"),
    "de": ("-----Ursprüngliche Nachricht-----", "Von", "Gesendet", "An", "Betreff"),
    "fr": ("-----Message d'origine-----", "De", "Envoyé", "À", "Objet"),
    "es": ("-----Mensaje original-----", "De", "Enviado el", "Para", "Asunto"),
}
_PHONE = {
    "en": "Sent from my phone",
    "de": "Von meinem Handy gesendet",
    "fr": "Envoyé de mon téléphone",
    "es": "Enviado desde mi móvil",
}
_DISCLAIMER = (
    "This e-mail is meant for the person it is addressed to. If you are not that person, please "
    "delete it and tell the sender. {employer} does not accept liability for opinions in it."
)


def lay_out(letter: Letter, voice: Voice, first_name: str) -> None:
    """Set the letter's `new_text` and `body`.

    Args:
        letter: with its wording, sender, receivers and the letter it answers.
        voice: the sender's voice, for greeting and closing.
        first_name: what the sender signs with.
    """
    rng, style = voice.rng, letter.sender.style
    core = letter.wording.text
    if style.wraps and letter.channel == "mail":
        core = "\n\n".join(textwrap.fill(part, 68) for part in core.split("\n\n"))
    tone = "formal" if style.formal else "casual"
    head = _greeting(letter, voice, tone) if rng.random() < style.greets else ""
    if letter.channel == "linkedin":
        letter.new_text = letter.body = f"{head}\n{core}" if head else core
        return
    tail = f"{voice.say(f'closing.{tone}')}\n{first_name}" if rng.random() < 0.8 else first_name
    letter.closing = tail
    signature = _signature(letter)
    if letter.answers is not None and style.quoting == "inline":
        letter.new_text, letter.body = _inline(letter, core, tail)
    else:
        letter.new_text = "\n\n".join(part for part in (head, core, tail) if part)
        letter.body = letter.new_text
        if signature:
            letter.body += f"\n\n{signature}"
        if letter.answers is not None:
            letter.body += _quote_below(letter, letter.answers)


def _greeting(letter: Letter, voice: Voice, tone: str) -> str:
    receiver = letter.to[0]
    names = {"first": receiver.given, "last": receiver.family}
    return voice.say(f"greeting.{tone}" if len(letter.to) == 1 else "greeting.plain", **names)


def _signature(letter: Letter) -> str:
    person = letter.sender
    match person.style.signature:
        case "phone":
            return _PHONE.get(letter.wording.language, _PHONE["en"])
        case "none":
            return ""
        case kind:
            number = f"+45 5550 01{sum(map(ord, person.id)) % 100:02d}"
            lines = [person.name, person.position, person.employer_at(letter.at), number]
            card = "\n".join(lines)
            if kind == "dashes":
                return f"-- \n{card}"
            return f"{card}\n\n{_DISCLAIMER.format(employer=person.employer_at(letter.at))}"


def _quote_below(letter: Letter, earlier: Letter) -> str:
    match letter.sender.style.quoting:
        case "none":
            return ""
        case "outlook":
            return f"\n\n{_outlook_head(letter, earlier)}\n\n{_cut(earlier.body)}"
        case _:
            return f"\n\n{_attribution(letter, earlier)}\n\n{_marked(_cut(earlier.body))}"


def _inline(letter: Letter, core: str, tail: str) -> tuple[str, str]:
    """New text alone, and the same between the pieces of what it answers."""
    earlier = letter.answers
    assert earlier is not None
    pieces = [part for part in earlier.new_text.split("\n\n") if part.strip()] or [""]
    answers = core.split("\n\n")
    body = [_attribution(letter, earlier)]
    for number, piece in enumerate(pieces):
        body.append(_marked(piece))
        if number < len(answers):
            body.append(answers[number])
    body += answers[len(pieces) :]
    return f"{core}\n\n{tail}", "\n\n".join([*body, tail])


def _cut(text: str) -> str:
    return "\n".join(text.split("\n")[:_MAX_QUOTED_LINES])


def _marked(text: str) -> str:
    return "\n".join(f"> {line}" if not line.startswith(">") else f">{line}"
                     for line in text.split("\n"))  # fmt: skip


def _shown(person: Person, box: Mailbox) -> str:
    return box.display or person.name


def _attribution(letter: Letter, earlier: Letter) -> str:
    at = earlier.at.astimezone(letter.local.tzinfo)
    language = letter.wording.language if letter.wording.language in _MONTHS else "en"
    month, day = _MONTHS[language][at.month - 1], _DAYS[language][at.weekday()]
    box = earlier.mailbox(earlier.sender)
    who = f"{_shown(earlier.sender, box)} <{box.address}>"
    clock = f"{at:%H:%M}"
    return {
        "en": f"On {day}, {at.day} {month} {at.year} at {clock}, {who} wrote:",
        "de": f"Am {day}, {at.day}. {month} {at.year} um {clock} Uhr schrieb {who}:",
        "fr": f"Le {day} {at.day} {month} {at.year} à {clock}, {who} a écrit :",
        "es": f"El {day}, {at.day} {month} {at.year} a las {clock}, {who} escribió:",
    }[language]


def _outlook_head(letter: Letter, earlier: Letter) -> str:
    language = letter.wording.language if letter.wording.language in _OUTLOOK else "en"
    rule, sender, sent, to, subject = _OUTLOOK[language]
    at = earlier.at.astimezone(letter.local.tzinfo)
    box = earlier.mailbox(earlier.sender)
    names = "; ".join(_shown(p, earlier.mailbox(p)) for p in earlier.to)
    return (
        f"{rule}\n{sender}: {_shown(earlier.sender, box)} <{box.address}>\n"
        f"{sent}: {at:%d.%m.%Y %H:%M}\n{to}: {names}\n{subject}: {earlier.subject}"
    )


def answer_subject(rng: Random, letter: Letter, language: str) -> str:
    """The subject of an answer, with the prefix a program of that language writes."""
    subject = letter.subject
    for prefix in ("Re: ", "RE: ", "AW: ", "RE : "):
        subject = subject.removeprefix(prefix)
    forms = {"de": ("AW: ", "Re: "), "fr": ("RE : ", "Re: ")}.get(
        language, ("Re: ", "Re: ", "RE: ")
    )
    return rng.choice(forms) + subject
