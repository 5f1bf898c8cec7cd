"""What somebody does not want: "not in China", "without steroids". No search of ours can leave a thing out, so these
words are set aside, and never looked for. The one exception is a placebo, for which there is a filter.
"""

from dataclasses import dataclass

from trials.search.data import WORDS
from trials.search.draft import Claim, Draft
from trials.search.model import Kind
from trials.search.organs import LINKS, NOT_BEFORE, ORGANS
from trials.search.phrases import DENIED, JOINING, STRONG, TAKEN, Table, country_table, longest_at, table, word_set
from trials.search.where import is_us

_ROWS = WORDS["refused"]
_BROAD = word_set(_ROWS["broad"])
_BEYOND = word_set(_ROWS["beyond"])
_PLAIN = word_set(_ROWS["plain"])
_NARROW = word_set(_ROWS["narrow"])
_BUT = word_set(_ROWS["but"])
ALL = frozenset(keys[0] for keys in word_set(_ROWS["all"]))  # "anywhere": what is left out of it may follow
_FAR = frozenset({"far", "lejos"})  # not wanted only where nothing takes it back
_AT_HOME = word_set(_ROWS["at_home"])
_AROUND = word_set(_ROWS["around"])
_AROUND_END = word_set(_ROWS["around_end"])
_BEHIND = word_set(_ROWS["behind"])
_FILLING = word_set(_ROWS["filling"])
_AND = word_set(_ROWS["and"])
_PLACEBO = word_set(_ROWS["placebo"])
_OF_PLACEBO = word_set(_ROWS["of_placebo"])
_OTHERWISE = (JOINING | STRONG | TAKEN) - _BROAD - _BEYOND - _PLAIN - _NARROW  # "not far from", "not working"
_REFUSING = frozenset(keys[0] for keys in _BROAD | _BEYOND | _PLAIN | _NARROW | _BUT | _AROUND | _BEHIND)
# With these a refusal begins, or a longer phrase that holds one and refuses nothing: 有没有.
_STARTS = _REFUSING | {keys[0] for keys in _OTHERWISE if not _REFUSING.isdisjoint(keys[1:])}
_LONGEST = 6  # words of a phrase that refuses, of words between it and the thing, and of what is set aside
_FAR_AROUND = 10  # signs between 除 and 外
_KEPT = frozenset({Kind.AGE, Kind.RADIUS, Kind.STUDY_ID, Kind.SET_ASIDE})
_TREATMENTS = frozenset({Kind.DRUG, Kind.DRUG_KIND})
_OF_TREATMENTS = word_set(["free", "sparing"])
WORDS_ONLY = "WORDS"  # the value of what is set aside and names nothing of ours
_ALIKE = (frozenset({*_TREATMENTS, WORDS_ONLY}), frozenset({Kind.PLACE, Kind.COUNTRY, WORDS_ONLY}))


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is refused: where it ends, and what kind of thing it is."""

    end: int
    kind: str


def claim_refused(draft: Draft) -> None:
    """Set aside what somebody does not want; a word that refuses nothing is never looked for by itself."""
    at = 0
    while at < len(draft.tokens):
        if draft.tokens[at].key not in _STARTS:
            at += 1
            continue
        at = (
            _around(draft, at) or _before(draft, at) or _behind(draft, at) or at + (_length(draft, at, _OTHERWISE) or 1)
        )


def _length(draft: Draft, at: int, *phrases: frozenset[tuple[str, ...]]) -> int:
    """How many free words from here on are the longest of the phrases; 0 if none."""
    for length in range(min(_LONGEST, len(draft.tokens) - at), 0, -1):
        if draft.is_free(at, at + length) and any(draft.keys(at, at + length) in one for one in phrases):
            return length
    return 0


def _set_aside(draft: Draft, first: int, thing: _Thing) -> int:
    draft.claims[:] = [one for one in draft.claims if one.end <= first or one.first >= thing.end]
    draft.taken[first : thing.end] = [True] * (thing.end - first)
    placebo = thing.kind == Kind.PLACEBO
    kind, value = (Kind.PLACEBO, "no") if placebo else (Kind.SET_ASIDE, thing.kind)
    draft.claims.append(Claim(kind, first, thing.end, (value,)))
    return thing.end


def _around(draft: Draft, at: int) -> int:
    """ "除中国外"."""
    length = _length(draft, at, _AROUND)
    inside = range(at + length, min(at + length + _FAR_AROUND, len(draft.tokens)))
    for end in inside if length else ():
        tail = _length(draft, end, _AROUND_END)
        if tail and end > at + length and not any(map(draft.divides, range(at + 1, end))):
            thing = _thing(draft, at + length, broad=True)
            if thing and thing.kind == Kind.CONDITION:  # "除狼疮外还有硬皮病": beside it
                draft.joining[at : at + length] = [True] * length
                draft.joining[end : end + tail] = [True] * tail
                return end + tail
            return _set_aside(draft, at, _Thing(end + tail, thing.kind if thing else WORDS_ONLY))
    return 0


def _before(draft: Draft, at: int) -> int:
    """ "Without steroids", "not in China or India"."""
    of_all = any(token.key in ALL for token in draft.tokens[:at])
    length = _length(draft, at, _BROAD, _BEYOND, _PLAIN, _NARROW, _BUT if of_all else frozenset())
    if not length or _length(draft, at, _OTHERWISE) > length or _end_in(draft, at, table()) > at + length:
        return 0
    words = draft.keys(at, at + length)
    if words in _BEYOND and _FAR.intersection(words) and _is_denied(draft, at):  # "cannot travel far from Leeds"
        draft.joining[at : at + length] = [True] * length
        return 0
    broad = words in _BROAD or words in _BEYOND or (of_all and words in _BUT)
    starts = (_filled(draft, at + length, _FILLING, LINKS), _filled(draft, at + length, _FILLING))
    found = (_thing(draft, start, broad=broad, runs=broad or words in _PLAIN) for start in starts)
    thing = next(filter(None, found), None)
    at_home = words in _BEYOND and bool(draft.preceded_by(at, _AT_HOME))
    if thing is None or (at_home and thing.kind != Kind.COUNTRY):
        if not draft.tokens[at].is_sign:
            draft.joining[at : starts[1]] = [True] * (starts[1] - at)
        return 0
    if words in _BEYOND and thing.kind == WORDS_ONLY:
        thing = _Thing(thing.end, Kind.PLACE)
    return _set_aside(draft, at, _listed(draft, thing))


def _is_denied(draft: Draft, at: int) -> bool:
    """Whether one of the few words before takes it back."""
    first = max(0, at - _LONGEST)
    tokens = range(first, at)
    return any(
        draft.keys(start, end) in _PLAIN | _NARROW for start in tokens for end in (start + 1, start + 2) if end <= at
    )


def _behind(draft: Draft, at: int) -> int:
    """ "中国以外", "steroid-free"."""
    length = _length(draft, at, _BEHIND)
    if not length or not at or draft.divides(at):
        return 0
    of_treatments = draft.keys(at, at + 1) in _OF_TREATMENTS
    for first in range(max(at - _LONGEST, 0), at):
        thing = _named(draft, first)
        if thing and thing.end == at and (not of_treatments or thing.kind in {*_TREATMENTS, Kind.PLACEBO}):
            return _set_aside(draft, first, _Thing(at + length, thing.kind))
    first = at
    while draft.tokens[at].is_sign and first and _is_plain(draft, first - 1) and not draft.divides(first):
        first -= 1
    return _set_aside(draft, first, _Thing(at + length, Kind.PLACE)) if first < at else 0


def _is_plain(draft: Draft, at: int) -> bool:
    return draft.is_free(at, at + 1) and not draft.joining[at] and draft.tokens[at].is_sign


def _filled(draft: Draft, at: int, *filling: frozenset[tuple[str, ...]]) -> int:
    """The first word from here on that is more than "in", "the", "any use of"."""
    for _ in range(_LONGEST):
        length = _length(draft, at, *filling) if at < len(draft.tokens) and not draft.divides(at) else 0
        if not length:
            break
        at += length
    return at


def _thing(draft: Draft, at: int, *, broad: bool, runs: bool = True) -> _Thing | None:
    """What is refused by words that end here. `broad`: whatever it is; without `runs` only what has a name."""
    if at >= len(draft.tokens) or draft.divides(at):
        return None
    named = _named(draft, at)
    if named or draft.taken[at]:
        return named
    if draft.joining[at]:
        return _Thing(at + 1, WORDS_ONLY) if broad and not draft.tokens[at].is_sign else None
    if not runs:
        return None
    end = at + 1
    while end < min(at + _LONGEST, len(draft.tokens)) and draft.is_free(end, end + 1):
        if draft.joining[end] or draft.divides(end) or _named(draft, end):
            break
        end += 1
    return _Thing(end, WORDS_ONLY)


def _named(draft: Draft, at: int) -> _Thing | None:
    """What begins at a word and has a name: something that is claimed, a placebo, a country, an organ."""
    claim = next((one for one in draft.claims if one.first == at), None)
    if claim:
        denied = claim.kind is Kind.CONDITION and not claim.certain and draft.preceded_by(at, DENIED)
        return None if claim.kind in _KEPT or denied else _Thing(_linked(draft, claim.end), claim.kind)
    if length := _length(draft, at, _PLACEBO):
        return _Thing(at + length + _length(draft, at + length, _OF_PLACEBO), Kind.PLACEBO)
    if (draft.keys(at, at + 1) != ("us",) or is_us(draft, at)) and (end := _end_in(draft, at, country_table())):
        return _Thing(end, Kind.COUNTRY)
    phrase = longest_at(draft.tokens, at, len(draft.tokens), table())
    if phrase and phrase[1].kind and draft.is_free(at, phrase[0]):
        return _Thing(phrase[0], phrase[1].kind)
    end = _end_in(draft, at, ORGANS)
    return _Thing(_linked(draft, end), Kind.CONDITION) if end else None


def _end_in(draft: Draft, at: int, table: Table) -> int:
    found = longest_at(draft.tokens, at, len(draft.tokens), table)
    return found[0] if found and draft.is_free(at, found[0]) else 0


def _linked(draft: Draft, end: int) -> int:
    """With the words behind it that belong to it: "kidney involvement"."""
    return end + (_length(draft, end, LINKS, NOT_BEFORE) if end < len(draft.tokens) and not draft.divides(end) else 0)


def _listed(draft: Draft, thing: _Thing) -> _Thing:
    """With the further things of its kind behind "or" and commas: "not in China, India or Japan"."""
    while thing.end < len(draft.tokens):
        comma = draft.divides(thing.end) and draft.tokens[thing.end].after.strip() in {",", "，", "、"}
        joins = _length(draft, thing.end, _AND)
        if not comma and (not joins or draft.divides(thing.end)):
            break
        if thing.kind == Kind.CONDITION and not joins:  # "not lupus, scleroderma"
            break
        next_ = thing.end + joins
        after = _filled(draft, next_, _FILLING) if joins else next_
        more = _thing(draft, after, broad=False, runs=after == next_) if joins else _named(draft, after)
        if more is None or not _are_alike(thing.kind, more.kind):
            break
        thing = _Thing(more.end, thing.kind)
    return thing


def _are_alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _ALIKE)
