"""What people read: short sentences in plain words, without advice to take part and without promises.

Names of illnesses, medicines, antibodies and tests stand on people's own papers and cannot be said otherwise. In the
grade each counts as a short word.
"""

import re
from collections.abc import Iterator
from statistics import median

import pytest

from trials.conditions import conditions
from trials.drugs.data import ROWS
from trials.plain_language.linter import findings
from trials.plain_language.readability import grade, measure
from trials.questions.model import Question
from trials.questions.reading import questions

_SHORT_FORMS = re.compile(r"\b[A-Za-z]*[A-Z]\w*[A-Z0-9]\w*(?:-\w+)*")  # FVC, mRSS, DAS28, SLEDAI-2K, dsDNA
_ON_PAPERS = {
    "tuberculosis", "hypertension", "psychosis", "dementia", "hepatitis", "antinuclear", "antibodies",
    "antiphospholipid", "anticoagulant", "cardiolipin", "topoisomerase", "creatinine", "bilirubin", "hemoglobin",
    "platelets", "chronic", "obstructive", "pulmonary", "disease", "vasculitis", "Sjögren’s", "plasmapheresis",
    "immunoglobulins",
}  # fmt: skip


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text))


# In the lists: what a doctor calls it, and brands.
_NAMES = {
    word.lower()
    for one in conditions()
    for text in (one.clinical_name, *one.abbreviations, *one.synonyms)
    for word in _words(text)
} | {word.lower() for row in ROWS for text in (row["name"], *row.get("spellings", ())) for word in _words(text)}


def counted(text: str, names: frozenset[str] | set[str] = frozenset()) -> str:
    text = _SHORT_FORMS.sub("it", text)
    return re.sub(
        r"[^\W\d_]+(?:’s)?", lambda one: "it" if one[0] in _ON_PAPERS or one[0].lower() in names else one[0], text
    )


def sentences(question: Question) -> Iterator[str]:
    texts = [question.text, question.help]
    texts += [text for field in question.fields for text in (field.text, field.help)]
    yield from filter(None, texts)


def lines(question: Question) -> Iterator[str]:
    """What explains a choice."""
    yield from (choice.help for field in question.fields for choice in field.choices if choice.help)


def everything(question: Question) -> Iterator[str]:
    yield from (question.group, *sentences(question), *lines(question))
    for field in question.fields:
        yield from (field.name, *(unit.name for unit in field.units), *(choice.name for choice in field.choices))


def slug(question: Question) -> str:
    return question.slug


@pytest.mark.parametrize("question", questions(), ids=slug)
def test_every_text_is_easy_enough(question: Question) -> None:
    assert {text: round(grade(counted(text)), 1) for text in sentences(question) if grade(counted(text)) > 8} == {}
    harder = {text: grade(counted(text, _NAMES)) for text in lines(question)}
    assert {text: round(one, 1) for text, one in harder.items() if one > 8} == {}


def test_the_texts_together_are_easier_than_the_limit() -> None:
    texts = [counted(text) for question in questions() for text in sentences(question)]
    assert len(texts) > 150 and median(grade(text) for text in texts) <= 6 and grade(*texts) <= 6


@pytest.mark.parametrize("question", questions(), ids=slug)
def test_no_sentence_is_longer_than_twenty_words(question: Question) -> None:
    assert [text for text in everything(question) if measure([text]).longest > 20] == []


@pytest.mark.parametrize("question", questions(), ids=slug)
def test_no_text_promises_presses_or_advises(question: Question) -> None:
    assert [(text, one.rule) for text in everything(question) for one in findings(text)] == []


@pytest.mark.parametrize("question", questions(), ids=slug)
def test_sentences_end_and_names_do_not(question: Question) -> None:
    helps = [text for text in (question.help, *(field.help for field in question.fields)) if text]
    assert [text for text in helps if not text.endswith((".", "?", "!"))] == []
    assert [field.name for field in question.fields if len(field.name.split()) > 12] == []


def test_a_diagnosis_is_called_here_what_it_is_called_elsewhere() -> None:
    names = {one.slug: one.name for one in conditions()}
    listed = {
        choice.slug: choice.name
        for question in questions()
        for field in question.fields
        if field.attribute == "diagnosis"
        for choice in field.choices
    }
    assert {slug: name for slug, name in listed.items() if names[slug] != name} == {}
