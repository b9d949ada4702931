"""Channels: posts of the preview that t.me shows to the web, in the markup it has."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.channels import channel_address, parse_channel
from bot.sources.errors import NoPreview, NotASource
from bot.sources.markup import to_text
from storage.models import Entry

HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Вестник Кузбасса – Telegram</title>
<meta property="og:title" content="Вестник Кузбасса"></head>
<body class="widget_frame_base tgme_body">
<header class="tgme_header"><div class="tgme_channel_info"><div class="tgme_channel_info_header">
<i class="tgme_page_photo_image bgcolor2" data-content="В"><img src="https://cdn4.telesco.pe/a.jpg"></i>
<div class="tgme_channel_info_header_title_wrap"><div class="tgme_channel_info_header_title">
<span dir="auto">Вестник &laquo;Кузбасса&raquo;</span></div></div>
<div class="tgme_channel_info_header_username"><a href="https://t.me/Vestnik_42">@Vestnik_42</a></div>
</div></div></header><main class="tgme_main">
<section class="tgme_channel_history js-message_history">
"""
MORE = """<div class="tgme_widget_message_centered js-messages_more_wrap">
<a href="/s/Vestnik_42?before=101" class="tme_messages_more js-messages_more" data-before="101"></a>
</div>"""
EMOJI = (
    '<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/E29AA1.png\')">'
    "<b>⚡️</b></i>"
)


def post(number: int, inside: str, *, kind: str = "text_not_supported_wrap", sign: str = "") -> str:
    """One message, wrapped as t.me wraps it."""
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message {kind} js-widget_message" data-post="Vestnik_42/{number}"
 data-view="eyJjIjotMTAwMSwicCI6"><div class="tgme_widget_message_user">
