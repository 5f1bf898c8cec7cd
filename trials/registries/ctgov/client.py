"""Walks the study records of ClinicalTrials.gov, API v2 (`/studies`), page by page.

Source: https://clinicaltrials.gov/data-api/api. A record is handed on as the JSON text that the registry sent.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trials.records import RecordError
from trials.registries.ctgov.reader import study_id
from trials.registries.http import AnswerTooLargeError, RegistryError, RegistryHttp

PAGE_SIZE = 100  # the registry allows 1,000; a study with results may have megabytes
IDS_AT_ONCE = 100  # keeps the address under 2,000 characters
_decoder = json.JSONDecoder()


class PageTokenRefusedError(RegistryError):
    """The registry no longer takes the page token: the walk must start at the first page."""


@dataclass(frozen=True, slots=True)
class Study:
    """One record of a page. `nct_id` is empty when the record names none."""

    nct_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """`next_page_token` is empty on the last page; `total_count` is told on the first page only."""

    studies: tuple[Study, ...]
    next_page_token: str
    total_count: int | None


def pages(
    http: RegistryHttp,
    *,
    condition_query: str,
    updated_since: date | None = None,
    updated_until: date | None = None,
    page_size: int = PAGE_SIZE,
    page_token: str = "",
) -> Iterator[Page]:
    """All studies that match `condition_query` (an Essie expression), from the page that `page_token` names on.

    The two dates bound the registry's "last update posted", both included. Raises PageTokenRefusedError when the
    registry does not take a token, RegistryError for all else.
    """
    parameters = {"query.cond": condition_query}
    if updated_since or updated_until:
        first, last = updated_since or "MIN", updated_until or "MAX"
        parameters["filter.advanced"] = f"AREA[LastUpdatePostDate]RANGE[{first},{last}]"
    yield from _walk(http, parameters, page_size, page_token)


def pages_by_id(http: RegistryHttp, nct_ids: Iterable[str]) -> Iterator[Page]:
    """Those of the named studies that the registry still has, whatever their conditions."""
    ids = sorted(nct_ids)
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield from _walk(http, {"filter.ids": ",".join(ids[start : start + IDS_AT_ONCE])}, PAGE_SIZE, "")


def _walk(http: RegistryHttp, parameters: dict[str, str], page_size: int, page_token: str) -> Iterator[Page]:
    seen_tokens = {page_token}
    while True:
        try:
            page = http.get("studies", parameters | _page_parameters(page_size, page_token), read_page)
        except AnswerTooLargeError:
            if page_size == 1:
                raise
            page_size = max(1, page_size // 4)  # a page need not be as long as the one before
            continue
        except RegistryError as error:
            if page_token and error.status == 400:
                raise PageTokenRefusedError(str(error), status=400) from error
            raise
        page_token = page.next_page_token
        if page_token and page_token in seen_tokens:
            raise RegistryError("The registry gave the same page token twice, so its list has no end. Try again later.")
        seen_tokens.add(page_token)
        yield page
        if not page_token:
            return


def _page_parameters(page_size: int, page_token: str) -> dict[str, str]:
    """`countTotal` belongs to the first page, where there is no token yet."""
    place = {"pageToken": page_token} if page_token else {"countTotal": "true"}
    return {"format": "json", "pageSize": str(page_size)} | place


def read_page(text: str) -> Page:
    """Read the body of an answer. Raises ValueError when it is not a page of studies."""
    envelope, studies = _read_envelope(text)
    token, total = envelope.get("nextPageToken") or "", envelope.get("totalCount")
    if not isinstance(token, str) or not (total is None or isinstance(total, int)):
        raise ValueError("nextPageToken or totalCount is of another kind than the registry documents")
    if studies is None:
        raise ValueError("it has no list of studies")
    return Page(studies=tuple(studies), next_page_token=token, total_count=total)


def _read_envelope(text: str) -> tuple[dict[str, Any], list[Study] | None]:
    """The members of the outer object, with each element of "studies" cut out as the registry wrote it."""
    envelope: dict[str, Any] = {}
    studies: list[Study] | None = None
    at = _after(text, 0, "{")
    while text[at : at + 1] != "}":
        key, at = _decoder.raw_decode(text, at)
        if not isinstance(key, str):
            raise ValueError(f"a name is missing at character {at}")
        at = _after(text, at, ":")
        if key == "studies" and text[at : at + 1] == "[":
            studies, at = _read_studies(text, at)
        else:
            envelope[key], at = _decoder.raw_decode(text, at)
        at = _separated(text, at, "}")
    if text[at + 1 :].strip():
        raise ValueError("it goes on after its end")
    return envelope, studies


def _read_studies(text: str, at: int) -> tuple[list[Study], int]:
    """The elements of the list that begins at `at`, and the place after it."""
    studies = []
    at = _after(text, at, "[")
    while text[at : at + 1] != "]":
        record, end = _decoder.raw_decode(text, at)
        studies.append(Study(_nct_id(record), text[at:end]))
        at = _separated(text, end, "]")
    return studies, at + 1


def _separated(text: str, at: int, closing: str) -> int:
    """The place of the next member, or of the closing bracket."""
    at = _skip_blanks(text, at)
    return at if text[at : at + 1] == closing else _after(text, at, ",")


def _after(text: str, at: int, mark: str) -> int:
    at = _skip_blanks(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(f"“{mark}” is missing at character {at}" if at < len(text) else "it breaks off")
    return _skip_blanks(text, at + 1)


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\n", "\r", "\t"):
        at += 1
    return at


def _nct_id(record: Any) -> str:
    try:
        return study_id(record)
    except RecordError:
        return ""  # the ingest reads the text again and says why
