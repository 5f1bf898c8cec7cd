"""The vocabulary files of the criteria engine: complete, and free of terms that would mean two things by accident."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.trials.criteria.conftest import DIAGNOSES, FINDINGS, MEASURES, SLUGS, Term, diagnosis_terms, folded, terms_of
from trials.criteria import attributes

YES_NO = sorted(attributes.YES_NO)
NUMBERS = sorted(attributes.NUMBERS)
CONTEXT = ("weakeners", "strong", "someone_else", "negative")


def repeated(pairs: Iterator[tuple[Term, str]]) -> list[tuple[Term, list[str]]]:
    """The terms that stand more than once, with the places where they do."""
    places: dict[Term, list[str]] = defaultdict(list)
    for term, place in pairs:
        places[term].append(place)
    return [(term, where) for term, where in places.items() if len(where) > 1]


@pytest.mark.parametrize("data", [FINDINGS, DIAGNOSES, MEASURES], ids=["findings", "diagnoses", "measures"])
def test_file_says_its_version_date_and_sources(data: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", data["version"])
    assert isinstance(data["date"], date)
    assert data["sources"]


@pytest.mark.parametrize("attribute", YES_NO)
def test_every_yes_no_attribute_has_terms(attribute: str) -> None:
    assert list(FINDINGS[attribute].get("whole", ())) or list(FINDINGS[attribute].get("tests", ()))


def test_findings_hold_no_attribute_outside_the_contract() -> None:
    helpers = {"organ_words", "bare_organs", "disease_words", "heads"}
    assert {key for key, value in FINDINGS.items() if isinstance(value, dict)} == set(YES_NO) | helpers


@pytest.mark.parametrize("attribute", YES_NO)
def test_no_term_has_two_roles_in_one_attribute(attribute: str) -> None:
    assert repeated(terms_of(attribute)) == []


def test_a_term_of_two_attributes_is_declared_ambiguous() -> None:
    pairs = ((term, attribute) for attribute in YES_NO for term, role in terms_of(attribute) if role != "not_these")
    declared = {folded(term) for term in FINDINGS["ambiguous"]}
    assert {term for term, _ in repeated(pairs)} == declared


@pytest.mark.parametrize("attribute", YES_NO)
def test_complete_lists_name_parts_that_exist(attribute: str) -> None:
    table = FINDINGS[attribute]
    named = {part for parts in table.get("complete", ()) for part in parts}
    assert named <= set(table.get("parts", {}))


@pytest.mark.parametrize("name", CONTEXT)
def test_context_list_is_there_and_repeats_nothing(name: str) -> None:
    assert FINDINGS[name]
    assert repeated((folded(term), name) for term in FINDINGS[name]) == []


def test_heads_and_organ_words_point_to_attributes_and_parts_of_the_contract() -> None:
    named = {key for head in FINDINGS["heads"].values() for key in head} - {"words", "nothing"}
    assert {name.partition(".")[0] for name in named | set(FINDINGS["organ_words"])} <= set(YES_NO)


def test_every_diagnosis_has_words_and_known_parents() -> None:
    tables = {key for key, value in DIAGNOSES.items() if isinstance(value, dict)}
    assert tables == set(SLUGS)
    for slug in set(SLUGS) - {"other"}:
        assert DIAGNOSES[slug]["words"]
        assert set(DIAGNOSES[slug]["wider"]) <= set(SLUGS)


def test_no_term_means_two_diagnoses() -> None:
    assert repeated(diagnosis_terms()) == []


def test_kinds_are_among_the_words_of_their_diagnosis() -> None:
    for slug in set(SLUGS) - {"other"}:
        assert set(DIAGNOSES[slug].get("kinds", ())) <= set(DIAGNOSES[slug]["words"])


def test_short_forms_with_several_meanings_stand_in_no_other_list() -> None:
    plain = {short for slug in set(SLUGS) - {"other"} for short in DIAGNOSES[slug]["abbreviations"]}
    ambiguous = {entry["word"] for entry in DIAGNOSES["ambiguous"]}
    assert not plain & ambiguous
    assert {"SS", "DM", "MS", "AS", "RA", "PM", "LN", "MPA"} <= ambiguous
    for entry in DIAGNOSES["ambiguous"]:
        assert entry["slug"] in SLUGS
        assert entry["alone"] or entry["anchors"], entry["word"]


def test_no_abbreviation_means_two_diagnoses() -> None:
    pairs = (((short,), slug) for slug in set(SLUGS) - {"other"} for short in DIAGNOSES[slug]["abbreviations"])
    assert repeated(pairs) == []


@pytest.mark.parametrize("attribute", NUMBERS)
def test_every_number_of_the_contract_has_names(attribute: str) -> None:
    assert MEASURES[attribute]["words"]


def measure_terms() -> Iterator[tuple[Term, str]]:
    for attribute in NUMBERS:
        yield from ((folded(term), attribute) for term in MEASURES[attribute]["words"])
    for joint in MEASURES["joint"]:
        assert set(joint["attributes"]) <= set(NUMBERS)
        yield from ((folded(term), "joint") for term in joint["words"])
    yield from ((folded(term), "unnamed") for terms in MEASURES["unnamed"].values() for term in terms)


def test_no_term_names_two_measures() -> None:
    assert repeated(measure_terms()) == []


@pytest.mark.parametrize("attribute", NUMBERS)
def test_a_measure_s_exclusions_are_not_its_names(attribute: str) -> None:
    names = {folded(term) for term in MEASURES[attribute]["words"]}
    assert not names & {folded(term) for term in MEASURES[attribute]["not_these"]}
