"""The glossary: words that people can read, and every mention found where it stands."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.plain_language.glossary import KINDS, VERSION, by_slug, key, known, mentions, terms
from trials.plain_language.readability import grade, measure

SLUGS = [term.slug for term in terms()]
TEXTS = [text for term in terms() for text in (term.brief, term.definition)]
# What must not be said of anything that is tested.
PROMISES = re.compile(
    r"\b(safe|safer|safely|safety|effective|better|best|cure|cures|cured|breakthrough|new treatments?)\b"
)

# Words that people ask about in the records of these diseases. Each must lead somewhere.
ASKED = """
systemic lupus erythematosus; lupus nephritis; scleroderma; dcSSc; dermatomyositis; Sjogren's syndrome; MCTD;
UCTD; interstitial lung disease; RA-ILD; granulomatosis with polyangiitis; antiphospholipid syndrome; eGFR; ALT;
AST; ULN; ANC; UPCR; HBsAg; hepatitis B core antibody; creatinine clearance; CRP; ESR; FVC; DLCO; HRCT; LVEF;
NT-proBNP; right heart catheterization; 6-minute walk test; QTc; SpO2; SLEDAI-2K; BILAG; mRSS; ESSDAI; DAS28;
BVAS; CLASI; CDASI; MMT-8; HAQ-DI; PGA; ECOG; Child-Pugh; NYHA; EDSS; CTCAE; SRI-4; LLDAS; VAS; SLICC/ACR damage
index; ACR20; ANA; anti-dsDNA; anti-Sm; anti-Ro/SSA; anti-La/SSB; Scl-70; ANCA; Jo-1; anti-MDA5; anti-CCP;
ACR/EULAR criteria; SLICC criteria; Bohan and Peter; CAR-T; B-cell depletion; JAK inhibitor; DMARD; plasma
exchange; IVIG; stem cell transplant; lymphodepletion; leukapheresis; bridging therapy; washout; rescue
medication; background therapy; live vaccine; tuberculosis; latent TB; QuantiFERON; hepatitis C; HIV; CMV; EBV;
opportunistic infection; Pneumocystis pneumonia; childbearing potential; postmenopausal; barrier method; IUD;
randomized; placebo; sham; open-label; double-blind; treatment arm; cohort; crossover; dose escalation; phase 1;
phase II; phase 3; phase IV; run-in; screening; baseline; enrollment; eligibility; inclusion criteria; exclusion
criterion; informed consent; assent; investigator; sponsor; investigational; adverse event; primary endpoint;
follow-up; extension study; registry; observational; biomarker; biopsy; half-lives; contraindication;
hypersensitivity; concomitant; refractory; relapse; remission; upper limit of normal
"""


def slugs_in(text: str) -> list[str]:
    return [mention.slug for mention in mentions(text)]


def test_there_are_enough_terms_and_all_say_something() -> None:
    assert len(terms()) >= 250
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    for term in terms():
        assert all((term.slug, term.term, term.brief, term.definition)), term.slug
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term.slug)


def test_terms_stand_in_the_order_of_the_alphabet() -> None:
    keys = [key(term.term) for term in terms()]
    assert keys == sorted(keys, key=" ".join)


def test_slugs_are_unique_and_found_again() -> None:
    assert len(SLUGS) == len(set(SLUGS))
    assert all(by_slug(slug) is known(slug) for slug in SLUGS)
    assert known("no-such-term") is None
    with pytest.raises(KeyError):
        by_slug("no-such-term")


def test_every_kind_is_known_and_used() -> None:
    assert {term.kind for term in terms()} == set(KINDS)


def test_no_form_belongs_to_two_terms_or_stands_twice() -> None:
    owner: dict[tuple[str, ...], str] = {}
    for term in terms():
        for words in {key(form) for form in term.forms}:
            assert words, term.slug
            assert owner.setdefault(words, term.slug) == term.slug, words
        written = (term.term, *term.spellings, *term.covers)
        assert len(written) == len(set(written)), term.slug


def test_exact_writings_are_forms_of_their_term() -> None:
    for term in terms():
        assert set(term.cased) <= set(term.forms), term.slug


def test_related_terms_exist_and_are_others() -> None:
    for term in terms():
        assert set(term.see) <= set(SLUGS) - {term.slug}, term.slug
        assert len(term.see) == len(set(term.see)), term.slug


def test_every_text_is_plain() -> None:
    assert [text for text in TEXTS if grade(text) > 8] == []
    assert [text for text in TEXTS if measure([text]).longest > 20] == []
    assert [text for text in TEXTS if PROMISES.search(text.casefold())] == []
    assert [text for text in TEXTS if text != unicodedata.normalize("NFC", " ".join(text.split()))] == []


def test_briefs_fit_in_brackets() -> None:
    for term in terms():
        assert len(term.brief.split()) <= 10, term.slug
        assert not re.search(r"[.()]", term.brief), term.slug
        first = term.brief.split()[0]
        assert first.islower() or not first.isalpha(), term.slug


def test_definitions_are_one_to_three_whole_sentences() -> None:
    for term in terms():
        assert term.definition.endswith("."), term.slug
        assert term.definition[0].isupper() or term.definition[0].isdigit(), term.slug
        assert 1 <= measure([term.definition]).sentences <= 3, term.slug


@pytest.mark.parametrize("term", terms(), ids=SLUGS)
def test_every_form_is_found_as_a_whole(term) -> None:
    for form in term.forms:
        (mention,) = mentions(f"({form}).")
        assert (mention.start, mention.end, mention.slug) == (1, 1 + len(form), term.slug), form


@pytest.mark.parametrize("words", " ".join(ASKED.split()).split("; "))
def test_what_people_ask_about_is_explained(words: str) -> None:
    found = mentions(words)
    assert len(found) == 1
    assert words[found[0].start : found[0].end] == words


@pytest.mark.parametrize(
    ("line", "slugs"),
    [  # lines of records of the registry, shortened
        ("Diagnosis of adult-onset RA as defined by the ACR 1987 criteria", ["rheumatoid-arthritis", "acr-criteria"]),
        ("Active RA defined as ≥ 6 swollen joints and DAS28-CRP > 3.2", ["rheumatoid-arthritis", "das28"]),
        ("eGFR < 60 mL/min; ALT or AST > 3 x ULN", ["egfr", "alt", "ast", "uln"]),
        ("FVC ≥ 45% predicted, DLCO ≥ 40 % predicted", ["fvc", "percent-predicted", "dlco", "percent-predicted"]),
        ("NYHA class III-IV heart failure", ["nyha", "heart-failure"]),
        ("Positive for HBsAg or anti-HBc", ["hbsag", "anti-hbc"]),
        ("ANA > 1:80 or ds-DNA positive", ["ana", "anti-dsdna"]),
        ("at least SSA positive; 2016 ACR/EULAR criteria", ["anti-ro", "acr-eular"]),
        ("mRSS score between 10-35, combined with ILD", ["mrss", "ild"]),
        ("Raynaud’s phenomenon due to diseases other than SSc", ["raynaud", "systemic-sclerosis"]),
        ("women of non-childbearing potential (WONCBP)", ["non-childbearing-potential"] * 2),
        ("within 5 half-lives of the JAK inhibitors", ["half-life", "jak-inhibitor"]),
        ("live\n             attenuated vaccine within 4 weeks", ["live-vaccine"]),
        ("history of basal or squamous cell carcinoma of the skin", ["non-melanoma-skin-cancer"]),
        ("double blind, double-blind, double‑blind", ["double-blind"] * 3),
        ("Sjögren's, Sjogren’s syndrome, Sjo\u0308gren disease", ["sjogren"] * 3),
        ("antibodies, an antibody; biopsies and AEs", ["antibody", "antibody", "biopsy", "adverse-event"]),
        # whole words only
        ("slender, plasmalemma, screenings123, unrandomised", []),
        # abbreviations count as written
        ("ast, Ra, ana and the pro of it; Anna and Ana", []),
        ("AST AND RA", ["ast", "rheumatoid-arthritis"]),
        # what contains a term and means something else
        ("lupus vulgaris; amyotrophic lateral sclerosis; GLP-1 RA", []),
        ("non-SLE nephritis, a non-renal flare", ["nephritis"]),
        # a term ends where its sentence, list item or bracket does
        ("heart\n\nfailure; heart, failure; heart (failure)", []),
        ("", []),
    ],
)  # fmt: skip
def test_terms_of_a_line(line: str, slugs: list[str]) -> None:
    assert slugs_in(line) == slugs


def test_the_longest_term_wins() -> None:
    assert slugs_in("lupus nephritis class") == ["isn-rps-class"]
    assert slugs_in("lupus nephritis") == ["lupus-nephritis"]
    assert slugs_in("lupus, nephritis") == ["sle", "nephritis"]


FORMS = st.sampled_from([form for term in terms() for form in term.forms])
GLUE = st.sampled_from([" ", "-", "", ", ", "/", "\n", "\n\n", " – ", "non-", "s ", "'s ", "(", ")", "%", "\u0308"])
JUMBLE = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(FORMS, GLUE, st.text(max_size=3)), max_size=30).map("".join),
    st.lists(FORMS, max_size=20).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(JUMBLE)
def test_mentions_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for start, end, slug in mentions(text):
        assert last <= start < end <= len(text)
        last = end
        words = key(text[start:end])
        assert words in {key(form) for form in by_slug(slug).forms}


@settings(max_examples=200, deadline=None)
@given(FORMS, st.sampled_from(["", "Patients with ", "3 x ", "("]), st.sampled_from(["", ".", ", or", ")", "\n\n* "]))
def test_a_form_is_found_wherever_it_stands(form: str, before: str, after: str) -> None:
    mention = mentions(f"{before}{form}{after}")[0]
    assert (mention.start, mention.end) == (len(before), len(before) + len(form))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000, "lupus " * 16_000, "systemic " * 11_000, "anti-" * 20_000, "- " * 50_000, " " * 100_000,
        "e\u0308" * 50_000, "'s" * 50_000, "/" * 100_000, "non-" * 25_000, "\n" * 100_000, "heart" + " " * 99_000,
        ("upper limit of the " * 6_000), ("lupus" + " " * 58 + "nephritis") * 1_300, "狼疮" * 50_000, "%&/" * 30_000,
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_long_texts_take_time_in_proportion(text: str) -> None:
    mentions("")
    begun = time.process_time()
    mentions(text)
    assert time.process_time() - begun < 2  # seconds; below 0.2 here
