"""Where in a record the words of a search stand."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from trials.find.matching import CONFIG, plain_words

BEGIN, END, GAP = "\ue000", "\ue001", "\ue002"  # signs of private use: no record has them
_LONGEST = 20_000  # characters of a text that are looked through
_OPTIONS = f"StartSel={BEGIN}, StopSel={END}, MaxFragments=2, MinWords=5, MaxWords=18, FragmentDelimiter={GAP}"

_EXCERPTS = """
    SELECT t.id, ts_headline(%(config)s::regconfig, left(concat_ws(E'\\n', t.brief_summary, t.eligibility_criteria),
        %(longest)s), websearch_to_tsquery(%(config)s::regconfig, %(text)s), %(options)s)
    FROM trials_trial AS t JOIN trials_trialindex AS x ON x.trial_id = t.id
    WHERE t.id = ANY(%(keys)s) AND NOT x.titles @@ websearch_to_tsquery(%(config)s::regconfig, %(text)s)
"""


def excerpts(trial_ids: Iterable[int], text: str) -> dict[int, str]:
    """For each trial that has the words elsewhere than in its title, a line with them between BEGIN and END."""
    values: dict[str, Any] = {
        "config": CONFIG,
        "longest": _LONGEST,
        "text": plain_words(text),
        "options": _OPTIONS,
        "keys": list(trial_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXCERPTS, values)
        return {key: line for key, line in cursor.fetchall() if BEGIN in line}
