"""Why a study fits or does not, in plain words: what it asks for, and what the person said."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.presenters.words import listing, number
from trials import labels
from trials import vocab as v
from trials.criteria.model import Kind, Rule, Within
from trials.language import alternatives, time_span
from trials.matching.answers import Answers
from trials.matching.verdict import Reason
from trials.questions import model as q
from trials.questions.reading import field_of, questions

# Slugs of the contract that no list offers.
_NEVER_OFFERED = {
    "other": gettext_lazy("another one that the rule names"),
    "ctd": gettext_lazy("a connective tissue disease"),
}
_OTHER_WAY = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!="}


def why_not(reason: Reason, answers: Answers) -> str:
    """What the study asks for and the person is not, in one or two sentences.

    Of a rule that decides with others only together, nothing is said that would make it a demand of its own.
    """
    rule = reason.rule
    if not reason.alone:
        return _together(rule, answers)
    wanted = (reason.kind is Kind.INCLUSION) is (rule.op != "not in")
    if isinstance(rule.value, int | float) and not isinstance(rule.value, bool):
        return _number(rule, reason.kind, answers)
    if rule.attribute == "sex":
        return _("This study takes: %(sexes)s.") % {"sexes": _sexes(rule, wanted=wanted)}
    if rule.attribute == "diagnosis":
        return _diagnosis(rule, wanted=wanted)
    if rule.attribute == "treatment":
        return _treatment(rule, wanted=wanted)
    return _yes_no(rule, must=rule.value is (reason.kind is Kind.INCLUSION))


def _together(rule: Rule, answers: Answers) -> str:
    said = answers.numbers.get(rule.attribute)
    name = capital(name_of(rule.attribute))
    if said is None:
        return _("%(name)s: what you said does not go with this rule.") % {"name": name}
    values = {"name": name, "value": measure(rule.attribute, said)}
    return _("%(name)s: what you said (%(value)s) does not go with this rule.") % values


def limit_words(rule: Rule) -> str:
    """A limit of the record's own fields."""
    if rule.attribute == "sex":
        return _("This study takes: %(sexes)s.") % {"sexes": _sexes(rule, wanted=True)}
    return _number(rule, Kind.INCLUSION, Answers())


def name_of(attribute: str) -> str:
    """What an answer is called: "your lung volume (FVC)"."""
    if attribute == "diagnosis":
        return _("your diagnosis")
    if attribute == "treatment":
        return _("your medicines")
    return _(field_of(attribute).name)


def names_of(attributes: Iterable[str]) -> str:
    """Several, in the order in which the questions stand."""
    asked = [one.attribute for question in questions() for one in question.fields]
    wanted = set(attributes)
    return listing(name_of(one) for one in dict.fromkeys(asked) if one in wanted)


def _number(rule: Rule, kind: Kind, answers: Answers) -> str:
    needed = rule.op if kind is Kind.INCLUSION else _OTHER_WAY[rule.op]
    sentence = {
        ">=": _("%(name)s must be %(limit)s or more."),
        ">": _("%(name)s must be more than %(limit)s."),
        "<=": _("%(name)s must be %(limit)s or less."),
        "<": _("%(name)s must be less than %(limit)s."),
        "=": _("%(name)s must be %(limit)s."),
        "!=": _("%(name)s must not be %(limit)s."),
    }[needed]
    said = answers.numbers.get(rule.attribute)
    parts = [sentence % {"name": capital(name_of(rule.attribute)), "limit": measure(rule.attribute, rule.value)}]
    if said is not None:
        parts.append(_("You said %(value)s.") % {"value": measure(rule.attribute, said)})
    return " ".join(parts)


def measure(attribute: str, value: Any) -> str:
    """A number with the unit in which the study's rules are kept."""
    unit = next((_(one.name) for one in field_of(attribute).units if one.factor == 1), "")
    shown = number(round(float(value), 2))
    return _("%(number)s %(unit)s") % {"number": shown, "unit": unit} if unit else shown


def _sexes(rule: Rule, *, wanted: bool) -> str:
    values = rule.value if isinstance(rule.value, tuple) else (str(rule.value),)
    chosen = [sex for sex in ("female", "male") if (sex in values) is wanted]
    return listing(labels.label(v.Sex, sex.upper()) for sex in chosen)


def _diagnosis(rule: Rule, *, wanted: bool) -> str:
    names = alternatives(choice_name("diagnosis", slug) for slug in _slugs(rule))
    if wanted:
        return _("This study is for people with: %(names)s. You named none of these.") % {"names": names}
    return _("This study does not take people with: %(names)s.") % {"names": names}


def _treatment(rule: Rule, *, wanted: bool) -> str:
    values = {
        "names": alternatives(choice_name("treatment", slug) for slug in _slugs(rule)),
        "time": _time(rule.within),
    }
    if wanted:
        if rule.within and not rule.stable:
            return _("This study takes people who had one of these in the last %(time)s: %(names)s.") % values
        return _("This study takes people who take or took one of these: %(names)s.") % values
    if rule.within and not rule.stable:
        return _("This study does not take people who had this in the last %(time)s: %(names)s.") % values
    if rule.ever:
        return _("This study does not take people who ever had: %(names)s.") % values
    return _("This study does not take people who take: %(names)s.") % values


def _yes_no(rule: Rule, *, must: bool) -> str:
    values = {"question": question_text(rule.attribute), "time": _time(rule.within)}
    if rule.within:
        if must:
            return _("“%(question)s” This study needs a yes, for the last %(time)s.") % values
        return _("“%(question)s” This study needs a no, for the last %(time)s.") % values
    if must:
        return _("“%(question)s” This study needs a yes.") % values
    return _("“%(question)s” This study needs a no.") % values


def question_text(attribute: str) -> str:
    """The words in which an attribute is asked."""
    one = field_of(attribute)
    if one.text:
        return _(one.text)
    return next(_(question.text) for question in questions() if one in question.fields)


def choice_name(attribute: str, slug: str) -> str:
    """What a diagnosis or a treatment is called; one that is only ever asked by its kinds keeps its own word."""
    found: Iterable[q.Choice] = (
        choice
        for question in questions()
        for one in question.fields
        if one.attribute == attribute
        for choice in one.choices
        if choice.slug == slug
    )
    choice = next(iter(found), None)
    return _(choice.name) if choice else str(_NEVER_OFFERED.get(slug, slug))


def _slugs(rule: Rule) -> tuple[str, ...]:
    return rule.value if isinstance(rule.value, tuple) else (str(rule.value),)


def _time(within: Within | None) -> str:
    return time_span(within.amount, within.unit) if within else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
