"""Whose verdict changes with the criteria, and which criterion keeps most of them out."""

from trials.criteria.model import Criterion, Kind, Rule
from trials.golden.comparing import Person, flips, ruled_out
from trials.matching.answers import answers_from_json
from trials.matching.verdict import compiled
from trials.records import Eligibility
from trials.vocab import Verdict

LUPUS = ("I1", Kind.INCLUSION, Rule("diagnosis", "in", ("sle",)))
HIV = ("E1", Kind.EXCLUSION, Rule("hiv", "is", True))
NEPHRITIS = ("E2", Kind.EXCLUSION, Rule("diagnosis", "in", ("lupus-nephritis",)))


def study(*criteria, **limits):
    made = [Criterion(key, kind, None, "words", 0, 5, rules=(rule,)) for key, kind, rule in criteria]
    return compiled(made, Eligibility(**limits))


def people(**answers):
    return [Person(n, name, answers_from_json(one)) for n, (name, one) in enumerate(answers.items())]


PEOPLE = people(
    well={"diagnosis": ["sle"], "hiv": False, "age": 40},
    ill={"diagnosis": ["sle"], "hiv": True, "age": 40},
    kidneys={"diagnosis": ["lupus-nephritis"], "hiv": True, "age": 12},
    scleroderma={"diagnosis": ["systemic-sclerosis"], "hiv": True, "age": 12},
    silent={},
)


def test_only_those_whose_verdict_is_another_are_told_with_what_decides():
    found = flips(PEOPLE, study(LUPUS), study(LUPUS, HIV))
    assert [(one.person.name, one.before.verdict, one.after.verdict) for one in found] == [
        ("ill", Verdict.MAY_FIT, Verdict.DOES_NOT_FIT),
        ("kidneys", Verdict.MAY_FIT, Verdict.DOES_NOT_FIT),
    ]
    assert [reason.criterion for reason in found[0].after.reasons] == ["E1"]
    assert flips(PEOPLE, study(LUPUS, HIV), study(HIV, LUPUS)) == ()


def test_who_lacks_the_disease_of_the_study_is_not_counted():
    told = ruled_out(PEOPLE, study(LUPUS, HIV, NEPHRITIS, minimum_age_years=18.0))
    assert told.concerned == 4  # whose diagnosis is not known may have it
    assert told.by_criterion == (("E1", 2), ("minimumAge", 1), ("E2", 1))


def test_a_study_of_any_disease_concerns_everybody():
    assert ruled_out(PEOPLE, study(HIV)).by_criterion == (("E1", 3),)
    assert ruled_out(PEOPLE, study()).by_criterion == () and ruled_out(PEOPLE, study()).concerned == 5
    assert ruled_out([], study(HIV)).concerned == 0


def test_where_nobody_has_the_disease_all_are_counted():
    told = ruled_out(PEOPLE[:4], study(LUPUS, ("I2", Kind.INCLUSION, Rule("diagnosis", "in", ("myositis",))), HIV))
    assert (told.concerned, told.by_criterion) == (0, (("I2", 4), ("E1", 3), ("I1", 1)))
