"""Page furniture goes, credits are lifted, and no sentence of an article is ever lost."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.text.clean import MAX_TEXT, MAX_TITLE, clean
from bot.news.text.credits import Credits, read, read_dateline
from bot.news.text.furniture import is_furniture

BODY = (
    "Вчера в посёлке Ясном открыли мост через реку Каменку. "
    "По нему пошли автобусы, а пешеходы получили широкий тротуар и лестницу к воде."
)

FURNITURE = """×
✕
Поделиться в VK
Поделиться OK
Отправить в WhatsApp
Отправить в телеграм
Поделиться в соцсетях:
Поделиться: VK · OK · Telegram
Рассказать друзьям
Читайте также: В Ясном закрыли паром
Смотрите также
Подписывайтесь на наш телеграм-канал!
👉 Подпишитесь на канал «Вести Ясного»
Мы в Telegram
Наш Telegram-канал: t.me/yasny
Новости Ясного в Telegram
Мы используем cookie, чтобы сайт работал лучше.
Реклама
Реклама. ООО «Ромашка». ИНН 4200000000. erid: 2VfnxyzAbc
erid: 2VfnxyzAbc
Комментарии (12)
Опубликовано 18 ноября 2026 Ср
Опубликовано: Ср, 18.11.2026 - 10:30
Опубликовано в среду, 18 ноября
Дата публикации: 18 нояб. 2026 г.
Апублікавана 18 лістапада 2026
Нашли опечатку? Выделите её и нажмите Ctrl+Enter
Теги: мост, река
16+
***
Падзяліцца ў Telegram
Чытайце таксама: новы мост
Падпісвайцеся на наш канал у Telegram
Share on Facebook
Read more: The old ferry
Subscribe to our newsletter
This website uses cookies to improve your experience.
Advertisement""".splitlines()

SENTENCES = """Поделиться опытом приехали врачи из трёх районов.
Отправить детей в лагерь можно будет с июня.
Ранее мы сообщали, что мост закрыт.
Реклама вредит, говорит врач.
Опубликовано 18 томов, и столько же готовят.
Размещено 20 мая на доске и в газете.
Подписывайтесь на газету в любом отделении почты до 25 декабря.
«Подписывайтесь на наш канал», — сказал глава района.
Подписывайтесь на наш канал, призвал глава района на встрече.
Мы в группе лидеров по добыче.
Наш канал обмелел, жалуются жители.
Новости спорта обсуждают в Telegram болельщики клуба.
Файлы cookie крадут мошенники, предупредила полиция.
Присоединяйтесь к группе волонтёров в субботу на набережной.
Читайте книги вслух, советуют учителя.
Фото: на снимке жители открывают новый мост.
Автор: книга вышла тиражом в сто экземпляров.
Фото из архива Ивановых хранится в музее Ясного уже сорок лет.
Close the door, the mayor told the visitors.""".splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    assert is_furniture(line)
    assert clean("Мост", f"{line}\n\n{BODY}\n\n{line}\n\n{BODY} Да.\n{line}").text == (
        f"{BODY}\n\n{BODY} Да."
    )


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_is_never_furniture_nor_credit(line: str) -> None:
    text = f"{BODY}\n\n{line}\n\n{BODY} Да."
    cleaned = clean("Мост", text)
    assert cleaned.text == text
    assert (cleaned.author, cleaned.photo_credit, cleaned.dateline) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "author", "photo"),
    [
        ("Текст: Пётр Лесной.", "Пётр Лесной", None),
        ("Автор: Пётр Лесной, Вести Ясного", "Пётр Лесной, Вести Ясного", None),
        ("Фото: yasny.example", None, "yasny.example"),
        ("Фото: пресс-служба администрации Ясного", None, "пресс-служба администрации Ясного"),
        ("Источник фото: Анна Речная / Вести", None, "Анна Речная / Вести"),
        ("Текст и фото: Анна Речная", "Анна Речная", "Анна Речная"),
        ("Текст: П. Лесной. Фото: Анна Речная", "П. Лесной", "Анна Речная"),
        ("© Вести / Анна Речная", None, "Вести / Анна Речная"),
        ("Фото предоставлено пресс-службой музея", None, "предоставлено пресс-службой музея"),
        ("Аўтар: Янка Лес", "Янка Лес", None),
        ("Фота: Янка Лес", None, "Янка Лес"),
        ("Фото: участники похода", None, "участники похода"),
        ("Photo: John Brook/Agency", None, "John Brook/Agency"),
    ],
)
def test_credits_are_lifted(line: str, author: str | None, photo: str | None) -> None:
    assert read(line) == Credits(author, photo)
    cleaned = clean("Мост", f"{BODY}\n{line}")
    assert (cleaned.text, cleaned.author, cleaned.photo_credit) == (BODY, author, photo)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("От Анна Речная", "Анна Речная"),
        ("Анна Речная, корреспондент", "Анна Речная"),
        ("А. Речная, специальный корреспондент газеты «Вести Ясного»", "А. Речная"),
        ("Янка Лес, карэспандэнт", "Янка Лес"),
    ],
)
def test_who_signs_a_text_above_or_below_it_is_its_author(line: str, author: str) -> None:
    told = f"{BODY}\n\n{BODY} Да."
    for text in (f"{line}\n\n{told}", f"{told}\n\n{line}"):
        cleaned = clean("Мост", text)
        assert (cleaned.text, cleaned.author) == (told, author)


@pytest.mark.parametrize(
    "lines",
    [
        "От Ивана Грозного",
        "От Ясного Озера",
        "Анна Речная, журналист, написала об этом книгу",
        "Анна Речная, учитель истории",
        "Премии вручили троим:\n\nПётр Лесной, журналист\n\nАнна Речная, редактор «Вестей»",
    ],
)
def test_a_last_line_that_nobody_signs_stays(lines: str) -> None:
    cleaned = clean("Мост", f"{BODY}\n\n{lines}")
    assert (cleaned.text, cleaned.author) == (f"{BODY}\n\n{lines}", None)


def test_a_credit_at_the_tail_of_the_last_paragraph_is_lifted() -> None:
    cleaned = clean("Мост", f"{BODY} Фото: yasny.example")
    assert (cleaned.text, cleaned.photo_credit) == (BODY, "yasny.example")


@pytest.mark.parametrize(
    ("prefix", "dateline"),
    [
        ("ЯСНЫЙ, 18 ноября — ", "ЯСНЫЙ, 18 ноября"),
        ("МИНСК, 5 ноя — РИА Новости. ", "МИНСК, 5 ноя — РИА Новости"),
        ("МИНСК, 5 ноя - Sputnik. ", "МИНСК, 5 ноя - Sputnik"),
        ("МОСКВА, 5 ноября. /ТАСС/. ", "МОСКВА, 5 ноября. /ТАСС/"),
        ("5 ноября, Минск /Корр. БЕЛТА/. ", "5 ноября, Минск /Корр. БЕЛТА/"),
        ("Кемерово. 18 ноября. ИНТЕРФАКС-СИБИРЬ – ", "Кемерово. 18 ноября. ИНТЕРФАКС-СИБИРЬ"),
        ("МІНСК, 5 лістапада — ", "МІНСК, 5 лістапада"),
        ("ЯСНЫЙ — Ясный-Медиа. ", "ЯСНЫЙ — Ясный-Медиа"),
        ("ЯСНЫЙ — Лесной край. ", "ЯСНЫЙ — Лесной край"),
        ("МИНСК — БЕЛТА. ", "МИНСК — БЕЛТА"),
        ("RIVERTON — River Valley Post. ", "RIVERTON — River Valley Post"),
        ("MINSK, November 5 (Reuters) - ", "MINSK, November 5 (Reuters)"),
    ],
)
def test_a_dateline_is_lifted(prefix: str, dateline: str) -> None:
    assert read_dateline(prefix + BODY) == (BODY, dateline)
    assert clean("Мост", prefix + BODY).dateline == dateline


@pytest.mark.parametrize(
    "start",
    [
        "Минск, 5 ноября — день, когда ",
        "НАТО — это ",
        "США, 5 мая, ",
        "ЯСНЫЙ — Город готов. ",
        "ЯСНЫЙ — Дальний. ",
    ],
)
def test_a_sentence_that_begins_like_a_dateline_stays(start: str) -> None:
    assert read_dateline(start + BODY) == (start + BODY, None)


@pytest.mark.parametrize("title", ["", "  ", "×", "Без названия"])
def test_without_a_title_the_first_real_line_is_it(title: str) -> None:
    cleaned = clean(title, f"×\n\nОткрыли мост\n\n{BODY}")
    assert (cleaned.title, cleaned.text) == ("Открыли мост", BODY)


def test_a_title_repeated_in_the_text_goes() -> None:
    assert clean("Открыли мост", f"Открыли мост\n\n{BODY}").text == BODY


def test_a_long_first_line_gives_its_first_sentence_and_stays() -> None:
    cleaned = clean("", BODY * 4)
    assert cleaned.title == "Вчера в посёлке Ясном открыли мост через реку Каменку."
    assert cleaned.text == BODY * 4


def test_subheadings_are_found_and_stay_in_the_text() -> None:
    cleaned = clean("Мост", f"{BODY}\n\nЧто дальше?\n\n{BODY}\n\nНа берегу\n\n{BODY} Да.")
    assert cleaned.headings == ("Что дальше?", "На берегу")
    assert "\n\nНа берегу\n\n" in cleaned.text


def test_given_headings_win_over_guesses() -> None:
    text = f"{BODY}\n\nПервое.\n\n{BODY}\n\nНа берегу\n\n{BODY}"
    assert clean("Мост", text, ["Первое.", "Чужой"]).headings == ("Первое.",)


def test_lines_without_blank_ones_are_paragraphs_and_wrapped_prose_is_one() -> None:
    assert clean("Мост", f"{BODY}\n{BODY} Да.").text == f"{BODY}\n\n{BODY} Да."
    wrapped = (
        "Вчера в посёлке Ясном открыли мост через реку\n"
        "Каменку, и по нему сразу пошли автобусы из\n"
        "районного центра, как обещали летом."
    )
    assert clean("Мост", wrapped).text == " ".join(wrapped.split("\n"))


def test_odd_characters_are_made_plain() -> None:
    odd = (
        "\ufeffМост\u00a0 через\u200b реку\u0007 Ка\u00adменку\r\nоткрыт 👨\u200d👩\u200d👧\ud800."
    )
    assert clean("Вести", odd).text == "Мост через реку Каменку\n\nоткрыт 👨\u200d👩\u200d👧."


def test_a_first_line_that_is_a_paragraph_gives_its_first_sentence_for_a_title() -> None:
    line = (
        "Внимание! В г. Новокузнецке сегодня до 18:00 перекрыто движение на улице Ленина. "
        "Автобусы № 5 и № 12 идут в объезд, сообщили в мэрии, просим водителей это учесть."
    )
    cleaned = clean("", line)
    assert cleaned.title == (
        "В г. Новокузнецке сегодня до 18:00 перекрыто движение на улице Ленина."
    )
    assert cleaned.text == line


def test_a_line_of_hashtags_is_no_title() -> None:
    cleaned = clean("", "#Кемерово #ДТП\n\nВ городе авария\n\nДвижение закрыто.")
    assert (cleaned.title, cleaned.text) == (
        "В городе авария",
        "Движение закрыто.\n\n#Кемерово #ДТП",
    )


def test_sizes_are_bounded() -> None:
    cleaned = clean("Слово " * 100, "\n\n".join([BODY] * 3_000))
    assert len(cleaned.title) <= MAX_TITLE
    assert cleaned.title.endswith("…")
    assert len(cleaned.text) <= MAX_TEXT
    assert cleaned.text.endswith(BODY)


LINES = st.lists(
    st.sampled_from([*FURNITURE, *SENTENCES, BODY, "VK", "На берегу", "Фото: Анна Речная", ""])
    | st.text(max_size=40),
    max_size=12,
)


@given(st.text(max_size=30) | st.sampled_from(["", "×", "Мост"]), LINES, st.sampled_from("\n \r"))
@limits(max_examples=150, deadline=None)
def test_cleaning_what_is_clean_changes_nothing(title: str, lines: list[str], end: str) -> None:
    once = clean(title, f"\n{end}".join(lines))
    twice = clean(once.title, once.text, once.headings)
    assert (twice.title, twice.text, twice.headings) == (once.title, once.text, once.headings)


@given(LINES)
@limits(max_examples=100, deadline=None)
def test_the_sentences_of_an_article_survive_anything_around_them(lines: list[str]) -> None:
    text = "\n\n".join(["Начало положено.", *lines, BODY])
    assert BODY in clean("Мост", text).text


def test_of_a_text_all_in_capitals_nothing_is_taken_for_its_dateline() -> None:
    text = "НА ТРАССЕ ЮРГА — ТАЙГА СТОЛКНУЛИСЬ АВТОБУСЫ. ПОСТРАДАЛИ ПЯТЬ ЧЕЛОВЕК."
    found = clean("Авария", text)
    assert (found.text, found.dateline) == (text, None)
