"""What the pages in a clinic's frame say and know of the clinic."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from trials.models import Partner


@dataclass(frozen=True, slots=True)
class EmbedView:
    """`parameters` are those with which the list begins; `origins`, whom the frame tells its height.

    `own_site_names` are empty where the clinic's sites do not come first.
    """

    key: str
    name: str
    browses: bool
    checks: bool
    origins: str
    parameters: tuple[tuple[str, str], ...]
    own_site_names: tuple[str, ...]
    letterhead: tuple[str, ...]
    logo_url: str  # empty without one
    logo_width: int
    logo_height: int
    style_url: str  # empty for a clinic without a colour of its own

    @property
    def list_url(self) -> str:
        """The list as the clinic wants it to begin, in the language of the page."""
        address = reverse("studies")
        return f"{address}?{urlencode(self.parameters)}" if self.parameters else address

    @property
    def full_site_url(self) -> str:
        """Where the site itself tells what is saved, in the language of the page; nothing can be kept in a frame."""
        return outside_frames("saved")

    @property
    def start_url(self) -> str:
        """Where the frame begins."""
        return self.list_url if self.browses else reverse("check")


def outside_frames(name: str, *arguments: str) -> str:
    """The path of a page of the site itself, in the language of this one."""
    path = reverse(name, urlconf=settings.ROOT_URLCONF, args=arguments)
    return f"/{path.removeprefix(get_script_prefix())}"


def own_names(request: HttpRequest) -> tuple[str, ...]:
    """The clinic's names in the registry, where its sites come first; none outside frames."""
    view: EmbedView | None = getattr(request, "embed_view", None)
    return view.own_site_names if view else ()


def embed_view(partner: Partner, slugs: Iterable[str] | None = None) -> EmbedView:
    """`slugs` are the conditions that its list begins with, where they are not those that are stored."""
    if slugs is None:
        slugs = partner.conditions.order_by("pk").values_list("pk", flat=True)
    parameters = [("condition", slug) for slug in slugs]
    if partner.near:
        parameters.append(("near", partner.near))
    if partner.radius_km:
        parameters.append(("radius", str(partner.radius_km)))
    version = f"?{partner.changed_at:%Y%m%d%H%M%S%f}" if partner.changed_at else ""
    root = f"/embed/{partner.key}"
    return EmbedView(
        key=partner.key,
        name=partner.name,
        browses=partner.browses,
        checks=partner.checks,
        origins=" ".join(map(str, partner.origins)),
        parameters=tuple(parameters),
        own_site_names=partner.own_site_names if partner.own_sites_first else (),
        letterhead=tuple(line for line in partner.letterhead.splitlines() if line.strip()),
        logo_url=f"{root}/logo.png{version}" if partner.logo_width else "",
        logo_width=partner.logo_width,
        logo_height=partner.logo_height,
        style_url=f"{root}/style.css{version}" if partner.accent else "",
    )
