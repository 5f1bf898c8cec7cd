"""What words mean by their sound, their company and with a wrong sign, and where the same words mean something else."""

import pytest

from trials.search import Kind, read


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("safnelo", Kind.DRUG, "anifrolumab"),
        ("xeljans", Kind.DRUG, "tofacitinib"),
        ("microscopic poliangitis", Kind.CONDITION, "mpa"),
        ("皮机炎", Kind.CONDITION, "dermatomyositis"),
        ("抢氯喹", Kind.DRUG, "hydroxychloroquine"),
    ],
)
def test_a_name_that_sounds_so_or_has_one_wrong_sign_is_read_and_said(text, kind, value):
    (part,) = read(text).parts
    assert (part.kind, part.values, part.certain, bool(part.corrected_to)) == (kind, (value,), True, True)


@pytest.mark.parametrize("text", ["tables", "console", "receive", "squares", "皮肤炎", "心肌炎"])
def test_another_word_is_no_name_heard(text):
    assert read(text).parts == ()


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("PAH", ()), ("PAH tyvaso", ("pulmonary-arterial-hypertension",)),
        ("dm", ()), ("dm on insulin with a rash", ()), ("dm rash", ("dermatomyositis",)),
        ("I don't have dm, rash", ()),
        ("heart block", ()), ("baby with heart block", ("neonatal-lupus",)),
        ("lupus from hydralazine", ("drug-induced-lupus",)), ("lupus from childhood, drug trial", ("sle",)),
        ("scleroderma and polymyositis overlap", ("systemic-sclerosis", "polymyositis", "overlap-syndrome")),
        ("dedos morados con el frío", ("raynaud",)),
    ],
)  # fmt: skip
def test_company_settles_what_words_mean(text, slugs):
    assert read(text).values(Kind.CONDITION) == slugs


def test_a_medicine_that_caused_a_lupus_is_a_question():
    reading = read("lupus due to minocycline")
    assert reading.values(Kind.CONDITION) == ("drug-induced-lupus",)
    assert (reading.values(Kind.DRUG), reading.values(Kind.DRUG, certain=False)) == ((), ("minocycline",))
