"""The language of a text; it abstains rather than guesses."""

import importlib

import pytest

from netaudit.text import languages
from netaudit.text.languages import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Could you send me the numbers for the second quarter before Friday?", "en"),
        ("Könntest du mir bitte die Zahlen für das zweite Quartal schicken?", "de"),
        ("Pourrais-tu m'envoyer les chiffres du deuxième trimestre avant vendredi ?", "fr"),
        ("¿Podrías enviarme las cifras del segundo trimestre antes del viernes?", "es"),
        ("Potresti mandarmi i numeri del secondo trimestre prima di venerdì?", "it"),
        ("Kun je me de cijfers van het tweede kwartaal voor vrijdag sturen?", "nl"),
        ("Не могли бы вы прислать мне цифры за второй квартал до пятницы?", "ru"),
        ("金曜日までに第二四半期の数字を送っていただけますか。", "ja"),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("text", ["", "ok", "12:30 - 14:00", "?!", "xqzt vvkr"])
def test_it_abstains_where_nothing_can_be_told(text: str) -> None:
    assert language(text) is None


def test_what_reading_texts_needs_is_loaded_before_processes_share_it():
    importlib.import_module("netaudit.text.loaded")
    assert languages.model.cache_info().currsize == 1
