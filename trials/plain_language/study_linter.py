"""What a whole summary must say and must not: nothing left out, nobody kept out by mistake, placebo and kind named."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from trials import vocab as v
from trials.conditions import ancestors, by_slug, fold, known
from trials.criteria.model import Criterion, Kind
from trials.plain_language.linter import study_words
from trials.plain_language.model import Origin, Section, Sentence, Summary
from trials.plain_language.record.facts import StudyFacts
from trials.plain_language.tongue import mark as _
from trials.records import StudyRecord

# Why each rule is there, for editors; `%(words)s` are those in question. The pages translate it.
REASONS: dict[str, str] = {
    "excludes-everybody": _("This keeps out everybody who has the disease of the study: “%(words)s”."),
    "criterion-missing": _("No sentence stands for this criterion: “%(words)s”."),
    "source-missing": _("This sentence has no source: “%(words)s”."),
    "headline-missing": _("The summary has no headline."),
    "placebo-missing": _("Some people get a placebo or a sham, and no sentence says so."),
    "masking-missing": _("Some people are not told who gets what, and no sentence says so."),
    "kind-missing": _("No sentence in the part “what is tested” says what kind of thing it is."),
    "may-join-missing": _("The registry says who may join, and the list of that is empty."),
    "may-not-join-missing": _("The registry says who cannot join, and the list of that is empty."),
}
# These no reason can outweigh: the page would not say what the registry says.
FIRM = frozenset({"criterion-missing", "source-missing", "headline-missing"})
_MASKING = "maskingInfo"
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class StudyFinding:
    """A rule that a summary breaks; `reason` is a message of the catalogues, with `words` for its placeholder."""

    rule: str
    words: str = ""

    @property
    def reason(self) -> str:
        return REASONS[self.rule]


def study_findings(
    summary: Summary, slugs: Iterable[str], record: StudyRecord, criteria: Sequence[Criterion]
) -> tuple[StudyFinding, ...]:
    """What is wrong with a summary as a whole. `slugs` are our conditions of the study."""
    study = StudyFacts(record, tuple(slugs))
    return (
        *_sources(summary, criteria),
        *_lists(summary, criteria),
        *_keeps_out(summary, study, criteria),
        *(_tested(summary, study) if study.is_interventional else ()),
    )


def _sources(summary: Summary, criteria: Sequence[Criterion]) -> Iterator[StudyFinding]:
    """Every criterion is the source of a sentence, and every sentence has a source."""
    covered = {source for sentence in summary.sentences for source in sentence.sources}
    yield from (StudyFinding("criterion-missing", one.text) for one in criteria if one.id not in covered)
    yield from (StudyFinding("source-missing", one.text) for one in summary.sentences if not one.sources)
    if not summary.of(Section.HEADLINE):
        yield StudyFinding("headline-missing")


def _lists(summary: Summary, criteria: Sequence[Criterion]) -> Iterator[StudyFinding]:
    kinds = {one.kind for one in criteria}
    if Kind.INCLUSION in kinds and not summary.of(Section.MAY_JOIN):
        yield StudyFinding("may-join-missing")
    if Kind.EXCLUSION in kinds and not summary.of(Section.MAY_NOT_JOIN):
        yield StudyFinding("may-not-join-missing")


def _tested(summary: Summary, study: StudyFacts) -> Iterator[StudyFinding]:
    """What people get: said to be of a kind, with the placebo, and with who is not told."""
    record, placebo = study.record, _words("placebo", summary.lang)
    if study.has_placebo and not any(placebo.search(one.text) for one in summary.sentences):
        yield StudyFinding("placebo-missing")
    if record.design.masking not in (None, v.Masking.NONE) and not _points_at(summary, _MASKING):
        yield StudyFinding("masking-missing")
    types = {record.interventions[place].type for place in study.tested} - {None, v.InterventionType.OTHER}
    what = [one.text for one in summary.of(Section.WHAT) if not placebo.search(one.text)]
    if types and not any(map(_words("kind", summary.lang).search, what)):
        yield StudyFinding("kind-missing")


def _points_at(summary: Summary, field: str) -> bool:
    return any(field in source for one in summary.sentences for source in one.sources)


def _keeps_out(summary: Summary, study: StudyFacts, criteria: Sequence[Criterion]) -> Iterator[StudyFinding]:
    """An exclusion that names the disease under study, or what everybody with it has, and nothing that narrows it."""
    own = _own(study.slugs)
    if not own:
        return
    above = {one.id: one for one in criteria}
    for sentence in summary.of(Section.MAY_NOT_JOIN):
        if sentence.origin is Origin.OFFICIAL or _narrowed_above(sentence, above, summary.lang):
            continue
        if _says_only(sentence.text, own, summary.lang):
            yield StudyFinding("excludes-everybody", sentence.text)


def _own(slugs: Sequence[str]) -> frozenset[str]:
    """What everybody in the study has: its widest conditions of ours, with all that these fall under."""
    ours = [slug for slug in slugs if known(slug)]
    widest = [slug for slug in ours if not ancestors(slug) & set(ours)]
    return frozenset(one for slug in widest for one in (slug, *ancestors(slug)))


def _narrowed_above(sentence: Sentence, criteria: dict[str, Criterion], lang: str) -> bool:
    """Whether the official words narrow it: those that it stands for, or those that they stand under."""
    todo, seen = [source for source in sentence.sources if source in criteria], set[str]()
    while todo:
        one = criteria[todo.pop()]
        if one.id in seen:
            continue
        seen.add(one.id)
        if _words("narrowed", "en").search(one.text):
            return True
        if one.parent in criteria:
            todo.append(one.parent)
    return _words("narrowed", lang).search(sentence.text) is not None


def _says_only(text: str, own: frozenset[str], lang: str) -> bool:
    return any(_is_only(part, own, lang) for part in _words("divided", lang).split(text.strip(" .。:：")))


def _is_only(part: str, own: frozenset[str], lang: str) -> bool:
    """Whether these words are the name of one of these diseases, whole."""
    before = _words("before", lang)
    while found := before.match(part):
        part = part[found.end() :]
    bare = _BRACKETS.sub("", part).strip()
    return _words("everybody", lang).fullmatch(bare) is not None or fold(bare) in _names(own)


@cache
def _names(own: frozenset[str]) -> frozenset[str]:
    """What these conditions are called as a whole. Of the further synonyms many name a narrower form."""
    found = set[str]()
    for one in map(by_slug, own):
        lists = (one.abbreviations[:1], one.lay[:1], one.synonyms[:2], one.spanish[:2], one.chinese[:2])
        names = [one.name, one.clinical_name, *(name for names in lists for name in names)]
        found.update(fold(name) for name in names)
        found.update(fold(_BRACKETS.sub("", name)) for name in names)
    return frozenset(found)


@cache
def _words(name: str, lang: str) -> re.Pattern[str]:
    return re.compile(study_words(name, lang), re.IGNORECASE)
