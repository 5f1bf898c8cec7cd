"""From the third person of a registry ("the subject's legs") to the second of our pages ("your legs")."""

import re

_PERSON = r"(?:patient|subject|participant|individual|person|volunteer)"
_READER = rf"(?:(?:the|this)\s+(?:study\s+)?{_PERSON}|a\s+(?:study\s+)?(?:patient|subject|participant|volunteer))\b"
_CHANGES = tuple(
    (re.compile(pattern, re.IGNORECASE), put)
    for pattern, put in (
        (rf"\b(?:the|a|an|each|this|that)\s+(?:study\s+)?{_PERSON}(?:'s|s')(?=\s)", "your"),
        (r"\b(?:his\s*/\s*her|her\s*/\s*his|his or her|her or his|their|his|her)\b", "your"),
        (
            r"(?:^|(?<=[,;:(] )|(?<=\bif )|(?<=\bthat ))(?:the\s+)?(?:patients|subjects|participants)\s+"
            r"(?=(?:are|have|take|receive|must|were|had|"
            r"should|do not|cannot|can|may|will|need)\b)",
            "you ",
        ),
        (r"\b(?:subject|patient|participant) (?=safety|participation|compliance|care|health)", "your "),
        (
            r"(?<!\bas )(?<!\bas study )\b(?:study )?(?:patients|subjects|participants)(?=\.?$|,| or | and )",
            "people in the study",
        ),
        (r"\b(?:himself|herself|themselves|himself/herself)\b", "yourself"),
        (r"\b(?:he\s*/\s*she|she\s*/\s*he|he or she|they|he|she)\s+(?:has|have)\b", "you have"),
        (r"\b(?:he\s*/\s*she|she\s*/\s*he|he or she|they|he|she)\s+(?:is|are)\b", "you are"),
        (
            r"\b(?:he\s*/\s*she|she\s*/\s*he|he or she|they|he|she)\s+(?=(?:can|could|may|might|must|will|"
            r"would|should)\b)",
            "you ",
        ),
        (rf"\b(?:the|a|this|that)\s+(?:study\s+)?{_PERSON}\s+(?:has|have)\b", "you have"),
        (rf"\b(?:the|a|this|that)\s+(?:study\s+)?{_PERSON}\s+(?:is|are)\b", "you are"),
        (
            rf"\b(?:the|a|this|that)\s+(?:study\s+)?{_PERSON}\s+(?=(?:can|could|may|might|must|will|would|should)\b)",
            "you ",
        ),
        (
            rf"\b(?:of|for|to|by|put|place|make|render|expose)\s+{_READER}(?!')",
            lambda found: re.sub(r"\S+\s+(?:study\s+)?\S+$", "you", found.group()),
        ),
        (rf"(?<!\bas )\b{_READER}(?!'|s| s\b)", "you"),
        (r"\b(and|or)\s+who\s+(?:has|have)\b", r"\1 have"),
        (r"\b(and|or)\s+who\s+(?:is|are)\b", r"\1 are"),
        (
            r",?\s+(?<!\bwomen )(?<!\bmen )(?<!\bpeople )(?<!\bparents )(?<!\bthose )(?<!\bpartners )(?<!\bpartner "
            r")who\s+(?:has|have)\b",
            " and have",
        ),
        (
            r",?\s+(?<!\bwomen )(?<!\bmen )(?<!\bpeople )(?<!\bparents )(?<!\bthose )(?<!\bpartners )(?<!\bpartner "
            r")who\s+(?:is|are)\b",
            " and are",
        ),
    )
)

# What is still said of a third person: the sentence would be about two people at once.
_OTHERS = re.compile(
    rf"\b(?:{_PERSON}s?|they|them|he|she|him|himself|females?|males?)\b|(?<!women )(?<!parents )(?<!people "
    rf")\b(?-i:who) (?!could\b|have partners\b|can\b)",
    re.IGNORECASE,
)


_ANYBODY = re.compile(rf"\b(?:{_PERSON}|his|her|their|he|she|they|himself|herself|themselves|who)", re.IGNORECASE)


def for_you(text: str) -> str:
    if not _ANYBODY.search(text):
        return text
    for pattern, put in _CHANGES:
        text = pattern.sub(put, text)
    return text


def speaks_of_others(text: str) -> bool:
    """Whether somebody else than the reader is left in the sentence."""
    return _OTHERS.search(text) is not None
