"""The story index: one event told in other words is one story, twins of one template are not."""

import tomllib
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.news.stories.fingerprint import minhash
from bot.news.stories.index import Placement, StoryIndex, terms
from bot.news.stories.marks import marks
from bot.news.words.morphology import lemmas
from storage.models import StoryPoint, Understanding

START = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
TOLD = tomllib.loads((Path(__file__).parent / "told.toml").read_text("utf-8"))["article"]


def understood(title: str, text: str, language: str = "ru") -> Understanding:
    title_lemmas, text_lemmas = lemmas(title, language), lemmas(text, language)
    return Understanding(
        title=title,
        text=text,
        terms=terms(title_lemmas, text_lemmas),
        marks=marks(title, text, (), language),
        fingerprint=minhash(text_lemmas),
    )


def point(one: Understanding, *, id: int, story: int, source: int = 1, hours: float = 0):
    return StoryPoint(
        article_id=id,
        story_id=story,
        source_id=source,
        published_at=START + timedelta(hours=hours),
        terms=one.terms,
        marks=one.marks,
        fingerprint=one.fingerprint,
    )


def place(index: StoryIndex, one: Understanding, *, source: int = 2, hours: float = 1) -> Placement:
    return index.place(one, source_id=source, published_at=START + timedelta(hours=hours))


def told_one_after_another() -> list[tuple[int, dict[str, str], Placement]]:
    """All of told.toml as it would arrive: the story each got, itself, and why."""
    index, got = StoryIndex(), []
    outlets: dict[str, int] = {}
    for id, article in enumerate(sorted(TOLD, key=lambda a: a["hours"]), 1):
        one = understood(article["title"], article["text"].strip())
        source = outlets.setdefault(article["at"], len(outlets) + 1)
        where = place(index, one, source=source, hours=article["hours"])
        story = where.story_id or id
        index.add(point(one, id=id, story=story, source=source, hours=article["hours"]))
        got.append((story, article, where))
    return got


FLIGHT = understood(
    "Из Кемерова полетят прямые рейсы в Гродно",
    "Авиакомпания «Нёман-Аэро» с 14 марта свяжет Кемерово и Гродно прямым рейсом. Летать будут "
    "по средам, билет стоит 15 300 рублей, рассказал директор порта Олег Тютюнник.",
)
RETOLD = understood(
    "«Нёман-Аэро» открывает линию в Кузбасс",
    "По средам самолёты перевозчика начнут летать из Гродно в Кемерово. Первый вылет намечен на "
    "14 марта, цена от 15 300 рублей. Порт готовит зал вылета, говорит его глава Тютюнник.",
)


def test_no_two_events_of_one_template_are_merged():
    events = defaultdict(set)
    for story, article, _ in told_one_after_another():
        events[story].add(article["story"])
    assert [names for names in events.values() if len(names) > 1] == []


def test_most_events_told_in_other_words_become_one_story():
    stories = defaultdict(list)
    for story, article, _ in told_one_after_another():
        stories[article["story"]].append(story)
    pairs = [(ids[0], other) for ids in stories.values() for other in ids[1:]]
    together = sum(first == other for first, other in pairs)
    assert together >= 0.65 * len(pairs), f"{together} of {len(pairs)}"


def test_an_article_joins_the_story_it_retells_and_says_why():
    index = StoryIndex()
    index.add(point(FLIGHT, id=5, story=3))
    where = place(index, RETOLD)
    assert where.story_id == 3
    assert not where.reprint
    assert "article 5" in where.why
    assert "names +" in where.why


SENTENCED = understood(
    "Бывшего заместителя мэра приговорили к пяти годам",
    "Городской суд приговорил Андрея Лукьянчикова к пяти годам колонии за взятку подрядчика.",
)
COMMENTED = understood(
    "Цена подписи: дороги, которые он принимал",
    "Асфальт лёг в лужи. Лукьянчиков в последнем слове просил учесть грамоты, и ему дали пять лет.",
)


