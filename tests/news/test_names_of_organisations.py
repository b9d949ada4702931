"""Organisations: institutions and their tails, legal forms, works that are none, Latin letters."""

import pytest

from bot.news.entities import find
from storage.models import EntityKind


def organisations(text: str, language: str | None = "ru") -> list[str]:
    return [one.name for one in find(text, language) if one.kind is EntityKind.ORG]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("решение Заречного районного суда", "Заречный районный суд"),
        ("Центральный районный суд решил", "Центральный районный суд"),
        ("в Арбитражном суде Томской области", "Арбитражный суд Томской области"),
        ("Слонимский райисполком построит", "Слонимский райисполком"),
        ("проверка Западно-Сибирской транспортной прокуратуры",
         "Западно-Сибирская транспортная прокуратура"),
        ("в Юргинской городской больнице № 2", "Юргинская городская больница № 2"),
        ("тренер Оршанской СДЮШОР", "Оршанская СДЮШОР"),
        ("Комитет по делам пернатых решил", "Комитет по делам пернатых"),
        ("в Департаменте по охране животного мира", "Департамент по охране животного мира"),
        ("в Тайгинской городской больнице начал работу врач", "Тайгинская городская больница"),
        ("На шахте «Распадская» добыли уголь", "Распадская"),
        ("Мозырский лесхоз собрал ягоды", "Мозырский лесхоз"),
        ("Министерство спорта и туризма решило", "Министерство спорта и туризма"),
        ("в Министерстве культуры области", "Министерство культуры"),
        ("имущество ПКЗ «Заря» продали", "Заря"),
        ("вратарь «Зари» устоял", "Заря"),
        ("Хоккеисты «Металлурга» забросили четыре шайбы", "Металлург"),
        ("На «Юбилейной-Северной» рухнула кровля", "Юбилейная-Северная"),
        ("его выпускает «Заря»", "Заря"),
        ("фирма Yapi Merkezi построит", "Yapi Merkezi"),
        ("индийская Tata Motors купит", "Tata Motors"),
        ("начальник Госжилинспекции сказал", "Госжилинспекция"),
    ],
)  # fmt: skip
def test_an_organisation_is_brought_to_the_nominative(text: str, found: str) -> None:
    assert organisations(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Городская больница закрыта на ремонт",
        "Совет директоров рассмотрит отчёт",
        "артисты показали «Ревизора»",
        "режиссёр «Ревизора» доволен",
        "смотрели «Горе от ума» и «Ревизора»",
        "жители ЖК «Рябинка» недовольны",
    ],
)
def test_what_is_common_or_a_work_is_none(text: str) -> None:
    assert organisations(text) == []


def test_what_says_only_what_it_is_gives_way_to_its_name() -> None:
    assert organisations("Новосибирский банк «Левобережье» откроется") == ["Левобережье"]


def test_an_organisation_is_shown_by_its_short_form() -> None:
    text = "Белорусская железная дорога пустит поезд. В БЖД добавили вагон."
    assert organisations(text) == ["БЖД"]
    assert organisations("Белорусская железная дорога пустит поезд") == [
        "Белорусская железная дорога"
    ]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("рашэнне Гродзенскага аблвыканкама", "be", "Гродзенскі аблвыканкам"),
        ("у Брэсцкай абласной бібліятэцы", "be", "Брэсцкая абласная бібліятэка"),
        ("вучань Магілёўскага ліцэя № 1", "be", "Магілёўскі ліцэй № 1"),
        ("Rospotrebnadzor closed the shop", "en", "Rospotrebnadzor"),
        ("The State Customs Committee said", "en", "State Customs Committee"),
        ("the Ministry of Sport and Tourism expects", "en", "Ministry of Sport and Tourism"),
    ],
)
def test_other_languages_have_institutions_too(text: str, language: str, found: str) -> None:
    assert organisations(text, language) == [found]
