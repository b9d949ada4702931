"""The bench of corpora: what it reads, what it expects, what it calls wrong."""

import gzip
import json
from pathlib import Path

import pytest

from bench.corpus import documents, main
from bench.strictly import expected, says_valid

VALID = """<!--
  Description:  a feed
  Expect:       !Error
-->
<rss version="2.0"><channel><title>x</title><item><title>Мост &amp;amp; дорога</title>
<link>/1</link><pubDate>Tue, 17 Nov 2026 13:00:00 +0300</pubDate></item></channel></rss>"""


def test_a_corpus_is_read_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "valid.xml").write_text(VALID)
    (tmp_path / "invalid.xml").write_text(VALID.replace("!Error", "MissingElement"))
    (tmp_path / "broken.xml").write_text(VALID.replace("</item>", "<b>"))
    (tmp_path / "page.html").write_text("<html></html>")
    (tmp_path / "strings.json").write_text(json.dumps(["<script>", "\ud800", "&"]))
    assert main([str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["feeds"], found["failed"]) == (10, 8, [])
    assert found["feeds_with_expectation"] == 1
    for field in ("title", "url", "published_at"):
        assert (found[f"{field}_expected"], found[f"{field}_right"]) == (1, 1.0)
        assert found[f"{field}_right_feedparser"] == 1.0


def test_what_is_expected_is_what_the_standards_say() -> None:
    (entry,) = expected(VALID.encode(), "https://v.example/rss") or []
    assert (entry.title, entry.url) == ("Мост & дорога", "https://v.example/1")
    assert str(entry.published_at) == "2026-11-17 10:00:00+00:00"
    assert expected(VALID[:-9].encode(), "") is None
    assert expected(b"<html/>", "") is None


@pytest.mark.parametrize(
    ("comment", "valid"),
    [
        ("", True),
        ("<!-- Expect: !Error -->", True),
        ("<!-- Expect: ValidRFC2822Date{x} -->", True),
        ("<!-- by me --><!-- Expect:  InvalidRFC2822Date{x} -->", False),
    ],
)
def test_a_file_says_itself_whether_it_is_valid(comment: str, valid: bool) -> None:
    assert says_valid(f"{comment}<rss/>".encode()) == valid


def test_packed_files_are_read_unpacked_too(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(VALID.encode()))
    assert [body for _, body in documents([tmp_path])][1] == VALID.encode()
