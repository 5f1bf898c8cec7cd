"""The next question: on the bundled studies, with answers drawn at random."""

import random
from functools import cache

import pytest

from tests.bundled import bundled_studies
from tests.trials.questions.entries import entry, thresholds
from trials.criteria.model import Criterion, Kind, Rule
from trials.matching.answers import Answers, Fact, answers_from_json
from trials.matching.catalogue import catalogue_of, standing
from trials.matching.verdict import compiled, match
from trials.questions.answering import answers_of
from trials.questions.choosing import choose, one_test_away, step
from trials.questions.reach import Reach
from trials.questions.reading import questions
from trials.records import Eligibility
from trials.vocab import Verdict

EVERY = frozenset(question.slug for question in questions())
NOBODY = Answers()
# The screens of which one answer can imply what another asks: asked together here, as nobody contradicts themselves.
TOGETHER = ({"about_you", "pregnancy"}, {"steroid_dose", "basic_medicines"})


@cache
def alone(place):
    return catalogue_of([("one", bundled_studies()[place])])


def study(*rules, **limits):
    criteria = [
        Criterion(f"C{place}", kind, None, "words", 0, 5, rules=(rule,)) for place, (kind, rule) in enumerate(rules)
    ]
    return compiled(criteria, Eligibility(**limits))


def catalogue(*several):
    return catalogue_of((str(place), one) for place, one in enumerate(several))


def chosen(held, answers=NOBODY, left=EVERY, view=None):
    return choose(held, answers, asked=EVERY - set(left), view=held.all if view is None else view)


def ruled_in(attribute, value=True):
    return Kind.INCLUSION, Rule(attribute, "is", value)


def ruled_out(attribute, **more):
    return Kind.EXCLUSION, Rule(attribute, "is", True, **more)


def asked_all(rng, left, limits):
    """Somebody who was asked all questions but some, and skipped many."""
    entries = {}
    for question in questions():
        if question.slug not in left:
            entries[question.slug] = given(question, rng, limits, entries) if rng.random() < 0.6 else {}
    return entries


def given(question, rng, limits, entries):
    named = entries.get("condition", {}).get("diagnosis", {}).get("c", ())
    return entry(question, rng, limits, named, known=0.8)


def asked_further(rng, entries, left, limits):
    """The same person, asked the rest."""
    more = dict(entries)
    for question in questions():
        if question.slug in left and question in Reach(answers_of(more), frozenset(more)).now:
            more[question.slug] = given(question, rng, limits, more)
    return answers_of(more)


def people(count):
    """Open studies, each with a person who was asked almost all, and what is left to ask."""
    rng = random.Random(7)
    while count:
        place = rng.randrange(len(bundled_studies()))
        left = set(rng.sample(sorted(EVERY), rng.choice([0, 1, 1, 2, 3, 5, 12])))
        left = left.difference(*(pair for pair in TOGETHER if not pair <= left))
        entries = asked_all(rng, left, thresholds(bundled_studies()[place]))
        if match(bundled_studies()[place], answers_of(entries)).verdict is Verdict.UNKNOWN:
            count -= 1
            yield rng, place, entries, left


def test_no_question_is_asked_exactly_when_none_can_change_a_verdict():
    found = {True: 0, False: 0}
    for rng, place, entries, left in people(150):
        held = alone(place)
        now = step(held, answers_of(entries), asked=frozenset(entries), view=1)
        following = now.next
        assert now.standing == standing(held, answers_of(entries), 1)
        tries = (
            asked_further(rng, entries, left, thresholds(bundled_studies()[place]))
            for _ in range(400 if following else 40)
        )
        changes = any(not standing(held, answers).unknown for answers in tries)
        assert changes is (following is not None), (place, left, entries)
        assert following is None or following.question.slug in left
        found[changes] += 1
    assert min(found.values()) > 10


def test_what_was_skipped_is_not_asked_again_and_settles_nothing_more():
    both = catalogue(study(ruled_in("ana_positive"), ruled_out("smoker", partial=True)))
    assert chosen(both, left={"antibodies"}) is not None
    # With the smoking unknown for good, only a missing antibody can still settle the study.
    assert chosen(both, Answers(facts={"ana_positive": Fact(True)}), left=set()) is None
    partial = catalogue(study(ruled_out("heart_disease", partial=True), ruled_out("smoker", partial=True)))
    assert chosen(partial, left={"heart", "lungs"}).question.slug in ("heart", "lungs")
    assert chosen(partial, left={"heart"}) is None  # a heart that is well lets nobody in while smoking is not known
    assert chosen(partial, Answers(facts={"smoker": Fact(False)}), left={"heart"}).settles == 1


def test_two_answers_that_change_a_verdict_only_together_are_worth_asking():
    hiv = Rule("hiv", "is", True)
    criteria = [
        Criterion("E1", Kind.EXCLUSION, None, "", 0, 0, rules=(hiv, Rule("cancer", "is", True))),
        Criterion("E2", Kind.EXCLUSION, None, "", 0, 0, rules=(Rule("drug_allergy", "is", True, partial=True),)),
    ]
    held = catalogue(compiled(criteria, Eligibility()))
    assert chosen(held, left={"infections", "cancer"}) is not None
    assert chosen(held, left={"infections"}) is None
    assert chosen(held, Answers(facts={"cancer": Fact(True)}), left={"infections"}).settles == 1


