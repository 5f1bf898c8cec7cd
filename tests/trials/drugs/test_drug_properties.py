"""Whatever the text: an answer, the same each time, in bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.drugs import ROUTES, Drug, find, find_all, kind_of, kinds, routes_in

PIECES = st.sampled_from(
    ["rituximab", "Placebo", "to match", "CAR-T", "CD19", "/", "BCMA", " + ", "and", "(", ")", ",", "MTX", "-", "10 mg",
     "universal", "in vivo", "sham", "standard of care", "xyzmab", "vedotin", "anti-", "withdrawal", "after",
     "in patients", "™", "α", "狼疮", "&#39;", "\x00", "calcium", "or", "cord blood", "NK"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)
)
KINDS = {kind.slug for kind in kinds()}


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_any_text_gets_an_answer_that_can_be_shown(text: str) -> None:
    named = find_all(text)
    one = find(text)
    assert one is None or one in named
    assert len(named) == len(set(named))
    for drug in named:
        assert isinstance(drug, Drug)
        assert drug.kind in KINDS and kind_of(drug.kind).name
        assert set(drug.routes) <= set(ROUTES)
    assert set(routes_in(text)) <= set(ROUTES)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["belimumab", "BIIB059", "CNTO 136", "MTX", "prednisone", "KYV-101", "CD19 CAR-T"]), st.booleans()
)
def test_a_placebo_that_looks_like_a_drug_is_never_the_drug(name: str, after: bool) -> None:
    found = find(f"placebo to {name}" if after else f"{name} placebo")
    assert found is not None
    assert found.kind == "placebo"


@pytest.mark.parametrize(
    "text",
    [
        "rituximab + " * 5000,
        "placebo/" * 9000,
        "placebo to match rituximab and " * 3000,
        "CAR-T " * 9000,
        "CD19/BCMA CAR-T + " * 5000,
        "a" * 100000,
        "1" * 100000,
        "(" * 50000,
        "+" * 100000,
        "mesenchymal stem " * 5000,
        "&#39;" * 20000,
        "狼疮" * 20000,
        "\ud800" * 1000,
    ],
    ids=lambda text: text[:12].encode("ascii", "replace").decode(),
)
def test_long_texts_take_bounded_time(text: str) -> None:
    begun = time.process_time()
    find(text)
    find_all(text)
    assert time.process_time() - begun < 1  # second; under 0.1 here


def test_a_name_takes_well_under_a_millisecond() -> None:
    names = [f"Xylomab {number} mg or matching placebo, subcutaneous injection (arm {number})" for number in range(300)]
    find(names[0])
    begun = time.process_time()
    for name in names:
        find(name)
    assert (time.process_time() - begun) / len(names) < 0.001  # about 0.0001 here, on a name longer than most
