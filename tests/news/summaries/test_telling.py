"""Of several accounts, the plainest headline leads, and what most of them say is told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.summaries.headline import corrects, loudness, stems, worth
from bot.news.summaries.telling import tell
from storage.models import Account

MORNING = datetime(2026, 11, 20, 8, tzinfo=UTC)
PLAIN = "В Юрге открыли мост через Томь за 900 миллионов рублей"
LOUD = "ШОК! Юргинцы не верят глазам: вот что случилось с мостом…"


def article(
    number: int,
    title: str,
    *summary: str,
    text: str = "",
    source: int | None = None,
    hours: int = 0,
    language: str = "ru",
) -> Account:
    told = text or " ".join(summary) or "В Юрге открыли мост через Томь. Он стоил 900 миллионов."
    return Account(
        id=number,
        source_id=number if source is None else source,
        language=language,
        published_at=MORNING + timedelta(hours=hours),
        title=title,
        text=told,
        summary=summary or (told,),
    )


@pytest.mark.parametrize(
    "worse",
    [
        LOUD,
        PLAIN.upper(),
        f"{PLAIN}!",
        "Что открыли в Юрге за 900 миллионов рублей?",
        "«Я плакала»: жители Юрги рассказали о мосте за 900 миллионов рублей",
        "Мост",
        "Мы проехали по мосту через Томь в Юрге за 900 миллионов рублей",
        "Жизнь как песня, дорога как сказка, радость как праздник",
        "Назван подрядчик моста в Юрге за 900 миллионов рублей",
    ],
)
def test_a_plain_headline_goes_before_one_that_shouts_or_teases(worse: str) -> None:
    accounts = [stems(PLAIN)]
    assert worth(PLAIN, accounts) > worth(worse, accounts)
    assert tell([article(1, worse), article(2, PLAIN)]).lead_id == 2
    assert tell([article(1, PLAIN), article(2, worse)]).lead_id == 1


def test_abbreviations_do_not_shout() -> None:
    assert loudness("БЖД и МЧС перекроют мост в Юрге") == 0
    assert loudness("БЕЛАЗ отправил самосвал в Кузбасс") == 0


def test_a_printed_headline_stays_before_one_as_good() -> None:
    other = "Мост через Томь в Юрге открыли, он стоил 900 миллионов рублей"
    assert tell([article(1, PLAIN), article(2, other)]).lead_id == 1
    assert tell([article(2, other), article(1, PLAIN)]).lead_id == 2


def test_a_correction_leads_and_what_it_corrects_is_told_no_more() -> None:
    wrong = article(1, "В Юрге заболели 1340 человек", "В Юрге заболели 1340 человек за неделю.")
    right = article(
        2, "Уточнение: в Юрге заболели 1034 человека", "В Юрге заболели 1034 человека.", hours=5
    )
    told = tell([wrong, right], wrong.summary)
    assert (told.lead_id, told.summary) == (2, ("В Юрге заболели 1034 человека.",))
    assert not corrects("В Юрге уточнили расписание")


def test_the_language_a_story_began_in_is_kept() -> None:
    be = article(2, "У Юрзе адкрылі мост праз Том за 900 мільёнаў рублёў", language="be")
    assert tell([article(1, LOUD), be]).lead_id == 1
    assert tell([article(1, LOUD), be, article(3, PLAIN)]).lead_id == 3


def test_what_most_sources_say_is_told() -> None:
    common = "Мост через Томь в Юрге стоил 900 миллионов рублей и открыт в пятницу."
    lead = article(1, PLAIN, "На берегу играл оркестр ветеранов сцены.", "Фотограф снял ледоход.")
    others = [
        article(n, f"Мост открыт {n}", common, text=f"{common} {extra}")
        for n, extra in ((2, "Пришли люди."), (3, "Было холодно."), (4, "Ехали машины."))
    ]
    told = tell([lead, *others], lead.summary)
    assert told.lead_id == 1
    assert common in told.summary


def test_a_source_does_not_bear_itself_out() -> None:
    line = "Оркестр ветеранов играл на берегу до ночи."
    own = [article(n, PLAIN, line, source=1) for n in (1, 2, 3)]
    other = article(9, PLAIN, "Мост через Томь в Юрге открыли за 900 миллионов рублей.", source=9)
    assert tell([*own, other]).summary[0] == other.summary[0]


def test_sentences_that_lean_are_left_to_their_article() -> None:
    leaning = "Он стоил 900 миллионов рублей и открыт через Томь в Юрге."
    told = tell([article(1, PLAIN, "В Юрге открыли мост."), article(2, PLAIN, leaning)])
    assert leaning not in told.summary


def test_telling_again_what_is_told_changes_nothing() -> None:
    articles = [
        article(1, LOUD, "На берегу играл оркестр.", hours=0),
        article(2, PLAIN, "В Юрге открыли мост за 900 миллионов.", "Он лёг через Томь.", hours=1),
        article(3, "Мост в Юрге", "Мост через Томь стоил 900 миллионов рублей.", hours=2),
    ]
    first = tell(articles)
    leading = sorted(articles, key=lambda one: one.id != first.lead_id)
    assert tell(leading, first.summary) == first


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=200)), min_size=1, max_size=5))
def test_any_articles_can_be_told(told: Sequence[tuple[str, str]]) -> None:
    articles = [article(n, title, text=text) for n, (title, text) in enumerate(told)]
    found = tell(articles)
    assert found.lead_id in range(len(articles))
    assert found.summary
