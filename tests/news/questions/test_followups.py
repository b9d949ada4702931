"""Follow-ups: what is said after a question, put anew as a question of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.news.topics
from bot.news.questions.followup import LONGEST, follow_up
from bot.news.questions.query import parse_query
from bot.news.topics.scores import parse_topics

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
ZONE = "Asia/Novokuznetsk"
TOPICS = parse_topics(
    (Path(bot.news.topics.__path__[0]) / "topics.toml").read_text("utf-8"), name="topics.toml"
)
FLIGHT, RUSSIAN, ENGLISH = (
    "что с рейсом в Минск?",
    "сколько стоит билет в Минск?",
    "flight to Minsk",
)
BELARUSIAN = "што з рэйсам у Мінск?"


def after(last: str, said: str) -> str | None:
    return follow_up(said, last, now=NOW, zone=ZONE, topics=TOPICS)


@pytest.mark.parametrize(
    ("last", "said", "meant"),
    [
        (FLIGHT, "а в Гомель?", "что с рейсом в Гомель?"),
        (FLIGHT, "А Гомель", "что с рейсом в Гомель?"),
        (FLIGHT, "ну а как насчёт Гомеля?", "что с рейсом в Гомеля?"),
        (RUSSIAN, "а в гомель?", "сколько стоит билет в гомель?"),
        (RUSSIAN, "а из Томска?", "сколько стоит билет в Минск из Томска?"),
        ("рейс из Кемерова в Минск", "а из Томска", "рейс из Томска в Минск"),
        ("Кемерово — Минск", "а Томск?", "Кемерово — Томск?"),
        ("что нового?", "а в Минске?", "что нового в Минске?"),
        (BELARUSIAN, "а ў Гомель?", "што з рэйсам у Гомель?"),
        (BELARUSIAN, "як наконт Гродна?", "што з рэйсам у Гродна?"),
        (ENGLISH, "and to Gomel?", "flight to Gomel?"),
        (ENGLISH, "what about Gomel?", "flight to Gomel?"),
    ],
)
def test_a_place_takes_the_place_of_a_place(last, said, meant):
    assert after(last, said) == meant


@pytest.mark.parametrize(
    ("last", "said", "meant"),
    [
        (FLIGHT, "а вчера?", "что с рейсом в Минск вчера?"),
        ("что с рейсом в Минск вчера?", "а сегодня?", "что с рейсом в Минск сегодня?"),
        ("новости за неделю", "а за месяц?", "новости за месяц?"),
        (BELARUSIAN, "а ўчора?", "што з рэйсам у Мінск учора?"),
        (ENGLISH, "and yesterday?", "flight to Minsk yesterday?"),
        ("что будет завтра?", "а послезавтра?", "что будет послезавтра?"),
        ("какие рейсы откроют весной?", "а в декабре?", "какие рейсы откроют в декабре?"),
        ("что будет завтра в Гомеле?", "а в субботу?", "что будет в субботу в Гомеле?"),
        (ENGLISH + " today", "how about last week?", "flight to Minsk last week?"),
        (FLIGHT, "а вчера в Томск?", "что с рейсом в Томск вчера?"),
    ],
)
def test_a_time_takes_the_place_of_a_time(last, said, meant):
    assert after(last, said) == meant


@pytest.mark.parametrize(
    ("last", "said", "meant"),
    [
        (FLIGHT, "а сколько?", "что с рейсом в Минск — сколько?"),
        (FLIGHT, "когда?", "что с рейсом в Минск — когда?"),
        (RUSSIAN, "а когда?", "билет в Минск — когда?"),
        (FLIGHT, "а почему отменили?", "что с рейсом в Минск — почему отменили?"),
        ("рейс в Минск — почему отменили?", "когда вернут?", "рейс в Минск — когда вернут?"),
        ("рейс в Минск — сколько?", "а вчера?", "рейс в Минск вчера — сколько?"),
        (BELARUSIAN, "а колькі?", "што з рэйсам у Мінск — колькі?"),
        (BELARUSIAN, "чаму яго адмянілі?", "што з рэйсам у Мінск — чаму яго адмянілі?"),
        ("when is the flight to Minsk?", "how much?", "the flight to Minsk — how much?"),
        (ENGLISH, "why was it cancelled?", "flight to Minsk — why was it cancelled?"),
    ],
)
def test_another_thing_is_asked_of_the_same(last, said, meant):
    assert after(last, said) == meant


@pytest.mark.parametrize(
    ("last", "said", "meant"),
    [
        (FLIGHT, "а что с БелАЗом?", "что с БелАЗом?"),
        ("что случилось вчера в Минске?", "а БелАЗ?", "БелАЗ вчера?"),
        ("авария в Кемерове", "а пожары?", "пожары в Кемерове?"),
        (RUSSIAN, "а на поезд?", "сколько стоит на поезд в Минск?"),
        ("новости спорта в Минске", "а торговли?", "новости торговли в Минске?"),
        (BELARUSIAN, "а што з БелАЗам?", "што з БелАЗам?"),
        ("аварыя ў Гродне", "а пажары?", "пажары ў Гродне?"),
        ("fires in Minsk yesterday", "what about accidents?", "accidents in Minsk yesterday?"),
        ("fires in Minsk yesterday", "and BelAZ?", "BelAZ yesterday?"),
    ],
)
def test_another_subject_keeps_the_place_and_the_time_but_a_name_only_the_time(last, said, meant):
    assert after(last, said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "когда откроют мост?",
        "в Гомель",
        "вчера",
        "кто такой Лапшин и когда он выиграл?",
        "БелАЗ",
        "калі адкрыюць мост?",
        "when does the bridge open?",
        "спасибо",
        "а как дела?",
        "а?",
        "и что?",
        "",
        "…",
    ],
)
def test_what_stands_by_itself_is_no_follow_up(said):
    assert after(FLIGHT, said) is None


@pytest.mark.parametrize(
    ("said", "terms"),
    [("а в Гомель?", {"рейс", "гомель"}), ("а вчера?", {"рейс", "минск"})],
)
def test_the_question_put_anew_is_understood(said, terms):
    meant = after(FLIGHT, said)
    assert meant is not None
    query = parse_query(meant, now=NOW, zone=ZONE, topics=TOPICS, sources=())
    assert set(query.terms) == terms
    assert query.question
    assert (query.since is not None) is ("вчера" in said)


WORDS = """
а и and ну что с в из на Минск Гомеле минск рейс рейсом БелАЗ вчера за неделю сколько стоит когда —
? почему отменили it him новости спорта ў Мінск учора колькі how much « " ' -
"""
PIECES = st.sampled_from(WORDS.split())
TALK = st.one_of(st.text(max_size=2 * LONGEST), st.lists(PIECES, max_size=12).map(" ".join))


@given(last=TALK, said=TALK)
def test_whatever_is_said_the_question_put_anew_is_short_or_there_is_none(last, said):
    meant = after(last, said)
    assert meant is None or (meant.strip() and len(meant) <= LONGEST)


@given(said=st.lists(TALK, min_size=2, max_size=6))
def test_a_talk_of_follow_ups_never_grows_beyond_a_question(said):
    last, *others = said
    for one in others:
        last = after(last, one) or one[:LONGEST]
        assert len(last) <= LONGEST
