"""The data file: complete, free of cycles, and in words that people can read."""

import re
import tomllib
from pathlib import Path

import pytest

from trials import conditions as package
from trials.conditions import SYNC_QUERY, ancestors, by_slug, conditions, descendants, fold, resolve

DATA = tomllib.loads((Path(package.__file__).parent / "conditions.toml").read_text(encoding="utf-8"))
SLUGS = [condition.slug for condition in conditions()]

# The choices of the attribute `diagnosis` in the criteria contract, without "other".
CONTRACT = [
    "sle", "lupus-nephritis", "cutaneous-lupus", "neuropsychiatric-lupus", "systemic-sclerosis", "diffuse-ssc",
    "limited-ssc", "dermatomyositis", "polymyositis", "antisynthetase", "necrotizing-myopathy",
    "inclusion-body-myositis", "juvenile-dermatomyositis", "myositis", "sjogren", "mctd", "uctd", "ctd",
    "rheumatoid-arthritis", "juvenile-arthritis", "psoriatic-arthritis", "spondyloarthritis", "anca-vasculitis",
    "gpa", "mpa", "egpa", "giant-cell-arteritis", "takayasu", "behcet", "aps", "igg4-rd", "still", "ild", "ipf",
    "progressive-pulmonary-fibrosis", "pulmonary-arterial-hypertension", "raynaud", "immune-thrombocytopenia",
    "multiple-sclerosis", "myasthenia-gravis", "nmosd",
]  # fmt: skip


@pytest.mark.parametrize("slug", CONTRACT)
def test_every_diagnosis_of_the_contract_is_in_the_list(slug: str) -> None:
    assert by_slug(slug).slug == slug


def test_slugs_are_unique() -> None:
    assert len(SLUGS) == len(set(SLUGS))


def test_an_unknown_slug_is_an_error() -> None:
    with pytest.raises(KeyError):
        by_slug("other")


@pytest.mark.parametrize("slug", SLUGS)
def test_parents_exist_and_no_condition_is_its_own_ancestor(slug: str) -> None:
    assert set(by_slug(slug).parents) <= set(SLUGS)
    assert slug not in ancestors(slug)
    assert slug not in descendants(slug)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("lupus-nephritis", {"sle", "ctd", "rheumatic-disease", "autoimmune-disease"}),
        ("diffuse-ssc", {"systemic-sclerosis", "ctd"}),
        ("juvenile-dermatomyositis", {"dermatomyositis", "myositis", "ctd"}),
        ("ssc-ild", {"systemic-sclerosis", "ctd-ild", "ctd", "ild"}),
        ("ctd-ild", {"ctd", "ild"}),
        ("ra-ild", {"rheumatoid-arthritis", "ild"}),
        ("gpa", {"anca-vasculitis", "vasculitis"}),
    ],
)
def test_who_has_the_narrower_condition_has_the_wider_ones(narrow: str, wide: set[str]) -> None:
    assert wide <= ancestors(narrow)
    assert all(narrow in descendants(slug) for slug in wide)


def test_rheumatoid_arthritis_and_localized_scleroderma_are_kept_apart_from_their_neighbours() -> None:
    assert "ctd" not in ancestors("ra-ild")
    assert "systemic-sclerosis" not in ancestors("scleroderma-localized")
    assert "multiple-sclerosis" not in descendants("ctd")


def test_about_ten_core_conditions_stand_on_the_home_page_in_a_fixed_order() -> None:
    shown = sorted((condition for condition in conditions() if condition.home), key=lambda shown: shown.home or 0)
    assert [condition.home for condition in shown] == list(range(1, len(shown) + 1))
    assert 8 <= len(shown) <= 12
    assert all(condition.core for condition in shown)
    assert [condition.slug for condition in shown][:3] == ["sle", "lupus-nephritis", "systemic-sclerosis"]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_condition_is_found_by_its_own_names(slug: str) -> None:
    condition = by_slug(slug)
    for name in (condition.name, condition.clinical_name, *condition.lay, *condition.synonyms, *condition.spanish):
        found = {one.slug for one in resolve(name, typed=True)}
        assert slug in found or slug in {wider for one in found for wider in ancestors(one)}, name


def test_mesh_descriptors_have_the_form_of_mesh_and_belong_to_one_condition() -> None:
    numbers = [number for condition in conditions() for number, _ in condition.mesh]
    assert all(re.fullmatch(r"[DC]\d{6,9}", number) for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_no_respelled_word_is_unreachable_or_respelled_twice() -> None:
    words = DATA["words"]
    for wrong, right in words.items():
        assert wrong != right
        assert right not in words, f"{wrong} → {right} → {words[right]}"
        assert fold(wrong) == right


def test_rules_name_conditions_that_exist() -> None:
    for rule in DATA["ambiguous"]:
        assert {rule["slug"], *rule.get("company", ())} <= set(SLUGS), rule["short"]
        assert rule["short"] in by_slug(rule["slug"]).abbreviations or rule.get("any_case"), rule["short"]
    for combination in DATA["combination"]:
        assert {combination["disease"], "ild"} <= ancestors(combination["gives"])
    assert set(DATA["umbrellas"]) <= set(SLUGS)


def test_every_cased_abbreviation_belongs_to_a_condition() -> None:
    known = {short for condition in conditions() for short in condition.abbreviations}
    assert set(DATA["cased"]) <= known


def test_the_registry_query_is_balanced_and_short_enough_for_an_address() -> None:
    assert SYNC_QUERY.count("(") == SYNC_QUERY.count(")")
    assert SYNC_QUERY.count('"') % 2 == 0
    assert "\n" not in SYNC_QUERY
    assert len(SYNC_QUERY) < 1800


def test_the_registry_query_asks_for_every_core_condition() -> None:
    phrases = re.findall(r'"([^"]+)"', SYNC_QUERY)
    single_words = re.findall(r"[a-z-]{4,}", re.sub(r'"[^"]*"', "", SYNC_QUERY))
    asked = {fold(phrase) for phrase in (*phrases, *single_words)}
    for condition in conditions():
        forms = " | ".join(fold(form) for form in (condition.clinical_name, *condition.synonyms, *condition.lay))
        if condition.core:
            assert any(phrase in forms for phrase in asked), condition.slug
