"""The plain sentences on a stored trial: what our rules write of it today, and what editors published."""

from trials.summaries.drafts import criteria_of, draft_of, record_of, slugs_of, written_by_rules
from trials.summaries.overlay import Key, keyed, overlaid
from trials.summaries.shown import ReviewState, ShownSentence, ShownSummary, shown_summaries, shown_summary, standing
from trials.summaries.sources import Sources, source_hash, source_words, sources_of

__all__ = [
    "Key",
    "ReviewState",
    "ShownSentence",
    "ShownSummary",
    "Sources",
    "criteria_of",
    "draft_of",
    "keyed",
    "overlaid",
    "record_of",
    "shown_summaries",
    "shown_summary",
    "slugs_of",
    "source_hash",
    "source_words",
    "sources_of",
    "standing",
    "written_by_rules",
]
