"""Under which conditions a study is found, from its links and its criteria."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bundled import SAMPLE
from trials.admission import Admission, Admitted
from trials.conditions import ancestors, conditions, conditions_of
from trials.coverage import GROUPS, Coverage, coverage
from trials.criteria import engine
from trials.criteria.diagnoses import diagnoses
from trials.criteria.model import Criterion, Kind, Rule, Study

CTD_ILD = (("ctd-ild", "title"),)
AUTOIMMUNE = (("autoimmune-disease", "condition"),)


def admitted(inclusion="", exclusion="", title="A study"):
    heads = (("Inclusion Criteria", inclusion), ("Exclusion Criteria", exclusion))
    text = "\n\n".join(f"{head}:\n\n* {words}" for head, words in heads if words)
    return Admitted(engine.parse(Study("NCT90000001", text, title)).criteria)


def of(links, inclusion="", exclusion="") -> Coverage:
    return coverage(links, admitted(inclusion, exclusion))


def found_under(one: Coverage, *slugs: str) -> list[bool]:
    return [slug in one.slugs for slug in slugs]


@pytest.mark.parametrize(
    ("links", "inclusion", "exclusion", "found", "not_found"),
    [
        # NCT06189495: a title of CTD-ILD, criteria that take two diseases.
        (CTD_ILD, "Diagnosis of rheumatoid arthritis or systemic sclerosis", "",
         "ctd-ild ra-ild ssc-ild systemic-sclerosis rheumatoid-arthritis", "myositis sle sjogren mctd myositis-ild"),
        # NCT06574581: "such as" names examples.
        (CTD_ILD, "Connective tissue diseases such as dermatomyositis, scleroderma, systemic lupus erythematosus,"
         " rheumatoid arthritis, or Sjogren's syndrome", "",
         "ctd-ild sle sjogren dermatomyositis systemic-sclerosis ra-ild mctd uctd", "ipf"),
        # NCT06887985: a list beneath one item.
        (AUTOIMMUNE, "Diagnosed with one of:\n  1. Systemic lupus erythematosus\n  2. Systemic sclerosis", "",
         "sle systemic-sclerosis autoimmune-disease", "myositis sjogren multiple-sclerosis"),
        # NCT07148791: a disease of its own that lists a family, too.
        ((("igg4-rd", "condition"), *AUTOIMMUNE), "2019 ACR/EULAR classification criteria for IgG4-related disease", "",
         "igg4-rd autoimmune-disease", "sle systemic-sclerosis myositis"),
        # NCT06476470: a registry of lung disease whose criteria take that of connective tissue diseases.
        ((("ild", "condition"), ("ctd-ild", "criteria")), "ILD, including IPF and CTD-ILD", "", "sle myositis ild", ""),
        (AUTOIMMUNE, "Autoimmune disease such as lupus", "", "sle myositis", ""),
        (AUTOIMMUNE, "Systemic lupus erythematosus or other autoimmune diseases", "", "sle myositis", ""),
        (AUTOIMMUNE, "Adults", "", "sle myositis aps gpa", "giant-cell-arteritis lupus-nephritis ssc-ild"),
        ((("ctd", "title"),), "Diagnosis of connective tissue disease", "Mixed connective tissue disease",
         "sle sjogren uctd", "mctd"),
        ((("ctd", "title"),), "Connective tissue disease without lupus", "", "sjogren mctd", "sle"),
        ((("sle", "title"),), "Active disease", "", "sle ctd autoimmune-disease", "lupus-nephritis systemic-sclerosis"),
        # NCT04917705: groups of people of whom only some were understood leave nobody out.
        ((("myositis", "condition"), ("systemic-sclerosis", "condition")),
         "Control population without myositis\n* Confirmed myositis\n* Early diffuse systemic sclerosis", "",
         "dermatomyositis myositis diffuse-ssc", ""),
        # NCT02584517: a keyword says what a study is near to.
        ((("dermatomyositis", "condition"), ("myositis", "keyword")), "Adults", "", "myositis", "polymyositis"),
        # NCT04387942: "vasculitis" is the name on our list for a vasculitis that has none there.
        ((("vasculitis", "condition"),), "Adults", "", "vasculitis", "gpa anca-vasculitis"),
        ((("polymyalgia", "condition"), ("sle", "title")), "Adults", "", "sle", ""),
    ],
)  # fmt: skip
def test_where_a_study_is_found(links, inclusion, exclusion, found, not_found):
    one = of(links, inclusion, exclusion)
    assert {slug: slug in one.slugs for slug in (f"{found} {not_found}").split()} == {
        slug: slug in found.split() for slug in (f"{found} {not_found}").split()
    }


def test_why_a_study_is_found():
    one = of((("ctd", "condition"), ("ild", "condition")), "Connective tissue disease such as Sjogren's syndrome")
    assert one.explicit == {"ctd", "ild"}
    assert one.by_criteria == {"sjogren", "ctd-ild"} and one.named_in["sjogren"] == "I1"
    assert one.by_umbrella["sle"] == "ctd" and "sle" not in one.unsaid and "sle" not in one.wide


def test_a_list_shorter_than_the_name_of_the_record():
    one = of(CTD_ILD, "Diagnosis of rheumatoid arthritis or systemic sclerosis with ILD")
    assert (one.restricted_to, one.group) == (("rheumatoid-arthritis", "systemic-sclerosis"), "ctd-ild")
    assert of(CTD_ILD, "Connective tissue disease").restricted_to == ()


def test_a_disease_that_the_record_names_and_the_list_leaves_out_stays_and_the_list_is_not_called_whole():
    one = of((("psoriatic-arthritis", "title"), ("rheumatic-disease", "title")), "Rheumatoid arthritis")
    assert one.restricted_to == () and {"psoriatic-arthritis", "still"} <= one.slugs


def test_a_group_that_the_criteria_do_not_name_is_unsaid_and_one_too_wide_comes_last():
    said, unsaid = of((("ctd", "title"),), "Connective tissue disease"), of((("ctd", "title"),), "Adults")
    assert "sle" not in said.unsaid | said.wide
    assert "sle" in unsaid.unsaid and "sle" not in unsaid.wide
    assert {"sle", "ctd"} <= of(AUTOIMMUNE, "Adults").wide and "autoimmune-disease" not in of(AUTOIMMUNE).wide


def test_a_group_beside_one_of_its_kinds_comes_last_for_the_others():
    one = of((("systemic-sclerosis", "title"), ("ctd", "condition")), "Adults")
    assert "sle" in one.wide and one.wide.isdisjoint({"ctd", "systemic-sclerosis"})


def test_what_is_excluded_in_some_form_is_not_excluded():
    one = of((("ctd", "title"),), "Diagnosis of systemic lupus erythematosus", "Systemic lupus erythematosus")
    assert "sle" in one.slugs and not one.excluded


def test_a_study_without_links_and_criteria_is_found_under_nothing():
    assert coverage((), Admitted()) == Coverage()


SLUGS = [condition.slug for condition in conditions()]
links_of = st.lists(
    st.tuples(st.sampled_from([*SLUGS, "gone"]), st.sampled_from(["condition", "title", "keyword", "mesh"])), max_size=5
)
diagnosis = st.builds(
    lambda op, value, partial: Rule("diagnosis", op, tuple(value), partial=partial),
    st.sampled_from(["in", "not in"]),
    st.lists(st.sampled_from(sorted(diagnoses())), min_size=1, max_size=4, unique=True),
    st.booleans(),
)


@st.composite
def criteria_of(draw):
    made = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(st.sampled_from(list(Kind)))
        above = [one.id for one in made if one.kind is kind]
        made.append(
            Criterion(
                f"{kind.value[0].upper()}{number}", kind, draw(st.sampled_from([None, *above])), "Words", 0, 0,
                draw(st.sampled_from(["all", "any", None, 2])), draw(st.sampled_from([None, 1])),
                tuple(draw(st.lists(diagnosis, max_size=2))),
            )
        )  # fmt: skip
    return made


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(links_of, criteria_of())
def test_found_under_all_wider_ones_never_where_kept_out_and_never_less_for_want_of_criteria(links, criteria):
    read = Admitted(criteria)
    one, unread = coverage(links, read), coverage(links, Admitted())
    assert one.slugs == one.covered.union(*(ancestors(slug) for slug in one.covered))
    assert not [slug for slug in one.covered if read.of(slug) is Admission.EXCLUDED]
    added = one.by_criteria | {slug for slug, group in one.by_umbrella.items() if group in one.by_criteria}
    assert one.covered - added <= unread.covered
    assert one.explicit.isdisjoint(one.by_criteria) and one.by_umbrella.keys().isdisjoint(
        one.by_criteria | one.explicit
    )
    assert one.wide <= one.slugs and one.unsaid <= one.by_umbrella.keys()
    assert set(one.by_umbrella.values()) <= GROUPS


def test_the_bundled_studies_say_so_of_the_two_that_readers_were_misled_by():
    def bundled(nct_id):
        record = json.loads((SAMPLE / f"{nct_id}.json").read_text())
        parts = record["protocolSection"]
        mapping = conditions_of(
            titles=(parts["identificationModule"]["briefTitle"], parts["identificationModule"]["officialTitle"]),
            conditions=parts["conditionsModule"]["conditions"], keywords=(), mesh_terms=(),
        )  # fmt: skip
        links = [(link.slug, link.origin) for link in mapping.links]
        return coverage(links, Admitted(engine.parse(engine.study_of(record)).criteria))

    assert found_under(bundled("NCT06189495"), "ssc-ild", "ra-ild", "ctd-ild", "myositis", "sle") == [1, 1, 1, 0, 0]
    assert found_under(bundled("NCT06574581"), "sle", "sjogren", "dermatomyositis") == [1, 1, 1]
