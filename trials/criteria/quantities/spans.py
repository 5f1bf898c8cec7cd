"""Whether a time behind a number is an age (a value of its own) or a span: a look-back, a duration, a survival."""

import re

from trials.criteria.quantities.units import TIME

_AGE_BEHIND = re.compile(
    r"[ ,)(-]{0,3}(?:inclusive[ ,)]{0,2})?(?:old|of ages?|in age|of life|(?:post)?(?:-?conceptional"
    r"|menstrual) age|y\.?o|aged)(?![a-z])"
)
_GESTATION = re.compile(r"gestation|pregnan|(?<![a-z])ga(?![a-z])|postmenstrual|preterm|amenorr?hea \(wa")
_SPAN_BEHIND = re.compile(
    r"[ ,)-]{0,3}(?:prior|before|ago|after|from|since|following|post|preceding|of (?:diagnosis|treatment|therapy"
    r"|symptoms?"
    r"|disease|follow|duration|survival|experience|education|training|school|menopause|amenorr?hea|being|stable"
    r"|study|onset"
    r"|the (?:first|last|study|start))|duration|apart|in duration|post-?menopausal|without|free|life|for"
    r"|in remission|earlier|history)"
)
_YOUNG_OLD = re.compile(r"older|younger|elder|age")
# The nearest of these words before the number decides.
_CLUES = re.compile(
    r"(?<![a-z])(?:(?P<age>ages?|aged|aging|adults?|child|children|boys?|girls?|infants?|men|women|males?|females?|man"
    r"|woman|patients?|subjects?|participants?|persons?|people|individuals?|volunteers?|adolescents?|neonates?"
    r"|newborns?"
    r"|gender|sex|sexes|both|pediatrics?|paediatrics?)"
    r"|(?P<span>for|within|expectancy|survival|surviving|live|life|duration|last|lasts|lasting|past|since|history"
    r"|intervals?|during|period"
    r"|diagnos\w{1,6}|disease|symptoms?|onset|menopaus\w{1,5}|amenorrh\w{1,4}|treat\w{0,6}|therapy|surgery|living"
    r"|experienced?|education|schooling|training|relationship|follow-?up|wash-?out|stable|remission|time|times"
    r"|smok\w{1,4}|prior"
    r"|interval|previous|over the|discontinu\w{1,5}|took|taken|receiv\w{1,3}|menses|menstrual|postmenopausal"
    r"|abstain|intake|exposure))(?![a-z])"
)
_NEAR = 12  # characters: "infants > 6 months" is an age, "patients on the drug for 6 months" is none
_ADULT = 12  # a bare "≥ 18 years" is an age; a bare "≥ 5 years" more often a span


def is_span(plain: str, start: int, end: int, value: float, unit: str, after: int) -> bool:
    """True for a time that is no age. `start` to `end` is the comparison, `after` the end of the unit."""
    if unit not in TIME:
        return False
    if unit in ("minutes", "hours", "half_lives"):
        return True
    words = plain[start:end]
    if _AGE_BEHIND.match(plain, after) or _YOUNG_OLD.search(words):
        return False
    around = plain[max(0, start - 40) : end + 30]
    if unit in ("weeks", "days") and _GESTATION.search(around) and not _SPAN_BEHIND.match(plain, end):
        return False
    return _by_clues(plain, start, end, value, unit)


def _by_clues(plain: str, start: int, end: int, value: float, unit: str) -> bool:
    if _SPAN_BEHIND.match(plain, end) or plain.startswith("within", start):
        return True
    before = plain[max(0, start - 60) : start]
    cut = max(before.rfind(";"), before.rfind(". "), before.rfind("\n"))
    if clues := list(_CLUES.finditer(before, cut + 1)):
        age = clues[-1]["age"]
        far = unit != "years" and len(before) - clues[-1].end() > _NEAR
        return not age or (far and not age.startswith("age"))
    return not (unit == "years" and value >= _ADULT)
