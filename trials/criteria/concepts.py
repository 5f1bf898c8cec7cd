"""What a rule is about, in the rough groups in which people compare studies; and when two readings are alike.

Alike is said only where nothing is left that the rules do not hold: a rule that is `partial`, another number in the
words or an exception in one of them, and two criteria are no longer known to ask the same.
"""

import re
from collections.abc import Hashable, Iterable
from enum import StrEnum

from trials.criteria.model import Criterion, Kind, Rule


class Concept(StrEnum):
    """In the order in which a comparison shows them. A rule may be about several."""

    AGE = "age"
    SEX = "sex"
    DISEASE = "disease"
    DURATION = "duration"
    ACTIVITY = "activity"
    ANTIBODIES = "antibodies"
    LUNGS = "lungs"
    KIDNEYS = "kidneys"
    HEART = "heart"
    LIVER = "liver"
    BLOOD = "blood"
    NERVES = "nerves"
    STEROIDS = "steroids"
    NEEDED = "needed"  # treatments that somebody must take, or have had
    KEPT_OUT = "kept-out"  # treatments that keep people out, at all or for a time
    PROCEDURES = "procedures"
    INFECTIONS = "infections"
    PREGNANCY = "pregnancy"
    ILLNESSES = "illnesses"


_ATTRIBUTES: dict[Concept, str] = {
    Concept.AGE: "age",
    Concept.SEX: "sex",
    Concept.DISEASE: "diagnosis biopsy_proven healthy_volunteer",
    Concept.DURATION: "disease_duration",
    Concept.ACTIVITY: "sledai clinical_sledai mrss essdai das28 bvas cdasi clasi mmt8",
    Concept.ANTIBODIES: "ana_positive dsdna_positive sm_positive scl70_positive ssa_positive anca_positive "
    "aps_antibodies_positive",
    Concept.LUNGS: "fvc dlco spo2 hrct_extent copd_or_asthma other_lung_disease pulmonary_hypertension",
    Concept.KIDNEYS: "egfr creatinine proteinuria kidney_failure",
    Concept.HEART: "lvef heart_disease pulmonary_hypertension thrombosis",
    Concept.LIVER: "alt ast bilirubin liver_disease",
    Concept.BLOOD: "hemoglobin platelets neutrophils white_cells lymphocytes",
    Concept.NERVES: "cns_disease suicidality substance_abuse",
    Concept.STEROIDS: "prednisone_dose",
    Concept.KEPT_OUT: "car_t investigational_drug",
    Concept.PROCEDURES: "live_vaccine major_surgery organ_transplant stem_cell_transplant",
    Concept.INFECTIONS: "active_infection tuberculosis hepatitis_b hepatitis_c hiv immunodeficiency",
    Concept.PREGNANCY: "pregnant_or_breastfeeding contraception",
    Concept.ILLNESSES: "cancer other_autoimmune drug_allergy smoker weight bmi ecog",
}
_OF_ATTRIBUTE: dict[str, frozenset[Concept]] = {
    attribute: frozenset(concept for concept, names in _ATTRIBUTES.items() if attribute in names.split())
    for names in _ATTRIBUTES.values()
    for attribute in names.split()
}
# A disease of one organ is a matter of that organ, too.
_OF_DIAGNOSIS = {
    "lupus-nephritis": Concept.KIDNEYS,
    "neuropsychiatric-lupus": Concept.NERVES,
    "ild": Concept.LUNGS,
    "ipf": Concept.LUNGS,
    "progressive-pulmonary-fibrosis": Concept.LUNGS,
    "pulmonary-arterial-hypertension": Concept.LUNGS,
}
# What the words of a criterion name, whatever rules were read in it. It says where the criterion stands, not what it
# asks: "no rule on this" must not be said of a study whose criteria speak of it.
_WORDS = {
    Concept.DURATION: r"(?:disease|symptom|illness) duration|duration of (?:disease|symptoms|illness)|onset|"
    r"(?:since|from|after|of) (?:the )?(?:first )?diagnosis|(?:months?|years?)'? duration|"
    r"diagnosed\b[^.;]{0,60}\b(?:within|for|since|before|prior to|after|ago)|"
    r"diagnosis of\b[^.;]{0,60}\b(?:within|in) the (?:past|last)",
    Concept.ACTIVITY: r"SLEDAI|BILAG|mRSS|Rodnan|ESSDAI|DAS(?:-?28)?|BVAS|CDASI|CLASI|MMT-?8|Global Assessment|PGA|"
    r"disease activity|swollen|tender(?:/painful)? joints?|joint counts?|CRP|C-reactive|ESR|sedimentation",
    Concept.ANTIBODIES: r"ANA|auto-?antibod\w*|anti-?nuclear|anti-?(?:ds-?DNA|Sm|Smith|Scl|Ro|SSA)|"
    r"(?:specific|associated) antibod\w*|ANCA|antiphospholipid|rheumatoid factor|RF|ACPA|anti-?CCP|citrullinated",
    Concept.LUNGS: r"FVC\w*|DLCO\w*|FEV1|lungs?|pulmonary|asthma|COPD|respiratory|interstitial|bronch\w*",
    Concept.KIDNEYS: r"kidneys?|renal|\w*nephritis|dialysis|creatinine|eGFR|proteinuria",
    Concept.HEART: r"hearts?|cardi(?:ac|o[vp])\w*|myocard\w*|arrhythmia|LVEF|thrombo(?:sis|embol\w*)|QTc\w*|"
    r"hypertension|(?:electrocardio|ECG|echocardio)\w*",
    Concept.LIVER: r"liver|hepatic|hepato\w*|cirrhosis|ALT|AST|bilirubin|transaminases?",
    Concept.BLOOD: r"ha?emoglobin|ha?ematolog\w*|platelets?|neutrop\w*|lymphocytes?|leu[ck]ocytes?|white blood|"
    r"\w*cytopenia|ana?emia|bleeding|coagul\w*",
    Concept.NERVES: r"central nervous|neuro(?:log|psych)\w*|psych(?:iatr|olog)\w*|seizures?|epilepsy|stroke|suicid\w*|"
    r"dementia|mental\w*|depressi\w*|neuropath\w*|multiple sclerosis|demyelinat\w*|alcohol\w*|"
    r"(?:drug|substance) (?:ab|mis)use",
    Concept.STEROIDS: r"(?:gluco)?cortico(?:ids?|steroids?)|steroids?|prednis\w+|glucocorticoids?",
    Concept.PROCEDURES: r"vaccin\w*|surger(?:y|ies)|surgical|transplant\w*|splenectomy|arthroplast\w*|prosthe\w*",
    Concept.INFECTIONS: r"infections?|infectious|hepatitis|HIV|tubercul\w*|syphilis|cytomegalovirus|sepsis|pneumonia",
    Concept.PREGNANCY: r"pregnan\w*|breast-?feeding|lactating|nursing|contracepti\w*|child[- ]?bearing|birth control",
    Concept.ILLNESSES: r"cancer|malignan\w*|tumou?rs?|allerg\w*|hypersensitiv\w*|autoimmune diseases?|BMI|smok\w*|"
    r"lymphoproliferative|diabet\w*|obes\w*",
}  # fmt: skip
_TREATED = (
    r"immunosuppress\w*|immunomodulat\w*|biologics?|DMARDs?|(?:treated|treatment) with|rituximab|cyclophosphamide|"
    r"methotrexate|MTX|anti-?TNF\w*|TNF|stable doses?|previous exposure|"
    r"(?:prior|previous|earlier|received|receiving|use of|taking)\b[^.;]{0,40}\b(?:therap(?:y|ies)|treatments?|drugs?)"
)
_NAMES = {concept: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for concept, words in _WORDS.items()}
_NAMES_TREATMENT = re.compile(rf"\b(?:{_TREATED})\b", re.IGNORECASE)
_STEROIDS = "glucocorticoids"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_EXCEPTS = re.compile(
    r"\b(?:except\w*|unless|other than|apart from|only if|provided|excluding|allowed|permitted)\b", re.I
)


