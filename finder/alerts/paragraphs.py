"""The news of a search in words, each study a paragraph of a mail."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.alerts.news import Changed, News
from finder.alerts.searches import SearchView, address_of, in_words
from finder.mail_links import whole_address
from finder.presenters import words
from finder.presenters.change_lines import change_lines
from finder.presenters.status import study_status
from finder.presenters.titles import title_of
from trials.changes import matters
from trials.history import Step
from trials.models import Trial
from trials.text_blocks import clean_text

MOST_STUDIES = 30  # told one by one in a mail
MOST_CHANGES = 4  # told of a study

# The search in words, the address of all that it finds, the subject, the paragraphs.
NewsInWords = tuple[str, str, str, tuple[str, ...]]


def in_paragraphs(view: SearchView, news: News, language: str) -> NewsInWords:
    """In the language that is active, which is `language`."""
    subject = ngettext("%(count)s study is new or has changed", "%(count)s studies are new or have changed", len(news))
    told = subject % {"count": words.number(len(news))}
    return in_words(view), address_of(view, language), told, tuple(_paragraphs(news, language))


def _paragraphs(news: News, language: str) -> Iterator[str]:
    """New studies first, then what changed; each with its heading before the first."""
    parts = (
        (_("New here:"), (_paragraph(one, (), language) for one in news.new)),
        (_("Changed:"), _of_changed(news.changed, language)),
        (
            _("This search does not find them any more:"),
            chain(_of_changed(news.left, language), map(_hidden, news.hidden)),
        ),
    )
    left = MOST_STUDIES
    for heading, paragraphs in parts:
        shown = tuple(islice(paragraphs, left))
        left -= len(shown)
        if shown:
            yield from (heading, *shown)
    more = len(news) - MOST_STUDIES
    if more > 0:
        said = ngettext("And %(count)s more study.", "And %(count)s more studies.", more)
        yield said % {"count": words.number(more)}


def _of_changed(changed: Changed, language: str) -> Iterator[str]:
    return (_paragraph(trial, _changes(step) if step else (), language) for trial, step in changed)


def _hidden(nct_id: str) -> str:
    return _("We do not show the study %(id)s.") % {"id": nct_id}


def _paragraph(trial: Trial, changes: Iterable[str], language: str) -> str:
    lines = (
        clean_text(title_of(trial)),
        _("Status: %(status)s") % {"status": study_status(trial).word},
        *changes,
        whole_address("study", str(trial.nct_id), language),
    )
    return "\n".join(" ".join(line.split()) for line in lines)


def _changes(step: Step) -> Iterable[str]:
    lines = ["".join(piece.text for piece in line.pieces) for line in change_lines(filter(matters, step.changes or ()))]
    yield from (f"- {line}" for line in lines[:MOST_CHANGES])
    if more := max(0, len(lines) - MOST_CHANGES):
        said = ngettext("And %(count)s more change.", "And %(count)s more changes.", more)
        yield said % {"count": words.number(more)}
