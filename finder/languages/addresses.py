"""Where a page stands in each language. The first part of a path names the language; English has none."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from finder.embed.addresses import embed_address

ADMIN = "/admin/"  # stands outside the languages: it speaks what the editor's browser asks for


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in one of the languages, which is called by its own name."""

    code: str
    name: str
    url: str
    current: bool


def language_of(path: str) -> str:
    """The language that the path names. Without one it is English, whoever asks, so that a cache serves everyone."""
    return _named(path) or settings.LANGUAGE_CODE


def path_in(language: str, path: str) -> str:
    """The same path in another language; a query may stand behind it. In a partner's frame English is named, too."""
    if embedded := embed_address(path):
        first, slash, rest = embedded.rest.removeprefix("/").partition("/")
        return f"{embedded.root}{language}/{rest if slash and _is_language(first) else ''}"
    named = _named(path)
    bare = path.removeprefix(f"/{named}") if named else path
    # Two slashes at the start would make the rest the name of another host.
    return escape_leading_slashes(bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}")


def outside_frames(path: str) -> str:
    """The same page on the site itself, where it stands in a partner's frame; there English is named."""
    embedded = embed_address(path)
    return embedded.rest.removeprefix(f"/{settings.LANGUAGE_CODE}") if embedded else path


def language_links(request: HttpRequest) -> tuple[LanguageLink, ...]:
    """This page, with the search that it shows, in every language; from the admin, the first page."""
    path = "/" if request.path.startswith(ADMIN) else request.get_full_path()
    now = get_language()
    return tuple(LanguageLink(code, name, path_in(code, path), code == now) for code, name in settings.LANGUAGES)


def alternates(address: str) -> tuple[tuple[str, str], ...]:
    """`hreflang` and address of the page in each language, and for readers of any other language."""
    parts = urlsplit(address)
    codes = {code: code for code, _name in settings.LANGUAGES} | {"x-default": settings.LANGUAGE_CODE}
    return tuple((said, parts._replace(path=path_in(code, parts.path)).geturl()) for said, code in codes.items())


def in_templates(request: HttpRequest) -> dict[str, tuple[LanguageLink, ...]]:
    """What every template may show: `languages`."""
    return {"languages": language_links(request)}


def _named(path: str) -> str:
    first = path.removeprefix("/").partition("/")[0]
    return first if first != settings.LANGUAGE_CODE and _is_language(first) else ""


def _is_language(code: str) -> bool:
    return code in dict(settings.LANGUAGES)
