"""One fold and one lemma for the index, the question and the rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.words import morphology
from bot.news.words.morphology import (
    fold,
    is_stop,
    known_readings,
    lemma,
    lemmas,
    spelled,
    tokens,
    variants,
    words,
)


@pytest.mark.parametrize(
    "forms",
    [
        "рейс рейса рейсу рейсом рейсе рейсы рейсов рейсам рейсами рейсах РЕЙС Рейсы",
        "Кузбасс Кузбасса Кузбассу Кузбассом Кузбассе",
        "Мыски Мысков Мыскам Мысками Мысках",
        "Цивилев Цивилева Цивилеву Цивилевым Цивилёв",
        "взлёт взлет взлёте взлете",
        "уголь угля углем углём",
        "полёт полеты полётов",
        "за́мок замок",
        "БелАЗ БелАЗа белазом",
    ],
)
def test_every_form_of_a_word_has_one_lemma(forms: str) -> None:
    assert len({lemma(form) for form in forms.split()}) == 1


def test_belarusian_forms_meet_and_its_letters_fold() -> None:
    assert {lemma(form, "be") for form in ("рэйс", "рэйсы", "рэйсаў", "рэйсамі")} == {"рэйс"}
    assert lemma("у", "be") == lemma("ў", "be")
    assert lemma("Мінск", "be") == lemma("Минск", "ru")


@pytest.mark.parametrize(
    "forms",
    [
        "паліклініка паліклініцы паліклінікай",
        "навука навуцы",
        "прыпынак прыпынка прыпынкаў",
        "музей музея музеі музеяў",
        "хлопец хлопца хлопцы",
    ],
)
def test_a_belarusian_stem_is_one_where_its_last_sounds_shift(forms: str) -> None:
    assert len({lemma(form, "be") for form in forms.split()}) == 1


def test_english_forms_meet() -> None:
    assert lemma("flights") == lemma("Flight", "en")
    assert lemma("companies", "en") == lemma("company", "en")
    assert lemma("trading", "en") == lemma("trade", "en")
    assert lemma("region's", "en") == lemma("region", "en")


@pytest.mark.parametrize("text", ["Кемерово — Минск", "кемерово-минск", "Кемерово–Минск"])
def test_a_hyphen_parts_words_as_a_dash_does(text: str) -> None:
    assert lemmas(text) == ["кемерово", "минск"]
    assert lemma("кемерово-минск") == "кемерово минск"


def test_numbers_stay_and_a_comma_is_a_point() -> None:
    assert lemmas("17,5% в 2023-м, S7, 5G") == ["17.5", "в", "2023", "м", "s7", "5g"]


def test_two_keyboards_write_one_word() -> None:
    assert lemma("Kузбаcc") == lemma("Кузбасс")


def test_stop_words_are_kept_and_known() -> None:
    found = lemmas("И был он на заводе")
    assert found == ["и", "быть", "он", "на", "завод"]
    assert [word for word in found if not is_stop(word)] == ["завод"]


def test_tokens_say_where_they_stand() -> None:
    text = "«Рейсы» — в Минск"
    assert [text[t.start : t.stop] for t in tokens(text)] == ["Рейсы", "в", "Минск"]
    assert [t.lemma for t in tokens(text)] == lemmas(text)


def test_variants_cover_both_languages() -> None:
    assert set(variants("газеты")) == {lemma("газеты", "ru"), lemma("газеты", "be")}


def test_the_underground_is_no_metre() -> None:
    assert variants("метро") == ("метро",)
    assert lemma("метраў", "be") != lemma("метро", "be")


@given(
    st.one_of(
        st.text(max_size=60),
        st.text("Кемёрава’'Ўў «»№—–-.,:;?!(1)20%\n\u00a0\u0301IİıẞZz", max_size=60),
    )
)
@settings(max_examples=200, deadline=None)
def test_words_of_a_text_are_folded_as_each_by_itself(text: str) -> None:
    assert words(text) == [folded for word in spelled(text) if (folded := fold(word))]


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_folds_once_and_gives_clean_lemmas(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    for one in lemmas(text):
        assert one
        assert " " not in one


@pytest.mark.parametrize(
    "text", ["Ёлка ў Мінску", "İstanbul 5", "О\u0301бнинск", "п’ять", "Straße"]
)
def test_a_word_folds_alike_alone_and_among_others(text: str) -> None:
    marked = f"{text}\u200b"  # what is no plain word takes the long way
    assert fold(text) == fold(marked)


def test_the_dictionary_knows_a_word_or_only_guesses() -> None:
    assert [str(one.tag.POS) for one in known_readings("Мосты")] == ["NOUN", "NOUN"]
    assert known_readings("Варкалось") == ()


def test_a_megabyte_of_one_word_is_no_trouble() -> None:
    assert len(lemmas("ы" * 1_000_000 + " " + "a'" * 500_000)) == 2


def test_a_bounded_number_of_words_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morphology, "KEPT_RUSSIAN", 4)
    known = morphology.Kept("ru")
    assert [known[word] for word in ("рейсы", "моста", "рейсов", "снегу", "дождя", "рейсы")] == [
        "рейс",
        "мост",
        "рейс",
        "снег",
        "дождь",
        "рейс",
    ]
    assert list(known) == ["рейсов", "снегу", "дождя", "рейсы"]