def concepts_in(one: Criterion) -> frozenset[Concept]:
    """What the rules of a criterion are about; of one without rules, what its words name."""
    if not one.rules:
        return named_in(one)
    return frozenset(concept for rule in one.rules for concept in concepts_of(rule, one.kind))


def named_in(one: Criterion) -> frozenset[Concept]:
    """What the words of a criterion name, beside what it is about."""
    found = {concept for concept, named in _NAMES.items() if named.search(one.text)}
    if _NAMES_TREATMENT.search(one.text):
        found.add(Concept.NEEDED if one.kind is Kind.INCLUSION else Concept.KEPT_OUT)
    return frozenset(found)


def concepts_of(rule: Rule, kind: Kind) -> frozenset[Concept]:
    """`kind` is that of the criterion, which says whether a treatment is asked for or keeps people out."""
    if rule.attribute == "treatment":
        return _of_treatment(rule, kind)
    found = _OF_ATTRIBUTE[rule.attribute]
    if rule.attribute == "diagnosis" and isinstance(rule.value, tuple):
        return found | {_OF_DIAGNOSIS[slug] for slug in rule.value if slug in _OF_DIAGNOSIS}
    return found


def _of_treatment(rule: Rule, kind: Kind) -> frozenset[Concept]:
    slugs = set(rule.value) if isinstance(rule.value, tuple) else set()
    asked = (kind is Kind.INCLUSION) == (rule.op == "in")
    others = {Concept.NEEDED if asked else Concept.KEPT_OUT} if slugs - {_STEROIDS} else set()
    return frozenset(others | ({Concept.STEROIDS} if _STEROIDS in slugs else set()))


def words_key(text: str) -> Hashable:
    """The same for words that differ in nothing but spaces, capitals and the full stop."""
    return " ".join(text.split()).casefold().rstrip(".;,")


def asks_key(one: Criterion) -> Hashable | None:
    """The same for two criteria whose rules ask the same of everybody; None where the rules do not tell all."""
    if not one.rules or any(rule.partial for rule in one.rules):
        return None
    numbers = tuple(sorted(map(float, _NUMBER.findall(one.text.replace(",", "")))))
    return rule_keys(one.rules), numbers, bool(_EXCEPTS.search(one.text))


def rule_keys(rules: Iterable[Rule]) -> frozenset[Hashable]:
    """Rules in a form that can be held against each other: their order is no matter, alternatives stay together."""
    rules = tuple(rules)
    groups: dict[int, set[Hashable]] = {}
    for rule in rules:
        if rule.any_of is not None:
            groups.setdefault(rule.any_of, set()).add(_key(rule))
    alone = (_key(rule) for rule in rules if rule.any_of is None)
    return frozenset({*alone, *(frozenset(group) for group in groups.values())})


def _key(rule: Rule) -> Hashable:
    value = frozenset(rule.value) if isinstance(rule.value, tuple) else rule.value
    flags = (rule.partial, rule.ever, rule.stable, rule.failed)
    return rule.attribute, rule.op, value, rule.unit, rule.within, frozenset(rule.applies_to), flags
