"""What every template may know of the frame that its page stands in."""

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from finder.embed.view import EmbedView

_ELSEWHERE = mark_safe('rel="noopener noreferrer"')  # nosec B308
_IN_A_NEW_TAB = mark_safe('target="_blank" rel="noopener noreferrer"')  # nosec B308


def in_templates(request: HttpRequest) -> dict[str, EmbedView | SafeString | None]:
    """`embed`, None outside frames; `outward`, what each link to another site has: in a frame it opens a new tab."""
    embed: EmbedView | None = getattr(request, "embed_view", None)
    return {"embed": embed, "outward": _IN_A_NEW_TAB if embed else _ELSEWHERE}