def test_a_name_that_opens_a_sentence_is_a_name_where_the_other_account_says_so():
    index = StoryIndex()
    index.add(point(SENTENCED, id=1, story=1))
    where = place(index, COMMENTED, hours=5)
    assert where.story_id == 1
    assert "names +" in where.why


def test_the_later_an_account_the_more_it_must_have_in_common():
    index = StoryIndex()
    index.add(point(SENTENCED, id=1, story=1))
    assert place(index, COMMENTED, hours=24 * 6).story_id is None


def test_the_more_two_accounts_name_the_more_of_it_must_be_in_common():
    guests = " Приехали Лапшин, Бородулин, Гречко и Шатилов из Топков и Гурьевска."
    others = " О том рассказали Зыряновы, Пестов, Фомичев и Калугин из Тайги и Яшкина."
    told = understood("Анжерка дождалась", f"Бригада Ковтунова сдала мост через Яю.{guests}")
    also = understood("Переправу в Анжерке открыли", f"В Анжерке ездят через Яю.{others}")
    index = StoryIndex()
    index.add(point(told, id=1, story=1))
    assert "many names to agree in -" in place(index, also).why
    assert place(index, also, hours=24 * 4).story_id is None


def test_an_outlet_that_repeats_its_template_with_none_of_the_figures_tells_of_another_event():
    told = "Из-за {} задержаны вылеты в Москву и Сургут. Видимость {} метров, ждут {} пассажиров."
    index = StoryIndex()
    fog = understood("В Спиченкове из-за тумана задержаны рейсы", told.format("тумана", 210, 318))
    snow = understood("В Спиченкове из-за снега задержаны рейсы", told.format("снега", 430, 547))
    index.add(point(fog, id=1, story=1, source=1))
    where = place(index, snow, source=1, hours=24)
    assert where.story_id is None
    assert "nearly no number in common" in where.why


def test_words_that_no_article_has_leave_room_for_those_that_some_have():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    rare = " ".join(f"слово{chr(code)}ница" for code in range(ord("а"), ord("я")))
    told = understood(RETOLD.title, f"{rare} {RETOLD.text}")
    new = index.weigh(told, source_id=2, published_at=START)
    assert [kept.article_id for kept in index.compared(new)] == [1]


def test_a_decision_hangs_on_no_order_of_marks():
    index = StoryIndex()
    weighed = [
        index.weigh(
            replace(RETOLD, marks=dict.fromkeys(order).keys()), source_id=2, published_at=START
        )
        for order in (sorted(RETOLD.marks), sorted(RETOLD.marks, reverse=True))
    ]
    assert weighed[0] == weighed[1]
    assert [*weighed[0].keys] == [*weighed[1].keys]


def test_place_changes_nothing():
    index = StoryIndex()
    assert place(index, FLIGHT) == place(index, FLIGHT)
    assert place(index, FLIGHT).story_id is None
    assert len(index) == 0


def test_a_copy_with_a_new_headline_joins_as_a_reprint():
    text = " ".join(article["text"].strip() for article in TOLD[:3])
    index = StoryIndex()
    index.add(point(understood("В Кемерове открыли мост", text), id=1, story=1))
    where = place(index, understood("Кузнецкий мост снова открыт", text + " Источник: мэрия."))
    assert where.reprint
    assert where.story_id == 1
    assert "reprint" in where.why


REPORT = (
    "Цены на рынке за неделю",
    "Специалисты рынка обошли ряды и записали цены. Картофель стоит {} рубля за килограмм, морковь "
    "{} рубля, свёкла {} рублей, капуста {} рубля, лук {} рублей, мёд {} рублей за банку. В конце "
    "недели торговцы ждут новых поставок из соседних районов, а покупатели надеются на скидки.",
)


def test_next_weeks_report_is_another_story_even_word_for_word():
    first = understood(REPORT[0], REPORT[1].format(34, 52, 47, 41, 38, 615))
    second = understood(REPORT[0], REPORT[1].format(36, 55, 49, 44, 35, 640))
    index = StoryIndex()
    index.add(point(first, id=1, story=1, source=1))
    for source in (1, 2):
        where = place(index, second, source=source, hours=160)
        assert where.story_id is None, where
        assert "twin" in where.why


