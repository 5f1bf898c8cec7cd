"""Names of interventions and titles as registry records write them, and what each of them is."""

import pytest

from trials.drugs import find, find_all, routes_in

# name, drug, kind
NAMES: tuple[tuple[str, str, str], ...] = (
    ("Abatacept", "abatacept", "designed-protein"),
    ("Belimumab 10 mg/kg", "belimumab", "antibody"),
    ("BIIB059", "litifilimab", "antibody"),
    ("CNTO 136", "sirukumab", "antibody"),
    ("CNTO 148", "golimumab", "antibody"),
    ("SAR441344", "frexalimab", "antibody"),
    ("SBI-087", "SBI-087", "antibody"),
    ("HuMax-CD20", "ofatumumab", "antibody"),
    ("CAM-3001", "mavrilimumab", "antibody"),
    ("AMG 827", "brodalumab", "antibody"),
    ("SM03", "suciraslimab", "antibody"),
    ("LymphoStat-B™", "belimumab", "antibody"),
    ("MabThera®/Rituxan®", "rituximab", "antibody"),
    ("Rituximab (genetical recombination)", "rituximab", "antibody"),
    ("Rituximab (active comparator)", "rituximab", "antibody"),
    ("RoActemra/Actemra (Tocilizumab)", "tocilizumab", "antibody"),
    ("TA-650(Infliximab)", "infliximab", "antibody"),
    ("Human Anti-TNF Monoclonal Antibody D2E7", "adalimumab", "antibody"),
    ("ABT-122", "remtolumab", "double-antibody"),
    ("Certolizumab Pegol", "certolizumab pegol", "antibody-part"),
    ("CDP870", "certolizumab pegol", "antibody-part"),
    ("SB4", "etanercept", "designed-protein"),
    ("LBEC0101", "etanercept", "designed-protein"),
    ("Interleukin-1 Trap", "rilonacept", "designed-protein"),
    ("BMS-188667", "abatacept", "designed-protein"),
    ("dnaJ Peptide", "dnaJP1", "designed-protein"),
    ("IL-2", "interleukin-2", "messenger-protein"),
    ("baricitinib", "baricitinib", "jak-blocker"),
    ("CP-690,550", "tofacitinib", "jak-blocker"),
    ("CP-690,550 (Tasocitinib)", "tofacitinib", "jak-blocker"),
    ("INCB028050", "baricitinib", "jak-blocker"),
    ("GLPG0634", "filgotinib", "jak-blocker"),
    ("ASP015K", "peficitinib", "jak-blocker"),
    ("ABT-494", "upadacitinib", "jak-blocker"),
    ("R935788 Tablets", "fostamatinib", "kinase-blocker"),
    ("GW856553", "losmapimod", "kinase-blocker"),
    ("BMS-986165", "deucravacitinib", "kinase-blocker"),
    ("AB1010", "masitinib", "kinase-blocker"),
    ("JNJ-40346527", "edicotinib", "kinase-blocker"),
    ("SC12267 (4SC-101)", "vidofludimus calcium", "immune-slower"),
    ("MMF", "mycophenolate mofetil", "immune-slower"),
    ("MTX", "methotrexate", "immune-slower"),
    ("Cyclosporin A", "ciclosporin", "immune-slower"),
    ("Methotrexate for Injection", "methotrexate", "immune-slower"),
    ("Modified-Release Prednisone (Lodotra®)", "prednisone", "steroid"),
    ("Administration of oral methylprednisolone", "methylprednisolone", "steroid"),
    ("Compound Betamethasone", "betamethasone", "steroid"),
    ("Glucocorticoids", "steroids", "steroid"),
    ("Fluocinonide 0.05% Cream", "fluocinonide", "local-steroid"),
    ("GL701", "prasterone", "hormone"),
    ("Methimazole", "thiamazole", "hormone"),
    ("Oral Ifetroban", "ifetroban", "antifibrotic"),
    ("BMS-986278", "admilparant", "antifibrotic"),
    ("IC351", "tadalafil", "vessel-widener"),
    ("Riociguat", "riociguat", "vessel-widener"),
    ("Bardoxolone Methyl", "bardoxolone methyl", "medicine"),
    ("Cyclophosphamide LD", "cyclophosphamide", "chemo"),
    ("Cyclophosphamide and fludarabine", "lymphodepletion", "chemo"),
    ("Fludarabine, Cyclophosphamide", "lymphodepletion", "chemo"),
    ("Topical Tripterygium Wilfordii Gel", "thunder god vine", "plant"),
    ("Botulinum Toxin Type B", "botulinum toxin", "brain"),
    ("Abobotulinum Toxin A", "botulinum toxin", "brain"),
    ("Cx611", "fat stem cells", "stem-cells"),
    ("Trastuzumab deruxtecan", "trastuzumab deruxtecan", "armed-antibody"),
    # cells: one's own, a donor's, changed in the body, or not said
    ("CABA-201 following preconditioning with fludarabine and cyclophosphamide",
     "resecabtagene autoleucel", "cart-own"),
    ("KYV-101, an autologous fully-human anti-CD19 CAR T-cell immunotherapy", "mivocabtagene autoleucel", "cart-own"),
    ("rapcabtagene autoleucel", "rapcabtagene autoleucel", "cart-own"),
    ("YTB323", "rapcabtagene autoleucel", "cart-own"),
    ("Obecabtagene autoleucel (obe-cel)", "obecabtagene autoleucel", "cart-own"),
    ("Relma-cel", "relmacabtagene autoleucel", "cart-own"),
    ("BMS-986353", "zolacabtagene autoleucel", "cart-own"),
    ("CT103A cells", "equecabtagene autoleucel", "cart-own"),
    ("Descartes-08", "Descartes-08", "cart-own"),
    ("Autologous CD19-Targeted CAR-T Cells", "your own CD19 CAR-T cells", "cart-own"),
    ("ADI-001", "prulacabtagene leucel", "cart-donor"),
    ("Azercabtagene zapreleucel (azer-cel)", "azercabtagene zapreleucel", "cart-donor"),
    ("UCAR T-cell group", "donor CAR-T cells", "cart-donor"),
    ("anti-CD19/BCMA U CAR T cells", "donor CD19/BCMA CAR-T cells", "cart-donor"),
    ("allogeneic umbilical cord blood-derived CAR-T targeting CD19 and BCMA",
     "donor CD19/BCMA CAR-T cells", "cart-donor"),
    ("Engineering of chimeric antigen receptors targeting CD19 in allogeneic T cells",
     "donor CD19 CAR-T cells", "cart-donor"),
    ("HN2301 injection", "HN2301", "cart-in-body"),
    ("JY231 (JY231 injection)", "JY231", "cart-in-body"),
    ("CD19/BCMA-targeted CAR-T lentiviral vector drug", "in vivo CD19/BCMA CAR-T", "cart-in-body"),
    ("CD19 CAR-T", "CD19 CAR-T cells", "cart"),
    ("Anti-BCMA and CD19 CART cells will be injected intravenously on a one-time basis.",
     "CD19/BCMA CAR-T cells", "cart"),
    ("T cell injection targeting CD7 chimeric antigen receptor", "CD7 CAR-T cells", "cart"),
    ("CD19 or CD19-BCMA CAR-T", "CAR-T cells", "cart"),
    ("PRG-1801 （CAR-T against BCMA）", "PRG-1801", "cart"),
    ("anti-CD19 CAR NK cells (KN5501)", "KN5501", "car-nk"),
    ("CD19/BCMA CAR NK", "CD19/BCMA CAR-NK cells", "car-nk"),
    ("After preconditioning with Fludarabine and Cyclophosphamide, F01 will be evaluated.",
     "F01 CAR-NK cells", "car-nk"),
    ("Single administration of 1x10^8 viable CD4+ CAR+ Foxp3+ cells.", "CAR-Treg cells", "treg"),
    ("Wharton Jelly Mesenchymal stem cells", "umbilical cord stem cells", "stem-cells"),
    # no medicine
    ("Blood samples", "blood sample", "test"),
    ("microbial inoculate", "microbial inoculate", "microbes"),
    ("Advanced multi-component meditation practice", "mindfulness", "support"),
    ("Leukapheresis", "leukapheresis", "cell-collection"),
    ("Normal saline", "salt water", "fluid"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "drug", "kind"), NAMES)
