"""The search of an alert: as it is stored, and in words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.forms import StudySearch, read_search
from finder.mail_links import whole_address
from finder.presenters.condition_list import name_of
from finder.presenters.text_chips import filter_names
from finder.presenters.titles import title_of
from trials.find import without_missing_words
from trials.models import Trial
from trials.study_ids import nct_id_of

LONGEST = 1_000  # characters of a search as an address has it
_NOT_KEPT = {"sort", "page", "changed", "since"}  # an order says nothing of what is new, and a day grows old


@dataclass(frozen=True, slots=True)
class SearchView:
    """`query` as it is stored; `words` names all that the search asks for; `nct_id` where it is for one study alone."""

    query: str
    words: tuple[str, ...]
    problems: tuple[str, ...]
    nct_id: str = ""
    is_everything: bool = False


def asked_by(query: str) -> StudySearch:
    return read_search(QueryDict(query))


def stored_form(asked: StudySearch) -> str:
    return urlencode(sorted(pair for pair in asked.parameters if pair[0] not in _NOT_KEPT))


def search_view(query: QueryDict | str) -> SearchView:
    asked = asked_by(stored_form(read_search(QueryDict(query) if isinstance(query, str) else query)))
    nct_id = nct_id_of(asked.text) or ""
    if nct_id:
        trial = Trial.objects.visible().select_related("editorial").filter(nct_id=nct_id).first()
        if trial is None:
            return SearchView("", (), (_("We do not show the study %(id)s.") % {"id": nct_id},), nct_id)
        return SearchView(urlencode({"q": nct_id}), (nct_id, title_of(trial)), (), nct_id)
    stored = stored_form(asked)
    names = (*(name_of(slug) for slug in asked.named), *filter_names(asked, without_missing_words(asked.search)))
    problems = asked.problems
    if len(stored) > LONGEST:
        stored, problems = "", (*problems, _("This search is too long for an alert."))
    return SearchView(stored, tuple(map(str, names)), problems, is_everything=not names)


def address_of(view: SearchView, language: str) -> str:
    """Of the page that shows what is found."""
    if view.nct_id:
        return whole_address("study", view.nct_id, language)
    return "?".join(filter(None, (whole_address("studies", "", language), view.query)))


def in_words(view: SearchView) -> str:
    if view.nct_id:
        return _("the study %(study)s") % {"study": " · ".join(view.words) or view.nct_id}
    return " · ".join(view.words) or _("all studies of our diseases")
