"""The web server: health, metrics, and a taken port told in one sentence."""

from collections.abc import Mapping

import aiohttp
import pytest

from bot.web import Figures, WebError, house_routes, serve


async def figures() -> Figures:
    return {"svodka_articles": 3, "svodka_deliveries": {"sent": 2, "unknown": 0}}


@pytest.mark.parametrize(("ok", "status"), [(True, 200), (False, 503)])
async def test_health_says_whether_all_is_well(ok: bool, status: int) -> None:
    async def healthy() -> Mapping[str, object]:
        return {"ok": ok}

    server = await serve(house_routes(healthy, figures), host="127.0.0.1", port=0)
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{server.port}/health") as answer,
    ):
        assert answer.status == status
        assert await answer.json() == {"ok": ok}
    await server.close()


async def test_metrics_are_prometheus_text() -> None:
    async def healthy() -> Mapping[str, object]:
        return {"ok": True}

    server = await serve(house_routes(healthy, figures), host="127.0.0.1", port=0)
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{server.port}/metrics") as answer,
    ):
        text = await answer.text()
    await server.close()
    assert "svodka_articles 3.0" in text
    assert 'svodka_deliveries{state="sent"} 2.0' in text


async def test_a_taken_port_is_named_with_its_cure() -> None:
    first = await serve([], host="127.0.0.1", port=0)
    with pytest.raises(WebError, match="HTTP_PORT"):
        await serve([], host="127.0.0.1", port=first.port)
    await first.close()
