"""The cards of a list, with what each says of the search that found it."""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from finder.forms import StudySearch
from finder.presenters.cards import Card, Found, cards
from finder.presenters.changes import since_views
from finder.presenters.coverage import why_found
from finder.presenters.marking import marked_excerpt, marked_title
from finder.presenters.nearby import nearest_views
from finder.presenters.text_chips import in_miles
from trials.find import Search, excerpts
from trials.history import since
from trials.ingest.coverages import coverages
from trials.models import Trial


def found_cards(
    asked: StudySearch,
    search: Search,
    trials: Sequence[Trial],
    today: date,
    stale_after_months: int,
    own: Container[int] = (),
) -> list[Card]:
    """`search` is what was looked for in the end; each thing that a card says of it takes a query for all cards.

    `own` are keys of the trials that are open at the clinic in whose page the list stands.
    """
    keys = [trial.pk for trial in trials]
    slugs = [slug for group in search.conditions for slug in sorted(group)]
    covered = coverages(keys) if slugs else {}
    nearest = nearest_views(search, trials, miles=in_miles(asked))
    lines = excerpts(keys, search.text) if search.text else {}
    changed = since_views(since(keys, search.changed_since)) if search.changed_since else {}
    made = cards(trials, today, stale_after_months, country=search.country, for_age=search.age_years is not None)
    return [
        replace(
            card,
            url=f"{card.url}?{urlencode({'near': asked.place.token})}" if asked.place else card.url,
            found=Found(
                nearest=nearest.get(trial.pk),
                own=trial.pk in own,
                why=why_found(covered[trial.pk], slugs, trial.brief_title) if slugs else "",
                changes=changed.get(trial.pk),
                title=marked_title(card.title, slugs, search.text),
                excerpt=marked_excerpt(lines[trial.pk]) if trial.pk in lines else (),
            ),
        )
        for card, trial in zip(made, trials, strict=True)
    ]
