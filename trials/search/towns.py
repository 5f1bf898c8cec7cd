"""Places that stand in a draft without a word for a place."""

from collections.abc import Iterator

from trials.search.draft import Claim, Draft
from trials.search.model import Kind, Names
from trials.search.phrases import NO_TOWNS, ORDINARY, PART_OF
from trials.search.where import LONGEST_NAME, LONGEST_SIGNS

_MOST_JOINED = 2  # joining signs on either side of free ones that may belong to a name
_SHORTEST = 3  # letters of a name that stands by itself
_SHORTEST_TOWN = 4  # letters of a town without a word for it
_LONGEST_TOWN = 3  # words, a state or a country behind the name included


def claim_rest(draft: Draft, names: Names) -> None:
    """A place that is all that is left, or all that stands behind a comma at the end."""
    runs = [
        run
        for run in draft.runs()
        if not draft.words(run.start, run.stop).isdigit() or len(run) > 1 or _is_zip(draft, run)
    ]
    if not runs:
        return
    whole = range(runs[0].start, runs[-1].stop)
    if any(_claim_alone(draft, words, names) for words in _spans(draft, whole)):
        return
    for segment in reversed(draft.segments()):
        while segment and draft.joining[segment[0]]:
            segment = segment[1:]
        if not segment or not draft.is_free(segment.start, segment.stop):
            return
        if _claim_alone(draft, segment, names):
            return


def _is_zip(draft: Draft, run: range) -> bool:
    return len(draft.words(run.start, run.stop)) == 5


def _claim_alone(draft: Draft, words: range, names: Names) -> bool:
    text = draft.words(words.start, words.stop)
    signs = draft.tokens[words.start].is_sign
    if len(words) > (LONGEST_SIGNS if signs else LONGEST_NAME) or len(text) < (2 if signs else _SHORTEST):
        return False
    token = names.place(text)
    if token is None:
        return False
    sure = not ORDINARY.issuperset(draft.keys(words.start, words.stop))
    return draft.claim(Claim(Kind.PLACE, words.start, words.stop, (token,), sure))


def claim_towns(draft: Draft, names: Names) -> None:
    """A town that stands without a word for it: all free words at the very end, or at the very start."""
    runs = [run for run in draft.runs() if len(run) <= _LONGEST_TOWN or draft.tokens[run.start].is_sign]
    for run in (*runs[-1:], *runs[:1]):
        at_end = all(draft.joining[at] for at in range(run.stop, len(draft.tokens)))
        at_start = all(draft.joining[at] for at in range(run.start))
        for words in _spans(draft, run) if at_end or at_start else ():
            token = names.town(draft.words(words.start, words.stop)) if _may_be_town(draft, words) else None
            if token and draft.claim(Claim(Kind.PLACE, words.start, words.stop, (token,))):
                return


def _spans(draft: Draft, run: range) -> Iterator[range]:
    """Free words that may be a name; of Chinese then with signs beside them that else join others: 成都."""
    if not draft.tokens[run.start].is_sign:
        wider = [run]
    else:
        first, end = run.start, run.stop
        while run.start - first < _MOST_JOINED and _is_beside(draft, first - 1, first):
            first -= 1
        while end - run.stop < _MOST_JOINED and _is_beside(draft, end - 1, end):
            end += 1
        wider = [range(start, stop) for start in range(first, run.start + 1) for stop in range(run.stop, end + 1)]
    for words in sorted(wider, key=len):
        if draft.is_free(words.start, words.stop):
            yield words


def _is_beside(draft: Draft, at: int, next_: int) -> bool:
    """Whether two neighbours are free signs with nothing between them."""
    return (
        at >= 0
        and next_ < len(draft.tokens)
        and all(draft.tokens[one].is_sign and draft.is_free(one, one + 1) for one in (at, next_))
        and not draft.tokens[next_].after
    )


def _may_be_town(draft: Draft, run: range) -> bool:
    """Whether no word is an ordinary one, unless all are written as names are ("Phoenix"), or part of a longer name."""
    words = draft.tokens[run.start : run.stop]
    if draft.keys(run.start - 1, run.start) in PART_OF:
        return False
    if words[0].is_sign:
        return 1 < len(words) <= LONGEST_SIGNS
    named = all(word.raw[:1].isupper() and word.raw != word.raw.upper() for word in words)
    ordinary = any(word.key in ORDINARY or word.key in NO_TOWNS for word in words)
    return len(draft.words(run.start, run.stop)) >= _SHORTEST_TOWN and (named or not ordinary)