def test_a_story_that_holds_the_twin_takes_no_other_week():
    first = understood(REPORT[0], REPORT[1].format(34, 52, 47, 41, 38, 615))
    second = understood(REPORT[0], REPORT[1].format(36, 55, 49, 44, 35, 640))
    index = StoryIndex()
    index.add(point(first, id=1, story=1))
    index.add(point(FLIGHT, id=2, story=1))
    assert place(index, second, hours=2).story_id is None


def test_what_lies_outside_the_window_is_not_looked_at():
    index = StoryIndex(window=timedelta(days=7))
    index.add(point(FLIGHT, id=1, story=1))
    assert place(index, RETOLD, hours=24 * 8).story_id is None


def test_forgotten_and_dropped_articles_are_found_no_more():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    index.forget_before(START + timedelta(hours=1))
    assert len(index) == 0
    assert place(index, RETOLD).story_id is None
    index.add(point(FLIGHT, id=-1, story=-1))  # an article of a batch that has no id yet
    assert place(index, RETOLD).story_id == -1
    index.drop(-1)
    index.drop(-1)
    assert place(index, RETOLD).story_id is None


def test_an_article_added_twice_is_there_once_with_its_newer_story():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    index.add(point(FLIGHT, id=1, story=9))
    assert len(index) == 1
    assert place(index, RETOLD).story_id == 9


def test_an_article_that_was_stored_is_found_under_its_ids():
    index = StoryIndex()
    index.add(point(FLIGHT, id=-1, story=-1))
    index.renumber(-1, 5, story_id=3)
    index.drop(-1)
    assert len(index) == 1
    assert index.last_id == 5
    assert place(index, RETOLD).story_id == 3


def test_the_highest_id_is_kept_for_catching_up():
    index = StoryIndex()
    assert index.last_id == 0
    index.add(point(FLIGHT, id=7, story=1))
    index.add(point(RETOLD, id=-2, story=1))
    index.drop(7)
    assert index.last_id == 7


def test_an_empty_understanding_is_placed_nowhere():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    assert place(index, Understanding(title="", text="")).story_id is None


def test_common_words_of_the_first_articles_join_nothing():
    index = StoryIndex()
    one = understood("В Кузбассе прошло заседание", "Сегодня в Кемерове рассказали о работе года.")
    other = understood("В Кузбассе прошла встреча", "Сегодня в Кемерове рассказали о планах года.")
    index.add(point(one, id=1, story=1))
    assert place(index, other).story_id is None


def test_the_first_news_of_one_town_are_two_stories():
    flight = understood(
        "Самолёты из Юрги полетят в Гродно",
        "Прямой рейс из Юрги в Гродно открывает авиакомпания «Томские крылья». Первый самолёт "
        "вылетит 12 декабря. Летать будут дважды в неделю, дорога займёт пять часов.",
    )
    budget = understood(
        "Депутаты приняли бюджет Юрги",
        "Депутаты городского совета приняли бюджет на будущий год. Доходы вырастут на десятую "
        "часть, дефицит сократится. Больше всего денег получат школы и дороги.",
    )
    index = StoryIndex()
    index.add(point(flight, id=1, story=1))
    assert place(index, budget).story_id is None


def test_the_title_counts_twice_and_stop_words_do_not():
    found = terms(["мост", "и"], ["мост", "река", "и"])
    assert set(found) == {"мост", "река"}
    assert found["мост"] > found["река"]


def test_a_text_the_outlet_repeats_days_later_is_a_reprint_though_its_reports_are_alike():
    report = understood(REPORT[0], REPORT[1].format(34, 52, 47, 41, 38, 615))
    index = StoryIndex()
    index.add(point(report, id=1, story=1, source=1))
    where = place(index, report, source=1, hours=160)
    assert where.reprint
    assert where.story_id == 1


