"""Why a text was repaired, in one plain sentence each: marked for translation here, translated where shown."""


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators' word list; this module knows nothing of Django."""
    return message


REASONS: dict[str, str] = {
    "sign_encoding": gettext_noop("A sign was damaged on its way into the registry, and we show the right one."),
    "sign_spelled": gettext_noop("The registry spells a sign with several characters, and we show the sign."),
    "sign_lost": gettext_noop("A sign such as “at least” or “at most” seems to be lost here."),
    "superscript_lost": gettext_noop("A raised number was lost here: a power of ten looks like a plain number."),
    "times_missing": gettext_noop("The multiplication sign before a limit was missing."),
    "unit_case": gettext_noop("A unit was written with the wrong capital letters."),
    "space_missing": gettext_noop("A space between two words was missing."),
    "word_doubled": gettext_noop("A word stands here twice."),
    "stop_stray": gettext_noop("A full stop stands in the middle of a sentence."),
    "mistranslated": gettext_noop("These words look like a wrong translation of a medical term."),
    "old_name": gettext_noop("This is an old name of a blood test."),
    "name_misspelt": gettext_noop("A name seems to be misspelt here."),
    "points_elsewhere": gettext_noop("The text points to a document that the registry does not show."),
    "brackets_unbalanced": gettext_noop("A bracket is opened but not closed, or closed but not opened."),
}
