"""Learned furniture: what recurs goes, what is news stays."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.learned import MOST_LINES, WINDOW, fold, learn, recurring, without
from storage.models import Learned

NOTHING = Learned()


def news(number: int) -> str:
    return f"Событие {'абвгдежзик'[number % 10] * (number + 1)} случилось в городе и всех удивило."


def learned(texts: Sequence[str]) -> frozenset[str]:
    return recurring(learn(NOTHING, texts))


def cleaned(text: str, texts: Sequence[str]) -> str:
    return without(text, (), learned(texts)).text


def with_bar(number: int) -> str:
    return f"Просмотров: {number * 17}\n\n{news(number)}\n\nВся правда в нашем чате"


def test_a_sites_bar_disappears_after_five_texts() -> None:
    texts = [with_bar(number) for number in range(5)]
    assert cleaned(texts[0], texts[:4]) == texts[0]
    assert cleaned(texts[0], texts) == news(0)


def test_the_lines_of_one_paragraph_are_lines_too() -> None:
    texts = [f"{news(number)}\nПодписаться | Прислать новость" for number in range(6)]
    assert cleaned(texts[3], texts) == news(3)


def test_a_line_of_few_texts_stays() -> None:
    texts = [with_bar(number) if number < 2 else news(number) for number in range(6)]
    assert cleaned(texts[0], texts) == texts[0]


def test_a_sentence_repeated_in_a_series_stays() -> None:
    again = "Напомним, дом в Киселёвске сгорел в ночь на понедельник."
    texts = [f"{news(number)}\n\n{again}" for number in range(6)]
    texts += [news(number) for number in range(6, 10)]
    assert cleaned(texts[0], texts) == texts[0]


def test_a_sentence_of_nearly_every_text_is_the_sites() -> None:
    call = "Больше новостей ищите у нас в сообществе каждый день."
    texts = [f"{news(number)}\n\n{call}" for number in range(9)]
    assert cleaned(texts[0], texts) == news(0)


def test_a_sentence_with_other_figures_is_another_sentence() -> None:
    texts = [
        f"Ночью в области ожидается {number} градусов мороза.\n\n{news(number)}"
        for number in range(12)
    ]
    assert cleaned(texts[4], texts) == texts[4]


def test_a_dateline_on_a_line_of_its_own_stays() -> None:
    texts = [f"КЕМЕРОВО, {number + 1} ноября\n\n{news(number)}" for number in range(8)]
    assert cleaned(texts[2], texts) == texts[2]
    texts = [f"Новости, {number + 1} ноября 2026, 10:30\n\n{news(number)}" for number in range(8)]
    assert cleaned(texts[2], texts) == texts[2]  # like enough to one


def test_a_date_line_with_a_label_goes() -> None:
    texts = [
        f"Опубликовано: {number + 1} {month} 2026, 10:3{number}\n\n{news(number)}"
        for number, month in enumerate(("ноября", "декабря", "мая", "июня", "марта"))
    ]
    assert cleaned(texts[2], texts) == news(2)


def test_a_table_of_figures_is_news() -> None:
    texts = [
        f"{news(number)}\n\nДоллар — 8{number},20\n\nЕвро — 9{number},10\n\nЮань — 11,{number}"
        for number in range(8)
    ]
    assert cleaned(texts[5], texts) == texts[5]


def test_a_text_that_would_mostly_go_is_left_alone() -> None:
    texts = [f"Погода\n\nЯсно, без осадков\n\nВетер слабый\n\n{n}" for n in range(6)]
    assert cleaned(texts[0], texts) == texts[0]


def test_a_rubrics_subheading_stays_with_its_text() -> None:
    texts = [f"Коротко\n\n{news(number)}\n\nЕщё почитать" for number in range(6)]
    kept = without(texts[0], ("Коротко", "Ещё почитать"), learned(texts))
    assert kept.text == f"Коротко\n\n{news(0)}"
    assert kept.headings == ("Коротко",)


def test_what_a_site_takes_down_is_unlearned() -> None:
    known = learn(NOTHING, [with_bar(number) for number in range(40)])
    assert recurring(known)
    known = learn(known, [news(number) for number in range(2 * WINDOW)])
    assert not recurring(known)


def test_a_new_bar_of_an_old_site_is_learned() -> None:
    known = learn(NOTHING, [f"{news(n)}\n\n{news(n + 1)}" for n in range(3 * WINDOW)])
    known = learn(known, [with_bar(number) for number in range(WINDOW)])
    assert fold("Вся правда в нашем чате") in recurring(known)


def test_what_is_kept_is_bounded() -> None:
    known = NOTHING
    for number in range(60):
        lines = "\n".join(f"строка {'а' * number} {'б' * line}" for line in range(100))
        known = learn(known, [lines + "\n" + "длинно " * 100])
    assert len(known.lines) <= MOST_LINES
    assert max(map(len, known.lines)) <= 200


@pytest.mark.parametrize("text", ["", "\n\n", "Одна строка"])
def test_a_text_without_such_lines_is_as_it_was(text: str) -> None:
    assert without(text, (), frozenset({"другая"})).text == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="аб1.\n ", max_size=30), max_size=12))
def test_nothing_is_invented(texts: list[str]) -> None:
    lines = learned(texts)
    for text in texts:
        kept = without(text, (), lines).text
        assert set(kept.split("\n")) <= set(text.split("\n")) | {""}
        assert len(kept) <= len(text)
