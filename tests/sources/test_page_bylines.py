"""Who wrote an article and when, where its page says so in lines around the text."""

import pytest

from bot.sources.pages import Page, extract_page

TEXT = (
    "В посёлке Рассвет открыли школу на триста мест, и в первый же день в неё пришли все ученики.",
    "Строили её два года, и деньги на то дал областной бюджет, сообщил глава округа Пётр Сидоров.",
    "К весне вокруг школы посадят сад, а дорогу к ней обещают заасфальтировать до конца июня.",
)
BYLINES = (
    "От Анна Лисицына",
    "От Анна Сергеевна Лисицына-Константинопольская",
    "Ад Янка Пятроў",
    "Анна Лисицына, корреспондент",
    "Анна Лисицына, специальный корреспондент газеты «Вестник Тайги»",
    "А. Лисицына, главный редактор «Вестника»",
    "Янка Пятроў, карэспандэнт",
    "Анна ЛИСИЦЫНА, наш корр.",
)
DATES = (
    "Опубликовано 18 ноября 2026 Ср",
    "Опубликовано Ср, 18/11/2026 - 10:30",
    "Опубликовано в среду, 18 ноября 2026",
    "Опубликовано 18 нояб. 2026 г. Ср",
    "Опубликовано 18 ноября, Ср 10:30",
    "Дата публикации: 18 ноября 2026",
    "18 ноября 2026, Ср",
)
SENTENCES = (
    "Опубликовано 18 ноября и решение суда о сносе старой школы, которого здесь ждали.",
    "Создано 18 рабочих мест, ещё десять появятся весной.",
    "Анна Лисицына, журналист, написала об этой школе книгу.",
    "От Рассвета до Ясного отсюда теперь ходит автобус.",
)


def read(*lines: str, before: bool = False, tag: str = "p") -> Page:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    more = "".join(f"<{tag}>{line}</{tag}>" for line in lines)
    body = f"{more}{told}" if before else f"{told}{more}"
    html = f"<body><article><h1>В Рассвете открыли школу</h1>{body}</article></body>"
    return extract_page(html.encode(), None, "https://vestnik.example/news/1")


@pytest.mark.parametrize("tag", ["p", "div"])
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("line", [*BYLINES, *DATES])
def test_a_line_of_who_or_when_is_no_part_of_the_text(line: str, before: bool, tag: str) -> None:
    assert read(line, before=before, tag=tag).text == "\n\n".join(TEXT)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("line", BYLINES)
def test_who_such_a_line_names_is_the_author(line: str, before: bool) -> None:
    name = read(line, before=before).author
    assert name is not None
    assert name in line
    assert name.split()[0] in ("Анна", "А.", "Янка")
    assert name.split()[-1].casefold().startswith(("лисицына", "пятроў"))


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_that_begins_so_stays_and_names_no_author(line: str) -> None:
    page = read(line)
    assert (page.text, page.author) == ("\n\n".join((*TEXT, line)), None)


def test_people_whom_a_colon_announces_wrote_nothing() -> None:
    jury = (
        "Ивана Петрова и его друзей наградят, а выбирали их известные всему району люди:",
        "Пётр Лесной, специальный корреспондент газеты «Вестник Тайги»",
        "Анна Лисицына, специальный корреспондент газеты «Лесной край»",
    )
    page = read(*jury)
    assert (page.text, page.author) == ("\n\n".join((*TEXT, *jury)), None)


NAMED = (
    '<div class="meta">23.10.2026 08:15<span class="byline">Автор: <a>Анна Лисицына</a></span>'
    "<span>Культура</span></div>",
    '<div><a href="/authors/lisicyna">Анна Лисицына</a><span>18 апреля</span></div>',
    '<p class="byline">Анна Лисицына, 17 ноября 2026</p>',
    '<div>2 140<span class="field-author">Анна Лисицына</span><span>просмотров</span></div>',
)


@pytest.mark.parametrize("line", NAMED)
def test_a_name_in_an_element_of_the_authors_is_the_author(line: str) -> None:
    assert read(line, before=True, tag="div").author == "Анна Лисицына"


def test_a_desk_in_an_element_of_the_authors_is_nobody() -> None:
    assert read('<span class="author">отдел новостей</span>', before=True, tag="div").author is None


def test_a_day_and_who_wrote_it_are_no_part_of_the_text() -> None:
    assert read("18 ноября 2026 Текст: Анна Лисицына", before=True).text == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    "line", ["14 May 2026, 12:31", "May 14, 2026 12:31", "14 мая<br>2026", "14 мая 2026 года"]
)
def test_a_day_is_read_in_english_and_over_two_lines(line: str) -> None:
    found = read(line, before=True, tag="div").published_at
    assert found is not None
    assert found.date().isoformat() == "2026-05-14"
