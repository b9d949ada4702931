"""What sites set between a text's paragraphs: none of it is the text's, nor costs it a line."""

import pytest

from bot.sources.errors import NoText
from bot.sources.pages import extract_page

TITLE = "В Рассвете открыли школу на триста мест"
ONE = "В посёлке Рассвет открыли школу, и в первый же день в неё пришли все ученики."
TWO = "Строили её два года, и деньги на то дал областной бюджет, сообщил глава округа Пётр Сидоров."
THREE = "К весне вокруг школы посадят сад, а дорогу к ней обещают заасфальтировать до конца июня."
TOLD = f"{ONE}\n\n{TWO}\n\n{THREE}"
CARDS = tuple(
    f'<a href="/n/{at}">{headline}</a> {told}'
    for at, (headline, told) in enumerate(
        (
            ("Аптеку на площади закрыли на ремонт", "Лекарства продают в соседнем доме."),
            ("Трамваи пустят по новому расписанию", "Первый пойдёт раньше на десять минут."),
            ("Юные пловцы привезли десять медалей", "Из них четыре золотые, сказал тренер."),
        )
    )
)
INSERTS = (
    "<p><b>Гороскоп на 5 мая.</b> Овен: не спорьте с начальством. Телец: день для покупок.</p>",
    '<p>Анекдот: <a href="/jokes/">Встретились два рыбака, а рыбы не было, и все смеялись</a></p>',
    "<p>Курс ЦБ на сегодня: USD 81,14, EUR 93,40</p>",
    "<p>Топки: −9 °C, снег, пробки 4 балла, давление 751</p>",
    "<p>▶ Как строили школу за два года (1:20)</p>",
    "<p>Видео: как строили школу за два года</p>",
    "<p>Смотрите полный выпуск новостей на телеканале «Рассвет» сегодня в 19:30</p>",
    "<p>[banner id=&quot;12&quot; place=&quot;middle&quot;]</p>",
    "<p>{{ related_news }}</p>",
    "<p>Ваш браузер не поддерживает воспроизведение видео. Обновите его</p>",
    "<p>Показать ещё</p>",
    "<p>Поддержите газету: оформите подписку на печатный номер за 95 рублей в месяц</p>",
    "<p>Мы працуем дзякуючы вам і вашым ахвяраванням, нават самым невялікім</p>",
    "<p>[/vc_row]</p>",
    '<div><h4>Куда пойдёт первоклассник?</h4><label><input type="radio" name="a">В новую школу'
    '</label><label><input type="radio" name="a">В старую школу</label><p>Ответили: 214</p></div>',
    "<div>Вы довольны новой школой?<button>Да</button><button>Нет</button></div>",
    '<div><article><h3><a href="/sad/">Когда сажать сад в Рассвете</a></h3><p>На семь вопросов '
    "читателей отвечает агроном.</p></article></div>",
    f"<div><div>Ещё новости</div>{''.join(f'<p>{card}</p>' for card in CARDS[:2])}</div>",
)
KEPT = (
    "<p>Жители просили поддержать проект сквера, и округ нашёл на него деньги.</p>",
    "<p>Погода была против строителей: в мае лил дождь, в июне стояла жара.</p>",
    "<p>Курс евро за два года вырос с 80 до 93 рублей, и кирпич подорожал.</p>",
    "<p>Видео с открытия показали родителям, которые не смогли прийти.</p>",
    '<p><a href="/n/1">Школа номер пять</a> тоже ждала ремонта, но его отложили до осени.</p>',
    "<p>Проверяют [и не впервые] все новые здания округа, сказал инспектор.</p>",
    "<p>Что делать с пустым зданием старой школы, спросят у жителей?</p>",
)


def read(body: str, title: str = TITLE) -> str:
    html = f"<body><article><h1>{title}</h1>{body}</article></body>"
    return extract_page(html.encode(), None, "https://vestnik.example/news/1").text


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("insert", INSERTS)
def test_what_is_set_between_paragraphs_leaves_the_text(insert: str) -> None:
    assert read(f"{paragraphs(ONE, TWO)}{insert}{paragraphs(THREE)}") == TOLD


@pytest.mark.parametrize("paragraph", KEPT)
def test_a_paragraph_that_speaks_of_the_same_stays(paragraph: str) -> None:
    text = read(f"{paragraphs(ONE, TWO)}{paragraph}{paragraphs(THREE)}")
    assert len(text.split("\n\n")) == 4


def test_what_the_title_speaks_of_is_no_insert() -> None:
    rates = "Курс ЦБ на завтра: USD 81,14, EUR 93,40"
    title = "Курсы USD и EUR выросли второй день подряд"
    assert rates in read(paragraphs(ONE, TWO, rates, THREE), title)


