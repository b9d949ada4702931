"""Settings: defaults that start with nothing, and one clear sentence for each mistake."""

from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, load

NOWHERE = Path("/nonexistent/.env")


def settings(**env: str) -> Settings:
    return load(env, dotenv=NOWHERE)


def test_starts_with_nothing() -> None:
    nothing = settings()
    assert nothing.sandbox
    assert nothing.database_url == "sqlite:///data/sandbox.db"
    assert nothing.timezone == "Asia/Novokuznetsk"


def test_a_token_means_live_and_another_database() -> None:
    live = settings(BOT_TOKEN="1:x")
    assert not live.sandbox
    assert live.database_url == "sqlite:///data/svodka.db"


def test_empty_is_the_same_as_unset() -> None:
    assert settings(BOT_TOKEN=" ", TIMEZONE="", HTTP_PORT="") == settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("TIMEZONE=Europe/Minsk\nADMIN_IDS=1, 2\n", encoding="utf-8")
    both = load({"TIMEZONE": "Europe/Moscow"}, dotenv=dotenv)
    assert both.timezone == "Europe/Moscow"
    assert both.admin_ids == {1, 2}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_TOKEN", "hello", "@BotFather"),
        ("TIMEZONE", "Asia/Kuzbass", "Asia/Novokuznetsk"),
        ("TIMEZONE", "../etc/passwd", "Asia/Novokuznetsk"),
        ("TIMEZONE", "Asia", "Asia/Novokuznetsk"),
        ("HTTP_PORT", "80a", "65535"),
        ("HTTP_PORT", "70000", "65535"),
        ("ADMIN_IDS", "@me", "digits"),
        ("SEND_RATE", "0", "1000"),
        ("SEND_RATE", "nan", "1000"),
        ("SEND_RATE", "31", "ALLOW_PAID_BROADCAST=true"),
        ("DEFAULT_LANGUAGE", "de", "ru, be, en"),
        ("TELEGRAM_PROXY", "host:1", "socks5://"),
        ("WEBHOOK_URL", "http://x.org", "https://"),
        ("SOURCES_FILE", "/nonexistent.toml", "no such file"),
        ("ALLOW_PRIVATE_HOSTS", "maybe", "true or false"),
        ("LOG_LEVEL", "loud", "DEBUG"),
    ],
)
def test_a_mistake_is_named_with_its_cure(name: str, value: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(**{name: value})
    assert name in str(caught.value)
    assert says in str(caught.value)


def test_more_than_the_free_rate_is_paid_for_or_refused() -> None:
    paid = settings(SEND_RATE="1000", ALLOW_PAID_BROADCAST="true")
    assert (paid.send_rate, paid.allow_paid_broadcast) == (1000, True)
    with pytest.raises(ConfigError, match="up to 1000"):
        settings(SEND_RATE="1001", ALLOW_PAID_BROADCAST="true")
    assert settings(SEND_RATE="30").send_rate == 30


def test_a_wrong_token_is_not_printed() -> None:
    with pytest.raises(ConfigError) as caught:
        settings(BOT_TOKEN="secret token")
    assert "secret token" not in str(caught.value)


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(ConfigError, match="WEBHOOK_SECRET"):
        settings(WEBHOOK_URL="https://bot.example.org/hook")
