import itertools
import re
import tomllib
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

DATA = tomllib.loads((Path(__file__).parents[3] / "trials/criteria/data/treatments.toml").read_text(encoding="utf-8"))
TABLES = ("drug", "class", "other_class")
ENTRIES = [(f"{table}: {entry.get('name', entry.get('slug'))}", entry) for table in TABLES for entry in DATA[table]]

# The choices of `treatment` in the criteria contract, version 1, without "other".
# fmt: off
CONTRACT_SLUGS = {
    "dmard", "prostanoid", "pde5-inhibitor", "glucocorticoids", "hydroxychloroquine", "methotrexate",
    "azathioprine", "mycophenolate", "cyclophosphamide", "leflunomide", "tacrolimus", "cyclosporine", "voclosporin",
    "sulfasalazine", "rituximab", "obinutuzumab", "b-cell-depletion", "belimumab", "telitacicept", "anifrolumab",
    "abatacept", "tocilizumab", "tnf-inhibitor", "jak-inhibitor", "ivig", "nintedanib", "pirfenidone", "biologic",
    "immunosuppressant", "antimalarial", "iloprost", "endothelin-antagonist", "plasma-exchange",
    "stem-cell-therapy",
}
# fmt: on
TERM_FIELDS = ("words", "misspellings", "narrower", "drugs")
ALLOWED_FIELDS = {
    "drug": {"name", "slug", "class", "classes", "local", "words", "misspellings", "narrower"},
    "class": {"slug", "classes", "words", "misspellings", "narrower"},
    "other_class": {"name", "classes", "words", "misspellings", "drugs"},
}


def tokens(term):
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", term) if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W\d_]+|\d+", plain.lower()))


def singular(sequence):
    *rest, last = sequence
    return (*rest, last[:-1] if len(last) > 2 and last.endswith("s") and not last.endswith("ss") else last)


def spelled_out(term):
    """Every term that a term with `{part}` placeholders stands for."""
    names = re.findall(r"\{(\w+)\}", term)
    frame = re.sub(r"\{\w+\}", "{}", term)
    return [frame.format(*choice) for choice in itertools.product(*(DATA["parts"][name] for name in names))]


def sequences(entry):
    terms = [term for field in TERM_FIELDS for term in entry.get(field, [])]
    return {tokens(spelled) for term in terms for spelled in spelled_out(term)}


ENTRIES_OF = defaultdict(set)
for entry_name, one_entry in ENTRIES:
    for term_tokens in sequences(one_entry):
        ENTRIES_OF[singular(term_tokens)].add(entry_name)


def entry_of(term):
    (name,) = ENTRIES_OF[singular(tokens(term))]
    return next(entry for known, entry in ENTRIES if known == name)


def test_file_says_its_version_date_and_sources():
    assert re.fullmatch(r"\d+\.\d+\.\d+", DATA["version"])
    assert isinstance(DATA["date"], date)
    assert DATA["sources"]


@pytest.mark.parametrize("table", TABLES)
def test_entries_have_known_fields_only(table):
    allowed = ALLOWED_FIELDS[table] | {"case_sensitive", "needs_name"}
    assert {field for entry in DATA[table] for field in entry} <= allowed
    assert all(entry["words"] for entry in DATA[table])


def test_entries_name_slugs_of_the_contract_only():
    named = {entry[key] for _, entry in ENTRIES for key in ("slug", "class") if key in entry}
    named |= {slug for _, entry in ENTRIES for slug in entry.get("classes", [])}
    assert named <= CONTRACT_SLUGS
    assert not [name for name, entry in ENTRIES if "slug" in entry and "class" in entry]


def test_every_slug_of_the_contract_has_exactly_one_entry():
    assert sorted(entry["slug"] for _, entry in ENTRIES if "slug" in entry) == sorted(CONTRACT_SLUGS)


def test_class_that_stands_for_a_substance_has_an_entry():
    assert {drug["class"] for drug in DATA["drug"] if "class" in drug} <= {entry["slug"] for entry in DATA["class"]}


def test_term_stands_under_one_entry_unless_declared_ambiguous():
    declared = {singular(tokens(term)) for term in DATA["ambiguous"]}
    shared = {sequence for sequence, names in ENTRIES_OF.items() if len(names) > 1}
    assert shared == declared


def test_term_is_either_the_whole_or_a_part_of_its_entry():
    for name, entry in ENTRIES:
        whole = {singular(tokens(spelled)) for term in entry["words"] for spelled in spelled_out(term)}
        part = {singular(tokens(spelled)) for term in entry.get("narrower", []) for spelled in spelled_out(term)}
        assert not whole & part, name


