"""How far studies are alike in one row of a comparison, said only as far as our software can know it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Likeness(StrEnum):
    SAME = "same"  # word for word
    ALIKE = "alike"  # other words, and every rule in them asks the same
    REWORDED = "reworded"  # the rules that we read are the same, but the words say more than these rules
    SHORT = "short"  # our sentences are the same, and the records behind them are not
    DIFFERS = "differs"
    ONLY = "only"  # one study alone says something
    UNCLEAR = "unclear"  # no rule that our software could compare


HIDDEN = {Likeness.SAME}  # where somebody wants to see only what differs


@dataclass(frozen=True, slots=True)
class Sign:
    """What one study says in a row: its words; the same with rules in place of words where these tell all; the rules.

    `readable`: our software could read what the study says. `in_short`: the page says less than the record.
    """

    words: frozenset[Hashable]
    asks: frozenset[Hashable]
    facts: frozenset[Hashable]
    readable: bool = True
    in_short: bool = False

    def __or__(self, other: "Sign") -> "Sign":
        return Sign(
            self.words | other.words, self.asks | other.asks, self.facts | other.facts, self.readable and other.readable
        )


def sign_of(words: Hashable, record: Hashable = None) -> Sign:
    """Of what is no rule: other words are another thing. `record` is what they were made from, if they say less."""
    found: frozenset[Hashable] = frozenset({words} if words else ())
    if record is None or not words:
        return Sign(found, found, found)
    whole = frozenset({(words, record)})
    return Sign(whole, whole, found, in_short=True)


NOTHING = sign_of("")
UNREAD = Sign(frozenset(), frozenset(), frozenset(), readable=False)


def likeness(signs: Sequence[Sign]) -> Likeness | None:
    """None where no study says anything."""
    if any(not sign.readable for sign in signs):
        return Likeness.UNCLEAR
    said = [sign for sign in signs if sign.words]
    if len(said) < 2:
        return Likeness.ONLY if said else None
    if len(said) < len(signs):
        return Likeness.DIFFERS
    if _equal(said, lambda sign: sign.words):
        return Likeness.SAME
    if _equal(said, lambda sign: sign.asks):
        return Likeness.ALIKE
    if not all(sign.facts for sign in said):
        return Likeness.UNCLEAR
    if not _equal(said, lambda sign: sign.facts):
        return Likeness.DIFFERS
    return Likeness.SHORT if any(sign.in_short for sign in said) else Likeness.REWORDED


def _equal(signs: Sequence[Sign], of: Callable[[Sign], frozenset[Hashable]]) -> bool:
    return all(of(sign) == of(signs[0]) for sign in signs[1:])
