"""Many studies at once give what each alone gives."""

from trials.criteria.model import Criterion, Kind, Rule
from trials.matching.answers import answers_from_json
from trials.matching.catalogue import catalogue_of, standing
from trials.matching.verdict import compiled, match
from trials.records import Eligibility
from trials.vocab import Verdict

HIV, ANA = Rule("hiv", "is", True), Rule("ana_positive", "is", True)


def study(*rules, **limits):
    criteria = [
        Criterion(f"C{place}", kind, None, "words", 0, 5, rules=(rule,)) for place, (kind, rule) in enumerate(rules)
    ]
    return compiled(criteria, Eligibility(**limits))


STUDIES = {
    "a": study((Kind.EXCLUSION, HIV)),
    "b": study((Kind.INCLUSION, ANA), (Kind.EXCLUSION, HIV)),
    "c": study((Kind.INCLUSION, ANA), minimum_age_years=18.0),
    "d": study(),
}
PEOPLE = [
    {}, {"hiv": False}, {"hiv": True}, {"hiv": False, "ana_positive": True}, {"ana_positive": False, "age": 12},
    {"age": 40, "ana_positive": True},
]  # fmt: skip


def test_what_studies_ask_alike_is_held_once():
    catalogue = catalogue_of(STUDIES.items())
    assert len(catalogue.asked) == 3  # HIV, ANA and the age
    assert [list(catalogue.named(studies)) for _group, studies in catalogue.asked] == [["a", "b"], ["b", "c"], ["c"]]
    assert list(catalogue.named(catalogue.all)) == list("abcd")


def test_each_study_stands_as_it_would_alone():
    catalogue = catalogue_of(STUDIES.items())
    for person in PEOPLE:
        answers = answers_from_json(person)
        together = standing(catalogue, answers)
        sets = {Verdict.MAY_FIT: together.may_fit, Verdict.DOES_NOT_FIT: together.does_not_fit,
                Verdict.UNKNOWN: together.unknown}  # fmt: skip
        for verdict, studies in sets.items():
            alone = [name for name, one in STUDIES.items() if match(one, answers).verdict is verdict]
            assert list(catalogue.named(studies)) == alone, person
        assert sum(together.counts().values()) == len(STUDIES)
        assert together.counts()[Verdict.MAY_FIT] == together.may_fit.bit_count()


def test_no_studies_at_all():
    assert sum(standing(catalogue_of(()), answers_from_json({"age": 40})).counts().values()) == 0
