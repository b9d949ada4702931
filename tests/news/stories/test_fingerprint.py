"""Reprints are told by their text alone, the same in every process."""

import subprocess
import sys
from statistics import fmean

import pytest

from bot.news.stories.fingerprint import PERMUTATIONS, REPRINT, SHINGLE, minhash, similarity

WORDS = [f"слово{i * 7919 % 1000}" for i in range(300)]


def test_a_fingerprint_is_64_numbers_of_32_bits():
    found = minhash(WORDS)
    assert len(found) == PERMUTATIONS == 64
    assert all(0 <= number < 2**32 for number in found)


def test_the_same_text_has_the_same_fingerprint_in_another_process():
    code = (
        "from bot.news.stories.fingerprint import minhash;"
        "print(minhash([f'слово{i * 7919 % 1000}' for i in range(300)]))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout.strip() == str(minhash(WORDS))


def test_a_reprint_with_a_new_lead_and_two_changed_words_is_still_a_reprint():
    edited = ["новое", "начало", "заметки", *WORDS[3:]]
    edited[100], edited[200] = "правка", "вторая"
    assert REPRINT <= similarity(minhash(WORDS), minhash(edited)) < 1


def test_other_words_are_no_reprint():
    others = [f"иное{i}" for i in range(300)]
    assert similarity(minhash(WORDS), minhash(others)) < 0.1


def test_similarity_is_about_the_share_of_common_shingles():
    half = WORDS[:150] + [f"иное{i}" for i in range(150)]
    assert 0.2 < similarity(minhash(WORDS), minhash(half)) < 0.45  # 147 of 447 shingles


@pytest.mark.parametrize("words", [12, 40, 200])
def test_similarity_errs_little_however_short_the_texts(words: int) -> None:
    errors = []
    for shared in range(4, words, max(1, words // 20)):
        one = WORDS[:words]
        other = one[:shared] + [f"иное{i}" for i in range(words - shared)]
        common = shared - SHINGLE + 1
        jaccard = common / (2 * (words - SHINGLE + 1) - common)
        errors.append(similarity(minhash(one), minhash(other)) - jaccard)
    assert max(map(abs, errors)) < 0.15
    assert abs(fmean(errors)) < 0.03


def test_texts_without_words_or_with_one_are_no_trouble():
    assert minhash([]) == ()
    assert similarity((), ()) == 0.0
    assert similarity(minhash(["да"]), ()) == 0.0
    assert similarity(minhash(["да"]), minhash(["да"])) == 1.0
