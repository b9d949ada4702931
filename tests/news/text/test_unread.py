"""What is shown of a text in no language of ours."""

import pytest

from bot.news.text.unread import copy_mark, opening, words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Am 5. Mai wird gebaut, sagte K. Weber. Danach ruht alles. Und dann?",
            ("Am 5. Mai wird gebaut, sagte K. Weber.", "Danach ruht alles."),
        ),
        ("«Бул жакшы!» Анан кетти.", ("«Бул жакшы!»", "Анан кетти.")),
        ("新桥开通。工程将于春季开始。价格上涨。", ("新桥开通。", "工程将于春季开始。")),
        ("पुल खुला। काम शुरू हुआ। बस।", ("पुल खुला।", "काम शुरू हुआ।")),
        ("Zeile ohne Punkt\n\nNoch eine", ("Zeile ohne Punkt", "Noch eine")),
        ("😀 😀\n\n— Ja.", ("— Ja.",)),
        ("", ()),
    ],
)
def test_it_opens_with_its_first_sentences(text: str, first: tuple[str, ...]) -> None:
    assert opening(text) == first


def test_a_sentence_without_end_is_cut() -> None:
    [sentence] = opening("Straße " * 500)
    assert len(sentence) <= 300
    assert sentence.endswith("Straße…")


def test_a_copy_may_be_broken_otherwise_but_not_say_otherwise() -> None:
    assert copy_mark("Ein Satz.\n\nNoch einer.") == copy_mark("Ein Satz. Noch einer.")
    assert copy_mark("Ein Satz.") != copy_mark("Ein Satz!")


def test_letters_without_spaces_between_words_stand_alone() -> None:
    assert words("新桥 Nord") == ["新", "桥", "nord"]
