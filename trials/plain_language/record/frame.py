"""How many people, where, whether it is open, who runs it, and what the record does not say."""

import re
from collections.abc import Iterator

from trials import vocab as v
from trials.plain_language.expressions import Counted, Country, Expression, Said, Series, Sign
from trials.plain_language.numerals import in_words
from trials.plain_language.record import facts as f
from trials.plain_language.record.facts import Fact, StudyFacts, Topic
from trials.plain_language.tongue import mark as _
from trials.plain_language.tongue import marks

_STATUS = {
    v.RecruitmentStatus.RECRUITING: _("The study is open. You can ask to join."),
    v.RecruitmentStatus.NOT_YET_RECRUITING: _("The study is not open yet."),
    v.RecruitmentStatus.ENROLLING_BY_INVITATION: _("The study team invites people itself. You cannot ask to join."),
    v.RecruitmentStatus.ACTIVE_NOT_RECRUITING: _("The study is running. It takes no more people."),
    v.RecruitmentStatus.SUSPENDED: _("The study is paused."),
    v.RecruitmentStatus.COMPLETED: _("The study is finished."),
    v.RecruitmentStatus.TERMINATED: _("The study was stopped early."),
    v.RecruitmentStatus.WITHDRAWN: _("The study was called off before anyone joined."),
    v.RecruitmentStatus.UNKNOWN: _("The registry does not know if the study is still open."),
    v.RecruitmentStatus.AVAILABLE: _("It is given outside a study. Your doctor can ask for it."),
    v.RecruitmentStatus.NO_LONGER_AVAILABLE: _("It is no longer given outside a study."),
    v.RecruitmentStatus.TEMPORARILY_NOT_AVAILABLE: _("It is not given outside a study for now."),
    v.RecruitmentStatus.APPROVED_FOR_MARKETING: _("It has been approved for sale."),
}
_SPONSORS = {
    v.AgencyClass.INDUSTRY: _("A company runs the study: %(name)s."),
    v.AgencyClass.NIH: _("A US government institute runs the study: %(name)s."),
    v.AgencyClass.FED: _("A US government agency runs the study: %(name)s."),
    v.AgencyClass.OTHER_GOV: _("A government body runs the study: %(name)s."),
    v.AgencyClass.NETWORK: _("A research network runs the study: %(name)s."),
}
_MOST_COUNTRIES = 4
# What people ask first, and the words by which a record would speak of it.
_ASKED: tuple[tuple[str, str], ...] = (
    (_("The registry does not say how many visits there are."), r"\bvisits?\b|\bfollow(?:ed)?[- ]up (?:every|at)\b"),
    (
        _("The registry does not say if you must stay in hospital."),
        r"\binpatient|\bovernight|\bhospitali[sz]|\badmitted\b|\bhospital stay",
    ),
    (_("The registry does not say if travel is paid."), r"\btravel|\btransport|\breimburs|\bmileage"),
    (
        _("The registry does not say if people are paid for taking part."),
        r"\bcompensat|\bstipend|\bgift card|\bpaid\b|\bpayment|\bhonorari",
    ),
)


def size_sentences(study: StudyFacts) -> Iterator[Fact]:
    design = study.record.design
    if design.enrollment_count is None:
        return
    planned = marks("%(count)s person is to take part.", "%(count)s people are to take part.")
    actual = marks("%(count)s person took part.", "%(count)s people took part.")
    forms = actual if design.enrollment_type is v.DateType.ACTUAL else planned
    yield Fact(Counted(*forms, design.enrollment_count), (f"{f.DESIGN}.enrollmentInfo",))


def where_sentences(study: StudyFacts) -> Iterator[Fact]:
    sites = study.record.sites
    if not sites:
        yield Fact(Said(_("The registry does not say where the study runs.")), (f.SITES,), Topic.GAP)
        return
    codes = list(dict.fromkeys(site.country_code for site in sites if site.country_code))
    number: Expression = in_words(len(sites))
    if not codes:
        yield Fact(Said(_("Places in the study: %(number)s."), {"number": number}), (f.SITES,))
    elif len(sites) == 1:
        yield Fact(Said(_("The study runs at one place, in %(country)s."), {"country": Country(codes[0])}), (f.SITES,))
    elif len(codes) <= _MOST_COUNTRIES:
        named: Expression = Country(codes[0]) if len(codes) == 1 else Series(tuple(map(Country, codes)), either=False)
        yield Fact(
            Said(_("The study runs at %(number)s places in %(country)s."), {"number": number, "country": named}),
            (f.SITES,),
        )
    else:
        values = {"number": number, "countries": in_words(len(codes))}
        yield Fact(Said(_("The study runs at %(number)s places in %(countries)s countries."), values), (f.SITES,))


def status_sentences(study: StudyFacts) -> Iterator[Fact]:
    status = study.record.overall_status
    if status in _STATUS:
        topic = Topic.REGISTRY if status is v.RecruitmentStatus.UNKNOWN else Topic.STUDY
        yield Fact(Said(_STATUS[status]), (f"{f.STATUS}.overallStatus",), topic)
    else:
        yield Fact(Said(_("The registry does not say if the study is open.")), (f.STATUS,), Topic.GAP)


def sponsor_sentences(study: StudyFacts) -> Iterator[Fact]:
    lead = next((one for one in study.record.sponsors if one.role is v.SponsorRole.LEAD), None)
    if lead is not None and lead.name:
        message = _SPONSORS[lead.agency_class] if lead.agency_class in _SPONSORS else _("%(name)s runs the study.")
        yield Fact(Said(message, {"name": Sign(lead.name)}), (f.SPONSOR,))


def not_stated_sentences(study: StudyFacts) -> Iterator[Fact]:
    record = study.record
    texts = (record.brief_summary, record.detailed_description)  # the criteria ask, and promise nothing
    said = " ".join(
        (*texts, *(arm.description for arm in record.arms), *(one.description for one in record.interventions))
    )
    for message, speaks_of_it in _ASKED:
        if not re.search(speaks_of_it, said, re.IGNORECASE):
            yield Fact(Said(message), (f.DESCRIPTION, f.ARMS, f.INTERVENTIONS), Topic.GAP)
