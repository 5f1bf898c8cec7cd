import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trials.drafting.checks import LANG, Objection
from trials.drafting.drafts import Outcome, chat_http, draft_sentences, is_on
from trials.drafting.http import DraftingError
from trials.models import Trial

OFF = (
    "Drafting is off, and nothing was asked. To switch it on, set FINDER_DRAFTING_URL to an OpenAI-compatible server"
    " and FINDER_DRAFTING_MODEL to one of its models; see docs/drafting.md."
)


class Command(BaseCommand):
    help = (
        "Let a language model draft plain sentences where our rules have none, for editors to review. Off unless a "
        "server is set up. Safe to stop and to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", nargs="+", metavar="ID", help="only these studies, by id")
        parser.add_argument("--lang", default=LANG, help="the language of the drafts; only “en” can be checked")
        parser.add_argument("--limit", type=_count, metavar="N", help="ask about at most N studies")

    def handle(self, *, only: list[str] | None, lang: str, limit: int | None, **options: Any) -> str:
        if not is_on():
            raise CommandError(OFF)
        if lang != LANG:
            raise CommandError(f"Drafts in “{lang}” cannot be checked: our checks read English only.")
        trials = Trial.objects.visible().in_scope()
        if only:
            ids = {nct_id.strip().upper() for nct_id in only}
            trials = Trial.objects.filter(nct_id__in=ids)
            if missing := ids - set(trials.values_list("nct_id", flat=True)):
                raise CommandError(f"There is no study {', '.join(sorted(missing))}. Check the id.")
        try:
            with chat_http() as http:
                outcome = draft_sentences(trials, http, _tell, limit)
        except DraftingError as error:
            raise CommandError(str(error)) from error
        if outcome.error:
            raise CommandError(f"{summary(outcome)} {outcome.error}")
        return summary(outcome)


def summary(outcome: Outcome) -> str:
    """What came out, in a sentence."""
    reasons = ", ".join(f"{count} {reason}" for reason, count in outcome.refused.most_common())
    studies = "1 study" if outcome.studies == 1 else f"{outcome.studies:,} studies"
    sentences = "1 sentence" if outcome.drafted == 1 else f"{outcome.drafted:,} sentences"
    refused = f"{outcome.refused.total():,} refused"
    return f"{sentences} drafted for {studies}, {refused}{f': {reasons}' if reasons else ''}."


def _tell(nct_id: str, source: str, reason: Objection) -> None:
    print(f"{nct_id} {source} refused: {reason}", file=sys.stderr, flush=True)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("write a whole number of at least 1")
    return int(text)
