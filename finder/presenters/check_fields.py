"""One input of a screen, or several that belong together: what it offers, and what was entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.check.reading import Entered
from trials.questions import model as q
from trials.questions.answering import TIME_UNITS
from trials.questions.model import Kind

Given = Mapping[str, Any]
_TIME = {
    "days": gettext_lazy("days"), "weeks": gettext_lazy("weeks"), "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
}  # fmt: skip


COMMON = 0.04  # what fewer people have stands behind "more"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. `ago` asks beneath it how long ago; `uses` asks of a treatment when it was taken."""

    value: str
    label: str
    help: str = ""
    chosen: bool = False
    name: str = ""
    when: "tuple[Option, ...]" = ()
    ago: "Ago | None" = None


@dataclass(frozen=True, slots=True)
class Ago:
    """Two inputs: how many days, weeks, months or years ago. A third, with a name, says that it is so now."""

    name: str
    value: str
    units: tuple[Option, ...]
    problem: str = ""
    now_name: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class FieldView:
    """`kind` chooses the template. `text` is empty where the question itself says what is asked. `more` are choices of
    few people. `rest` are those for all numbers of the screen that stay empty, and stand after the last.
    """

    name: str
    kind: str
    text: str
    help: str
    value: str = ""
    units: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    more: tuple[Option, ...] = ()
    rest: tuple[Option, ...] = ()
    none_chosen: bool = False
    problem: str = ""


def field_views(
    question: q.Question, entry: Mapping[str, Given], entered: Entered, offered: Mapping[str, list[str]]
) -> tuple[FieldView, ...]:
    """`offered` are the slugs that may be ticked, per attribute."""
    numbers = [one.attribute for one in question.fields if one.kind in (Kind.NUMBER, Kind.STEROID_DOSE)]
    views = []
    for one in question.fields:
        given = entry.get(one.attribute, {})
        view: dict[str, Any] = _MADE[one.kind](one, given, entered, offered.get(one.attribute, ()))
        if one.attribute in numbers[-1:]:
            view["rest"] = _rest(numbers, entry)
        views.append(
            FieldView(
                name=one.attribute,
                kind=one.kind.value,
                text=_(one.text) if one.text and len(question.fields) > 1 else "",
                help=_(one.help) if one.help else "",
                problem=entered.problems.get(one.attribute, ""),
                **view,
            )
        )
    return tuple(views)


def _rest(numbers: list[str], entry: Mapping[str, Given]) -> tuple[Option, ...]:
    chosen = {entry.get(attribute, {}).get("v", "") for attribute in numbers}
    labels = rest_labels()
    if len(numbers) > 1:
        labels["unknown"] = _("I don’t know the others")
    return tuple(Option(value, label, chosen=value in chosen) for value, label in labels.items())


def _number_view(one: q.Field, given: Given, entered: Entered, _offered: Iterable[str]) -> dict[str, Any]:
    typed = entered.raw.get(
        one.attribute, f"{given['n']:g}" if given.get("n") or (given.get("u") and "n" in given) else ""
    )
    units = tuple(Option(unit.slug, _(unit.name), chosen=unit.slug == given.get("u")) for unit in one.units)
    return {"value": typed, "units": units, "none_chosen": given.get("n") == 0 and not given.get("u")}


def _yes_no_view(one: q.Field, given: Given, entered: Entered, _offered: Iterable[str]) -> dict[str, Any]:
    ago = _ago(one.attribute, given, entered, may_be_now=True) if one.asks_when else None
    labels = {"yes": _("Yes"), "no": _("No"), **rest_labels()}
    options = tuple(
        Option(value, label, chosen=given.get("v") == value, ago=ago if value == "yes" else None)
        for value, label in labels.items()
    )
    return {"options": options}


def _sex_view(_one: q.Field, given: Given, _entered: Entered, _offered: Iterable[str]) -> dict[str, Any]:
    labels = {"female": _("Female"), "male": _("Male"), **rest_labels()}
    return {"options": tuple(Option(value, label, chosen=given.get("v") == value) for value, label in labels.items())}


def _ticks_view(one: q.Field, given: Given, _entered: Entered, offered: Iterable[str]) -> dict[str, Any]:
    may = frozenset(offered)
    ticked = given.get("c", ())
    common = COMMON if one.kind is Kind.CONDITIONS else 0.0
    options: list[Option] = []
    more: list[Option] = []
    for choice in (choice for choice in one.choices if choice.slug in may):
        option = Option(choice.slug, _(choice.name), _(choice.help) if choice.help else "", choice.slug in ticked)
        (options if choice.chance >= common or option.chosen else more).append(option)
    return {"options": tuple(options), "more": tuple(more)}


def _treatments_view(one: q.Field, given: Given, entered: Entered, offered: Iterable[str]) -> dict[str, Any]:
    may, taken = frozenset(offered), given.get("t", {})
    options = tuple(
        _treatment(one, choice, taken.get(choice.slug), entered) for choice in one.choices if choice.slug in may
    )
    return {"options": options}


def _treatment(one: q.Field, choice: q.Choice, use: Given | None, entered: Entered) -> Option:
    name = f"{one.attribute}.{choice.slug}"
    labels = {"now": _("I take it now"), "past": _("I had it before"), "": _("I don’t know when")}
    when = tuple(
        Option(
            value,
            label,
            chosen=use is not None and use.get("w") == value,
            ago=_ago(name, use or {}, entered) if value == "past" else None,
        )
        for value, label in labels.items()
    )
    return Option(choice.slug, _(choice.name), _(choice.help) if choice.help else "", use is not None, name, when)


def _ago(name: str, given: Given, entered: Entered, *, may_be_now: bool = False) -> Ago:
    now = may_be_now and given.get("n") == 0
    chosen = "" if now else given.get("u", "")
    units = tuple(Option(unit, str(_TIME[unit]), chosen=unit == chosen) for unit in TIME_UNITS)
    stored = f"{given['n']:g}" if "n" in given and not now else ""
    return Ago(
        name=f"{name}.ago",
        value=entered.raw.get(f"{name}.ago", stored),
        units=units,
        problem=entered.problems.get(f"{name}.ago", ""),
        now_name=f"{name}.now" if may_be_now else "",
        now=now,
    )


def rest_labels() -> dict[str, str]:
    return {"unknown": _("I don’t know"), "declined": _("I’d rather not say")}


_MADE = {
    Kind.NUMBER: _number_view,
    Kind.STEROID_DOSE: _number_view,
    Kind.YES_NO: _yes_no_view,
    Kind.SEX: _sex_view,
    Kind.CONDITIONS: _ticks_view,
    Kind.KINDS: _ticks_view,
    Kind.TREATMENTS: _treatments_view,
}
