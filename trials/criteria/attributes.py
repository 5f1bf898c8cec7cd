"""The closed vocabulary of the criteria contract: the facts a rule can be about, their units and their choices."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBERS: dict[str, str] = {
    **{"age": "years", "weight": "kg", "bmi": "kg/m2", "disease_duration": "months"},
    **{"fvc": "% predicted", "dlco": "% predicted", "spo2": "%", "hrct_extent": "%"},
    **dict.fromkeys(
        ("sledai", "clinical_sledai", "mrss", "essdai", "das28", "bvas", "cdasi", "clasi", "mmt8"), "points"
    ),
    **{"egfr": "mL/min/1.73m2", "creatinine": "mg/dL", "proteinuria": "g/g", "hemoglobin": "g/L"},
    **dict.fromkeys(("platelets", "neutrophils", "white_cells", "lymphocytes"), "10^9/L"),
    **{"alt": "x ULN", "ast": "x ULN", "bilirubin": "x ULN", "lvef": "%", "ecog": "points"},
    "prednisone_dose": "mg/day",
}
YES_NO = _names(
    """
    pregnant_or_breastfeeding contraception ana_positive dsdna_positive sm_positive scl70_positive ssa_positive
    anca_positive aps_antibodies_positive hepatitis_b hepatitis_c hiv tuberculosis active_infection cancer
    organ_transplant stem_cell_transplant car_t live_vaccine investigational_drug major_surgery heart_disease
    pulmonary_hypertension copd_or_asthma other_lung_disease liver_disease kidney_failure cns_disease suicidality
    substance_abuse smoker thrombosis immunodeficiency other_autoimmune drug_allergy biopsy_proven healthy_volunteer
    """
)
DIAGNOSES = _names(
    """
    sle lupus-nephritis cutaneous-lupus neuropsychiatric-lupus systemic-sclerosis diffuse-ssc limited-ssc
    dermatomyositis polymyositis antisynthetase necrotizing-myopathy inclusion-body-myositis juvenile-dermatomyositis
    myositis sjogren mctd uctd ctd rheumatoid-arthritis juvenile-arthritis psoriatic-arthritis spondyloarthritis
    anca-vasculitis gpa mpa egpa giant-cell-arteritis takayasu behcet aps igg4-rd still ild ipf
    progressive-pulmonary-fibrosis pulmonary-arterial-hypertension raynaud immune-thrombocytopenia multiple-sclerosis
    myasthenia-gravis nmosd other
    """
)
TREATMENTS = _names(
    """
    dmard prostanoid pde5-inhibitor glucocorticoids hydroxychloroquine methotrexate azathioprine mycophenolate
    cyclophosphamide leflunomide tacrolimus cyclosporine voclosporin sulfasalazine rituximab obinutuzumab
    b-cell-depletion belimumab telitacicept anifrolumab abatacept tocilizumab tnf-inhibitor jak-inhibitor ivig
    nintedanib pirfenidone biologic immunosuppressant antimalarial iloprost endothelin-antagonist plasma-exchange
    stem-cell-therapy other
    """
)
CHOICES: dict[str, frozenset[str]] = {
    "sex": frozenset({"female", "male"}),
    "diagnosis": DIAGNOSES,
    "treatment": TREATMENTS,
}
ATTRIBUTES = frozenset(NUMBERS) | YES_NO | frozenset(CHOICES)
NUMBER_OPS = (">=", ">", "<=", "<", "=")
WINDOW_UNITS = ("days", "weeks", "months", "years", "half_lives")
KINDS = ("inclusion", "exclusion")
FLAGS = ("partial", "ever", "stable", "failed")
OF_TREATMENTS = ("ever", "stable", "failed")


def ops_of(attribute: str) -> tuple[str, ...]:
    """The operators that a rule on the attribute may use."""
    if attribute in NUMBERS:
        return NUMBER_OPS
    if attribute in YES_NO:
        return ("is",)
    return ("in", "not in")  # "no earlier biologic" under an inclusion is a treatment "not in"
