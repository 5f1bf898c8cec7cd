"""A study in plain sentences, section by section: who has checked them, and where in the record they come from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters import words
from finder.presenters.sources import SourceView, source_views
from finder.presenters.terms import Piece, Pieces, WordsOnPage
from trials.models import Trial
from trials.plain_language.model import Origin, Section
from trials.summaries import ReviewState, ShownSentence, ShownSummary, Sources, sources_of
from trials.summaries.sources import is_criterion
from trials.text_blocks import clean_text

_ABOUT = (Section.WHERE, Section.SIZE, Section.STATUS, Section.SPONSOR)


@dataclass(frozen=True, slots=True)
class SentenceView:
    """`official`: in the registry's own words. `unchecked`: one of the few that no editor has checked."""

    pieces: Pieces
    sources: tuple[SourceView, ...]
    official: bool
    unchecked: bool


@dataclass(frozen=True, slots=True)
class PlainSection:
    sentences: tuple[SentenceView, ...]

    @property
    def sources(self) -> tuple[SourceView, ...]:
        """The fields behind all sentences, each once."""
        return tuple(dict.fromkeys(source for sentence in self.sentences for source in sentence.sources))

    def __bool__(self) -> bool:
        return bool(self.sentences)


@dataclass(frozen=True, slots=True)
class Headline:
    """`official`: in English whatever the language of the page, as the registry's own title or an editor's."""

    text: str
    official: bool


@dataclass(frozen=True, slots=True)
class PlainView:
    """`limits` are what fields alone say of who can join; they stand before the criteria."""

    headline: Headline
    what: PlainSection
    stage: PlainSection
    happens: PlainSection
    limits: PlainSection
    about: PlainSection
    not_stated: PlainSection

    @property
    def tested_sources(self) -> tuple[SourceView, ...]:
        """The fields behind what is tested and at which stage."""
        return tuple(dict.fromkeys((*self.what.sources, *self.stage.sources)))

    @property
    def unchecked(self) -> int:
        """How many of the sentences are marked."""
        sections = (self.what, self.stage, self.happens, self.limits, self.about, self.not_stated)
        return sum(sentence.unchecked for section in sections for sentence in section.sentences)


def plain_view(trial: Trial, summary: ShownSummary, words_on_page: WordsOnPage) -> PlainView:
    """All but the criteria, which have their own lists. `trial` comes with its parts."""
    maker = Sentences(trial, summary, sources_of(trial), words_on_page)
    return PlainView(
        headline=headline_of(trial, summary),
        what=maker.section(Section.WHAT),
        stage=maker.section(Section.STAGE),
        happens=maker.section(Section.HAPPENS),
        limits=maker.limits(),
        about=maker.section(*_ABOUT),
        not_stated=maker.section(Section.NOT_STATED),
    )


def headline_of(trial: Trial, summary: ShownSummary) -> Headline:
    """What an editor wrote or checked, else the sentence of our rules, else the registry's title, else the id."""
    editorial = getattr(trial, "editorial", None)
    by_editor = editorial.plain_title if editorial and summary.lang == "en" else ""
    for sentence in summary.of(Section.HEADLINE):
        if sentence.origin != Origin.OFFICIAL and (sentence.reviewed or not by_editor):
            return Headline(sentence.text.rstrip(".。"), official=False)
    if editorial and editorial.plain_title:
        return Headline(editorial.plain_title, official=summary.lang != "en")
    return Headline(clean_text(trial.brief_title or trial.official_title) or str(trial.nct_id), official=True)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one study, made in reading order, for `words` notes what comes first."""

    trial: Trial
    summary: ShownSummary
    sources: Sources
    words: WordsOnPage

    def section(self, *sections: Section) -> PlainSection:
        sentences = (one for section in sections for one in self.summary.of(section) if self._holds(one))
        return self.of(sentences)

    def of(self, sentences: Iterable[ShownSentence]) -> PlainSection:
        return PlainSection(tuple(map(self._view, sentences)))

    def limits(self) -> PlainSection:
        of_fields = (one for one in self.summary.of(Section.MAY_JOIN) if not any(map(is_criterion, one.sources)))
        return self.of(of_fields)

    def _view(self, sentence: ShownSentence) -> SentenceView:
        official = sentence.origin == Origin.OFFICIAL
        return SentenceView(
            pieces=self._pieces(sentence, official=official),
            sources=source_views(self.sources, sentence.sources),
            official=official,
            unchecked=is_unchecked(sentence, self.summary),
        )

    def _pieces(self, sentence: ShownSentence, *, official: bool) -> Pieces:
        """Names of sponsors and places are no words to explain."""
        if sentence.section in _ABOUT:
            return (Piece(sentence.text),)
        return self.words.official(sentence.text, in_sight=True) if official else self.words.ours(sentence.text)

    def _holds(self, sentence: ShownSentence) -> bool:
        """The status of a study that has left the registry is told by the freshness."""
        return not (sentence.section is Section.STATUS and self.trial.gone_since)


def is_unchecked(sentence: ShownSentence, summary: ShownSummary) -> bool:
    """Whether it is one of the few that an editor has not checked; the registry's own words need no check."""
    ours = sentence.origin != Origin.OFFICIAL and sentence.section is not Section.HEADLINE
    return summary.state is ReviewState.PARTLY and ours and not sentence.reviewed


def review_words(summary: ShownSummary, unchecked: int, *, by_hand: bool) -> Iterator[str]:
    """Who wrote the text and who has checked it; `unchecked` counts the sentences that the page marks."""
    if summary.state is not ReviewState.DRAFT:
        yield _checked(summary)
    if unchecked:
        yield ngettext(
            "%(count)s sentence is written by rules and not yet checked by an editor. It is marked.",
            "%(count)s sentences are written by rules and not yet checked by an editor. They are marked.",
            unchecked,
        ) % {"count": words.number(unchecked)}
    if summary.state is ReviewState.DRAFT and by_hand:
        yield _("Written by rules from the listing, not yet checked by an editor.")
    elif summary.state is ReviewState.DRAFT:
        yield _("Written by rules from the registry, not yet checked by an editor.")


def _checked(summary: ShownSummary) -> str:
    values = {"name": summary.checked_by, "date": _day(summary.checked_at)}
    if not summary.checked_by or (summary.second_at and not summary.second_by):
        return _checked_by_editors(summary)
    if summary.second_by:
        values |= {"second": summary.second_by, "second_date": _day(summary.second_at)}
        if summary.state is ReviewState.REVIEWED:
            return _("Checked by %(name)s on %(date)s and by %(second)s on %(second_date)s.") % values
        return _("Checked in part by %(name)s on %(date)s and by %(second)s on %(second_date)s.") % values
    if summary.state is ReviewState.REVIEWED:
        return _("Checked by %(name)s on %(date)s.") % values
    return _("Checked in part by %(name)s on %(date)s.") % values


def _checked_by_editors(summary: ShownSummary) -> str:
    """Where a reader has no name that a page may show."""
    values = {"date": _day(summary.checked_at), "second_date": _day(summary.second_at)}
    if summary.second_at:
        if summary.state is ReviewState.REVIEWED:
            return _("Checked by two editors, on %(date)s and on %(second_date)s.") % values
        return _("Checked in part by two editors, on %(date)s and on %(second_date)s.") % values
    if summary.state is ReviewState.REVIEWED:
        return _("Checked by an editor on %(date)s.") % values
    return _("Checked in part by an editor on %(date)s.") % values


def _day(moment: datetime | None) -> str:
    return words.long_date(timezone.localdate(moment)) if moment else ""
