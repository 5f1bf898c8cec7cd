"""What is new in a search since it was last told: studies that came into it, that changed, and that left it."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from finder.feeds.listing import newest
from finder.forms import StudySearch
from trials.history import Step
from trials.models import Trial
from trials.news import Window, stored_in
from trials.study_ids import nct_id_of

Found = frozenset[int]  # trials, by their keys
Changed = tuple[tuple[Trial, Step | None], ...]  # without a step where no version of the record tells of the change


@dataclass(frozen=True, slots=True)
class News:
    """`left` are no longer found by the search; `hidden` are the numbers of those that an editor has taken off."""

    new: tuple[Trial, ...] = ()
    changed: Changed = ()
    left: Changed = ()
    hidden: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.left) + len(self.hidden)


def packed(found: Found) -> bytes:
    """The same for the same studies."""
    return zlib.compress(json.dumps(sorted(found)).encode())


def unpacked(data: bytes) -> Found:
    return frozenset(json.loads(zlib.decompress(data)))


def news_of(asked: StudySearch, window: Window, told: Found | None) -> tuple[Found, News]:
    """All that the search finds, and the news. `told` is what it found when it was last told: a study may come in, or
    leave, by an editor, a rule of ours or a field that else would not matter. None where it has told nothing so far:
    then what was stored in the window alone is new.
    """
    found = frozenset(newest(asked).filter(is_sample=False).values_list("pk", flat=True))
    left = (told or frozenset()) - found
    steps = stored_in(window, [*found, *left])
    if told is None:
        new = frozenset() if nct_id_of(asked.text) else frozenset(pk for pk, step in steps.items() if step is None)
    else:
        new = found - told
    gone = Trial.objects.filter(gone_since__gte=window.since, gone_since__lt=window.until)
    changed = {pk: step for pk, step in steps.items() if step} | dict.fromkeys(_among(found | left, gone))
    wanted = new | (changed.keys() & found)
    trials = newest(asked).filter(pk__in=wanted).select_related("editorial") if wanted else ()
    shown, hidden = _left(left)
    return found, News(
        new=tuple(one for one in trials if one.pk in new),
        changed=tuple((one, changed[one.pk]) for one in trials if one.pk not in new),
        left=tuple((one, changed.get(one.pk)) for one in shown),
        hidden=hidden,
    )


def _among(pks: Found, gone: Iterable[Trial]) -> list[int]:
    return [one.pk for one in gone if one.pk in pks]


def _left(left: Found) -> tuple[list[Trial], tuple[str, ...]]:
    if not left:
        return [], ()
    trials = Trial.objects.filter(pk__in=left, is_sample=False).exclude(nct_id=None).select_related("editorial")
    shown = list(trials.visible().order_by("nct_id"))
    held = {one.pk for one in shown}
    return shown, tuple(sorted(str(one.nct_id) for one in trials if one.pk not in held))
