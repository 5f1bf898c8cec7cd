import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.partners.origins import Flaw, Origin, OriginError, admits, origin_of, read_origin


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("https://www.example.org", "https://www.example.org"),
        (" https://WWW.Example.org/ ", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("https://*.example.org", "https://*.example.org"),
        ("https://klinik-münchen.de", "https://xn--klinik-mnchen-3ob.de"),
        ("https://klinik-straße.de", "https://xn--klinik-strae-v9a.de"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://*.localhost:8080", "http://*.localhost:8080"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(line, written):
    assert str(read_origin(line)) == written


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("www.example.org", Flaw.NO_SCHEME),
        ("javascript://example.org", Flaw.NO_SCHEME),
        ("http://www.example.org", Flaw.NOT_SECURE),
        ("https://example.org/page", Flaw.MORE_THAN_ORIGIN),
        ("https://me@example.org", Flaw.MORE_THAN_ORIGIN),
        ("https://example.org; script-src *", Flaw.MORE_THAN_ORIGIN),
        ("https://example.org https://evil.example", Flaw.MORE_THAN_ORIGIN),
        ("https://*", Flaw.WILDCARD),
        ("https://a.*.example.org", Flaw.WILDCARD),
        ("https://w*.example.org", Flaw.WILDCARD),
        ("https://*.org", Flaw.TOO_WIDE),
        ("https://*.co.uk", Flaw.TOO_WIDE),
        ("https://*.github.io", Flaw.TOO_WIDE),
        ("https://*.10.0.0.1", Flaw.TOO_WIDE),
        ("https://*.wordpress.com", Flaw.TOO_WIDE),
        ("https://*.1.2.3", Flaw.NO_HOST),
        ("https://0x7f.1", Flaw.NO_HOST),
        ("https://", Flaw.NO_HOST),
        ("https://a..org", Flaw.NO_HOST),
        ("https://example.org:99999", Flaw.NO_HOST),
        ("https://'none'", Flaw.NO_HOST),
    ],
)
def test_what_is_no_origin_says_why(line, flaw):
    with pytest.raises(OriginError) as raised:
        read_origin(line)
    assert raised.value.flaw is flaw


@given(st.text(max_size=60).map(lambda text: f"https://{text}") | st.text(max_size=60))
def test_nothing_that_is_taken_can_end_its_place_in_a_policy(line):
    try:
        written = str(read_origin(line))
    except OriginError:
        return
    assert not set(written) & set(" ;,'\"\r\n\t") and written.isascii()
    assert read_origin(written) == read_origin(line)


@pytest.mark.parametrize(
    ("allowed", "asked", "may"),
    [
        ("https://example.org", "https://example.org/page?x", True),
        ("https://example.org", "https://www.example.org", False),
        ("https://*.example.org", "https://www.example.org", True),
        ("https://*.example.org", "https://a.b.example.org", True),
        ("https://*.example.org", "https://example.org", False),
        ("https://*.example.org", "https://evilexample.org", False),
        ("https://example.org", "http://example.org", False),
        ("https://example.org", "https://example.org:8443", False),
    ],
)
def test_who_may_show_the_finder(allowed, asked, may):
    assert admits([read_origin(allowed)], origin_of(asked)) is may


@pytest.mark.parametrize("address", ["", "null", "about:blank", "https://", "https://[", "//example.org"])
def test_an_address_without_an_origin_has_none(address):
    assert origin_of(address) is None
    assert not admits([Origin("https", "example.org", 443)], Origin("https", "", 443))
