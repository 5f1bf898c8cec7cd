"""Where a plain sentence comes from: the field of the record in everyday words, and what the registry says there.

What stands at a path is the same that editors check a sentence by (`trials.summaries.sources`); here are only the names
of the fields, and in how few words a page repeats what stands there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.presenters import design as designed
from finder.presenters import words
from trials import labels
from trials.plain_language.record import facts as f
from trials.summaries.sources import PLACE, Sources
from trials.text_blocks import clean_text


@dataclass(frozen=True, slots=True)
class ValueView:
    """`text` are the registry's own words, in English; `word` is ours, for a value of a closed list."""

    text: str = ""
    word: words.Text = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """`anchor` names the part of the study's page that holds the whole text, where that is too long to repeat."""

    field: str
    values: tuple[ValueView, ...] = ()
    anchor: str = ""


def source_views(sources: Sources, paths: Iterable[str]) -> tuple[SourceView, ...]:
    """The fields behind sentences, each once."""
    return tuple(dict.fromkeys(_view(sources, path) for path in dict.fromkeys(paths)))


def _view(sources: Sources, path: str) -> SourceView:
    field, place = _FIELDS.get(PLACE.sub("[]", path)), PLACE.search(path)
    if field is None:
        return SourceView(_("The record"), (ValueView(path),))
    value = sources.value(field.told or path)
    label = str(field.label) % {"number": words.number(int(place[1]) + 1) if place else ""}
    return SourceView(label, tuple(field.say(value)) if value else (), field.anchor if value else "")


def _plainly(value: Any) -> Iterator[ValueView]:
    """Texts as they stand, closed lists in our words; of a part with parts of its own nothing."""
    if isinstance(value, StrEnum):
        yield _word(value)
    elif isinstance(value, str):
        yield ValueView(clean_text(value))
    else:
        parts = value.values() if isinstance(value, dict) else value
        yield from (one for part in parts if isinstance(part, str) for one in _plainly(part))


def _word(token: StrEnum) -> ValueView:
    return ValueView(word=labels.label(type(token), token.value))


def _named(value: Any) -> Iterator[ValueView]:
    """Groups, what is given in them, or who runs the study: the name, and of which kind it is."""
    for one in value if isinstance(value, list) else [value]:
        kind = one.get("type") or one.get("class")
        yield ValueView(clean_text(one.get("label") or one.get("name", "")), _word(kind).word if kind else "")


def _masking(value: Mapping[str, Any]) -> Iterator[ValueView]:
    yield ValueView(word=designed.masking_words(value.get("masking", ""), value.get("whoMasked", ())))


def _people(value: Mapping[str, Any]) -> Iterator[ValueView]:
    if "count" in value:
        yield ValueView(word=words.people(value["count"], value.get("type", "")))


def _sites(value: Sequence[tuple[str, int]]) -> Iterator[ValueView]:
    for code, count in sorted(value, key=lambda one: -one[1]):
        told = {"country": words.country_name(code), "sites": words.sites(count)}
        yield ValueView(word=_("%(country)s: %(sites)s") % told if code else words.sites(count))


def _nothing(value: Any) -> Iterator[ValueView]:
    """Of what is too long to repeat."""
    yield from ()


@dataclass(frozen=True, slots=True)
class _Field:
    """`told` is the path that is read in place of the sentence's own, where a page tells a part of it only."""

    label: words.Text
    anchor: str = ""
    say: Callable[[Any], Iterator[ValueView]] = _plainly
    told: str = ""


_TEXTS = _Field(
    gettext_lazy("Summary and description"), "official-summary", _nothing, told=f"{f.DESCRIPTION}.briefSummary"
)
_GIVEN = _Field(gettext_lazy("What is given or done"), "official-design", _named)
_STATUS = _Field(gettext_lazy("Status"), told=f"{f.STATUS}.overallStatus")
_FIELDS: dict[str, _Field] = {
    f.TITLE: _Field(gettext_lazy("Title")),
    f"{f.PROTOCOL}.identificationModule.officialTitle": _Field(gettext_lazy("Official title")),
    f.CONDITIONS: _Field(gettext_lazy("Conditions")),
    f.DESIGN: _Field(gettext_lazy("Kind of study"), told=f"{f.DESIGN}.studyType"),
    f"{f.DESIGN}.phases": _Field(gettext_lazy("Phase")),
    f.DESIGN_INFO: _Field(gettext_lazy("Design")),
    f"{f.DESIGN_INFO}.maskingInfo": _Field(gettext_lazy("Who knows which treatment is given"), say=_masking),
    f"{f.DESIGN}.enrollmentInfo": _Field(gettext_lazy("People"), say=_people),
    f.ARMS: _Field(gettext_lazy("Groups"), "official-design", _named),
    f"{f.ARMS}[]": _Field(gettext_lazy("Group %(number)s"), "official-design", _named),
    f.INTERVENTIONS: _GIVEN,
    f"{f.INTERVENTIONS}[]": _GIVEN,
    f"{f.OUTCOMES}[].timeFrame": _Field(gettext_lazy("Main result")),
    f.SITES: _Field(gettext_lazy("Sites"), "where", _sites),
    f.STATUS: _STATUS,
    f"{f.STATUS}.overallStatus": _STATUS,
    f.SPONSOR: _Field(gettext_lazy("Run by"), say=_named),
    f.DESCRIPTION: _TEXTS,
    f"{f.DESCRIPTION}.briefSummary": _TEXTS,
    f"{f.DESCRIPTION}.detailedDescription": _TEXTS,
    f"{f.ELIGIBILITY}.minimumAge": _Field(gettext_lazy("Youngest age"), "field-age"),
    f"{f.ELIGIBILITY}.maximumAge": _Field(gettext_lazy("Oldest age"), "field-age"),
    f"{f.ELIGIBILITY}.sex": _Field(gettext_lazy("Sex"), "field-sex"),
}