def test_a_name_means_one_product(name: str, drug: str, kind: str) -> None:
    found = find(name)
    assert found is not None
    assert (found.name, found.kind) == (drug, kind)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rituximab + cyclophosphamide", ["rituximab", "cyclophosphamide"]),
        ("Abatacept and Infliximab in Combination With Methotrexate", ["abatacept", "infliximab", "methotrexate"]),
        ("Tocilizumab + DMARD Therapy", ["tocilizumab", "disease-modifying joint medicine"]),
        ("SB2 compared to Remicade", ["infliximab"]),
        ("Tafasitamab and NK cells", ["tafasitamab", "natural killer cells"]),
        ("fetal MSCs combined with 4SCAR T cells", ["mesenchymal stem cells", "4SCAR T cells"]),
        ("BCMA CART + CD19 CART", ["BCMA CAR-T cells", "CD19 CAR-T cells"]),
        ("CLBR001 + SWI019", ["CLBR001", "SWI019"]),
        ("Rituximab, an anti-CD20 monoclonal antibody", ["rituximab"]),
        ("CP-690,550 Doses Vs.Placebo, Each Combined With Methotrexate", ["tofacitinib", "placebo", "methotrexate"]),
        ("", []),
    ],
)
def test_all_products_of_a_text_in_their_order(text: str, named: list[str]) -> None:
    assert [drug.name for drug in find_all(text)] == named


