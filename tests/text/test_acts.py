"""Acts: what a sentence does, told by cues and, for English asks, a model."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netaudit.text import signals
from netaudit.text.acts import acts, cues, of_sentence
from netaudit.text.lists import sections

CASES = [
    ("en", "Could you introduce me to your head of hiring?", "ask", "favour"),
    ("en", "Would you write me a letter of recommendation for the fellowship?", "ask", "favour"),
    ("en", "Do you have fifteen minutes of your time for a call this week?", "ask", "favour"),
    ("en", "What do you think of the second draft?", "ask", "advice"),
    ("en", "Do you know when the office opens?", "ask", "information"),
    ("en", "Please send me the signed contract by Friday.", "ask", "task"),
    ("de", "Könntest du mich deiner Chefin vorstellen?", "ask", "favour"),
    ("de", "Was hältst du von dem Entwurf?", "ask", "advice"),
    ("de", "Bitte schick mir bis Freitag die Unterlagen.", "ask", "task"),
    ("fr", "Pourrais-tu me présenter à ta directrice ?", "ask", "favour"),
    ("fr", "Qu'en penses-tu ?", "ask", "advice"),
    ("es", "¿Podrías presentarme a tu jefa?", "ask", "favour"),
    ("es", "Envíame el contrato firmado, por favor.", "ask", "task"),
    ("en", "Let me know if there is anything I can do to help.", "offer", None),
    ("en", "I'd be happy to review your slides.", "offer", None),
    ("de", "Wenn du etwas brauchst, melde dich einfach.", "offer", None),
    ("en", "I'd like to introduce you to Mara, who runs the lab.", "give", "introduction"),
    ("en", "I thought you might find this article interesting.", "give", "link"),
    ("en", "Attached are the figures you asked for.", "give", "answer"),
    ("en", "I have passed on your resume to our recruiting team.", "give", "help"),
    ("fr", "Je te présente Mara, qui dirige le laboratoire.", "give", "introduction"),
    ("es", "Os pongo en contacto con Mara.", "give", "introduction"),
    ("de", "Hier sind meine Anmerkungen, wie gewünscht.", "give", "help"),
    ("en", "Thank you so much for introducing me to Mara.", "thanks", None),
    ("en", "I really appreciate all the time you took.", "thanks", None),
    ("en", "I am sorry for the late answer.", "apology", None),
    ("en", "How was your weekend?", "small_talk", None),
    ("fr", "Comment vas-tu après ce long hiver", "small_talk", None),
    ("en", "I'll send you the paper tomorrow.", "promise", None),
    ("de", "Ich schicke dir die Unterlagen morgen.", "promise", None),
    ("en", "Could we meet on Tuesday at 3 pm?", "scheduling", None),
]


@pytest.mark.parametrize(("language", "sentence", "act", "kind"), CASES)
def test_acts_and_their_kinds(language: str, sentence: str, act: str, kind: str | None) -> None:
    assert (act, kind) in [found[:2] for found in of_sentence(sentence, language)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Please do not hesitate to call me.",
        "Please find attached the report.",
        "If you have any questions, please let me know.",
        "Let me know if you need anything else.",
        "Thank you in advance.",
        "If you are not the intended recipient, please contact the sender or reply to us at once.",
        "The meeting was moved to Thursday.",
        "We had a lovely time at the lake.",
    ],
)
def test_courtesy_and_statements_are_no_asks(sentence: str) -> None:
    assert "ask" not in [act for act, _, _ in of_sentence(sentence, "en")]


@pytest.mark.parametrize("sentence", ["Thanks.", "Thank you for your mail.", "Thanks in advance!"])
def test_thanks_in_passing_are_no_gratitude(sentence: str) -> None:
    assert "thanks" not in [act for act, _, _ in of_sentence(sentence, "en")]


def test_an_act_names_its_sentence_and_where_it_stands() -> None:
    text = "The trip was long.\nCould you introduce me to your editor? I would be glad."
    ask = next(act for act in acts(text, "en") if act.act == "ask")
    assert ask.sentence == "Could you introduce me to your editor?"
    assert text[ask.start :].startswith("Could you")
    assert 0.6 <= ask.probability <= 1


def test_languages_that_are_not_read_give_no_acts() -> None:
    found = signals("Potresti presentarmi alla tua direttrice? Te ne sarei molto grato davvero.")
    assert (found.language, found.acts, found.traits.personal) == ("it", [], None)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_every_cue_has_a_trigger_that_its_own_words_can_fire(language: str) -> None:
    known = cues(language)
    for section, entries in sections(f"acts_{language}").items():
        for entry in entries:
            triggers, _, pattern = entry.partition(" :: ")
            assert pattern, (section, entry)
            words = triggers.partition(" + ")[0].split()
            assert any(word in known for word in words), (section, entry)


@given(data=st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_a_cue_matches_holds_what_it_needs(data: st.DataObject) -> None:
    every = dict.fromkeys(cue for each in cues("en").values() for cue in each)
    needing = [cue for cue in every if cue.needs not in ((), ("?",))]
    cue = data.draw(st.sampled_from(needing))
    text = data.draw(st.from_regex(cue.pattern))
    assert cue.is_in(text) == bool(cue.pattern.search(text)), (cue.pattern.pattern, text)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Could you find me two tickets for the final?", "favour"),
        ("Can you get the deal ticket for me on this deal please?", "task"),
        ("Please review it and let me know if you have any questions.", "task"),
        ("Please let me know if you have any questions.", None),
        ("Please refer to the table below.", None),
        ("We should discuss the terms with them.", "proposal"),
        ("Let's meet and talk about it, would you?", "proposal"),
        ("Dallas, TX??", None),
        ("If you need anything else, please let me know.", None),
    ],
)
def test_what_is_asked_for(sentence: str, kind: str | None) -> None:
    asked = [found[1] for found in of_sentence(sentence, "en") if found[0] == "ask"]
    assert asked == ([] if kind is None else [kind])
