"""Codes of the engine in sentences; none is ever lost, none breaks a page."""

import pytest

from trials.criteria.checks import MESSAGES
from trials.criteria.repair import REASONS
from trials.criteria.vocabulary import problems_of
from trials.criteria_words import problem_sentence, repair_reason, warning_sentence
from trials.ingest.readings import FAILED


@pytest.mark.parametrize("code", [*MESSAGES, FAILED])
def test_every_warning_is_a_sentence_with_its_words_in_it(code):
    sentence = warning_sentence({"code": code, "criterion": "E4", "words": "100 % of 5 mg"})
    assert "%(" not in sentence and sentence[0].isupper()
    message = MESSAGES.get(code, "%(words)s")
    assert ("100 % of 5 mg" in sentence) == ("%(words)s" in message)


@pytest.mark.parametrize("code", REASONS)
def test_every_repair_has_its_reason(code):
    assert repair_reason(code).endswith(".")


def test_an_unknown_code_stands_for_itself():
    assert warning_sentence({"code": "brand_new", "criterion": None, "words": "5 %"}) == "brand_new 5 %"
    assert repair_reason("brand_new") == "brand_new"


def test_a_problem_is_told_with_its_values():
    [problem] = problems_of([{"id": "I1", "kind": "inclusion", "text": "100 %s", "join": "50 %", "rules": []}])
    assert problem_sentence(problem) == "I1: “50 %” is none of “all”, “any” and a number from 1."