def test_no_term_is_empty():
    assert not [name for name, entry in ENTRIES if () in sequences(entry)]


def test_every_part_is_used_and_every_placeholder_is_a_part():
    terms = [term for _, entry in ENTRIES for field in TERM_FIELDS for term in entry.get(field, [])]
    used = set(re.findall(r"\{(\w+)\}", " ".join([*terms, *DATA["not_treatments"]])))
    assert used == set(DATA["parts"])


def test_terms_that_count_as_written_are_terms_of_their_entry():
    for name, entry in ENTRIES:
        terms = {term for field in TERM_FIELDS for term in entry.get(field, [])}
        assert set(entry.get("case_sensitive", [])) <= terms, name


def test_abbreviation_that_needs_its_name_stands_nowhere_alone():
    needy = {singular(tokens(term)) for _, entry in ENTRIES for term in entry.get("needs_name", [])}
    assert needy
    assert not needy & set(ENTRIES_OF)


def test_each_phrase_that_is_no_treatment_hides_a_term():
    for phrase in itertools.chain.from_iterable(map(spelled_out, DATA["not_treatments"])):
        said = tokens(phrase)
        parts = {said[start:end] for start, end in itertools.combinations(range(len(said) + 1), 2)}
        assert any(singular(part) in ENTRIES_OF for part in parts), phrase
        assert singular(said) not in ENTRIES_OF, phrase


@pytest.mark.parametrize(
    "written, slug",
    [
        ("motecophanate", "mycophenolate"),  # NCT06792344
        ("tachlimus", "tacrolimus"),  # NCT06792344
        ("Beliumab", "belimumab"),  # NCT06792344
        ("titacept", "telitacicept"),  # NCT06792344
        ("hydrochloroquine", "hydroxychloroquine"),  # NCT00037128
        ("hydroxychloroquinine", "hydroxychloroquine"),  # NCT00000106
        ("sulfasazine", "sulfasalazine"),  # NCT01597739
        ("salazosulfapyridine", "sulfasalazine"),  # NCT01001832
        ("cyclosporin A", "cyclosporine"),  # NCT00037128
        ("FK-506", "tacrolimus"),
        ("CTLA4-Ig", "abatacept"),  # NCT00870467
        ("LymphoStat-B", "belimumab"),  # NCT00071812
        ("IV gamma-globulin", "ivig"),  # NCT00281294
        ("plasma separation", "plasma-exchange"),  # NCT07033299
        ("cell-depleting therapies", "b-cell-depletion"),  # NCT00443651
        ("anti-CD20 monoclonal antibody", "b-cell-depletion"),  # NCT00396812
        ("Tumor Necrosis Factor (TNF) antagonists", "tnf-inhibitor"),
        ("anti-TNF-α", "tnf-inhibitor"),  # NCT00619905
        ("Janus kinase (JAK) inhibitor", "jak-inhibitor"),
        ("PDE-5 inhibitors", "pde5-inhibitor"),  # NCT01086540
        ("disease-modifying antirheumatic drugs (DMARDs)", "dmard"),  # NCT01597739
        ("biologic DMARDs", "biologic"),
    ],
)
def test_wording_of_records_belongs_to_its_slug(written, slug):
    assert entry_of(written)["slug"] == slug


@pytest.mark.parametrize(
    "written, stands_for",
    [
        ("yisaipu", "tnf-inhibitor"),  # NCT01604343
        ("baritinib", "jak-inhibitor"),  # NCT07033299
        ("lukatinib", "jak-inhibitor"),  # NCT07033299
        ("quinacrine", "antimalarial"),  # NCT02446899
        ("sitaxsentan", "endothelin-antagonist"),
        ("pulse methylprednisolone", "glucocorticoids"),  # NCT01597739
        ("anakinra", None),
        ("thalidomide", None),
        ("D-penicillamine", None),
    ],
)
def test_substance_without_a_slug_has_its_class_or_is_known_to_be_outside(written, stands_for):
    entry = entry_of(written)
    assert "slug" not in entry
    assert entry.get("class") == stands_for


@pytest.mark.parametrize("written", ["MPA", "CTX", "ADA", "CS", "GC"])
def test_abbreviation_with_other_meanings_is_no_treatment_on_its_own(written):
    assert singular(tokens(written)) not in ENTRIES_OF
