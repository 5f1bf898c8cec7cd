"""What an editor reads for each warning: marked for translation here, translated where it is shown."""


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators' word list; this module knows nothing of Django."""
    return message


# Placeholders: %(words)s, the words in question.
MESSAGES: dict[str, str] = {
    "missing_unit": gettext_noop("A limit has no unit: “%(words)s”."),
    "conflicting_thresholds": gettext_noop("Two limits for one measure stand in one criterion: “%(words)s”."),
    "unbalanced_brackets": gettext_noop("A bracket has no other half: “%(words)s”."),
    "and_or_unclear": gettext_noop("It is not clear which parts belong together: “%(words)s”."),
    "exception_inside": gettext_noop("This exclusion has an exception: “%(words)s”."),
    "asked_by_team": gettext_noop("Only the study team can check this: “%(words)s”."),
    "dangling_reference": gettext_noop("The text points to a document that readers do not have: “%(words)s”."),
    "age_disagrees": gettext_noop("The ages in the text and in the age fields differ: “%(words)s”."),
    "age_only_structured": gettext_noop("Only the age fields state an age, the text does not: “%(words)s”."),
    "sex_disagrees": gettext_noop("The text and the field for sex differ: “%(words)s”."),
    "criteria_missing": gettext_noop("No criterion was found in the text."),
    "inclusion_missing": gettext_noop("No inclusion criterion was found in the text."),
    "exclusion_missing": gettext_noop("No exclusion criterion was found in the text."),
    "text_too_long": gettext_noop("The text has %(words)s characters, too many to be read for rules."),
    "text_cut_off": gettext_noop("The text seems to be cut off: “%(words)s”."),
    "sequence_broken": gettext_noop("The numbers of a list do not follow each other: “%(words)s”."),
    "run_together": gettext_noop("Several criteria seem to stand on one line: “%(words)s”."),
    "level_lost": gettext_noop("It is not clear which points belong under this one: “%(words)s”."),
    "level_unclear": gettext_noop("It is not clear under which point this one belongs: “%(words)s”."),
    "uncertain_repair": gettext_noop("Please confirm a repair: “%(words)s”."),
    "disease_only_in_criteria": gettext_noop("The criteria name a disease that the record does not list: “%(words)s”."),
}
