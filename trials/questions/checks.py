"""What may be wrong with questions, each in a sentence that names the place."""

from collections import Counter
from collections.abc import Iterable, Iterator

from trials.criteria.attributes import ATTRIBUTES, CHOICES, DIAGNOSES, NUMBERS, TREATMENTS, YES_NO
from trials.questions.model import Choice, Field, Kind, Question

# Nobody who looks for a study of their disease can be one.
NEVER_ASKED = frozenset({"healthy_volunteer"})
# Lists that stand on several screens.
SEVERAL_SCREENS = frozenset({"diagnosis", "treatment"})
_ATTRIBUTE_OF = {
    Kind.SEX: "sex",
    Kind.CONDITIONS: "diagnosis",
    Kind.KINDS: "diagnosis",
    Kind.TREATMENTS: "treatment",
    Kind.STEROID_DOSE: "prednisone_dose",
}
_LISTS = (Kind.SEX, Kind.CONDITIONS, Kind.KINDS, Kind.TREATMENTS)
_MEASURED = (Kind.NUMBER, Kind.STEROID_DOSE)


class QuestionsError(ValueError):
    """A sentence on what is wrong with the questions, and where."""


def check(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions, when nothing is wrong with them. Raises QuestionsError on the first fault."""
    for problem in (*(one for question in questions for one in _of_question(question)), *_of_all(questions)):
        raise QuestionsError(problem)
    return questions


def _of_all(questions: tuple[Question, ...]) -> Iterator[str]:
    yield from (f"question “{slug}” stands twice." for slug in _twice(one.slug for one in questions))
    asked = [field.attribute for question in questions for field in question.fields]
    once = [attribute for attribute in asked if attribute not in SEVERAL_SCREENS]
    yield from (f"“{attribute}” is asked twice." for attribute in _twice(once))
    yield from (f"“{attribute}” is never asked." for attribute in sorted(ATTRIBUTES - NEVER_ASKED - set(asked)))


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _of_question(question: Question) -> Iterator[str]:
    place = f"question “{question.slug}”"
    if not question.fields:
        yield f"{place} has no field."
    for field in question.fields:
        if bool(field.text) is (len(question.fields) == 1):
            yield f"{place}, field “{field.attribute}”: only one of several fields has a “text” of its own."
        yield from (f"{place}, field “{field.attribute}”: {problem}" for problem in _of_field(field))
    if wrong := set(question.of) - DIAGNOSES:
        yield f"{place}: “of” names no diagnosis: {', '.join(sorted(wrong))}."
    if wrong := set(question.covers) - TREATMENTS:
        yield f"{place}: “covers” names no treatment: {', '.join(sorted(wrong))}."
    texts = (question.group, question.text, question.help)
    yield from (f"{place}: {problem}" for problem in _of_texts(texts))


def _of_field(field: Field) -> Iterator[str]:
    if field.attribute not in ATTRIBUTES or field.attribute in NEVER_ASKED:
        yield "this is no attribute that is asked."
    if not _fits(field):
        yield f"it cannot be asked as “{field.kind}”."
    if field.kind in _MEASURED:
        yield from _of_number(field)
    elif field.units or field.lowest or field.highest:
        yield "only a number has units and bounds."
    if bool(field.choices) is not (field.kind in _LISTS):
        yield "only a list has choices, and it needs some."
    if field.asks_when and field.kind is not Kind.YES_NO:
        yield "only a yes or no is asked when it was."
    yield from _of_estimates(field)
    yield from _of_choices(field)
    texts = (field.name, field.text, field.help, *(unit.name for unit in field.units))
    yield from _of_texts((*texts, *(text for choice in field.choices for text in (choice.name, choice.help))))
    if not field.name[:1].islower() or field.name.endswith("."):
        yield "“name” goes into a list: no capital letter first, no full stop."


def _fits(field: Field) -> bool:
    if field.kind is Kind.NUMBER:
        return field.attribute in NUMBERS
    if field.kind is Kind.YES_NO:
        return field.attribute in YES_NO
    return field.attribute == _ATTRIBUTE_OF[field.kind]


def _of_number(field: Field) -> Iterator[str]:
    if not field.units:
        yield "a number needs a unit."
    yield from (f"unit “{slug}” stands twice." for slug in _twice(unit.slug for unit in field.units))
    yield from (f"unit “{unit.slug}”: the factor has to be above 0." for unit in field.units if unit.factor <= 0)
    if not 0 <= field.lowest < field.highest:
        yield "“lowest” has to be below “highest”."
    if len(field.spread) == 5 and not all(field.lowest <= one <= field.highest for one in field.spread):
        yield "“spread” has to lie between “lowest” and “highest”."


def _of_estimates(field: Field) -> Iterator[str]:
    shares = (field.known, field.chance, *(choice.chance for choice in field.choices))
    if not all(0 <= share <= 1 for share in shares):
        yield "a share has to lie between 0 and 1."
    if len(field.spread) != 5 or list(field.spread) != sorted(field.spread):
        yield "“spread” needs five numbers that do not fall."
    if (field.kind in _MEASURED or field.asks_when) is not any(field.spread):
        yield "“spread” is for numbers and for times since."


def _of_choices(field: Field) -> Iterator[str]:
    slugs = CHOICES.get(field.attribute, frozenset())
    yield from (f"choice “{slug}” stands twice." for slug in _twice(choice.slug for choice in field.choices))
    for choice in field.choices:
        if choice.slug not in slugs:
            yield f"choice “{choice.slug}” is none of the contract."
        yield from (f"choice “{choice.slug}”: {problem}" for problem in _of_choice(choice, field))


def _of_choice(choice: Choice, field: Field) -> Iterator[str]:
    if wrong := set(choice.of) - DIAGNOSES:
        yield f"“of” names no diagnosis: {', '.join(sorted(wrong))}."
    if choice.kind_of and choice.kind_of not in choice.of:
        yield "“kind_of” has to be among “of”."
    if field.kind is not Kind.KINDS and (choice.of or choice.kind_of or not choice.rules_out):
        yield "“of”, “kind_of” and “rules_out” are for kinds."


def _of_texts(texts: Iterable[str]) -> Iterator[str]:
    yield from (f"a text is not one clean line: “{text}”." for text in texts if text != " ".join(text.split()))
