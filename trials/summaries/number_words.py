"""Small numbers that stand in a text as words, by what the words of a language can mean."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from trials.plain_language.numerals import WORDS
from trials.plain_language.tongue import tongue


class NumberWord(NamedTuple):
    """A word as it is written. `firm`: it is a number and can be nothing else ("one" may be a pronoun)."""

    written: str
    value: int
    firm: bool


# Words that may stand for a number, besides the counting words themselves.
_ALSO = {
    "en": {"once": 1, "both": 2, "twice": 2},
    "es": {"un": 1, "una": 1, "ambos": 2, "ambas": 2},
}
# Not where it is part of a larger number ("thirty-two", "treinta y dos") or of a fraction.
_AFTER_TENS = "".join(
    f"(?<!{ten} )"
    for ten in ("wenty", "hirty", "forty", "fifty", "sixty", "venty", "ighty", "inety", "nta y", "hundred and")
)
_WHOLE = rf"(?<![\w-]){_AFTER_TENS}(?:{{}})(?!\w)(?![- ](?:hundred|thousand|million|thirds|mil|millones)\b)"

_NUMERALS = "一二两三四五六七八九十百千万"
# What is counted in Chinese follows the numeral; without it, "一" is part of some other word.
_COUNTED = (
    "[种类个项次名位人组年月周天日夜晚岁份条例处倍轮剂支片粒颗针瓶台家所步层对根块张场回秒]"
    "|小时|分钟|星期|礼拜|疗程|季度|关节"
)
_RANKED = "[级期代线型度]"  # "三期" is the third of its kind
_OF_A_KIND = re.compile(r"[种类]")  # "一种疾病" is a disease; only with one of the next before it, one disease
_AT_LEAST = re.compile(r"(?:至少|其中|仅|只|任)[^。，；]*$")
_CHINESE = re.compile(
    rf"(?P<rank>第?)(?<![{_NUMERALS}])(?P<number>[{_NUMERALS}]{{1,4}})(?={_COUNTED}|(?P<ranked>{_RANKED})|[至到或和、][{_NUMERALS}])|[两双]"
)
_CHINESE_ALSO = {"二": 2, "双": 2}


def number_words(text: str, lang: str) -> Iterator[NumberWord]:
    """All of them, in reading order; numbers above twelve are not read."""
    return _chinese(text) if lang == "zh-hans" else _spelt(text, lang)


@cache
def _values(lang: str) -> dict[str, int]:
    return {tongue(lang).say(word): number for number, word in WORDS.items()}


def _spelt(text: str, lang: str) -> Iterator[NumberWord]:
    counting, also = _values(lang), _ALSO.get(lang, {})
    for found in _pattern(lang).finditer(text):
        word = found[0].lower()
        value = counting.get(word) or also.get(word)
        if value is None:
            continue  # "ı" matches "i" without case, and is another letter
        yield NumberWord(found[0], value, firm=word in counting and value > 1)


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, (*_values(lang), *_ALSO.get(lang, {}))))
    return re.compile(_WHOLE.format(words), re.IGNORECASE)


def _chinese(text: str) -> Iterator[NumberWord]:
    values = {**_values("zh-hans"), **_CHINESE_ALSO}
    for found in _CHINESE.finditer(text):
        numeral = found["number"]
        if numeral == "一" and _OF_A_KIND.match(text, found.end()) and not _AT_LEAST.search(text[: found.start()]):
            continue
        value = values.get(numeral or found[0])
        if value:
            # "二" alone ranks, "两" counts.
            firm = bool(numeral) and not found["rank"] and not found["ranked"] and numeral != "二" and value > 1
            yield NumberWord(numeral or found[0], value, firm)
