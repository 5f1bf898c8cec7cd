"""Our sentences through the criteria engine: what reads otherwise keeps its official words."""

from dataclasses import replace

from trials.criteria import engine
from trials.criteria.model import Study
from trials.plain_language import rereading

TEXT = """Inclusion Criteria:

* Diagnosis of systemic lupus erythematosus
* Age 18 to 75 years

Exclusion Criteria:

* Active hepatitis B
* Use of rituximab within 6 months prior to screening
"""
STUDY = Study("NCT90000001", TEXT)


def test_sentences_that_say_the_same_are_not_doubted():
    assert rereading.read_otherwise(engine.parse(STUDY).criteria, STUDY) == frozenset()


def test_a_sentence_that_reads_otherwise_is_found_out(monkeypatch):
    """As if our words had turned a look-back of 6 months into one of 60."""
    honest = rereading.reworded

    def wrong(criteria, language):
        return [replace(one, text=one.text.replace("6 months", "60 months")) for one in honest(criteria, language)]

    monkeypatch.setattr(rereading, "reworded", wrong)
    assert rereading.read_otherwise(engine.parse(STUDY).criteria, STUDY) == {"E2"}
