"""The walk over the registry's pages: what is asked, what comes back, where it ends."""

import json
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.fake_registry import FakeRegistry, instead, nct_id, study
from trials.registries.ctgov.client import Page, PageTokenRefusedError, pages, pages_by_id, read_page
from trials.registries.http import RegistryError, RegistryHttp

QUERY = "lupus OR scleroderma"
Connect = Callable[..., RegistryHttp]
EVERY_ID = [nct_id(number) for number in range(1, 8)]


def ids(walk: Iterator[Page]) -> list[str]:
    return [one.nct_id for page in walk for one in page.studies]


def test_walk_gives_every_study_once_and_the_total_on_the_first_page(http: RegistryHttp) -> None:
    walked = list(pages(http, condition_query=QUERY, page_size=3))
    assert ids(iter(walked)) == EVERY_ID
    assert [page.total_count for page in walked] == [7, None, None]
    assert [bool(page.next_page_token) for page in walked] == [True, True, False]


def test_total_is_asked_for_on_the_first_page_only(http: RegistryHttp, registry: FakeRegistry) -> None:
    list(pages(http, condition_query=QUERY, page_size=4))
    first, second = (asked.parameters for asked in registry.asked)
    assert first == {"query.cond": QUERY, "format": "json", "pageSize": "4", "countTotal": "true"}
    assert second.pop("pageToken")
    assert second == {"query.cond": QUERY, "format": "json", "pageSize": "4"}


@pytest.mark.parametrize(
    "since, until, expected",
    [
        (date(2026, 1, 1), None, "AREA[LastUpdatePostDate]RANGE[2026-01-01,MAX]"),
        (None, date(2026, 1, 2), "AREA[LastUpdatePostDate]RANGE[MIN,2026-01-02]"),
        (date(2026, 1, 1), date(2026, 1, 2), "AREA[LastUpdatePostDate]RANGE[2026-01-01,2026-01-02]"),
        (None, None, None),
    ],
)
def test_range_of_updates_is_sent(
    http: RegistryHttp, registry: FakeRegistry, since: date | None, until: date | None, expected: str | None
) -> None:
    list(pages(http, condition_query=QUERY, updated_since=since, updated_until=until))
    assert registry.asked[0].parameters.get("filter.advanced") == expected


def test_walk_goes_on_from_a_page_token(http: RegistryHttp) -> None:
    first = next(pages(http, condition_query=QUERY, page_size=3))
    rest = pages(http, condition_query=QUERY, page_size=3, page_token=first.next_page_token)
    assert ids(rest) == EVERY_ID[3:]


def test_named_studies_come_whatever_their_conditions(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.not_in_scope = {nct_id(2)}
    assert ids(pages_by_id(http, [nct_id(2), nct_id(99), nct_id(5)])) == [nct_id(2), nct_id(5)]


def test_many_named_studies_are_asked_for_in_short_addresses(http: RegistryHttp, registry: FakeRegistry) -> None:
    registry.studies = {nct_id(n): study(n) for n in range(250)}
    assert len(ids(pages_by_id(http, map(nct_id, range(250))))) == 250
    assert [len(asked.parameters["filter.ids"].split(",")) for asked in registry.asked] == [100, 100, 50]


def test_client_names_itself_and_takes_gzip(http: RegistryHttp, registry: FakeRegistry) -> None:
    list(pages(http, condition_query=QUERY))
    headers = registry.asked[0].headers
    assert headers["User-Agent"] == "Finder/1 (+https://f.example)"
    assert headers["Accept-Encoding"] == "gzip"


def test_refused_page_token_is_told_apart(http: RegistryHttp, registry: FakeRegistry) -> None:
    walk = pages(http, condition_query=QUERY, page_size=3)
    next(walk)
    registry.token_age += 1
    with pytest.raises(PageTokenRefusedError):
        next(walk)


def test_repeated_page_token_does_not_go_round_for_ever(http: RegistryHttp, registry: FakeRegistry) -> None:
    token = next(pages(http, condition_query=QUERY, page_size=3)).next_page_token
    again = instead(json.dumps({"studies": [study(4)], "nextPageToken": token}).encode())
    registry.faults += [None, again]
    with pytest.raises(RegistryError, match="same page token twice"):
        list(pages(http, condition_query=QUERY, page_size=3))


def test_huge_answer_is_not_read_to_its_end(registry: FakeRegistry, connect: Connect) -> None:
    registry.faults += [instead(b" " * 2_000_000)] * 9  # packed, it is small
    with (
        connect(registry.url, max_bytes=100_000) as http,
        pytest.raises(RegistryError, match="more than 100,000 bytes"),
    ):
        list(pages(http, condition_query=QUERY))
    assert [asked.parameters["pageSize"] for asked in registry.asked] == ["100", "25", "6", "1"]


def test_page_that_is_too_large_is_asked_for_in_smaller_ones(registry: FakeRegistry, connect: Connect) -> None:
    with connect(registry.url, max_bytes=5_000) as http:
        assert ids(pages(http, condition_query=QUERY)) == EVERY_ID


def test_record_is_kept_as_it_was_written() -> None:
    record = (
        '{"protocolSection":{ "identificationModule" : {"nctId":"NCT00000001"} }, "x":1.500, "y":"\\ud800 \\u0000é"}'
    )
    page = read_page(f'{{"totalCount": 1,\n "studies" : [ {record}\n,{{}} ], "nextPageToken": null}}\n')
    assert [(one.nct_id, one.text) for one in page.studies] == [("NCT00000001", record), ("", "{}")]
    assert (page.total_count, page.next_page_token) == (1, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{",
        "{}",
        "{[]:1}",
        '{"a" 1}',
        '{"studies":null}',
        '{"studies":[1,2',
        '{"studies":[}',
        '{"studies":[{}{}]}',
        '{"studies":[]',
        '{"studies":[]} x',
        '{"studies":[],"nextPageToken":7}',
        '{"studies":[],"totalCount":"7"}',
    ],
)
def test_text_that_is_no_page_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        read_page(text)
