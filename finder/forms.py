"""What a visitor typed or chose, checked: a search, and a sentence for each thing that could not be used."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials import conditions as vocabulary
from trials import vocab as v
from trials.find import Search
from trials.language import is_country

OLDEST_AGE_YEARS = 120
LONGEST_TEXT = 200  # characters
# Words that only join others, in the languages whose words our list of conditions knows.
_JOINING = {
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "has", "have", "having", "i", "in", "is", "me", "my",
    "of", "on", "or", "our", "patient", "patients", "people", "s", "study", "studies", "that", "the", "to", "trial",
    "trials", "who", "with", "con", "de", "del", "e", "el", "en", "la", "las", "los", "mi", "o", "para", "por",
    "tengo", "un", "una", "y",
}  # fmt: skip
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class StudySearch:
    """A search as the page needs it.

    `parameters` are the usable ones, as they stand in an address; `named` are the slugs of the conditions, first those
    that the text names. `unused_words` are the text's other words. `problems` are whole sentences. `suggestions` are
    slugs close to a text that names no condition for certain; `unsure` says that its words may mean several things.
    """

    search: Search
    parameters: tuple[tuple[str, str], ...]
    text: str = ""
    text_conditions: tuple[str, ...] = ()
    unused_words: str = ""
    named: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    unsure: bool = False
    problems: tuple[str, ...] = ()
    page: int = 1


def read_search(query: QueryDict) -> StudySearch:
    """Check the address's parameters. What cannot be used is left out, and said."""
    return _Reader(query).read()


class _Reader:
    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.problems: list[str] = []
        self.parameters: list[tuple[str, str]] = []

    def read(self) -> StudySearch:
        text = self._text()
        read = vocabulary.resolve(text, typed=True) if text else []
        found = [one for one in read if one.certain]
        in_text = tuple(dict.fromkeys(one.slug for one in found))
        condition = self._one("condition", _known_condition, _("We do not know the condition “%(value)s”."))
        search = Search(
            text="" if in_text else text,
            conditions=tuple(frozenset(slugs) for slugs in (in_text, [condition]) if any(slugs)),
            statuses=self._many("status", v.RecruitmentStatus, _("We do not know the status “%(value)s”.")),
            phases=self._many("phase", v.Phase, _("We do not know the phase “%(value)s”.")),
            age_years=self._age(),
            sex=self._one("sex", _known_sex, _("We do not know the sex “%(value)s”.")).upper(),
            country=self._one("country", _known_country, _("We do not know the country “%(value)s”.")),
            study_type=self._one("type", _known_type, _("We do not know the kind of study “%(value)s”.")),
            all_diseases=self._one("scope", _known_scope, _("We do not know the range “%(value)s”.")) == "all",
        )
        return StudySearch(
            search,
            page=self._page(),
            parameters=tuple(self.parameters),
            text=text,
            text_conditions=in_text,
            unused_words=_unused(text, [(one.start, one.end) for one in found]),
            named=tuple(dict.fromkeys(slug for slug in (*in_text, condition) if slug)),
            suggestions=() if in_text or not text else _suggestions(text, read),
            unsure=bool(read) and not in_text,
            problems=tuple(self.problems),
        )

    def _typed(self, name: str) -> str:
        return _UNPRINTABLE.sub(" ", self.query.get(name, "")).strip()

    def _text(self) -> str:
        text = " ".join(self._typed("q").split())
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT].rstrip()
            self.problems.append(
                _("Your search was very long. We used its first %(count)s letters.") % {"count": len(text)}
            )
        if text:
            self.parameters.append(("q", text))
        return text

    def _left_out(self, sentence: str, value: str) -> None:
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        self.problems.append(sentence % {"value": shown} + " " + _("We left this filter out."))

    def _one(self, name: str, known: Callable[[str], str], unknown: str) -> str:
        value = self._typed(name)
        if not value:
            return ""
        token = known(value)
        if token:
            self.parameters.append((name, token))
        else:
            self._left_out(unknown, value)
        return token

    def _many(self, name: str, tokens: type[StrEnum], unknown: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value in self.query.getlist(name)[:20]:
            token = _UNPRINTABLE.sub(" ", value).strip().upper()
            if token in tokens.__members__:
                found[token] = None
            elif token:
                self._left_out(unknown, value)
        self.parameters.extend((name, token) for token in found)
        return tuple(found)

    def _age(self) -> float | None:
        value = self._typed("age")
        if not value:
            return None
        age = _number(value)
        if age is None or not 0 <= age <= OLDEST_AGE_YEARS:
            self._left_out(_("The age “%(value)s” is not a number of years from 0 to 120."), value)
            return None
        self.parameters.append(("age", f"{age:g}"))
        return age

    def _page(self) -> int:
        value = self._typed("page")
        if not value:
            return 1
        if not value.isascii() or not value.isdigit() or int(value[:9]) == 0:
            self.problems.append(_("We do not know that page of the list. This is the first one."))
            return 1
        return int(value[:9])


def _unused(text: str, used: list[tuple[int, int]]) -> str:
    """The words of the text that name no condition, without those that only join."""
    if not used:
        return ""
    rest = text
    for start, end in used:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return " ".join(word for word in re.findall(r"\w[\w'-]*", rest) if word.casefold() not in _JOINING)


def _suggestions(text: str, unsure: Iterable[vocabulary.Found]) -> tuple[str, ...]:
    """What an unsure word may mean, then what is spelled alike."""
    close = vocabulary.suggest(text)
    return tuple(dict.fromkeys([*(one.slug for one in unsure), *(one.slug for one in close)]))


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _known_condition(value: str) -> str:
    condition = vocabulary.known(value.lower())
    return condition.slug if condition else ""


def _known_sex(value: str) -> str:
    return value.lower() if value.lower() in {"female", "male"} else ""


def _known_country(value: str) -> str:
    return value.upper() if is_country(value.upper()) else ""


def _known_type(value: str) -> str:
    return value.upper() if value.upper() in v.StudyType.__members__ else ""


def _known_scope(value: str) -> str:
    return "all" if value.lower() == "all" else ""
