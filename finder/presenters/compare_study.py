"""One study of a comparison: what it says of itself, row by row, in the sentences of its own page."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.places_asked import PlaceAsked
from finder.presenters import compare_record as record
from finder.presenters import design as designed
from finder.presenters import words
from finder.presenters.compare_rules import NO_RULES, RulesOn, StudyRules
from finder.presenters.criteria import CriteriaView, criteria_view
from finder.presenters.freshness import Freshness, freshness
from finder.presenters.likeness import NOTHING, UNREAD, Sign, sign_of
from finder.presenters.plain import Headline, PlainSection, Sentences, headline_of, review_words
from finder.presenters.sites import CountryView, Sites, SiteView, by_distance
from finder.presenters.status import StatusView, study_status
from finder.presenters.study import official_wording, stated_end
from finder.presenters.terms import WordsOnPage, text_of
from finder.presenters.timeline import timeline
from trials import vocab as v
from trials.models import Trial
from trials.plain_language.model import Section
from trials.plain_language.record import facts as f
from trials.summaries import ShownSentence, ShownSummary, sources_of
from trials.text_blocks import clean_text

MOST_COUNTRIES = 3  # in sight; the others are folded
_NO_SENTENCES = PlainSection(())
_MASKING = f"{f.DESIGN_INFO}.maskingInfo"


@dataclass(frozen=True, slots=True)
class Line:
    """`official`: the registry's own words, in English; `when` is then their time. `whole`: the label is a sentence."""

    text: words.Text
    label: words.Text = ""
    official: bool = False
    whole: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a study says in one row. `folded` are lines beyond the first; `empty` is said where there is nothing.

    `unread`: the rules are in the official text alone.
    """

    sign: Sign = NOTHING
    lines: tuple[Line, ...] = ()
    folded: tuple[Line, ...] = ()
    section: PlainSection = _NO_SENTENCES
    rules: RulesOn = NO_RULES
    status: StatusView | None = None
    site: SiteView | None = None
    empty: str = ""
    unread: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.lines or self.section or self.rules or self.status or self.site)


@dataclass(frozen=True, slots=True)
class StudyHead:
    """What names a study on the page."""

    nct_id: str
    url: str
    headline: Headline
    wording: str
    by_hand: bool
    is_sample: bool


class ComparedStudy:
    """`trial` is `with_parts`. Made in reading order, for `on_page` notes the words that come first."""

    def __init__(
        self, trial: Trial, summary: ShownSummary, where: str, asked: PlaceAsked, on_page: WordsOnPage, today: date,
        stale_after_months: int,
    ) -> None:  # fmt: skip
        self.trial, self.summary, self.where, self.asked = trial, summary, where, asked
        self.said = Sentences(trial, summary, sources_of(trial), on_page)
        self.fresh: Freshness = freshness(trial, today, stale_after_months, stated_end(trial))
        self.what = self.said.section(Section.WHAT)
        self.criteria: CriteriaView = criteria_view(trial, summary, on_page)
        self.dates = {one.kind: one for one in trial.dates.all()}
        self.today = today
        self.head = StudyHead(
            nct_id=str(trial.nct_id),
            url=trial.get_absolute_url(),
            headline=headline_of(trial, summary),
            wording=official_wording(trial),
            by_hand=trial.registry == v.Registry.HAND,
            is_sample=trial.is_sample,
        )
        self.by_concept, self.other_rules = StudyRules(trial, self.criteria).by_concept()

    @property
    def unread(self) -> str:
        """Why nothing can be said of its rules; empty where they were read."""
        if self.criteria.as_tree:
            return ""
        if self.criteria:
            return _("Our software could not read the rules of this study. Read the official text.")
        if self.trial.read_in_part:
            return _("The official rules are not in the part of the record that we have.")
        return self._unsaid()

    def status(self) -> Told:
        word, reasons = study_status(self.trial), self.fresh.reasons
        lines = (Line(" ".join(reasons), label=_("Call first."), whole=True),) if reasons else ()
        return Told(sign_of(f"{word.word} {reasons}"), lines, status=word)

    def tested(self) -> Told:
        return self._told(self.what, behind=record.treatments(self.trial))

    def stage(self) -> Told:
        return self._told(self.said.section(Section.STAGE))

    def size(self) -> Told:
        return self._told(self.said.section(Section.SIZE))

    def sponsor(self) -> Told:
        return self._told(self.said.section(Section.SPONSOR), behind=record.sponsors(self.trial))

    def groups(self) -> Told:
        said = self.said.of(one for one in self._happens() if not _is_of(one, _MASKING, f.OUTCOMES))
        aside = [Line(_("The record names a placebo or a sham treatment."))]
        return self._told(
            said, *(aside if record.names_placebo_aside(self.trial) else ()), behind=record.groups(self.trial)
        )

    def masking(self) -> Told:
        said = self.said.of(one for one in self._happens() if _is_of(one, _MASKING))
        return self._told(said, behind=record.masking(self.trial))

    def measured(self) -> Told:
        """The main question, in the registry's words, and when it is answered; how many further ones there are."""
        of_time = self.said.of(one for one in self._happens() if _is_of(one, f.OUTCOMES))
        main = [one for one in self.trial.outcomes.all() if one.type == v.OutcomeType.PRIMARY]
        lines = [Line(clean_text(one.measure), official=True, when=clean_text(one.time_frame)) for one in main]
        rest = len(self.trial.outcomes.all()) - len(main)
        told = self._told(of_time, *lines[:MOST_COUNTRIES], folded=tuple(lines[MOST_COUNTRIES:]))
        if not rest:
            return told
        more = ngettext("%(count)s more question", "%(count)s more questions", rest) % {"count": words.number(rest)}
        every = " ".join(f"{one.type} {one.measure} {one.time_frame}" for one in self.trial.outcomes.all())
        return replace(told, sign=sign_of(every), lines=(*told.lines, Line(more)))

    def field(self, *labels: words.Text) -> Told:
        """Age, sex or health, as the record's own fields say."""
        facts = [fact for fact in designed.joining_facts(self.trial) if fact.label in labels]
        lines = (Line(one.value, "" if one.anchor else one.label, official=one.official) for one in facts)
        return self._told(_NO_SENTENCES, *lines)

    def diseases(self) -> Told:
        """What the registry files the study under, and whether healthy people can join."""
        names = list(dict.fromkeys(clean_text(one.text) for one in self.trial.listed_conditions.all()))
        listed = (Line(words.listing(names), _("Conditions"), official=True),) if names else ()
        told = self._told(_NO_SENTENCES, *listed, *self.field(_("Healthy people")).lines)
        said = " ".join(sorted(map(str.casefold, names)) + [str(line.text) for line in told.lines[len(listed) :]])
        return replace(told, sign=sign_of(said) if told.lines else told.sign)  # their order is no difference

    def title(self) -> Told:
        title = clean_text(self.trial.brief_title or self.trial.official_title)
        return self._told(_NO_SENTENCES, *((Line(title, official=True),) if title else ()))

    def places(self) -> Told:
        lines = tuple(self._country_lines())
        summed = (Line(self.where),) if self.where else ()
        shown = lines if len(lines) <= MOST_COUNTRIES else ()
        told = self._told(_NO_SENTENCES, *summed, *shown, folded=lines[len(shown) :])
        return replace(told, sign=sign_of(record.sites(self.trial))) if summed else self._nothing()

    def nearest(self) -> Told:
        """The open site that is nearest to the place that was asked for."""
        sites = [site for country in self._countries for site in country.sites if site.is_open]
        placed = sorted((site for site in sites if site.km is not None), key=by_distance)
        if not placed:
            return Told(empty=_("No open site that we can measure the way to."))
        return Told(sign_of(f"{placed[0].facility} {placed[0].place}"), site=placed[0])

    def date_of(self, kind: v.DateKind) -> Told:
        stated = self.dates.get(kind)
        if stated is None:
            return self._nothing()
        view = timeline([stated], self.today).dates[0]
        return Told(sign_of(f"{view.day} {view.kind}"), (Line(f"{view.day} ({view.kind})" if view.kind else view.day),))

    def checked(self) -> Told:
        """Who wrote the plain words, and who has checked them."""
        lines = tuple(Line(one) for one in review_words(self.summary, 0, by_hand=self.head.by_hand))
        return Told(sign_of(" ".join(str(line.text) for line in lines)), lines)

    def _told(self, section: PlainSection, *lines: Line, folded: Sequence[Line] = (), behind: Hashable = None) -> Told:
        """`behind` is what the record holds where sentences say less."""
        said = " ".join(
            [
                *(text_of(one.pieces) for one in section.sentences),
                *(f"{one.text} {one.when}" for one in (*lines, *folded)),
            ]
        )
        return Told(sign_of(said, behind), lines, tuple(folded), section) if said else self._nothing()

    def _nothing(self) -> Told:
        """What is not in the part of a record that we have may be in the rest of it."""
        return Told(UNREAD if self.trial.read_in_part else NOTHING, empty=self._unsaid())

    def _unsaid(self) -> str:
        if self.trial.read_in_part:
            return _("This is not in the part of the record that we have.")
        return _("The listing does not say.") if self.head.by_hand else _("The registry does not say.")

    def _happens(self) -> Iterator[ShownSentence]:
        return iter(self.summary.of(Section.HAPPENS))

    @cached_property
    def _countries(self) -> tuple[CountryView, ...]:
        return Sites(self.trial, (), (), self.asked, call_first=self.fresh.call_first).countries()

    def _country_lines(self) -> Iterator[Line]:
        for one in self._countries:
            yield Line(" · ".join(filter(None, (one.count, one.open_count, one.nearest))), one.name)


def rules_told(study: ComparedStudy, rules: RulesOn, beside: Told | None = None) -> Told:
    """What a study asks on a concept, with what a field of its record says on it."""
    said = beside if beside and beside.lines else Told()
    if study.unread:
        return Told(said.sign | UNREAD, said.lines, empty=study.unread, unread=True)
    empty = "" if rules or said.lines else _("We found no rule on this.")
    return Told(said.sign | rules.sign, said.lines, rules=rules, empty=empty)


def _is_of(sentence: ShownSentence, *paths: str) -> bool:
    """Whether all that it comes from lies below one of the paths."""
    return all(source.startswith(paths) for source in sentence.sources)
