"""New text: what the sender wrote, without quotes, signatures and disclaimers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netaudit.text import quotes, read
from netaudit.text.newtext import new_text

REPLIES = {
    "english": "On Tue, 3 Mar 2026 at 09:12, Ada Brook <ada@brook.example> wrote:",
    "english, wrapped": "On Tue, 3 Mar 2026 at 09:12, Ada Brook\n<ada@brook.example> wrote:",
    "german": "Am Di., 3. März 2026 um 09:12 Uhr schrieb Ada Brook <ada@brook.example>:",
    "french": "Le mar. 3 mars 2026 à 09:12, Ada Brook <ada@brook.example> a écrit :",
    "spanish": "El mar, 3 mar 2026 a las 9:12, Ada Brook (<ada@brook.example>) escribió:",
    "italian": "Il giorno mar 3 mar 2026 alle ore 09:12 Ada Brook <ada@brook.example> ha scritto:",
    "dutch": "Op di 3 mrt. 2026 om 09:12 schreef Ada Brook <ada@brook.example>:",
    "without a verb": "2026-03-03 9:12 GMT+01:00 Ada Brook <ada@brook.example>:",
    "verb in the quote": "On Tue, Mar 3, 2026 at 9:12 AM, Ada Brook <\n> ada@brook.example> wrote:",
}


@pytest.mark.parametrize("line", REPLIES.values(), ids=REPLIES.keys())
def test_a_reply_line_and_what_it_quotes_go(line: str) -> None:
    body = f"Friday works for me.\n\n{line}\n\n> Shall we meet on Friday?\n> Ada\n"
    assert new_text(body) == "Friday works for me."


HEADS = {
    "outlook": "-----Original Message-----\nFrom: Brook, Ada\nSent: Tuesday, Mar 3, 2026\n"
    "To: Lind, Jon\nSubject: Plan",
    "outlook, no rule": "From: Ada Brook <ada@brook.example>\nSent: Tuesday, Mar 3, 2026\n"
    "To: Jon Lind\nSubject: Plan",
    "outlook, bold": "*From:* Ada Brook\n*Sent:* Mar 3, 2026\n*To:* Jon\n*Subject:* Plan",
    "outlook, german": "Von: Ada Brook\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Jon Lind\n"
    "Betreff: Plan",
    "outlook, french": "De : Ada Brook\nEnvoyé : 3 mars 2026\nÀ : Jon Lind\nObjet : Plan",
    "outlook, spanish": "De: Ada Brook\nEnviado el: 3/3/2026\nPara: Jon\nAsunto: Plan",
    "gmail forward": "---------- Forwarded message ---------\nFrom: Ada <ada@brook.example>\n"
    "Date: Tue, 3 Mar 2026 at 09:12\nSubject: Plan\nTo: Jon",
    "apple forward": "Begin forwarded message:\n\nFrom: Ada\nSubject: Plan\nDate: 3 March 2026",
    "lotus reply": "Ada Brook\n03/03/2026 09:12 AM\nTo:\tJon/HQ/ACME\ncc:\nSubject:\tPlan",
    "lotus, internet": '"Ada Brook" <ada@brook.example> on 03/03/2026 09:12:13 AM\nTo: Jon\n'
    "cc:\nSubject: Plan",
    "lotus forward": "---------------------- Forwarded by Ada Brook/HQ/ACME on 03/03/2026 09:12 AM "
    "---------------------------\nJon Lind\n03/01/2026 08:00 AM\nTo: Ada Brook\ncc:\nSubject: Plan",
    "german rule": "----- Ursprüngliche Nachricht -----\nVon: Ada\nAn: Jon\nBetreff: Plan",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_an_unmarked_quote_lasts_to_the_end(head: str) -> None:
    body = f"I like the second one.\n\n{head}\n\nWhich of the two plans do you like?\n"
    assert new_text(body) == "I like the second one."


def test_a_bare_forward_has_no_new_text() -> None:
    assert new_text(f"{HEADS['gmail forward']}\n\nWhich plan?") == ""


def test_inline_answers_and_answers_below_stay() -> None:
    body = (
        "On 3 Mar 2026 at 09:12, Ada Brook <ada@brook.example> wrote:\n"
        "> When do you arrive?\n"
        "At noon, by train.\n"
        ">> And before that?\n"
        "> Do you need a room?\n\n"
        "No, thank you.\n"
    )
    assert new_text(body).split() == ["At", "noon,", "by", "train.", "No,", "thank", "you."]


def test_the_torn_end_of_a_quoted_line_is_no_answer() -> None:
    body = (
        "Agreed.\n\nOn 3 Mar 2026 at 09:12, Ada <ada@brook.example> wrote:\n"
        "> The committee would like to see the figures of the whole last\n"
        "quarter\n"
        "> before it decides on the budget.\n"
    )
    assert new_text(body) == "Agreed."


@pytest.mark.parametrize(
    "sentence",
    [
        "I wrote: we cannot do that.",
        "From: the bottom of my heart, thank you.",
        "To: be or not to be",
        "The original message was lost somewhere.",
        "On Monday we meet, on Tuesday we write.",
        "Subject to approval, we start on Monday.",
    ],
)
def test_sentences_that_look_like_heads_stay(sentence: str) -> None:
    body = f"Dear Jon,\n\n{sentence}\n\nI will call you tomorrow about the rest of the plan.\n"
    assert sentence in new_text(body)


def test_a_signature_goes() -> None:
    body = (
        "Could you look at the draft?\n\nBest regards,\nAda Brook\nHead of Research\n"
        "Brook & Partners Ltd\n+44 20 7946 0958\nada@brook.example\n"
    )
    assert new_text(body, "Ada Brook", "ada@brook.example") == "Could you look at the draft?"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("See you there.\n\n-- \nAda\nwww.brook.example", "See you there."),
        ("See you there.\n\nSent from my iPhone", "See you there."),
        ("Bis morgen!\n\nViele Grüße\nAda", "Bis morgen!"),
        ("À demain !\n\nBien cordialement,\nAda Brook", "À demain !"),
        ("Hasta mañana.\n\nUn saludo,\nAda", "Hasta mañana."),
        ("See you there.\n\nThanks, Ada", "See you there."),
        ("Thanks", "Thanks"),
        ("Ada", "Ada"),
        ("Hi Jon,\nthe numbers are 12 and 15.\nWhat do you think?", None),
    ],
)
def test_how_messages_end(body: str, kept: str | None) -> None:
    assert new_text(body, "Ada Brook", "ada@brook.example") == (body if kept is None else kept)


def test_a_disclaimer_goes() -> None:
    body = (
        "The contract is fine.\n\n"
        "This e-mail and any attachment is confidential and intended only for the recipient.\n"
        "If you are not the intended recipient, delete it.\n"
    )
    assert new_text(body) == "The contract is fine."


LINES = st.sampled_from(
    [
        "", "> quoted", ">> deeper", "plain words", "-- ", "Ada", "Sent from my iPhone",
        "On 3 Mar 2026 at 09:12, A <a@b.example> wrote:",
        "-----Original Message-----", "From: Ada", "To: Jon", "Subject: Plan", "Thanks,",
        "03/03/2026 09:12 AM", "____________", ">From here", "x" * 500,
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(LINES, max_size=30).map("\n".join)))
@example("\ud800")
@example("On 1.1.2026 10:00\n\n\n>")
def test_any_text_gives_its_own_lines(body: str) -> None:
    text = new_text(body)
    whole = body.encode("utf-8", "replace").decode()
    assert set(text.split("\n")) <= {"", *quotes.lines_of(whole)}


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_written_lines_are_lines_of_the_body_in_order(body: str) -> None:
    lead, below = quotes.written(body)
    rest = iter(quotes.lines_of(body))
    assert all(line in rest for line in [*lead, *below])


@pytest.mark.parametrize("unit", ["a ", "(", ">", "On 1:00 ", "wrote:\n", "From: a\n", "-", "_\n"])
def test_what_is_read_of_a_body_is_bounded(unit: str) -> None:
    body = unit * (1_000_000 // len(unit))
    assert sum(map(len, quotes.lines_of(body))) <= quotes.MAX_CHARS
    assert len(quotes.lines_of(body)) <= quotes.MAX_LINES
    assert len(new_text(body)) <= quotes.MAX_CHARS


def test_words_are_counted_without_reading_signals() -> None:
    reading = read("Four words of mine\n\n> and quoted ones", with_signals=False)
    assert (reading.words, reading.language, reading.signals, reading.traits) == (4, None, [], None)
