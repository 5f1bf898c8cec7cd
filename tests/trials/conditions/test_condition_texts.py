"""What patients read about a condition: short sentences, plain words, no advice and no promise."""

import re

import pytest

from trials.conditions import Condition, conditions

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SILENT_E = ("le", "ee", "ie", "ye", "oe")


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower().replace("ö", "o").replace("ç", "c"))
    count = len(re.findall(r"[aeiouy]+", letters))
    if letters.endswith("e") and not letters.endswith(_SILENT_E):
        count -= 1
    if letters.endswith("ed") and not letters.endswith(("ted", "ded")):
        count -= 1
    return max(count, 1)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?:])\s+", text) if sentence]


def grade(text: str) -> float:
    """Flesch-Kincaid grade: years of (US) schooling that a text asks for."""
    words = _WORD.findall(text)
    per_sentence = len(words) / len(_sentences(text))
    per_word = sum(map(_syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def test_the_reading_grade_tells_plain_from_hard() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 2
    assert grade("Interstitial pulmonary manifestations necessitate multidisciplinary evaluation.") > 15


@pytest.mark.parametrize("condition", conditions(), ids=lambda condition: condition.slug)
def test_summary_and_body_are_easy_to_read(condition: Condition) -> None:
    assert 2 <= len(_sentences(condition.summary)) <= 4
    assert 1 <= len(condition.body) <= 2
    assert grade(condition.summary) <= 9
    assert grade(" ".join(condition.body)) <= 9


@pytest.mark.parametrize("condition", conditions(), ids=lambda condition: condition.slug)
def test_no_sentence_is_longer_than_twenty_words(condition: Condition) -> None:
    for text in (condition.summary, *condition.body):
        for sentence in _sentences(text):
            assert len(_WORD.findall(sentence)) <= 20, sentence


@pytest.mark.parametrize("condition", conditions(), ids=lambda condition: condition.slug)
def test_texts_are_clean_and_give_no_advice_and_no_promise(condition: Condition) -> None:
    for text in (condition.name, condition.clinical_name, condition.summary, *condition.body):
        assert text == text.strip() != ""
        assert "  " not in text
        assert "\n" not in text
        assert not re.search(r"\b(you should|must|cure[ds]?|safe|effective|better treatment|ask your)\b", text, re.I)
    assert all(text[-1] == "." for text in (condition.summary, *condition.body))


def test_the_average_grade_stays_near_six() -> None:
    grades = [grade(condition.summary) for condition in conditions()]
    assert sum(grades) / len(grades) <= 6.5
