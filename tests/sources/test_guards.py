"""Checks for humans: told from a site's own pages, and from its own refusals."""

import pytest

from bot.sources.wire.guards import LARGEST, is_door, refuses

CLOUDFLARE = (
    "<html><head><title>Just a moment...</title></head><body><h1>gazeta.example</h1>"
    "<script>(function(){window._cf_chl_opt={cvId:'3'}})();</script></body></html>"
)
DDOS_GUARD = (
    "<html><head><title>DDoS-Guard</title></head><body>Проверка браузера перед переходом на "
    "gazeta.example<script src='/.well-known/ddos-guard/js-challenge/index.js'></script></body>"
)
QRATOR = "<html><head><script src='/__qrator/qauth.js'></script></head><body></body></html>"
YANDEX = "<html><title>Ой!</title><body>Подтвердите, что вы не робот</body></html>"


@pytest.mark.parametrize("page", [CLOUDFLARE, DDOS_GUARD, QRATOR, YANDEX])
def test_a_page_that_is_nothing_but_a_check_is_a_door(page: str) -> None:
    assert is_door(page.encode(), "text/html; charset=utf-8")
    assert is_door(page.encode(), None)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (f"<article><h1>Что такое _cf_chl_opt</h1></article>{CLOUDFLARE}", "text/html"),
        (CLOUDFLARE + "<p>Абзац статьи" * 12, "text/html"),
        (CLOUDFLARE + " " * LARGEST, "text/html"),
        (f"<rss><description>{YANDEX}</description></rss>", "application/rss+xml"),
        ("<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>", "text/html"),
    ],
)
def test_a_page_that_only_speaks_of_one_or_has_its_script_is_none(page: str, kind: str) -> None:
    assert not is_door(page.encode(), kind)


def test_a_guards_refusal_is_told_from_the_sites() -> None:
    assert refuses(503, {"cf-mitigated": "challenge"})
    assert refuses(403, {"Server": "ddos-guard"})
    assert refuses(401, {"Server": "QRATOR"})
    assert not refuses(404, {"Server": "ddos-guard"})
    assert not refuses(403, {"Server": "nginx"})
