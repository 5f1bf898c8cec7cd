"""Paragraphs → sections: what lets people in, what keeps them out, and what is no eligibility criterion at all."""

import re
from dataclasses import dataclass, field

from trials.criteria.layout.joins import join_of
from trials.criteria.layout.paragraphs import Paragraph
from trials.criteria.layout.remarks import excludes, introduces, is_record_note
from trials.criteria.model import Kind

_AS_FOLLOWS = re.compile(r"\b(?:any|all|each|one) of the following [^.,;]{0,40}\.\"?$")

SHORT = 9  # words of a title

Aside = tuple[str, int, int]


@dataclass(slots=True)
class Section:
    """`kind` is None for a section that is left out. `label`: a heading that holds for some of the people only."""

    kind: Kind | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    label: Paragraph | None = None
    asides: list[Aside] = field(default_factory=list)
    headed: bool = True


def sections(text: str, paragraphs: list[Paragraph]) -> list[Section]:
    """The text's sections in order; without any heading everything is one inclusion section."""
    labels = _labels(paragraphs)
    found = [Section(Kind.INCLUSION, headed=False)]
    for number, paragraph in enumerate(paragraphs):
        heading = paragraph.heading
        if not any(sign.isalnum() for sign in text[paragraph.start : paragraph.end]):
            continue
        if heading:
            kind = None if heading.sort == "ignored" else Kind(heading.sort)
            section = Section(kind, label=paragraph if number in labels else None)
            if not section.label:
                section.asides.append(("heading", paragraph.start, paragraph.end))
            found.append(section)
        elif _turns(text, paragraph, found[-1], number + 1 < len(paragraphs)):
            aside = ("introduction", paragraph.start, paragraph.end)
            found.append(Section(Kind.EXCLUSION, asides=[aside]))
        else:
            found[-1].paragraphs.append(paragraph)
    _preamble(text, found)
    for section in found:
        _introduction(text, section)
    return found


def _labels(paragraphs: list[Paragraph]) -> set[int]:
    """Headings for a part of the people ("Inclusion criteria for controls:") where another of the kind exists."""
    by_sort: dict[str, list[int]] = {}
    for number, paragraph in enumerate(paragraphs):
        if paragraph.heading:
            by_sort.setdefault(paragraph.heading.sort, []).append(number)
    labels = set()
    for numbers in by_sort.values():
        cohorts = [number for number in numbers if (heading := paragraphs[number].heading) and heading.cohort]
        if len(numbers) > 1:
            labels.update(cohorts)
    return labels


def _turns(text: str, paragraph: Paragraph, section: Section, more: bool) -> bool:
    """ "Patients will be excluded if:" within an inclusion section begins the exclusions."""
    words = text[paragraph.content : paragraph.end]
    return more and section.kind is Kind.INCLUSION and not paragraph.mark and excludes(words)


def _preamble(text: str, found: list[Section]) -> None:
    """What stands before the first heading introduces the record, if inclusion criteria still follow."""
    first = found[0]
    later = any(section.kind is Kind.INCLUSION and section.paragraphs for section in found[1:])
    if later and all(_prefaces(text, paragraph) for paragraph in first.paragraphs):
        first.asides += [("introduction", paragraph.start, paragraph.end) for paragraph in first.paragraphs]
        first.paragraphs = []


def _over_all(text: str, paragraphs: list[Paragraph]) -> bool:
    """Whether the first item, an introduction, stands over or beside all the others, not over some of them."""
    first, rest = paragraphs[0], paragraphs[1:]
    if any(_label_like(text, first, paragraph) for paragraph in rest):
        return False
    deeper = [paragraph.indent > first.indent + 1 for paragraph in rest]
    return (all(deeper) or not any(deeper)) and not (first.mark and first.mark.ordinal and not all(deeper))


def _label_like(text: str, first: Paragraph, other: Paragraph) -> bool:
    """Whether another item has the form of the first ("For all subjects …:", "For patients …:")."""
    ends = text[other.end - 1] == ":" and text[first.end - 1] == ":"
    return ends and text[first.content : first.content + 4] == text[other.content : other.content + 4]


def _prefaces(text: str, paragraph: Paragraph) -> bool:
    words = text[paragraph.start : paragraph.end]
    titled = len(words.split()) <= SHORT or words.startswith(("The study", "This study")) or is_record_note(words)
    return not paragraph.mark and (titled or introduces(words) or excludes(words))


def _introduction(text: str, section: Section) -> None:
    """Take out the sentences that only introduce the section; one that sets a number ("two of:") stays a criterion."""
    while len(section.paragraphs) > 1 and section.kind:
        paragraph = section.paragraphs[0]
        words = text[paragraph.content : paragraph.end]
        if _AS_FOLLOWS.search(words):
            words = words.rstrip('."') + ":"
        if is_record_note(words) or not (introduces(words) or excludes(words)):
            return
        if paragraph.mark and not (words.endswith(":") and _over_all(text, section.paragraphs)):
            return
        usual = "all" if section.kind is Kind.INCLUSION else "any"
        if join_of(words, section.kind, []) not in (usual, None):
            return
        section.asides.append(("introduction", paragraph.start, paragraph.end))
        section.paragraphs.pop(0)
