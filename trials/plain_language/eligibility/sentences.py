"""One official clause → one plain sentence, or none where no safe one is known."""

import re

from trials.plain_language.eligibility.anybody import of_anybody
from trials.plain_language.eligibility.fixed import fixed_sentence
from trials.plain_language.eligibility.groups import of_some
from trials.plain_language.expressions import Expression

_BE = re.compile(r"^(?:are|is|be|being)\s+", re.IGNORECASE)


def sentence_of(clause: str, excluding: bool = False) -> Expression | None:
    """`clause` is one sentence of a criterion, regular in its signs and without its final mark; `excluding` tells that
    it says who cannot join."""
    fixed = fixed_sentence(clause) or fixed_sentence(_BE.sub("", clause))
    if fixed is not None:
        return fixed
    concerned, sentence = of_some(clause, excluding, sentence_of)
    return sentence if concerned else of_anybody(clause)
