"""Markup and escapes as registries send them, and the way back to the record's own characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.criteria.layout.decode import decode


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"18\~75 years", "18~75 years"),  # DQ03
        (r"ANA \> 1:80", "ANA > 1:80"),
        (r"SpO\_2 (room air)", "SpO_2 (room air)"),
        (r"1\) Renal function", "1) Renal function"),  # NCT07033299
        (r"\- Pregnancy", "- Pregnancy"),
        (r"≥1×10\^9/L", "≥1×10^9/L"),
        (r"**\*\*You may be eligible if...\*\***", "You may be eligible if..."),  # DQ02
        ("scleroderma,<br> systemic lupus", "scleroderma,\n systemic lupus"),  # DQ04
        ("<p>One</p><ul><li>two</li></ul>", "\n\nOne\n\n\n\n• two\n"),
        ("a &lt;br/&gt; b", "a \n b"),
        ("age &gt;= 18 &amp; well", "age >= 18 & well"),
        ("age &amp;gt; 18", "age > 18"),  # escaped twice
        ("Sj&#246;gren &#39;s", "Sjögren 's"),
        ("&notanentity; &", "&notanentity; &"),
        ("10<sup>9</sup>/L", "10^9/L"),
        ("AST <ULN x 2, ALT > 3", "AST <ULN x 2, ALT > 3"),  # no tag
        ("p <b and >c", "p <b and >c"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\tb\u00a0c\u2003d", "a b c d"),
        ("zero\u200bwidth\ufeff\x00", "zerowidth"),
        ("（ICF）；age：18，no．", "(ICF);age:18,no."),
        ("\uf0b7 item \x96 dash", "• item – dash"),
    ],
)
def test_reads_what_the_author_meant(source: str, shown: str) -> None:
    assert decode(source).text == shown


def test_each_character_knows_its_place_in_the_record() -> None:
    source = r"mRSS &ge; 10 and FVC \> 50<br>next"
    decoded = decode(source)
    start = decoded.text.index("≥")
    assert source[slice(*decoded.span(start, start + 1))] == "&ge;"
    start = decoded.text.index("50")
    assert source[slice(*decoded.span(start, start + 2))] == "50"


def test_an_empty_span_is_a_place() -> None:
    assert decode("").span(0, 0) == (0, 0)
    assert decode("ab").span(2, 2) == (2, 2)


@given(st.text(max_size=300))
def test_places_rise_and_stay_inside_whatever_the_text(source: str) -> None:
    decoded = decode(source)
    assert len(decoded.text) == len(decoded.starts) == len(decoded.ends)
    assert list(decoded.starts) == sorted(decoded.starts)
    assert all(0 <= a < b <= len(source) for a, b in zip(decoded.starts, decoded.ends, strict=True))


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"], max_codepoint=0x24FF), max_size=200))
def test_no_letter_and_no_digit_is_lost(source: str) -> None:
    assert [sign for sign in decode(source).text if sign.isalnum()] == [sign for sign in source if sign.isalnum()]