def test_a_code_of_the_engine_leaves_the_paragraph_it_stands_in() -> None:
    assert read(paragraphs(ONE, f'{TWO} [ads id="2"]', THREE)) == TOLD


def test_teasers_below_the_last_paragraph_need_no_label() -> None:
    assert read(paragraphs(ONE, TWO, THREE, *CARDS)) == TOLD


def test_teasers_amid_a_text_need_one() -> None:
    assert len(read(paragraphs(ONE, TWO, *CARDS, THREE)).split("\n\n")) == 6


def test_spans_that_only_a_style_parts_are_paragraphs() -> None:
    body = "\n".join(f'<span class="par">{text}</span>' for text in (ONE, TWO, THREE))
    assert read(f"<div>{body}</div>") == TOLD


def test_spans_within_a_sentence_part_nothing() -> None:
    words = ONE.split(" ", 3)
    spans = " ".join(f'<span class="x">{word}</span>' for word in words)
    assert read(f"<div><p>{spans}</p>{paragraphs(TWO, THREE)}</div>") == TOLD


def test_a_gallerys_comments_below_its_title_are_none_of_its_text() -> None:
    said = "<p>Очень ждали эту школу, и спасибо всем, кто её построил для наших детей.</p>"
    body = f"<div><h3>Комментарии</h3>{said}</div><div>{paragraphs(ONE, TWO, THREE)}</div>"
    assert read(body) == TOLD


def test_a_table_of_figures_stays_whatever_its_class_says() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{cost}</td></tr>"
        for name, cost in (("Кирпич", "24 руб."), ("Брус", "310 руб."), ("Кровля", "780 руб."))
    )
    text = read(f"{paragraphs(ONE, TWO)}<table class='data'>{rows}</table>{paragraphs(THREE)}")
    assert "Брус — 310 руб." in text


@pytest.mark.parametrize(
    "said", ["4.8/5 - (37 голосов)", "Рейтинг: 4,5 из 5", "4 из 5 (12 оценок)"]
)
def test_stars_given_by_readers_leave_the_text(said: str) -> None:
    assert read(f"{paragraphs(ONE, TWO, THREE)}<div>{said}</div>") == TOLD


def test_a_paragraph_with_a_telephone_stays_beside_the_service_it_names() -> None:
    last = "Сообщить о яме можно по телефону 2-11-11 или через форму «Госуслуги. Решаем вместе»."
    assert read(paragraphs(ONE, TWO, THREE, last)) == f"{TOLD}\n\n{last}"


def test_answers_to_frequent_questions_below_a_short_text_are_none_of_it() -> None:
    asked = paragraphs(
        "<b>Когда звонок?</b> В половине девятого, а вторая смена начинается в час.",
        "<b>Где столовая?</b> На первом этаже, направо от входа, рядом с гардеробом.",
    )
    body = f"<div>{paragraphs(ONE, TWO)}<div><h3>Частые вопросы</h3>{asked}</div></div>"
    assert read(body) == f"{ONE}\n\n{TWO}"


def test_posts_that_are_all_cut_short_are_a_list() -> None:
    posts = "".join(
        f'<div class="post"><div>{headline}</div><div>{told}</div>'
        f'<div><a href="/post/{at}">Читать полностью…</a></div></div>'
        for at, (headline, told) in enumerate(
            (f"Новость посёлка номер {at}", f"{ONE} {TWO}") for at in range(8)
        )
    )
    html = f"<body><div class='m'><div>#посёлок</div>{posts}</div></body>"
    with pytest.raises(NoText):
        extract_page(html.encode(), None, "https://vestnik.example/tag/posyolok")


def test_an_article_with_one_link_to_read_on_is_none() -> None:
    more = '<div class="post"><a href="/n/7">Читать полностью</a></div>'
    assert read(f"{paragraphs(ONE, TWO, THREE)}{more}") == TOLD


def test_a_short_line_below_the_title_is_its_second_part() -> None:
    second = "Деньги на неё дал областной бюджет, а землю округ"
    assert read(f"<div>{second}</div>{paragraphs(ONE, TWO, THREE)}").startswith(second)


def test_an_overview_keeps_its_chapters_whatever_their_labels() -> None:
    chapters = (
        ("Дороги.", "На проспекте закрыли полосу, и троллейбусы пустили в обход до пятницы."),
        ("Погода.", "Ночью выпало шесть сантиметров снега, и на улицы вышли сорок машин."),
        ("Афиша.", "Драматический театр в четверг покажет премьеру по пьесе земляка."),
    )
    body = "".join(f"<p><b>{label}</b> {told}</p>" for label, told in chapters)
    told = "\n\n".join(f"{label} {told}" for label, told in chapters)
    assert read(f"<p>{ONE}</p>{body}", "Что было во вторник") == f"{ONE}\n\n{told}"
