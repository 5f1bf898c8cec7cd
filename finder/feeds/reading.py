"""A search as programs ask it: the parameters of the list of studies, but what cannot be used is an error.

A person sees on the page that a filter was left out; a program would take the answer for that of its question.
"""

from collections.abc import Collection, Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.feeds.problems import UnusableError, Unused
from finder.forms import StudySearch, read_search

DEFAULT_PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100
MOST_TOLD = 20  # parameters that an error names
LONGEST_TOLD = 40  # characters of a parameter's name


def read(query: QueryDict, *, also: Collection[str] = ()) -> StudySearch:
    """The search; `also` are parameters that the caller reads. Raises UnusableError with what cannot be used."""
    asked = read_search(query)
    used = {name for name, _value in asked.parameters} | set(also)
    given = [name for name in query if any(value.strip() for value in query.getlist(name))]
    if asked.unknown_place:
        raise UnusableError([Unused("near" if "near" in given else "q", _place_unknown(asked.unknown_place))])
    if not asked.problems and used.issuperset(given):
        return asked
    found = [one for name in given[:MOST_TOLD] for one in _unused(query, name, known=name in used)]
    raise UnusableError(found or (Unused("", sentence) for sentence in asked.problems))


def _place_unknown(place: str) -> str:
    return _("We do not know the place “%(text)s”.") % {"text": place[:LONGEST_TOLD]}


def read_nothing(query: QueryDict) -> None:
    """Of an address that takes no parameter. Raises UnusableError."""
    if query:
        raise UnusableError(_unknown(name) for name in list(query)[:MOST_TOLD])


def _unused(query: QueryDict, name: str, *, known: bool) -> Iterator[Unused]:
    """What is wrong with one parameter, found by reading it alone."""
    alone = QueryDict(mutable=True)
    alone.setlist(name, query.getlist(name))
    problems = read_search(alone).problems
    yield from (Unused(name[:LONGEST_TOLD], sentence) for sentence in problems)
    if not known and not problems:
        yield _unknown(name)


def _unknown(name: str) -> Unused:
    shown = name[:LONGEST_TOLD]
    return Unused(shown, _("We do not know the parameter “%(name)s”, or cannot use it here.") % {"name": shown})


def read_page_size(query: QueryDict) -> int:
    """Studies on a page. Raises UnusableError."""
    value = query.get("page_size", "").strip()
    if not value:
        return DEFAULT_PAGE_SIZE
    usable = value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST_PAGE_SIZE))
    if not usable or not 1 <= int(value) <= LARGEST_PAGE_SIZE:
        sentence = _("A page can have 1 to %(most)s studies.") % {"most": LARGEST_PAGE_SIZE}
        raise UnusableError([Unused("page_size", sentence)])
    return int(value)
