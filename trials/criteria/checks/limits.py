"""Limits without a unit, and two limits where there can be one."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from trials.criteria.checks.wording import quoted
from trials.criteria.model import Criterion, Warning_
from trials.criteria.quantities import comparisons
from trials.criteria.repair.tokens import words_of

_LAB = re.compile(
    r"\b(?:creatinine|bilirubin|ALT|AST|GOT|GPT|SGOT|SGPT|transaminases?|aminotransferases?|ha?emoglobin|Hb|HGB"
    r"|platelets?|PLT|neutrophils?|ANC|WBC|white blood cells?|leu[ck]ocytes?|lymphocytes?|CRP|C-reactive protein|ESR"
    r"|proteinuria|UPCR|eGFR|albumin|creatine kinase|CPK|glucose|LDH|ferritin|potassium|calcium|IgG|immunoglobulin G"
    r"|NT-proBNP|troponin)\b",
)
# Every name above holds one of these words, most criteria none: so the pattern is rarely tried.
_LAB_WORDS = words_of(
    "creatinine bilirubin alt ast got gpt sgot sgpt transaminase transaminases aminotransferase aminotransferases "
    "hemoglobin haemoglobin hb hgb platelet platelets plt neutrophil neutrophils anc wbc white leukocyte leukocytes "
    "leucocyte leucocytes lymphocyte lymphocytes crp reactive esr proteinuria upcr egfr albumin creatine cpk glucose "
    "ldh ferritin potassium calcium igg immunoglobulin bnp troponin"
).unique
_OTHER_UNIT_OF = re.compile(r"alcohol|insulin|drink|red blood|packed|transfus|smok|pack|wine|botulinum", re.IGNORECASE)
_BARE_UNITS = re.compile(r"\b\d[\d.,]{0,9} units\b(?!\s?/|\s?per\b|\s?of\b)")
_REACH = 45  # characters between a laboratory value and its limit
_NO_NEED = re.compile(
    r"ratio|score|grade|index|titer|titre|INR|pH\b|fold|times|points?\b|visit|week|month|day|class|DAS|dipstick|SJC|TJC"
    r"|joint|occasion|CDAI|SDAI|criteria",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s?(?:\+|and\b|or\b|to\b|[-–/])")  # "30 and less than 50 mL/min", "1+"
_ON_SCALE = re.compile(
    r"(?P<value>\d+(?:\.\d+)?)[^.;\d]{0,60}? on (?:a|an|the) (?P<scale>\d+[ -](?:cm|mm|point)\b[^.;,()]{0,30})"
)
_DIGIT = re.compile(r"\d")
# Words by which two limits are meant for two cases.
_TWO_CASES = re.compile(
    r"\b(?:or|if|for|unless|except|when|with|clinical|in case|(?:fe)?males?|(?:wo)?men|part|cohorts?|groups?|aged"
    r"|onset)\b",
    re.IGNORECASE,
)
_SAME_RULE_ONLY = frozenset({">=", ">", "<=", "<"})


def without_unit(criterion: Criterion) -> Iterator[Warning_]:
    """A laboratory limit that is a bare number (`Hemoglobin < 8`) or says "units" (`creatinine above 1.4 units`)."""
    text = criterion.text
    if words_of(text).unique.isdisjoint(_LAB_WORDS) or not _DIGIT.search(text):
        return
    labs = [match.span() for match in _LAB.finditer(text)]
    other = _OTHER_UNIT_OF.search(text) is not None
    said: set[int] = set()
    for one in comparisons(text) if labs else ():
        if one.unit in ("", "units") and not one.window and _is_limit_of(labs, text, one.start, one.end):
            said.add(one.end)
            yield Warning_("missing_unit", criterion.id, quoted(text, one.start, one.end))
    for match in () if other else _BARE_UNITS.finditer(text):
        if match.end() not in said:
            yield Warning_("missing_unit", criterion.id, match[0])


def _is_limit_of(labs: list[tuple[int, int]], text: str, start: int, end: int) -> bool:
    """Whether the number belongs to a laboratory value that needs a unit: next to it, and no score built on it."""
    number = bisect_right(labs, start, key=itemgetter(1)) - 1
    if number < 0 or start - labs[number][1] > _REACH or _GOES_ON.match(text, end):
        return False
    lab_start, lab_end = labs[number]
    if _DIGIT.search(text, lab_end, start) or ";" in text[lab_end:start]:
        return False
    around = text[max(0, lab_start - _REACH) : end + 12]
    return not _NO_NEED.search(around) and not _OTHER_UNIT_OF.search(around)


def conflicting(criterion: Criterion) -> Iterator[Warning_]:
    """Two limits in one direction for one fact, both required; or two on one scale, as when two items were merged."""
    seen: dict[tuple[str, str], float] = {}
    for rule in criterion.rules:
        if (
            rule.op not in _SAME_RULE_ONLY
            or rule.any_of is not None
            or rule.applies_to
            or not isinstance(rule.value, float | int)
        ):
            continue
        key = (rule.attribute, rule.op[0])
        if seen.setdefault(key, rule.value) != rule.value:
            if not _TWO_CASES.search(criterion.text):
                words = f"{rule.attribute}: {seen[key]:g}, {rule.value:g}"
                yield Warning_("conflicting_thresholds", criterion.id, words)
            return
    yield from _on_one_scale(criterion)


def _on_one_scale(criterion: Criterion) -> Iterator[Warning_]:
    if " on a" not in criterion.text and " on the" not in criterion.text:
        return
    first: re.Match[str] | None = None
    for match in _ON_SCALE.finditer(criterion.text):
        if first and first["scale"].split()[:3] == match["scale"].split()[:3] and first["value"] != match["value"]:
            yield Warning_("conflicting_thresholds", criterion.id, quoted(criterion.text, first.start(), match.end()))
            return
        first = match