<a href="https://t.me/Vestnik_42"><i class="tgme_widget_message_user_photo bgcolor2"></i></a></div>
<div class="tgme_widget_message_bubble"><i class="tgme_widget_message_bubble_tail"></i>
<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name"
 href="https://t.me/Vestnik_42"><span dir="auto">Вестник &laquo;Кузбасса&raquo;</span></a></div>
{inside}<div class="tgme_widget_message_reactions js-message_reactions"><span class="tgme_reaction">
<i class="emoji"><b>👍</b></i>12</span></div>
<div class="tgme_widget_message_footer compact js-message_footer">
<div class="tgme_widget_message_info short js-message_info">
<span class="tgme_widget_message_views">1.2K</span><span class="copyonly"> views</span>
<span class="tgme_widget_message_meta">{sign}<a class="tgme_widget_message_date"
 href="https://t.me/Vestnik_42/{number}"><time datetime="2026-11-17T05:{number % 60:02}:00+00:00"
 class="time">05:00</time></a></span></div></div></div></div></div>"""


def text(inside: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{inside}</div>'


def page(*posts: str, more: str = MORE) -> bytes:
    return f"{HEAD}{more}{''.join(posts)}</section></main></body></html>".encode()


def entries(*posts: str) -> tuple[Entry, ...]:
    url = "https://t.me/s/vestnik_42"
    return parse_channel(page(*posts), "text/html; charset=utf-8", url, None).entries


def words(entry: Entry) -> str:
    return to_text(entry.html).text


def test_a_post_is_an_entry_known_by_its_address() -> None:
    (entry,) = entries(
        post(102, text("В Кемерове открыли <b>мост</b>.<br/><br/>Движение пустили."))
    )
    assert entry.key == entry.url == "https://t.me/vestnik_42/102"
    assert words(entry) == "В Кемерове открыли мост.\n\nДвижение пустили."
    assert entry.published_at == datetime(2026, 11, 17, 5, 42, tzinfo=UTC)
    assert (entry.title, entry.author, entry.image_url) == ("", None, None)


def test_the_channel_names_itself_and_its_older_posts() -> None:
    body = page(post(101, text("Первый")), post(102, text("Второй")))
    feed = parse_channel(body, None, "https://t.me/s/vestnik_42", None)
    assert (feed.title, feed.site_url) == ("Вестник «Кузбасса»", "https://t.me/vestnik_42")
    assert [words(entry) for entry in feed.entries] == ["Второй", "Первый"]
    assert feed.older == "https://t.me/s/vestnik_42?before=101"


def test_posts_without_a_word_are_counted() -> None:
    body = page(post(101, "<i class='tgme_widget_message_photo'></i>"), post(102, text("Второй")))
    feed = parse_channel(body, None, "https://t.me/s/vestnik_42", None)
    assert (len(feed.entries), feed.wordless) == (1, 1)


def test_at_its_beginning_a_channel_has_no_older_posts() -> None:
    body = page(post(1, text("Канал открыт")), more="")
    assert parse_channel(body, None, "https://t.me/s/vestnik_42", None).older is None


def test_characters_drawn_as_pictures_links_and_spoilers_are_text() -> None:
    (entry,) = entries(
        post(
            103,
            text(
                f'{EMOJI} <tg-emoji emoji-id="5368">{EMOJI}</tg-emoji> 5 &lt; 6: '
                '<a href="https://v.example/?a=1&amp;amp;b=2" onclick="return confirm()">суд</a> '
                '<tg-spoiler>решил</tg-spoiler> <a href="?q=%23мост">#мост</a>'
            ),
        )
    )
    assert words(entry) == "⚡️ ⚡️ 5 < 6: суд решил #мост"
    assert '<a href="https://v.example/?a=1&amp;b=2">суд</a>' in entry.html
    assert "emoji" not in entry.html


def test_a_first_line_in_bold_is_the_headline() -> None:
    (entry,) = entries(
        post(104, text(f"{EMOJI}<b>Мост открыли в срок</b><br/><br/>Движение идёт."))
    )
    assert entry.title == "⚡️Мост открыли в срок"
    (bold,) = entries(post(105, text("<b>Всё сообщение жирное, и больше ничего</b>")))
    assert bold.title == ""


def test_who_signed_it_or_whence_it_came_is_the_author() -> None:
    sign = '<span class="tgme_widget_message_from_author" dir="auto">Анна Лебедева</span>, '
    forwarded = (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;'
        '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/x/7">'
        '<span dir="auto">Прокуратура</span></a></div>'
    )
    second, first = entries(
        post(106, text("Подписано"), sign=sign), post(107, forwarded + text("Переслано"))
    )
    assert (first.author, second.author) == ("Анна Лебедева", "Прокуратура")
    assert words(second) == "Переслано"


def test_what_it_answers_is_not_its_text() -> None:
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/vestnik_42/90">'
        '<i class="tgme_widget_message_reply_thumb" style="background-image:url(\'https://x/r\')">'
        '</i><div class="tgme_widget_message_text js-message_reply_text" dir="auto">Чужие слова'
        "</div></a>"
    )
    (entry,) = entries(post(108, reply + text("Свои слова")))
    assert words(entry) == "Свои слова"
    assert entry.image_url is None


def test_an_album_is_one_entry_with_its_first_picture() -> None:
    photo = '<a class="tgme_widget_message_photo_wrap grouped_media_wrap" href="https://t.me/v/{0}"'
    photo += (
        " style=\"width:100px;background-image:url('https://cdn4.telesco.pe/file/{0}.jpg')\"></a>"
    )
    album = (
        f'<div class="tgme_widget_message_grouped_wrap">{photo.format(1)}{photo.format(2)}</div>'
    )
    nested = text(text("Подпись к альбому"))  # a caption is wrapped twice
    (entry,) = entries(post(109, album + nested))
    assert entry.image_url == "https://cdn4.telesco.pe/file/1.jpg"
    assert words(entry) == "Подпись к альбому"


@pytest.mark.parametrize(
    ("style", "picture"),
    [
        ("background-image:url('//cdn.example/t.jpg')", "https://cdn.example/t.jpg"),
        ("background-image:url('javascript:alert(1)')", None),
        ("background-image:url('data:image/png;base64,AA')", None),
    ],
)
def test_a_video_shows_its_first_frame_if_that_has_an_address(
    style: str, picture: str | None
) -> None:
    video = (
        '<a class="tgme_widget_message_video_player js-message_video_player" href="https://t.me/v/1">'
        f'<i class="tgme_widget_message_video_thumb" style="{style}"></i>'
        '<time class="message_video_duration js-message_video_duration">0:42</time></a>'
    )
    (entry,) = entries(post(110, video + text("Пожар потушен")))
    assert entry.image_url == picture
    assert entry.published_at is not None


@pytest.mark.parametrize(
    "inside",
    [
        "<a class='tgme_widget_message_video_player'><video src='https://x/v.mp4'></video></a>",
        "<div class='tgme_widget_message_poll'><div class='tgme_widget_message_poll_question'>"
        "Придёте?</div></div>",
        "<div class='tgme_widget_message_sticker_wrap'><i class='tgme_widget_message_sticker'></i>"
        "</div>",
        "<div class='message_media_not_supported_wrap'><div class='message_media_not_supported'>"
        "<div class='message_media_not_supported_label'>Please open Telegram to view this post"
        "</div>"
        "<span class='message_media_view_in_telegram'>VIEW IN TELEGRAM</span></div></div>",
        text(" <br/> "),
        text('<a href="?q=%23Томск">#Томск</a> @vestnik https://vestnik.example/1'),
        text(f"{EMOJI}🔥"),
    ],
)
def test_what_has_no_words_is_left_out(inside: str) -> None:
    assert entries(post(111, inside)) == ()


def test_what_the_channel_did_is_no_news() -> None:
    pinned = post(112, text("Вестник pinned a photo"), kind="service_message")
    assert entries(pinned, post(113, text("Новость"))) == entries(post(113, text("Новость")))


def test_a_post_stays_the_same_while_telegram_shifts_its_pictures() -> None:
    (a,) = entries(post(114, text(f"{EMOJI} Снег")))
    (b,) = entries(post(114, text(f"{EMOJI.replace('/40/', '/80/')} Снег")))
    assert a.version == b.version


CARD = """<div class="tgme_page_wrap"><div class="tgme_page">{0}
<div class="tgme_page_extra">{1}</div><div class="tgme_page_description">{2}</div>
<div class="tgme_page_action"><a class="tgme_action_button_new shine" href="tg://resolve?domain=x">
{3}</a></div></div></div>"""
NAMED = '<div class="tgme_page_title" dir="auto"><span dir="auto">Имя</span></div>'


@pytest.mark.parametrize(
    ("card", "says"),
    [
        (
            (NAMED, "12 345 subscribers", "", "View in Telegram"),
            "the channel @vestnik shows no pre",
        ),
        ((NAMED, "812 members, 40 online", "", "View in Telegram"), "@vestnik is a group"),
        ((NAMED, "@vestnik", "", "Start Bot"), "@vestnik is a bot"),
        ((NAMED, "@vestnik", "", "Send Message"), "@vestnik is a person"),
        (
            ("", "", "If you have <strong>Telegram</strong>, you can contact", "Send Message"),
            "no Tel",
        ),
    ],
)
def test_without_a_preview_it_is_told_whose_name_it_is(
    card: tuple[str, str, str, str], says: str
) -> None:
    with pytest.raises(NoPreview, match=says):
        parse_channel(CARD.format(*card).encode(), "text/html", "https://t.me/Vestnik", None)


def test_a_name_that_leads_nowhere_is_told() -> None:
    for body in (b"", b"<html><body>Telegram Messenger</body></html>"):
        with pytest.raises(NoPreview):
            parse_channel(body, "text/html", "https://telegram.org/", None)


def test_a_page_that_is_no_preview_of_telegrams_costs_little() -> None:
    begun = time.process_time()
    assert len(entries(*(post(n, text("Текст")) for n in range(1, 1000)))) == 200
    assert entries(post(1, text("слово <b>жир</b><br/>" * 50_000))) == ()
    assert entries(post(1, text("<b>" * 200_000))) == ()
    assert time.process_time() - begun < 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="<>/\"' abidvclspe=&;", max_size=80))
def test_any_text_of_a_post_is_taken(inside: str) -> None:
    for entry in entries(post(1, text(inside))):
        assert words(entry) or entry.html


def test_a_preview_without_posts_is_a_channel_without_news() -> None:
    assert entries() == ()


@pytest.mark.parametrize(
    "typed",
    [
        "@Vestnik_42",
        " t.me/vestnik_42 ",
        "https://t.me/s/vestnik_42?before=5",
        "http://www.telegram.me/Vestnik_42/102?single",
        "https://telegram.dog/vestnik_42",
        "https://vestnik_42.t.me",
        "tg://resolve?domain=vestnik_42&post=5",
        "https://web.telegram.org/k/#@vestnik_42",
    ],
)
def test_a_channel_is_known_by_any_of_its_names(typed: str) -> None:
    assert channel_address(typed) == "https://t.me/s/vestnik_42"


@pytest.mark.parametrize(
    "typed", ["https://v.example/t.me/x", "вестник", "http://[", "", "mt.me/abcd"]
)
def test_other_texts_name_no_channel(typed: str) -> None:
    assert channel_address(typed) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("https://t.me/joinchat/AAAA", "invitation"),
        ("t.me/+AbCdEf", "invitation"),
        ("https://t.me/c/1234/5", "private channel"),
        ("https://t.me/addstickers/Cats", "not the name"),
        ("tg://join?invite=AAAA", "not the name"),
        ("@вестник", "not the name"),
        ("https://t.me/", "not the name"),
        ("@abc", "not the name"),
    ],
)
def test_what_of_telegram_is_no_public_channel_is_told(typed: str, says: str) -> None:
    with pytest.raises(NotASource, match=says):
        channel_address(typed)
