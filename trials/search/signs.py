"""One wrong sign in a Chinese name ("皮机炎"): names are short, so most signs decide which one is meant."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from trials import conditions, drugs
from trials.plain_language.tongue import tongue
from trials.search.data import LAY, WORDS
from trials.search.draft import Claim, Draft
from trials.search.kinds import is_read
from trials.search.model import Kind
from trials.search.phrases import TAKEN, table
from trials.search.slips import Slip
from trials.search.tokens import plain_signs

_SHORTEST, _LONGEST = 3, 10  # signs of a name
_LONG = 5  # signs from which a wrong sign may be one that other names of ours have
_ANY = "?"
# A name with another of these is the name of something else: 皮肤炎 is no 皮肌炎.
_TELLING = frozenset(LAY["signs"]["telling"])


def _names() -> Iterator[tuple[str, str]]:
    for condition in conditions.conditions():
        for term in (*condition.chinese, *condition.typed):
            yield plain_signs(term), condition.slug
    for term, name in WORDS["drugs"].items():
        yield plain_signs(term), name
    for drug in drugs.drugs():
        if is_read(drug) and not drug.generic:
            yield tongue("zh-hans").say(drug.name), drug.name


@cache
def _index() -> tuple[dict[str, set[tuple[str, str]]], frozenset[str]]:
    """What names mean and which sign they have, by the name without that sign; and all signs of all our names."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    signs = {sign for keys in (*table().phrases, *TAKEN) for key in keys for sign in key if not sign.isascii()}
    for term, means in _names():
        if all(not sign.isascii() and sign.isalpha() for sign in term):
            signs.update(term)
            if _SHORTEST <= len(term) <= _LONGEST:
                for at, sign in enumerate(term):
                    found[f"{term[:at]}{_ANY}{term[at + 1 :]}"].add((means, sign))
    return dict(found), frozenset(signs)


def sign_slips(draft: Draft) -> Iterator[tuple[int, Slip]]:
    """Free signs that stand in the place of another one of a name, the longest name first."""
    if not any(token.is_sign for token in draft.tokens):
        return
    named = [claim for claim in draft.claims if claim.kind in (Kind.CONDITION, Kind.DRUG)]
    for at, token in enumerate(draft.tokens):
        if token.is_sign and not draft.taken[at] and not draft.joining[at] and token.key not in _TELLING:
            slip = next(filter(None, (_slip(draft, at, window, named) for window in _windows(draft, at))), None)
            if slip:
                yield at, slip


def _windows(draft: Draft, at: int) -> Iterator[range]:
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        for first in range(max(at - length + 1, 0), min(at, len(draft.tokens) - length) + 1):
            yield range(first, first + length)


def _slip(draft: Draft, at: int, window: range, named: list[Claim]) -> Slip | None:
    before, after = (draft.keys(window.start, at), draft.keys(at + 1, window.stop))
    found = _index()[0].get(f"{''.join(before)}{_ANY}{''.join(after)}", set())
    if not found or any(draft.tokens[one].after for one in window[1:]):
        return None
    inside = [claim for claim in named if claim.first < window.stop and claim.end > window.start]
    if any(claim.first < window.start or claim.end > window.stop for claim in inside):
        return None
    meant = {means for means, _ in found}
    clear = len(window) >= _LONG or draft.tokens[at].key not in _index()[1]
    # "狼疮痛" is lupus and a word; "抢氯喹" is one name, although a shorter one stands in it.
    if inside and not (clear and (len(window) >= _LONG or all(claim.kind is Kind.DRUG for claim in inside))):
        return None
    return Slip(min(sign for _, sign in found), clear and len(meant) == 1 and len(found) == 1)
