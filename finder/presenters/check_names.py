"""What answers, questions and choices are called on the pages of the questionnaire."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.presenters.words import listing, number
from trials.questions import model as q
from trials.questions.reading import field_of, questions

MOST_NAMES = 6  # of what is still open, in one sentence
# What rules call a whole class; in a list it is "another one" beside those that are named.
_CLASSES = {
    "other": gettext_lazy("another one that the rule names"),
    "ctd": gettext_lazy("a connective tissue disease"),
    "dmard": gettext_lazy("a long-term medicine for the joints (DMARD)"),
    "biologic": gettext_lazy("a biologic medicine"),
    "immunosuppressant": gettext_lazy("a medicine that calms the immune system"),
    "antimalarial": gettext_lazy("a malaria medicine"),
    "b-cell-depletion": gettext_lazy("a medicine that removes B cells"),
    "prostanoid": gettext_lazy("a prostacyclin medicine"),
    "stem-cell-therapy": gettext_lazy("a stem cell treatment"),
}


def name_of(attribute: str) -> str:
    """What an answer is called: "your lung volume (FVC)"."""
    if attribute == "diagnosis":
        return _("your diagnosis")
    if attribute == "treatment":
        return _("your medicines")
    return _(field_of(attribute).name)


def names_of(attributes: Iterable[str]) -> str:
    """Several, in the order in which the questions stand; of very many the first."""
    asked = [one.attribute for question in questions() for one in question.fields]
    wanted = set(attributes)
    names = [name_of(one) for one in dict.fromkeys(asked) if one in wanted]
    if len(names) <= MOST_NAMES:
        return listing(names)
    more = _("%(count)s more") % {"count": number(len(names) - MOST_NAMES + 1)}
    return listing([*names[: MOST_NAMES - 1], more])


def question_text(attribute: str) -> str:
    """The words in which an attribute is asked."""
    one = field_of(attribute)
    if one.text:
        return _(one.text)
    return next(_(question.text) for question in questions() if one in question.fields)


def choice_name(attribute: str, slug: str) -> str:
    """What a diagnosis or a treatment is called in the lists; what none offers, as rules call it."""
    found = next((choice for choice in _choices(attribute) if choice.slug == slug), None)
    return _(found.name) if found else rule_name(attribute, slug)


def rule_name(attribute: str, slug: str) -> str:
    """The same as a rule means it: a class as a whole."""
    if slug in _CLASSES:
        return str(_CLASSES[slug])
    return next((_(choice.name) for choice in _choices(attribute) if choice.slug == slug), slug)


def _choices(attribute: str) -> Iterator[q.Choice]:
    for question in questions():
        for one in question.fields:
            if one.attribute == attribute:
                yield from one.choices


def measure(attribute: str, value: Any) -> str:
    """A number with the unit in which the study's rules are kept."""
    shown = number(round(float(value), 2))
    if attribute == "prednisone_dose":
        return _("%(number)s mg a day of prednisone") % {"number": shown}
    unit = next((_(one.name) for one in field_of(attribute).units if one.factor == 1), "")
    return _("%(number)s %(unit)s") % {"number": shown, "unit": unit} if unit else shown


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
