"""What went wrong, told to programs (RFC 9457, `application/problem+json`): a kind, a status and sentences."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from finder.languages.addresses import path_in

API = "/api/v1/"
EXPLAINED = {400, 404, 429}  # the page about the interface tells what to do; each has an anchor there


@dataclass(frozen=True, slots=True)
class Unused:
    """A parameter of the address that cannot be used, and the sentence that says so; empty where several share it."""

    parameter: str
    detail: str


class UnusableError(Exception):
    """A request that cannot be answered as it stands."""

    def __init__(self, problems: Iterable[Unused]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(one.detail for one in self.problems))


class NoSuchPageError(Exception):
    """A page of a list that has fewer."""


def is_for_programs(request: HttpRequest) -> bool:
    """Whether errors under this address are told as problems instead of pages."""
    return path_in("en", request.path).startswith(API)


def problem(
    status: int, detail: str, *, unused: Iterable[Unused] = (), headers: dict[str, str] | None = None
) -> JsonResponse:
    """`detail` is a sentence for people, in the language of the address."""
    own = f"{reverse('api')}#problem-{status}" if status in EXPLAINED else "about:blank"
    facts: dict[str, Any] = {"type": own, "title": _title(status), "status": status, "detail": detail}
    if errors := [asdict(one) for one in unused]:
        facts["errors"] = errors
    always = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return JsonResponse(
        facts,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
        headers={**always, **(headers or {})},
    )


def _title(status: int) -> str:
    ours = {400: _("Something in the address cannot be used"), 404: _("Not found"), 429: _("Too many requests")}
    return ours.get(status) or HTTPStatus(status).phrase


def told(status: int, context: dict[str, object]) -> str:
    """The sentence for an error page, from what the page would be filled with."""
    values = {"nct_id": context.get("nct_id")}
    if context.get("taken_off"):
        return _("Our editors have taken the study %(nct_id)s off these pages.") % values
    if context.get("asked_study") and values["nct_id"]:
        return _("We have no study with the id %(nct_id)s. It may be about another disease, or be very new.") % values
    if context.get("asked_study"):
        return _("A study’s id begins with NCT and has eight digits after it, such as NCT01234567.")
    return {
        400: _("We could not read this request."),
        404: _("There is nothing at this address."),
        503: _("The site is taking a short break. Please try again in a minute."),
    }.get(status) or _("Something went wrong. Please try again later.")
