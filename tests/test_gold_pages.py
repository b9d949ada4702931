"""The bench of pages with gold text: how it counts, and that its folder is whole."""

import gzip
import json
from pathlib import Path

import pytest

from bench import gold_pages, goldset
from bench.gold_pages import furniture, score
from bench.goldset import Gold

TEXT = "Мост через реку закроют на ремонт.\n\nОбъезд пойдёт через посёлок Южный."
GOLD = Gold(name="bridge", body=b"", url="https://a.example/1", text=TEXT)


def test_the_gold_text_itself_is_perfect() -> None:
    result = score([GOLD], {"bridge": TEXT})
    assert (result.f1, result.furniture_pages, result.lost) == (1.0, 0, 0)


def test_a_foreign_line_costs_precision_and_is_named() -> None:
    text = TEXT + "\n\nПодпишитесь на наш канал в Telegram\n\nПоделиться"
    result = score([GOLD], {"bridge": text})
    assert list(furniture(TEXT, text)) == ["Подпишитесь на наш канал в Telegram", "Поделиться"]
    assert result.recall == 1.0
    assert result.precision < 0.6
    assert result.furniture_lines == 2


def test_a_lost_article_costs_recall_and_text_from_a_login_is_counted() -> None:
    login = Gold(name="login", body=b"", url="https://a.example/login")
    result = score([GOLD, login], {"bridge": "", "login": "Войдите, чтобы читать"})
    assert (result.lost, result.invented, result.recall) == (1, 1, 0.0)


def test_every_page_has_its_half_and_its_expectation() -> None:
    golds = goldset.read(goldset.OURS, None)
    halves = [{gold.name for gold in goldset.read(goldset.OURS, h)} for h in ("tune", "report")]
    assert len(golds) == len(list(goldset.OURS.glob("*.html"))) == 38
    assert not halves[0] & halves[1]
    assert [sum(gold.text is not None for gold in golds), len(halves[0])] == [30, 19]


def test_the_foreign_layout_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paragraphs = [f"Абзац номер {n} о том, как строили мост через реку." for n in range(9)]
    html = "<h1>Мост</h1><article>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a1.html.gz").write_bytes(gzip.compress(html.encode()))
    truth = {"a1": {"articleBody": "\n".join(paragraphs), "url": "https://a.example/1"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    assert gold_pages.main([str(tmp_path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["pages"], printed["ours"]["recall"]) == (1, 1.0)
