"""The engine's warnings as plain English sentences, for the command line; pages translate the same sentences."""

from trials.criteria.checks import MESSAGES
from trials.criteria.model import Warning_


def sentence(warning: Warning_) -> str:
    """e.g. "E4: A limit has no unit: “creatinine 1.4”." """
    text = MESSAGES[warning.code] % {"words": warning.words}
    return f"{warning.criterion}: {text}" if warning.criterion else text
