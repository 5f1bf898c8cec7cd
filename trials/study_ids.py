"""The ids of studies, as people type them."""

import re

_NCT_ID = re.compile(r"^\s*(?:nct[\s-]*(\d(?:[\s-]?\d){7})|(\d{8}))\s*$", re.IGNORECASE | re.ASCII)
_NO_DIGIT = re.compile(r"\D")
_REGISTRY_ADDRESS = re.compile(r"^\s*(?:https?://)?(?:[\w-]+\.)*clinicaltrials\.gov/\S*\s*$", re.IGNORECASE)
_NCT_ID_WITHIN = re.compile(r"nct(\d{8})(?!\d)", re.IGNORECASE | re.ASCII)
_HAND_ID = re.compile(r"^\s*hand[\s-]*(\d{5,28})\s*$", re.IGNORECASE | re.ASCII)


def nct_id_of(text: str) -> str:
    """The NCT id that the text is, in the registry's writing, or empty.

    Its eight digits alone will do, and so will an address at the registry that holds one id.
    """
    if match := _NCT_ID.match(text):
        return f"NCT{_NO_DIGIT.sub('', match[1] or match[2])}"
    digits = set(_NCT_ID_WITHIN.findall(text)) if _REGISTRY_ADDRESS.match(text) else set()
    return f"NCT{digits.pop()}" if len(digits) == 1 else ""


def study_id_of(text: str) -> str:
    """The same, or our own id of a study that an editor entered from a listing."""
    hand = _HAND_ID.match(text)
    return f"HAND-{hand.group(1)}" if hand else nct_id_of(text)
