"""One key for all spellings of a place's name: case, accents, apostrophes, hyphens and "St." aside, in its script."""

import re
import unicodedata

_APOSTROPHES = frozenset("'’‘`´′")
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_DOT_OF_LETTER = re.compile(r"(?<![^\W_]{2})\.")  # "L.A.", but not "St."


class _Folded(dict[int, str]):
    """For `str.translate`: what each character becomes, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        parts = "" if chr(code) in _APOSTROPHES else unicodedata.normalize("NFKD", chr(code).casefold())
        self[code] = unicodedata.normalize("NFC", "".join(map(_folded, parts)))
        return self[code]


def _folded(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf" or (kind == "Lm" and character != "ー"):  # the long vowel of kana
        return ""
    if kind.startswith("M"):
        # Classes 7 to 9 (nukta, voiced kana, virama) and 0 (vowel signs) make another letter; the others are accents.
        return character if unicodedata.combining(character) in {0, 7, 8, 9} else ""
    return _LETTERS.get(character, character) if character.isalnum() else " "


_TABLE = _Folded()


def place_key(name: str, *, whole_words: bool = True) -> str:
    """Return the key, its words parted by one space; "" when there is no letter or digit.

    Without `whole_words` the last word may go on, and is not taken for an abbreviation ("st" may become "Stockholm").
    """
    if "." in name:
        name = _DOT_OF_LETTER.sub("", name)
    words = unicodedata.normalize("NFC", name).translate(_TABLE).split()
    ready = len(words) if whole_words else len(words) - 1
    return " ".join([*(_ABBREVIATED.get(word, word) for word in words[:ready]), *words[ready:]])
