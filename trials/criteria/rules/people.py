"""Who is meant at all: women or men only, healthy volunteers."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Fact, Scene

_FEMALE = re.compile(r"\b(?:females?|wom[ae]n|girls?)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(?:males?|m[ae]n|boys?)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:only |all |adult |patients?:? ?|subjects?:? ?|gender:? ?|sex:? ?|healthy |must be |"
    r"be )*(?:(?:subject|patient|participant|volunteer)s?\s*\(\s*)?"
    r"(?:only )?(fe)?(?:male|m[ae]n\b|wom[ae]n|girls?|boys?)",
    re.IGNORECASE,
)
_CHILDBEARING = re.compile(
    r"\b(?:child-?\s?bearing|fertil\w+|reproducti\w+|pregnan\w+|lactat\w+|nursing|breast\w*|"
    r"contracepti\w+|partners?|menopaus\w+|menstru\w+|sexually|potential|hcg|birth control|"
    r"condoms?|sperm|semen|father\w*|birth)\b",
    re.IGNORECASE,
)
_IS_ALL = re.compile(r"s?\W*(?:sex|gender|subjects?|patients?|participants?|only)?\W*$", re.IGNORECASE)


def people_facts(scene: Scene) -> Iterator[Fact]:
    healthy = next((m for m in scene.reading.of("finding") if m.term.name == "healthy_volunteer"), None)
    if healthy and scene.kind is Kind.INCLUSION:
        yield Fact("healthy_volunteer", "is", True, healthy.start, healthy.end)
    if scene.is_heading or scene.text.rstrip().endswith(":"):
        return  # "Male participants must:" says for whom the rest is
    opens = _OPENS.match(scene.text)
    if not opens or _CHILDBEARING.search(scene.text):
        return
    if scene.kind is Kind.EXCLUSION and not _IS_ALL.match(scene.text, opens.end()):
        return  # "Women with a history of cancer": only some of them
    if names_one_sex(scene):
        sex = "female" if _FEMALE.search(scene.text) else "male"
        yield Fact("sex", "in", (sex,), opens.start(), opens.end())


def names_one_sex(scene: Scene) -> bool:
    """It opens with women or with men, speaks of no others, and not of childbearing."""
    if not _OPENS.match(scene.text) or _CHILDBEARING.search(scene.text):
        return False
    return bool(_FEMALE.search(scene.text)) != bool(_MALE.search(scene.text))
