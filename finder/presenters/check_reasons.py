"""Why a study does not fit, in plain words: what it asks for, and what the person said."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from finder.presenters.check_names import capital, measure, name_of, question_text, rule_name
from finder.presenters.check_said import said, said_of
from finder.presenters.words import listing
from trials import labels
from trials import vocab as v
from trials.criteria.model import Kind, Rule, Within
from trials.language import alternatives, time_span
from trials.matching.verdict import Reason
from trials.questions.answering import Entries
from trials.questions.reading import field_of

_OTHER_WAY = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!="}


def why_not(reason: Reason, entries: Entries) -> str:
    """What the study asks for and the person is not, and what they said.

    Of a rule that decides with others only together, nothing is said that would make it a demand of its own.
    """
    rule = reason.rule
    wanted = (reason.kind is Kind.INCLUSION) is (rule.op != "not in")
    if rule.attribute == "diagnosis":
        return _diagnosis(rule, wanted=wanted) if reason.alone else _together(rule)
    if rule.attribute == "treatment":
        asked = _treatment(rule, wanted=wanted) if reason.alone else _together(rule)
        return _with_said(asked, said_of(entries, _slugs(rule)))
    if not reason.alone:
        return _with_said(_together(rule), said(entries, rule.attribute))
    if isinstance(rule.value, int | float) and not isinstance(rule.value, bool):
        return _with_said(_number(rule, reason.kind), said(entries, rule.attribute))
    if rule.attribute == "sex":
        return _("This study takes: %(sexes)s.") % {"sexes": _sexes(rule, wanted=wanted)}
    return _with_said(_yes_no(rule, must=rule.value is (reason.kind is Kind.INCLUSION)), said(entries, rule.attribute))


def limit_words(rule: Rule) -> str:
    """A limit of the record's own fields."""
    if rule.attribute == "sex":
        return _("This study takes: %(sexes)s.") % {"sexes": _sexes(rule, wanted=True)}
    return _number(rule, Kind.INCLUSION)


def _with_said(asked: str, answer: str) -> str:
    if not answer:
        return asked
    told = _("You said: %(value)s.") % {"value": answer}
    return f"{asked} {told}"


def _together(rule: Rule) -> str:
    return _("%(name)s: what you said does not go with this rule.") % {"name": capital(name_of(rule.attribute))}


def _number(rule: Rule, kind: Kind) -> str:
    needed = rule.op if kind is Kind.INCLUSION else _OTHER_WAY[rule.op]
    sentence = {
        ">=": _("%(name)s must be %(limit)s or more."),
        ">": _("%(name)s must be more than %(limit)s."),
        "<=": _("%(name)s must be %(limit)s or less."),
        "<": _("%(name)s must be less than %(limit)s."),
        "=": _("%(name)s must be %(limit)s."),
        "!=": _("%(name)s must not be %(limit)s."),
    }[needed]
    return sentence % {"name": capital(name_of(rule.attribute)), "limit": measure(rule.attribute, rule.value)}


def _sexes(rule: Rule, *, wanted: bool) -> str:
    values = _slugs(rule)
    chosen = [sex for sex in ("female", "male") if (sex in values) is wanted]
    return listing(labels.label(v.Sex, sex.upper()) for sex in chosen)


def _diagnosis(rule: Rule, *, wanted: bool) -> str:
    names = _alternatives("diagnosis", _slugs(rule))
    if wanted:
        return _("This study is for people with: %(names)s. You named none of these.") % {"names": names}
    return _("This study does not take people with: %(names)s.") % {"names": names}


def _treatment(rule: Rule, *, wanted: bool) -> str:
    values = {"names": _alternatives("treatment", _slugs(rule)), "time": _time(rule.within)}
    if wanted:
        if rule.within and not rule.stable:
            return _("This study takes people who had one of these in the last %(time)s: %(names)s.") % values
        return _("This study takes people who take or took one of these: %(names)s.") % values
    if rule.within and not rule.stable:
        return _("This study does not take people who had this in the last %(time)s: %(names)s.") % values
    if rule.ever:
        return _("This study does not take people who ever had: %(names)s.") % values
    return _("This study does not take people who take: %(names)s.") % values


def _alternatives(attribute: str, slugs: Iterable[str]) -> str:
    """What no list offers stands last."""
    return alternatives(rule_name(attribute, slug) for slug in sorted(slugs, key=lambda slug: slug == "other"))


def _yes_no(rule: Rule, *, must: bool) -> str:
    values = {"question": question_text(rule.attribute), "time": _time(rule.within)}
    if rule.within:
        if must:
            return _("“%(question)s” This study needs a yes, for the last %(time)s.") % values
        return _("“%(question)s” This study needs a no, for the last %(time)s.") % values
    if field_of(rule.attribute).asks_when:  # the question is "ever", the rule is about today
        if must:
            return _("“%(question)s” This study needs that it is so now.") % values
        return _("“%(question)s” This study needs that it is not so now.") % values
    if must:
        return _("“%(question)s” This study needs a yes.") % values
    return _("“%(question)s” This study needs a no.") % values


def _slugs(rule: Rule) -> tuple[str, ...]:
    return rule.value if isinstance(rule.value, tuple) else (str(rule.value),)


def _time(within: Within | None) -> str:
    return time_span(within.amount, within.unit) if within else ""
