"""What a person entered, in words and in their own units."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from finder.presenters.check_fields import rest_labels
from finder.presenters.check_names import choice_name
from finder.presenters.words import listing, number
from trials.criteria.treatments import classes_with
from trials.language import time_span
from trials.questions import model as q
from trials.questions.answering import Entries, unit_of
from trials.questions.model import Kind
from trials.questions.reading import questions

Given = Mapping[str, Any]


def said(entries: Entries, attribute: str) -> str:
    """The answer on an attribute; empty where none was given."""
    for question in questions():
        for one in question.fields:
            given = entries.get(question.slug, {}).get(attribute) if one.attribute == attribute else None
            if given and given.get("v") not in rest_labels():
                return value_words(one, given)
    return ""


def said_of(entries: Entries, slugs: Iterable[str]) -> str:
    """The person's own ones of these treatments, or of these classes of them."""
    wanted = frozenset(slugs)
    named = ((slug, use) for slug, use in _taken(entries) if wanted.intersection({slug, *classes_with(slug)}))
    return listing(_use_words(slug, use) for slug, use in named)


def _taken(entries: Entries) -> Iterator[tuple[str, Given]]:
    for entry in entries.values():
        yield from entry.get("treatment", {}).get("t", {}).items()


def value_words(one: q.Field, given: Given) -> str:
    if given.get("v") in rest_labels():
        return rest_labels()[given["v"]]
    if one.kind in (Kind.NUMBER, Kind.STEROID_DOSE):
        return _measure(one, given)
    if one.kind is Kind.TREATMENTS:
        uses = [_use_words(slug, use) for slug, use in given.get("t", {}).items()]
        return _ticked(uses, whole=bool(given.get("all")))
    if one.kind in (Kind.CONDITIONS, Kind.KINDS):
        return _ticked([choice_name("diagnosis", slug) for slug in given.get("c", ())], whole=bool(given.get("all")))
    words = {"yes": _("Yes"), "no": _("No"), "female": _("Female"), "male": _("Male")}[given["v"]]
    return _with_time(words, given)


def _measure(one: q.Field, given: Given) -> str:
    unit = unit_of(one, given["u"])
    values = {"number": number(given["n"]), "unit": _(unit.name) if unit else ""}
    if one.kind is Kind.STEROID_DOSE:
        return _("%(number)s mg a day of %(unit)s") % values if unit else _("No steroid")
    return _("%(number)s %(unit)s") % values if unit else number(given["n"])


def _use_words(slug: str, use: Given) -> str:
    name = choice_name("treatment", slug)
    return _("%(answer)s (now)") % {"answer": name} if use.get("w") == "now" else _with_time(name, use)


def _with_time(words: str, given: Given) -> str:
    if "n" not in given:
        return words
    if given["n"] == 0:
        return _("%(answer)s (now)") % {"answer": words}
    return _("%(answer)s (%(time)s ago)") % {"answer": words, "time": time_span(given["n"], given["u"])}


def _ticked(words: list[str], *, whole: bool) -> str:
    if not words:
        return _("None of the list")
    if whole:
        return _("%(answers)s; none of the others") % {"answers": listing(words)}
    return listing(words)
