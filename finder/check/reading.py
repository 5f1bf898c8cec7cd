"""What a person entered on one screen → its entry, and a sentence for each thing that cannot be used."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.language import number
from trials.questions import model as q
from trials.questions.answering import TIME_UNITS, unit_of
from trials.questions.model import Kind

LONGEST_TEXT = 40  # characters of a number
LONGEST_AGO_YEARS = 120
_REST = ("unknown", "declined")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")  # 250,000: in some countries that is 250
_A_YEAR: dict[str, float] = {"days": 365.25, "weeks": 52.18, "months": 12, "years": 1}


@dataclass(slots=True)
class Entered:
    """`entry` as in `trials.questions.answering`. `problems` hold a sentence per name of an input; `raw` is what was
    typed into it, to be shown again.
    """

    entry: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.entry and not self.problems


def read_screen(question: q.Question, offered: Mapping[str, Iterable[str]], form: QueryDict) -> Entered:
    """`offered` are the slugs that may be ticked, per attribute."""
    entered = Entered()
    for one in question.fields:
        given = _READ[one.kind](one, frozenset(offered.get(one.attribute, ())), form, entered)
        if given:
            entered.entry[one.attribute] = given
    rest = form.get("rest", "")
    if rest in _REST:  # "I don't know" for all numbers that were left empty
        for one in question.fields:
            if one.kind in (Kind.NUMBER, Kind.STEROID_DOSE) and one.attribute not in entered.problems:
                entered.entry.setdefault(one.attribute, {"v": rest})
    return entered


def _number(one: q.Field, _offered: frozenset[str], form: QueryDict, entered: Entered) -> dict[str, Any]:
    unit = form.get(f"{one.attribute}.unit", "")
    value = _typed(one.attribute, form, entered)
    if one.kind is Kind.STEROID_DOSE and form.get(f"{one.attribute}.none") == "1":
        if value or one.attribute in entered.problems:
            entered.problems[one.attribute] = _("Please give a dose, or say that you take none.")
            return {}
        return {"n": 0.0, "u": ""}
    if value is None:
        return {}
    chosen = unit_of(one, unit) or (one.units[0] if len(one.units) == 1 else None)
    if chosen is None:
        entered.problems[one.attribute] = _("Please say in which unit this number is.")
        return {}
    digits = _THOUSANDS.fullmatch(entered.raw[one.attribute])
    if digits and chosen.in_contract(float(re.sub(r"\D", "", digits[0]))) <= one.highest:
        entered.problems[one.attribute] = _("Please write this number without a comma or dot between the thousands.")
        return {}
    if not one.lowest <= chosen.in_contract(value) <= one.highest:
        lowest, highest = (round(limit / chosen.factor, 1) for limit in (one.lowest, one.highest))
        limits = {"lowest": number(lowest), "highest": number(highest)}
        sentence = _("Please check this number. We can use numbers from %(lowest)s to %(highest)s.")
        entered.problems[one.attribute] = sentence % limits
        return {}
    return {"n": value, "u": chosen.slug}


def _typed(name: str, form: QueryDict, entered: Entered) -> float | None:
    """The number in an input; None where it is empty, or is none, which is then said."""
    text = form.get(name, "").strip()
    if not text:
        return None
    entered.raw[name] = text[:LONGEST_TEXT]
    try:
        value = float(text[: LONGEST_TEXT + 1].replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        entered.problems[name] = _("Please write a number with digits, like 12 or 7.5.")
        return None
    return value


def _ago(name: str, form: QueryDict, entered: Entered) -> dict[str, Any]:
    """How long ago, which is no time at all for what is so now; nothing where it was left empty."""
    value, unit = _typed(f"{name}.ago", form, entered), form.get(f"{name}.ago_unit", "")
    if form.get(f"{name}.now") == "1":
        if value:
            entered.problems[f"{name}.ago"] = _("Please say that it is so now, or how long ago it was: not both.")
            return {}
        return {"n": 0.0, "u": "days"}
    if value is None:
        return {}
    if unit not in TIME_UNITS:
        entered.problems[f"{name}.ago"] = _("Please say if these are days, weeks, months or years.")
        return {}
    if value > LONGEST_AGO_YEARS * _A_YEAR[unit]:
        entered.problems[f"{name}.ago"] = _("Please check this number: it is longer than a life.")
        return {}
    return {"n": value, "u": unit}


def _yes_no(one: q.Field, _offered: frozenset[str], form: QueryDict, entered: Entered) -> dict[str, Any]:
    value = form.get(one.attribute, "")
    if value not in ("yes", "no", *_REST):
        return {}
    return {"v": value, **(_ago(one.attribute, form, entered) if value == "yes" and one.asks_when else {})}


def _sex(one: q.Field, _offered: frozenset[str], form: QueryDict, _entered: Entered) -> dict[str, Any]:
    value = form.get(one.attribute, "")
    return {"v": value} if value in ("female", "male", *_REST) else {}


def _ticked(one: q.Field, offered: frozenset[str], form: QueryDict) -> list[str]:
    return [slug for slug in dict.fromkeys(form.getlist(one.attribute)[: len(offered) + 1]) if slug in offered]


def _conditions(one: q.Field, offered: frozenset[str], form: QueryDict, _entered: Entered) -> dict[str, Any]:
    ticked = _ticked(one, offered, form)
    return {"c": ticked} if ticked else _none_known(form)


def _kinds(one: q.Field, offered: frozenset[str], form: QueryDict, _entered: Entered) -> dict[str, Any]:
    ticked = _ticked(one, offered, form)
    return {"c": ticked, "all": _whole(form)} if ticked or _whole(form) else _none_known(form)


def _treatments(one: q.Field, offered: frozenset[str], form: QueryDict, entered: Entered) -> dict[str, Any]:
    taken = {}
    ticked = _ticked(one, offered, form)
    # Who said when they had one had it, be it ticked or not.
    ticked += [slug for slug in sorted(offered) if slug not in ticked and form.get(f"{one.attribute}.{slug}")]
    for slug in ticked:
        name = f"{one.attribute}.{slug}"
        when = form.get(name, "")
        taken[slug] = {
            "w": when if when in ("now", "past") else "",
            **(_ago(name, form, entered) if when == "past" else {}),
        }
    return {"t": taken, "all": _whole(form)} if taken or _whole(form) else _none_known(form)


def _whole(form: QueryDict) -> bool:
    """Whether what is ticked is all, be it nothing. Only a person who says so has said "no" to the rest."""
    return form.get("all") == "yes"


def _none_known(form: QueryDict) -> dict[str, Any]:
    return {"v": form["all"]} if form.get("all") in _REST else {}


_READ = {
    Kind.NUMBER: _number,
    Kind.STEROID_DOSE: _number,
    Kind.YES_NO: _yes_no,
    Kind.SEX: _sex,
    Kind.CONDITIONS: _conditions,
    Kind.KINDS: _kinds,
    Kind.TREATMENTS: _treatments,
}
