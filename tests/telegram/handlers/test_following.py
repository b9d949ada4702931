"""What is followed and muted: typed as people say it, told as it was understood, taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.models import Interest, InterestKind, Subscription, Taste, Verdict
from tests.telegram.conftest import ME, Talk

BELAZ = Interest(kind=InterestKind.NAME, value="белаз", label="БелАЗ")


async def of_me(talk: Talk) -> list[Subscription]:
    return await talk.store.subscriptions.of_chat(ME)


async def tastes(talk: Talk) -> tuple[Taste, ...]:
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    return chat.tastes


async def test_what_was_understood_is_said_and_joins_the_digest(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    [said] = await talk.says("/follow белазом")
    assert said.startswith("Слежу за: БелАЗ\nДобавил в вашу сводку.")
    [mine] = await of_me(talk)
    assert (mine.topics, mine.follows) == (("flights",), (BELAZ,))
    assert "Авиарейсы, БелАЗ · 08:00" in (await talk.says("/settings"))[0]


async def test_a_digest_of_everything_stays_so_and_tells_it_first(talk: Talk) -> None:
    await talk.says("/subscribe")
    [said] = await talk.says("/follow БелАЗ")
    assert "такие новости будут в ней первыми" in said
    [mine] = await of_me(talk)
    assert (mine.topics, mine.follows) == ((), ())
    assert await tastes(talk) == (Taste(interest=BELAZ, verdict=Verdict.MORE),)


async def test_who_has_no_digest_gets_one_of_it(talk: Talk) -> None:
    [said] = await talk.says("/follow БелАЗ, Гомель")
    assert said.startswith("Слежу за: БелАЗ, Гомель\nЗавёл для этого сводку в 08:00.")
    [mine] = await of_me(talk)
    assert [one.label for one in mine.follows] == ["БелАЗ", "Гомель"]
    assert "За этим я уже слежу." in (await talk.says("/follow гомеле"))[0]


async def test_following_without_a_word_asks_and_the_next_text_answers(talk: Talk) -> None:
    [asked] = await talk.says("/follow")
    assert "Например: БелАЗ" in asked
    assert (await talk.says("БелАЗ"))[0].startswith("Слежу за: БелАЗ")
    await talk.says("/mute")
    [answer] = await talk.says("что с рейсом в Минск?")  # a question of its own
    assert answer.startswith("🔎")


async def test_it_can_be_told_at_once_beside_the_digest(talk: Talk) -> None:
    await talk.says("/follow БелАЗ")
    await talk.presses("Сообщать сразу")
    assert talk.alerts()[-1].startswith("Готово")
    digest, alert = await of_me(talk)
    assert (digest.instant, alert.instant, alert.follows) == (False, True, (BELAZ,))
    await talk.presses("Сообщать сразу")
    assert talk.alerts()[-1].startswith("Об этом я и так сообщаю сразу.")


async def test_what_is_muted_is_followed_no_more_and_comes_back(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.says("/follow БелАЗ")
    assert (await talk.says("/mute белаза"))[0] == "Больше не показываю: БелАЗ"
    [mine] = await of_me(talk)
    assert mine.follows == ()
    assert await tastes(talk) == (Taste(interest=BELAZ, verdict=Verdict.MUTE),)
    assert (await talk.says("/unmute БелАЗ"))[0] == "Снова показываю: БелАЗ"
    assert await tastes(talk) == ()


async def test_following_what_was_muted_shows_it_again(talk: Talk) -> None:
    await talk.says("/mute БелАЗ")
    await talk.says("/follow БелАЗ")
    assert await tastes(talk) == ()


async def test_unmute_names_what_is_muted(talk: Talk) -> None:
    assert (await talk.says("/unmute"))[0].startswith("Ничего не скрыто.")
    await talk.says("/mute гороскоп")
    said, shown = await talk.says("/unmute балет")
    assert said.startswith("Среди скрытого нет такого: «балет».")
    assert shown.startswith("👁 Слежу и скрываю")
    assert "✖ 🔇 «гороскоп»" in talk.buttons()


async def test_the_list_takes_back_follows_mutes_and_tastes(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.says("/follow БелАЗ")
    await talk.says("/mute гороскоп")
    town = Interest(kind=InterestKind.NAME, value="гомель", label="Гомель")
    await talk.store.chats.taste(ME, Taste(interest=town, verdict=Verdict.LESS))
    await talk.says("/settings")
    await talk.presses("Слежу и скрываю")
    assert talk.buttons()[:3] == ["✖ 👁 БелАЗ", "✖ 🔇 «гороскоп»", "✖ 👎 Гомель"]
    for label in ("БелАЗ", "гороскоп", "Гомель"):
        await talk.presses(f"✖ 👁 {label}" if label == "БелАЗ" else label)
    assert await tastes(talk) == ()
    assert (await of_me(talk))[0].follows == ()
    [shown] = await talk.presses("Следить")
    assert "Например" in shown


async def test_the_last_thing_a_digest_follows_stays(talk: Talk) -> None:
    await talk.says("/follow БелАЗ")
    await talk.presses("Не следить")
    assert talk.alerts()[-1].startswith("Это последнее, за чем следит сводка.")
    assert (await of_me(talk))[0].follows == (BELAZ,)


@pytest.mark.parametrize("command", ["/follow", "/mute"])
@pytest.mark.parametrize(
    "words",
    ["и", "😀", "…", "на в и", "очень длинное желание из многих слов сразу обо всём", "x" * 100],
)
async def test_what_names_nothing_is_answered_with_an_example(
    talk: Talk, command: str, words: str
) -> None:
    [said] = await talk.says(f"{command} {words}")
    assert said.startswith("Не понял: ")
    assert f"{command} " in said
    assert await of_me(talk) == []
    assert await tastes(talk) == ()


async def test_names_with_markup_and_marks_of_direction_are_only_words(talk: Talk) -> None:
    [said] = await talk.says("/follow \u202e<b>Гомель</b>")
    assert "\u202e" not in said


async def test_muting_what_nearly_all_news_are_is_refused(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news([f"открыт рейс номер{n} в Минск" for n in range(25)])
    [said] = await talk.says("/mute рейс")
    assert said.startswith("«рейс» есть почти везде (100 % новостей за неделю)")
    assert await tastes(talk) == ()
    assert (await talk.says("/mute номер3"))[0].startswith("Больше не показываю")


async def test_muting_all_that_a_digest_is_about_is_refused(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    [said] = await talk.says("/mute авиарейсы")
    assert said.startswith("✈️ Авиарейсы — это всё, о чём ваша сводка")
    assert "/unsubscribe" in said


async def test_everything_again_keeps_what_was_followed_first(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.says("/follow БелАЗ")
    await talk.says("/settings")
    await talk.presses("🗞")
    [shown] = await talk.presses("Темы")
    assert "Ещё слежу за: БелАЗ" in shown
    await talk.presses("Все темы")
    assert talk.alerts()[-1] == "Теперь в сводке всё, а это — первым: БелАЗ"
    assert await tastes(talk) == (Taste(interest=BELAZ, verdict=Verdict.MORE),)


async def test_what_was_counted_in_a_week_is_told(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["открыт рейс в Минск", "отменён рейс в Брест"])
    assert "За неделю было 2 таких новости." in (await talk.says("/follow рейс"))[0]