def test_the_disease_comes_first_then_its_kinds_where_they_can_change_a_verdict():
    lupus = Kind.INCLUSION, Rule("diagnosis", "in", ("sle",))
    nephritis = Kind.INCLUSION, Rule("diagnosis", "in", ("lupus-nephritis",))
    smokers = [study(lupus, ruled_out("smoker"))] * 3
    held = catalogue(*smokers, study(nephritis))
    assert chosen(held).question.slug == "condition"
    named = answers_from_json({"diagnosis": ["sle"], "may_have": ["lupus-nephritis"]})
    assert chosen(held, named, EVERY - {"condition"}).question.slug == "kinds"
    assert chosen(held, named, EVERY - {"condition", "kinds"}).question.slug == "lungs"
    other = answers_from_json({"diagnosis": ["behcet"]})
    assert chosen(held, other, EVERY - {"condition"}) is None


def test_a_score_of_one_disease_is_asked_of_those_who_have_it():
    skin = catalogue(study((Kind.INCLUSION, Rule("mrss", ">=", 10.0, "points"))))
    score, left = "skin_thickness_score", EVERY - {"condition"}
    assert chosen(skin).question.slug == "condition"  # nothing else tells whether to ask for the score
    assert chosen(skin, answers_from_json({"diagnosis": ["diffuse-ssc"]}), left).question.slug == score
    assert chosen(skin, answers_from_json({"diagnosis": ["giant-cell-arteritis"]}), left) is None


def test_counts_are_of_open_studies_in_view():
    held = catalogue(*[study(ruled_out("smoker"))] * 3, study(ruled_out("hiv")), study(ruled_in("ana_positive")))
    smoking = chosen(held, left={"lungs"})
    assert (smoking.settles, smoking.open, smoking.left) == (3, 5, 1)
    assert chosen(held, view=0b01001, left={"lungs", "infections"}).open == 2
    positive = Answers(facts={"ana_positive": Fact(True)})
    assert chosen(held, positive, left={"lungs", "infections"}).open == 4
    assert chosen(held, positive, left={"lungs", "infections"}).left == 2
    assert chosen(held, left=EVERY).question.slug == "lungs"  # three of five hang on it alone


def test_the_order_of_studies_and_answers_is_nothing_to_the_choice():
    for rng, _place, entries, _left in people(5):
        order = list(range(len(bundled_studies())))
        several = catalogue_of((str(place), bundled_studies()[place]) for place in order)
        rng.shuffle(order)
        shuffled = catalogue_of((str(place), bundled_studies()[place]) for place in order)
        asked = frozenset(list(entries)[:10])
        answers = answers_of({slug: entries[slug] for slug in asked})
        assert chosen(several, answers, EVERY - asked) == chosen(shuffled, answers, EVERY - asked)


def test_an_answer_less_leaves_no_study_out():
    for rng, place, entries, _left in people(60):
        answered = [slug for slug in entries if entries[slug] and slug not in ("condition", "kinds")]
        dropped = rng.choice(answered)
        fewer = {slug: given for slug, given in entries.items() if slug != dropped}
        assert not standing(alone(place), answers_of(fewer)).does_not_fit


def test_one_test_away_are_the_answers_that_settle_a_study_alone():
    held = catalogue(
        study(ruled_out("hiv")),
        study(ruled_out("hiv"), ruled_out("cancer")),
        study(ruled_out("hiv", partial=True), ruled_out("cancer", partial=True)),
        study(ruled_out("smoker", partial=True)),
    )
    away = one_test_away(held, NOBODY, asked=frozenset({"lungs"}), view=held.all)
    assert away == (("hiv", 2), ("smoker", 1), ("cancer", 1))
    assert one_test_away(held, Answers(facts={"cancer": Fact(False)}), asked=frozenset(), view=0b0110) == (("hiv", 2),)


@pytest.mark.parametrize("place", range(0, 35, 5))
def test_one_test_away_is_what_match_says_of_each_answer(place):
    """On real studies: an attribute of yes or no counts exactly where yes or no settles the verdict."""
    rng = random.Random(place)
    limits = thresholds(bundled_studies()[place])
    for _ in range(6):
        entries = asked_all(rng, set(rng.sample(sorted(EVERY), 3)), limits)
        answers = answers_of(entries)
        if match(bundled_studies()[place], answers).verdict is not Verdict.UNKNOWN:
            continue
        away = dict(one_test_away(alone(place), answers, asked=frozenset(), view=1))
        for name in ("hiv", "cancer", "thrombosis", "tuberculosis", "active_infection", "pregnant_or_breastfeeding"):
            if name not in answers.facts:
                ways = [Fact(False), Fact(True), Fact(True, 0.0), Fact(True, 1500.0)]
                settles = any(
                    match(bundled_studies()[place], Answers(**{**{f: getattr(answers, f) for f in answers.__slots__},
                          "facts": {**answers.facts, name: way}})).verdict is not Verdict.UNKNOWN for way in ways
                )  # fmt: skip
                assert (name in away) is settles, name
