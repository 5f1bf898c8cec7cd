"""What is said of some only: of women, of men, of those with one of the diseases, of who takes something."""

import re
from collections.abc import Callable

from trials.plain_language.eligibility.anybody import PEOPLE, PERSON, of_anybody
from trials.plain_language.eligibility.fixed import fixed_sentence
from trials.plain_language.eligibility.forms import APPLIES, HAVE
from trials.plain_language.eligibility.measures import limit_sentence
from trials.plain_language.eligibility.nouns import is_state
from trials.plain_language.eligibility.things import plain_english, thing
from trials.plain_language.expressions import English, Expression, Said
from trials.plain_language.tongue import mark as _

# Reads a part of a clause as a clause of its own; told whether it says who cannot join.
Again = Callable[[str, bool], Expression | None]

_GUARDED = re.compile(
    r"(?:the\s+)?(?:patient|subject|participant)s?\s+(?:and/)?or\s+(?:his/her|his or her|their|the|a|an)?\s*"
    r"(?P<who>legal(?:ly)?\s+[\w ]{0,30}?(?:representatives?|guardians?)|(?:legal\s+)?guardians?|family "
    r"members?|parents?)\s+(?P<x>(?:agree|sign|understand|give|provide|consent|must|should|is|are|"
    r"can)\w*\b.+)",
    re.IGNORECASE,
)
_THIRD = re.compile(r"\b(agree|sign|understand|provide|give|consent|accept)s\b")
_ALSO_WOMEN = re.compile(
    r"(?P<a>(?:wom[ae]n|females?|pregnan|lactating|breast).{4,80}?)(?:,\s*(?:and|or)?|\s+or|\s+and)\s+"
    r"(?P<b>(?:women|females?|female\s+(?:subjects|patients|participants))\s+(?:of|who|with)\b.+)",
    re.IGNORECASE,
)
_KEPT_OUT = re.compile(
    r"(?P<x>.+?)\s+(?:are|is|will be|must be|should be|are to be)\s+(?:also\s+)?(?:excluded|not eligible|"
    r"ineligible|not allowed|not permitted)"
    r"(?:\s+from\s+(?:the\s+|this\s+)?(?:study|trial|participation))?",
    re.IGNORECASE,
)
_CHILDBEARING = r"(?:of|with)\s+(?:child-?\s?bearing|reproductive)\s+(?:potential|capacity)(?:\s*\([A-Z]+\))?"
_COULD_BE_PREGNANT = re.compile(
    rf"(?:(?:all|any|sexually active|fertile)\s+)*(?:female\s+(?:subjects?|participants?|patients?)|"
    rf"women|woman|females?)\s+(?:(?:who|that)\s+are\s+)?{_CHILDBEARING}\s*,?\s*"
    r"(?P<x>(?:(?:who|that)\s+)?(?:are\s+|is\s+)?(?:must|should|will|have to|agree|agrees|need to|"
    r"are required|required|unwilling|not willing|not using|do not|does not|planning|without|who).+)",
    re.IGNORECASE,
)
_MEN = re.compile(
    r"(?:(?:all|any|sexually active|fertile)\s+)*(?:male(?:\s+(?:subjects?|participants?|patients?))|"
    r"men|males)\s+(?P<x>(?:must|should|will|have to|agree|who agree|need to)\b.+)",
    re.IGNORECASE,
)
_OF_WOMEN_OR_MEN = re.compile(
    r"(?:all\s+|both\s+)?(?:wom[ae]n|m[ae]n|females?|males?)\b.*\b(?:must|should|have to|has to|are "
    r"required|is required)\b",
    re.IGNORECASE,
)
_WITH_DISEASE = re.compile(rf"(?P<a>[^,.;:()]{{3,60}}?)\s+{PEOPLE}(?:\s+(?P<b>with\s+.+))?", re.IGNORECASE)
_FOR_THOSE = re.compile(
    rf"(?:for|in)\s+(?:the\s+)?(?:(?P<a>[^,:]{{2,40}}?)\s+{PEOPLE}|{PEOPLE}\s+(?:with|on|taking|receiving|"
    rf"using)\s+(?P<b>[^,:]{{2,60}}?))\s*[,:]\s*(?:the\s+)?(?P<x>.+)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"if\s+(?:you are |you have )?(?P<verb>(?:currently\s+|being\s+)?\w+ing|treated|previously treated|"
    r"taken|used|on)\s+(?P<x>.+)",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s+(?:with|who have|who has|having)\s+", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<label>[A-Z][\w /-]{2,40}):\s*(?:defined as\s+)?(?P<x>.{8,})", re.DOTALL)
_NO_LABEL = re.compile(r"(?:at|in|on|during|if|for|takes?|uses?|has|have|is|are)\b", re.IGNORECASE)
_IF_PATIENT = re.compile(
    r"if\s+(?:the\s+|a\s+)?(?:patient|subject|participant)s?\s+(?:is|are|has|have)\b.+", re.IGNORECASE
)
_WISH = re.compile(
    r"(?:(?:who|that)\s+)?(?:are\s+|is\s+)?"
    r"(?P<x>(?:must|should|will|have to|agrees?|need to|are required|required)\b.+)",
    re.IGNORECASE,
)
_BAR = re.compile(
    r"(?:(?:who|that)\s+)?(?:are\s+|is\s+)?(?P<x>(?:unwilling|not willing|not using|planning|without)\b.+)",
    re.IGNORECASE,
)
_REFUSAL = re.compile(r"(?:(?:who|that)\s+)?(?P<x>(?:do not|does not)\b.+)", re.IGNORECASE)
_SHALL = re.compile(r"^(?:who\s+)?(?:should|shall|will|need to|have to|are required to|required to)\b", re.IGNORECASE)
_AGREES = re.compile(r"^(?:who\s+)?agrees\b", re.IGNORECASE)


def of_some(clause: str, excluding: bool, again: Again) -> tuple[bool, Expression | None]:
    """Whether a clause speaks of some only, and then its sentence, if a safe one is known."""
    if excluding and (found := _KEPT_OUT.fullmatch(clause)):
        return True, again(found["x"], False)
    for read in (_aged_and, _women_too, _guarded, _of_a_sex, _with_disease, _labelled, _group, _conditional):
        concerned, sentence = read(clause, excluding, again)
        if concerned:
            return True, sentence
    return False, None


Reading = tuple[bool, Expression | None]
_NO: Reading = (False, None)


def _aged_and(clause: str, excluding: bool, again: Again) -> Reading:
    """ "Adults aged 18 to 75 with lupus": an age, and what the person has."""
    for found in () if excluding else _WITH.finditer(clause):  # there either half alone would keep out
        age = fixed_sentence(clause[: found.start()].strip(" ,"))
        if age is not None:
            rest = of_anybody(clause[found.start() :].strip(" ,"))
            return True, Said(_("%(first)s %(second)s"), {"first": age, "second": rest}) if rest else None
    return _NO


def _women_too(clause: str, excluding: bool, again: Again) -> Reading:
    """ "Pregnant women, and women who do not use contraception": either is told."""
    found = _ALSO_WOMEN.fullmatch(clause) if excluding else None
    if found is None:
        return _NO
    first, second = again(found["a"], True), again(found["b"], True)
    return True, Said(_("%(first)s Or: %(second)s"), {"first": first, "second": second}) if first and second else None


def _guarded(clause: str, excluding: bool, again: Again) -> Reading:
    """ "The patient or his guardian agrees to …"."""
    found = _GUARDED.fullmatch(clause)
    if found is None:
        return _NO
    deed = _THIRD.sub(r"\1", found["x"])
    return True, English(f"You or your {plain_english(found['who'])} {plain_english(deed)}.")


def _of_a_sex(clause: str, excluding: bool, again: Again) -> Reading:
    if found := _COULD_BE_PREGNANT.fullmatch(clause):
        return True, _woman(found["x"])
    if found := _MEN.fullmatch(clause):
        return True, English(f"If you are a man, you {_told(found['x'])}.")
    return (True, English(f"{plain_english(clause)}.")) if _OF_WOMEN_OR_MEN.match(clause) else _NO


def _woman(rest: str) -> Expression | None:
    if wish := _WISH.fullmatch(rest):
        return English(f"If you could become pregnant, you {_told(wish['x'])}.")
    if bar := _BAR.fullmatch(rest):
        return English(f"You could become pregnant and are {plain_english(bar['x'])}.")
    if refusal := _REFUSAL.fullmatch(rest):
        return English(f"You could become pregnant and {plain_english(refusal['x'].replace('does not', 'do not'))}.")
    return None


def _told(rest: str) -> str:
    return plain_english(_AGREES.sub("agree", _SHALL.sub("must", rest)))


def _with_disease(clause: str, excluding: bool, again: Again) -> Reading:
    """ "Lupus patients with active nephritis"."""
    found = _WITH_DISEASE.fullmatch(clause)
    if found is None or not is_state(found["a"]):
        return _NO
    return True, HAVE.of(f"{found['a']} {found['b'] or ''}")


def _labelled(clause: str, excluding: bool, again: Again) -> Reading:
    """ "Liver function: ALT ≤ 3 x ULN"."""
    found = _LABELLED.fullmatch(clause)
    if found is None or PERSON.match(clause):
        return _NO
    inner = limit_sentence(found["x"]) or of_anybody(found["x"])
    if _NO_LABEL.match(found["label"]) or inner is None or (isinstance(inner, Said) and inner.message == APPLIES.now):
        return True, None
    return True, Said(_("%(thing)s: %(sentence)s"), {"thing": thing(found["label"]), "sentence": inner})


def _group(clause: str, excluding: bool, again: Again) -> Reading:
    """ "For SSc patients, mRSS ≥ 10"."""
    found = _FOR_THOSE.fullmatch(clause)
    if found is None:
        return _NO
    inner = again(found["x"], False)
    if isinstance(inner, Said) and inner.message == APPLIES.now:
        inner = Said(_("%(clause)s."), {"clause": inner.values["thing"]})
    group = {"thing": thing(found["a"] or found["b"])}
    return True, Said(_("For people with %(thing)s: %(sentence)s"), {**group, "sentence": inner}) if inner else None


def _conditional(clause: str, excluding: bool, again: Again) -> Reading:
    """ "If using steroids, must be on a stable dose"."""
    if found := _IF.fullmatch(clause):
        told = re.sub(r",\s+(?=(?:must|should|have to|need to)\b)", ", you ", found.group()[3:])
        return True, English(f"If you are {plain_english(told)}.")
    return (True, English(f"If{plain_english(clause)[2:]}.")) if _IF_PATIENT.fullmatch(clause) else _NO
