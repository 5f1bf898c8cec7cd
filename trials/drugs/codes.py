"""Code names of drugs that no list knows yet: "JY231", "CC-97540", "QT-019C", "BI 655064"."""

import re
from collections.abc import Iterator

from trials.drugs.data import WORDS
from trials.drugs.folding import plain

# Letters and then two digits; a letter alone takes three, and so do letters with a space after them, of which the
# number is no dose. "KN5601-K" is another product than "KN5601".
_CODE = re.compile(
    r"(?<![\w-])(?:(?P<letters>[A-Z][A-Za-z]{1,6})-?(?=\d\d)|[A-Z]-?(?=\d{3})|"
    r"[A-Z]{2,4}\ (?=\d{3,}(?!\d|\ ?(?i:mg|mcg|ug|g|kg|ml|iu|units?)\b)))"
    r"\d+(?:,\d{3})*(?:-\d+)*(?:[A-Z]{1,2}|-[A-Z]{1,3})?(?!\w)"
)
_NO_CODES = frozenset(WORDS["no_codes"])


def codes_in(text: str) -> Iterator[str]:
    """The code names in the name of an intervention, as written."""
    for found in _CODE.finditer(plain(text)):
        if (found["letters"] or "").lower() not in _NO_CODES:
            yield found[0]
