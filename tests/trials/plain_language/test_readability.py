"""Syllables, sentences and grades, counted by our own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.plain_language.readability import grade, measure, sentences_of, syllables, words_of

SPOKEN = {
    "lupus": 2, "disease": 2, "lungs": 1, "pregnant": 2, "study": 2, "people": 2, "medicine": 3, "tested": 2,
    "taken": 2,
    "used": 1,
    "table": 2, "little": 2, "muscle": 2, "muscles": 2, "doses": 2, "changes": 2, "diseases": 3,
    "arthritis": 3,
    "systemic": 3, "erythematosus": 6, "hepatitis": 4, "azathioprine": 5, "biological": 5, "serious": 3, "patient": 2,
    "science": 2, "area": 3, "react": 2, "create": 2, "treated": 2, "being": 2,
    "placebo": 3, "bacteria": 4, "anemia": 4,
    "special": 2, "million": 2, "injection": 3, "given": 2, "failure": 2,
    "houses": 2, "inches": 2, "annual": 3,
    "diabetes": 4, "variety": 4, "Sjögren's": 2, "methotrexate": 4, "antibodies": 4, "myositis": 4, "scale": 1,
    "eyes": 1, "beyond": 2, "you": 1, "polyarteritis": 6,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SPOKEN.items())
def test_syllables_as_an_english_reader_speaks_them(word, count):
    assert syllables(word) == count


def test_an_abbreviation_is_read_letter_by_letter_and_a_number_is_one_word():
    assert syllables("HIV") == 3
    assert syllables("2,500") == 1
    assert words_of("HIV 2,500 Sjögren's 18-75") == ["HIV", "2,500", "Sjögren's", "18", "75"]


def test_a_decimal_point_ends_no_sentence():
    assert sentences_of("It is 2.5 mg. You have lupus.") == ["It is 2.5 mg.", "You have lupus."]


def test_grade_is_the_formula_of_kincaid():
    # 8 words in two sentences, 10 syllables
    assert grade("You have lupus now.", "Your doctor knows it.") == pytest.approx(0.39 * 4 + 11.8 * 10 / 8 - 15.59)


def test_longest_sentence_and_smog():
    counted = measure(["You have had an infection in the last month.", "No."])
    assert (counted.sentences, counted.longest, counted.long_words) == (2, 9, 1)
    assert counted.smog == pytest.approx(1.0430 * (1 * 30 / 2) ** 0.5 + 3.1291)


def test_nothing_has_grade_zero():
    assert measure([]).grade == measure(["", "…"]).grade == measure([]).smog == 0.0


@given(st.text())
def test_any_text_can_be_measured(text):
    counted = measure([text])
    assert counted.words >= counted.sentences >= 0
    assert counted.syllables >= counted.words
