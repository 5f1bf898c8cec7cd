"""From the fields of a record to its links: origins, editors' words, MeSH, keywords, and what stays unmapped."""

import pytest

from trials.conditions import ConditionLink, ConditionMap, conditions_of, fold


def study(**fields: object) -> ConditionMap:
    given: dict[str, object] = {"titles": (), "conditions": (), "keywords": (), "mesh_terms": ()}
    return conditions_of(**(given | fields))  # type: ignore[arg-type]


def slugs(found: ConditionMap) -> dict[str, str]:
    return {link.slug: link.origin for link in found.links}


def test_one_link_for_each_condition_with_its_best_origin_and_words() -> None:
    found = study(
        titles=["Omalizumab for Lupus"],
        conditions=["Systemic Lupus Erthematosus", "Sjogren's Syndrome"],
        keywords=["Lupus", "Raynaud"],
        mesh_terms=["Lupus Erythematosus, Systemic", "Sjogren's Syndrome"],
    )
    assert found.links == (
        ConditionLink("sle", "condition", "Systemic Lupus Erthematosus"),
        ConditionLink("sjogren", "condition", "Sjogren's Syndrome"),
        ConditionLink("raynaud", "keyword", "Raynaud"),
    )
    assert found.unmapped == ()


def test_title_speaks_where_the_listed_conditions_do_not() -> None:
    found = study(titles=["CD19 CAR-T for Refractory Systemic Lupus Erythematosus"], conditions=["Safety", "Effective"])
    assert slugs(found) == {"sle": "title"}
    assert found.unmapped == ("Safety", "Effective")


def test_unmapped_terms_are_kept_as_written_and_each_once() -> None:
    found = study(conditions=["IgA Nephropathy (IgAN)", "iga nephropathy - IgAN", "Lupus", "  "])
    assert found.unmapped == ("IgA Nephropathy (IgAN)",)


@pytest.mark.parametrize(
    "keyword", ["Autoimmune disease", "Connective tissue disease", "lupus erythematosus cell test", "DM"]
)
def test_a_keyword_alone_makes_no_umbrella_and_counts_only_as_a_whole(keyword: str) -> None:
    assert slugs(study(conditions=["Temporal Arteritis"], keywords=[keyword])) == {"giant-cell-arteritis": "condition"}


@pytest.mark.parametrize(
    "keyword", ["active SLE", "Sjögren's syndrome", "Systemic Lupus Erythematosus (SLE)", "lupus patients"]
)
def test_a_keyword_that_is_a_condition_counts(keyword: str) -> None:
    assert list(slugs(study(keywords=[keyword])).values()) == ["keyword"]


def test_mesh_adds_a_condition_but_neither_family_nor_kind_of_one_that_the_record_names() -> None:
    assert slugs(study(mesh_terms=["Lupus Nephritis", "Nephritis"])) == {"lupus-nephritis": "mesh"}
    found = study(
        conditions=["Systemic Sclerosis", "Lupus Nephritis"],
        mesh_terms=["Scleroderma, Diffuse", "Scleroderma, Localized", "Lupus Erythematosus, Systemic", "Sclerosis"],
    )
    assert set(slugs(found)) == {"systemic-sclerosis", "lupus-nephritis"}


def test_mesh_branches_are_no_conditions() -> None:
    found = study(mesh_terms=["Connective Tissue Diseases", "Autoimmune Diseases", "Immune System Diseases"])
    assert found.links == ()


def test_a_copied_mesh_tree_makes_no_umbrella() -> None:
    tree = ["Arthritis, Rheumatoid", "Joint Diseases", "Musculoskeletal Diseases", "Connective Tissue Diseases"]
    assert set(slugs(study(conditions=tree))) == {"rheumatoid-arthritis"}
    assert "ctd" in slugs(study(conditions=["Arthritis, Rheumatoid", "Connective Tissue Diseases"]))


def test_a_disease_and_lung_disease_listed_side_by_side_are_one_more_condition() -> None:
    found = study(conditions=["Connective Tissue Diseases", "Interstitial Lung Disease"])
    assert slugs(found) == {"ctd": "condition", "ild": "condition", "ctd-ild": "condition"}
    assert found.links[-1].matched == "Connective Tissue Diseases + Interstitial Lung Disease"


def test_lung_disease_in_a_list_of_everything_stays_alone() -> None:
    listed = ["Scleroderma", "Interstitial Lung Disease", "Asthma", "COPD", "Anxiety", "Stroke", "Migraine"]
    assert set(slugs(study(conditions=listed))) == {"systemic-sclerosis", "ild"}


def test_an_editor_wins_over_the_list() -> None:
    editors = {
        fold("Immune Nephritis"): ("lupus-nephritis",),
        fold("Collagen Disorders"): (),
        fold("Lupus"): ("cutaneous-lupus",),
    }
    found = study(conditions=["immune nephritis", "Collagen disorder", "LUPUS"], editor_synonyms=editors)
    assert slugs(found) == {"lupus-nephritis": "condition", "cutaneous-lupus": "condition"}
    assert found.unmapped == ()


def test_an_editor_cannot_link_to_a_condition_that_we_do_not_have() -> None:
    with pytest.raises(KeyError):
        study(conditions=["Gout"], editor_synonyms={fold("Gout"): ("gout",)})


def test_a_study_without_words_has_no_links() -> None:
    assert study() == ConditionMap((), ())
