"""What a person entered, screen by screen → answers in the units and words of the criteria contract.

An entry is kept as it was typed, so that it can be shown again and changed: `62` and `percent`, not a percentage. By
the kind of the field it holds

    number, steroid_dose       {"n": 62.0, "u": slug of the unit; "" for no dose at all}
    yes_no                     {"v": "yes" or "no"}, and with a yes perhaps {"n": 7.0, "u": "months"}: so long ago
    sex                        {"v": "female" or "male"}
    conditions                 {"c": [slugs]}
    kinds                      {"c": [slugs], "all": whether these are all}
    treatments                 {"t": {slug: {"w": "now", "past" or "", and perhaps "n" and "u"}}, "all": as above}

or, for each kind, {"v": "unknown" or "declined"}; what is missing was left empty.
"""

from collections.abc import Mapping
from typing import Any

from trials.matching.answers import Answers, answers_from_json
from trials.matching.facts import MONTHS
from trials.questions.model import Field, Kind, Question, Unit
from trials.questions.reading import question_of, questions
from trials.questions.unticked import never_taken, offered, ruled_out

Given = Mapping[str, Any]  # for one field
Entry = Mapping[str, Given]  # for one screen: attribute → what was given
Entries = Mapping[str, Entry]  # slug of the question → entry

TIME_UNITS = ("days", "weeks", "months", "years")
CONDITION, KINDS = "condition", "kinds"
OTHER = "other"  # a disease that no list of ours offers: nobody was asked whether they have it
_PAST_CHILDBIRTH = 50  # years; about the age of the menopause


def answers_of(entries: Entries) -> Answers:
    """Raises `trials.matching.answers.AnswersError` on what no form of ours can have sent."""
    return answers_from_json(contract_answers(entries))


def contract_answers(entries: Entries) -> dict[str, Any]:
    """The answers as the contract writes them."""
    answers: dict[str, Any] = {}
    for question in questions():
        for field in question.fields:
            given = entries.get(question.slug, {}).get(field.attribute)
            if given and field.kind in _PLAIN:
                answers |= _plain(field, given)
            elif given and "t" in given:
                _add_treatments(answers, question, given)
    _add_diagnoses(answers, entries)
    return _with_what_follows(answers)


_PLAIN = (Kind.NUMBER, Kind.STEROID_DOSE, Kind.YES_NO, Kind.SEX)


def _plain(field: Field, given: Given) -> dict[str, Any]:
    if field.kind in (Kind.NUMBER, Kind.STEROID_DOSE):
        return in_contract(field, given) if "n" in given else {}
    if given.get("v") in ("unknown", "declined"):
        return {}
    if field.kind is Kind.SEX:
        return {field.attribute: given["v"]}
    if given["v"] == "no" or not field.asks_when:
        return {field.attribute: given["v"] == "yes"}
    when = {"months_ago": _months(given)} if "n" in given else {}
    return {field.attribute: {"value": True, "over": given.get("n") != 0, **when}}


def in_contract(field: Field, given: Given) -> dict[str, float]:
    """A number in the contract's unit. A dose of nothing has no unit; what is in a unit that we no longer know is not
    known.
    """
    unit = unit_of(field, given["u"])
    if unit:
        return {field.attribute: unit.in_contract(given["n"])}
    return {field.attribute: 0.0} if field.kind is Kind.STEROID_DOSE and not given["u"] else {}


def unit_of(field: Field, slug: str) -> Unit | None:
    return next((unit for unit in field.units if unit.slug == slug), None)


def _months(given: Given) -> float:
    return float(given["n"]) * MONTHS[given["u"]]


def named_conditions(entries: Entries) -> tuple[str, ...]:
    """What the person said to have on the first screen."""
    return tuple(entries.get(CONDITION, {}).get("diagnosis", {}).get("c", ()))


def _add_diagnoses(answers: dict[str, Any], entries: Entries) -> None:
    named = named_conditions(entries)
    if not named:
        return
    given = entries.get(KINDS, {}).get("diagnosis", {})
    field, ticked = question_of(KINDS).fields[0], given.get("c", ())
    out = ruled_out(field, named, ticked) if given.get("all") else frozenset()
    have = dict.fromkeys((*named, *ticked))
    answers["diagnosis"] = list(have)
    answers["ruled_out"] = sorted(out)
    left = [one.slug for one in offered(field, named) if one.slug not in out and one.slug not in have]
    answers["may_have"] = [*left, OTHER]


def _add_treatments(answers: dict[str, Any], question: Question, given: Given) -> None:
    treatment = answers.setdefault("treatment", {"ever": [], "never": []})
    taken = given["t"]
    treatment["ever"] += [_taken(slug, use) for slug, use in taken.items()]
    if given.get("all"):
        treatment["never"] += sorted(never_taken(question, taken))


def _taken(slug: str, use: Given) -> dict[str, Any]:
    if use.get("w") == "now":
        return {"value": slug, "current": True}
    return {"value": slug, "months_ago": _months(use)} if use.get("w") == "past" and "n" in use else {"value": slug}


def _with_what_follows(answers: dict[str, Any]) -> dict[str, Any]:
    """What need not be asked: a man is not pregnant, and who takes a dose of a steroid takes a steroid.

    And what is not told: rules on birth control are mostly for women who can become pregnant, so a "no" of others is
    left to the study team.
    """
    if answers.get("sex") == "male":
        answers.setdefault("pregnant_or_breastfeeding", False)
    can_conceive = answers.get("sex") == "female" and answers.get("age", _PAST_CHILDBIRTH) < _PAST_CHILDBIRTH
    if answers.get("contraception") is False and not can_conceive:
        del answers["contraception"]
    if answers.get("prednisone_dose", 0) > 0:
        treatment = answers.setdefault("treatment", {"ever": [], "never": []})
        treatment["ever"].append({"value": "glucocorticoids", "current": True})
    return answers
