"""What is not ticked: ruled out where people know, and only there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from trials.criteria.diagnoses import wider_than
from trials.criteria.model import Kind, Rule, Within
from trials.criteria.treatments import classes_with
from trials.matching.answers import Answers, Taken
from trials.matching.facts import finding
from trials.questions.model import Kind as Asked
from trials.questions.reading import question_of, questions
from trials.questions.unticked import never_taken, offered, ruled_out

KINDS = question_of("kinds").fields[0]
CONDITIONS = [choice.slug for choice in question_of("condition").fields[0].choices]
LISTS = [question for question in questions() if question.fields[0].kind is Asked.TREATMENTS]


def test_kinds_are_offered_beside_the_wider_disease_too() -> None:
    slugs = {choice.slug for choice in offered(KINDS, {"sle"})}
    assert {"lupus-nephritis", "neuropsychiatric-lupus", "cutaneous-lupus", "ild", "raynaud"} <= slugs
    assert slugs.isdisjoint({"diffuse-ssc", "gpa", "dermatomyositis", "ipf", "sle"})
    assert offered(KINDS, {"multiple-sclerosis"}) == ()


def test_who_has_lupus_and_did_not_tick_the_kidneys_has_no_nephritis() -> None:
    assert "lupus-nephritis" in ruled_out(KINDS, {"sle"}, set())
    assert "lupus-nephritis" not in ruled_out(KINDS, {"sle"}, {"lupus-nephritis"})


def test_who_ticked_no_kind_of_systemic_sclerosis_does_not_know_it() -> None:
    assert ruled_out(KINDS, {"systemic-sclerosis"}, set()).isdisjoint({"diffuse-ssc", "limited-ssc"})
    assert "limited-ssc" in ruled_out(KINDS, {"systemic-sclerosis"}, {"diffuse-ssc"})


def test_what_many_do_not_know_is_never_ruled_out() -> None:
    out = ruled_out(KINDS, {"myositis"}, {"dermatomyositis"})
    assert "inclusion-body-myositis" in out
    assert out.isdisjoint({"antisynthetase", "necrotizing-myopathy", "progressive-pulmonary-fibrosis"})


ticks = st.tuples(
    st.frozensets(st.sampled_from(CONDITIONS), min_size=1, max_size=4),
    st.frozensets(st.sampled_from([choice.slug for choice in KINDS.choices]), max_size=4),
)


@settings(deadline=None)
@given(ticks)
def test_nothing_that_a_person_has_is_ruled_out(ticked: tuple[frozenset[str], frozenset[str]]) -> None:
    conditions, kinds = ticked
    have = conditions | kinds
    out = ruled_out(KINDS, conditions, kinds)
    assert out.isdisjoint(have.union(*map(wider_than, have)))
    answers = Answers(diagnoses=have, ruled_out=out)
    for slug in have.union(*map(wider_than, have)):
        assert finding(Rule("diagnosis", "in", (slug,)), Kind.INCLUSION, answers).value is True


@settings(deadline=None)
@given(st.data())
def test_nothing_that_a_person_took_is_called_never_taken(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(LISTS))
    had = data.draw(st.frozensets(st.sampled_from([choice.slug for choice in question.fields[0].choices])))
    assert never_taken(question, had).isdisjoint(had.union(*map(classes_with, had)))
    answers = Answers(
        treatments=tuple(Taken(slug, current=True) for slug in sorted(had)), never_taken=never_taken(question, had)
    )
    for slug in had.union(*map(classes_with, had)):
        rule = Rule("treatment", "in", (slug,), within=Within(1, "months"))
        # Of a malaria medicine it is not certain that a rule on DMARDs means it; it is never said not to be one.
        assert finding(rule, Kind.EXCLUSION, answers).value in ((True, None) if slug == "dmard" else (True,))


def test_who_ticked_nothing_never_had_what_the_screen_covers_and_nothing_else_is_settled() -> None:
    answers = Answers(treatments=(), never_taken=never_taken(question_of("biologics"), ()))
    values = {
        slug: finding(Rule("treatment", "in", (slug,)), Kind.EXCLUSION, answers).value
        for slug in ("rituximab", "biologic", "tnf-inhibitor", "immunosuppressant", "dmard", "methotrexate")
    }
    assert [slug for slug, value in values.items() if value is False] == ["rituximab", "biologic", "tnf-inhibitor"]
    assert {values[slug] for slug in ("immunosuppressant", "dmard", "methotrexate")} == {None}
