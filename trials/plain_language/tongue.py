"""Sentences, numbers and lists in the site's languages, from the pages' own catalogues, but without Django."""

import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALES = Path(__file__).resolve().parents[2] / "locale"
DOMAIN = "django"  # the pages' own catalogue, so that one sentence is translated once

# Our language codes, as they stand in addresses → CLDR. Plain "en" writes as most of the world's English readers do.
LANGUAGES = {"en": "en_GB", "es": "es", "zh-hans": "zh_Hans"}
_ALSO = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}


def mark(message: str) -> str:
    """Mark a message for the catalogues and leave it as it is: it is translated where it is said."""
    return message


def marks(singular: str, plural: str) -> tuple[str, str]:
    """The same for a message with a number: its forms for one and for more."""
    return singular, plural


class _Unsaid(gettext.NullTranslations):
    """Asked for what a catalogue lacks: nothing, where the standard library would give the English."""

    def gettext(self, message: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of the site. English is the language of the messages themselves."""

    lang: str
    locale: Locale
    catalogue: gettext.NullTranslations

    @property
    def is_english(self) -> bool:
        return self.lang == "en"

    def say(self, message: str, /, **values: object) -> str:
        """The message in this language, its named placeholders filled."""
        translated = (self.catalogue.gettext(message) or message) if message else ""
        return translated % values if values else translated

    def count(self, singular: str, plural: str, number: float, /, **values: object) -> str:
        """The message in the form that the number asks for; `%(count)s` is the number as the language writes it."""
        translated = self.catalogue.ngettext(singular, plural, int(number) if number == int(number) else 2)
        return translated % {"count": self.number(number), **values}

    def knows(self, message: str) -> bool:
        """Whether the message has words in this language; they may be the same as in English ("placebo")."""
        return self.is_english or bool(self.catalogue.gettext(message))

    def number(self, value: float) -> str:
        """ "1,500", "0.75": as many decimals as it has."""
        return str(format_decimal(value, format="#,##0.######", locale=self.locale))

    def listing(self, parts: Iterable[str], *, either: bool = False) -> str:
        """ "A, B and C", or "A, B or C"."""
        return str(format_list(list(parts), style="or" if either else "standard", locale=self.locale))

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(code, code))


@cache
def tongue(lang: str) -> Tongue:
    """The tongue of a language code ("en", "es", "zh-hans"; a few other spellings too). Raises ValueError on others."""
    code = lang.lower().replace("_", "-")
    code = _ALSO.get(code, code)
    if code not in LANGUAGES:
        raise ValueError(f"No language {lang!r}. Choose one of: {', '.join(LANGUAGES)}.")
    locale = Locale.parse(LANGUAGES[code])
    if code == "en":
        return Tongue(code, locale, gettext.NullTranslations())
    catalogue = gettext.translation(DOMAIN, LOCALES, [str(locale)], fallback=True)
    catalogue.add_fallback(_Unsaid())
    return Tongue(code, locale, catalogue)
