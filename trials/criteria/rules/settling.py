"""What facts of one criterion mean for each other: a definition by numbers replaces the word it defines, and the
like."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.limits import of_groups
from trials.criteria.rules.people import names_one_sex
from trials.criteria.rules.sexes import of_two_sexes

# An organ disease that the text itself defines by a measured limit: the limit is the rule.
_DEFINED_BY = {
    "liver_disease": frozenset({"alt", "ast", "bilirubin"}),
    "kidney_failure": frozenset({"egfr", "creatinine"}),
    "other_lung_disease": frozenset({"fvc", "dlco", "spo2", "hrct_extent"}),
    "heart_disease": frozenset({"lvef"}),
}
_MEASURED_BY = frozenset({"other_lung_disease", "heart_disease"})
_DEFINES = re.compile(r"\b(?:defined|evidenced|indicated|shown|i\.e|e\.g|as)\b|\(|:", re.IGNORECASE)


def settled(scene: Scene, facts: list[Fact]) -> list[Fact]:
    facts = of_two_sexes(scene, _without_asides(_without_defined(scene, facts)))
    if scene.kind is Kind.EXCLUSION and names_one_sex(scene):
        for fact in facts:  # "Men over 60": the others are let in, and no rule says so
            fact.partial = fact.partial or fact.attribute != "sex"
    facts = of_groups(scene, facts) if scene.kind is Kind.INCLUSION else _without_untimed(scene, facts)
    return _pulmonary_hypertension(scene, facts)


def _without_asides(facts: list[Fact]) -> list[Fact]:
    """In a criterion about contraception the study's product and its duration are only spoken of."""
    if not any(f.attribute == "contraception" for f in facts):
        return facts
    asides = ("investigational_drug", "treatment")
    return [f for f in facts if f.attribute not in asides]


def _without_untimed(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """ "Methotrexate above 25 mg a week, or a change of its dose within 4 weeks": of what one sentence says of a
    medicine the one with its time says more."""
    kept = []
    for fact in facts:
        place = scene.reading.segment(fact.start)
        timed = {
            slug
            for other in facts
            if other.by_the_way and scene.reading.segment(other.start) == place
            for slug in _slugs(other)
        }
        if not fact.by_the_way and not fact.within and timed.intersection(_slugs(fact)):
            fact.value = tuple(slug for slug in _slugs(fact) if slug not in timed)
        if fact.value != ():
            kept.append(fact)
    return kept


def _slugs(fact: Fact) -> tuple[str, ...]:
    return fact.value if fact.attribute == "treatment" and isinstance(fact.value, tuple) else ()


def _without_defined(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """ "Liver disease, defined as AST > 3 x ULN", "renal failure (creatinine clearance < 30)"."""
    kept = []
    for fact in facts:
        limits = [f for f in facts if f.attribute in _DEFINED_BY.get(fact.attribute, ()) and f.end > fact.end]
        same = [f for f in limits if scene.reading.segment(f.start) == scene.reading.segment(fact.start)]
        direct = fact.attribute in _MEASURED_BY and any(
            re.fullmatch(r"\s*with\s+\w*\W*", scene.text[fact.end : f.start]) for f in same
        )
        if direct or any(
            _DEFINES.search(scene.text, fact.end, f.start + 1)
            and not re.search(r"\bor\b", scene.text[fact.end : f.start])
            for f in same
        ):
            continue
        kept.append(fact)
    return kept


def _pulmonary_hypertension(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """It is the disease itself where pulmonary arterial hypertension is under study, so no finding beside it."""
    if "pulmonary-arterial-hypertension" not in scene.own:
        return facts
    kept = []
    stated = any(f.attribute == "diagnosis" and f.value == ("pulmonary-arterial-hypertension",) for f in facts)
    for fact in facts:
        if fact.attribute == "pulmonary_hypertension":
            arterial = re.search(r"\barterial\b|\bPAH\b", scene.text[fact.start : fact.end + 12])
            if arterial or stated:
                continue
            if scene.kind is Kind.INCLUSION and fact.value is True:
                fact.attribute, fact.op, fact.value, fact.mere = (
                    "diagnosis",
                    "in",
                    ("pulmonary-arterial-hypertension",),
                    True,
                )
        kept.append(fact)
    return kept
