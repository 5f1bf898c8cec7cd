"""Words that point to a paper which the reader of the registry does not have."""

import re
from collections.abc import Iterator

from trials.criteria.repair.fix import Fix, proposed

_POINTER = re.compile(
    r"\b(?:(?:table|figure|section|attachment|annex|annexe|appendix|appendices|supplement)\s(?:\d{1,3}(?:\.\d{1,3}){0,4}\b|[IVX]{1,4}\b|[A-H]\b)"
    r"|appendix\b|appendices\b|annex\b"
    r"|investigator[’'´`]?s?[’'´`]?\sbrochure"
    r"|(?:see|refer(?:red)?\sto|consult)\s(?:the\s)?(?:(?:full|study|clinical|trial)\s){0,2}protocol\b"
    r"|(?:described|defined|listed|specified|outlined|detailed|stated|given|provided|set\sout)\s(?:in|by|per)\s(?:the\s|this\s)?"
    r"(?:(?:full|study|clinical|trial)\s){0,2}protocol\b"
    r"|protocol[- ](?:defined|specified|listed|prohibited)\b)",
    re.IGNORECASE,
)
# One of these stands in every pointer; most texts hold none, and are passed over quickly.
_HINTS = (
    "Table",
    " table",
    "TABLE",
    "igure ",
    "Section",
    " section",
    "(section",
    "ttachment",
    "nnex",
    "ppendi",
    "upplement",
    "rochure",
    "rotocol",
    "APPENDIX",
    "SECTION",
)


def dangling_pointers(text: str) -> Iterator[Fix]:
    """`as described in Table 3`, `see the Investigator's Brochure`. No repair is possible: an editor is told."""
    if any(hint in text for hint in _HINTS):
        for match in _POINTER.finditer(text):
            yield proposed("points_elsewhere", match, match[0])
