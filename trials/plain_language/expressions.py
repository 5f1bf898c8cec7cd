"""What a plain sentence is made of before it is said in a language: messages with places, terms, numbers and series."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from trials.plain_language.casing import small
from trials.plain_language.tongue import Tongue

_NOTHING: Mapping[str, "Expression"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the catalogues, its placeholders filled with expressions."""

    message: str
    values: Mapping[str, "Expression"] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Counted:
    """A message with a number in two forms; `%(count)s` is the number."""

    singular: str
    plural: str
    number: float


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    parts: tuple["Expression", ...]
    either: bool  # "A, B or C", else "A, B and C"


@dataclass(frozen=True, slots=True)
class English:
    """Words of the registry, put plainly; they can be said in English only."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a substance: in the words of the language where it has some, else as it is everywhere."""

    message: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary or of the drug list: in English as the sentence puts it, elsewhere by its message."""

    english: str
    message: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What all languages write alike: "SLEDAI-2K", "III"."""

    text: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO code."""

    code: str


@dataclass(frozen=True, slots=True)
class Small:
    """A name of our lists within a sentence: its first letter small, unless it begins with a person's name."""

    name: "Expression"


Expression = Small | Name | Term | Said | Counted | Number | Series | English | Sign | Country


def sayable(expression: Expression, tongue: Tongue) -> bool:
    """Whether all of it has words in this language."""
    if tongue.is_english:
        return True
    match expression:
        case English():
            return False
        case Small(name):
            return sayable(name, tongue)
        case Term(_, message):
            return tongue.knows(message)
        case Said(message, values):
            return tongue.knows(message) and all(sayable(value, tongue) for value in values.values())
        case Series(parts):
            return all(sayable(part, tongue) for part in parts)
        case Counted(singular, _):
            return tongue.knows(singular)
    return True


def said(expression: Expression, tongue: Tongue) -> str:
    """The words in this language; of what is not `sayable` in it, the English."""
    match expression:
        case Name(message):
            return tongue.say(message)
        case Term(english, message):
            return english if tongue.is_english else small(tongue.say(message))
        case Said(message, values):
            return tongue.say(message, **{name: said(value, tongue) for name, value in values.items()})
        case Counted(singular, plural, number):
            return tongue.count(singular, plural, number)
        case Number(value):
            return tongue.number(value)
        case Series(parts, either):
            return tongue.listing((said(part, tongue) for part in parts), either=either)
        case Small(name):
            return small(said(name, tongue))
        case Country(code):
            return tongue.country(code)
        case English(text) | Sign(text):
            return text
