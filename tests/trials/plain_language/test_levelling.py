"""What is too hard together goes back to the official words, the hardest first; what has none stays."""

from trials.plain_language.levelling import HIGHEST_GRADE, levelled
from trials.plain_language.model import Origin, Section, Sentence
from trials.plain_language.readability import grade

HARD = "You have hypergammaglobulinemia, glomerulonephritis, thrombocytopenia and antiphospholipid antibodies."
EASY = "You have lupus."


def sentence(text, *sources):
    return Sentence(Section.MAY_JOIN, text, sources, Origin.WRITTEN)


def test_the_hardest_criteria_go_first_and_only_as_many_as_needed():
    several = [sentence(EASY, "I1"), sentence(HARD, "I2"), *(sentence(EASY, f"I{n}") for n in range(3, 9))]
    made = levelled(several, {f"I{n}": f"official {n}" for n in range(1, 9)})
    assert [one.text for one in made if one.origin is Origin.OFFICIAL] == ["official 2"]
    assert grade(*(one.text for one in made if one.origin is Origin.WRITTEN)) <= HIGHEST_GRADE


def test_a_hard_sentence_of_a_field_stays_for_it_has_no_official_words():
    path = "protocolSection.eligibilityModule.minimumAge"
    made = levelled([sentence(HARD, path), sentence(HARD, "I1")], {"I1": "official"})
    assert [(one.origin, one.sources[0]) for one in made] == [(Origin.WRITTEN, path), (Origin.OFFICIAL, "I1")]


def test_of_thousands_some_go_at_a_time():
    made = levelled([sentence(HARD, f"I{n}") for n in range(3_000)], {f"I{n}": "official" for n in range(3_000)})
    assert [one.origin for one in made] == [Origin.OFFICIAL] * 3_000