@pytest.mark.parametrize(
    "name",
    [
        "Rituximab + cyclophosphamide",
        "ERB-999 with methotrexate",  # unknown with known: not the known one
        "IBI939+ Methotrexate",
        "Tafasitamab and NK cells",
        "CYC140",  # a code, not CYC
        "MTX-101",
        "Mobi-C",
        "AUR103 Calcium",  # a salt of something unknown
        "Drug A",
        "Active Comparator",
        "ctx",
        "",
    ],
)
def test_what_names_no_product_or_several_is_not_answered(name: str) -> None:
    assert find(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "No corticosteroids",
        "Steroid-free regimen",
        "Anti-IL-10 antibody",
        "IL-2 receptor antibody",
        "hydroxychloroquine withdrawal",
        "Withdrawal of background methotrexate",
        "Methotrexate Polyglutamate Levels",
        "Oral Prednisolone Test",
        "Monitoring of infliximab",
        "Methotrexate-naive",
        "Calcitonin-Gene Related Peptide",
        "Cell-free Stem Cell-derived Extract",
        "Bioabsorbable everolimus-eluting stent",
    ],
)
def test_a_drug_that_is_not_given_is_not_named(name: str) -> None:
    assert find_all(name) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("xyzlimab", "antibody"),
        ("Xyzlimab 30 mg prefilled syringe", "antibody"),
        ("foobrutinib", "kinase-blocker"),
        ("foocitinib", "jak-blocker"),
        ("foosentan", "vessel-widener"),
        ("foolimab vedotin", "armed-antibody"),
    ],
)
def test_a_new_substance_is_known_by_its_ending(name: str, kind: str) -> None:
    found = find(name)
    assert found is not None
    assert (found.name, found.kind) == (name.lower().removesuffix(" 30 mg prefilled syringe"), kind)


@pytest.mark.parametrize("name", ["intercept", "tumab", "concept", "paclitaxcel"])
def test_an_ending_alone_is_not_enough(name: str) -> None:
    assert find(name) is None


@pytest.mark.parametrize(
    ("name", "routes"),
    [
        ("Tocilizumab SC", ("skin-injection",)),
        ("VAY736 s.c.", ("skin-injection",)),
        ("IV methylprednisolone pulse", ("vein",)),
        ("Prednisone 10mg tablets", ("mouth",)),
        ("Topical ophthalmic cyclosporine", ("eye",)),
        ("Iloprost", ()),
    ],
)
def test_the_way_of_giving_that_a_name_states(name: str, routes: tuple[str, ...]) -> None:
    assert routes_in(name) == routes
