"""The fixed sentences of `trials.change_words`, one table per kind of change."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials import vocab as v
from trials.changes import ChangeKind as K

# What the study is now.
STATUSES: dict[str, Promise] = {
    v.RecruitmentStatus.RECRUITING: _("The study is now open to join."),
    v.RecruitmentStatus.NOT_YET_RECRUITING: _("The study is now listed as not open yet."),
    v.RecruitmentStatus.ENROLLING_BY_INVITATION: _("The study now takes people by invitation only."),
    v.RecruitmentStatus.ACTIVE_NOT_RECRUITING: _("The study goes on, but no longer takes new people."),
    v.RecruitmentStatus.SUSPENDED: _("The study is paused."),
    v.RecruitmentStatus.COMPLETED: _("The study is finished."),
    v.RecruitmentStatus.TERMINATED: _("The study was stopped early."),
    v.RecruitmentStatus.WITHDRAWN: _("The study was withdrawn before it began."),
    v.RecruitmentStatus.UNKNOWN: _("Nobody has confirmed for a long time that the study is still open."),
    v.RecruitmentStatus.AVAILABLE: _("Access outside a study is now open."),
    v.RecruitmentStatus.NO_LONGER_AVAILABLE: _("Access outside a study has ended."),
    v.RecruitmentStatus.TEMPORARILY_NOT_AVAILABLE: _("Access outside a study is paused."),
    v.RecruitmentStatus.APPROVED_FOR_MARKETING: _("What was studied is now approved for sale."),
    v.RecruitmentStatus.WITHHELD: _("The registry now holds back the details of the study."),
}

SEXES: dict[str, Promise] = {
    v.Sex.ALL: _("The study now takes people of all sexes."),
    v.Sex.FEMALE: _("The study now takes women and girls only."),
    v.Sex.MALE: _("The study now takes men and boys only."),
}

# Each way to name a range of ages: gained, lost.
AGES: dict[str, tuple[Promise, Promise]] = {
    "range": (_("Now also takes ages %(first)s to %(last)s."), _("No longer takes ages %(first)s to %(last)s.")),
    "one": (_("Now also takes people aged %(first)s."), _("No longer takes people aged %(first)s.")),
    "under": (_("Now also takes people under %(below)s."), _("No longer takes people under %(below)s.")),
    "older": (
        _("Now also takes people aged %(first)s and older."),
        _("No longer takes people aged %(first)s and older."),
    ),
    # Limits that are no whole years: "6 months".
    "odd range": (
        _("Now also takes people from the age of %(first)s until they are %(below)s old."),
        _("No longer takes people from the age of %(first)s until they are %(below)s old."),
    ),
    "odd under": (
        _("Now also takes people until they are %(below)s old."),
        _("No longer takes people until they are %(below)s old."),
    ),
    "odd older": (
        _("Now also takes people from the age of %(first)s."),
        _("No longer takes people from the age of %(first)s."),
    ),
}

# A site's own step.
SITES: dict[str, Promise] = {
    K.SITE_OPENED: _("This site now takes people: %(site)s."),
    K.SITE_CLOSED: _("This site no longer takes people: %(site)s."),
    K.SITE_CHANGED: _("The registry now lists this site as “%(status)s”: %(site)s."),
}

# Each date: changed, stated for the first time, no longer stated.
DATES: dict[str, tuple[Promise, Promise, Promise]] = {
    v.DateKind.FIRST_POSTED: (
        _("First posted: now %(after)s, before %(before)s."),
        _("First posted: %(after)s."),
        _("The registry no longer says when the study was first posted. It was %(before)s."),
    ),
    v.DateKind.START: (
        _("Start of the study: now %(after)s, before %(before)s."),
        _("Start of the study: %(after)s."),
        _("The registry no longer says when the study starts. It was %(before)s."),
    ),
    v.DateKind.PRIMARY_COMPLETION: (
        _("Main results measured by: now %(after)s, before %(before)s."),
        _("Main results measured by: %(after)s."),
        _("The registry no longer says when the main results are measured. It was %(before)s."),
    ),
    v.DateKind.COMPLETION: (
        _("End of the study: now %(after)s, before %(before)s."),
        _("End of the study: %(after)s."),
        _("The registry no longer says when the study ends. It was %(before)s."),
    ),
    v.DateKind.STATUS_VERIFIED: (
        _("The study team last confirmed the status in %(after)s. Before, it was %(before)s."),
        _("The study team last confirmed the status in %(after)s."),
        _("The registry no longer says when the status was confirmed. It was %(before)s."),
    ),
    v.DateKind.RESULTS_FIRST_POSTED: (
        _("First results posted: now %(after)s, before %(before)s."),
        _("Results of the study were posted: %(after)s."),
        _("The registry no longer lists results. They were posted: %(before)s."),
    ),
}

# A whole part that came, and one that went.
CAME: dict[str, Promise] = {
    K.SITE_ADDED: _("New site: %(name)s."),
    K.ARM: _("New study group: %(name)s."),
    K.INTERVENTION: _("New in what is tested or compared: %(name)s."),
    K.OUTCOME: _("The study now also measures: %(name)s."),
    K.CONDITION: _("New condition on the study's list: %(name)s."),
    K.SPONSOR: _("New partner of the study: %(name)s."),
}
WENT: dict[str, Promise] = {
    K.SITE_REMOVED: _("This site is no longer listed: %(name)s."),
    K.ARM: _("This study group is no longer listed: %(name)s."),
    K.INTERVENTION: _("No longer in what is tested or compared: %(name)s."),
    K.OUTCOME: _("The study no longer lists this measure: %(name)s."),
    K.CONDITION: _("This condition is no longer on the study's list: %(name)s."),
    K.SPONSOR: _("No longer listed as a partner of the study: %(name)s."),
}

# A part, or a text, that is written anew; by kind and field.
WORDED: dict[tuple[str, str], Promise] = {
    (K.ARM, "label"): _("The study group “%(before)s” is now called “%(after)s”."),
    (K.ARM, "type"): _("The study group “%(after)s” is now of another kind."),
    (K.ARM, "description"): _("The description of the study group “%(after)s” changed."),
    (K.INTERVENTION, "name"): _("“%(before)s” is now called “%(after)s”."),
    (K.INTERVENTION, "type"): _("“%(after)s” is now listed as another kind of treatment or action."),
    (K.INTERVENTION, "description"): _("The description of “%(after)s” changed."),
    (K.INTERVENTION, "other_names"): _("The other names of “%(after)s” changed."),
    (K.INTERVENTION, "arms"): _("Other study groups now get “%(after)s”."),
    (K.OUTCOME, "measure"): _("A measure is now called “%(after)s”. It was “%(before)s”."),
    (K.OUTCOME, "type"): _("The weight of this measure in the study changed: %(after)s."),
    (K.OUTCOME, "description"): _("The description of this measure changed: %(after)s."),
    (K.OUTCOME, "time_frame"): _("The time at which this is measured changed: %(after)s."),
    (K.SPONSOR, "name"): _("The study is now run by %(after)s. Before, it was %(before)s."),
    (K.SPONSOR, "agency_class"): _("The registry now lists %(after)s as another kind of body."),
    (K.SITE_CHANGED, "facility"): _("The site “%(before)s” is now listed as “%(after)s”."),
    (K.SITE_CHANGED, "address"): _("The address of this site was put right or changed: %(after)s."),
    (K.TITLE, "brief_title"): _("The short title of the study changed."),
    (K.TITLE, "official_title"): _("The official title of the study changed."),
    (K.TITLE, "acronym"): _("The study's short name changed."),
    (K.SUMMARY_TEXT, "brief_summary"): _("The short summary changed."),
    (K.SUMMARY_TEXT, "detailed_description"): _("The long description changed."),
    (K.CRITERIA_TEXT, "criteria_text"): _("The text on who can join changed. It may ask for something else now."),
    (K.CRITERIA_TEXT, "study_population"): _("The text on the group of people studied changed."),
    (K.CRITERIA_TEXT, "gender_description"): _("The text on who can join by gender changed."),
}

# Names of the remaining fields, at the start of a sentence.
FIELDS: dict[str, Promise] = {
    "healthy_volunteers": _("Healthy people can join"),
    "why_stopped": _("Reason given for the stop"),
    "org_study_id": _("Sponsor's own study number"),
    "secondary_ids": _("Other study number"),
    "last_known_status": _("Last known status"),
    "has_results": _("Results posted"),
    "keywords": _("Keyword"),
    "mesh_terms": _("Index term"),
    "study_type": _("Kind of study"),
    "allocation": _("How people are put into groups"),
    "intervention_model": _("How the groups run"),
    "primary_purpose": _("Purpose"),
    "masking": _("Who knows which treatment is given"),
    "who_masked": _("Kept from knowing which treatment is given"),
    "observational_model": _("How people are observed"),
    "time_perspective": _("Looks back or forward"),
}
