"""Where "Save" leads: to the short list, and in a clinic's frame to the same page with the study in its address."""

from django import template
from django.template import Context
from django.urls import reverse

from finder.chosen import MOST_CHOSEN
from finder.presenters.saved import address_of

register = template.Library()


@register.simple_tag(takes_context=True)
def save_address(context: Context, nct_id: str) -> str:
    request = context["request"]
    embed = getattr(request, "embed", None)
    if embed is None:
        return address_of([nct_id])
    if len(embed.saved) >= MOST_CHOSEN and nct_id not in embed.saved:
        return address_of([*embed.saved, nct_id])  # which says that the list is full
    query = request.META.get("QUERY_STRING", "")
    page = f"{embed.toggled(nct_id).root}{embed.rest.removeprefix('/')}"
    return f"{page}{'?' if query else ''}{query}#{nct_id}"


@register.simple_tag(takes_context=True)
def is_saved(context: Context, nct_id: str) -> bool:
    """Only in a frame: outside, the visitor's own browser knows."""
    embed = getattr(context["request"], "embed", None)
    return bool(embed and nct_id in embed.saved)


@register.simple_tag(takes_context=True)
def saved_count(context: Context) -> int:
    """How many studies stand in the address of a frame's page."""
    embed = getattr(context["request"], "embed", None)
    return len(embed.saved) if embed else 0


@register.simple_tag(takes_context=True)
def saved_page(context: Context) -> str:
    """The page of the short list on the site itself, with the studies of a frame's address."""
    embed = getattr(context["request"], "embed", None)
    path = reverse("saved")
    return address_of(embed.saved).replace(path, context["embed"].full_site_url, 1) if embed else path
