"""What people are likely to answer, by the data of the questions. It puts questions in order and decides no verdict."""

from bisect import bisect_right
from collections.abc import Iterator

from trials.matching.answers import Answers, Fact, Taken
from trials.questions.model import Field, Kind, Question
from trials.questions.unticked import never_taken

Reply = tuple[float, Answers]  # how likely it is, and what it says
_PERCENTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
_STEPS = 20  # in which the likely numbers are divided
_FEMALE = 0.88
_NOW = 0.0
_USES = {_NOW: 0.5, 4.0: 0.2, 36.0: 0.3}  # months ago, and how many of those who took it
_TIMES = (0.1, 0.3, 0.5, 0.7, 0.9)


def replies(question: Question) -> Iterator[Reply]:
    """The replies that a screen may get, each to one thing on it, for all who are asked: what is not known is none."""
    for field in question.fields:
        for share, answers in _OF_KIND[field.kind](question, field):
            if share > 0:
                yield share * field.known, answers


def quantile(field: Field, share: float) -> float:
    """The number that this share of people are below; between the known percentiles on a straight line."""
    low, *_rest, high = field.spread
    margin = (field.spread[1] - low) / 4, (high - field.spread[3]) / 4
    bounds = (max(field.lowest, low - margin[0]), *field.spread, high + margin[1])
    place = min(bisect_right(_PERCENTILES, share), len(_PERCENTILES) - 1)
    part = (share - _PERCENTILES[place - 1]) / (_PERCENTILES[place] - _PERCENTILES[place - 1])
    return bounds[place - 1] + part * (bounds[place] - bounds[place - 1])


def _number(_question: Question, field: Field) -> Iterator[Reply]:
    for step in range(_STEPS):
        number = quantile(field, (step + 0.5) / _STEPS)
        yield 1 / _STEPS, Answers(numbers={field.attribute: number})


def _yes_no(_question: Question, field: Field) -> Iterator[Reply]:
    yield 1 - field.chance, Answers(facts={field.attribute: Fact(False)})
    times = [quantile(field, share) for share in _TIMES] if field.asks_when else [None]
    for months in times:
        yield (
            field.chance / len(times),
            Answers(facts={field.attribute: Fact(True, months, over=months is None or months > 0)}),
        )


def _sex(_question: Question, _field: Field) -> Iterator[Reply]:
    yield _FEMALE, Answers(sex="female")
    yield 1 - _FEMALE, Answers(sex="male")


def _treatments(question: Question, field: Field) -> Iterator[Reply]:
    """Each treatment alone, used now or so long ago, and nothing at all."""
    nothing = 1.0
    for choice in field.choices:
        nothing *= 1 - choice.chance
        for months, share in _USES.items():
            use = Taken(choice.slug, months, current=months == _NOW)
            yield choice.chance * share, Answers(treatments=(use,))
    yield nothing, Answers(treatments=(), never_taken=never_taken(question, ()))


def _diagnoses(_question: Question, _field: Field) -> Iterator[Reply]:
    """What the person has comes first in any case, and nothing needs to be known of how likely each is."""
    return iter(())


_OF_KIND = {
    Kind.NUMBER: _number,
    Kind.STEROID_DOSE: _number,
    Kind.YES_NO: _yes_no,
    Kind.SEX: _sex,
    Kind.TREATMENTS: _treatments,
    Kind.CONDITIONS: _diagnoses,
    Kind.KINDS: _diagnoses,
}