def test_the_same_details_in_other_words_make_one_story():
    first = understood(
        "Комбинат пустил цех в Ольжерасе",
        "Новый цех обогащения в Ольжерасе обрабатывает 417 тонн породы в час. Пуск обошёлся в "
        "2,84 миллиарда рублей, на участке работают 96 человек в четыре смены.",
    )
    retold = understood(
        "Ольжерасские обогатители приняли первую породу",
        "За час линия берёт 417 тонн. Девяносто шесть рабочих мест, 96 окладов и 2,84 миллиарда "
        "вложений: так о новом цехе говорят в районе.",
    )
    other = understood(
        "Ольжерасские обогатители приняли первых студентов",
        "За час по цеху проходит экскурсия. Двадцать рабочих мест отдали практикантам: так о новом "
        "наборе говорят в районе, где на практику берут 31 человека.",
    )
    index = StoryIndex()
    index.add(point(first, id=1, story=1))
    where = place(index, retold, hours=3)
    assert where.story_id == 1
    assert "numbers, days and times" in where.why
    assert where.decision.through is not None
    elsewhere = place(index, other, hours=96).decision
    nearest = elsewhere.through or elsewhere.nearest
    assert nearest is not None
    assert nearest.score < where.decision.through.score - 2


ROUNDUP = understood(
    "Пять новостей недели",
    "Из Кемерова полетят прямые рейсы в Гродно: «Нёман-Аэро» ставит их с 14 марта, 15 300 рублей."
    "\n\nВ Ольжерасе пустили цех обогащения, он берёт 417 тонн породы в час.\n\nБобр перегородил "
    "ручей у Кузедеева; лесничий просит не трогать плотину.\n\nХор ветеранов поёт сорок лет.",
)


def test_a_roundup_joins_nothing_and_nothing_joins_it():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    where = place(index, ROUNDUP)
    assert where.story_id is None
    assert "roundup" in where.why
    index.drop(1)
    index.add(point(ROUNDUP, id=2, story=2))
    assert place(index, RETOLD).story_id is None


def test_the_same_event_in_another_language_joins_by_names_numbers_and_days():
    text = (
        "Авіякампанія «Нёман-Аэра» з 14 сакавіка злучыць Гродна і Кемерава прамым рэйсам. Лётаць "
        "будуць па серадах, білет каштуе ад 15 300 рублёў, расказаў дырэктар порта Алег Цюцюннік."
    )
    told = understood("З Гродна ў Кемерава палятуць прамыя рэйсы", text, language="be")
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    where = place(index, told)
    assert where.story_id == 1
    assert "another language" in where.why


FOUND = understood(
    "Прямые рейсы из Кемерова в Гродно отменили: допрошен директор порта",
    "Следователи выясняют, кто разрешил «Нёман-Аэро» продавать билеты на прямые рейсы Кемерово — "
    "Гродно. Авиакомпания обещала летать по средам. Директора порта "
    "Олега Тютюнника допросили 2 апреля, обвинений ему не предъявлено.",
)


def test_what_comes_of_it_weeks_later_is_a_chapter_and_not_the_same_story():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    where = place(index, FOUND, hours=24 * 15)
    assert (where.story_id, where.follows) == (None, 1)
    assert place(index, FOUND, hours=24 * 30).follows is None


def test_a_decision_tells_what_agreed_and_the_nearest_that_did_not():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    index.add(point(FOUND, id=2, story=2, hours=-72))
    through = place(index, RETOLD).decision.through
    assert through is not None
    assert through.article_id == 1
    assert ("name", "гродно") in [one[:2] for one in through.agreed]
    assert ("day", "03-14") in [one[:2] for one in through.agreed]
    nearest = place(index, RETOLD).decision.nearest
    assert nearest is not None
    assert nearest.article_id == 2


def test_what_an_editor_moved_takes_its_like_along():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    index.put_by_hand([1], 7)
    assert place(index, RETOLD).story_id == 7


def test_stories_an_editor_holds_apart_are_no_chapters_of_one_thread():
    index = StoryIndex()
    index.add(point(FLIGHT, id=1, story=1))
    index.add(point(FOUND, id=2, story=2, hours=24 * 15))
    later = understood(FOUND.title, FOUND.text.replace("2 апреля", "9 апреля"))
    index.keep_apart(1, 2)
    assert place(index, later, hours=24 * 21).follows != 1
