"""Where a plain sentence comes from: the field of the record in everyday words, and what the registry says there."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from finder.presenters import design as designed
from finder.presenters import words
from finder.presenters.status import study_status
from trials import labels
from trials import vocab as v
from trials.models import Arm, Intervention, Outcome, Trial
from trials.text_blocks import clean_text

Place = int | None  # which one of several, counted from 0
T = TypeVar("T")

_PATH = re.compile(r"protocolSection\.(?P<field>[\w.]+)(?:\[(?P<place>\d+)\](?:\.\w+)?)?")


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


def source_views(trial: Trial, paths: Iterable[str]) -> tuple[SourceView, ...]:
    """The fields behind sentences, each once. `trial` comes with all its parts."""
    return tuple(dict.fromkeys(_view(trial, path) for path in dict.fromkeys(paths)))


def _view(trial: Trial, path: str) -> SourceView:
    found = _PATH.fullmatch(path)
    of_field = _FIELDS.get(found["field"]) if found else None
    if found is None or of_field is None:
        return SourceView(_("The record"), (ValueView(path),))
    return of_field(trial, int(found["place"]) if found["place"] else None)


def _title(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Title"), _texts(trial.brief_title))


def _official_title(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Official title"), _texts(trial.official_title))


def _conditions(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Conditions"), _texts(*(listed.text for listed in trial.listed_conditions.all())))


def _study_type(trial: Trial, _place: Place) -> SourceView:
    kind = labels.label(v.StudyType, trial.study_type) if trial.study_type else ""
    return SourceView(_("Kind of study"), _words(kind))


def _phases(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Phase"), _words(*(labels.label(v.Phase, phase) for phase in trial.phases)))


def _design(trial: Trial, _place: Place) -> SourceView:
    told = ((v.PrimaryPurpose, trial.primary_purpose), (v.Allocation, trial.allocation))
    models = ((v.InterventionModel, trial.intervention_model), (v.ObservationalModel, trial.observational_model))
    return SourceView(_("Design"), _words(*(labels.label(kind, token) for kind, token in (*told, *models) if token)))


def _masking(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Who knows which treatment is given"), _words(designed.masking_words(trial)))


def _people(trial: Trial, _place: Place) -> SourceView:
    count = trial.enrollment_count
    return SourceView(_("People"), _words(words.people(count, trial.enrollment_type) if count is not None else ""))


def _arms(trial: Trial, place: Place) -> SourceView:
    arms = list(trial.arms.all())
    field = _("Groups") if place is None else _("Group %(number)s") % {"number": words.number(place + 1)}
    return SourceView(field, tuple(map(_arm, _at(arms, place))), "official-design" if arms else "")


def _arm(arm: Arm) -> ValueView:
    return ValueView(clean_text(arm.label), labels.label(v.ArmType, arm.type) if arm.type else "")


def _interventions(trial: Trial, place: Place) -> SourceView:
    interventions = list(trial.interventions.all())
    values = tuple(map(_intervention, _at(interventions, place)))
    return SourceView(_("What is given or done"), values, "official-design" if interventions else "")


def _intervention(one: Intervention) -> ValueView:
    return ValueView(clean_text(one.name), labels.label(v.InterventionType, one.type) if one.type else "")


def _outcomes(trial: Trial, place: Place) -> SourceView:
    main = [outcome for outcome in trial.outcomes.all() if outcome.type == v.OutcomeType.PRIMARY]
    return SourceView(_("Main result"), tuple(map(_outcome, _at(main, place))))


def _outcome(outcome: Outcome) -> ValueView:
    return ValueView(": ".join(filter(None, (clean_text(outcome.measure), clean_text(outcome.time_frame)))))


def _sites(trial: Trial, _place: Place) -> SourceView:
    counts = Counter(site.country_code for site in trial.sites.all())
    told = [
        _("%(country)s: %(sites)s") % {"country": words.country_name(code), "sites": words.sites(count)}
        if code
        else words.sites(count)
        for code, count in counts.most_common()
    ]
    return SourceView(_("Sites"), _words(*told), "where")


def _status(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Status"), _words(study_status(trial).word if trial.overall_status else ""))


def _sponsor(trial: Trial, _place: Place) -> SourceView:
    lead = next((one for one in trial.sponsors.all() if one.role == v.SponsorRole.LEAD), None)
    kind = labels.label(v.AgencyClass, lead.agency_class) if lead and lead.agency_class else ""
    return SourceView(_("Run by"), (ValueView(lead.name, kind),) if lead else ())


def _descriptions(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Summary and description"), (), "official-summary" if trial.brief_summary else "")


def _rules(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Rules for joining"), (), "official-rules" if trial.eligibility_criteria else "")


def _youngest(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Youngest age"), _texts(trial.minimum_age_text), "field-age")


def _oldest(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Oldest age"), _texts(trial.maximum_age_text), "field-age")


def _sex(trial: Trial, _place: Place) -> SourceView:
    return SourceView(_("Sex"), _words(labels.label(v.Sex, trial.sex) if trial.sex else ""), "field-sex")


_FIELDS: dict[str, Callable[[Trial, Place], SourceView]] = {
    "identificationModule.briefTitle": _title,
    "identificationModule.officialTitle": _official_title,
    "conditionsModule.conditions": _conditions,
    "designModule": _study_type,
    "designModule.phases": _phases,
    "designModule.designInfo": _design,
    "designModule.designInfo.maskingInfo": _masking,
    "designModule.enrollmentInfo": _people,
    "armsInterventionsModule.armGroups": _arms,
    "armsInterventionsModule.interventions": _interventions,
    "outcomesModule.primaryOutcomes": _outcomes,
    "contactsLocationsModule.locations": _sites,
    "statusModule": _status,
    "statusModule.overallStatus": _status,
    "sponsorCollaboratorsModule.leadSponsor": _sponsor,
    "descriptionModule": _descriptions,
    "descriptionModule.briefSummary": _descriptions,
    "descriptionModule.detailedDescription": _descriptions,
    "eligibilityModule": _rules,
    "eligibilityModule.minimumAge": _youngest,
    "eligibilityModule.maximumAge": _oldest,
    "eligibilityModule.sex": _sex,
}


def _texts(*texts: str) -> tuple[ValueView, ...]:
    return tuple(ValueView(clean_text(text)) for text in texts if text)


def _words(*said: words.Text) -> tuple[ValueView, ...]:
    return tuple(ValueView(word=one) for one in said if one)


def _at(all_of_them: Sequence[T], place: Place) -> Sequence[T]:
    return all_of_them if place is None else all_of_them[place : place + 1]
