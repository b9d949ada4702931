"""The bench of quality, kind by kind, over small files of our own: its keys are a promise."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.quality import KINDS, table
from bench.quality.__main__ import main

Row = Mapping[str, Any]
Run = Callable[..., dict[str, Any]]

FIRE = {
    "id": "a1",
    "outlet": "Томь-Медиа",
    "published_at": "2026-03-02T10:00:00+07:00",
    "language": "ru",
    "title": "В Юрге сгорел склад мебели на улице Кирова",
    "text": (
        "Ночью 2 марта в Юрге на площади 640 квадратных метров сгорел склад мебельной фабрики "
        "«Кедр». Пожар тушили 38 человек. Погибших нет, сообщил начальник гарнизона Пётр Зырянов."
        "\n\nУщерб оценивают в 12 миллионов рублей. Причину установит экспертиза."
    ),
    "topics": ["incidents"],
    "not_news": False,
    "story": "fire",
    "best_sentences": [
        "Ночью 2 марта в Юрге на площади 640 квадратных метров сгорел склад мебельной фабрики "
        "«Кедр»."
    ],
    "entities": {"persons": ["Пётр Зырянов"], "orgs": ["Кедр"], "places": ["Юрга"]},
}
AGAIN = FIRE | {
    "id": "a2",
    "outlet": "Вести Юрги",
    "published_at": "2026-03-02T12:00:00+07:00",
}
FLIGHT = {
    "id": "a3",
    "outlet": "Томь-Медиа",
    "published_at": "2026-03-03T09:00:00+07:00",
    "language": "ru",
    "title": "Авиакомпания откроет рейс Кемерово — Минск",
    "text": (
        "Авиакомпания «Белавиа» с 5 апреля откроет прямой авиарейс из аэропорта Кемерово в Минск. "
        "Самолёты полетят по вторникам, билет стоит 9800 рублей."
    ),
    "topics": ["flights"],
    "not_news": False,
    "story": "flight",
}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The object that one kind prints for these files, each a list of rows or a text."""

    def run(kind: str, *files: Sequence[Row] | str, options: Sequence[str] = ()) -> dict[str, Any]:
        paths = []
        for number, rows in enumerate(files):
            path = tmp_path / f"{number}{'.tsv' if isinstance(rows, str) else '.jsonl'}"
            path.write_text(
                rows if isinstance(rows, str) else "\n".join(map(json.dumps, rows)), "utf-8"
            )
            paths.append(str(path))
        assert main([kind, *paths, "--json", *options]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def test_topics_are_judged_by_slug(run: Run) -> None:
    rows = [FIRE, FLIGHT, FLIGHT | {"topics": ["flights", "moonshine"]}, {**FIRE, "topics": None}]
    found = run("topics", rows, options=["--compare"])
    assert found["n"] == 3
    assert found["f1_flights"] == 1
    assert found["classes"]["flights"] == {"precision": 1, "recall": 1, "f1": 1, "n": 2}
    assert found["confusion"]["incidents"] == {"incidents": 1}
    assert found["not_news_recall"] == 0
    assert {"macro_f1", "f1_flights", "f1_trade"} <= found["baseline"].keys()
    assert found["left_out"] == [
        "1 rows without topics",
        "the label moonshine, which is no topic of ours",
    ]


def test_topics_are_judged_by_the_eight_rubrics(run: Run) -> None:
    goal = "Хоккеисты выиграли матч чемпионата: команда забросила три шайбы в третьем периоде."
    table = f"GOLDEN:res\tINPUT:text\tINPUT:title\nsports\t{goal}\tМатч\nperhaps\t{goal}\tМатч\n"
    found = run("topics", table, options=["--compare"])
    assert (found["macro_f1"], found["accuracy"], found["n"]) == (1, 1, 1)
    assert found["left_out"] == ["1 rows without one of the eight rubrics"]
    assert found["baseline"]["macro_f1"] == 1


def test_pairs_are_judged(run: Run) -> None:
    header = "INPUT:first_title\tINPUT:first_text\tINPUT:second_title\tINPUT:second_text"
    fire, flight = (f"{a['title']}\t{' '.join(str(a['text']).split())}" for a in (FIRE, FLIGHT))
    rows = [f"{fire}\t{fire}\tOK", f"{fire}\t{flight}\tBAD", f"{fire}\t{flight}\tOK"]
    table = "\n".join([f"{header}\tGOLDEN:quality", *rows, f"{fire}\t{flight}\tUNKNOWN"])
    found = run("stories", table, options=["--compare"])
    assert (found["precision"], found["recall"], found["n"]) == (1, 0.5, 3)
    assert found["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["confusion"]["same"] == {"same": 1, "apart": 1}
    assert found["errors"][0]["expected"] == "same"
    assert found["left_out"] == ["1 pairs neither OK nor BAD"]
    assert found["baseline"]["f1"] == found["f1"]


def test_pairs_are_made_of_articles_with_stories(run: Run) -> None:
    found = run("stories", [FLIGHT, AGAIN, FIRE])
    assert found["f1"] == 1
    assert found["confusion"]["same"]["same"] == 1
    assert found["confusion"]["apart"]["apart"] >= 1


def test_stories_are_clustered_in_order_of_time(run: Run) -> None:
    unlabelled = FLIGHT | {"id": "a4", "story": None}
    found = run("clusters", [FLIGHT, AGAIN, FIRE, unlabelled], options=["--compare"])
    assert (found["b_cubed_f1"], found["twins_merged"], found["twins"]) == (1, 0, 0)
    assert (found["stories"], found["stories_found"], found["n"]) == (2, 2, 3)
    assert found["left_out"] == ["1 articles without a story"]
    assert found["baseline"]["b_cubed_f1"] == 1


def test_chapters_of_one_thread_are_counted(run: Run) -> None:
    arrest = FLIGHT | {"thread": "cedar", "story": "arrest"}
    found = run("clusters", [FIRE | {"thread": "cedar"}, arrest])
    assert (found["chapters_f1"], found["classes"]["chapters"]["n"]) == (0, 1)
    assert run("clusters", [FIRE, FLIGHT])["chapters_f1"] is None


def test_merged_twins_are_counted(run: Run) -> None:
    twin = AGAIN | {"story": "another fire", "twin_of": "fire"}
    found = run("clusters", [FIRE, twin])
    assert (found["twins_merged"], found["twins"]) == (1, 1)
    assert found["errors"][0] == {"twins merged": "another fire and fire"}


def test_summaries_are_compared_with_the_best_sentences(run: Run) -> None:
    found = run("summaries", [FIRE, FLIGHT], options=["--compare"])
    assert found["n"] == 1
    assert 0 < found["rouge_l"] <= 1
    assert 0 < found["rouge_l_lead_2"] <= 1
    assert found["baseline"] == {"rouge_l": found["rouge_l_lead_2"]}
    assert found["classes"]["sentences"]["n"] == 1


def test_summaries_are_shown_for_a_person_to_judge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tune.jsonl"
    best = [FLIGHT["text"].partition(" Самолёты")[0]]
    path.write_text(json.dumps(FLIGHT | {"best_sentences": best}), "utf-8")
    assert main(["summaries", str(path), "--show", "5"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith(f"1. **{FLIGHT['title']}** (0.")
    assert shown[1:] == [f"   - ours: {FLIGHT['text']}", f"   - editor: {best[0]}"]
    reported = path.rename(tmp_path / "report.articles.jsonl")
    with pytest.raises(SystemExit):
        main(["summaries", str(reported), "--show", "5"])


def test_names_are_judged_by_kind(run: Run) -> None:
    lower = FIRE | {"entities": {"places": ["юрга"]}}
    found = run("entities", [lower, FLIGHT], options=["--compare"])
    assert found["n"] == 1
    assert found["classes"]["places"]["recall"] == 1
    assert {"f1", "f1_persons", "f1_orgs", "f1_places"} <= found["baseline"].keys()
    assert found["f1_places"] == found["classes"]["places"]["f1"]


def test_a_question_finds_what_was_published_when_it_was_asked(run: Run) -> None:
    question = {
        "q": "Сколько стоит билет из Кемерово в Минск?",
        "asked_at": "2026-03-03T10:00:00+07:00",
        "expected": ["flight"],
        "answer_contains": ["9800 рублей"],
        "no_answer": False,
    }
    early = question | {"asked_at": "2026-03-02T11:00:00+07:00"}
    by_article = question | {"expected": ["a3"]}
    nobody = {"q": "Что случилось в Антарктиде?", "asked_at": early["asked_at"], "no_answer": True}
    lost = question | {"expected": ["no such story"]}
    found = run(
        "questions",
        [FIRE, AGAIN, FLIGHT],
        [question, early, by_article, nobody, lost],
        options=["--compare"],
    )
    assert found["first"] == found["first_three"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["answered"] == pytest.approx(2 / 3, abs=1e-4)
    assert (found["wrongly_answered"], found["answerable"], found["no_answer"]) == (0, 3, 1)
    assert found["held_close"] == 0
    assert found["left_out"] == ["1 questions whose stories are not there"]
    assert {"first", "first_three", "answered", "wrongly_answered"} <= found["baseline"].keys()


def test_a_person_reads_the_same_and_the_worst_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({**FIRE, "topics": ["sport"]}), "utf-8")
    assert main(["topics", str(path), "--errors"]) == 0
    said = capsys.readouterr()
    assert "macro_f1  0" in said.out
    assert "Worst of 1 mistakes:" in said.out
    assert json.loads(said.err)["expected"] == "sport"


@pytest.mark.parametrize(("name", "options"), [("report.x.jsonl", []), ("x.jsonl", ["--short"])])
def test_rows_of_the_half_that_is_reported_are_never_shown(
    name: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps({**FIRE, "topics": ["sport"]}), "utf-8")
    for form in (["--json"], ["--errors"]):
        assert main(["topics", str(path), *form, *options]) == 0
        said = capsys.readouterr()
        assert "Юрге" not in said.out + said.err


def test_the_table_holds_every_kind_beside_its_aim(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = {"q": "Что сгорело в Юрге?", "asked_at": "2026-03-04T10:00:00+07:00"}
    half = tmp_path / "half"
    articles = "\n".join(map(json.dumps, (FIRE, AGAIN, FLIGHT)))
    Path(f"{half}.articles.jsonl").write_text(articles, "utf-8")
    Path(f"{half}.questions.jsonl").write_text(json.dumps(question | {"expected": ["a1"]}), "utf-8")
    assert table.main([str(half)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split(" | ")[0] for line in lines[2:]} == {f"| {kind}" for kind in KINDS}
    assert "| clusters | twins_merged | 3 | ≤ 0 | 0 | 0 | met |" in lines
    assert "| questions | first | 1 | ≥ 0.850 | 1.000 | 1.000 | met |" in lines
    assert table.main([str(tmp_path / "none")]) == 1


def test_a_new_table_takes_the_place_of_the_old_one() -> None:
    text = "a\n<!-- quality -->\nold\n<!-- /quality -->\nb"
    assert table.record(text, ["new"]) == text.replace("old", "new")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nnonsense", "line 2: it is no JSON"),
        ("[]", "line 1: it is no JSON object"),
        ('{"title": "a"}', "line 1: it has no text"),
        ('{"title": "a", "text": "b", "published_at": "soon"}', "line 1: published_at is not"),
        ('{"title": "a", "text": "b"}', "line 1: it has no published_at"),
        (json.dumps({**FIRE, "topics": "sport"}), "line 1: topics is not a list"),
        (json.dumps({**FIRE, "entities": []}), "line 1: entities is not an object"),
    ],
)
def test_a_bad_line_is_named_in_one_sentence(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, "utf-8")
    assert main(["clusters", str(path), "--json"]) == 1
    error = capsys.readouterr().err
    assert f"{path}, {said}" in error
    assert error.count("\n") == 1


def test_half_a_character_is_printed_as_a_question_mark(run: Run) -> None:
    found = run("entities", [FIRE | {"entities": {"orgs": ["\ud800"]}}])
    assert found["errors"][0]["missed"] == "? (orgs)"


def test_a_file_that_is_not_there_and_a_lone_file_of_questions_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stories", str(tmp_path / "none.tsv")]) == 1
    assert main(["questions", str(tmp_path / "none.jsonl")]) == 1
    assert "two files" in capsys.readouterr().err


def test_two_articles_of_one_id_are_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(FIRE)}\n{json.dumps(FIRE)}", "utf-8")
    assert main(["clusters", str(path)]) == 1
    assert "the id «a1»" in capsys.readouterr().err
