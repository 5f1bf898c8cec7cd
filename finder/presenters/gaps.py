"""What the registry does not say, of what people ask: said openly instead of leaving a blank."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from finder.presenters.age_limits import states_age_limit
from trials import vocab as v
from trials.models import Trial


def gaps(trial: Trial) -> tuple[str, ...]:
    """Names of the missing facts, most asked first."""
    return tuple(name for missing, name in _facts(trial) if missing)


def _facts(trial: Trial) -> Iterable[tuple[bool, str]]:
    contacts = [contact for contact in trial.contacts.all() if not contact.hidden]
    kinds = {date.kind for date in trial.dates.all()}
    sites = list(trial.sites.all())
    interventional = trial.study_type == v.StudyType.INTERVENTIONAL
    yield not trial.overall_status, _("Whether the study is open")
    yield not any(c.kind != v.ContactKind.OFFICIAL for c in contacts), _("Whom to contact")
    yield not sites, _("Where the study runs")
    yield any(not site.facility for site in sites), _("The names of some hospitals")
    yield not trial.eligibility_criteria, _("The rules for who can join")
    yield not states_age_limit(trial), _("An age limit")
    yield not trial.sex, _("Which sexes can join")
    yield trial.healthy_volunteers is None, _("Whether healthy people can join")
    yield not trial.brief_summary, _("A summary of the study")
    yield not trial.interventions.all() and trial.study_type != v.StudyType.OBSERVATIONAL, _("What is tested")
    yield interventional and not trial.phases, _("The phase")
    yield interventional and not trial.masking, _("Who knows which treatment is given")
    yield trial.enrollment_count is None, _("How many people take part")
    yield v.DateKind.START not in kinds, _("The start date")
    yield v.DateKind.COMPLETION not in kinds, _("The end date")
    yield v.DateKind.LAST_UPDATE_POSTED not in kinds, _("When the record was last changed")
    yield not trial.study_type, _("The kind of study")
    yield not trial.outcomes.all(), _("What is measured")
    yield not any(s.role == v.SponsorRole.LEAD for s in trial.sponsors.all()), _("Who runs the study")
