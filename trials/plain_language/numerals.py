"""Small numbers as words: what we count ourselves ("two groups") is told apart from figures of the record."""

from trials.plain_language.expressions import Expression, Number, Said
from trials.plain_language.tongue import mark as _

WORDS = {
    1: _("one"), 2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six"), 7: _("seven"), 8: _("eight"),
    9: _("nine"), 10: _("ten"), 11: _("eleven"), 12: _("twelve"),
}  # fmt: skip


def in_words(number: int) -> Expression:
    """The number as a word where it is small."""
    return Said(WORDS[number]) if number in WORDS else Number(number)
